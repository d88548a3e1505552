#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""All tests of the project, one stage after the other, the fast ones first.

Every stage is one command or more. A command may print lines "N passed, N failed", which are added up; a command
that prints none counts as one test, passed if its exit status is 0. A stage that fails does not stop the
later ones, but the end. The last line of all is the sum.

usage: tools/checks.py [--quick] [--only STAGE …] [--list]
"""
import argparse
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COUNT = re.compile(r"^(?:\w+: )?(\d+) passed, (\d+) failed", re.M)
SANITIZED = "-Db_sanitize=address,undefined -Db_lundef=false"

# TO ADD A STAGE: name, headline, commands (sh), whether --quick runs it too.
STAGES = [
    ("format", "layout by clang-format", ["tools/format"], True),
    ("lint", "lints, and the tests of the lints", ["tools/lint/lint", "tests/tools/run"],
     True),
    ("gcc", "build with gcc, warnings are errors", ["CC=gcc tools/build build"], True),
    ("docs", "generated reference pages are up to date", ["tools/docs"], True),
    ("clang", "build with clang, warnings are errors, ASan and UBSan in",
     [f"CC=clang tools/build build-asan {SANITIZED}"], False),
    ("unit", "unit tests, SQLite and PostgreSQL", ["tools/with-postgres tools/run-tests build"],
     True),
    ("law", "law cases and the comparison with the reference", ["tools/run-law build"], True),
    ("asan", "unit tests and law cases under ASan and UBSan",
     ["tools/with-postgres tools/run-tests build-asan", "LAW_LINES=100 tools/run-law build-asan"],
     False),
    ("system", "the program as a whole: commands, bad input, kills",
     ["tools/with-postgres tools/run-scripts build"], False),
    ("coverage", "lines covered, by layer", ["tools/coverage"], False),
    ("fuzz", "fuzz targets, a minute each", ["tools/fuzz 60"], False),
    ("scenario", "the example township, from plan to sealed archives", ["tools/run-scenario"],
     False),
]


def run_command(command):
    """Runs one command with its output shown as it comes; returns (passed, failed)."""
    with subprocess.Popen(["sh", "-c", command], cwd=ROOT, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace") as process:
        passed = failed = 0
        for line in process.stdout:
            print("   " + line, end="", flush=True)
            found = COUNT.match(line)
            if found:
                passed += int(found.group(1))
                failed += int(found.group(2))
        status = process.wait()
    if status != 0 and failed == 0:
        failed = 1
    if status == 0 and passed == 0 and failed == 0:
        passed = 1
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description="Runs all tests of cunxuan.")
    parser.add_argument("--quick", action="store_true",
                        help="leave out sanitizers, whole-program tests, coverage, fuzzing, scenario")
    parser.add_argument("--only", action="append", metavar="STAGE", help="run this stage only")
    parser.add_argument("--list", action="store_true", help="list the stages")
    options = parser.parse_args()
    names = [stage[0] for stage in STAGES]
    if options.list:
        for name, headline, _, quick in STAGES:
            print(f"{name:10} {headline}{'' if quick else ' (not with --quick)'}")
        return 0
    unknown = [name for name in options.only or [] if name not in names]
    if unknown:
        parser.error(f"no stage '{unknown[0]}'; stages: {' '.join(names)}")

    begin = time.monotonic()
    total_passed = total_failed = 0
    unhappy = []
    for name, headline, commands, quick in STAGES:
        if options.only and name not in options.only or options.quick and not quick:
            continue
        print(f"== {name}: {headline}", flush=True)
        stage_begin = time.monotonic()
        counts = [run_command(command) for command in commands]
        passed, failed = (sum(column) for column in zip(*counts))
        total_passed += passed
        total_failed += failed
        if failed:
            unhappy.append(name)
        print(f"-- {name}: {'FAILED' if failed else 'ok'}, {time.monotonic() - stage_begin:.0f} s",
              flush=True)
    print(f"all stages: {time.monotonic() - begin:.0f} s"
          + (f"; failed in: {' '.join(unhappy)}" if unhappy else ""))
    print(f"{total_passed} passed, {total_failed} failed", flush=True)
    return 1 if total_failed else 0


if __name__ == "__main__":
    sys.exit(main())
