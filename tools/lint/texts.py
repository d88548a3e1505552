# SPDX-License-Identifier: Apache-2.0
"""Lint of user texts: whatever is said in Chinese is said in English beside it."""
import re

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
TOKEN = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|[A-Za-z_]\w*|\\\n|\s+|.', re.S)
FORMAT = re.compile(r"PRI[diux]\d+$")

# Headings of the people's tables, named in both languages.
HEADINGS = re.compile("公民身份号码|出生日期|姓名|证号|组|村")
# Chinese that is read or is data, not said: words of people's tables, marks in names, facts.
DATA = {
    "src/act/import_all.c": None,
    "src/act/outcome.c": "%s（%s）",
    "src/act/prepare.c": "无",
    "src/act/resolve.c": "外:",
    "src/base/intake.c": None,
    "src/cli/cmd_unit.c": None,
    "src/domain/pack_parse.c": "%s:%d：",
    "src/exchange/check_row.c": None,
    "src/exchange/check_text.c": None,
    "src/exchange/roll_clean.c": None,
    "src/exchange/roll_columns.def": None,
    "src/exchange/roll_guess.c": None,
    "src/exchange/roll_reader.c": "名",
    "src/exchange/tally_csv.c": None,
    "src/store/person_store.c": "外:",
}


def pieces(text):
    """(literal joined of its parts or None, token, line) of all but blanks and comments."""
    found, line = [], 1
    for match in TOKEN.finditer(text):
        token = match.group(0)
        literal = token.startswith('"')
        if not token.isspace() and not token.startswith(("/*", "\\\n")):
            if found and found[-1][0] is not None and (literal or FORMAT.match(token)):
                found[-1] = (found[-1][0] + (token[1:-1] if literal else ""), *found[-1][1:])
            else:
                found.append((token[1:-1] if literal else None, token, line))
        line += token.count("\n")
    return found


def both_languages(sources):
    """a Chinese text is followed by its English one, in which there is no Chinese"""
    for source in sources:
        # The pages of src/web are Chinese first; an English key there is its own English word.
        if not source.path.startswith("src/") or not source.is_c() or "/web/" in source.path:
            continue
        heads = source.path.startswith("src/exchange/roll_")

        def chinese(text):
            return CHINESE.search(HEADINGS.sub("", text) if heads else text)

        allowed = DATA.get(source.path, "")
        found = pieces(source.text)
        for place, (literal, _, line) in enumerate(found):
            if not literal or not chinese(literal) or allowed is None or literal == allowed:
                continue
            after = found[place + 1:place + 3]
            english = after[1][0] if len(after) == 2 and after[0][1] == "," else None
            if english is None or chinese(english):
                yield source.path, line, f"no English beside \"{literal[:40]}\""
