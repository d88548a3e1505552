# SPDX-License-Identifier: Apache-2.0
"""The check `poll`: one round of a villagers' committee vote."""
from schema import POSTS, need

RANK = {"chair": 0, "vice_chair": 1, "women_member": 2, "member": 2}


class Person:
    def __init__(self, post, index, entry):
        self.post, self.index = post, index
        self.name, self.sex, self.votes = entry["name"], entry["sex"], entry["votes"]
        self.write_in = entry["write_in"]
        self.void = (not entry["registered"] or not entry["age_ok"]
                     or (post == "women_member" and self.sex == "m"))


def by_votes(people):
    return sorted(people, key=lambda p: (-p.votes, p.index))


def ordinary(people, seats):
    """→ seated, ties: [(people, seats they meet for)]"""
    if seats <= 0:
        return [], []
    people = by_votes(people)
    if len(people) <= seats:
        return people, []
    cut = people[seats - 1].votes
    if people[seats].votes < cut:
        return people[:seats], []
    seated = [p for p in people if p.votes > cut]
    return seated, [([p for p in people if p.votes == cut], seats - len(seated))]


def woman_certain(seated, ties):
    return (any(p.sex == "f" for p in seated)
            or any(sum(p.sex == "m" for p in tie) < seats for tie, seats in ties))


def woman_first(people, seats):
    """→ seated, ties, kept"""
    if seats <= 0:
        return [], [], False
    women = [p for p in people if p.sex == "f"]
    if not women:
        return ordinary(people, seats - 1) + (True,)
    most = max(p.votes for p in women)
    top = [p for p in women if p.votes == most]
    others = [p for p in people if p not in top]
    if len(top) == 1:
        seated, ties = ordinary(others, seats - 1)
        return by_votes(top + seated), ties, False
    seated, ties = ordinary(people, seats)
    if woman_certain(seated, ties):
        return seated, ties, False
    seated, ties = ordinary(others, seats - 1)
    return seated, [(top, 1)] + ties, False


class Poll:
    def __init__(self, given, pack):
        self.given, self.pack = given, pack
        self.round = given["round"]
        self.before = given["elected_before"]
        self.lines = {line["post"]: line for line in given["posts"]}
        self.papers = {post: papers_of(line, given) for post, line in self.lines.items()}
        self.void = {post for post, papers in self.papers.items()
                     if broken(papers, given["registered"])}
        self.people = {post: [Person(post, i, entry) for i, entry in enumerate(line["candidates"])]
                       for post, line in self.lines.items()}
        self.kin = set()
        for line in given["posts"]:
            for entry in line["candidates"]:
                for other in entry["kin"]:
                    self.kin |= {(entry["name"], other), (other, entry["name"])}
        self.seated = {}      # post → people
        self.ties = {}        # post → names
        self.kept = {}        # post → bool
        self.left_out = {0: set(), 1: set(), 2: set()}
        if given["merge"] == "down_add":
            self.merge()

    def merge(self):
        own = {post: {p.name: p.votes for p in people if not p.void}
               for post, people in self.people.items() if post not in self.void}
        for lower, uppers in (("vice_chair", ("chair",)), ("member", ("chair", "vice_chair"))):
            for person in self.people.get(lower, []):
                person.votes += sum(own.get(upper, {}).get(person.name, 0) for upper in uppers)

    def threshold(self, post):
        recovered = self.papers[post][1]
        return recovered // 2 + 1 if self.round == 1 else (recovered + 2) // 3

    def are_kin(self, a, b):
        return a != b and (a, b) in self.kin

    def seated_now(self, ranks=(0, 1, 2)):
        return [p for post, people in self.seated.items() if RANK[post] in ranks for p in people]

    def woman_rule(self, post):
        return (post == "member" and self.pack["woman"] == "first"
                and "women_member" not in self.lines
                and not any(b["sex"] == "f" for b in self.before)
                and not any(p.sex == "f" for p in self.seated_now((0, 1))))

    def barred_by_higher(self, rank):
        """Names the kin rule leaves out before the rank is filled."""
        holders = [p.name for p in self.seated_now(range(rank))]
        holders += [b["name"] for b in self.before if RANK[b["post"]] <= rank]
        everyone = {p.name for people in self.people.values() for p in people}
        return {name for name in everyone if any(self.are_kin(name, h) for h in holders)}

    def fill(self, post, out, groups, taken):
        """→ seated, ties, kept of one post; groups: sets of (name, post) meeting for one seat."""
        if post in self.void:
            return [], [], False
        grouped = {name for group in groups for name, _ in group}
        mine = [group for group in groups if any(p == post for _, p in group)]
        seats = self.lines[post]["seats"] - len(mine)
        reach = [p for p in self.people[post]
                 if not p.void and p.votes >= self.threshold(post) and p.name not in out
                 and p.name not in grouped and p.name not in taken]
        if not self.woman_rule(post):
            return ordinary(reach, seats) + (False,)
        sexes = {p.name: p.sex for p in self.people[post]}
        if any(all(sexes.get(name) == "f" for name, _ in group) for group in mine):
            return ordinary(reach, seats) + (False,)
        return woman_first(reach, seats)

    def conflict(self, state, groups):
        """The first pair of kin of one rank who cannot both stay: (a, b, equal) or None."""
        people = []
        for post, (seated, ties, _) in state.items():
            people += [(p, True) for p in seated]
            people += [(p, False) for tie, _ in ties for p in tie]
            people += [(p, False) for p in self.people[post]
                       if any((p.name, post) in group for group in groups)]
        people.sort(key=lambda item: (-item[0].votes, POSTS.index(item[0].post), item[0].index))
        first = None
        for i, (a, a_sits) in enumerate(people):
            if first and a.votes < first[0].votes:
                break
            for b, b_sits in people[i + 1:]:
                # Two who only meet again: the re-vote decides first.
                if not (a_sits or b_sits) or not self.are_kin(a.name, b.name):
                    continue
                # From the most votes down: nobody is left out by one who falls at more votes.
                if first is None or b.votes > first[1].votes:
                    first = a, b, a.votes == b.votes
        return first

    def fill_rank(self, rank):
        posts = [post for post in POSTS if RANK[post] == rank and post in self.lines]
        scope = bool(self.pack["kin"])
        out = self.barred_by_higher(rank) if scope else set()
        holders = ({p.name for p in self.seated_now()}
                   | {b["name"] for b in self.before if RANK[b["post"]] <= rank})
        groups = []
        while True:
            state, taken = {}, set(holders)
            for post in posts:
                state[post] = self.fill(post, out, groups, taken)
                taken |= {p.name for p in state[post][0]}
            found = self.conflict(state, groups) if scope else None
            if found is None:
                break
            a, b, equal = found
            if equal:
                pair = {(a.name, a.post), (b.name, b.post)}
                touching = [g for g in groups if g & pair]
                groups = [g for g in groups if g not in touching] + [pair.union(*touching)]
            else:
                out.add(b.name)
                groups = [{m for m in g if m[0] != b.name} for g in groups]
                groups = [g for g in groups if len(g) > 1]
        self.left_out[rank] = out
        for post in posts:
            seated, ties, kept = state[post]
            self.seated[post] = seated
            self.kept[post] = kept
            tied = [p for tie, _ in ties for p in tie]
            tied += [p for p in self.people[post] if any((p.name, post) in g for g in groups)]
            self.ties[post] = [p.name for p in by_votes(tied)]

    def vacant(self, post):
        return self.lines[post]["seats"] - len(self.seated[post])

    def next_of(self, post):
        if post in self.void:
            return "repeat"
        if self.ties[post]:
            return "re_vote"
        if self.vacant(post) == 0:
            return "done"
        woman = (any(p.sex == "f" for p in self.seated_now())
                 or any(b["sex"] == "f" for b in self.before))
        if self.kept[post] or (post == "women_member" and not woman):
            return "woman_seat"
        stop = self.pack["stop"]
        persons = len({p.name for p in self.seated_now()} | {b["name"] for b in self.before})
        chair = bool(self.seated.get("chair")) or any(b["post"] == "chair" for b in self.before)
        if (self.round in stop["rounds"] and persons >= stop["persons"]
                and (chair or not stop["chair"])):
            return "may_stop"
        return "second_poll"

    def second_candidates(self, post):
        if self.next_of(post) in ("re_vote", "done", "repeat"):
            return []
        rank = RANK[post]
        gone = {p.name for p in self.seated_now()} | {b["name"] for b in self.before}
        holders = [p.name for p in self.seated_now(range(rank + 1))]
        holders += [b["name"] for b in self.before if RANK[b["post"]] <= rank]
        scope = bool(self.pack["kin"])
        pool = [p for p in by_votes(self.people[post])
                if not p.void and p.name not in gone and p.name not in self.left_out[rank]
                and not (scope and any(self.are_kin(p.name, h) for h in holders))]
        vacant = self.vacant(post)
        if not self.kept[post]:
            return [p.name for p in most(pool, vacant + 1)]
        women = most([p for p in pool if p.sex == "f"], 2)
        others = [p for p in pool if p not in women]
        return [p.name for p in women + (most(others, vacant) if vacant > 1 else [])]

    def warnings(self):
        found = set()
        for line in self.given["posts"]:
            if line["post"] in self.void:
                continue
            base = self.papers[line["post"]][1] - self.papers[line["post"]][2]
            total = sum(entry["votes"] for entry in line["candidates"])
            if total > line["seats"] * (base - line["section_void"]):
                found.add("CNT-07")
        seated = self.seated_now()
        if self.pack["kin"]:
            if any(self.are_kin(p.name, b["name"]) and RANK[b["post"]] > RANK[p.post]
                   for p in seated for b in self.before):
                found.add("OUT-09")
        elif self.pack["jiangxi"]:
            holders = [p.name for p in seated] + [b["name"] for b in self.before]
            if any(self.are_kin(p.name, other) for p in seated for other in holders):
                found.add("ELG-05")
        return sorted(found)

    def acting(self):
        if "chair" not in self.lines or self.next_of("chair") != "may_stop":
            return None
        if self.seated.get("vice_chair") or any(b["post"] == "vice_chair" for b in self.before):
            return "vice_chair"
        return "member" if "shanghai" in self.pack["local"] else "representatives"

    def result(self):
        for rank in (0, 1, 2):
            self.fill_rank(rank)
        posts = []
        for line in self.given["posts"]:
            post = line["post"]
            seated = by_votes(self.seated[post])
            posts.append({
                "post": post,
                "elected": [p.name for p in seated if not p.write_in],
                "pending": [p.name for p in seated if p.write_in],
                "tied": self.ties[post],
                "vacant": self.vacant(post),
                "next": self.next_of(post),
                "second_candidates": self.second_candidates(post)})
            if self.separate:
                posts[-1]["valid"] = post not in self.void
                posts[-1]["threshold"] = None if post in self.void else self.threshold(post)
        recovered = self.given["recovered"]
        whole = recovered // 2 + 1 if self.round == 1 else (recovered + 2) // 3
        return {"valid": True, "invalid_rules": self.rules,
                "threshold": None if self.separate else whole, "posts": posts,
                "acting": self.acting(), "warnings_set": self.warnings()}


def most(people, number):
    """The first `number` by votes, more on an equal last vote."""
    if len(people) <= number:
        return people
    return [p for p in people if p.votes >= people[number - 1].votes]


def has_own(line):
    """A post whose ballots are its own."""
    return line["issued"] is not None or line["recovered"] is not None or line["void"] > 0


def whole_of(given):
    return given["issued"], given["recovered"], given["void"]


def papers_of(line, given):
    """issued, recovered, void of the ballots the post is voted on with"""
    return (line["issued"], line["recovered"], line["void"]) if has_own(line) else whole_of(given)


def broken(papers, registered):
    issued, recovered, _ = papers
    return ({"CNT-01"} if recovered > issued else set()) | (
        {"CNT-02"} if 2 * recovered <= registered else set())


def poll(given, pack):
    registered, issued = given["registered"], given["issued"]
    recovered, void = given["recovered"], given["void"]
    need(issued <= registered, "given.issued")
    need(void <= recovered, "given.void")
    separate = any(has_own(line) for line in given["posts"])
    need(not separate or not given["combined"], "posts.issued")
    for line in given["posts"]:
        if has_own(line):
            need(line["issued"] is not None and line["recovered"] is not None, "posts.issued")
            need(line["issued"] <= registered, "posts.issued")
        _, recovered, void = papers_of(line, given)
        need(void <= recovered, "posts.void")
        room = recovered - void - line["section_void"]
        need(room >= 0, "section_void")
        need(all(entry["votes"] <= room for entry in line["candidates"]), "votes")
    kinds = [papers_of(line, given) for line in given["posts"]] if separate else [whole_of(given)]
    found = [broken(papers, registered) for papers in kinds]
    rules = sorted(set().union(*found))
    if all(found):
        return {"valid": False, "invalid_rules": rules, "threshold": None, "posts": [],
                "acting": None, "warnings_set": []}
    question = Poll(given, pack)
    question.separate, question.rules = separate, rules
    return question.result()
