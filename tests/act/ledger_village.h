/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small village whose every row comes from its ledger, so that corrections, which replay the
 * stream, and verify find all of it: 18 voters, a chair and two members to elect without
 * candidates. Acts of stages that are not under test are written as accepted entries and applied;
 * registers, roll and everything from the stations on go through the gate.
 */
#pragma once

#include "act/roll_village.h"

#include "act/verify.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"

#define TEXT(village, ...) mem_printf((village)->ctx->mem, __VA_ARGS__)
#define HUNG(day) "'posted_on':'" day "','places':[{'place':'村委会'}]"

/* An entry as if its act had been accepted at that time; gives its number. */
HELPER int64_t
ledger_put(struct village *village, const char *now, const char *act, const char *fields)
{
    struct entry head;
    assert_int_equal(ledger_store_head(village->ctx, village->db, VILLAGE, &head), ERR_OK);
    struct entry entry = {
        .unit = VILLAGE,
        .seq = head.seq + 1,
        .act = act,
        .at = TEXT(village, "%s:00+08:00", now),
        .actor = "ec",
        .fields = json_of(village, fields),
    };
    assert_int_equal(db_begin(village->ctx, village->db), ERR_OK);
    assert_int_equal(ledger_store_append(village->ctx, village->db, &entry), ERR_OK);
    assert_int_equal(entry_apply(village->ctx, village->gate, village->db, &entry, "stands"),
                     ERR_OK);
    assert_int_equal(db_commit(village->ctx, village->db), ERR_OK);
    return entry.seq;
}

/* Committee, polling day, registers, roll: posted on 2021-02-20 with 18 people. */
HELPER void
ledger_roll(struct village *village)
{
    struct ctx *ctx = village->ctx;
    ledger_put(village, "2021-02-01T15:00", "vec.elect",
               "{'method':'representatives','assemblies':[{'assembly_seq':1}],"
               "'elected_on':'2021-02-01','alternates':[{'person':'外:候一','votes':9}],'rows':["
               "{'person':'外:委甲','votes':40,'post':'chair'},"
               "{'person':'外:委乙','votes':39,'post':'vice_chair'},"
               "{'person':'外:委丙','votes':38,'post':'member'}]}");
    ledger_put(village, "2021-02-02T09:00", "vec.post", "{" HUNG("2021-02-02") "}");
    ledger_put(village, "2021-02-02T10:00", "day.fix",
               "{'body':'village','polling_day':'" D "'," HUNG("2021-02-02") "}");
    village_do(village, "2021-02-04T09:00", "ec", "registration.announce",
               "{'from_on':'2021-02-04','to_on':'2021-02-10','posted_on':'2021-02-04',"
               "'places':[{'place':'村委会'}],'stations':[{'group':'第1组','place':'村委会'}]}");
    file_do(village, "household", household_csv(ctx));
    file_do(village, "deprived", deprived_csv(ctx));
    file_do(village, "away", away_csv(ctx));
    file_do(village, "roll", roll_csv(ctx, ""));
    village_do(village, "2021-02-08T09:00", "ec", "roll.notify", NOTIFY);
    const int64_t assembly =
        village_do(village, "2021-02-09T18:00", "vc", "assembly.hold", ASSEMBLY);
    village_do(village, "2021-02-09T19:00", "ec", "roll.consent", CONSENT(assembly, "2021-02-06"));
    const int64_t meeting = ledger_put(village, "2021-02-18T09:00", "vec.meet",
                                       "{'held_on':'2021-02-18','present':['外:委甲','外:委乙'],"
                                       "'items':[{'matter':'名单','favour':2,'against':0}]}");
    village_do(village, "2021-02-19T09:00", "ec", "roll.confirm",
               TEXT(village, "{'vec_meet_seq':%d,'on':'2021-02-19'," NOT_LISTED "}", (int)meeting));
    village_do(village, "2021-02-20T09:00", "ec", "roll.post",
               posting(village, "2021-02-20", GROUPS));
}

/* Seats, rules without candidates, trained people P00001 … P00008. */
HELPER void
ledger_prepare(struct village *village)
{
    const char *rows = "";
    ledger_roll(village);
    ledger_put(village, "2021-02-21T09:00", "seats.fix",
               "{'body':'village','posts':[{'post':'chair','seats':1,'typed':'open'},"
               "{'post':'member','seats':2,'typed':'open'}]}");
    ledger_put(village, "2021-02-22T09:00", "rules.adopt",
               "{'kind':'election_rules','assembly_seq':1,'text':'" FILE_SM3 "','bars':'十不选',"
               "'mode':'no_candidates'," HUNG("2021-02-22") "}");
    for (int i = 1; i <= 8; i++)
        rows = TEXT(village, "%s%s{'person':'P%05d','duty':'选举工作','attended':'y'}", rows,
                    i > 1 ? "," : "", i);
    village_do(village, "2021-03-11T09:00", "ec", "training.hold",
               TEXT(village,
                    "{'kind':'election_staff','held_on':'2021-03-11','topics':'业务',"
                    "'rows':[%s],'file':'" FILE_SM3 "'}",
                    rows));
    for (int i = 1; i <= 8; i++)
        village_do(village, "2021-03-11T10:00", "ec", "pledge.sign",
                   TEXT(village,
                        "{'kind':'staff','person':'P%05d','on':'2021-03-11',"
                        "'signed_by':['P%05d']}",
                        i, i));
}

/* Every table of the village is what its entries make: verify finds nothing. */
HELPER void
ledger_is_whole(struct village *village)
{
    const struct verify_options options = {.unit = VILLAGE, .threads = 1};
    struct verify_report report;
    assert_int_equal(verify_run(village->ctx, village->gate, &options, &report), ERR_OK);
    for (size_t i = 0; i < report.fault_count; i++)
        print_message("%s: %s\n", report.faults[i].where, report.faults[i].what);
    assert_int_equal(report.fault_count, 0);
}
