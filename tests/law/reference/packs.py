# SPDX-License-Identifier: Apache-2.0
"""The pack table of the contract, typed in by hand from its text (not read from packs/)."""
import datetime

from schema import Invalid, NEAR, need

CLOSE = ("spouse", "parent", "child", "sibling")
LINEAL = tuple(relation for relation in NEAR if relation != "sibling")
NATIONAL = {
    "cn-2018": dict(
        proxy=NEAR, filed=0, on_site=True, work_year=False, vec_hard=(3, None), vec_soft=0,
        vec_kin=(), candidates=None, notice=None, withdrawal=None, second=10,
        stop=dict(persons=3, chair=False, rounds=(2,)), woman="first", kin=(),
        above={}, half=False, over="section", two_posts="person", signed_void=False,
        odd=False),
}
NATIONAL["cn-2025"] = dict(NATIONAL["cn-2018"], proxy=None, work_year=True, vec_kin=NEAR, kin=NEAR)
LOCAL = {
    "jiangxi": dict(filed=3, on_site=False, vec_soft=5, candidates=5, notice=3),
    "zhejiang": dict(filed=3, on_site=False, work_year=True, vec_hard=(5, 9), vec_kin=CLOSE,
                     candidates=5, notice=5, withdrawal=3, second=30, woman="own",
                     kin=CLOSE, half=True, over="ballot", two_posts="ballot"),
    "beijing": dict(filed=1, on_site=False, work_year=True, vec_hard=(5, 9), candidates=5, notice=1,
                    second=15, stop=dict(persons=4, chair=True, rounds=(2,)), woman="own",
                    above=dict(chair=2, vice_chair=2, women_member=2, member=2), half=True),
    "shanghai": dict(filed=5, on_site=False, vec_hard=(7, 9), candidates=5, notice=1, second=30,
                     stop=dict(persons=3, chair=False, rounds=(1, 2)), kin=LINEAL,
                     above=dict(chair=1, vice_chair=1, women_member=3, member=3)),
    "henan": dict(filed=1, on_site=False, vec_hard=(7, 9), candidates=5, withdrawal="list+3",
                  kin=CLOSE, half=True, signed_void=True,
                  above=dict(chair=1, vice_chair=1, women_member=2, member=2)),
    "shandong": dict(odd=True),
}
# A provincial text older than 2026 does not override what the 2025 law fixes.
STARRED = ("proxy", "work_year", "vec_kin", "kin")


def pack_of(law, given):
    if law == "auto":
        day = given.get("polling_day") or given.get("ref_day")
        names = ["cn-2018" if day and day <= datetime.date(2025, 12, 31) else "cn-2025"]
    else:
        names = law.split("+")
    need(names[0] in NATIONAL, "law")
    pack = dict(NATIONAL[names[0]])
    for name in names[1:]:
        if name not in LOCAL:
            raise Invalid("law")
        for key, value in LOCAL[name].items():
            if names[0] != "cn-2025" or key not in STARRED:
                pack[key] = value
    pack["national"] = names[0]
    pack["local"] = names[1:]
    pack["jiangxi"] = "jiangxi" in names
    return pack
