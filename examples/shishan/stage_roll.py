# SPDX-License-Identifier: Apache-2.0
"""Steps 18–21: registration and roll 登记、名单."""
from script import day
from stage_committee import assembly, meet


def a_year_by(since, when):
    """A full year of residence on that day (REG-02)."""
    return f"{int(since[:4]) + 1}{since[4:]}" <= when


def entitled(v, p):
    """On the final roll of the village's own polling day (make.py reckons with the plan's)."""
    if not v.adult(p):
        return False
    if p["reason"] == "under_age":
        return p["hukou"]
    if p.get("newcomer") and p["reason"] in (None, "short_residence"):
        return a_year_by(p["newcomer"]["resident_since"], v.roll_day)
    if p["reason"] == "deprived" or p.get("deprived"):
        return p.get("deprived", {}).get("to", "") < v.roll_day
    return p["registered"]


def row_refused(v, quirk):
    """Whether the law of the village's own polling day refuses that row of the draft."""
    if quirk["file"] != "roll" or not quirk["refused"]:
        return False
    if quirk["kind"] in ("under_age", "short_residence", "deprived_listed"):
        return not entitled(v, v.people[quirk["person"]])
    return True


def announce(v):
    v.at(v.dates["register"], "09:00")
    v.act("registration.announce", v.ec, {
        "from_on": v.today, "to_on": v.dates["register_to"],
        "stations": [{"group": g, "place": f"{g}小组长家"} for g in v.groups], **v.posting()})
    v.at(v.dates["import"], "09:00")
    wrong = sorted({q["rule"] or "IDN-01" for q in v.data["quirks"] if q["file"] == "household" and q["refused"]})
    household = {"kind": "household", "as_of": v.today, "source": "派出所户籍册", "accept": "whole"}
    path = v.csv_path("household")
    if wrong:
        v.mend_household()
        v.act("register.import", v.ec, {**household, "original": path}, expect=wrong)
        path = v.csv_path("household-mended")
    v.act("register.import", v.ec, {**household, "original": path})
    for kind, source in (("deprived", "县法院、公安局"), ("away", "各村民小组"), ("last_roll", "上届选举档案")):
        v.act("register.import", v.ec, {"kind": kind, "as_of": v.today, "source": source, "accept": "whole",
                                        "original": v.csv_path(kind)})


def import_roll(v):
    """The draft roll as it came: refused whole, then its good rows are taken and the rest mended one by one."""
    v.at(v.dates["import"], "15:00")
    fields = {"original": v.csv_path("roll"), "as_of": v.today}
    rules = {q["rule"] or "IDN-01" for q in v.data["quirks"] if row_refused(v, q)}
    rules |= {"REG-01" for p in v.data["people"] if p["registered"] and not entitled(v, p)}
    if rules:
        v.act("roll.import", v.ec, {**fields, "accept": "whole"}, expect=sorted(rules))
    v.act("roll.import", v.ec, {**fields, "accept": "good_rows"})
    if any(q["kind"] == "other_village" for q in v.data["quirks"]):
        v.happened.append("一人两村登记，剔除")


def quirk_of(v, p, kind):
    return any(q["kind"] == kind and q["person"] == p["id"] for q in v.data["quirks"])


def on_draft(v, p):
    """Whether good_rows puts him on the draft."""
    mine = [q for q in v.data["quirks"] if q["file"] == "roll" and q["person"] == p["id"]]
    if any(row_refused(v, q) and q["kind"] != "twice" for q in mine) or quirk_of(v, p, "omitted"):
        return False
    if any(q["kind"] in ("dead_listed", "under_age", "short_residence", "deprived_listed") for q in mine):
        return True
    away = p.get("away")
    return p["registered"] and entitled(v, p) and not (away and away["later"])


def newcomers(v):
    """Codes of those without household here: they follow the register, in the order of the draft."""
    number = sum(1 for p in v.data["people"] if p["hukou"])
    by_number = {p["id_number"]: p["id"] for p in v.data["people"] if not p["hukou"]}
    for row in v.rows("roll"):
        person = by_number.get(row["身份证号"].strip().upper())
        if person and person not in v.codes and on_draft(v, v.people[person]):
            number += 1
            v.codes[person] = f"P{number:05d}"


def replies(v):
    v.at(v.dates["notify"], "09:00")
    silent = [p for p in v.data["people"] if p.get("away") and p["away"]["reply"] is None and p["hukou"]]
    if silent:
        v.act("roll.notify", v.ec, {
            "reply_by": v.dates["reply_by"],
            "rows": [{"person": v.codes[p["id"]], "channel": "phone", "sent_on": v.today} for p in silent]})
    v.at(v.dates["reply"], "09:00")
    for p in silent:
        if p["away"]["later"]:
            v.act("roll.reply", v.ec, {"person": v.codes[p["id"]], "wish": p["away"]["later"], "channel": "written",
                                       "received_on": v.today})


def consent(v):
    """Newcomers: they applied, the assembly agrees."""
    asking = [p for p in v.data["people"] if p.get("newcomer") and p["id"] in v.codes]
    if not asking:
        return
    rows = [{"person": v.codes[p["id"]], "applied_on": p["newcomer"]["applied_on"],
             "resident_since": p["newcomer"]["resident_since"], "home_unit": p["newcomer"]["home"]} for p in asking]
    if "early_consent" in v.parts:
        early = v.early_assembly
        v.act("roll.consent", v.ec, {"assembly_seq": early, "rows": rows}, expect=["REG-02"])
    meeting = assembly(v, ["head3_consent"])
    v.act("roll.consent", v.ec, {"assembly_seq": meeting, "rows": rows})


def mend(v):
    paper = v.script.file("证明.txt", "证明（演练用的示例文件）")
    for p in v.data["people"]:
        code = v.codes.get(p["id"])
        if not code:
            continue
        if quirk_of(v, p, "dead_listed"):
            v.act("roll.strike", v.ec, {"person": code, "reason": "died", "on": v.today, "evidence": paper})
        elif entitled(v, p) and not on_draft(v, p) and not (p.get("away") and p["away"]["later"] == "y") \
                and p["id"] != v.objector:
            reason = "turned_18" if p["reason"] == "under_age" else "omitted"
            v.act("roll.add", v.ec, {"person": code, "head": str(p["head"] or 1), "reason": reason, "on": v.today})
    if "strike_resident" in v.parts:
        v.act("roll.strike", v.ec, {"person": resident(v), "reason": "no_reply", "on": v.today, "evidence": paper},
              expect=["REG-03"])


def resident(v):
    """Somebody of head 1 with no part to play."""
    busy = set(v.vec) | set(v.alternates) | set(v.staff)
    return next(v.codes[p["id"]] for p in v.data["people"]
                if p["registered"] and p["head"] == 1 and v.codes[p["id"]] not in busy
                and p["id"] not in {c["person"] for c in v.data["candidates"]})


def not_listed(v):
    rows = []
    for p in v.data["people"]:
        if not p["hukou"] or not v.adult(p) or p["id"] not in v.codes or entitled(v, p) or p["id"] == v.objector:
            continue
        if quirk_of(v, p, "dead_listed"):
            continue
        if p.get("away") and p["away"]["later"] == "n":
            continue
        reason = "deprived" if p.get("deprived") and p["deprived"]["to"] >= v.roll_day else p["reason"]
        rows.append({"person": v.codes[p["id"]], "reason": reason})
    if v.objector:
        rows.append({"person": v.codes[v.objector], "reason": "moved_out"})
    return rows


def confirm(v):
    v.at(v.dates["confirm"], "09:00")
    meeting = meet(v, "审核参加选举的村民名单")
    rows = not_listed(v)
    fields = {"vec_meet_seq": meeting, "not_listed": rows, "on": v.today}
    if "uncovered" in v.parts:
        v.act("roll.confirm", v.ec, {**fields, "not_listed": rows[3:]}, expect=["ROL-02"])
    v.act("roll.confirm", v.ec, fields)
    v.registered = sum(1 for p in v.data["people"] if p["id"] in v.codes and entitled(v, p)) - bool(v.objector)


def post(v):
    v.at(v.dates["roll"], "09:00")
    if "early_nomination" in v.parts:
        v.act("nominate.announce", v.ec, {
            "from_on": v.today, "to_on": v.today, "method": "assembly",
            "places": [{"place": "村委会"}], **v.posting()}, expect=["SEQ-01"])
    if "seven_groups" in v.parts:
        v.act("roll.post", v.ec, v.posting(without=v.groups[-1]), expect=["REG-06"])
    if "late_list" in v.parts:
        v.act("roll.post", v.ec, v.posting(), expect=["CAL-01"])
        request = v.act("approval.request", v.ec, {"kind": "day_change", "to": v.town, "subject": "名单迟两天张榜，请示推迟选举日"})
        v.act("approval.decide", "ts", {"request_seq": request, "decision": "granted", "signed_by": "外:镇党委书记",
                                        **v.doc("变更选举日批复")})
        v.act("day.change", v.ec, {"body": "village", "new_day": v.polling_day, "reason": "late_statutory_act",
                                   "approval_seq": request, **v.posting()})
        v.happened.append(f"名单晚张榜被拒，选举日改为{v.polling_day[5:]}")
    v.act("roll.post", v.ec, v.posting())


def object_and_mend(v):
    """An objection upheld: somebody left out goes on the roll by a supplement."""
    v.at(v.dates["objection"], "09:00")
    if v.objector:
        p = v.people[v.objector]
        fields = {"subject": "roll", "posting_seq": v.label("roll.post"), "applicant": p["name"],
                  "persons": [v.codes[v.objector]], "matter": "本人一直在村居住，未列入名单", "received_on": v.today,
                  "signed_by": [v.codes[v.objector]]}
        objection = v.act("objection.file", v.ec, fields)
        v.at(day(v.dates["objection"], 2), "09:00")
        v.act("objection.decide", v.ec, {"objection_seq": objection, "decision": "upheld", "grounds": "查实确在本村居住",
                                         "decided_on": v.today, "told_on": v.today, **v.posting()})
        v.act("roll.add", v.ec, {"person": v.codes[v.objector], "head": "1", "reason": "omitted", "on": v.today,
                                 "objection_seq": objection})
        v.act("roll.supplement", v.ec, v.posting())
        v.registered += 1
        v.happened.append("异议成立，补充名单一人")
    v.at(v.dates["cards"], "09:00")
    grown = [p for p in v.data["people"] if p["hukou"] and v.adult_on(p, v.polling_day) and not v.adult(p)]
    for p in grown:
        v.act("roll.add", v.ec, {"person": v.codes[p["id"]], "head": "1", "reason": "turned_18", "on": v.today})
    if grown:
        v.act("roll.supplement", v.ec, v.posting())
        v.registered += len(grown)
    if "strike_after" in v.parts:
        v.act("roll.strike", v.ec, {"person": resident(v), "reason": "declined", "on": v.today,
                                    "evidence": v.script.file("证明.txt", "")}, expect=["ROL-01"])
    for g in v.groups:
        count = sum(1 for p in v.data["people"] if p["id"] in v.codes and entitled(v, p) and p["group"] == g)
        if count:
            v.act("card.issue", v.ec, {"group": g, "on": v.today,
                                       "rows": [{"printed": count, "delivered": count, "signed": count}]})


def early_assembly(v):
    if "early_consent" in v.parts:
        v.at(v.dates["rules"], "16:00")
        v.early_assembly = assembly(v, ["head3_consent"])


def run(script, villages):
    going = [v for v in villages if "deferred" not in v.parts]
    script.stage("18 登记：名册、登记册")
    for v in going:
        early_assembly(v)
        announce(v)
    for v in going:
        import_roll(v)
        newcomers(v)
    script.stage("18 登记：外出、补正")
    for v in going:
        replies(v)
        consent(v)
        mend(v)
    script.stage("19–20 审核、张榜")
    for v in going:
        confirm(v)
        post(v)
    script.stage("21 异议、选民证")
    for v in going:
        object_and_mend(v)
