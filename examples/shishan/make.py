#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the people of an example township: registers, draft rolls and what a scenario needs.

    make.py SEED OUTDIR [--villages N] [--list FILE] [--plan FILE]

The same seed makes the same files, byte for byte. Everybody is made up. See README.md.
"""
import argparse
import collections
import csv
import datetime
import json
import os

from cast import Cast
from people import HERE, Names, Village, age_on
from tables import HARMLESS, Style, Tables, write_people

NOTE = "所有人员均为虚构 Everybody here is made up; county code 361099 is assigned to no place."


def seats_for(plan, code, population):
    """The plan's seats of a village: its own, else those of its population band (lower edge included)."""
    own = plan["seats"].get("villages", {}).get(code)
    if own:
        return own
    for band in plan["seats"]["bands"]:
        if band["from"] <= population and (band["to"] is None or population <= band["to"]):
            return band["village"]
    raise SystemExit(f"no band of seats for {population} people")


def other_village(villages):
    """In every fourth village a married woman is also on the draft roll of the next one (REG-04)."""
    extra, cross = {}, []
    for here, there in zip(villages[::4], villages[1::4]):
        p = next(p for p in here.people if p.registered and p.head == 1 and p.relation in ("妻", "儿媳")
                 and p.birth.year > here.day.year - 40 and p.id not in here.cast.used)
        here.cast.used.add(p.id)
        twin = type(p)(p.sex, p.birth)
        for key in ("name", "surname", "number", "nation", "party", "education", "phone"):
            setattr(twin, key, getattr(p, key))
        twin.id, twin.group, twin.hukou = f"P{9000 + len(cross)}", there.groups[0], False
        twin.newcomer = {"resident_since": (here.day - datetime.timedelta(days=800)).isoformat(),
                         "home": f"市山镇{here.name}",
                         "applied_on": (here.day - datetime.timedelta(days=43)).isoformat()}
        twin.head, twin.reason = 3, "registered_elsewhere"
        extra[there.code] = [twin]
        cross.append({"id_number": p.number, "name": p.name, "hukou_in": here.code, "person": p.id,
                      "also_in": there.code, "person_there": twin.id})
    return extra, cross


def counts_of(village, tables):
    adults = [p for p in village.people if age_on(p.birth, village.day) >= 18]
    right = [p for p in village.people + village.newcomers if p.registered]
    heads = collections.Counter(p.head for p in right)
    why = collections.Counter(p.reason for p in village.people + village.newcomers + tables.extra
                              if p.reason not in (None, "under_age"))
    return {"population": len(village.people), "households": len(village.houses), "adults": len(adults),
            "registered": len(right), "head1": heads[1], "head2": heads[2], "head3": heads[3],
            "not_listed": dict(sorted(why.items())), "rows": tables.rows}


def write_village(village, out, extra, seed, alone):
    folder = os.path.join(out, village.code)
    os.makedirs(folder, exist_ok=True)
    style = Style(village.slot)
    tables = Tables(village, style, alone)
    tables.extra = extra
    cast = village.cast.as_json()
    four = village.cast.four
    busy = village.cast.used | {r["proxy"] for r in cast["proxies"]} | set(cast["representatives"])
    busy |= {r["principal"] for r in cast["proxies"]} | ({four["proxy"]} if four else set())
    busy |= {cast[k]["person"] for k in ("candidate_kin", "vec_kin") if cast[k]}
    quirks = tables.write(folder, busy)
    counts = counts_of(village, tables)
    top = {"note": NOTE, "seed": seed, "unit": village.code, "village": village.name,
           "polling_day": village.day.isoformat(), "groups": village.groups,
           "encoding": {"utf-8-sig": "utf-8 with BOM"}.get(style.encoding, style.encoding),
           "dates": "YYYY/M/D" if style.slashes else "YYYY-MM-DD",
           "seats": village.cast.seats, "counts": counts, **cast,
           "turning": {"on_polling_day": village.turning[0].id, "day_after": village.turning[1].id},
           "namesakes": [p.id for p in village.namesakes], "quirks": quirks}
    write_people(os.path.join(folder, "people.json"), top,
                 village.people + village.newcomers + extra + village.gone)
    return {"unit": village.code, "village": village.name, "encoding": top["encoding"], "seats": top["seats"],
            **{k: counts[k] for k in ("population", "households", "adults", "registered")},
            "to_cure": sum(q["kind"] not in HARMLESS for q in quirks)}


def arguments():
    parser = argparse.ArgumentParser(description="Make the made-up people of an example township.")
    parser.add_argument("seed", type=int)
    parser.add_argument("outdir")
    parser.add_argument("--villages", type=int, default=24, metavar="N", help="only the first N of the list")
    parser.add_argument("--list", default=os.path.join(HERE, "villages.csv"), metavar="FILE")
    parser.add_argument("--plan", default=None, metavar="FILE", help="default: plan.json beside the list")
    return parser.parse_args()


def main():
    args = arguments()
    plan_path = args.plan or os.path.join(os.path.dirname(os.path.abspath(args.list)), "plan.json")
    with open(plan_path, encoding="utf-8") as f:
        plan = json.load(f)
    with open(args.list, encoding="utf-8") as f:
        rows = list(csv.DictReader(f))[:args.villages]
    if not 1 <= len(rows) <= 24:
        raise SystemExit("the list must have 1 to 24 villages: sequence numbers are dealt out in 24 slots")
    day = datetime.date.fromisoformat(plan["polling"]["day"])
    names = Names()
    villages = [Village(row, args.seed, slot, day, names) for slot, row in enumerate(rows)]
    for village, row in zip(villages, rows):
        village.finish()
        village.cast = Cast(village, seats_for(plan, row["code"], village.population))
    extra, cross = other_village(villages)
    done = [write_village(v, args.outdir, extra.get(v.code, []), args.seed, len(rows) == 1) for v in villages]
    top = {"note": NOTE, "seed": args.seed, "town": plan["unit"], "polling_day": day.isoformat(),
           "villages": done, "other_village": cross}
    with open(os.path.join(args.outdir, "township.json"), "w", encoding="utf-8", newline="\n") as f:
        f.write(json.dumps(top, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
