# SPDX-License-Identifier: Apache-2.0
"""Steps 22–25: nomination, review, candidates 提名、联审、候选人."""
from stage_committee import meet
from stage_prepare import TOWN_SIGNS

DESKS = ("organisation", "civil_affairs", "discipline", "political_legal", "united_front", "petitions", "court",
         "procuratorate", "police", "justice", "natural_resources", "environment", "poverty", "agriculture", "housing",
         "health", "urban_management")
UNDECIDABLE = ("1", "6", "8", "9")


def choose(v):
    """Who is nominated, by votes: a woman among the first of the members, unless the village elects none."""
    by_post = {post: [v.codes[c["person"]] for c in v.data["candidates"] if c["post"] == post] for post in v.seats}
    women = [p for p in by_post["member"] if v.person_of(p)["sex"] == "f"]
    men = [p for p in by_post["member"] if p not in women]
    seats = v.seats["member"]
    if "no_woman" in v.parts:
        by_post["chair"] = [p for p in by_post["chair"] if v.person_of(p)["sex"] == "m"]
        members = men[:seats - 1] + women[:2] + men[seats - 1:] + women[2:]
    else:
        members = women[:1] + men + women[1:]
    by_post["member"] = members
    if "kin_nominated" in v.parts:
        kin = v.data["vec_kin"]
        v.member_of_kin = v.codes[kin["of"]]
        by_post["member"].insert(v.seats["member"], v.codes[kin["person"]])
        v.act("kin.declare", v.ec, {"a": v.member_of_kin, "b": v.codes[kin["person"]], "relation": kin["relation"],
                                    "source": "household_register"})
    v.nominated = {post: people[:v.seats[post] + 2] for post, people in by_post.items()}
    v.formal = {post: people[:v.seats[post] + 1] for post, people in by_post.items()}
    v.source = {v.codes[c["person"]]: c["source"] for c in v.data["candidates"]}


def announce(v):
    v.at(v.dates["nominate"], "09:00")
    if "withdraw_roll" in v.parts:
        v.act("notice.withdraw", v.ec, {"posting_seq": v.label("roll.post"), "reason": "wrong_content", "text": "有错字",
                                        "taken_down_on": v.today, "second": v.committee[1]}, expect=["SEQ-05"])
    v.act("nominate.announce", v.ec, {"from_on": v.dates["nominated"], "to_on": v.dates["nominated"],
                                      "method": "stations", **v.posting()})


def result(v):
    v.at(v.dates["nominated"], "17:00")
    issued = v.registered * 9 // 10
    recovered, void = issued - 3, 5
    rows = []
    for post, people in v.nominated.items():
        for i, person in enumerate(people):
            share = 45 - 14 * i if v.seats[post] == 1 else 60 - 12 * i
            rows.append({"post": post, "person": person, "votes": (recovered - void) * share // 100})
    v.votes = {r["person"]: r["votes"] for r in rows}
    fields = {"kind": "nomination", "held_on": v.today, "papers_issued": issued, "papers_recovered": recovered,
              "void": void, "rows": rows, "counted_by": v.staff[20:22]}
    if "overfull_nomination" in v.parts:
        v.act("nominate.result", v.ec, {**fields, "papers_recovered": issued + 1}, expect=["CNT-01"])
    v.act("nominate.result", v.ec, fields)
    listed = [{"person": p, "post": post, "votes_villagers": v.votes[p]}
              for post, people in v.formal.items() for p in people]
    if "direct" in v.parts:
        v.act("nominees.list", "ts", {"body": "village", "source": "direct", "reason": "镇里直接提名", "rows": listed},
              expect=["NOM-01"])
    v.act("nominees.list", v.ec, {"body": "village", "source": "nominated", "rows": listed})


def leave(v):
    """A nominee on the election committee leaves it; the next alternate is called."""
    nominees = [p for people in v.formal.values() for p in people]
    going = [p for p in v.committee if p in nominees]
    kin = [v.member_of_kin] if "kin_nominated" in v.parts and v.member_of_kin not in going else []
    if "blocked_member" in v.parts and going:
        v.act("candidates.post", v.ec, {"body": "village", "list": "initial", **v.posting()}, expect=["VEC-04"])
    for p in going:
        v.act("vec.leave", v.ec, {"person": p, "reason": "nominated", "on": v.today, "nominated_on": v.today})
        v.committee.remove(p)
    for p in kin:
        v.act("candidates.post", v.ec, {"body": "village", "list": "initial", **v.posting()}, expect=["VEC-04"])
        v.act("vec.leave", v.ec, {"person": p, "reason": "kin_nominated", "on": v.today, "nominated_on": v.today})
        v.committee.remove(p)
        v.happened.append("近亲属被提名，选委会成员退出")
    going += kin
    if not going:
        return
    called = v.alternates[:len(going)]
    if "alternate_order" in v.parts:
        v.act("vec.fill", v.ec, {"rows": [{"person": v.alternates[1], "by": "order"}], **v.posting()}, expect=["VEC-05"])
    v.act("vec.fill", v.ec, {"rows": [{"person": p, "by": "order"} for p in called], **v.posting()})
    v.committee += called
    v.happened.append("选委会成员被提名，退出递补")


def answers(v):
    for post, people in v.formal.items():
        for p in people:
            v.act("candidate.answer", v.ec, {"body": "village", "person": p, "answer": "accept", "post": post,
                                             "on": v.today, "signed_by": [p]})
    v.act("candidates.post", v.ec, {"body": "village", "list": "initial", **v.posting()})


def sheet(v, person):
    p = v.person_of(person)
    v.act("person.record", "to", {"person": person, "education": p["education"] or "junior", "nation": p["nation"],
                                  "source": v.source.get(person, "other"), "pay_elsewhere": "n", "resume": "长期在村"})
    if v.bars:
        for bar in UNDECIDABLE:
            v.act("bar.record", "to", {"kind": "finding", "person": person, "bar": bar, "ref_day": v.today, "applies": "n",
                                       "signed_by": [TOWN_SIGNS], **v.doc("十不选认定")})


def opinion(v, who, desk, people, refuse=None):
    return {"body": "village", "desk": desk, "sealed": "y",
            "file": v.script.file("联审表.txt", "资格联审表（演练用的示例文件）"),
            "rows": [{"person": p, "opinion": "refuse" if p == refuse else "pass",
                      **({"remark": "受过行政处罚"} if p == refuse else {}), "handler": f"外:{desk}经办人",
                      "leader": f"外:{desk}负责人", "signed_on": v.today} for p in people]}


def review(v, people):
    desks = DESKS if v.review else ()
    v.act("review.open", "to", {"body": "village", "persons": people,
                                "desks": [{"desk": d} for d in ("village", "township") + desks],
                                "due_on": v.today})
    v.act("review.opinion", v.ec, opinion(v, v.ec, "village", people))
    v.act("review.opinion", "to", opinion(v, "to", "township", people))
    for desk in desks[:-1]:
        v.act("review.opinion", "to", opinion(v, "to", desk, people))
    conclude = {"body": "village", "rows": [{"person": p, "conclusion": "qualified"} for p in people], **v.doc("联审结论")}
    if desks and "silent_desk" in v.parts:
        v.act("review.conclude", "co", conclude, expect=["ELG-06"])
    if desks:
        v.act("review.opinion", "to", opinion(v, "to", desks[-1], people))
    v.act("review.conclude", "co", conclude)


def inspect(v, people):
    for p in people:
        v.act("inspect.record", "to", {"body": "village", "person": p, "team": ["外:镇考察组长", "外:镇考察组员"],
                                       "held_on": v.today, "talks": 8, "visits": "走访邻里", "result": "recommended",
                                       **v.doc("考察材料")})
    v.act("inspect.decide", "ts", {"body": "village", "stage": "township",
                                   "rows": [{"person": p, "approved": "y"} for p in people], **v.doc("镇党委审定")})


def check(v):
    v.at(v.dates["review"], "09:00")
    people = [p for rows in v.formal.values() for p in rows]
    for p in people:
        sheet(v, p)
    for p, post in over_line(v):
        v.approval("age_line", v.ec, v.town, "ts", TOWN_SIGNS, persons=[p], post=post)
    review(v, people)
    inspect(v, people)
    for p in people:
        if p != people[-1]:
            v.act("pledge.sign", "to", {"kind": "candidate", "person": p, "on": v.today, "signed_by": [p]})


def over_line(v):
    """Nominees over the plan's age line: (person, post)."""
    year = int(v.made_day[:4])
    incumbent = {(v.codes[r["person"]], r["post"]) for r in v.data["incumbents"]}
    out = []
    for post, people in v.formal.items():
        for p in people:
            person = v.person_of(p)
            born, woman = person["birth"], person["sex"] == "f"
            line = {"chair": (year - 60, year - 55), "vice_chair": (year - 55, year - 50)}.get(post, (year - 60, year - 55))[woman]
            if post == "chair" and (p, post) not in incumbent:
                line = max(line, year - 45)
            if born < f"{line}-01-01":
                out.append((p, post))
    return out


def confirm(v):
    v.at(v.dates["candidates"], "09:00")
    meeting = meet(v, "确定正式候选人")
    people = [p for rows in v.formal.values() for p in rows]
    rows = [{"person": p, "post": post} for post, names in v.formal.items() for p in names]
    fields = {"body": "village", "list": "formal", "rows": rows, "vec_meet_seq": meeting}
    if "no_pledge" in v.parts:
        v.act("candidates.confirm", v.ec, fields, expect=["CND-01"])
    v.act("pledge.sign", "to", {"kind": "candidate", "person": people[-1], "on": v.today, "signed_by": [people[-1]]})
    if "equal_number" in v.parts:
        v.act("candidates.confirm", v.ec, {**fields, "rows": [r for r in rows if r["person"] != v.formal["chair"][1]]},
              expect=["NOM-04"])
    if "kin_candidates" in v.parts:
        pair = {"a": v.formal["chair"][0], "b": v.formal["member"][0]}
        v.act("kin.declare", v.ec, {**pair, "relation": "sibling", "source": "third_party"})
        v.act("candidates.confirm", v.ec, fields, expect=["ELG-05"])
        v.act("kin.declare", v.ec, {**pair, "relation": "none", "source": "household_register"})
    v.act("candidates.confirm", v.ec, fields)
    v.act("candidates.post", v.ec, {"body": "village", "list": "formal", **v.posting()})


def run(script, villages):
    going = [v for v in villages if "deferred" not in v.parts]
    script.stage("22–23 海选提名、初步候选人")
    for v in going:
        v.at(v.dates["nominate"], "08:30")
        choose(v)
        announce(v)
        result(v)
        leave(v)
        answers(v)
    script.stage("24 资格联审、考察")
    for v in going:
        check(v)
    script.stage("25 正式候选人")
    for v in going:
        confirm(v)
