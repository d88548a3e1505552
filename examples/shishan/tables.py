# SPDX-License-Identifier: Apache-2.0
"""The township's spreadsheets of one village as CSV, with the mistakes such spreadsheets have."""
import csv
import io
import json
import os

from people import age_on, check_digit, near_kin

EDUCATION = {"primary": "小学", "junior": "初中", "senior": "高中", "college": "大专", "bachelor": "大学本科"}
SEX = {"m": "男", "f": "女"}
COLUMNS = {
    "household": "户号,组,姓名,性别,民族,出生日期,公民身份号码,与户主关系,政治面貌,联系电话,文化程度",
    "roll": "序号,姓名,性别,出生日期,身份证号,民族,政治面貌,组,户号,登记类别,联系电话,户籍所在地,居住起始日期,申请日期,备注",
    "deprived": "姓名,性别,公民身份号码,组,剥夺起始日期,剥夺期满日期,法律文书号",
    "away": "序号,姓名,性别,身份证号,组,户号,外出地点,联系电话,是否回复,回复日期,是否参加选举",
    "last_roll": "序号,姓名,性别,出生日期,身份证号,组",
}
# kind → (every how many villages, remainder): so each kind of mistake comes several times in a township.
SCHEDULE = {
    "bad_check": (3, 0), "impossible_date": (4, 1), "scientific": (4, 2), "missing_name": (4, 3),
    "under_age": (4, 0), "deprived_listed": (6, 1), "twice": (3, 1), "short_residence": (4, 2),
    "dead_listed": (3, 0), "omitted": (3, 2), "lowercase_x": (2, 0), "spaced_name": (2, 1), "tab_number": (4, 3),
    "household_bad_check": (6, 2), "household_scientific": (6, 5),
}
RULES = {
    "bad_check": "IDN-01", "impossible_date": "IDN-01", "scientific": "IDN-01", "missing_name": None,
    "under_age": "REG-01", "deprived_listed": "REG-01", "twice": "REG-04", "short_residence": "REG-02",
    "dead_listed": None, "omitted": "ROL-02", "lowercase_x": None, "spaced_name": None, "tab_number": None,
    "household_bad_check": "IDN-01", "household_scientific": "IDN-01", "other_village": "REG-04",
}
# A row with one of these is right as it stands; the reader cleans it.
HARMLESS = ("lowercase_x", "spaced_name", "tab_number")


class Style:
    """How a village's clerk saves: GB18030 as old WPS does, or UTF-8 with or without a BOM."""

    def __init__(self, slot):
        self.encoding = "gb18030" if slot % 2 == 0 else "utf-8-sig" if slot % 4 == 1 else "utf-8"
        self.newline = "\n" if self.encoding == "utf-8" else "\r\n"
        self.slashes = slot % 2 == 0

    def date(self, day):
        if not day:
            return ""
        text = day if isinstance(day, str) else day.isoformat()
        if not self.slashes:
            return text
        y, m, d = text.split("-")
        return f"{y}/{int(m)}/{int(d)}"

    def write(self, path, columns, rows):
        out = io.StringIO()
        writer = csv.DictWriter(out, columns.split(","), restval="", extrasaction="ignore", lineterminator=self.newline)
        writer.writeheader()
        writer.writerows(rows)
        with open(path, "wb") as f:
            f.write(out.getvalue().encode(self.encoding))


def bad_check(number):
    return number[:17] + ("X" if number[17] != "X" else "5")


def impossible_date(number):
    """The same number on a 30 February, with the check digit that belongs to it."""
    seventeen = number[:10] + "0230" + number[14:17]
    return seventeen + check_digit(seventeen)


class Tables:
    """Makes and writes the five tables of a village; `quirks` tells every mistake put in."""

    def __init__(self, village, style, alone):
        self.village, self.style, self.alone = village, style, alone
        self.rng, self.quirks, self.picked = village.rng, [], set()
        self.extra = []

    def has(self, kind):
        every, rest = SCHEDULE[kind]
        return self.alone or self.village.slot % every == rest

    # --- rows -------------------------------------------------------------------------------

    def household_rows(self):
        rows = []
        for p in self.village.people:
            age = age_on(p.birth, self.village.day)
            school = EDUCATION[p.education] if p.education else "" if age < 7 else "小学" if age < 13 else "初中"
            rows.append({"person": p, "户号": p.household, "组": p.group, "姓名": p.name, "性别": SEX[p.sex],
                         "民族": p.nation, "出生日期": self.style.date(p.birth), "公民身份号码": p.number,
                         "与户主关系": p.relation, "政治面貌": p.party if age >= 14 else "",
                         "联系电话": p.phone if age >= 16 else "", "文化程度": school})
        return rows

    def roll_row(self, p, head):
        new = p.newcomer or {}
        return {"person": p, "姓名": p.name, "性别": SEX[p.sex], "出生日期": self.style.date(p.birth),
                "身份证号": p.number, "民族": p.nation, "政治面貌": p.party, "组": p.group, "户号": p.household,
                "登记类别": str(head), "联系电话": p.phone, "户籍所在地": new.get("home", ""),
                "居住起始日期": self.style.date(new.get("resident_since")),
                "申请日期": self.style.date(new.get("applied_on")),
                "备注": "外出" if head == 2 else ""}

    def drafted(self, p):
        """On the draft: registered, but whoever answers later is not on it yet."""
        return p.registered and not (p.away and p.away["later"])

    def roll_rows(self):
        village = self.village
        rows = [self.roll_row(p, p.head) for p in village.people + village.newcomers if self.drafted(p)]
        if village.dead_listed:
            rows.append(self.roll_row(village.dead_listed, 1))
        if self.has("under_age"):
            rows.append(self.roll_row(village.turning[1], 1))
        if self.has("deprived_listed"):
            rows.append(self.roll_row(next(p for p in village.people if p.reason == "deprived"), 1))
        if self.has("short_residence"):
            rows.append(self.roll_row(next(p for p in village.newcomers if p.reason == "short_residence"), 3))
        rows += [self.roll_row(p, 3) for p in self.extra]
        order = {p.id: i for i, p in enumerate(village.people + village.newcomers)}
        rows.sort(key=lambda r: (village.groups.index(r["组"]), order.get(r["person"].id, 99999)))
        return rows

    # --- mistakes ---------------------------------------------------------------------------

    def pick(self, rows, busy, wanted=lambda p: True):
        """A row of somebody who has no other part to play."""
        pool = [r for r in rows if r["person"].id not in busy and r["person"].id not in self.picked
                and wanted(r["person"])]
        row = self.rng.choice(pool)
        self.picked.add(row["person"].id)
        return row

    def mark(self, row, kind, field=None, written=None):
        """Notes the mistake `kind` in the row and writes it there."""
        right = row.get(field) if field else None
        if field:
            row[field] = written
        self.quirks.append({"kind": kind, "row": row, "field": field, "right": right})

    def spoil_roll(self, rows, busy):
        def plain(p):
            return p.registered and p.head == 1 and p is not self.village.turning[0]

        wrong = {"bad_check": bad_check, "impossible_date": impossible_date, "scientific": lambda n: "3.61E+17",
                 "tab_number": lambda n: "\t" + n}
        for kind, change in wrong.items():
            if self.has(kind):
                row = self.pick(rows, busy, plain)
                self.mark(row, kind, "身份证号", change(row["身份证号"]))
        if self.has("missing_name"):
            self.mark(self.pick(rows, busy, plain), "missing_name", "姓名", "")
        if self.has("lowercase_x"):
            row = self.pick(rows, busy, lambda p: plain(p) and p.number[17] == "X")
            self.mark(row, "lowercase_x", "身份证号", row["身份证号"].lower())
        if self.has("spaced_name"):
            row = self.pick(rows, busy, lambda p: plain(p) and len(p.name) == 2)
            self.mark(row, "spaced_name", "姓名", row["姓名"][0] + "\u3000" + row["姓名"][1])
        if self.has("twice"):
            row = self.pick(rows, busy, plain)
            again = dict(row)
            rows.insert(min(len(rows), rows.index(row) + 40), again)
            self.mark(again, "twice")
        if self.has("omitted"):
            row = self.pick(rows, busy, plain)
            rows.remove(row)
            self.mark(row, "omitted")
        for row in rows:
            p = row["person"]
            reasons = {"died": "dead_listed", "under_age": "under_age", "deprived": "deprived_listed",
                       "short_residence": "short_residence"}
            if p in self.extra:
                self.mark(row, "other_village")
            elif p.reason in reasons:
                self.mark(row, reasons[p.reason])

    def spoil_household(self, rows, busy):
        if self.has("household_bad_check"):
            row = self.pick(rows, busy, lambda p: p.registered and p.head == 1)
            self.mark(row, "household_bad_check", "公民身份号码", bad_check(row["公民身份号码"]))
        if self.has("household_scientific"):
            row = self.pick(rows, busy, lambda p: age_on(p.birth, self.village.day) < 16)
            self.mark(row, "household_scientific", "公民身份号码", "3.61E+17")

    def away_rows(self):
        rows = []
        for p in self.village.people:
            if p.away and age_on(p.birth, self.village.day) >= 18 and not p.died_on:
                reply = p.away["reply"]
                rows.append({"姓名": p.name, "性别": SEX[p.sex], "身份证号": p.number, "组": p.group,
                             "户号": p.household, "外出地点": p.away["place"], "联系电话": p.phone,
                             "是否回复": "是" if reply else "否", "回复日期": self.style.date(p.away["replied_on"]),
                             "是否参加选举": {"y": "参加", "n": "不参加", None: ""}[reply]})
        return rows

    def last_rows(self):
        """Who was 18 when the last committee was elected and has not moved in since."""
        years = 3 if self.village.day.year == 2021 else 5
        rows = []
        for p in self.village.people + self.village.gone:
            if age_on(p.birth, self.village.day) >= 18 + years and not p.moved_in:
                rows.append({"姓名": p.name, "性别": SEX[p.sex], "出生日期": self.style.date(p.birth),
                             "身份证号": p.number, "组": p.group})
        rows.sort(key=lambda r: self.village.groups.index(r["组"]))
        return rows

    def deprived_rows(self):
        return [{"姓名": p.name, "性别": SEX[p.sex], "公民身份号码": p.number, "组": p.group,
                 "剥夺起始日期": self.style.date(p.deprived["from"]),
                 "剥夺期满日期": self.style.date(p.deprived["to"]), "法律文书号": p.deprived["paper"]}
                for p in self.village.people if p.deprived]

    # --- writing ----------------------------------------------------------------------------

    def write(self, folder, busy):
        tables = {"household": self.household_rows(), "roll": self.roll_rows(), "deprived": self.deprived_rows(),
                  "away": self.away_rows(), "last_roll": self.last_rows()}
        self.spoil_roll(tables["roll"], busy)
        self.spoil_household(tables["household"], busy)
        for name, rows in tables.items():
            for i, row in enumerate(rows):
                row["序号"] = str(i + 1)
            self.style.write(os.path.join(folder, name + ".csv"), COLUMNS[name], rows)
        self.rows = {name: len(rows) for name, rows in tables.items()}
        line = {id(row): i + 2 for name in ("household", "roll") for i, row in enumerate(tables[name])}
        return [self.quirk(q, line) for q in self.quirks]

    def quirk(self, q, line):
        p, kind, field = q["row"]["person"], q["kind"], q["field"]
        return {"kind": kind, "file": "household" if kind.startswith("household") else "roll",
                "line": line.get(id(q["row"])), "person": p.id, "rule": RULES[kind],
                "refused": RULES[kind] not in (None, "ROL-02") or kind == "missing_name",
                "field": field, "written": q["row"][field] if field else None, "right": q["right"]}


def person_json(p):
    kin = [{"person": q.id, "relation": word} for q, word in near_kin(p).values()]
    out = {"id": p.id, "name": p.name, "sex": p.sex, "birth": p.birth.isoformat(), "id_number": p.number,
           "group": p.group, "household": p.household or None, "relation_to_head": p.relation or None,
           "nation": p.nation, "party": p.party, "education": p.education, "phone": p.phone,
           "hukou": p.hukou, "head": p.head, "registered": p.registered, "reason": p.reason, "kin": kin}
    for key in ("away", "moved_in", "moved_out", "died_on", "deprived", "newcomer"):
        if getattr(p, key):
            out[key] = getattr(p, key)
    return out


def write_people(path, top, people):
    """One JSON object; each person on a line of his own, so that a reader can find and compare them."""
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(json.dumps(top, ensure_ascii=False, indent=1)[:-2])
        f.write(',\n "people": [\n')
        f.write(",\n".join("  " + json.dumps(person_json(p), ensure_ascii=False) for p in people))
        f.write("\n ]\n}\n")
