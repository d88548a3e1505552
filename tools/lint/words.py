# SPDX-License-Identifier: Apache-2.0
"""Lints of the text of files: licence line, comments, left-over words, letters that hide code."""
import os
import re
import unicodedata

LICENCE = "SPDX-License-" + "Identifier: Apache-2.0"
CODE = (".c", ".h", ".def", ".py", ".build", ".sh")


def is_code(source):
    return source.path.endswith(CODE) or source.text.startswith("#!")


def licence(sources):
    """the SPDX line is the first (of a script the second)"""
    for source in sources:
        if not is_code(source):
            continue
        first = source.lines[1 if source.text.startswith("#!") else 0]
        if LICENCE not in first:
            yield source.path, 1, "the SPDX line is missing"


def comments(sources):
    """no // comments; nothing to do without an issue number"""
    for source in sources:
        if not is_code(source):
            continue
        for number, line in enumerate(source.code_lines, 1):
            if source.is_c() and "//" in line:
                yield source.path, number, "comments are /* */"
        for number, line in enumerate(source.lines, 1):
            if re.search(r"\bTO" + r"DO\b(?!\(#\d+\)| #\d+)", line):
                yield source.path, number, "something to do without an issue number"


LEFTOVERS = re.compile(r"\b(?:st" + r"ub(?:s|bed)?|place" + r"holders?|FIX" + r"ME|XX" + r"X|"
                       r"not " + r"implemented|dum" + r"my|for " + r"now|ha" + r"ck)\b", re.I)
HERE = re.compile(r"/wo" + r"rk/|\.\./sha" + r"red\b|/home/\w+/")


def leftovers(sources):
    """no words of unfinished work, no paths of one machine"""
    for source in sources:
        for number, line in enumerate(source.lines, 1):
            match = LEFTOVERS.search(line)
            if match and is_code(source):
                yield source.path, number, f"a word of unfinished work: '{match.group(0)}'"
            match = HERE.search(line)
            if match:
                yield source.path, number, f"a path of one machine: '{match.group(0)}'"


def letters(sources):
    """no characters that hide code: bidi controls, invisible ones, look-alikes of Latin letters"""
    for source in sources:
        for number, line in enumerate(source.lines, 1):
            for letter in line:
                word = suspicion(letter)
                if word:
                    yield source.path, number, f"U+{ord(letter):04X} {word}"
                    break
        if source.is_c():
            for number, line in enumerate(source.code_lines, 1):
                if not line.isascii():
                    yield source.path, number, "not ASCII outside comments and texts"


def suspicion(letter):
    if letter.isascii():
        return "control character" if ord(letter) < 32 and letter != "\t" else ""
    if unicodedata.category(letter) in ("Cf", "Cc", "Co", "Cs"):
        return "invisible or control character"
    name = unicodedata.name(letter, "")
    if unicodedata.category(letter).startswith("L") and name.startswith(("CYRILLIC", "GREEK", "MATHEMATICAL", "FULLWIDTH LATIN", "ARMENIAN",
                        "CHEROKEE", "LISU")):
        return "looks like a Latin letter"
    return ""


def glossary(sources):
    """every identifier that docs/glossary.md names exists in src"""
    pages = [source for source in sources if source.path == "docs/glossary.md"]
    code = "\n".join(source.text for source in sources
                     if source.path.startswith(("src/", "packs/")))
    known = set(re.findall(r"\w+", code))
    for page in pages:
        for number, line in enumerate(page.lines, 1):
            for name in re.findall(r"`([^`]+)`", line):
                if not all(word in known for word in re.findall(r"\w+", name)):
                    yield page.path, number, f"no '{name}' in src"


def links(sources):
    """every relative link of a page leads to a file or folder of the project"""
    for page in sources:
        if not page.path.endswith(".md"):
            continue
        folder = os.path.dirname(page.path)
        for number, line in enumerate(page.lines, 1):
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", line):
                if not os.path.exists(os.path.join(page.root, folder, target)):
                    yield page.path, number, f"no '{target}' to link to"
