# SPDX-License-Identifier: Apache-2.0
"""Writes the play file: stages, accounts and acts, one JSON object a line (see `cunxuan play --help`)."""
import csv
import datetime
import json
import os

ENCODINGS = {"gb18030": "gb18030", "utf-8": "utf-8", "utf-8 with BOM": "utf-8-sig"}


def day(text, offset=0):
    """The date so many days later, as text."""
    return (datetime.date.fromisoformat(text) + datetime.timedelta(days=offset)).isoformat()


class Script:
    """All lines, in the order they are played, under the headline of their stage."""

    def __init__(self, folder):
        self.folder = folder
        self.stages = []
        self.expected_refusals = {}
        os.makedirs(os.path.join(folder, "files"), exist_ok=True)

    def stage(self, title):
        self.stages.append((title, []))

    def add(self, line):
        self.stages[-1][1].append(line)

    def user(self, name, role, unit, person=None, desk=None):
        line = {"user": name, "role": role, "unit": unit}
        if person:
            line["person"] = person
        if desk:
            line["desk"] = desk
        self.add(line)

    def file(self, name, text):
        """A made-up paper; its path as the play file names it."""
        path = os.path.join(self.folder, "files", name)
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8", newline="\n") as f:
                f.write(text + "\n")
        return "files/" + name

    def write(self, path):
        with open(path, "w", encoding="utf-8", newline="\n") as f:
            for title, lines in self.stages:
                if not lines:
                    continue
                f.write(json.dumps({"stage": title, "total": len(lines)}, ensure_ascii=False) + "\n")
                for line in lines:
                    f.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


class Unit:
    """A unit whose stream is written: its clock only goes forward."""

    def __init__(self, script, code, short):
        self.script, self.code, self.short = script, code, short
        self.clock = None
        self.count = 0
        self.last = {}

    def at(self, date, time="08:30"):
        when = datetime.datetime.fromisoformat(f"{date}T{time}")
        if self.clock and when < self.clock:
            when = self.clock
            if when.date().isoformat() != date:
                raise SystemExit(f"{self.code}: the clock says {self.clock}, not {date}")
        self.clock = when

    @property
    def today(self):
        return self.clock.date().isoformat()

    @property
    def time(self):
        return self.clock.strftime("%H:%M")

    def act(self, act, who, fields, expect=None, reasons=None, label=None):
        """One act, now. `expect`: the rules that refuse it. Returns "$label", its entry number."""
        self.count += 1
        label = f"{self.short}.{label or self.count}"
        if not expect:
            self.last[act] = "$" + label
        line = {"id": label, "now": self.clock.strftime("%Y-%m-%dT%H:%M"), "as": who, "unit": self.code,
                "act": act, "fields": fields}
        if reasons:
            line["reasons"] = reasons
        if expect:
            line["expect"] = expect
            for rule in expect:
                self.script.expected_refusals.setdefault((act, rule), []).append(self.code)
            del line["id"]
        self.script.add(line)
        self.clock += datetime.timedelta(minutes=1)
        return "$" + label

    def label(self, act):
        """The entry number of the last accepted act of that name."""
        return self.last[act]

    def doc(self, name, extra=()):
        """⟨doc⟩: number, date, scan."""
        number = f"市山换〔{self.today[:4]}〕{self.short}-{self.count + 1}号"
        return {"doc_no": number, "doc_on": self.today,
                "file": self.script.file(f"{name}.txt", f"{name}（演练用的示例文件）"), **dict(extra)}

    def approval(self, kind, asker, to, decider, signed_by, decision="granted", expect_self=False, **more):
        """A request and its answer."""
        request = self.act("approval.request", asker, {"kind": kind, "to": to, "subject": f"关于{kind}的请示", **more})
        if expect_self:
            self.act("approval.decide", expect_self["as"],
                     {"request_seq": request, "decision": decision, "signed_by": expect_self["signed_by"],
                      **self.doc("批复")}, expect=["SEQ-08"])
        self.act("approval.decide", decider, {"request_seq": request, "decision": decision, "signed_by": signed_by,
                                              **self.doc("批复")})
        return request


class Village(Unit):
    """A village and its people, as make.py wrote them."""

    def __init__(self, script, folder, code, place, polling_day):
        super().__init__(script, code, code[-3:])
        self.place = place
        self.folder = os.path.join(folder, code)
        with open(os.path.join(self.folder, "people.json"), encoding="utf-8") as f:
            self.data = json.load(f)
        self.name = self.data["village"]
        self.groups = self.data["groups"]
        self.seats = self.data["seats"]
        self.people = {p["id"]: p for p in self.data["people"]}
        self.polling_day = polling_day or self.data["polling_day"]
        self.made_day = self.data["polling_day"]
        self.encoding = ENCODINGS[self.data["encoding"]]
        self.codes = {}
        for p in self.data["people"]:
            if p["hukou"]:
                self.codes[p["id"]] = f"P{int(p['id'][1:]):05d}"
        self.vec = [self.codes[p] for p in self.data["vec"]]
        self.alternates = [self.codes[p] for p in self.data["vec_alternates"]]
        self.committee = list(self.vec)
        self.staff = [self.codes[p] for p in self.data["staff"]]
        for who in ("vc", "pb", "ec"):
            setattr(self, who, f"{who}-{self.short}")

    def day(self, offset):
        return day(self.polling_day, offset)

    def who(self, person):
        return self.people[person]["name"]

    def code_of(self, person):
        return self.codes[person]

    def person_of(self, code):
        return self.people[self.by_code[code]]

    @property
    def by_code(self):
        return {code: person for person, code in self.codes.items()}

    def adult(self, person):
        return self.adult_on(person, self.roll_day)

    @staticmethod
    def adult_on(person, when):
        born = datetime.date.fromisoformat(person["birth"])
        then = datetime.date.fromisoformat(when)
        return then.year - born.year - ((then.month, then.day) < (born.month, born.day)) >= 18

    def posting(self, everywhere=True, on=None, without=None):
        """⟨posting⟩: at the office and in every group."""
        places = [{"place": f"{self.name}村务公开栏"}]
        if everywhere:
            places += [{"place": f"{g}公告栏", "group": g} for g in self.groups if g != without]
        return {"posted_on": on or self.today, "places": places}

    def csv_path(self, name):
        return f"{self.code}/{name}.csv"

    def rows(self, name):
        with open(os.path.join(self.folder, name + ".csv"), encoding=self.encoding, newline="") as f:
            return list(csv.DictReader(f))

    def mend_household(self):
        """The register with its wrong numbers put right, as another file."""
        with open(os.path.join(self.folder, "household.csv"), encoding=self.encoding, newline="") as f:
            lines = f.read().split("\n")
        for quirk in self.data["quirks"]:
            if quirk["file"] == "household" and quirk["refused"]:
                line = lines[quirk["line"] - 1]
                assert quirk["written"] in line, (self.code, quirk)
                lines[quirk["line"] - 1] = line.replace(quirk["written"], quirk["right"])
        with open(os.path.join(self.folder, "household-mended.csv"), "w", encoding=self.encoding, newline="") as f:
            f.write("\n".join(lines))
