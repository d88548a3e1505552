# SPDX-License-Identifier: Apache-2.0
"""Papers of a round: how many for whom, and which paper says what."""
import random


def shares(v, kind, people):
    """Per thousand of the valid papers for each candidate, who is elected by them."""
    plan = {"void": 4 + int(v.short) % 3, "turnout": 860 + int(v.short) % 7 * 12, "shares": {}, "write_ins": {}, "elected": {}}
    for post, names in people.items():
        seats = v.seats[post] if kind in ("first", "repeat") else 1
        rng = random.Random(f"{v.code} {kind} {post}")
        if seats == 1:
            top = [rng.randint(540, 680)]
        else:
            top = sorted((rng.randint(590, 760) for _ in range(seats)), reverse=True)
        plan["shares"][post] = dict(zip(names, top + [rng.randint(220, 310)]))
        plan["elected"][post] = names[:seats]
    if kind != "first":
        if kind == "second_poll":
            plan["shares"]["member"] = dict(zip(people["member"], (450, 400)))
        return plan
    special(v, people, plan)
    return plan


def special(v, people, plan):
    members, seats = people["member"], v.seats["member"]
    if "tie" in v.parts:
        plan["shares"]["member"] = {**dict(zip(members, (700,) * (seats - 1))), members[seats - 1]: 560, members[seats]: 560}
        plan["elected"]["member"] = members[:seats - 1]
    if "short" in v.parts:
        plan["shares"]["member"] = {**dict(zip(members, (700,) * (seats - 1))), members[seats - 1]: 440, members[seats]: 390}
        plan["elected"]["member"] = members[:seats - 1]
    if "no_woman" in v.parts:
        plan["shares"]["member"] = {**dict(zip(members, (700,) * (seats - 1))), members[seats - 1]: 440, members[seats]: 390}
        plan["elected"]["member"] = members[:seats - 1]
    if "write_in" in v.parts:
        person = v.codes[v.data["write_in"]]
        plan["shares"]["member"] = {**dict(zip(members, (700,) * (seats - 1))), members[seats - 1]: 330, members[seats]: 250}
        plan["write_ins"]["member"] = {person: 560}
        plan["elected"]["member"] = members[:seats - 1]
        plan["pending"] = [person]
    if "low_turnout" in v.parts:
        plan["turnout"] = 470


def box_figures(v, plan):
    """Issued, recovered … per box, adding up to the turnout."""
    issued = v.registered * plan["turnout"] // 1000
    parts = {1: issued * 6 // 10, 2: issued - issued * 6 // 10}
    if 3 in v.boxes:
        parts[3] = 6
        parts[1] -= 6
    figures = {}
    good = v.printed - 2
    for b, n in parts.items():
        figures[b] = {"issued": n, "spoiled": 1 if b == 1 else 0, "proxy": 0, "recovered": n - (1 if b == 2 else 0)}
        figures[b]["allotted"] = n + figures[b]["spoiled"] + (8 if n > 100 else 2)
    figures[1]["proxy"] = v.proxies
    if plan.get("kind") == "overfull":
        figures[2]["recovered"] = figures[2]["issued"] + 3
    assert sum(f["allotted"] for f in figures.values()) <= good
    return figures


def papers_of(v, round_no, plan, recovered):
    """Every paper as rows per post; exact sums, in a drawn order."""
    valid = recovered - plan["void"]
    papers = [[] for _ in range(valid)]
    for post, people in plan["shares"].items():
        marks = [[] for _ in range(valid)]
        written = [[] for _ in range(valid)]
        at = 0
        for person, share in people.items():
            for i in range(valid * share // 1000):
                marks[(at + i) % valid].append(person)
            at += valid * share // 1000
        for person, share in plan["write_ins"].get(post, {}).items():
            for i in range(valid * share // 1000):
                written[(at + i) % valid].append(person)
        for i in range(valid):
            row = {"post": post}
            if marks[i]:
                row["marks"] = " ".join(marks[i])
            if written[i]:
                row["write_ins"] = " ".join(written[i])
            if len(row) > 1:
                papers[i].append(row)
        random.Random(f"{v.code} {round_no} {post}").shuffle(papers)
    post = next(iter(plan["shares"]))
    papers += [[{"post": post, "defect": "illegible_all"}] for _ in range(plan["void"])]
    random.Random(f"{v.code} {round_no}").shuffle(papers)
    return papers
