#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""answer(line) → {"result": …} or {"error": {"code": "invalid", …}} for every check of `cunxuan law`.

Written from the text of the contract alone; shares nothing with src/ or packs/.
Run with file names: checks the `expect` of each line (the reference judged by worked cases).
"""
import calendar as months
import datetime
import json
import os
import sys

from packs import pack_of
from poll import poll
from schema import (CHECKS, Invalid, NEAR, PARTY_POSTS, POSTS, SHAPES, need, text)

STROKES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "data",
                       "strokes_tgh8105.tsv")
HEADS = ("party_secretary", "chair")
DEPUTIES = ("party_deputy", "vice_chair")
DATE = datetime.date


def days(day, number):
    return day + datetime.timedelta(days=number)


def months_on(day, number):
    """The same day `number` months later, else that month's last day."""
    index = day.year * 12 + day.month - 1 + number
    year, month = divmod(index, 12)
    last = months.monthrange(year, month + 1)[1]
    return DATE(year, month + 1, min(day.day, last))


def years_on(day, number):
    return months_on(day, 12 * number)


# ---------------------------------------------------------------- ballots

class Paper:
    """One ballot read section by section."""

    def __init__(self, ballot, given, pack):
        scope = given["scope"] or pack["over"]
        defects = set(ballot["defects"])
        self.sections = {}
        over = False
        for line in given["posts"]:
            post = line["post"]
            parts = [ballot[kind].get(post, []) for kind in ("marks", "write_ins", "against")]
            marks, written, against = (set(part) for part in parts)
            chosen = (marks | written) - against
            too_many = len(chosen) > line["seats"]
            over = over or too_many
            self.sections[post] = dict(
                marks=marks, chosen=chosen, blank=not (marks or written or against),
                void=too_many or "unreadable:" + post in defects)
        standing = [s for s in self.sections.values() if not s["void"]]
        self.twice = {name for section in standing for name in section["chosen"]
                      if sum(name in other["chosen"] for other in standing) > 1}
        self.void = bool(bool(defects & {"not_official", "illegible_all"})
                     or ("signed" in defects and pack["signed_void"])
                     or (scope == "ballot" and over)
                     or (pack["two_posts"] == "ballot" and bool(self.twice))
                     or (self.sections and not standing))
        self.refer = "signed" in defects and not self.void
        self.blank = not self.void and all(not s["void"] and s["blank"]
                                           for s in self.sections.values())


def ballots(given, pack):
    printed = {line["post"]: line["candidates"] for line in given["posts"]}
    for ballot in given["ballots"]:
        for kind in ("marks", "write_ins", "against"):
            for post, names in ballot[kind].items():
                need(post in printed, kind)
                need(kind == "write_ins" or set(names) <= set(printed[post]), kind)
        for defect in ballot["defects"]:
            need(not defect.startswith("unreadable:") or defect[11:] in printed, "defects")
    candidates = {name for names in printed.values() for name in names}
    voters, bad = given["voters"], set(given["duplicate_names"])

    def written_counts(name):
        if voters is None:
            return True
        return ((name in voters or name in candidates) and name not in bad
                and voters.count(name) < 2)

    papers = [Paper(ballot, given, pack) for ballot in given["ballots"]]
    sections, votes = {}, {}
    for post, names in printed.items():
        void = sum(p.void or p.sections[post]["void"] for p in papers)
        blank = sum(not p.void and not p.sections[post]["void"] and p.sections[post]["blank"]
                    for p in papers)
        sections[post] = {"valid": len(papers) - void, "void": void, "blank": blank}
        votes[post] = {name: 0 for name in names}
        for paper in papers:
            section = paper.sections[post]
            if paper.void or section["void"]:
                continue
            for name in section["chosen"] - paper.twice:
                if name in section["marks"] or written_counts(name):
                    votes[post][name] = votes[post].get(name, 0) + 1
    void_ballots = [i + 1 for i, p in enumerate(papers) if p.void]
    return {"recovered": len(papers), "valid": len(papers) - len(void_ballots),
            "void": len(void_ballots), "blank": sum(p.blank for p in papers),
            "sections": sections, "votes": votes, "void_ballots": void_ballots,
            "refer": [i + 1 for i, p in enumerate(papers) if p.refer]}


# ---------------------------------------------------------------- Party meeting, surplus

def party_need(seats, officers):
    return seats if officers else seats + (seats + 4) // 5


def party_meeting(given, pack):
    del pack
    full, present, seats = given["full_members"], given["present"], given["seats"]
    issued = present if given["issued"] is None else given["issued"]
    recovered = issued if given["recovered"] is None else given["recovered"]
    void, candidates = given["void"], given["candidates"]
    need(present <= full and len(given["exclusions"]) <= full, "present")
    need(void <= recovered, "void")
    need(all(c["for"] <= recovered - void for c in candidates), "for")
    counted = sum(e["member_heard"] and e["township_consent"] and e["meeting_passed"]
                  for e in given["exclusions"])
    should = full - counted
    quorum = 5 * present >= 4 * should
    least = party_need(seats, given["body"] == "officers")
    surplus_ok = sum(not c["write_in"] for c in candidates) >= least
    valid = quorum and surplus_ok and recovered <= issued and recovered <= present
    result = {"should_attend": should, "quorum": quorum, "surplus_ok": surplus_ok,
              "surplus_need": least, "valid": valid, "threshold": None, "elected": [],
              "tied": [], "vacant": seats, "next": "repeat"}
    if not valid:
        return result
    threshold = present // 2 + 1
    won = sorted((c for c in candidates if c["for"] >= threshold), key=lambda c: -c["for"])
    elected, tied = won, []
    if len(won) > seats:
        cut = won[seats - 1]["for"]
        elected = won[:seats]
        if won[seats]["for"] == cut:
            elected = [c for c in won if c["for"] > cut]
            tied = [c for c in won if c["for"] == cut]
    vacant = seats - len(elected)
    result.update(threshold=threshold, elected=[c["name"] for c in elected],
                  tied=[c["name"] for c in tied], vacant=vacant,
                  next="re_vote" if tied else "further_election" if vacant else "done")
    return result


def village_surplus(pack, post, seats, candidates):
    above = pack["above"].get(post)
    most = None if above is None else seats + above
    ok = candidates >= seats + 1 and (most is None or candidates <= most)
    return ok, seats + 1, most


def surplus(given, pack):
    body, post = given["body"], given["post"]
    seats, candidates = given["seats"], given["candidates"]
    if body == "village":
        need(post not in ("committee", "officers"), "post")
        ok, least, most = village_surplus(pack, post or "member", seats, candidates)
        return {"ok": ok, "need": least, "most": most}
    need(post not in POSTS, "post")
    if body == "party":
        least = party_need(seats, post == "officers")
        return {"ok": candidates >= least, "need": least, "most": None}
    need(post is None, "post")
    strict = (3 * seats + 1) // 2
    least = {3: 5, 5: 7}.get(seats, strict) if pack["jiangxi"] else strict
    return {"ok": candidates >= least, "need": least, "need_strict": strict, "most": None}


# ---------------------------------------------------------------- calendar

def calendar(given, pack):
    day, events = given["polling_day"], given["events"]
    received, decided = events["objection_received"], events["objection_decided"]
    need(len(decided or []) <= len(received or []), "objection_decided")
    second = events["second_polling_day"]
    need(second is None or second >= day, "second_polling_day")
    audit = days(day, -1)
    if pack["jiangxi"] and events["vec_formed"]:
        audit = days(events["vec_formed"], -1)
    posted = events["voter_list_posted"]
    withdrawal = pack["withdrawal"]
    if withdrawal == "list+3":
        listed = events["candidates_posted"]
        withdrawal = listed and days(listed, 3)
    elif withdrawal is not None:
        withdrawal = days(day, -withdrawal)
    formed = events["committee_formed"] or second or day
    rows = [
        ("audit_published", "CAL-12", audit),
        ("voter_list_posted", "CAL-01", days(day, -20)),
        ("objection_received", "CAL-02", posted and days(posted, 5)),
        ("objection_decided", "CAL-03",
         None if received is None else [days(d, 3) for d in received]),
        ("candidates_posted", "CAL-04", pack["candidates"] and days(day, -pack["candidates"])),
        ("polling_notice_posted", "CAL-05", pack["notice"] and days(day, -pack["notice"])),
        ("proxy_filed", "CAL-06", days(day, -pack["filed"])),
        ("candidate_withdrawn", "CAL-07", withdrawal),
        ("result_announced", "CAL-09", day),
        ("second_polling_day", "CAL-10", days(day, pack["second"])),
        ("handover_done", "CAL-11", days(formed, 10)),
        ("certificates_issued", "CAL-11", days(formed, 10))]
    deadlines, late = {}, set()
    for event, rule, limit in rows:
        if limit is None:
            continue
        one_each = isinstance(limit, list)
        deadlines[event] = [d.isoformat() for d in limit] if one_each else limit.isoformat()
        happened = events[event]
        if happened is None:
            continue
        happened = happened if isinstance(happened, list) else [happened]
        limits = limit if one_each else [limit] * len(happened)
        if any(when > last for when, last in zip(happened, limits)):
            late.add(rule)
    return {"deadlines": deadlines, "late_set": sorted(late)}


# ---------------------------------------------------------------- register, proxy

def register(given, pack):
    day, person = given["polling_day"], given["person"]
    need(person["birth"] <= day, "birth")
    rules, head = set(), None
    if years_on(person["birth"], 18) > day or person["deprived"]:
        rules.add("REG-01")
    if person["registered_elsewhere"]:
        rules.add("REG-04")
    if person["unable"] and "beijing" in pack["local"]:
        rules.add("REG-05")

    def full_year(since):
        return since is not None and years_on(since, 1) <= day

    if person["hukou_here"] and person["resident_here"]:
        head = 1
    elif person["hukou_here"]:
        head = 2
        if person["wishes"] is False or (person["wishes"] is None and person["reply_due_passed"]):
            rules.add("REG-03")
        elif person["wishes"] is None:
            rules.add("REG-02")
    else:
        head = 3
        lived = person["resident_here"] and full_year(person["resident_since"])
        worked = pack["work_year"] and full_year(person["village_work_since"])
        if not ((lived or worked) and person["applied"] and person["assembly_consent"]):
            rules.add("REG-02")
    return {"registered": not rules, "head": None if rules else head, "rules_set": sorted(rules)}


def proxy(given, pack):
    rules, holder, principal = set(), given["proxy"], given["principal"]
    stranger = pack["proxy"] is not None and holder["relation"] not in pack["proxy"]
    if not principal["registered"] or not principal["away"] or not holder["registered"] or stranger:
        rules.add("PRX-01")
    if holder["holds"] >= 3:
        rules.add("PRX-02")
    if holder["candidate"]:
        rules.add("PRX-03")
    if given["redelegated"]:
        rules.add("PRX-04")
    late = given["filed"] > days(given["polling_day"], -pack["filed"])
    if late or (given["on_site"] and not pack["on_site"]):
        rules.add("CAL-06")
    return {"ok": not rules, "rules_set": sorted(rules)}


# ---------------------------------------------------------------- nominate

def nominate(given, pack):
    registered, papers, posts = given["registered"], given["papers"], given["posts"]
    need(papers <= registered, "papers")
    need(all(n["votes"] <= papers for line in posts for n in line["nominees"]), "votes")
    valid = papers > 0 and (not pack["half"] or 2 * papers > registered)
    valid = valid and all(village_surplus(pack, line["post"], line["seats"], line["places"])[0]
                          for line in posts)
    if not valid:
        return {"valid": False, "posts": []}
    lines = {line["post"]: line for line in posts}
    accepts = {}
    for line in posts:
        for nominee in line["nominees"]:
            if "accepts" in nominee:
                accepts[nominee["name"]] = nominee["accepts"]
    placed, found, losers = set(), {}, []
    for post in POSTS:
        if post not in lines:
            continue
        running = []
        for nominee in lines[post]["nominees"]:
            name, votes = nominee["name"], nominee["votes"]
            if name in placed or (name in accepts and accepts[name] != post):
                continue
            if "henan" in pack["local"] and name not in accepts:
                votes += added_votes(lines, post, name)
            if votes == 0 or (post == "women_member" and nominee["sex"] == "m"):
                continue
            running.append((votes, name, nominee["sex"]))
        running.sort(key=lambda item: -item[0])
        places = lines[post]["places"]
        chosen, tied = running[:places], []
        if len(running) > places and running[places][0] == running[places - 1][0]:
            cut = running[places][0]
            chosen = [r for r in running if r[0] > cut]
            tied = [r for r in running if r[0] == cut]
        found[post] = dict(candidates=chosen, tied=tied, woman_added=None)
        placed |= {r[1] for r in chosen + tied}
        losers += [(post,) + r for r in running if r not in chosen + tied]
    add_woman(found, losers)
    return {"valid": True, "posts": [
        {"post": line["post"],
         "candidates": [r[1] for r in found[line["post"]]["candidates"]],
         "tied": [r[1] for r in found[line["post"]]["tied"]],
         "woman_added": found[line["post"]]["woman_added"]} for line in posts]}


def added_votes(lines, post, name):
    """henan: votes for higher posts (he is no candidate there, or he would have been passed over)."""
    higher = {"vice_chair": ("chair",), "member": ("chair", "vice_chair")}.get(post, ())
    return sum(n["votes"] for upper in higher if upper in lines
               for n in lines[upper]["nominees"] if n["name"] == name)


def add_woman(found, losers):
    if any(r[2] == "f" for post in found.values() for r in post["candidates"] + post["tied"]):
        return
    women = [l for l in losers if l[3] == "f"]
    if not women:
        return
    most = max(l[1] for l in women)
    top = {}
    for post, votes, name, sex in women:
        if votes == most and name not in top:
            top[name] = (post, (votes, name, sex))
    if len(top) == 1:
        (post, row), = top.values()
        found[post]["candidates"] = found[post]["candidates"] + [row]
        found[post]["woman_added"] = row[1]
        return
    for post, row in top.values():
        found[post]["tied"] = found[post]["tied"] + [row]


# ---------------------------------------------------------------- committees and meetings

def vec(given, pack):
    members = given["members"]
    leaves = [m["name"] for m in members if m["nominated"] or m["kin_nominated"] in pack["vec_kin"]]
    fills = [a["name"] for a in sorted(given["alternates"], key=lambda a: -a["votes"])]
    fills = fills[:len(leaves)]
    size = len(members) - len(leaves) + len(fills)
    least, most = pack["vec_hard"]
    if given["size_rule"]:
        least, most = given["size_rule"]["min"], given["size_rule"]["max"]
    rules = ["VEC-02"] if size < least or (most is not None and size > most) else []
    warnings = ["VEC-02"] if size % 2 == 0 or size < pack["vec_soft"] else []
    warnings += ["VEC-05"] if len(fills) < len(leaves) else []
    return {"leaves_set": sorted(leaves), "fills": fills, "size": size, "ok": not rules,
            "rules_set": rules, "warnings_set": warnings}


def supervise(given, pack):
    members, rules, warnings = given["members"], set(), set()
    size = len(members)
    if not 3 <= size <= 5 or (pack["odd"] and size % 2 == 0):
        rules.add("SUP-01")
    if any(m["committee_member"] or m["name"] in given["committee"] or m["relation"] in NEAR
           or m["post"] in ("accountant", "clerk", "coop_head") for m in members):
        rules.add("SUP-02")
    if not any(m["finance"] for m in members):
        rules.add("SUP-03")
    chair = members[0]["post"] if members else None
    if members and (chair == "party_secretary" or (pack["jiangxi"] and chair != "discipline")):
        warnings.add("SUP-03")
    return {"ok": not rules, "rules_set": sorted(rules), "warnings_set": sorted(warnings)}


def assembly(given, pack):
    del pack
    total, present, favour = given["total"], given["present"], given["favour"]
    need(favour <= present <= total, "present")
    quorum = 2 * present > total if given["kind"] == "villagers" else 3 * present >= 2 * total
    return {"quorum": quorum, "passed": quorum and 2 * favour > present}


def recall(given, pack):
    del pack
    for whole, part in (("electors", "signatures"),
                        ("representatives", "representative_signatures"),
                        ("registered", "recovered"), ("recovered", "agree")):
        if given[part] is not None:
            need(given[whole] is not None and given[part] <= given[whole], part)
    accepted = None
    if given["electors"] is not None or given["representatives"] is not None:
        accepted = any(given[whole] is not None and times * (given[part] or 0) >= given[whole]
                       for whole, part, times in (
                           ("electors", "signatures", 5),
                           ("representatives", "representative_signatures", 3)))
    vote = [given[key] for key in ("registered", "recovered", "agree")]
    if None in vote:
        need(vote == [None] * 3, "registered")
        return {"accepted": accepted, "valid": None, "recalled": None}
    registered, recovered, agree = vote
    valid = 2 * recovered > registered
    return {"accepted": accepted, "valid": valid,
            "recalled": valid and 2 * agree > recovered and accepted is not False}


# ---------------------------------------------------------------- team, eligible, kin

def needs_approval(post, person, new):
    """ELG-03 of Jiangxi's plan: fixed cut-off days."""
    woman = person["sex"] == "f"
    if post in HEADS:
        return (person["birth"] < DATE(1966 if woman else 1961, 1, 1)
                or (new and person["birth"] < DATE(1976, 1, 1)))
    return post in DEPUTIES and person["birth"] < DATE(1971 if woman else 1966, 1, 1)


def team(given, pack):
    members, previous = given["members"], given["previous"]
    need(previous is None or previous["women"] <= previous["members"], "previous")
    committee = [m for m in members if any(post in POSTS for post in m["posts"])]
    women = sum(m["sex"] == "f" for m in committee)
    rules, warnings, approvals = set(), set(), set()
    if not 3 <= len(committee) <= 7 or women == 0:
        rules.add("ELG-04")
    if pack["jiangxi"]:
        size, population = len(members), given["population"]
        most = 4 if population < 1000 else 5 if population < 2000 else 6
        held = {post for m in members for post in m["posts"]}
        young = any(m["birth"] >= DATE(1986, 1, 1) and m["education"] in ("college", "bachelor")
                    for m in members)
        team_women = sum(m["sex"] == "f" for m in members)
        if (10 * women < 3 * len(committee) or not 3 <= size <= 7 or size > most or not young
                or (held & set(PARTY_POSTS) and "discipline" not in held)
                or (previous and team_women * previous["members"] <= previous["women"] * size)):
            warnings.add("ELG-04")
        for m in members:
            if any(needs_approval(post, m, m["new"]) for post in m["posts"]):
                approvals.add("ELG-03")
            elif m["new"] and (m["birth"] < DATE(1976, 1, 1)
                               or m["education"] in ("primary", "junior")):
                warnings.add("ELG-03")
    return {"rules_set": sorted(rules), "warnings_set": sorted(warnings),
            "approvals_set": sorted(approvals), "women_share": "%d/%d" % (women, len(committee)),
            "one_shoulder": any({"party_secretary", "chair"} <= set(m["posts"]) for m in members)}


GRAVE = ("removal", "probation", "expulsion", "dismissal")
PARTY_MONTHS = {"warning": 12, "serious_warning": 18}
ADMIN_MONTHS = {"warning": 6, "demerit": 12, "major_demerit": 18, "demotion": 24}


def height(post):
    return 0 if post is None else 3 if post in HEADS else 2 if post in DEPUTIES else 1


def eligible(given, pack):
    ref, person, post = given["ref_day"], given["person"], given["post"]
    incumbent = given["incumbent_post"]
    bars, approvals, findings = set(), set(), set()
    if years_on(person["birth"], 18) > ref:
        bars.add("ELG-01")
    if pack["national"] == "cn-2025":
        if any(person[k] for k in ("party_expelled", "criminal_punishment", "gang", "cult")):
            bars.add("ELG-01")
    elif person["criminal_punishment"]:
        findings.add("ELG-01")
    if pack["jiangxi"]:
        findings |= {"ELG-02.1", "ELG-02.6", "ELG-02.8", "ELG-02.9"}
        if person["criminal_punishment"] or person["gang"] or person["cult"]:
            bars.add("ELG-02.2")
        if any(ref.year - 3 <= year <= ref.year for year in person["assessed_incompetent"]):
            bars.add("ELG-02.4")
        if person["under_investigation"]:
            bars.add("ELG-02.5")
        if person["party_expelled"]:
            findings.add("ELG-02.5")
        if person["violations_open"]:
            bars.add("ELG-02.7")
        if person["bribery_found"] and years_on(person["bribery_found"], 5) > ref:
            bars.add("ELG-02.10")
        for key, terms in (("party_sanction", PARTY_MONTHS), ("admin_sanction", ADMIN_MONTHS)):
            if person[key] is None:
                continue
            kind, decided = person[key]["kind"], person[key]["decided"]
            if kind in GRAVE:
                over = years_on(decided, 3)
                if over > ref:
                    bars.add("ELG-02.5")
                elif over == ref:
                    findings.add("ELG-02.5")
            elif months_on(decided, terms[kind]) > ref and height(post) > height(incumbent):
                bars.add("ELG-02")
        if post in HEADS and person["birth"] == DATE(1966 if person["sex"] == "f" else 1961, 1, 1):
            findings.add("ELG-03")
        if needs_approval(post, person, incumbent not in HEADS):
            approvals.add("ELG-03")
    return {"bars_set": sorted(bars), "approvals_set": sorted(approvals),
            "needs_finding_set": sorted(findings)}


def kin(given, pack):
    scope = pack["kin"]
    if pack["jiangxi"] and pack["national"] == "cn-2018":
        scope = scope or NEAR
    return {"avoid": given["relation"] in scope}


# ---------------------------------------------------------------- idcard, order

REGIONS = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50,
           51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def idcard(given, pack):
    del pack
    number = given["number"]

    def refuse(reason):
        return {"ok": False, "reason": reason, "birth": None, "sex": None}

    if len(number) != 18:
        return refuse("length")
    if any(c not in "0123456789" for c in number[:17]) or number[17] not in "0123456789Xx":
        return refuse("digit")
    if int(number[:2]) not in REGIONS:
        return refuse("region")
    try:
        birth = DATE(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return refuse("date")
    if not 1900 <= birth.year <= 2199:
        return refuse("date")
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number))
    if "10X98765432"[total % 11] != number[17].upper():
        return refuse("check")
    return {"ok": True, "reason": None, "birth": birth.isoformat(),
            "sex": "m" if int(number[16]) % 2 else "f"}


TABLE = {}


def character_key(char):
    if not TABLE:
        with open(STROKES, encoding="utf-8") as rows:
            header = next(rows).rstrip("\n").split("\t")
            for row in rows:
                cell = dict(zip(header, row.rstrip("\n").split("\t")))
                TABLE[cell["char"]] = (0, int(cell["strokes"]), cell["seq12345"],
                                       int(cell["struct"]), int(cell["tgh_no"]))
    return TABLE.get(char, (1, ord(char), "", 0, 0))


def order(given, pack):
    del pack

    def key(name):
        keys = [character_key(c) for c in name if c not in " \u3000·"]
        if given["style"] == "stroke_by_stroke":
            return keys
        return [keys[:1], 0 if len(keys) < 2 else 1 if len(keys) == 2 else 2, keys[1:]]

    return {"names": sorted(given["names"], key=key)}


# ---------------------------------------------------------------- the line

FUNCTIONS = {
    "poll": poll, "ballots": ballots, "party_meeting": party_meeting, "calendar": calendar,
    "register": register, "proxy": proxy, "nominate": nominate, "surplus": surplus, "vec": vec,
    "supervise": supervise, "assembly": assembly, "recall": recall, "team": team,
    "eligible": eligible, "kin": kin, "idcard": idcard, "order": order}
assert set(FUNCTIONS) == set(CHECKS)


def answer(line):
    try:
        need(type(line) is dict, "line")
        for key in line:
            need(key in ("id", "check", "law", "given", "expect", "note"), key)
        need("given" in line, "given")
        text(line.get("id"), "id")
        text(line.get("note", ""), "note")
        law = text(line.get("law", "auto"), "law")
        need(type(line.get("expect", {})) is dict, "expect")
        need(type(line.get("check")) is str and line["check"] in CHECKS, "check")
        given = SHAPES[line["check"]](line["given"], "given")
        return {"result": FUNCTIONS[line["check"]](given, pack_of(law, given))}
    except Invalid as error:
        return {"error": {"code": "invalid", "field": str(error)}}


def meets(want, have, key=""):
    if isinstance(want, dict) and isinstance(have, dict):
        return all(k in have and meets(v, have[k], k) for k, v in want.items())
    if isinstance(want, list) and isinstance(have, list):
        if key.endswith("_set"):
            return sorted(want) == sorted(have)
        return len(want) == len(have) and all(meets(w, h) for w, h in zip(want, have))
    return type(want) is type(have) and want == have


def main(paths):
    passed = failed = 0
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in filter(str.strip, lines):
                case = json.loads(line)
                given_back = answer(case)
                want = case["expect"]
                if "error" in want:
                    good = given_back.get("error", {}).get("code") == want["error"]
                else:
                    good = "result" in given_back and meets(want, given_back["result"])
                passed, failed = passed + good, failed + (not good)
                if not good:
                    print("%s %s: %s" % (path, case["id"], json.dumps(given_back,
                                                                      ensure_ascii=False)))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
