#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The example township is what its README says: whole, deterministic, nobody's real number.

    test_make.py PROJECT
"""
import csv
import datetime
import filecmp
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else os.getcwd()
MAKE = os.path.join(ROOT, "examples", "shishan", "make.py")
TABLES = ("household", "roll", "deprived", "away", "last_roll")
NUMBER = {"household": "公民身份号码", "roll": "身份证号", "deprived": "公民身份号码", "away": "身份证号", "last_roll": "身份证号"}


def make(seed, out, *options):
    subprocess.run([sys.executable, MAKE, str(seed), out, *options], check=True)


def read_json(*path):
    with open(os.path.join(*path), encoding="utf-8") as f:
        return json.load(f)


def check_digit(seventeen):
    """By ISO 7064 MOD 11-2 step by step, not by the weights the generator uses."""
    rest = 0
    for digit in seventeen:
        rest = (rest + int(digit)) * 2 % 11
    return "0123456789X"[(12 - rest) % 11]


def number_error(number):
    number = number.strip().upper()
    if len(number) != 18 or not number[:17].isdigit():
        return "form"
    try:
        datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "date"
    return None if check_digit(number[:17]) == number[17] else "check"


def read_table(folder, name, encoding):
    codec = {"utf-8 with BOM": "utf-8-sig"}.get(encoding, encoding)
    with open(os.path.join(folder, name + ".csv"), "rb") as f:
        raw = f.read()
    return raw, list(csv.DictReader(io.StringIO(raw.decode(codec), newline="")))


class Township(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temp = tempfile.TemporaryDirectory()
        cls.out = os.path.join(cls.temp.name, "市山 out")
        make(2021, cls.out)
        cls.top = read_json(cls.out, "township.json")
        cls.villages, cls.tables = {}, {}
        for row in cls.top["villages"]:
            folder = os.path.join(cls.out, row["unit"])
            village = read_json(folder, "people.json")
            cls.villages[row["unit"]] = village
            cls.tables[row["unit"]] = {t: read_table(folder, t, village["encoding"]) for t in TABLES}
        with open(os.path.join(ROOT, "examples", "shishan", "villages.csv"), encoding="utf-8") as f:
            cls.list = list(csv.DictReader(f))

    @classmethod
    def tearDownClass(cls):
        cls.temp.cleanup()

    def test_two_runs_of_one_seed_are_equal(self):
        again, other = (os.path.join(self.temp.name, n) for n in ("again", "other"))
        make(2021, again, "--villages", "2")
        make(2022, other, "--villages", "2")
        code = self.list[0]["code"]
        for name in (t + ".csv" for t in TABLES):
            path = os.path.join(code, name)
            self.assertTrue(filecmp.cmp(os.path.join(self.out, path), os.path.join(again, path), shallow=False), path)
            self.assertFalse(filecmp.cmp(os.path.join(other, path), os.path.join(again, path), shallow=False), path)

    def test_counts_are_those_of_the_list(self):
        self.assertEqual(24, len(self.list))
        self.assertEqual([f"361023103{n}" for n in range(200, 224)], [r["code"] for r in self.list])
        total = 0
        for row in self.list:
            village = self.villages[row["code"]]
            households = self.tables[row["code"]]["household"][1]
            self.assertEqual(int(row["population"]), len(households), row["village"])
            self.assertEqual(int(row["households"]), len({r["户号"] for r in households}), row["village"])
            self.assertEqual(row["group_names"].split(), village["groups"])
            self.assertEqual(int(row["groups"]), len(village["groups"]))
            self.assertEqual(int(row["party_members"]), sum(r["政治面貌"].startswith("中共") for r in households))
            sizes = {}
            for r in households:
                sizes[r["户号"]] = sizes.get(r["户号"], 0) + 1
            self.assertTrue(set(sizes.values()) <= {2, 3, 4, 5, 6}, row["village"])
            total += len(households)
        self.assertTrue(35000 <= total <= 45000, total)

    def test_every_number_is_on_the_unassigned_county_and_right(self):
        seen = {}
        for unit, village in self.villages.items():
            for p in village["people"]:
                number = p["id_number"]
                self.assertTrue(number.startswith("361099"), number)
                self.assertIsNone(number_error(number), number)
                self.assertEqual(p["birth"].replace("-", ""), number[6:14])
                self.assertEqual(p["sex"], "m" if int(number[16]) % 2 else "f")
                seen.setdefault(number, []).append((unit, p["id"]))
        twice = sorted(n for n, where in seen.items() if len(where) > 1)
        self.assertEqual(sorted(c["id_number"] for c in self.top["other_village"]), twice)
        self.assertEqual(6, len(twice))

    def test_wrong_numbers_in_the_tables_are_the_quirks_and_no_others(self):
        for unit, village in self.villages.items():
            for name in TABLES:
                wrong = {i + 2 for i, r in enumerate(self.tables[unit][name][1]) if number_error(r[NUMBER[name]])}
                told = {q["line"] for q in village["quirks"] if q["file"] == name and q["rule"] == "IDN-01"}
                self.assertEqual(told, wrong, (unit, name))
                for r in self.tables[unit][name][1]:
                    self.assertRegex(r[NUMBER[name]].strip(), r"^(361099|3\.61E\+17$)")

    def test_encodings_are_as_told(self):
        kinds = {}
        for unit, village in self.villages.items():
            kinds[village["encoding"]] = kinds.get(village["encoding"], 0) + 1
            raw = self.tables[unit]["household"][0]
            self.assertEqual(village["encoding"] == "utf-8 with BOM", raw.startswith(b"\xef\xbb\xbf"))
            if village["encoding"] == "gb18030":
                self.assertRaises(UnicodeDecodeError, raw.decode, "utf-8")
            self.assertEqual(village["encoding"] != "utf-8", b"\r\n" in raw)
        self.assertEqual({"gb18030": 12, "utf-8 with BOM": 6, "utf-8": 6}, kinds)

    def test_rare_names_are_there(self):
        for unit, village in self.villages.items():
            text = "".join(r["姓名"] for r in self.tables[unit]["household"][1])
            for character in "䶮贠𠅤𬭎㛃·":
                self.assertIn(character, text, village["village"])
            same = [p for p in village["people"] if p["id"] in village["namesakes"]]
            self.assertEqual(2, len(same))
            self.assertEqual(same[0]["name"], same[1]["name"])
            self.assertNotEqual(same[0]["id_number"], same[1]["id_number"])

    def test_roll_with_its_quirks_cured_is_the_right_roll(self):
        for unit, village in self.villages.items():
            people = {p["id"]: p for p in village["people"]}
            right = {p["id_number"] for p in people.values() if p["registered"]}
            later = {p["id_number"] for p in people.values() if p.get("away", {}).get("later") == "y"}
            rows = self.tables[unit]["roll"][1]
            drop = {"under_age", "deprived_listed", "short_residence", "twice", "other_village", "dead_listed"}
            out = {q["line"] for q in village["quirks"] if q["file"] == "roll" and (q["refused"] or q["kind"] in drop)}
            numbers = [r["身份证号"].strip().upper() for i, r in enumerate(rows) if i + 2 not in out]
            added = {people[q["person"]]["id_number"] for q in village["quirks"] if q["kind"] in
                     ("bad_check", "impossible_date", "scientific", "missing_name", "omitted")}
            self.assertEqual(len(numbers), len(set(numbers)))
            self.assertFalse(set(numbers) & added)
            self.assertEqual(right, set(numbers) | added | later, village["village"])
            self.assertEqual(village["counts"]["registered"], len(right))

    def test_eighteen_on_polling_day_and_the_day_after(self):
        for village in self.villages.values():
            people = {p["id"]: p for p in village["people"]}
            on, after = (people[village["turning"][k]] for k in ("on_polling_day", "day_after"))
            self.assertEqual("2003-03-20", on["birth"])
            self.assertEqual("2003-03-21", after["birth"])
            self.assertNotEqual("under_age", on["reason"])
            self.assertEqual("under_age", after["reason"])

    def test_kin_are_mutual_and_of_possible_ages(self):
        back = {"spouse": "spouse", "parent": "child", "child": "parent", "sibling": "sibling",
                "grandparent": "grandchild", "grandchild": "grandparent"}
        for village in self.villages.values():
            people = {p["id"]: p for p in village["people"]}
            for p in people.values():
                for kin in p["kin"]:
                    other = people[kin["person"]]
                    self.assertIn({"person": p["id"], "relation": back[kin["relation"]]}, other["kin"])
                    if kin["relation"] == "child":
                        self.assertGreaterEqual(int(other["birth"][:4]) - int(p["birth"][:4]), 17)

    def test_cast_is_free_of_near_kin(self):
        for village in self.villages.values():
            people = {p["id"]: p for p in village["people"]}
            candidates = [c["person"] for c in village["candidates"]]
            self.assertEqual(len(candidates), len(set(candidates)))
            kin = {k["person"] for c in candidates for k in people[c]["kin"]}
            self.assertFalse(kin & (set(candidates) | set(village["staff"]) | {village["write_in"]}))
            self.assertEqual((7, 3, 30), tuple(len(village[k]) for k in ("vec", "vec_alternates", "staff")))
            vec = set(village["vec"] + village["vec_alternates"])
            self.assertFalse({k["person"] for v in vec for k in people[v]["kin"]} & vec)
            for post, seats in village["seats"].items():
                self.assertGreater(sum(c["post"] == post for c in village["candidates"]), seats)
            self.assertGreaterEqual(sum(people[c]["sex"] == "f" for c in candidates), 2)
            cast = candidates + village["vec"] + village["staff"] + [village["write_in"]]
            self.assertTrue(all(people[c]["registered"] for c in cast))

    def test_proxies_are_lawful_but_the_fourth(self):
        for village in self.villages.values():
            people = {p["id"]: p for p in village["people"]}
            held = {}
            for row in village["proxies"]:
                held[row["proxy"]] = held.get(row["proxy"], 0) + 1
                self.assertIn({"person": row["principal"], "relation": row["relation"]}, people[row["proxy"]]["kin"])
                self.assertEqual((2, 1), (people[row["principal"]]["head"], people[row["proxy"]]["head"]))
            self.assertLessEqual(max(held.values()), 3)
            four = village["proxy_four"]
            self.assertEqual(4, len({q["person"] for q in four["principals"]}))
            self.assertTrue(all(people[q["person"]]["head"] == 2 for q in four["principals"]))

    def test_each_kind_of_mistake_comes_more_than_once(self):
        kinds = {}
        for village in self.villages.values():
            for q in village["quirks"]:
                kinds[q["kind"]] = kinds.get(q["kind"], 0) + 1
        self.assertEqual(16, len(kinds), sorted(kinds))
        self.assertGreaterEqual(min(kinds.values()), 4, kinds)


class Plans(unittest.TestCase):
    LAW = {"voter_list_posted": -20, "candidates_posted": -5, "polling_notice_posted": -3, "proxy_filed": -3}

    def plans(self):
        return [read_json(ROOT, "examples", n, "plan.json") for n in ("shishan", "today")]

    def test_plan_keeps_the_days_of_the_law(self):
        for plan in self.plans():
            for event, days in self.LAW.items():
                self.assertLessEqual(int(plan["deadlines"][event][1:]), days, event)
            self.assertLessEqual(plan["polling"]["from"], plan["polling"]["day"])
            self.assertLessEqual(plan["polling"]["day"], plan["polling"]["to"])

    def test_bands_of_seats_leave_no_gap_and_keep_three_to_seven(self):
        for plan in self.plans():
            expected = 1
            for band in plan["seats"]["bands"]:
                self.assertEqual(expected, band["from"])
                self.assertTrue(3 <= sum(band["village"].values()) <= 7)
                expected = band["to"] + 1 if band["to"] else None
            self.assertIsNone(expected)

    def test_tasks_have_dates_in_the_order_of_steps(self):
        for plan in self.plans():
            ids = [t["id"] for t in plan["tasks"]]
            self.assertEqual(ids, [f"T{i + 1:02d}" for i in range(len(ids))])
            steps = [t["step"] for t in plan["tasks"]]
            self.assertEqual(steps, sorted(steps))
            for task in plan["tasks"]:
                for key in ("latest", "law"):
                    if task.get(key):
                        self.assertRegex(task[key], r"^(20\d\d-\d\d-\d\d|[DF]([+-]\d+)?|received\+3)$")
            self.assertEqual([f"ELG-02.{n}" for n in range(1, 11)], [b["id"] for b in plan["bars"]])

    def test_example_of_today_is_one_village_with_every_mistake(self):
        with tempfile.TemporaryDirectory() as out:
            make(2026, out, "--list", os.path.join(ROOT, "examples", "today", "villages.csv"))
            top = read_json(out, "township.json")
            self.assertEqual(("2026-03-20", 1), (top["polling_day"], len(top["villages"])))
            village = read_json(out, top["villages"][0]["unit"], "people.json")
            self.assertEqual(15, len({q["kind"] for q in village["quirks"]}))


if __name__ == "__main__":
    unittest.main()
