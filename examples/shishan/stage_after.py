# SPDX-License-Identifier: Apache-2.0
"""Steps 33–38: results posted, certificates, handover, sealed archive 后续工作."""
from script import day

KINDS = {"seal": "公章三枚", "office": "村委会办公楼", "tools": "电脑、桌椅", "accounts": "账册", "funds": "账户余额",
         "fixed_assets": "固定资产清单", "resources": "山林、水面清单", "claims_debts": "债权债务清单", "contracts": "合同台账",
         "archives": "文书档案", "other": "无"}
CLASSES = ("选举委员会名单和选举材料", "选举委员会会议记录", "选举公告", "选民登记册", "候选人名单及得票数",
           "选票、委托投票证、选票统计、报告单", "选举大会议程和工作人员名单", "当选人名单", "选举工作总结", "其他材料")


def ends_on(v):
    """The last day something happened on: the later round's, the confirmation's, or the polling day."""
    return v.clock.date().isoformat()


def post(v):
    v.at(day(ends_on(v), 1), "09:00")
    v.act("result.post", v.ec, {"body": "village", **v.posting()})
    v.approval("result_filing", v.ec, v.town, "to", "外:镇换届办", decision="filed")


def certificates(v):
    v.at(day(ends_on(v), 3), "09:00")
    rows = [{"person": p, "post": p_post, "term_from": v.today, "term_to": f"{int(v.today[:4]) + 5}{v.today[4:]}"}
            for p_post, people in v.elected.items() for p in people]
    for i, row in enumerate(rows, 1):
        row["no"] = f"{v.short}-{i:02d}"
    v.act("certificate.issue", "to", {"rows": rows, "on": v.today})


def handover(v):
    v.at(day(ends_on(v), 1), "09:00")
    old = v.codes[v.data["incumbents"][0]["person"]]
    new = next(p for people in v.elected.values() for p in people if p != old)
    for kind, what in KINDS.items():
        v.act("handover.item", v.vc, {"body": "village", "kind": kind, "what": what, "count": 1, "given_by": old,
                                      "received_by": new, "witness": next(p for p in v.committee if p not in (old, new)), "supervised_by": "外:镇监交人",
                                      "on": v.today})
    v.act("handover.close", v.ec, {"body": "village", "on": v.today})


def archive(v):
    v.at(v.dates["archive"], "09:00")
    v.act("archive.list", "to", {"rows": [{"class": i, "title": title, "pages": 4 + i} for i, title in enumerate(CLASSES, 1)]})
    v.act("archive.seal", "to", {"on": v.today, "custodian": "外:镇档案员", "keep_until": day(v.polling_day, 366 * 5),
                                 "copies": 2})


def run(script, villages):
    going = [v for v in villages if "deferred" not in v.parts]
    script.stage("33–34 公布当选名单、当选证书")
    for v in going:
        post(v)
        certificates(v)
    script.stage("35 工作移交")
    for v in going:
        handover(v)
    script.stage("38 归档封存")
    for v in going:
        archive(v)
