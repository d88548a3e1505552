# SPDX-License-Identifier: Apache-2.0
"""Steps 26–32: before the poll, the poll, the count, later rounds 投票、计票."""
from ballots import box_figures, papers_of, shares
from script import day
from stage_committee import assembly
from stage_prepare import TOWN_SIGNS

OTHER_WAY = {"parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent"}


def duties(v):
    """Box → its staff; 0: the venue."""
    s = v.staff
    return {0: [(s[12], "caller"), (s[13], "tally"), (s[14], "tally"), (s[15], "scribe"), (s[16], "tally"), (s[17], "tally")],
            1: [(s[0], "monitor"), (s[1], "monitor"), (s[2], "monitor"), (s[3], "issuer")],
            2: [(s[4], "monitor"), (s[5], "monitor"), (s[6], "monitor"), (s[7], "issuer")],
            3: [(s[8], "monitor"), (s[9], "monitor"), (s[10], "monitor"), (s[11], "issuer")]}


def accounts(v):
    s = v.staff
    v.ta, v.tb = f"ta-{v.short}", f"tb-{v.short}"
    v.monitor = {b: f"mon{b}-{v.short}" for b in v.boxes}
    v.issuer = {b: f"iss{b}-{v.short}" for b in v.boxes}
    v.script.user(v.ta, "staff", v.code, s[13])
    v.script.user(v.tb, "staff", v.code, s[14])
    for b in v.boxes:
        v.script.user(v.monitor[b], "staff", v.code, duties(v)[b][0][0])
        v.script.user(v.issuer[b], "staff", v.code, duties(v)[b][3][0])


def stations(v):
    v.at(v.day(-5), "09:00")
    v.boxes = [1, 2, 3] if "mobile" in v.parts else [1, 2]
    for p in v.staff:
        v.act("pledge.sign", v.ec, {"kind": "staff", "person": p, "on": v.today, "signed_by": [p]})
    everybody = [p for p in v.staff] + ([v.kin_staff] if v.kin_staff else [])
    if v.kin_staff:
        v.act("pledge.sign", v.ec, {"kind": "staff", "person": v.kin_staff, "on": v.today, "signed_by": [v.kin_staff]})
    v.act("training.hold", "to", {"kind": "election_staff", "held_on": v.today, "topics": "监票、发票、计票、代写",
                                  "rows": [{"person": p, "duty": "工作人员", "attended": "y"} for p in everybody]})
    hours = {"opens": "08:00", "closes": "14:00"}
    v.act("station.set", v.ec, {"name": "中心会场", "kind": "central", "place": f"{v.name}小学", "boxes": [{"box": 1}],
                                "booths": 4, **hours})
    v.act("station.set", v.ec, {"name": "第二投票站", "kind": "station", "place": f"{v.groups[-1]}祠堂",
                                "boxes": [{"box": 2}], "booths": 2, **hours})
    if "mobile" in v.parts:
        fields = {"name": "流动票箱", "kind": "mobile", "place": "行动不便的选民家中", "boxes": [{"box": 3}], "booths": 0,
                  "reason": "六名老人卧床", "route": [{"at": "09:00", "place": v.groups[0]}], **hours}
        v.act("station.set", v.ec, fields, expect=["POL-03"])
        v.approval("mobile_box", v.ec, v.town, "ts", TOWN_SIGNS)
        v.act("station.set", v.ec, fields)


def staff(v):
    v.at(v.day(-5), "14:00")
    meeting = assembly(v, ["staff"])
    rows = [{"person": p, "duty": duty, **({"box": box} if box else {})}
            for box, people in duties(v).items() if box == 0 or box in v.boxes for p, duty in people]
    fields = {"assembly_seq": meeting, **v.posting()}
    if v.kin_staff:
        v.act("staff.appoint", v.ec, {**fields, "rows": [{"person": v.kin_staff, "duty": "issuer", "box": 1}]},
              expect=["POL-02"])
    v.act("staff.appoint", v.ec, {**fields, "rows": rows})
    if "mobile" in v.parts:
        busy = {p["proxy"] for p in v.data["proxies"]} | {p["principal"] for p in v.data["proxies"]}
        old = sorted((p for p in v.data["people"] if p["registered"] and p["head"] == 1 and p["id"] not in busy),
                     key=lambda p: p["birth"])[:6]
        v.act("assist.list", v.ec, {"kind": "mobile", **v.posting(),
                                    "rows": [{"person": v.codes[p["id"]], "reason": "old", "box": 3} for p in old]})


def forms_of(v, posts):
    """Form → its posts: one ballot for all, or one for each (分职选票)."""
    if "per_post" in v.parts and len(posts) > 1:
        return {i: [p] for i, p in enumerate(posts, 1)}
    return {1: list(posts)}


def design(v, round_no, posts, bad=False):
    v.forms = forms_of(v, posts)
    for form, carried in v.forms.items():
        form_design(v, round_no, {p: posts[p] for p in carried}, form, bad)


def form_design(v, round_no, posts, form, bad):
    fields = {"round": round_no, "form": form, "layout": "combined" if len(v.forms) == 1 else "per_post", "size": "A4",
              "colour": "粉红", "posts": [{"post": p, "write_in_lines": n} for p, n in posts.items()]}
    if bad:
        short = [{"post": p, "write_in_lines": 1 if n > 1 else n} for p, n in posts.items()]
        v.act("ballot.design", v.ec, {**fields, "posts": short}, expect=["BAL-02"])
    v.act("ballot.design", v.ec, fields)
    printed = v.registered + v.registered // 50 + 2
    v.printed = printed
    v.act("ballot.print", v.ec, {"round": round_no, "form": form, "printed": printed, "spoiled": 2, "printer": "县印刷厂",
                                 "witnesses": [v.staff[0], "外:镇监印人"], "seal_no": f"印{v.short}-{round_no}",
                                 "on": v.today})


def ballots(v):
    v.at(v.day(-4), "08:30")
    design(v, 1, v.seats, bad="short_lines" in v.parts)
    v.act("candidates.meet", v.ec, {
        "held_on": v.today, "place": "村文化广场", "present": 120,
        "rows": [{"person": p, "text": v.script.file("竞职陈述.txt", "竞职陈述（演练用的示例文件）"), "checked_by": v.committee[0]}
                 for people in v.formal.values() for p in people]})


def proxies(v):
    v.at(v.day(-4), "14:00")
    candidates = {p for people in v.formal.values() for p in people}
    v.held = {}
    v.proxies = 0

    def register(row, expect=None):
        principal, proxy = v.codes[row["principal"]], v.codes[row["proxy"]]
        return v.act("proxy.register", v.ec, {
            "principal": principal, "proxy": proxy, "relation": OTHER_WAY.get(row["relation"], row["relation"]),
            "away": "在外务工", "filed_on": v.today, "signed_by": [principal, proxy]}, expect=expect)

    busy = {r["principal"] for r in v.data["proxies"]}
    four = v.data["proxy_four"] if "fourth_proxy" in v.parts else None
    first = None
    for row in v.data["proxies"][:v.proxy_count]:
        if v.codes[row["proxy"]] in candidates or row["proxy"] in busy:
            continue
        first = first or row
        register(row)
        v.proxies += 1
    if four:
        for i, p in enumerate(four["principals"]):
            row = {"principal": p["person"], "proxy": four["proxy"], "relation": p["relation"]}
            register(row, expect=["PRX-02"] if i == 3 else None)
            v.proxies += i < 3
        v.act("proxy.refuse", v.ec, {"principal": v.codes[four["principals"][3]["person"]], "proxy": v.codes[four["proxy"]],
                                     "filed_on": v.today, "rule": "PRX-02", "told_on": v.today})
        v.happened.append("第四份委托不予办理")
    if "chain" in v.parts and first:
        free = next(r for r in v.data["proxies"][v.proxy_count:] if v.codes[r["proxy"]] not in candidates)
        v.act("proxy.register", v.ec, {"principal": v.codes[free["principal"]], "proxy": v.codes[first["principal"]],
                                       "relation": "sibling", "away": "在外务工", "filed_on": v.today,
                                       "signed_by": [v.codes[free["principal"]], v.codes[first["principal"]]]},
              expect=["PRX-04"])
    if "in_law" in v.parts and v.data["proxy_in_law"]:
        row = v.data["proxy_in_law"]
        v.act("proxy.register", v.ec, {"principal": v.codes[row["principal"]], "proxy": v.codes[row["proxy"]],
                                       "relation": "child_in_law", "away": "在外务工", "filed_on": v.today,
                                       "signed_by": [v.codes[row["principal"]], v.codes[row["proxy"]]]},
              expect=v.in_law_expect)
        v.proxies += not v.in_law_expect
    v.at(v.day(-4), "17:00")
    notice = {"round": 1, "opens": "08:00", "closes": "14:00", "method": "中心会场和投票站投票", "count_place": "中心会场"}
    v.act("poll.notice", v.ec, {**notice, **v.posting()})
    v.act("notice.post", v.ec, {"kind": "void_ballot_rules", "text": "多选、无法辨认的无效", **v.posting()})
    if "stranger" in v.parts:
        free = next(r for r in v.data["proxies"][v.proxy_count:] if v.codes[r["proxy"]] not in candidates)
        pair = [v.codes[free["principal"]], v.staff[25]]
        v.act("proxy.register", v.ec, {"principal": pair[0], "proxy": pair[1], "relation": "none", "away": "在外务工",
                                       "filed_on": v.today, "signed_by": pair}, expect=v.in_law_expect)
        v.proxies += not v.in_law_expect
        if not v.in_law_expect:
            v.happened.append("非近亲属受托，依2025年法受理")
    if "late_proxy" in v.parts:
        v.at(v.day(-2), "08:00")
        row = [r for r in v.data["proxies"][v.proxy_count:] if v.codes[r["proxy"]] not in candidates][1]
        register(row, expect=["CAL-06"])
    v.at(v.day(-2), "09:00")
    if v.proxies and "unposted" not in v.parts:
        v.act("proxy.post", v.ec, v.posting())


def allot(v, round_no, figures):
    v.act("ballot.allot", v.ec, {"round": round_no, "rows": [
        {"box": b, "form": form, "count": f["allotted"], "received_by": duties(v)[b][3][0],
         "seal_no": f"领{round_no}-{b}"} for form in v.forms for b, f in figures.items()]})


def by_form(v, figures):
    """The figures of an act; with a ballot for each post, the sums and a row for each form. Everybody takes all."""
    if len(v.forms) == 1:
        return figures
    return {**{k: n * len(v.forms) for k, n in figures.items()}, "forms": [{"form": form, **figures} for form in v.forms]}


def found(v, box, figures):
    """What is in a box: of the last form one paper fewer at the second box than of the others."""
    of = {form: figures["recovered"] - (len(v.forms) > 1 and box == 2 and form == max(v.forms)) for form in v.forms}
    fields = {"recovered": sum(of.values()), "not_official": 0}
    if len(v.forms) > 1:
        fields["forms"] = [{"form": form, "recovered": n, "not_official": 0} for form, n in of.items()]
    for form, n in of.items():
        v.recovered[form] = v.recovered.get(form, 0) + n
    return fields


def vote(v, round_no, plan, when="08:00"):
    """Opens, issues, closes, counts and announces a round as planned. Returns its figures."""
    figures = box_figures(v, plan)
    if "allotted" not in plan:
        allot(v, round_no, figures)
    if plan.get("day"):
        v.at(plan["day"], when)
    opening = {"round": round_no, "at": v.time, "unsealed_by": [v.staff[0]], "present": figures[1]["issued"] // 2,
               "boxes": [{"box": b, "seal_no": f"箱{round_no}-{b}", "shown_empty_by": [duties(v)[b][0][0]]} for b in figures]}
    if "unposted" in v.parts and round_no == 1:
        v.act("poll.open", v.ec, opening, expect=["PRX-04"])
        v.act("proxy.post", v.ec, v.posting())
    v.act("poll.open", v.ec, opening)
    for b, f in figures.items():
        half = {"round": round_no, "box": b, "at": v.time, **by_form(v, {
            "issued": f["issued"] // 2, "issued_proxy": f["proxy"] // 2, "scribed": 1, "spoiled": 0})}
        v.act("ballot.issue", v.issuer[b], half)
        if "falling" in v.parts and b == 2 and round_no == 1:
            v.act("ballot.issue", v.issuer[b], {**half, "at": v.time, "issued": f["issued"] // 2 - 5}, expect=["POL-04"])
    for b, f in figures.items():
        v.act("box.close", v.monitor[b], {
            "round": round_no, "box": b, "at": v.time, "seal_no": f"封{round_no}-{b}", **by_form(v, {
                "issued": f["issued"], "issued_proxy": f["proxy"], "scribed": 2, "spoiled": f["spoiled"],
                "unused": f["allotted"] - f["issued"] - f["spoiled"]}),
            "monitors": [p for p, duty in duties(v)[b] if duty == "monitor"]})
    total = {k: sum(f[k] for f in figures.values()) for k in ("issued", "spoiled", "allotted", "recovered")}
    v.act("poll.close", v.ec, {
        "round": round_no, "at": v.time, "fate": "sealed", **by_form(v, {
            "unused": total["allotted"] - total["issued"] - total["spoiled"], "spoiled": total["spoiled"],
            "reserve": v.printed - 2 - total["allotted"]}),
        "seal_no": f"余{round_no}", "witnesses": [v.staff[0], "外:镇监督员"]})
    for i, b in enumerate(figures):
        if "early_opening" in v.parts and i == len(figures) - 1 and round_no == 1:
            v.act("box.recover", v.ec, {"round": round_no, "box": 1, "recovered": figures[1]["recovered"], "not_official": 0,
                                        "at": v.time, "opened_by": [v.staff[0]]}, expect=["POL-03"])
        v.act("box.gather", v.ec, {"round": round_no, "box": b, "arrived_at": v.time, "seal_ok": "y",
                                   "escorts": [duties(v)[b][0][0], duties(v)[b][1][0]]})
    v.recovered = {}
    for b, f in figures.items():
        v.act("box.recover", v.ec, {"round": round_no, "box": b, **found(v, b, f),
                                    "at": v.time, "opened_by": [duties(v)[b][0][0], v.staff[12]]})
    v.act("count.open", v.ec, {"round": round_no, "bundle_size": 50, "mixed": "y", "public": "y", "at": v.time})
    v.totals = total
    return total


def bundles_of(v, round_no, plan, size=50):
    """The papers of one form after the other, fifty by fifty."""
    for form, posts in v.forms.items():
        part = {**plan, **{key: {p: plan[key][p] for p in posts if p in plan[key]} for key in ("shares", "write_ins")}}
        papers = papers_of(v, round_no, part, v.recovered[form])
        for start in range(0, len(papers), size):
            yield papers[start:start + size]


def count(v, round_no, plan, total):
    """Both hands enter each bundle; in some the second hand misreads a ballot, entered again."""
    for number, bundle in enumerate(bundles_of(v, round_no, plan), 1):
        rows = [{"ballot": i, **row} for i, paper in enumerate(bundle, 1) for row in paper]
        fields = {"round": round_no, "bundle": number, "attempt": 1, "ballots": len(bundle)}
        v.act("bundle.enter", v.ta, {**fields, "hand": "a", "rows": rows})
        if number == 1 and "same_teller" in v.parts and round_no == 1:
            v.act("bundle.enter", v.ta, {**fields, "hand": "b", "rows": rows}, expect=["SEQ-08"])
        wrong = [dict(r) for r in rows]
        marked = [r for r in wrong if r.get("marks")]
        slip = number % 7 == 3 and marked
        if slip:
            ballot = marked[0]["ballot"]
            marked[0]["marks"] = "-"
        v.act("bundle.enter", v.tb, {**fields, "hand": "b", "rows": wrong})
        if slip:
            again = {**fields, "attempt": 2, "rows": [r for r in rows if r["ballot"] == ballot]}
            v.act("bundle.enter", v.ta, {**again, "hand": "a"})
            v.act("bundle.enter", v.tb, {**again, "hand": "b"})
    v.act("count.close", v.ec, {"round": round_no, "signed_by": [v.staff[0], v.staff[12], v.staff[13], v.staff[14]]})
    v.act("outcome.record", v.ec, {"round": round_no, "favour": len(v.committee), "against": 0})
    announce(v, round_no, plan)
    seal(v, round_no, total, plan["void"])


def announce(v, round_no, plan):
    fields = {"round": round_no, "on": v.today, "at": v.time, "place": "中心会场", "read_by": v.committee[0], "present": 200}
    if plan.get("pending"):
        v.act("result.announce", v.ec, {**fields, "elected": plan["pending"]}, expect=["OUT-10"])
    v.act("result.announce", v.ec, fields)


def seal(v, round_no, total, void):
    packets = []
    for form, recovered in v.recovered.items():
        own = {"form": form} if len(v.forms) > 1 else {}
        mark = f"-{form}" if own else ""
        packets += [{"kind": "valid", "count": recovered - void, "seal_no": f"存{round_no}-valid{mark}", **own},
                    {"kind": "void", "count": void, "seal_no": f"存{round_no}-void{mark}", **own}]
    packets.append({"kind": "spoiled", "count": total["spoiled"] * len(v.forms), "seal_no": f"存{round_no}-spoiled"})
    v.act("ballot.seal", v.ec, {
        "round": round_no, "custodian": "外:镇档案员", "place": "镇档案室", "keep_until": day(v.today, 366 * 3 + 2), "on": v.today,
        "packets": packets})


def order(v, kind, after, posts, when):
    fields = {"kind": kind, "after_round": after, "polling_day": when,
              "posts": [{"post": p, "seats": n, "candidates": people} for p, (n, people) in posts.items()], **v.posting()}
    reasons = {"NOM-04": "只有一名妇女候选人"} if kind == "woman_seat" else None
    v.act("round.order", v.ec, fields, reasons=reasons)
    v.last_round += 1
    return v.last_round


def later_round(v, kind, posts, when, plan, after, time="09:00"):
    """A re-vote, second poll, woman's seat or repeat, from its order to its announcement."""
    number = order(v, kind, after, posts, when)
    if when != v.today:
        v.at(day(when, -1) if day(when, -1) > v.today else when, "15:00")
    design(v, number, {p: n for p, (n, _) in posts.items()})
    total = vote(v, number, {**plan, "day": when}, time)
    count(v, number, plan, total)
    return number


def first_poll(v):
    v.at(v.day(-1), "15:00")
    v.last_round = 2
    kind = next((k for k in ("overfull", "low_turnout") if k in v.parts), None)
    plan = shares(v, "first", v.formal)
    plan["kind"] = kind
    total = vote(v, 1, {**plan, "day": v.polling_day}, "08:00")
    if kind:
        if "void_entry" in v.parts:
            v.act("bundle.enter", v.ta, {"round": 1, "bundle": 1, "hand": "a", "attempt": 1, "ballots": 1, "rows": []},
                  expect=["SEQ-01"])
        seal(v, 1, total, 0)
        v.happened.append("收回多于发出，无效，重新投票" if kind == "overfull" else "投票不过半，无效，重新投票")
        posts = {p: (n, v.formal[p]) for p, n in v.seats.items()}
        later_round(v, "repeat", posts, v.day(4), shares(v, "repeat", v.formal), 1)
    else:
        count(v, 1, plan, total)
    v.elected = dict(plan["elected"])


def follow(v):
    """What `next` asks for after the first count."""
    members = v.formal["member"]
    seats = v.seats["member"]
    if "tie" in v.parts:
        tied = members[seats - 1:seats + 1]
        later_round(v, "re_vote", {"member": (1, tied)}, v.today, shares(v, "re_vote", {"member": tied}), 1, v.time)
        v.elected["member"] = members[:seats]
        v.happened.append("票数相等，再次投票")
    if "short" in v.parts:
        losers = members[seats - 1:seats + 1]
        if "wrong_loser" in v.parts:
            stranger = v.nominated["member"][-1]
            v.act("round.order", v.ec, {"kind": "second_poll", "after_round": 1, "polling_day": v.day(3), "posts": [
                {"post": "member", "seats": 1, "candidates": [losers[0], stranger]}], **v.posting()}, expect=["OUT-04"])
            v.act("round.order", v.ec, {"kind": "second_poll", "after_round": 1, "polling_day": v.day(11), "posts": [
                {"post": "member", "seats": 1, "candidates": losers}], **v.posting()}, expect=["CAL-10"])
        later_round(v, "second_poll", {"member": (1, losers)}, v.day(3), shares(v, "second_poll", {"member": losers}), 1)
        v.elected["member"] = members[:seats]
        v.happened.append("缺一名委员，另行选举，得票过三分之一当选")
    if "no_woman" in v.parts:
        women = [p for p in members if v.person_of(p)["sex"] == "f"]
        later_round(v, "woman_seat", {"member": (1, women)}, v.day(5), shares(v, "woman_seat", {"member": women}), 1)
        v.elected["member"] = members[:seats - 1] + women[:1]
        v.happened.append("无妇女当选，妇女名额另行选举")


def write_in(v):
    """A write-in with the votes: reviewed first, then confirmed."""
    if "write_in" not in v.parts:
        return
    from stage_people import inspect, review, sheet
    person = v.codes[v.data["write_in"]]
    v.at(v.day(1), "09:00")
    sheet(v, person)
    review(v, [person])
    inspect(v, [person])
    v.act("elected.confirm", v.ec, {"round": 1, "person": person, "post": "member", "decision": "confirmed", "on": v.today,
                                    "signed_by": [v.committee[0]]})
    v.elected["member"] = v.elected["member"] + [person]
    v.happened.append("另选他人得票过半，审查后确认当选")


def run(script, villages):
    going = [v for v in villages if "deferred" not in v.parts]
    script.stage("26 会场、工作人员、选票")
    for v in going:
        kin = v.data["candidate_kin"]
        candidates = {p for people in v.formal.values() for p in people}
        v.kin_staff = v.codes[kin["person"]] if "kin_staff" in v.parts and kin and v.codes[kin["of"]] in candidates else None
        if v.kin_staff:
            v.at(v.day(-5), "08:30")
            v.act("kin.declare", v.ec, {"a": v.codes[kin["of"]], "b": v.kin_staff,
                                        "relation": OTHER_WAY.get(kin["relation"], kin["relation"]),
                                        "source": "household_register"})
        stations(v)
        accounts(v)
        staff(v)
        ballots(v)
    script.stage("27–29 委托投票、投票公告")
    for v in going:
        proxies(v)
    script.stage("30–31 投票、计票")
    for v in going:
        first_poll(v)
    script.stage("32 再次投票、另行选举、确认")
    for v in going:
        follow(v)
        write_in(v)
