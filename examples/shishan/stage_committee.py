# SPDX-License-Identifier: Apache-2.0
"""Steps 16–17: election committee, polling day, seats, election rules 选举委员会、选举日、选举办法."""


def assembly(v, matters, kind="representatives", total=None, present=None):
    total = total or len(v.data["representatives"])
    present = total - 2 if present is None else present
    return v.act("assembly.hold", v.vc, {
        "kind": kind, "called_on": v.today, "held_on": v.today, "total": total, "present": present,
        "items": [{"matter": m, "text": m, "favour": max(present - 1, 0), "against": min(1, present)} for m in matters]})


def members(v, rows):
    out = []
    for i, person in enumerate(rows):
        post = "chair" if i == 0 else "vice_chair" if i == 1 else "member"
        out.append({"person": person, "votes": 60 - i, "post": post})
    return out


def elect(v):
    v.at(v.dates["vec"])
    meeting = assembly(v, ["vec_method", "vec_members"])
    fields = {"method": "representatives", "assemblies": [{"assembly_seq": meeting}], "elected_on": v.today,
              "rows": members(v, v.vec),
              "alternates": [{"person": p, "votes": 40 - i} for i, p in enumerate(v.alternates)]}
    if "audit_unposted" in v.parts:
        v.act("vec.elect", v.vc, fields, expect=["SEQ-01", "CAL-12"])
    if "audit_same_day" in v.parts:
        v.act("audit.publish", "to", {"audit_seq": v.audit, **v.posting()})
        v.act("vec.elect", v.vc, fields, expect=["CAL-12"])
    if "audit_unposted" in v.parts:
        v.act("audit.publish", "to", {"audit_seq": v.audit, **v.posting()})
    if "audit_unposted" in v.parts or "audit_same_day" in v.parts:
        v.at(v.dates["vec_late"])
        meeting = assembly(v, ["vec_method", "vec_members"])
        fields = {**fields, "assemblies": [{"assembly_seq": meeting}], "elected_on": v.today}
    if "rectify" in v.parts:
        v.act("vec.elect", v.vc, fields, expect=["ORG-05"])
        v.act("rectify.close", "to", {"open_seq": v.rectification, "closed_on": v.today, "result": "已整改到位",
                                      "signed_by": ["外:驻村工作组长"]}, reasons={"CND-03": "补签合同用时较长"})
        v.happened.append("先整顿后换届")
    if "no_quorum" in v.parts:
        total = len(v.data["representatives"])
        weak = assembly(v, ["vec_method", "vec_members"], present=total // 2)
        v.act("vec.elect", v.vc, {**fields, "assemblies": [{"assembly_seq": weak}]}, expect=["VEC-01"])
    kin = v.data["vec_kin"]
    if "vec_kin" in v.parts and kin:
        v.act("kin.declare", v.pb, {"a": v.codes[kin["of"]], "b": v.codes[kin["person"]], "relation": kin["relation"],
                                    "source": "household_register"})
        rows = [p for p in v.vec if p != v.vec[-1] or v.codes[kin["of"]] == v.vec[-1]][:6] + [v.codes[kin["person"]]]
        v.act("vec.elect", v.vc, {**fields, "rows": members(v, rows)}, expect=["VEC-03"])
    v.act("vec.elect", v.vc, fields)
    v.act("vec.post", v.vc, v.posting())
    v.approval("vec_filing", v.ec, v.town, "to", "外:镇换届办", decision="filed")
    v.act("day.fix", "to", {"body": "village", "polling_day": v.first_day, **v.posting()})


def meet(v, matter, absent=0):
    present = v.committee[:len(v.committee) - absent]
    return v.act("vec.meet", v.ec, {"held_on": v.today, "present": present,
                                    "items": [{"matter": matter, "favour": len(present), "against": 0}]})


def rules(v, plan):
    v.at(v.dates["rules"], "14:00")
    meet(v, "工作方案和选举办法草案")
    meeting = assembly(v, ["work_plan", "election_rules", "seats"])
    posts = [{"post": p, "seats": n, "typed": "open"} for p, n in v.seats.items()]
    v.act("seats.fix", v.ec, {"body": "village", "posts": posts, "paid_posts": sum(v.seats.values()),
                              "assembly_seq": meeting})
    v.act("rules.adopt", v.ec, {"kind": "work_plan", "assembly_seq": meeting,
                                "text": v.script.file("村选举工作方案.txt", "村选举工作方案（示例）"), **v.posting()})
    fields = {"kind": "election_rules", "assembly_seq": meeting,
              "text": v.script.file("村选举办法.txt", "村选举办法（示例）"), "mode": "nomination", "audit_sample": "n",
              "candidates": [{"post": p, "candidates": n + 1} for p, n in v.seats.items()], **v.posting()}
    if plan["bars"]:
        fields["bars"] = "；".join(b["text"] for b in plan["bars"])
        if "no_bars" in v.parts:
            v.act("rules.adopt", v.ec, {k: f for k, f in fields.items() if k != "bars"}, expect=["ELG-02"])
    if "equal_places" in v.parts:
        v.act("rules.adopt", v.ec, {**fields, "candidates": [{"post": p, "candidates": n} for p, n in v.seats.items()]},
              expect=["NOM-04", "ORG-03"])
    v.act("rules.adopt", v.ec, fields)


def run(script, villages, plan):
    going = [v for v in villages if "deferred" not in v.parts]
    script.stage("16 选举委员会、选举日")
    for v in going:
        elect(v)
    script.stage("17 职数、选举办法")
    for v in going:
        rules(v, plan)
