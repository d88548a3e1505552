/* SPDX-License-Identifier: Apache-2.0 */
/* The village of village.h carried further: surveyed, analysed, planned, audited, trained. */
#pragma once

#include "act/village.h"

#include "store/blob_store.h"

#define POSTED(day) "'posted_on':'" day "','places':[{'place':'村委会'}]"
#define SURVEY                                                                                         \
    "{'filed_on':'2020-12-15','team':['外:张办'],'methods':'走访','population':2903,"             \
    "'households':756,'groups':8,'party_full':50,'party_probationary':1,"                              \
    "'incumbents':[{'person':'外:曾主任','post':'主任','fit':'fit'}],"                           \
    "'prospects':[{'person':'外:揭小英','source':'local_graduate','young_college':'y','woman':'y'" \
    "}],"                                                                                              \
    "'risks':[{'kind':'interference','level':'low','plan':'预案'},"                                  \
    "{'kind':'petition','level':'low','plan':'预案'},{'kind':'opinion','level':'low','plan':'"       \
    "预案'},"                                                                                        \
    "{'kind':'epidemic','level':'low','plan':'预案'}]}"
#define ANALYSIS                                                                                   \
    "{'filed_on':'2020-12-21','problems':'无','one_shoulder':'y','advice':'proceed',"             \
    "'signed_by':['外:镇党委书记']}"
#define AUDIT                                                                                      \
    "{'kind':'departure_audit','by':'县审计局','from':'2018-01-01','to':'2020-11-30',"         \
    "'rows':[{'person':'外:曾主任','post':'主任','findings':'无','issue':'n'}]}"
#define TRAINING                                                                                   \
    "{'kind':'election_staff','held_on':'2021-01-08','topics':'选举法规',"                     \
    "'rows':[{'person':'外:王工','duty':'监票','attended':'y'}]}"
#define PLAN_FILE                                                                                  \
    "{\"format\":\"cunxuan-plan-1\",\"deadlines\":{\"voter_list_posted\":\"D-20\","                \
    "\"candidates_posted\":\"%s\",\"polling_notice_posted\":\"D-3\"},\"tasks\":["                  \
    "{\"id\":\"T01\",\"title\":\"张榜\",\"act\":\"roll.post\",\"role\":\"EC\",\"latest\":\"D-"   \
    "20\"},"                                                                                       \
    "{\"id\":\"T02\",\"title\":\"审计\",\"act\":\"audit.publish\",\"role\":\"TO\","              \
    "\"latest\":\"2021-01-01\"}]}"

/* plan.adopt with the formal list due at `candidates`, as "D-5". */
HELPER enum err
prepared_plan(struct village *village, const char *candidates)
{
    const char *file = mem_printf(village->ctx->mem, PLAN_FILE, candidates);
    const char *name;
    assert_int_equal(blob_store_put(village->ctx, village->db, file, strlen(file), &name), ERR_OK);
    const char *fields = mem_printf(village->ctx->mem,
                                    "{'file':'sm3:%s','polling_from':'2021-03-15',"
                                    "'polling_to':'2021-03-25','signed_by':['外:镇党委书记'],"
                                    "'doc_no':'市发2号','doc_on':'2020-12-23'}",
                                    name);
    return village_submit(village, TOWN, "2020-12-23T09:00", "to", "plan.adopt", fields, NULL);
}

/* Everything up to the audit record (entry audit_seq), not published. */
HELPER int64_t
prepared_to_audit(struct village *village)
{
    village_do(village, "2020-12-15T09:00", "to", "survey.file", SURVEY);
    const int64_t asked = village_do(village, "2020-12-16T09:00", "to", "approval.request",
                                     "{'kind':'prospects','to':'" TOWN "','subject':'人选'}");
    village_do(
        village, "2020-12-17T09:00", "ts", "approval.decide",
        mem_printf(village->ctx->mem,
                   "{'request_seq':%lld,'decision':'granted','signed_by':'外:镇党委书记'," DOC "}",
                   (long long)asked));
    village_do(village, "2020-12-21T09:00", "to", "analysis.file", ANALYSIS);
    assert_int_equal(prepared_plan(village, "D-5"), ERR_OK);
    assert_true(village->answer.accepted);
    const int64_t audit = village_do(village, "2020-12-28T09:00", "to", "audit.record", AUDIT);
    assert_int_equal(
        village_submit(village, TOWN, "2021-01-08T15:00", "to", "training.hold", TRAINING, NULL),
        ERR_OK);
    assert_true(village->answer.accepted);
    return audit;
}

HELPER void
prepared_publish_audit(struct village *village, int64_t audit, const char *day)
{
    village_do(village, mem_printf(village->ctx->mem, "%sT16:00", day), "to", "audit.publish",
               mem_printf(village->ctx->mem,
                          "{'audit_seq':%lld,'posted_on':'%s','places':[{'place':'村委会'}]}",
                          (long long)audit, day));
}

/* The assembly that passes method and members of the election committee; gives its entry. */
HELPER int64_t
prepared_vec_assembly(struct village *village)
{
    return village_do(village, "2021-02-01T10:00", "vc", "assembly.hold",
                      "{'kind':'representatives','called_on':'2021-01-20','held_on':'2021-02-01',"
                      "'total':46,'present':40,'items':["
                      "{'matter':'vec_method','text':'推选办法','favour':38},"
                      "{'matter':'vec_members','text':'推选成员','favour':36}]}");
}

/* Fields of vec.elect for seven members and two alternates, on a day. */
HELPER const char *
prepared_vec_fields(struct village *village, int64_t assembly, const char *day)
{
    return mem_printf(
        village->ctx->mem,
        "{'method':'representatives','assemblies':[{'assembly_seq':%lld}],'elected_on':'%s','rows':"
        "["
        "{'person':'委甲','votes':40,'post':'chair'},{'person':'委乙','votes':39,'post':'vice_"
        "chair'},"
        "{'person':'委丙','votes':38,'post':'member'},{'person':'委丁','votes':37,'post':'member'},"
        "{'person':'委戊','votes':36,'post':'member'},{'person':'委己','votes':35,'post':'member'},"
        "{'person':'委庚','votes':34,'post':'member'}],"
        "'alternates':[{'person':'候一','votes':20},{'person':'候二','votes':10}]}",
        (long long)assembly, day);
}

/* Up to a standing and posted election committee. */
HELPER void
prepared_committee(struct village *village)
{
    const int64_t audit = prepared_to_audit(village);
    prepared_publish_audit(village, audit, "2021-01-20");
    const int64_t assembly = prepared_vec_assembly(village);
    village_do(village, "2021-02-01T15:00", "vc", "vec.elect",
               prepared_vec_fields(village, assembly, "2021-02-01"));
    village_do(village, "2021-02-02T09:00", "vc", "vec.post", "{" POSTED("2021-02-02") "}");
}
