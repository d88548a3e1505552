# SPDX-License-Identifier: Apache-2.0
"""Lints of C code: size, banned functions, arithmetic of the law, SQL in one place, tests."""
import re

from source import functions

LINES_OF_FUNCTION, CYCLOMATIC, NESTING, PARAMS, LINES_OF_FILE = 60, 15, 3, 6, 600


def limits(sources):
    """function lines, cyclomatic complexity, nesting, parameters, file lines"""
    for source in sources:
        if not source.path.endswith((".c", ".h")):
            continue
        if len(source.lines) - 1 > LINES_OF_FILE:
            yield source.path, 1, f"{len(source.lines) - 1} lines, at most {LINES_OF_FILE}"
        for function in functions(source):
            for number, most, word in (
                    (function.last - function.first, LINES_OF_FUNCTION, "lines"),
                    (cyclomatic(function.body), CYCLOMATIC, "ways through (cyclomatic)"),
                    (nesting(function.body), NESTING, "levels of nesting"),
                    (function.params, PARAMS, "parameters")):
                if number > most:
                    yield (source.path, function.line,
                           f"{function.name}: {number} {word}, at most {most}")


def cyclomatic(body):
    """1 + the decisions; case labels that share one body count once."""
    count = 1
    label_before = False
    for line in body:
        is_label = bool(re.match(r"\s*case\b", line))
        if is_label and not label_before:
            count += 1
        if line.strip():
            label_before = is_label and line.rstrip().endswith(":")
        count += len(re.findall(r"\b(?:if|for|while)\b|&&|\|\||\?", line))
    return count


def nesting(body):
    """Levels of control statements, read from the indentation that clang-format gives."""
    deepest = 0
    for line in body:
        match = re.match(r"( *)(?:if|for|while|switch|do)\b", line)
        if match:
            deepest = max(deepest, len(match.group(1)) // 4)
    return deepest


# Function (regular expression), where it is allowed, what to call instead. The rest of the banned
# functions is poisoned by base/banned.h, which the compiler sees before every file.
BANNED = [
    (r"(?:malloc|calloc|realloc|free|strdup|strndup|asprintf|vasprintf)", ("src/base/", "verify/", "tests/"), "base/mem.h"),
    (r"(?:printf|puts|putchar|vprintf|perror|f(?:printf|flush)(?=\((?:stdout|stderr))|exit)",
     ("src/cli/", "src/main.c", "src/base/", "verify/", "tests/", "bench/"), "a failure, or cli"),
    (r"(?:time|clock_gettime|gettimeofday|localtime_r|gmtime_r|mktime)",
     ("src/base/clock.c", "verify/", "bench/", "tests/"), "base/clock.h"),
    (r"(?:alloca|setjmp|longjmp|system|popen|tmpnam|tempnam|mktemp|gets|strcpy|strcat|sprintf|strtok)", (),
     "base/"),
    # What base/banned.h says, and those it cannot poison because foreign headers say the words.
    (r"(?:strncpy|stpncpy|strncat|stpcpy|strlcpy|strlcat|vsprintf|strtok_r)", (),
     "mem_text_n or struct buf of base/"),
    (r"(?:ato(?:i|l|ll|f)|strto(?:l|ll|ul|ull|d|f|ld|imax|umax)|v?s?scanf|fscanf)", (), "base/num.h"),
    (r"(?:s?rand|random|srandom|rand_r|[dlmnej]rand48)", (), "base/crypto.h"),
    (r"(?:gmtime|localtime|ctime|asctime)(?:_r)?", ("src/base/clock.c",), "base/clock.h"),
]


def banned(sources):
    """functions nobody calls, and goto outside base"""
    for source in sources:
        if not source.path.endswith((".c", ".h")) or source.path == "src/base/banned.h":
            continue
        for number, line in enumerate(source.code_lines, 1):
            for name, allowed, instead in BANNED:
                if any(source.path.startswith(place) for place in allowed):
                    continue
                match = re.search(rf"(?<![\w.>]){name}\(", line)
                if match:
                    yield source.path, number, f"{match.group(0)}) is banned here: use {instead}"
            if re.search(r"\bgoto\b", line) and source.layer() != "base":
                yield source.path, number, "goto is banned here: use CLEANUP and early return"


# Votes and heads meet fractions in majority.h only; the check digit of an ID number is no count.
QUOTIENTS = re.compile(r"src/domain/(?:majority|idcard)\.[ch]$")


def arithmetic(sources):
    """no float in src/domain; no / or % there but in majority.h and the check digit"""
    for source in sources:
        if source.layer() != "domain" or not source.path.endswith((".c", ".h")):
            continue
        for number, line in enumerate(source.code_lines, 1):
            if re.search(r"\b(?:float|double)\b", line):
                yield source.path, number, "no floating point in src/domain"
            if not QUOTIENTS.match(source.path) and not line.startswith("#") \
                    and re.search(r"[/%]", line):
                yield source.path, number, "no / or % on counts: a named function of majority.h"


SQL = re.compile(r'"\s*(?:SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\s|'
                 r'CREATE\s+(?:TABLE|INDEX)\s|DROP\s+TABLE\s|BEGIN\s+IMMEDIATE|PRAGMA\s)')


def sql_place(sources):
    """SQL stands only in src/store"""
    for source in sources:
        if source.path.startswith("src/store/") or not source.path.startswith("src/"):
            continue
        for number, line in enumerate(source.lines, 1):
            if SQL.search(line):
                yield source.path, number, "SQL outside src/store"


ASSERTS = re.compile(r"\b(?:assert_\w+|expect_\w+|fail|fail_msg)\(")


def assertions(sources):
    """every test asserts something, itself or through a helper"""
    bodies = {}
    support = {}
    for source in sources:
        if source.path.startswith("tests/") and source.path.endswith(".c"):
            found = {function.name: "\n".join(function.body) for function in functions(source)}
            bodies[source.path] = found
            if source.path.startswith("tests/support/"):
                support.update(found)
    for source in sources:
        if source.path not in bodies:
            continue
        known = {**support, **bodies[source.path]}
        for number, line in enumerate(source.code_lines, 1):
            for name in re.findall(r"(?:\bTEST\w*|unit_test\w*)\((\w+)", line):
                if name in known and not can_fail(name, known, set()):
                    yield source.path, number, f"{name} asserts nothing"


def can_fail(name, known, seen):
    seen.add(name)
    if ASSERTS.search(known[name]):
        return True
    return any(can_fail(other, known, seen) for other in re.findall(r"\b(\w+)\(", known[name])
               if other in known and other not in seen)
