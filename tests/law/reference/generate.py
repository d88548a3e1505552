#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""generate.py SEED N [CHECK…]: N random lines per check, biased towards the edges of each rule.

About 8 % of the lines are then damaged at one place (unknown key, wrong type, out of range,
missing key, doubled entry); the reference decides whether the damage makes them invalid.
"""
import copy
import datetime
import json
import random
import sys

from packs import LOCAL, NATIONAL
from reference import TABLE, character_key, months_on, years_on
from schema import ADMIN_SANCTIONS, CHECKS, PARTY_POSTS, PARTY_SANCTIONS, POSTS, RELATIONS

DATE = datetime.date
NAMES = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "王大山", "李小河")
WOMEN = set(NAMES[1::2])
DAMAGE = (True, False, 1.0, 0.5, "1", "", " ", None, [], {}, -1, 0, 1, 2, 1000000000, 999999999,
          "cn-2018", "m", "member", "2021-02-29", "2021-2-03", "2200-01-01", "1899-12-31",
          "2024-02-29", ["甲"], [1], [None])


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.chars = []

    def chance(self, part):
        return self.r.random() < part

    def pick(self, *values):
        return self.r.choice(values)

    def near(self, value, spread=1, least=0):
        return max(least, value + self.r.randint(-spread, spread))

    def maybe(self, target, key, make, part=0.5):
        if self.chance(part):
            target[key] = make() if callable(make) else make

    def flag(self, target, key, part=0.3):
        if self.chance(part):
            target[key] = self.chance(0.6)

    def sex(self, name):
        return "f" if name in WOMEN else "m"

    def names(self, most, least=0, pool=NAMES):
        return self.r.sample(pool, self.r.randint(least, min(most, len(pool))))

    def day(self):
        return self.pick(DATE(2021, 3, 20), DATE(2025, 12, 31), DATE(2026, 1, 1),
                         DATE(2024, 2, 29), DATE(2023, 2, 28), DATE(2022, 1, 5),
                         DATE(2019, 1, 1) + datetime.timedelta(self.r.randint(0, 4000)))

    def around(self, day, spread=2):
        return day + datetime.timedelta(self.r.randint(-spread, spread))

    def law(self, many=True):
        roll = self.r.random()
        if roll < 0.12:
            return None
        if roll < 0.2:
            return "auto"
        names = [self.pick(*NATIONAL)]
        if roll < 0.85:
            names.append("jiangxi" if self.chance(0.3) else self.pick(*LOCAL))
        elif roll < 0.88 and many:
            names += self.r.sample(sorted(LOCAL), 2)
        return "+".join(names)

    # ------------------------------------------------------------ one per check

    def poll(self):
        r = self.r
        registered = r.choice((r.randint(1, 6), r.randint(4, 40), r.randint(4, 40), 1200))
        issued = self.near(registered // 2 + 1, 3) if self.chance(0.5) else r.randint(0, registered)
        if self.chance(0.97):
            issued = min(issued, registered)
        recovered = self.near(issued, 1) if self.chance(0.15) else issued
        if self.chance(0.5):
            recovered = issued = self.pick(registered, registered * 3 // 4 + 1)
            issued = recovered = min(issued, registered)
        void = r.choice((0, 0, 0, 1, r.randint(0, max(0, recovered // 4))))
        given = {"registered": registered, "issued": issued, "recovered": recovered}
        if void or self.chance(0.2):
            given["void"] = void
        self.maybe(given, "polling_day", lambda: self.day().isoformat(), 0.6)
        second = self.chance(0.4)
        if second or self.chance(0.1):
            given["round"] = 2 if second else 1
        edge = (recovered + 2) // 3 if second else recovered // 2 + 1
        given["combined"] = True
        before = []
        if second and self.chance(0.8):
            before = self.names(5, pool=NAMES[6:])
        elif self.chance(0.12):
            given["combined"] = False
            before = self.names(3, pool=NAMES[6:])
        if before or self.chance(0.1) and second:
            given["elected_before"] = [
                {"post": self.pick("chair", "vice_chair", "member", "member", "women_member"),
                 "name": n, "sex": self.sex(n) if self.chance(0.5) else "m"} for n in before]
            for entry in given["elected_before"]:
                if entry["post"] == "women_member":
                    entry["sex"] = "f"
        if given["combined"] and self.chance(0.8):
            del given["combined"]
        self.maybe(given, "merge", lambda: self.pick("none", "down_add", "down_add"), 0.2)
        women = self.pick(WOMEN, WOMEN, {"丁"}, set(NAMES), set())
        given["posts"] = [self.poll_line(post, given, edge, women)
                          for post in self.poll_posts()]
        if not given["posts"] and self.chance(0.5):
            del given["posts"]
        return given

    def poll_posts(self):
        kind = self.r.random()
        if kind < 0.35:
            return ["member"]
        if kind < 0.75:
            posts = [p for p in POSTS if self.chance(0.6)]
        else:
            posts = [p for p in POSTS if p != "women_member" or self.chance(0.2)]
        if self.chance(0.3):
            self.r.shuffle(posts)
        return posts

    def poll_line(self, post, given, edge, women):
        r = self.r
        line = {"post": post, "seats": 1 if post in POSTS[:2] and self.chance(0.8)
                else r.randint(1, 4)}
        room = given["recovered"] - given.get("void", 0)
        if given.get("combined") is False and self.chance(0.7):
            line["issued"] = self.near(given["issued"], 2)
            line["recovered"] = self.near(line["issued"], 1) if self.chance(0.4) else line["issued"]
            if self.chance(0.3):
                line["void"] = r.randint(0, max(0, line["recovered"] // 4))
            edge = ((line["recovered"] + 2) // 3 if given.get("round") == 2
                    else line["recovered"] // 2 + 1)
            room = line["recovered"] - line.get("void", 0)
        if self.chance(0.1):
            line["section_void"] = r.randint(0, max(0, room // 3))
            room -= line["section_void"]
        room = max(0, room)
        # Who holds a post may stand on the paper all the same: passed over unless it is higher.
        held = {b["name"] for b in given.get("elected_before", [])}
        again = self.chance(0.3)
        pool = [n for n in NAMES if n not in held or again]
        line["candidates"] = []
        levels = [edge + d for d in r.sample((-1, 0, 1, 2, 3), 2)] + [room, r.randint(0, room)]
        for name in r.sample(pool, r.randint(0 if self.chance(0.1) else 2, min(6, len(pool)))):
            votes = max(0, min(room, r.choice(levels)))
            if self.chance(0.15):
                votes = r.randint(0, room)
            entry = {"name": name, "sex": "f" if name in women else "m",
                     "votes": votes + (self.chance(0.002))}
            self.flag(entry, "write_in", 0.15)
            if name == "庚" and self.chance(0.5):
                entry["registered" if self.chance(0.5) else "age_ok"] = False
            elif self.chance(0.05):
                entry[self.pick("registered", "age_ok")] = True
            if self.chance(0.3):
                entry["kin"] = self.names(2, 1)
            line["candidates"].append(entry)
        return line

    def ballots(self):
        r = self.r
        posts = r.sample(POSTS, r.choice((0, 1, 1, 2, 2, 2, 3, 3)))
        given = {"posts": [], "ballots": []}
        for post in posts:
            given["posts"].append({"post": post, "seats": r.randint(1, 3),
                                   "candidates": self.names(4, 1, NAMES[:7])})
        self.maybe(given, "voters", lambda: r.choices(NAMES, k=r.randint(0, 8)), 0.6)
        self.maybe(given, "duplicate_names", lambda: self.names(2), 0.3)
        self.maybe(given, "scope", lambda: self.pick("section", "ballot"), 0.3)
        for _ in range(r.randint(0, 6)):
            given["ballots"].append(self.paper(given["posts"]))
        return given

    def paper(self, posts):
        paper = {"marks": {}}
        unreadable = self.pick(*posts)["post"] if posts and self.chance(0.1) else None
        for line in posts:
            names = line["candidates"]
            few = min(len(names), line["seats"] + self.chance(0.15))
            if self.chance(0.8) and line["post"] != unreadable:
                paper["marks"][line["post"]] = self.names(few, 0, names)
            if self.chance(0.25) and line["post"] != unreadable:
                paper.setdefault("write_ins", {})[line["post"]] = self.names(2, 0)
            if self.chance(0.2):
                paper.setdefault("against", {})[line["post"]] = self.names(2, 0, names)
        if self.chance(0.01):
            paper["marks"][self.pick(*POSTS)] = ["癸"]
        if unreadable:
            paper["defects"] = ["unreadable:" + unreadable]
        elif self.chance(0.2):
            paper["defects"] = [self.pick("signed", "signed", "not_official", "illegible_all")]
        return paper

    def party_meeting(self):
        r = self.r
        full = r.choice((r.randint(1, 12), r.randint(1, 60), 45))
        given = {"full_members": full, "seats": r.randint(1, 7)}
        out = [{"reason": self.pick("mental", "abroad", "detained", "bedridden", "moved_away"),
                "member_heard": self.chance(0.9), "township_consent": self.chance(0.9),
                "meeting_passed": self.chance(0.9)}
               for _ in range(r.randint(0, min(full + self.chance(0.02), 6)))]
        if out or self.chance(0.1):
            given["exclusions"] = out
        should = full - sum(e["member_heard"] and e["township_consent"] and e["meeting_passed"]
                            for e in out)
        present = min(full + self.chance(0.02), self.near(-(-4 * should // 5), 1))
        if self.chance(0.5):
            present = r.randint(present, max(present, full))
        given["present"] = present
        room = present
        if self.chance(0.3):
            room = given["issued"] = self.near(present)
        if self.chance(0.3):
            room = given["recovered"] = self.near(room)
        if self.chance(0.2):
            given["void"] = r.randint(0, max(0, room // 3))
            room -= given["void"]
        self.maybe(given, "probationary_present", lambda: r.randint(0, 5), 0.2)
        self.maybe(given, "body", lambda: self.pick("committee", "officers"), 0.4)
        seats = given["seats"]
        number = self.pick(seats, seats + 1, seats + 2, self.near(seats, 2))
        given["candidates"] = []
        for name in self.names(number, min(number, len(NAMES))):
            votes = self.near(present // 2 + 1, 2) if self.chance(0.7) else r.randint(0, room)
            entry = {"name": name, "for": max(0, min(room + self.chance(0.003), votes))}
            self.flag(entry, "write_in", 0.1)
            given["candidates"].append(entry)
        return given

    def calendar(self):
        day = self.day()
        events = {}
        given = {"polling_day": day.isoformat(), "events": events}

        def on(key, base, part=0.5, spread=2):
            if self.chance(part):
                when = self.around(base, spread)
                events[key] = when.isoformat()
                return when
            return None

        def back(number):
            return day - datetime.timedelta(number)

        on("vec_formed", back(40))
        on("audit_published", self.pick(back(1), back(41)), 0.6)
        posted = on("voter_list_posted", back(20), 0.7)
        if self.chance(0.6):
            base = (posted or back(20)) + datetime.timedelta(5)
            received = [self.around(base) for _ in range(self.r.randint(0 if posted else 1, 3))]
            if received:
                events["objection_received"] = [d.isoformat() for d in received]
                if self.chance(0.6):
                    decided = received[:self.r.randint(0, len(received))]
                    events["objection_decided"] = [
                        self.around(d + datetime.timedelta(3), 1).isoformat() for d in decided]
                    if self.chance(0.03):
                        events["objection_decided"] += [day.isoformat()] * 3
        on("candidates_posted", back(5), 0.6)
        on("polling_notice_posted", back(self.pick(1, 3, 5)))
        for key in ("proxy_filed", "candidate_withdrawn"):
            if self.chance(0.5):
                events[key] = [self.around(back(self.pick(0, 1, 2, 3, 5)), 1).isoformat()
                               for _ in range(self.r.randint(0, 2))]
        on("result_announced", day, 0.5, 1)
        second = on("second_polling_day", day + datetime.timedelta(self.pick(10, 15, 30)), 0.4)
        if self.chance(0.1):
            second = on("second_polling_day", day, 1, 1)
        formed = on("committee_formed", second or day, 0.4, 1)
        base = formed or second or day
        on("handover_done", base + datetime.timedelta(10), 0.5, 1)
        on("certificates_issued", base + datetime.timedelta(10), 0.5, 1)
        on("archive_done", day, 0.2)
        return given

    def register(self):
        day = self.day()
        birth = self.pick(self.around(years_on(day, -18)), DATE(1980, 5, 5), DATE(2004, 2, 29),
                          self.around(years_on(day, -18), 1))
        if self.chance(0.02):
            birth = self.around(day, 1)
        person = {"birth": birth.isoformat(), "hukou_here": self.chance(0.5),
                  "resident_here": self.chance(0.5)}
        year = self.around(years_on(day, -1), 1)
        self.maybe(person, "resident_since", lambda: self.around(year, 1).isoformat(), 0.7)
        self.maybe(person, "village_work_since", lambda: self.around(year, 1).isoformat(), 0.4)
        self.maybe(person, "wishes", lambda: self.pick(True, False, None), 0.7)
        for key, part in (("reply_due_passed", 0.4), ("deprived", 0.08),
                          ("registered_elsewhere", 0.08), ("unable", 0.15)):
            self.flag(person, key, part)
        for key in ("applied", "assembly_consent"):
            self.maybe(person, key, lambda: self.chance(0.85), 0.9)
        return {"polling_day": day.isoformat(), "person": person}

    def proxy(self):
        day = self.day()
        filed = day - datetime.timedelta(self.pick(0, 0, 1, 2, 3, 4, 5, 6, 10, -1))
        given = {"polling_day": day.isoformat(), "filed": filed.isoformat(),
                 "principal": {"registered": self.chance(0.9), "away": self.chance(0.9)},
                 "proxy": {"registered": self.chance(0.9), "relation": self.pick(*RELATIONS),
                           "holds": self.r.randint(0, 4)}}
        self.flag(given, "on_site", 0.3)
        self.flag(given, "redelegated", 0.2)
        self.flag(given["proxy"], "candidate", 0.2)
        return given

    def nominate(self):
        r = self.r
        registered = r.randint(1, 40)
        papers = r.choice((self.near(registered // 2, 1), registered, r.randint(0, registered)))
        papers = min(papers, registered + self.chance(0.01))
        given = {"registered": registered, "papers": papers, "posts": []}
        posts = [p for p in POSTS if self.chance(0.6)]
        if self.chance(0.3):
            r.shuffle(posts)
        women = self.pick(WOMEN, {"丁", "己"}, {"丁"}, set())
        accepts = {}
        for name in NAMES:
            if self.chance(0.15):
                accepts[name] = self.pick(None, *POSTS)
        for post in posts:
            seats = r.randint(1, 3)
            line = {"post": post, "seats": seats, "nominees": [],
                    "places": seats + self.pick(1, 1, 1, 1, 1, 1, 2, 2, 3, 0)}
            top = r.randint(0, papers)
            for name in self.names(7):
                entry = {"name": name, "sex": "f" if name in women else "m",
                         "votes": max(0, min(papers, r.choice((top, top - 1, r.randint(0, papers),
                                                               r.randint(0, 3)))))}
                if name in accepts:
                    entry["accepts"] = accepts[name]
                line["nominees"].append(entry)
            given["posts"].append(line)
        return given

    def surplus(self):
        body = self.pick("party", "village", "party_initial")
        seats = self.pick(1, 2, 3, 4, 5, 6, 7, 9, 10, 11, self.r.randint(1, 200))
        given = {"body": body, "seats": seats,
                 "candidates": self.pick(seats, seats + 1, seats + 2, seats + 3, seats + 4,
                                         self.near(3 * seats // 2), self.near(6 * seats // 5))}
        if body == "village":
            self.maybe(given, "post", lambda: self.pick(*POSTS), 0.8)
        elif body == "party":
            self.maybe(given, "post", lambda: self.pick("committee", "officers"), 0.6)
        if self.chance(0.03) and body != "party_initial":
            given["post"] = self.pick("committee", "officers", *POSTS)
        return given

    def vec(self):
        r = self.r
        names = ["委%d" % i for i in range(12)]
        given = {"members": []}
        for name in names[:r.choice((0, 2, 3, 4, 5, 6, 7, 8, 9, 10))]:
            entry = {"name": name, "votes": r.randint(0, 99)}
            self.flag(entry, "nominated", 0.2)
            self.maybe(entry, "kin_nominated", lambda: self.pick(*RELATIONS), 0.2)
            given["members"].append(entry)
        self.maybe(given, "alternates", lambda: [
            {"name": n, "votes": r.randint(0, 3)} for n in self.names(4)], 0.8)
        self.maybe(given, "polling_day", lambda: self.day().isoformat(), 0.7)
        if self.chance(0.2):
            least = r.randint(0, 7)
            given["size_rule"] = {"min": least}
            self.maybe(given["size_rule"], "max", lambda: least + r.randint(0, 3))
        return given

    def supervise(self):
        given = {"members": []}
        for name in self.names(6, 1):
            entry = {"name": name, "votes": self.r.randint(0, 50)}
            self.flag(entry, "finance", 0.4)
            self.flag(entry, "committee_member", 0.06)
            self.maybe(entry, "relation", lambda: self.pick("none", *RELATIONS), 0.15)
            self.maybe(entry, "post", lambda: self.pick(
                "accountant", "clerk", "coop_head", "party_secretary", "discipline",
                "party_secretary", "discipline", "discipline"), 0.25)
            given["members"].append(entry)
        self.maybe(given, "committee", lambda: self.names(3, 0, NAMES[-5:] + ("赵", "钱")), 0.4)
        self.maybe(given, "polling_day", lambda: self.day().isoformat(), 0.7)
        return given

    def assembly(self):
        total = self.pick(self.r.randint(1, 12), self.r.randint(1, 400), 999999999)
        present = self.pick(self.near(total // 2), self.near(-(-2 * total // 3)), total)
        present = min(present, total + self.chance(0.01))
        favour = self.near(present // 2) if self.chance(0.8) else self.r.randint(0, present)
        return {"kind": self.pick("villagers", "households", "representatives", "group"),
                "total": total, "present": present,
                "favour": min(favour, present + self.chance(0.01))}

    def recall(self):
        r, given = self.r, {}
        if self.chance(0.6):
            given["electors"] = self.pick(r.randint(1, 12), r.randint(1, 2000), 999999999)
            given["signatures"] = self.near(-(-given["electors"] // 5))
        if self.chance(0.5):
            given["representatives"] = r.randint(1, 60)
            given["representative_signatures"] = self.near(-(-given["representatives"] // 3))
        if self.chance(0.6):
            given["registered"] = self.pick(r.randint(1, 12), r.randint(1, 2000), 999999999)
            given["recovered"] = min(self.near(given["registered"] // 2 + 1),
                                     given["registered"] + self.chance(0.02))
            given["agree"] = min(self.near(given["recovered"] // 2),
                                 given["recovered"] + self.chance(0.02))
        if self.chance(0.03) and given:
            del given[self.pick(*given)]
        return given

    def cut_off(self):
        return self.around(DATE(self.pick(1961, 1966, 1971, 1976, 1986, 1980, 1990), 1, 1),
                           self.pick(0, 1, 2)).isoformat()

    def team(self):
        r = self.r
        given = {"population": self.pick(900, 999, 1000, 1999, 2000, 5000), "members": []}
        for name in self.names(8, 1):
            posts = set()
            if self.chance(0.8):
                posts.add(self.pick("chair", "vice_chair", "member", "member", "women_member"))
            if self.chance(0.6) or not posts:
                posts.add(self.pick(*PARTY_POSTS))
            entry = {"name": name, "sex": self.sex(name), "birth": self.cut_off(),
                     "education": self.pick("primary", "junior", "senior", "college", "bachelor",
                                            "senior", "college"),
                     "party": self.chance(0.7), "posts": r.sample(sorted(posts), len(posts))}
            self.flag(entry, "new", 0.4)
            given["members"].append(entry)
        if self.chance(0.5):
            members = r.randint(1, 9)
            given["previous"] = {"members": members, "women": r.randint(0, members // 2)}
        return given

    def eligible(self):
        r, ref = self.r, self.day()
        birth = self.cut_off() if self.chance(0.7) else self.around(
            years_on(ref, -18), 1).isoformat()
        person = {"birth": birth, "sex": self.pick("m", "f")}
        for key in ("party_expelled", "criminal_punishment", "gang", "cult",
                    "under_investigation"):
            self.flag(person, key, 0.08)

        def sanction(kinds):
            return {"kind": self.pick(*kinds), "decided": self.around(
                months_on(ref, -self.pick(6, 12, 18, 24, 36, 36)), 1).isoformat()}

        self.maybe(person, "party_sanction", lambda: sanction(PARTY_SANCTIONS), 0.3)
        self.maybe(person, "admin_sanction", lambda: sanction(ADMIN_SANCTIONS), 0.3)
        self.maybe(person, "bribery_found",
                   lambda: self.around(years_on(ref, -5), 1).isoformat(), 0.2)
        self.maybe(person, "assessed_incompetent", lambda: [
            ref.year - r.randint(-1, 5) for _ in range(r.randint(0, 2))], 0.3)
        self.maybe(person, "violations_open", lambda: r.sample(("land", "违建", "失信"),
                                                               r.randint(0, 2)), 0.15)
        given = {"ref_day": ref.isoformat(), "person": person,
                 "post": self.pick(*(PARTY_POSTS + POSTS))}
        self.maybe(given, "incumbent_post", lambda: self.pick(*(PARTY_POSTS + POSTS)), 0.6)
        return given

    def kin(self):
        a, b = self.names(2, 2)
        given = {"a": a, "b": b, "relation": self.pick(*RELATIONS)}
        self.maybe(given, "polling_day", lambda: self.day().isoformat(), 0.7)
        return given

    def idcard(self):
        r = self.r
        region = "%02d" % r.randint(0, 99) if self.chance(0.3) else self.pick("36", "11", "83")
        digits = region + "%04d" % r.randint(0, 9999)
        if self.chance(0.75):
            day = DATE(1900, 1, 1) + datetime.timedelta(r.randint(0, 109000))
            digits += day.strftime("%Y%m%d") if day.year >= 1000 else ""
        else:
            digits += self.pick("19000229", "20000229", "19900229", "18991231", "22000101",
                                "19901301", "19900431", "00000000", "21991231", "19000101",
                                "19900100")
        digits += "%03d" % r.randint(0, 999)
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        total = sum(w * int(d) for w, d in zip(weights, digits))
        number = digits + "10X98765432"[(total + self.pick(0, 0, 0, 0, 1)) % 11]
        if self.chance(0.2):
            number = number.lower()
        if self.chance(0.08):
            at = r.randint(0, 17)
            number = number[:at] + self.pick("O", "X", "x", "１", " ", "-", "") + number[at + 1:]
        if self.chance(0.04):
            number = number[:r.randint(0, 17)] if self.chance(0.5) else number + "1"
        return {"number": number}

    def order(self):
        if not self.chars:
            character_key("一")
            self.chars = sorted(TABLE)

        def char():
            return self.pick(self.pick(*"王于干叶申余佘孔巴相查田由李刘朱一丁"),
                             self.r.choice(self.chars), self.pick(*"㐂𠅤龘A王李"))

        def one():
            full = "".join(char() for _ in range(self.pick(1, 2, 2, 3, 3, 4)))
            if self.chance(0.1):
                at = self.r.randint(0, len(full))
                full = full[:at] + self.pick("·", " ") + full[at:]
            return full

        names = [one() for _ in range(self.r.randint(0, 8))]
        names += [n[:1] + one() for n in names if self.chance(0.5) and n.strip("· ")]
        names += [n for n in names if self.chance(0.1)]
        names = [n for n in names if n.strip("· ")]
        self.r.shuffle(names)
        given = {"names": names}
        self.maybe(given, "style", lambda: self.pick("single_first", "stroke_by_stroke"), 0.6)
        return given

    # ------------------------------------------------------------ damage

    def spots(self, value, path=()):
        yield path
        inner = (value.items() if isinstance(value, dict)
                 else enumerate(value) if isinstance(value, list) else ())
        for key, item in inner:
            yield from self.spots(item, path + (key,))

    def damage(self, line):
        line = copy.deepcopy(line)
        path = self.r.choice([p for p in self.spots(line) if p])
        parent = line
        for key in path[:-1]:
            parent = parent[key]
        key, value = path[-1], parent[path[-1]]
        kind = self.r.random()
        if kind < 0.5:
            parent[key] = self.r.choice(DAMAGE)
        elif kind < 0.65:
            del parent[key]
        elif kind < 0.8 and isinstance(parent, list):
            parent.append(copy.deepcopy(value))
        elif isinstance(value, dict):
            value[self.pick("extra", "Votes", "", "expect2")] = self.pick(1, None, "x")
        elif isinstance(parent, dict):
            parent["x_" + key] = value
        return line


def generate(seed, number, checks=CHECKS):
    """→ lines, the same for the same arguments whatever other checks are asked."""
    for check in checks:
        make = Maker("%s %s" % (seed, check))
        for i in range(number):
            line = {"id": "%s-%s-%d" % (check, seed, i), "check": check}
            law = make.law(check not in ("kin", "poll"))
            if law is not None:
                line["law"] = law
            line["given"] = getattr(make, check)()
            if make.chance(0.08):
                line = make.damage(line)
            yield line


if __name__ == "__main__":
    for made in generate(sys.argv[1], int(sys.argv[2]), sys.argv[3:] or CHECKS):
        print(json.dumps(made, ensure_ascii=False, separators=(",", ":")))
