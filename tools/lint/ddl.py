# SPDX-License-Identifier: Apache-2.0
"""Lint of the database schema: what PostgreSQL, SQLite and Citus can all carry."""
import re

# Small tables that every village shares; on Citus they are reference tables.
COMMON = {"app_user", "setting", "schema_migration", "blob", "credential", "session", "security_event"}
FORBIDDEN = re.compile(r"\b(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:TRIGGER|SEQUENCE|FUNCTION|PROCEDURE)|"
                       r"(?:BIG|SMALL)?SERIAL|AUTOINCREMENT|GENERATED|NEXTVAL|LISTEN|"
                       r"NOTIFY|PG_ADVISORY\w*)\b", re.I)


def ddl(sources):
    """unit leads every key; no triggers, sequences or numbers made by the database"""
    for source in sources:
        if not re.match(r"src/store/migrations/.*\.sql$", source.path):
            continue
        text = re.sub(r"--[^\n]*|'(?:[^']|'')*'", lambda m: " " * len(m.group(0)), source.text)
        text = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group(0)), text, flags=re.S)
        for match in FORBIDDEN.finditer(text):
            yield source.path, line_of(text, match), f"'{match.group(0)}' is not portable"
        for match in re.finditer(r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)\s*\(", text,
                                 re.I):
            if match.group(1).lower() not in COMMON:
                body = inside(text, match.end())
                for offset, words in keys(body):
                    line = text.count("\n", 0, match.end() + offset) + 1
                    yield source.path, line, f"{match.group(1)}: {words}"
        for match in re.finditer(r"CREATE\s+UNIQUE\s+INDEX\s+(?:IF\s+NOT\s+EXISTS\s+)?\w+\s+ON\s+"
                                 r"(\w+)\s*\(\s*(\w+)", text, re.I):
            if match.group(1).lower() not in COMMON and match.group(2).lower() != "unit":
                yield source.path, line_of(text, match), "unit must lead the unique index"


def line_of(text, match):
    return text.count("\n", 0, match.start()) + 1


def inside(text, begin):
    """The text up to the parenthesis that closes the one before `begin`."""
    depth = 1
    for offset, letter in enumerate(text[begin:]):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return text[begin:begin + offset]
    return text[begin:]


def keys(body):
    """Faults of the keys of one table: (offset, words)."""
    primary = False
    for match in re.finditer(r"(PRIMARY\s+KEY|UNIQUE|FOREIGN\s+KEY)\s*\(\s*(\w+)", body, re.I):
        primary = primary or match.group(1).upper().startswith("PRIMARY")
        if match.group(2).lower() != "unit":
            yield match.start(), f"unit must lead {' '.join(match.group(1).upper().split())}"
    offset = 0
    for column in parts(body):
        words = column.split()
        name = words[0].lower() if words else ""
        if name not in ("primary", "unique", "foreign", "check", "constraint", ""):
            if re.search(r"\bPRIMARY\s+KEY\b", column, re.I):
                primary = True
                if name != "unit":
                    yield offset, f"unit must lead PRIMARY KEY (column {name})"
            if re.search(r"\bUNIQUE\b", column, re.I) and name != "unit":
                yield offset, f"unit must lead UNIQUE (column {name})"
            reference = re.search(r"\bREFERENCES\s+(\w+)", column, re.I)
            if reference and name != "unit" and reference.group(1).lower() not in COMMON:
                yield offset, f"unit must lead FOREIGN KEY (column {name})"
        offset += len(column) + 1
    if not primary:
        yield 0, "no primary key"


def parts(body):
    """The comma-separated parts of a table's body."""
    depth, begin, found = 0, 0, []
    for offset, letter in enumerate(body):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            found.append(body[begin:offset])
            begin = offset + 1
    return found + [body[begin:]]
