# SPDX-License-Identifier: Apache-2.0
"""What the lints share: the files of the project, C without its comments and texts, functions."""
import os
import re

SKIP = {".git", "run", "__pycache__", "cunxuan-data", "corpus"}
NAMELESS = {"if", "for", "while", "switch", "return", "sizeof", "do", "else"}


class Source:
    """One file: path from the root, text, and for C the code with comments and texts blanked."""

    def __init__(self, root, path):
        self.root, self.path = root, path
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
            self.text = file.read()
        self.lines = self.text.split("\n")
        self.code = blank(self.text) if self.is_c() else self.text
        self.code_lines = self.code.split("\n")

    def is_c(self):
        return self.path.endswith((".c", ".h", ".def"))

    def layer(self):
        """base, domain … for src/LAYER/x; 'main' for src/main.c; else ''."""
        parts = self.path.split("/")
        if parts[0] != "src":
            return ""
        return parts[1] if len(parts) > 2 else "main"


def project(root):
    """All text files of the project, sorted by path."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders
                            if name not in SKIP and not name.startswith("build"))
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), root)
            if name.endswith((".c", ".h", ".def", ".py", ".sql", ".md", ".pack", ".txt", ".build",
                              ".sh")) or is_script(os.path.join(folder, name)):
                found.append(Source(root, path))
    return found


def is_script(path):
    try:
        with open(path, "rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return False


TOKENS = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(text):
    """The code with the insides of comments, texts and characters replaced by spaces."""
    def hide(match):
        token = match.group(0)
        if token.startswith("/*"):
            return re.sub(r"[^\n]", " ", token)
        return token[0] + re.sub(r"[^\n]", " ", token[1:-1]) + token[-1]
    return TOKENS.sub(hide, text)


class Function:
    def __init__(self, name, line, params, body, first, last):
        self.name, self.line, self.params = name, line, params
        self.body, self.first, self.last = body, first, last


def functions(source):
    """Function definitions, found by the project's layout: '{' and '}' stand alone in column 0."""
    found = []
    lines = source.code_lines
    index = 0
    while index < len(lines):
        if lines[index] == "{":
            begin = index - 1
            while begin >= 0 and not re.match(r"^[a-zA-Z_]\w*\(", lines[begin]):
                begin -= 1
            end = index
            while end < len(lines) and lines[end] != "}":
                end += 1
            header = " ".join(lines[max(begin, 0):index])
            match = re.match(r"(\w+)\((.*)\)", header.strip())
            if match and match.group(1) not in NAMELESS:
                found.append(Function(match.group(1), begin + 1, params(match.group(2)),
                                      lines[index + 1:end], index + 1, end + 1))
            index = end
        index += 1
    return found


def params(text):
    """Number of parameters in the text between the parentheses, the context not counted: it is
    where memory, language and clock come from, in nearly every function."""
    text = re.sub(r"^\s*(?:const )?struct ctx \*ctx\s*(?:,|$)", "", text)
    if text.strip() in ("", "void"):
        return 0
    depth, count = 0, 1
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            count += 1
    return count - (1 if text.rstrip().endswith("...") else 0)
