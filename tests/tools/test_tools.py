#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The lints catch what they are for, and let the neighbour of it pass; the runner counts right.

Each sample is a small tree in a temporary folder: {path: text}. Words that the lints look for are
put together from halves here, so that this file passes them itself.
"""
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SPDX = "/* SPDX-License-Identifier: Apache-2.0 */\n"
TABLE = "src/store/migrations/0001_x.sql"


def function(body, params="void", name="thing_do"):
    return f"{SPDX}int\n{name}({params})\n{{\n{body}\n}}\n"


# lint, sentence, tree that must be refused (with words of the message), tree that must pass
SAMPLES = [
    ("includes", "a layer may not reach up",
     {"src/domain/x.c": SPDX + '#include "store/db.h"\n'}, "domain may not include",
     {"src/store/x.c": SPDX + '#include "domain/vote.h"\n'}),
    ("includes", "a library is named in its places only",
     {"src/act/x.c": SPDX + "#include <sqlite3.h>\n"}, "not for this place",
     {"src/store/db_sqlite.c": SPDX + "#include <sqlite3.h>\n"}),
    ("includes", "an unknown library is refused",
     {"src/base/x.c": SPDX + "#include <curl/curl.h>\n"}, "in no row",
     {"src/base/x.c": SPDX + "#include <sys/stat.h>\n"}),
    ("includes", "the domain is pure",
     {"src/domain/x.c": SPDX + "#include <unistd.h>\n"}, "pure",
     {"src/domain/x.c": SPDX + "#include <string.h>\n"}),
    ("includes", "the verifier shares no code",
     {"verify/x.c": SPDX + '#include "base/json.h"\n'}, "shares no code",
     {"verify/x.c": SPDX + '#include "sm3.h"\n'}),
    ("headers", "a header that leans on another is refused",
     {"src/base/x.h": SPDX + "#pragma once\nint64_t x_count(void);\n"}, "does not compile alone",
     {"src/base/x.h": SPDX + "#pragma once\n#include <stdint.h>\nint64_t x_count(void);\n"}),
    ("limits", "a function of 61 lines is refused",
     {"src/base/x.c": function("\n".join(["    x++;"] * 60))}, "lines, at most 60",
     {"src/base/x.c": function("\n".join(["    x++;"] * 59))}),
    ("limits", "sixteen ways through are refused",
     {"src/base/x.c": function("\n".join(["    if (a)\n        x++;"] * 15))}, "cyclomatic",
     {"src/base/x.c": function("\n".join(["    if (a)\n        x++;"] * 14))}),
    ("limits", "a fourth level of nesting is refused",
     {"src/base/x.c": function("".join("    " * n + "if (a) {\n" for n in range(1, 5)))}, "nesting",
     {"src/base/x.c": function("".join("    " * n + "if (a) {\n" for n in range(1, 4)))}),
    ("limits", "a seventh parameter is refused",
     {"src/base/x.c": function("", "int a, int b, int c, int d,\n    int e, int (*f)(int, int), int g")},
     "parameters",
     {"src/base/x.c": function("", "struct ctx *ctx, int a, int b, int c, int d, int e,\n"
                               "    int (*f)(int, int), ...")}),
    ("limits", "a file of 601 lines is refused",
     {"src/base/x.c": SPDX + "\n" * 600}, "lines, at most 600",
     {"src/base/x.c": SPDX + "\n" * 599}),
    ("banned", "memory by hand is refused outside base",
     {"src/act/x.c": function("    free(x);")}, "banned",
     {"src/base/x.c": function("    free(x);")}),
    ("banned", "printing is for the command line",
     {"src/act/x.c": function('    printf("x");')}, "banned",
     {"src/cli/x.c": function('    printf("x");')}),
    ("banned", "the clock is read in one place",
     {"src/act/x.c": function("    t = time(NULL);")}, "banned",
     {"src/act/x.c": function("    t = ctx->time(NULL) + run_time(x);")}),
    ("banned", "chance comes from one place, also in the verifier",
     {"verify/x.c": function("    x = rand();")}, "rand() is banned here",
     {"verify/x.c": function("    x = brand() + ctx->random(x);")}),
    ("banned", "a number is not read by strtoul",
     {"src/base/x.c": function("    n = strtoul(text, NULL, 10);")}, "strtoul() is banned here",
     {"src/base/x.c": function("    n = num_parse_i64(text, 0, 9, &x); /* strtoul() */")}),
    ("banned", "a text is not copied by strncpy",
     {"tests/act/test_x.c": function("    strncpy(a, b, 9);")}, "strncpy() is banned here",
     {"tests/act/test_x.c": function("    a = mem_text_n(ctx, b, 9);")}),
    ("banned", "texts are not taken apart by sscanf",
     {"bench/x.c": function('    sscanf(text, "%d", &n);')}, "sscanf() is banned here",
     {"bench/x.c": function('    x = "sscanf(text)";')}),
    ("banned", "goto is refused outside base",
     {"src/act/x.c": function("    goto out;")}, "goto",
     {"src/act/x.c": function('    x = "goto";')}),
    ("arithmetic", "floating point is refused in the domain",
     {"src/domain/x.c": function("    double x;")}, "floating",
     {"src/domain/x.c": function('    x = "double";')}),
    ("arithmetic", "a quotient in a rule is refused",
     {"src/domain/x.c": function("    return votes > n / 2;")}, "majority.h",
     {"src/domain/majority.c": function("    return n / 2;"),
      "src/domain/x.c": function("    return more_than_half(votes, n); /* n/2 */")}),
    ("sql", "SQL outside the store is refused",
     {"src/act/x.c": function('    q = "SELECT unit FROM roll";')}, "SQL outside",
     {"src/store/x.c": function('    q = "SELECT unit FROM roll";')}),
    ("ddl", "a key that unit does not lead is refused",
     {TABLE: "CREATE TABLE roll (\n unit TEXT,\n id TEXT,\n PRIMARY KEY (id, unit)\n);"},
     "unit must lead PRIMARY KEY",
     {TABLE: "CREATE TABLE roll (unit TEXT, id TEXT, PRIMARY KEY (unit, id));"}),
    ("ddl", "a key in a column is seen",
     {TABLE: "CREATE TABLE roll (id TEXT PRIMARY KEY, unit TEXT UNIQUE);"}, "column id",
     {TABLE: "CREATE TABLE app_user (name TEXT PRIMARY KEY);"}),
    ("ddl", "a unique or foreign key without unit is refused",
     {TABLE: "CREATE TABLE a (unit TEXT, b TEXT, PRIMARY KEY (unit),\n"
             " FOREIGN KEY (b) REFERENCES c (b));"}, "FOREIGN KEY",
     {TABLE: "CREATE TABLE a (unit TEXT, b TEXT, PRIMARY KEY (unit),\n"
             " FOREIGN KEY (unit, b) REFERENCES c (unit, b));"}),
    ("ddl", "a unique index without unit is refused",
     {TABLE: "CREATE UNIQUE INDEX i ON roll (name);"}, "unique index",
     {TABLE: "CREATE UNIQUE INDEX i ON roll (unit, name);\nCREATE INDEX j ON roll (name);"}),
    ("ddl", "a table without a key is refused",
     {TABLE: "CREATE TABLE a (unit TEXT, b TEXT);"}, "no primary key",
     {TABLE: "CREATE TABLE a (unit TEXT, b TEXT, PRIMARY KEY (unit));"}),
    ("ddl", "numbers made by the database are refused",
     {TABLE: "CREATE TABLE a (unit TEXT, n INTEGER AUTOINCREMENT, PRIMARY KEY (unit));"},
     "not portable",
     {TABLE: "-- no AUTOINCREMENT here\nCREATE TABLE a (unit TEXT, PRIMARY KEY (unit));"}),
    ("assertions", "a test that asserts nothing is refused",
     {"tests/base/test_x.c": function("    x();", name="works") + "int a[] = {TEST(works)};\n"},
     "asserts nothing",
     {"tests/base/test_x.c": function("    assert_true(x);", name="is_so")
      + function("    is_so();", name="works") + "int a[] = {TEST(works)};\n"}),
    ("licence", "a file without the SPDX line is refused",
     {"src/base/x.c": "int x;\n"}, "SPDX",
     {"src/base/x.c": SPDX, "tools/x": "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"}),
    ("comments", "a line comment is refused",
     {"src/base/x.c": SPDX + "int x; /" "/ so\n"}, "comments are",
     {"src/base/x.c": SPDX + 'const char *x = "http:/' '/a"; /* http:/' '/b */\n'}),
    ("comments", "something to do needs an issue number",
     {"src/base/x.c": SPDX + "/* TO" "DO: later */\n"}, "issue number",
     {"src/base/x.c": SPDX + "/* TO" "DO(#7): later */\n"}),
    ("leftovers", "a word of unfinished work is refused",
     {"src/base/x.c": SPDX + "/* a st" "ub */\n"}, "unfinished",
     {"src/base/x.c": SPDX + "/* stubborn */\n"}),
    ("leftovers", "a path of one machine is refused",
     {"docs/x.md": "see /wo" "rk/data\n"}, "one machine",
     {"docs/x.md": "see network/data\n"}),
    ("letters", "a bidi control is refused",
     {"docs/x.md": "a\u202eb\n"}, "U+202E",
     {"docs/x.md": "村选 𠅤\n"}),
    ("letters", "a Cyrillic look-alike is refused",
     {"docs/x.md": "p\u0430ss\n"}, "looks like",
     {"docs/x.md": "pass\n"}),
    ("letters", "an identifier that is not ASCII is refused",
     {"src/base/x.c": SPDX + "int 票;\n"}, "not ASCII",
     {"src/base/x.c": SPDX + 'const char *x = "票"; /* 票 */\n'}),
    ("texts", "a text without its English is refused",
     {"src/act/x.c": SPDX + 'const char *x = f("%d 票", n);\n'}, "no English",
     {"src/act/x.c": SPDX + 'const char *x = f("%d 票" "。", "%d votes", n); /* 票 */\n'}),
    ("texts", "Chinese in the English text is refused",
     {"src/act/x.c": SPDX + 'const char *x = f("写“无”", "write 无");\n'}, "no English",
     {"src/act/x.c": SPDX + 'const char *x = f("写“无”", "write none");\n'}),
    ("links", "a link that leads nowhere is refused",
     {"docs/x.md": "see [y](y.md#z)\n"}, "no 'y.md'",
     {"docs/x.md": "see [y](y.md#z) and [far](https://example.org/n)\n", "docs/y.md": "# z\n"}),
    ("glossary", "a name that the code does not have is refused",
     {"docs/glossary.md": "| 收回选票 | `recovered` |\n", "src/base/x.c": SPDX}, "no 'recovered'",
     {"docs/glossary.md": "| 收回选票 | `recovered` |\n",
      "src/base/x.c": SPDX + "int recovered;\n"}),
]


def run_lint(lint, tree):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in tree.items():
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run([os.path.join(ROOT, "tools/lint/lint"), "--root", folder, lint],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def lint_tests():
    for lint, sentence, bad, words, good in SAMPLES:
        status, text = run_lint(lint, bad)
        if status != 1 or words not in text or f"[{lint}]" not in text:
            yield f"{lint}: {sentence}", f"the bad sample passed:\n{text}"
        else:
            status, text = run_lint(lint, good)
            yield f"{lint}: {sentence}", "" if status == 0 else f"the good one failed:\n{text}"


def every_lint_has_a_sample():
    text = subprocess.run([os.path.join(ROOT, "tools/lint/lint"), "--list"], capture_output=True,
                          text=True, check=True).stdout
    missing = set(text.split()) - {sample[0] for sample in SAMPLES}
    yield "every lint has a sample", f"none for {missing}" if missing else ""


def runner_tests():
    sys.path.insert(0, os.path.join(ROOT, "tools"))
    sys.dont_write_bytecode = True
    import checks  # pylint: disable=import-outside-toplevel
    for sentence, command, expected in (
            ("counts of a command are added up", "echo 2 passed, 0 failed; echo 3 passed, 1 failed",
             (5, 1)),
            ("a command that only fails counts as a failed test", "false", (0, 1)),
            ("a command that counts none but fails in the end fails",
             "echo 4 passed, 0 failed; false", (4, 1)),
            ("a command that prints no count is one test", "true", (1, 0))):
        with contextlib.redirect_stdout(io.StringIO()):
            found = checks.run_command(command)
        yield sentence, "" if found == expected else f"{found} instead of {expected}"


def function_text(path, name):
    """The body of a C function of a test file; empty if there is none."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        text = file.read()
    found = re.search(rf"^{name}\(void \*\*state\)\n\{{\n.*?^\}}", text, re.M | re.S)
    return found.group(0) if found and text.count(name) > 1 else ""


def refusal_tests():
    """Every test that docs/internals/refusals.md names exists, is run and asks for the rule."""
    with open(os.path.join(ROOT, "docs/internals/refusals.md"), encoding="utf-8") as file:
        rows = re.findall(r"^\| (\d+) \| .* \| ([A-Z]{3}-\d\d)[^|]*\| (.*) \|$", file.read(), re.M)
    numbers = [int(row[0]) for row in rows]
    yield "the refusals are 1 to 40", "" if numbers == list(range(1, 41)) else f"{numbers}"
    for number, rule, test in rows:
        if test == "not yet":
            continue
        path, name = re.fullmatch(r"`(tests/\S+)`: `(\w+)`", test).groups()
        body = function_text(path, name)
        fault = f"no test {name} in {path}" if not body else ""
        yield f"refusal {number} has its test", fault or ("" if rule in body else f"no {rule}")


def main():
    passed = failed = 0
    for group in (lint_tests, every_lint_has_a_sample, runner_tests, refusal_tests):
        for sentence, fault in group():
            if fault:
                failed += 1
                print(f"failed: {sentence}: {fault}")
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
