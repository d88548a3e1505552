#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the C table of stroke order from data/strokes_tgh8105.tsv.

A row per character, by code point: its place in the order of (strokes, stroke sequence, structure,
official number), the place of the first character with the same strokes and sequence (equal for two
characters that tie), and its strokes.
"""
import csv
import sys


def key(row):
    return (int(row["strokes"]), row["seq12345"], int(row["struct"]), int(row["tgh_no"]))


def table(rows):
    """[(code point, place, place of the first of its ties, strokes)] by code point."""
    made, tie, before = [], 0, None
    for place, row in enumerate(sorted(rows, key=key)):
        if key(row)[:2] != before:
            tie, before = place, key(row)[:2]
        made.append((ord(row["char"]), place, tie, int(row["strokes"])))
    return sorted(made)


def main(source, target):
    with open(source, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    with open(target, "w", encoding="utf-8") as out:
        out.write("/* Made by tools/gen-strokes.py from data/strokes_tgh8105.tsv. */\n")
        for row in table(rows):
            out.write("{0x%X, %d, %d, %d},\n" % row)


if __name__ == "__main__":
    main(*sys.argv[1:])
