# SPDX-License-Identifier: Apache-2.0
"""Who could play which part in a village: for the writer of a scenario. See README.md, people.json."""
from people import age_on, near_kin

SOURCES = ("capable_farmer", "returning_migrant", "coop_head", "veteran", "local_graduate",
           "party_builder", "teacher_or_doctor", "legal_helper", "retired_official")
LEVEL = {None: 0, "primary": 1, "junior": 2, "senior": 3, "college": 4, "bachelor": 5}


class Cast:
    """Chooses people for parts; whoever has one is `used`, and the NEAR kin of a candidate `barred`."""

    def __init__(self, village, seats):
        self.village, self.seats, self.rng = village, seats, village.rng
        self.used, self.barred = set(), set()
        self.pool = [p for p in village.people
                     if p.registered and p.head == 1 and not p.deprived and not p.died_on
                     and 22 <= age_on(p.birth, village.day) <= 68 and p is not village.turning.get(0)]
        self.rng.shuffle(self.pool)
        self.incumbents = self.choose_incumbents()
        self.candidates = self.choose_candidates()
        self.write_in = self.take(lambda p: LEVEL[p.education] >= 3 and 28 <= self.age(p) <= 48)
        self.vec, self.vec_alternates = self.choose_vec()
        self.staff = self.choose_staff()
        self.proxies, self.four = self.choose_proxies()

    def take(self, wanted, count=1, bar=True):
        """The first `count` people of the pool who fit and are nobody's near kin among the barred."""
        taken = []
        for p in self.pool:
            if len(taken) == count:
                break
            if p.id in self.used or p.id in self.barred or not wanted(p):
                continue
            taken.append(p)
            self.used.add(p.id)
            if bar:
                self.barred.update(near_kin(p))
        return taken

    def age(self, p):
        return age_on(p.birth, self.village.day)

    def choose_incumbents(self):
        """The committees of the last term; every fourth village's chair is over the plan's age line."""
        full = "中共党员"
        year = self.village.day.year
        old = self.village.slot % 4 == 3
        posts = []

        def add(post, wanted):
            posts.extend((p, post) for p in self.take(wanted))

        def secretary(p, low, high):
            return (p.party == full and p.sex == "m" and LEVEL[p.education] >= 2
                    and year - high <= p.birth.year < year - low)

        if old:
            add("party_secretary", lambda p: secretary(p, 60, 67))
        if not posts:
            add("party_secretary", lambda p: secretary(p, 38, 59))
        add("vice_chair", lambda p: p.sex == "m" and 40 <= self.age(p) <= 58 and LEVEL[p.education] >= 2)
        add("member", lambda p: p.sex == "f" and 30 <= self.age(p) <= 52 and LEVEL[p.education] >= 2)
        add("member", lambda p: 35 <= self.age(p) <= 58 and LEVEL[p.education] >= 2)
        add("discipline", lambda p: p.party == full and 30 <= self.age(p) <= 60)
        add("accountant", lambda p: LEVEL[p.education] >= 3 and 28 <= self.age(p) <= 60)
        add("clerk", lambda p: LEVEL[p.education] >= 3 and 25 <= self.age(p) <= 58)
        add("coop_head", lambda p: 30 <= self.age(p) <= 60)
        if self.village.slot % 5 == 4:
            add("chair", lambda p: p.sex == "m" and 45 <= self.age(p) <= 59)
        elif posts and posts[0][1] == "party_secretary":
            posts.insert(1, (posts[0][0], "chair"))
        return posts

    def choose_candidates(self):
        """More people per post than places, no NEAR kin among them; women and a young graduate included."""
        rows = []
        line = self.village.day.year - 60
        for p, post in self.incumbents:
            if post in ("chair", "vice_chair", "member") and p.birth.year >= line:
                rows.append((p, post, "incumbent"))

        def add(post, count, wanted):
            for p in self.take(wanted, count):
                rows.append((p, post, self.rng.choice(SOURCES)))

        def fresh(p):
            return LEVEL[p.education] >= 3 and 26 <= self.age(p) <= 45

        def young(p):
            return LEVEL[p.education] >= 4 and self.age(p) <= 34

        have = [post for _, post, _ in rows]
        add("member", 1, lambda p: p.sex == "f" and young(p))
        add("member", 1, lambda p: p.sex == "f" and LEVEL[p.education] >= 2 and self.age(p) <= 50)
        add("chair", 2 - have.count("chair"), lambda p: fresh(p) and self.age(p) > 34 and p.sex == "m")
        add("chair", 1, lambda p: fresh(p) and p.sex == ("f" if self.village.slot % 3 == 1 else "m"))
        add("vice_chair", 3 - have.count("vice_chair"), lambda p: fresh(p) and p.sex == "m")
        add("member", self.seats["member"] + 1 - have.count("member"),
            lambda p: (fresh(p) or young(p)) and p.sex == "m")
        return rows

    def choose_vec(self):
        """Party secretary and six more, then three alternates; near kin of nobody above."""
        secretary = [p for p, post in self.incumbents if post == "party_secretary"]
        others = self.take(lambda p: LEVEL[p.education] >= 2 and p.party == "中共党员", 3)
        others += self.take(lambda p: LEVEL[p.education] >= 2 and 30 <= self.age(p) <= 66, 9 - len(others))
        return secretary + others[:6], others[6:]

    def choose_staff(self):
        """Who may hold polling duties: no candidate, no candidate's near kin, no election committee."""
        return self.take(lambda p: LEVEL[p.education] >= 2 and self.age(p) <= 60, 30, bar=False)

    def kin_cases(self):
        """Near kin of a candidate (ELG-05), and of an election committee member (VEC-03)."""
        def first(people):
            for p in people:
                for q, relation in near_kin(p).values():
                    if q.registered and q.head == 1 and q.id not in self.used and 22 <= self.age(q) <= 60:
                        return {"person": q.id, "of": p.id, "relation": relation}
            return None
        return {"candidate_kin": first([p for p, _, _ in self.candidates]),
                "vec_kin": first(self.vec[1:] + self.vec[:1])}

    def choose_proxies(self):
        """Pairs of an away voter and near kin at home, at most three a head; and one wanted by four."""
        busy = {p.id for p in [q for q, _, _ in self.candidates] + self.write_in}
        held, pairs, four = {}, [], None
        for p in self.village.people:
            if not p.registered or p.head != 1 or p.id in busy:
                continue
            away = [(q, r) for q, r in near_kin(p).values() if q.head == 2 and q.registered]
            if len(away) >= 4 and not four:
                four = {"proxy": p.id, "principals": [{"person": q.id, "relation": r} for q, r in away[:4]]}
                held.update({q.id: None for q, _ in away[:4]})
                continue
            away = [(q, r) for q, r in away if q.id not in held][:3]
            for q, r in away:
                held[q.id] = p.id
                pairs.append({"principal": q.id, "proxy": p.id, "relation": r})
        return pairs[:40], four or self.make_four(busy | {r["proxy"] for r in pairs} | {r["principal"] for r in pairs})

    def make_four(self, busy):
        """Nobody has four near kin away: send them away, so that a fourth proxy can be tried (PRX-02)."""
        for p in self.village.people:
            kin = [(q, r) for q, r in near_kin(p).values()
                   if q.registered and q.id not in busy and q.id not in self.used]
            if p.registered and p.head == 1 and p.id not in busy and len(kin) >= 4:
                for q, _ in kin[:4]:
                    if not q.away:
                        self.village.send_away(q, "y")
                        self.village.settle(q)
                return {"proxy": p.id, "principals": [{"person": q.id, "relation": r} for q, r in kin[:4]]}
        return None

    def in_law(self):
        """A principal whose daughter-in-law would vote for him: refused before 2026, allowed after (PRX-01)."""
        for p in self.village.people:
            if p.relation == "儿媳" and p.registered and p.head == 1 and p.spouse:
                for parent in (p.spouse.father, p.spouse.mother):
                    if parent and parent.registered:
                        return {"principal": parent.id, "proxy": p.id, "relation": "child_in_law"}
        return None

    def representatives(self):
        heads = [h[0] for h in self.village.houses if h[0].registered and h[0].head == 1]
        count = max(15, self.village.households // 12)
        return [heads[i * len(heads) // count].id for i in range(min(count, len(heads)))]

    def as_json(self):
        return {
            "incumbents": [{"person": p.id, "post": post} for p, post in self.incumbents],
            "candidates": [{"person": p.id, "post": post, "source": source} for p, post, source in self.candidates],
            "write_in": self.write_in[0].id if self.write_in else None,
            "vec": [p.id for p in self.vec],
            "vec_alternates": [p.id for p in self.vec_alternates],
            "staff": [p.id for p in self.staff],
            "representatives": self.representatives(),
            "proxies": self.proxies,
            "proxy_four": self.four,
            "proxy_in_law": self.in_law(),
            **self.kin_cases(),
        }
