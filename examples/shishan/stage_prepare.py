# SPDX-License-Identifier: Apache-2.0
"""Steps 1–9: preparation 选举准备, for the township and each village."""

COUNTY, TOWN_SIGNS, COUNTY_SIGNS = "外:县换届办", "外:镇党委书记", "外:县领导"


def accounts(script, county, town, villages):
    script.stage("用户")
    script.user("co", "county_office", county, "外:县换届办")
    script.user("cs", "county_sign", county, "外:县领导")
    script.user("to", "township_office", town.code, "外:镇换届办")
    script.user("ts", "township_sign", town.code, "外:镇党委书记")
    for v in villages:
        script.user(v.vc, "village_committee", v.code)
        script.user(v.pb, "party_branch", v.code)
        script.user(v.ec, "election_committee", v.code)


def open_term(script, town, villages, plan):
    script.stage("1 启动换届")
    town.at(town.dates["open"])
    town.act("term.open", "to", {
        "term_no": plan["term"]["number"], "packs": " ".join(plan["packs"]),
        "villages": [{"unit": v.code, "bodies": "village", "last_term_to": plan["term"]["previous_ends"]}
                     for v in villages],
        **town.doc("关于启动村级组织换届的通知")})


def survey(v):
    v.at(v.dates["survey"])
    data = v.data
    seen = {}
    for r in data["incumbents"]:
        seen.setdefault(v.codes[r["person"]], r["post"])
    v.act("survey.file", "to", {
        "filed_on": v.today, "team": ["外:包村干部", "外:驻村第一书记"], "methods": "走访、座谈、查账",
        "population": data["counts"]["population"], "households": data["counts"]["households"],
        "groups": len(v.groups), "party_full": 30, "party_probationary": 2,
        "incumbents": [{"person": p, "post": post, "fit": "fit"} for p, post in seen.items()],
        "prospects": [{"person": v.codes[c["person"]], "post": c["post"], "source": c["source"],
                       "young_college": "y" if is_young_college(v, c["person"]) else "n",
                       "woman": "y" if v.people[c["person"]]["sex"] == "f" else "n", "willing": "y"}
                      for c in data["candidates"]],
        "risks": [{"kind": k, "level": "low", "plan": f"{k}：包村领导负责，当日上报"}
                  for k in ("interference", "petition", "opinion", "epidemic")]})
    v.approval("prospects", "to", v.town, "ts", TOWN_SIGNS,
               expect_self={"as": "to", "signed_by": "外:镇换届办"} if "self_approval" in v.parts else False)


def is_young_college(v, person):
    p = v.people[person]
    return p["education"] in ("college", "bachelor") and p["birth"] >= f"{int(v.made_day[:4]) - 35}-01-01"


def analyse(v):
    v.at(v.dates["analysis"])
    one = v.data["incumbents"][0]["person"] == v.data["candidates"][0]["person"]
    fields = {"filed_on": v.today, "problems": "班子年龄偏大，外出务工多", "one_shoulder": "y" if one else "n",
              "advice": "defer" if "deferred" in v.parts else "proceed", "signed_by": [TOWN_SIGNS],
              "measures": [{"problem": "外出务工多", "measure": "逐人通知，办理委托投票"}]}
    v.act("analysis.file", "to", fields,
          reasons=None if one else {"ELG-04": "现任书记超龄，村里暂无合适人选一肩挑，已专项说明"})


def rectify(v):
    """Step 4: a weak village is put in order first; two are deferred, one of them for good."""
    if "rectify" in v.parts or "resumed" in v.parts:
        v.at(v.dates["rectify"])
        v.rectification = v.act("rectify.open", "to", {
            "kind": "weak_village", "problems": "集体经济合同不规范，村务公开不及时", "policy": "一村一策，驻村工作组整改",
            "person": "外:驻村工作组长", "due_on": v.dates["rectify_due"]})
    if "deferred" in v.parts or "resumed" in v.parts:
        v.at(v.dates["rectify"], "14:00")
        approval = v.act("approval.request", "to", {
            "kind": "deferral", "to": v.county, "subject": "暂缓换届的请示"})
        v.act("defer.order", "to", {"body": "all", "approval_seq": approval, "until": v.dates["defer_until"],
                                    "reason": "村情复杂，先整顿后换届", "signed_by": [TOWN_SIGNS]},
              expect=["SEQ-01"], reasons={"CAL-14": "疫情防控期间不便召开村民会议，会后补报"})
        v.act("approval.decide", "cs", {"request_seq": approval, "decision": "granted", "signed_by": COUNTY_SIGNS,
                                        **v.doc("暂缓换届批复")})
        order = {"body": "all", "approval_seq": approval, "until": v.dates["defer_too_long"],
                 "reason": "村情复杂，先整顿后换届", "signed_by": [TOWN_SIGNS]}
        v.act("defer.order", "to", order, expect=["CAL-14"],
              reasons={"CAL-14": "疫情防控期间不便召开村民会议，会后补报"})
        v.act("defer.order", "to", {**order, "until": v.dates["defer_until"]},
              reasons={"CAL-14": "疫情防控期间不便召开村民会议，会后补报"})
        v.happened.append("暂缓换届")
        v.act("registration.announce", v.ec, {
            "from_on": v.today, "to_on": v.dates["register_to"],
            "stations": [{"group": g, "place": f"{g}小组长家"} for g in v.groups], **v.posting()}, expect=["SEQ-02", "SEQ-01"])


def adopt_plan(script, town, villages, plan, plan_path):
    town.at(town.dates["plan"])
    fields = {"file": plan_path, "polling_from": plan["polling"]["from"], "polling_to": plan["polling"]["to"],
              "readings": [{"point": r["point"], "reading": r["reading"]} for r in plan.get("readings", [])],
              "bars": "；".join(b["text"] for b in plan["bars"]) or "无",
              "signed_by": [TOWN_SIGNS], "doc_no": "市山发〔2020〕12号", "doc_on": town.today}
    if town.bad_plan:
        town.act("plan.adopt", "to", {**fields, "file": town.bad_plan}, expect=["ORG-03", "CAL-04"])
    town.act("plan.adopt", "to", fields)


def resume(v):
    if "resumed" not in v.parts:
        return
    v.at(v.dates["resume"])
    v.act("defer.resume", "to", {"on": v.today, "new_polling_day": v.polling_day}, expect=["ORG-05"])
    v.act("rectify.close", "to", {"open_seq": v.rectification, "closed_on": v.today, "result": "合同已规范，公开已补齐",
                                  "signed_by": ["外:驻村工作组长"]})
    v.act("defer.resume", "to", {"on": v.today, "new_polling_day": v.polling_day, **v.doc("恢复换届通知")})
    v.happened.append("恢复换届")


def audit(v):
    v.at(v.dates["audit"])
    rows = [{"person": v.codes[r["person"]], "post": r["post"], "findings": "账目清楚", "issue": "n"}
            for i, r in enumerate(v.data["incumbents"])
            if r["person"] not in [q["person"] for q in v.data["incumbents"][:i]]]
    year = int(v.today[:4])
    if "audit_gap" in v.parts:
        part = v.act("audit.record", "to", {"kind": "departure_audit", "by": "镇纪委、农经站", "from": f"{year - 3}-01-01",
                                            "to": v.today, "rows": rows[:-1], **v.doc("离任审计报告")})
        v.act("audit.publish", "to", {"audit_seq": part, **v.posting()}, expect=["CAL-12"])
        record = v.act("audit.record", "to", {
            "kind": "departure_audit", "by": "镇纪委、农经站", "from": f"{year - 3}-01-01", "to": v.today, "rows": rows[-1:],
            **v.doc("离任审计报告（补）")})
    else:
        record = v.act("audit.record", "to", {"kind": "departure_audit", "by": "镇纪委、农经站", "from": f"{year - 3}-01-01",
                                              "to": v.today, "rows": rows, **v.doc("离任审计报告")})
    v.audit = record
    if "audit_unposted" in v.parts or "audit_same_day" in v.parts:
        return
    v.act("audit.publish", "to", {"audit_seq": record, **v.posting()})


def discipline(v):
    v.at(v.dates["discipline"])
    v.act("notice.post", "to", {"kind": "hotline", "text": "换届举报电话 12388、12380", **v.posting()})
    first = v.data["incumbents"][0]["person"]
    v.act("pledge.sign", "to", {"kind": "responsibility", "person": v.codes[first], "on": v.today,
                                "signed_by": [v.codes[first]]})


def town_meetings(town):
    town.at(town.dates["mobilise"])
    town.act("meeting.hold", "to", {"kind": "mobilisation", "held_on": town.today, "place": "镇会议室", "invited": 80,
                                    "attended": 80})


def town_training(town, villages):
    town.at(town.dates["train"])
    town.act("training.hold", "to", {
        "kind": "election_staff", "held_on": town.today, "topics": "组织法、选举规程、登记和计票",
        "rows": [{"person": f"外:{v.name}村包村干部", "duty": "指导", "attended": "y"} for v in villages]})


def run(script, town, villages, plan, plan_path):
    open_term(script, town, villages, plan)
    going = [v for v in villages if "deferred" not in v.parts]
    script.stage("2–3 调查摸底、分析研判")
    for v in villages:
        survey(v)
    for v in villages:
        analyse(v)
    script.stage("4 整顿和暂缓")
    for v in villages:
        rectify(v)
    script.stage("5 实施方案")
    adopt_plan(script, town, villages, plan, plan_path)
    script.stage("6–7 离任审计、纪律")
    for v in going:
        resume(v)
        audit(v)
    for v in going:
        discipline(v)
    script.stage("8–9 动员、培训")
    town_meetings(town)
    town_training(town, villages)
