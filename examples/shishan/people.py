# SPDX-License-Identifier: Apache-2.0
"""Made-up villages: households, names, kin, numbers. Nobody here exists.

Every village has its own random stream (seed + village code), so a village comes out the same whether
one village is made or twenty-four. See README.md.
"""
import csv
import datetime
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "data")

# 361099 is assigned to no county: no number made here is a real person's (GB 11643-1999).
COUNTY = "361099"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"

# 字辈: one character per generation of a lineage, oldest first; which lineage starts where varies.
GENERATIONS = "文光世泽昌德茂福启志承先正大其兴永国家明"
FEMALE_FIRST = {1: "秀桂玉凤淑金春兰", 2: "小海晓雪丽美春红", 3: "子梦诗雨欣思佳一"}
MALE_FIRST_YOUNG = "子宇俊浩嘉一志梓"
RARE_SURNAMES = "䶮贠"
RARE_GIVEN = "𠅤𬭎㛃"
DOTTED = (("阿依古丽·买买提", "维吾尔族"), ("次仁·卓玛", "藏族"), ("古丽努尔·阿卜杜热合曼", "维吾尔族"),
          ("吉克·阿依", "彝族"), ("其其格·巴特尔", "蒙古族"), ("帕提古丽·吐尔逊", "维吾尔族"))
PLACES = ("广东省东莞市", "广东省深圳市", "浙江省义乌市", "浙江省宁波市", "福建省石狮市", "福建省泉州市",
          "江西省南昌市", "江西省抚州市", "上海市松江区", "江苏省昆山市", "湖南省长沙市", "海南省三亚市")
SIZES = {2: 16, 3: 24, 4: 30, 5: 20, 6: 10}
EDUCATION = ((1950, {"primary": 80, "junior": 20}),
             (1970, {"primary": 40, "junior": 45, "senior": 15}),
             (1986, {"primary": 12, "junior": 60, "senior": 23, "college": 5}),
             (9999, {"junior": 38, "senior": 32, "college": 19, "bachelor": 11}))


class Person:
    """One made-up person; kin are references, `notes` go into people.json as they are."""
    __slots__ = ("id", "name", "surname", "sex", "birth", "number", "group", "household", "relation",
                 "nation", "party", "education", "phone", "father", "mother", "spouse", "children",
                 "hukou", "away", "moved_in", "moved_out", "died_on", "deprived", "newcomer", "head", "registered",
                 "reason")

    def __init__(self, sex, birth):
        self.sex, self.birth = sex, birth
        self.name = self.surname = self.number = self.group = self.household = self.id = ""
        self.relation, self.nation, self.party, self.education, self.phone = "", "汉族", "群众", None, ""
        self.father = self.mother = self.spouse = None
        self.children = []
        self.hukou, self.registered = True, False
        self.away = self.moved_in = self.moved_out = self.died_on = self.deprived = self.newcomer = None
        self.head = self.reason = None


def check_digit(seventeen):
    return CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, seventeen)) % 11]


def weighted(rng, table):
    return rng.choices(list(table), weights=list(table.values()))[0]


def years_before(day, years):
    """The same day so many years earlier; 02-29 counts to 02-28."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years)


def age_on(birth, day):
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def read_tsv(name):
    with open(os.path.join(DATA, name), encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter="\t"))


class Names:
    """Surnames by frequency and given names by sex and age, from data/*.tsv."""

    def __init__(self):
        rows = read_tsv("surnames.tsv")
        self.surnames = [r["surname"] for r in rows]
        total, self.cumulative = 0.0, []
        for r in rows:
            total += float(r["percent"])
            self.cumulative.append(total)
        given = read_tsv("given_names.tsv")
        self.single = {s: [r["name"] for r in given if r["sex"] == z and len(r["name"]) == 1]
                       for s, z in (("m", "男"), ("f", "女"))}
        self.double = {s: [r["name"] for r in given if r["sex"] == z and len(r["name"]) == 2]
                       for s, z in (("m", "男"), ("f", "女"))}

    def surname(self, rng):
        return rng.choices(self.surnames, cum_weights=self.cumulative)[0]

    def given(self, rng, sex, year, lineage):
        """A girl's name by the fashion of her years, a boy's often by his lineage's generation character."""
        if rng.random() < (0.25 if sex == "m" else 0.2):
            return rng.choice(self.single[sex])
        era = 1 if year < 1972 else 2 if year < 1998 else 3
        if sex == "f":
            if era == 1 and rng.random() < 0.6:
                return rng.choice(self.double["f"])
            return rng.choice(FEMALE_FIRST[era]) + rng.choice(self.single["f"])
        if era == 3 and rng.random() < 0.6:
            return rng.choice(MALE_FIRST_YOUNG) + rng.choice(self.single["m"])
        generation = GENERATIONS[(lineage + (year - 1920) // 22) % len(GENERATIONS)]
        return generation + rng.choice(self.single["m"])


class Village:
    """Makes the people of one row of villages.csv: `people` are those of the household register."""

    def __init__(self, row, seed, slot, day, names):
        self.code, self.name = row["code"], row["village"]
        self.groups = row["group_names"].split()
        self.population, self.households = int(row["population"]), int(row["households"])
        self.party_members = int(row["party_members"])
        self.lineages = row["surnames"].split()
        self.rng = random.Random(f"{seed}/{self.code}")
        self.slot, self.day, self.names = slot, day, names
        self.taken, self.people, self.gone, self.newcomers, self.houses = {}, [], [], [], []
        self.make()

    # --- numbers, births, names -------------------------------------------------------------

    def birth(self, low, high):
        """A birthday of somebody `low` to `high` years old on the first day of the polling year."""
        start = datetime.date(self.day.year - high - 1, 1, 1)
        end = datetime.date(self.day.year - low - 1, 12, 31)
        return start + datetime.timedelta(days=self.rng.randrange((end - start).days + 1))

    def number(self, person):
        """Sequence numbers are dealt out by village, so two villages never make the same number."""
        key = (person.birth, person.sex)
        n = self.taken.get(key, 0)
        self.taken[key] = n + 1
        if n >= 20:
            raise SystemExit(f"{self.name}: more than 20 births of one sex on {person.birth}")
        sequence = self.slot * 40 + 2 * n + (1 if person.sex == "m" else 2)
        seventeen = f"{COUNTY}{person.birth:%Y%m%d}{sequence:03d}"
        return seventeen + check_digit(seventeen)

    def person(self, sex, birth, surname):
        p = Person(sex, birth)
        p.surname = surname
        lineage = sum(map(ord, surname))
        p.name = surname + self.names.given(self.rng, sex, birth.year, lineage)
        if self.rng.random() < 0.015:
            p.nation = "畲族"
        # 12… is no mobile range: nobody is rung up by mistake.
        p.phone = f"12{self.rng.randrange(10**9):09d}"
        return p

    def wife_of(self, husband):
        age = self.day.year - 1 - husband.birth.year - self.rng.choice((-2, -1, 0, 1, 1, 2, 2, 3, 4, 5))
        surname = self.names.surname(self.rng)
        while surname == husband.surname:
            surname = self.names.surname(self.rng)
        wife = self.person("f", self.birth(max(age, 20), max(age, 20)), surname)
        wife.spouse, husband.spouse = husband, wife
        return wife

    def child_of(self, father, mother, low, high, nth):
        """`nth` child: the mother is at least low + 2·nth years older, and births are a year apart."""
        mother_age = self.day.year - 1 - mother.birth.year
        age = mother_age - self.rng.randint(low, high) - 3 * nth
        age = max(0, min(age, mother_age - 18))
        sex = "m" if self.rng.random() < 0.53 else "f"
        child = self.person(sex, self.birth(age, age), (father or mother).surname)
        child.father, child.mother = father, mother
        for parent in (father, mother):
            if parent:
                parent.children.append(child)
        return child

    # --- households -------------------------------------------------------------------------

    def sizes(self):
        sizes = [weighted(self.rng, SIZES) for _ in range(self.households)]
        short = self.population - sum(sizes)
        while short:
            i = self.rng.randrange(len(sizes))
            step = 1 if short > 0 else -1
            if 2 <= sizes[i] + step <= 6:
                sizes[i] += step
                short -= step
        return sizes

    def nuclear(self, surname, children, low, high):
        head = self.person("m", self.birth(low, high), surname)
        head.relation = "户主"
        wife = self.wife_of(head)
        wife.relation = "妻"
        house = [head, wife]
        for nth in range(children):
            child = self.child_of(head, wife, 20, 26, nth)
            child.relation = "子" if child.sex == "m" else "女"
            house.append(child)
        return house

    def parents_of(self, head, count):
        age = self.day.year - 1 - head.birth.year
        father = self.person("m", self.birth(age + 22, age + 30), head.surname)
        mother = self.wife_of(father)
        if (head.birth.year - mother.birth.year) < 18:
            mother.birth = mother.birth.replace(year=head.birth.year - 20, day=min(mother.birth.day, 28))
        father.relation, mother.relation = "父亲", "母亲"
        living = [father, mother] if count == 2 else [self.rng.choice((father, mother, mother))]
        for parent in living:
            parent.children.append(head)
            if count == 1:
                parent.spouse = None
        head.father = father if father in living else None
        head.mother = mother if mother in living else None
        return living

    def stem(self, surname, children, parents):
        house = self.nuclear(surname, children, 24 + 3 * children, 48)
        return house + self.parents_of(house[0], parents)

    def grand(self, surname, size):
        """An old head with a married son and grandchildren."""
        house = self.nuclear(surname, 0, 56, 74)
        son = self.child_of(house[0], house[1], 20, 25, 0)
        if son.sex == "f":
            son.sex = "m"
            son.name = surname + self.names.given(self.rng, "m", son.birth.year, sum(map(ord, surname)))
        son.relation = "子"
        wife = self.wife_of(son)
        wife.relation = "儿媳"
        house += [son, wife]
        for nth in range(size - 4):
            child = self.child_of(son, wife, 20, 26, nth)
            child.relation = "孙子" if child.sex == "m" else "孙女"
            house.append(child)
        return house

    def lone_parent(self, surname):
        head = self.person("f" if self.rng.random() < 0.6 else "m", self.birth(45, 78), surname)
        head.relation = "户主"
        parents = (head, None) if head.sex == "m" else (None, head)
        mother_age = self.day.year - 1 - head.birth.year
        age = max(8, mother_age - self.rng.randint(22, 32))
        child = self.person("m" if self.rng.random() < 0.6 else "f", self.birth(age, age), surname)
        child.father, child.mother = parents
        child.relation = "子" if child.sex == "m" else "女"
        head.children.append(child)
        return [head, child]

    def household(self, size, surname):
        pick = self.rng.random()
        if size == 2:
            if pick < 0.3:
                return self.lone_parent(surname)
            return self.nuclear(surname, 0, *((24, 30) if pick < 0.45 else (50, 82)))
        if size == 3:
            return self.nuclear(surname, 1, 25, 54) if pick < 0.75 else self.stem(surname, 0, 1)
        if size == 4:
            if pick < 0.7:
                return self.nuclear(surname, 2, 28, 53)
            return self.stem(surname, 1, 1) if pick < 0.9 else self.grand(surname, 4)
        if size == 5:
            if pick < 0.4:
                return self.nuclear(surname, 3, 32, 52)
            return self.stem(surname, 2, 1) if pick < 0.7 else self.grand(surname, 5)
        return self.stem(surname, 2, 2) if pick < 0.6 else self.grand(surname, 6)

    def house_surname(self, group):
        if self.rng.random() < 0.68:
            return self.lineages[(group if self.rng.random() < 0.7 else self.rng.randrange(9)) % len(self.lineages)]
        return self.names.surname(self.rng)

    def make_houses(self):
        sizes = self.sizes()
        rare = self.rng.sample(range(len(sizes)), 2)
        for i, size in enumerate(sizes):
            group = i * len(self.groups) // len(sizes)
            surname = RARE_SURNAMES[rare.index(i)] if i in rare else self.house_surname(group)
            house = self.household(size, surname)
            for p in house:
                p.group, p.household = self.groups[group], f"{self.code[-3:]}{i + 1:04d}"
            self.houses.append(house)
            self.people += house

    # --- kin between houses -----------------------------------------------------------------

    def link(self):
        """Grown children live in houses of their own: tie them to older couples of their surname."""
        fathers = {}
        for p in self.people:
            if p.sex == "m" and p.spouse and p.relation in ("户主", "父亲"):
                fathers.setdefault(p.surname, []).append(p)
        for p in self.people:
            if p.father or p.mother or p.relation not in ("户主", "妻"):
                continue
            if p.sex == "f" and (not p.spouse or self.rng.random() < 0.7):
                continue
            self.adopt(p, fathers.get(p.surname, []))

    def adopt(self, child, fathers):
        for father in (self.rng.choice(fathers) for _ in range(10 if fathers else 0)):
            mother = father.spouse
            fits = (20 <= child.birth.year - father.birth.year <= 42
                    and 19 <= child.birth.year - mother.birth.year <= 42
                    and father.household != child.household and len(father.children) < 4
                    and all(abs((c.birth - child.birth).days) > 330 for c in father.children)
                    and not (child.spouse and child.spouse.father is father))
            if fits:
                child.father, child.mother = father, mother
                father.children.append(child)
                mother.children.append(child)
                return

    # --- what makes a register interesting --------------------------------------------------

    def near_birthday(self):
        """Two children whose 18th birthday is polling day and the day after (REG-01)."""
        eighteen = years_before(self.day, 18)
        self.turning = {}
        pool = [p for p in self.people if p.relation in ("子", "女", "孙子", "孙女") and not p.children
                and 15 <= self.day.year - p.birth.year <= 21]
        self.rng.shuffle(pool)
        for offset in (0, 1):
            birth = eighteen + datetime.timedelta(days=offset)
            for p in pool:
                mother = p.mother or p.father
                if mother.birth.year + 18 <= birth.year and p not in self.turning.values() and all(
                        c is p or abs((c.birth - birth).days) > 330 for c in mother.children):
                    p.birth = birth
                    self.turning[offset] = p
                    break

    def special_names(self):
        wives = [p for p in self.people if p.relation in ("妻", "儿媳") and p.birth.year > 1975 and not p.father]
        married = self.rng.sample(wives, 2)
        for i, p in enumerate(married):
            p.name, p.nation = DOTTED[(self.slot * 2 + i) % len(DOTTED)]
            p.surname = p.name[0]
        others = [p for p in self.people if "·" not in p.name and p.birth.year > 1950]
        for p, rare in zip(self.rng.sample(others, 3), RARE_GIVEN):
            p.name = p.surname + rare + self.rng.choice(self.names.single[p.sex])
        self.namesakes = []
        grown = [p for p in self.people if p.birth.year < self.day.year - 25 and "·" not in p.name]
        for p in self.rng.sample(grown, len(grown)):
            twin = next((q for q in grown if q is not p and q.surname == p.surname and q.sex == p.sex
                         and q.group == p.group and q.household != p.household), None)
            if twin:
                twin.name = p.name
                self.namesakes = [p, twin]
                return

    def educate(self, p):
        age = age_on(p.birth, self.day)
        if age < 18:
            return None
        table = next(t for limit, t in EDUCATION if p.birth.year < limit)
        level = weighted(self.rng, table)
        return "senior" if age < 21 and level in ("college", "bachelor") else level

    def parties(self):
        adults = [p for p in self.people if age_on(p.birth, self.day) >= 22]
        weights = {"primary": 1, "junior": 2, "senior": 4, "college": 8, "bachelor": 8, None: 0}
        keyed = sorted(adults, key=lambda p: -self.rng.random() ** (4 / (weights[p.education] * (2 if p.sex == "m" else 1))))
        for i, p in enumerate(keyed[:self.party_members]):
            p.party = "中共预备党员" if i == self.party_members - 1 else "中共党员"
        for p in self.people:
            if p.party == "群众" and 14 <= age_on(p.birth, self.day) < 28 and self.rng.random() < 0.35:
                p.party = "共青团员"

    def go_away(self):
        """Working away: most have answered by the day of the draft, some refuse, some are silent."""
        for p in self.people:
            age = age_on(p.birth, self.day)
            chance = 0.38 if 18 <= age <= 30 else 0.3 if 31 <= age <= 45 else 0.12 if 46 <= age <= 56 else 0
            if self.rng.random() < chance:
                self.send_away(p, weighted(self.rng, {"y": 80, "n": 9, "": 11}))

    def send_away(self, p, reply):
        on = self.day - datetime.timedelta(days=self.rng.randint(40, 44))
        later = self.rng.choice(("y", "", "", "n")) if not reply else ""
        p.away = {"place": self.rng.choice(PLACES), "reply": reply or None,
                  "replied_on": on.isoformat() if reply else None, "later": later or None}

    def moved(self):
        since = datetime.timedelta(days=365 * 3)
        wives = [p for p in self.people if p.relation in ("妻", "儿媳") and p.birth.year > self.day.year - 36 and not p.father]
        for p in self.rng.sample(wives, min(len(wives), max(2, self.population // 150))):
            p.moved_in = (self.day - since + datetime.timedelta(days=self.rng.randrange(30, 900))).isoformat()

    def deprive(self):
        """Deprived of political rights: running; over since last year; and one that ends the day before."""
        pool = [p for p in self.people if p.sex == "m" and p.party == "群众" and not p.away
                and 25 <= age_on(p.birth, self.day) <= 55]
        day, delta = self.day, datetime.timedelta
        spans = [(day - delta(days=500), day + delta(days=231)), (day - delta(days=1300), day - delta(days=205))]
        if self.slot % 3 == 0:
            spans.append((day - delta(days=730), day - delta(days=1)))
        for n, (p, (start, end)) in enumerate(zip(self.rng.sample(pool, len(spans)), spans)):
            p.deprived = {"from": start.isoformat(), "to": end.isoformat(),
                          "paper": f"({start.year})赣1099刑初{self.slot * 10 + n + 1}号"}

    def die_listed(self):
        """In every third village an old person has died whom register and draft roll still carry."""
        pool = [p for p in self.people if age_on(p.birth, self.day) > 68 and not p.away]
        p = self.rng.choice(pool)
        on = self.day - datetime.timedelta(days=self.rng.randint(50, 60))
        self.dead_listed = p if self.slot % 3 == 0 else None
        if self.dead_listed:
            p.died_on = on.isoformat()

    def leave(self):
        """Those on the last roll who have died or moved out since."""
        for i in range(max(4, self.population // 55)):
            died = i % 3 != 2
            p = self.person("m" if self.rng.random() < 0.5 else "f",
                            self.birth(58, 92) if died else self.birth(24, 40), self.house_surname(i))
            p.group, p.hukou = self.rng.choice(self.groups), False
            on = self.day - datetime.timedelta(days=self.rng.randrange(60, 1090))
            p.reason = "died" if died else "moved_out"
            p.died_on = on.isoformat() if died else None
            p.moved_out = None if died else on.isoformat()
            self.gone.append(p)

    def newcome(self):
        """No hukou here: a full year on polling day, a day short of it, or not applied (REG-02)."""
        year, delta = years_before(self.day, 1), datetime.timedelta
        sinces = [year - delta(days=self.rng.randrange(100, 2000)) for _ in range(self.rng.randint(2, 5))]
        cases = [(s, True) for s in sinces] + [(year, True), (year + delta(days=1), True), (sinces[0], False)]
        for since, applied in cases:
            p = self.person(self.rng.choice("mf"), self.birth(24, 55), self.names.surname(self.rng))
            p.group, p.household, p.hukou = self.rng.choice(self.groups), "", False
            p.education = self.educate(p)
            p.newcomer = {"resident_since": since.isoformat(), "home": self.rng.choice(PLACES),
                          "applied_on": (self.day - delta(days=43)).isoformat() if applied else None}
            self.newcomers.append(p)

    def settle(self, p):
        """Head and place on the right roll, as the law has it once everything is cured."""
        age = age_on(p.birth, self.day)
        p.head = 3 if p.newcomer else 2 if p.away else 1
        p.reason = None
        if age < 18:
            p.head, p.reason = None, "under_age"
        elif p.died_on:
            p.reason = "died"
        elif p.deprived and p.deprived["to"] >= self.day.isoformat():
            p.reason = "deprived"
        elif p.away and "y" not in (p.away["reply"], p.away["later"]):
            p.reason = "declined" if "n" in (p.away["reply"], p.away["later"]) else "no_reply"
        elif p.newcomer and not p.newcomer["applied_on"]:
            p.reason = "not_applied"
        elif p.newcomer and p.newcomer["resident_since"] > years_before(self.day, 1).isoformat():
            p.reason = "short_residence"
        p.registered = p.reason is None

    def make(self):
        self.make_houses()
        self.link()
        self.near_birthday()
        self.special_names()
        for p in self.people:
            p.education = self.educate(p)
        self.parties()
        self.go_away()
        self.moved()
        self.deprive()
        self.die_listed()
        self.leave()
        self.newcome()
        for i, p in enumerate(self.people + self.newcomers + self.gone):
            p.id, p.number = f"P{i + 1:04d}", self.number(p)

    def finish(self):
        for p in self.people + self.newcomers:
            self.settle(p)


def near_kin(p):
    """近亲属 (民法典 §1045): the person's relatives with the word of their relation to `p`."""
    kin = {}

    def add(q, word):
        if q is not None and q is not p:
            kin.setdefault(q.id, (q, word))

    add(p.spouse, "spouse")
    for parent in (p.father, p.mother):
        add(parent, "parent")
        if parent:
            for sibling in parent.children:
                add(sibling, "sibling")
            add(parent.father, "grandparent")
            add(parent.mother, "grandparent")
    for child in p.children:
        add(child, "child")
        for grandchild in child.children:
            add(grandchild, "grandchild")
    return kin
