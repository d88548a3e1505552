#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the C table of stroke order from data/strokes_tgh8105.tsv and data/strokes_wide.tsv.

A row per character, by code point: its place among the 8,105 in the order of (strokes, stroke
sequence, structure, official number), or OUTSIDE; its place among all, where one of no known
sequence comes after the others of its strokes; the place of the first character with the same
strokes and sequence (equal for two characters that tie); its strokes.
"""
import csv
import sys

OUTSIDE = 0xFFFF
UNKNOWN = "9"  # after every sequence of strokes
LAST_STRUCTURE, LAST_NUMBER = 99, 10000


def read(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def key(row):
    return (int(row["strokes"]), row["seq12345"] or UNKNOWN, int(row.get("struct", LAST_STRUCTURE)),
            int(row.get("tgh_no", LAST_NUMBER + ord(row["char"]))))


def is_tie(row, before):
    return row["seq12345"] and key(row)[:2] == key(before)[:2]


def table(common, rare):
    """[(code point, place among common, place among all, first of its ties, strokes)]"""
    places = {row["char"]: place for place, row in enumerate(sorted(common, key=key))}
    made, tie, before = [], 0, None
    for place, row in enumerate(sorted(common + rare, key=key)):
        if not before or not is_tie(row, before):
            tie = place
        before = row
        made.append((ord(row["char"]), places.get(row["char"], OUTSIDE), place, tie, int(row["strokes"])))
    return sorted(made)


def main(common, rare, target):
    with open(target, "w", encoding="utf-8") as out:
        out.write("/* Made by tools/gen-strokes.py from data/strokes_tgh8105.tsv, strokes_wide.tsv. */\n")
        for row in table(read(common), read(rare)):
            out.write("{0x%X, 0x%X, %d, %d, %d},\n" % row)


if __name__ == "__main__":
    main(*sys.argv[1:])
