# SPDX-License-Identifier: Apache-2.0
"""A small installation for the system tests: one town, two villages, the term opened."""
import json
import os
import subprocess

CUNXUAN = os.environ["CUNXUAN"]
HOME = os.environ["TMPDIR"]
TOWN, VILLAGE, OTHER = "361023103", "361023103200", "361023103201"
UNITS = "code,name,kind,town_code,town,county_code,county\n" + "".join(
    f"{code},{name}委会,x,{TOWN},市山镇,361023,南丰县\n"
    for code, name in ((VILLAGE, "市山村"), (OTHER, "西村村")))


def run(*words, data=None, **options):
    """Runs the program; gives what subprocess gives, texts decoded."""
    command = [CUNXUAN, "--data", data or f"{HOME}/data", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)


def must(*words, **options):
    """Runs the program, which must succeed; gives its output."""
    done = run(*words, **options)
    assert done.returncode == 0, f"{words}: {done.returncode} {done.stderr}"
    return done.stdout


def assembly(mark, favour=31):
    """Fields of an assembly.hold that is always accepted; `mark` stands in it."""
    return {"kind": "representatives", "called_on": "2021-01-02", "held_on": "2021-01-09",
            "total": 46, "present": 40,
            "items": [{"matter": "other", "text": str(mark), "favour": favour}]}


def install(data=None):
    """A new installation with a town account, to, and one of the village, vc."""
    data = data or f"{HOME}/data"
    with open(f"{HOME}/units.csv", "w", encoding="utf-8") as file:
        file.write(UNITS)
    with open(f"{HOME}/doc.txt", "w", encoding="utf-8") as file:
        file.write("市换届〔2020〕1号\n")
    must("init", "--exercise", data=data)
    must("unit", "import", f"{HOME}/units.csv", data=data)
    must("user", "add", "to", "--role", "township_office", "--unit", TOWN, "--person",
         "外:镇换届办", data=data)
    must("user", "add", "vc", "--role", "village_committee", "--unit", VILLAGE, "--person",
         "外:村主任", data=data)
    villages = [{"unit": unit, "bodies": "village", "last_term_to": "2021-03-31"}
                for unit in (VILLAGE, OTHER)]
    fields = {"term_no": 11, "packs": "jiangxi", "villages": villages, "doc_no": "1",
              "doc_on": "2020-12-10", "file": f"{HOME}/doc.txt"}
    with open(f"{HOME}/term.json", "w", encoding="utf-8") as file:
        json.dump(fields, file)
    must("--now", "2020-12-10T09:00", "--as", "to", "act", TOWN, "term.open", "--file",
         f"{HOME}/term.json", data=data)


def main(tests):
    """Runs the functions and says how many passed."""
    failed = 0
    for test in tests:
        try:
            test()
        except AssertionError as error:
            failed += 1
            print(f"FAILED {test.__name__}: {error}")
    print(f"{len(tests) - failed} passed, {failed} failed")
    raise SystemExit(1 if failed else 0)
