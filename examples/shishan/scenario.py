#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the play file of an example from what make.py wrote: every act from the plan to the sealed archive.

    scenario.py OUTDIR [--plan FILE] [--parts FILE] [--until STAGE]

OUTDIR is where make.py wrote township.json; play.jsonl and reckoned.json are written there. See README.md.
"""
import argparse
import json
import os

import stage_after
import stage_committee
import stage_people
import stage_poll
import stage_prepare
import stage_roll
from script import Script, Unit, Village, day

HERE = os.path.dirname(os.path.abspath(__file__))

STAGES = ("prepare", "committee", "roll", "people", "poll", "after")


def arguments():
    parser = argparse.ArgumentParser(description="Make the play file of an example township.")
    parser.add_argument("outdir")
    parser.add_argument("--plan", default=os.path.join(HERE, "plan.json"), metavar="FILE")
    parser.add_argument("--parts", default=os.path.join(HERE, "parts.json"), metavar="FILE",
                        help="which village plays what (default: parts.json)")
    parser.add_argument("--only", default="", metavar="CODES", help="only the villages whose codes end so: 200,207")
    parser.add_argument("--until", choices=STAGES, default=STAGES[-1], help="stop after this stage")
    return parser.parse_args()


def dates_of(plan):
    """The typical dates of acts.md §7; those before the candidates are the plan's, later ones go by polling day."""
    term = plan["polling"]["day"]

    def d(offset):
        return day(term, offset)

    return {"open": d(-100), "survey": d(-98), "analysis": d(-89), "rectify": d(-88), "rectify_due": d(-80),
            "defer_until": day(plan["term"]["previous_ends"], 180), "defer_too_long": day(plan["term"]["previous_ends"], 198),
            "plan": d(-87), "resume": d(-83), "audit": d(-82), "discipline": d(-75), "mobilise": d(-74), "train": d(-71),
            "vec": d(-47), "vec_late": d(-46), "rules": d(-45), "register": d(-43), "import": d(-39),
            "notify": d(-38), "reply": d(-34), "register_to": d(-35), "reply_by": d(-32),
            "confirm": d(-29), "roll": d(-28), "objection": d(-26), "cards": d(-22),
            "nominate": d(-19), "nominated": d(-17), "review": d(-14), "candidates": d(-11), "archive": d(26)}


def bad_plan(script, plan):
    """The plan with the formal list at D−4: against the law."""
    wrong = json.loads(json.dumps(plan))
    wrong["deadlines"]["candidates_posted"] = "D-4"
    return script.file("wrong-plan.json", json.dumps(wrong, ensure_ascii=False))


def make_village(script, args, plan, town, code, parts):
    own = parts.get(code, {})
    polling_day = own.get("polling_day", plan["polling"]["day"])
    v = Village(script, args.outdir, code, town, polling_day)
    v.parts = set(own.get("parts", []))
    v.town, v.county = town.code, town.county
    v.happened = []
    v.dates = dates_of(plan)
    v.first_day = own.get("first_day", polling_day)
    v.roll_day = v.first_day
    if "late_list" in v.parts:
        v.dates["roll"] = day(v.first_day, -19)
        v.dates["confirm"] = day(v.first_day, -20)
        v.dates["objection"] = day(v.first_day, -17)
        v.dates["cards"] = day(v.first_day, -16)
        for name, offset in (("nominate", -15), ("nominated", -13), ("review", -11), ("candidates", -8)):
            v.dates[name] = day(v.first_day, offset)
    v.proxy_count = own.get("proxies", 8)
    v.in_law_expect = own.get("in_law_expect")
    v.bars, v.review = bool(plan["bars"]), "jiangxi" in plan["packs"]
    v.objector = None
    if "objection" in v.parts:
        v.objector = next(q["person"] for q in v.data["quirks"] if q["kind"] == "omitted")
    return v


def reckoned(v):
    """What this village must come to, by the scenario's own reckoning."""
    deferred = "deferred" in v.parts
    elected = {} if deferred else getattr(v, "elected", {})
    return {"state": "deferred" if deferred else "sealed", "registered": 0 if deferred else v.registered,
            "elected": sorted(f"{post} {v.person_of(p)['name']}" for post, people in elected.items() for p in people),
            "happened": v.happened}


def main():
    args = arguments()
    with open(args.plan, encoding="utf-8") as f:
        plan = json.load(f)
    with open(args.parts, encoding="utf-8") as f:
        parts = json.load(f)
    with open(os.path.join(args.outdir, "township.json"), encoding="utf-8") as f:
        township = json.load(f)
    script = Script(args.outdir)
    town = Unit(script, plan["unit"], plan["unit"])
    town.county = plan["unit"][:6]
    town.dates = dates_of(plan)
    town.bad_plan = bad_plan(script, plan) if parts.get("bad_plan") else None
    villages = [make_village(script, args, plan, town, v["unit"], parts) for v in township["villages"]
                if not args.only or v["unit"][-3:] in args.only.split(",")]
    stage_prepare.accounts(script, town.county, town, villages)
    plan_path = script.file("plan.json", json.dumps(plan, ensure_ascii=False))
    steps = {"prepare": lambda: stage_prepare.run(script, town, villages, plan, plan_path),
             "committee": lambda: stage_committee.run(script, villages, plan),
             "roll": lambda: stage_roll.run(script, villages),
             "people": lambda: stage_people.run(script, villages),
             "poll": lambda: stage_poll.run(script, villages),
             "after": lambda: stage_after.run(script, villages)}
    for stage in STAGES:
        steps[stage]()
        if stage == args.until:
            break
    script.write(os.path.join(args.outdir, "play.jsonl"))
    with open(os.path.join(args.outdir, "reckoned.json"), "w", encoding="utf-8") as f:
        json.dump({v.code: reckoned(v) for v in villages}, f, ensure_ascii=False, indent=1)
    lines = sum(len(lines) for _, lines in script.stages)
    print(f"{len(villages)} villages, {lines} lines")


if __name__ == "__main__":
    main()
