#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""compare.py BINARY SEED N [CHECK…]: N random lines per check through `BINARY law` and the reference.

All keys of `result` must be equal (keys ending in _set as sets), errors must fall on the same
lines with code "invalid", and every answer must have a derivation. Ends with `N passed, N failed`.
"""
import json
import subprocess
import sys
import tempfile

from generate import generate
from reference import answer
from schema import CHECKS

SHOWN = 20


def canonical(value, key=""):
    """Sets in one order; texts that tell true from 1."""
    if isinstance(value, dict):
        return {k: canonical(v, k) for k, v in value.items()}
    if isinstance(value, list):
        items = [canonical(v) for v in value]
        return sorted(items) if key.endswith("_set") else items
    return json.dumps(value, ensure_ascii=False)


def verdict(line, ours, theirs):
    """None when the program's answer is right, else what is wrong with it."""
    if theirs.get("id") != line.get("id") and isinstance(line.get("id"), str):
        return "id"
    if "error" in ours:
        if not isinstance(theirs.get("error"), dict) or theirs["error"].get("code") != "invalid":
            return "should be invalid"
        return "result beside error" if "result" in theirs else None
    if "error" in theirs:
        return "should be valid"
    if canonical(theirs.get("result")) != canonical(ours["result"]):
        return "result"
    why = theirs.get("why")
    if not isinstance(why, list) or not why or not all(isinstance(w, str) and w for w in why):
        return "why"
    return None


def short(value, most=900):
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written if len(written) <= most else written[:most] + "…"


def difference(ours, theirs):
    """Only the keys that differ, when both have a result."""
    if "result" not in ours or not isinstance(theirs.get("result"), dict):
        return ours, {k: theirs.get(k) for k in ("result", "error") if k in theirs}
    a, b = ours["result"], theirs["result"]
    keys = [k for k in {**a, **b} if canonical(a.get(k), k) != canonical(b.get(k), k)]
    return {k: a.get(k) for k in keys}, {k: b.get(k) for k in keys}


def run(binary, lines):
    with tempfile.TemporaryFile("w+", encoding="utf-8") as source:
        for line in lines:
            source.write(json.dumps(line, ensure_ascii=False) + "\n")
        source.seek(0)
        out = subprocess.run([binary, "law"], stdin=source, stdout=subprocess.PIPE, check=False)
    return out.stdout.decode("utf-8").split("\n")[:-1]


def compare(binary, seed, number, checks):
    passed = failed = 0
    for check in checks:
        lines = list(generate(seed, number, (check,)))
        answers = run(binary, lines)
        if len(answers) != len(lines):
            print("%s: %d lines asked, %d answers" % (check, len(lines), len(answers)))
            failed += 1
        for line, text in zip(lines, answers):
            ours, theirs = answer(line), json.loads(text)
            wrong = verdict(line, ours, theirs)
            if wrong is None:
                passed += 1
                continue
            failed += 1
            if failed <= SHOWN:
                mine, other = difference(ours, theirs)
                print("%s: %s\n  given  %s\n  ours   %s\n  theirs %s" % (
                    line.get("id"), wrong, short({k: v for k, v in line.items() if k != "id"}),
                    short(mine), short(other)))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(compare(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:] or CHECKS))
