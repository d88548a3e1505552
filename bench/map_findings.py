#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Our findings in the words of the measuring instruments, so that both can be compared line by line.

map_findings.py FINDINGS.csv OUT   reads `roll check --findings`; writes KIND,village,household,name,number
from the rows the findings point at (ours mask the number). Findings the instruments do not look for are left out.
"""
import csv
import sys

KINDS = {"length": "BADFMT", "digit": "BADFMT", "region": "BADFMT", "old_number": "BADFMT", "scientific": "BADFMT",
         "check": "BADCHK", "date": "BADDATE", "under_age": "UNDERAGE", "elsewhere": "DUP", "deprived": "DISQ",
         "not_on_roll": "OMIT"}
COLUMNS = {"roll": ("村代码", "户号", "姓名", "身份证号"), "household": ("村代码", "户号", "姓名", "身份证号")}


def wanted_rows(path):
    wanted = {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for row in reader:
            kind = KINDS.get(row[8])
            if kind and (row[2] == "roll") == (kind != "OMIT"):
                wanted.setdefault((row[0], row[2]), {}).setdefault(int(row[3]), []).append(kind)
    return wanted


def main():
    findings, out = sys.argv[1:3]
    lines = []
    for (path, kind), rows in wanted_rows(findings).items():
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader)
            places = [header.index(title) for title in COLUMNS[kind]]
            for number, row in enumerate(reader, 2):
                for word in rows.get(number, ()):
                    lines.append(",".join([word] + [row[place] for place in places]))
    with open(out, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in sorted(lines))


main()
