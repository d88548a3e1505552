/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A village whose roll hangs and whose rules are adopted: those rows are written straight into the
 * tables, so these tests must not replay the stream. Seats: a chair, two members. P00001 王伟,
 * P00002 李芳 (a woman) are voted for as chair, P00003 … P00007 as members; P00008 is not named.
 */
#pragma once

#include "act/village.h"

#include "store/candidate_store.h"
#include "store/committee_store.h"
#include "store/nomination_store.h"
#include "store/person_store.h"
#include "store/review_store.h"
#include "store/standing_store.h"
#include "store/voter_store.h"

#define HUNG(day) "'posted_on':'" day "','places':[{'place':'村委会'}]"
#define PAPER "'signed_by':['外:证明人']"
#define NAMED(post, person, votes) "{'post':'" post "','person':'" person "','votes':" #votes "}"
#define VOTES                                                                                      \
    NAMED("chair", "P00001", 5)                                                                    \
    "," NAMED("chair", "P00002", 3) "," NAMED("member", "P00003", 5) "," NAMED(                    \
        "member", "P00004", 4) "," NAMED("member", "P00005",                                       \
                                         3) "," NAMED("member", "P00006",                          \
                                                      2) "," NAMED("member", "P00007", 1)
#define RESULT(rows)                                                                               \
    "{'kind':'nomination','held_on':'2021-03-03','papers_issued':8,'papers_recovered':8,'void':0," \
    "'counted_by':['外:计票人'],'rows':[" rows "]}"
#define STANDS_FOR(person, post) "{'person':'" person "','post':'" post "'}"
#define FIVE                                                                                       \
    STANDS_FOR("P00001", "chair")                                                                  \
    "," STANDS_FOR("P00002", "chair") "," STANDS_FOR("P00003", "member") "," STANDS_FOR(           \
        "P00004", "member") "," STANDS_FOR("P00005", "member")
#define NOMINEES(source, rows) "{'body':'village','source':'" source "','rows':[" rows "]}"
#define CONFIRM(rows) "{'body':'village','list':'formal','rows':[" rows "]}"

static const char *const NOMINATED[] = {"P00001", "P00002", "P00003", "P00004", "P00005"};

HELPER struct date
day_of(const char *text)
{
    struct date day;
    assert_true(date_parse(text, &day));
    return day;
}

HELPER void
people_add(struct village *village)
{
    static const struct {
        const char *name;
        const char *sex;
    } PEOPLE[] = {{"王伟", "m"}, {"李芳", "f"}, {"叶强", "m"}, {"申洋", "m"},
                  {"陈静", "f"}, {"杨磊", "m"}, {"黄敏", "f"}, {"赵军", "m"}};
    for (size_t i = 0; i < COUNT_OF(PEOPLE); i++) {
        const char *code = mem_printf(village->ctx->mem, "P%05zu", i + 1);
        const struct person person = {.unit = VILLAGE,
                                      .person = code,
                                      .name = PEOPLE[i].name,
                                      .sex = PEOPLE[i].sex,
                                      .birth = day_of("1980-05-01"),
                                      .nation = "汉",
                                      .party = "none",
                                      .grp = "一组",
                                      .household = "1",
                                      .relation_to_head = "",
                                      .education = "",
                                      .in_register = true,
                                      .id_cipher = "",
                                      .id_mac = "",
                                      .phone_cipher = ""};
        const struct voter voter = {.unit = VILLAGE,
                                    .person = code,
                                    .state = "listed",
                                    .head = 1,
                                    .reason = "",
                                    .home = "",
                                    .resident_since = DATE_NONE,
                                    .village_work_since = DATE_NONE,
                                    .applied_on = DATE_NONE};
        assert_int_equal(person_store_add(village->ctx, village->db, &person), ERR_OK);
        assert_int_equal(voter_store_set(village->ctx, village->db, &voter), ERR_OK);
    }
}

HELPER void
people_stand(struct village *village, int64_t seq, const char *act, const char *kind,
             const char *day)
{
    const struct standing standing = {.unit = VILLAGE,
                                      .seq = seq,
                                      .act = act,
                                      .body = "",
                                      .kind = kind,
                                      .round = 0,
                                      .list = "",
                                      .subject = "",
                                      .on_day = day_of(day),
                                      .at = "2021-02-20T09:00:00+08:00",
                                      .state = "stands"};
    assert_int_equal(standing_store_add(village->ctx, village->db, &standing), ERR_OK);
}

/* Up to the polling day fixed and the roll posted. */
HELPER int
people_setup(void **state)
{
    assert_int_equal(village_setup(state), 0);
    struct village *village = *state;
    const struct roll roll = {.unit = VILLAGE,
                              .state = "posted",
                              .from_on = DATE_NONE,
                              .to_on = DATE_NONE,
                              .posted_seq = 9001,
                              .posted_on = day_of("2021-02-20"),
                              .posted_count = 8,
                              .list_hash = ""};
    const struct adopted_rules rules = {.unit = VILLAGE,
                                        .kind = "election_rules",
                                        .seq = 9002,
                                        .bars = "十不选",
                                        .mode = "nomination"};
    people_add(village);
    assert_int_equal(roll_store_set(village->ctx, village->db, &roll), ERR_OK);
    assert_int_equal(rules_store_put(village->ctx, village->db, &rules), ERR_OK);
    people_stand(village, 9001, "roll.post", "", "2021-02-20");
    people_stand(village, 9002, "rules.adopt", "election_rules", "2021-02-10");
    assert_int_equal(
        day_store_set(village->ctx, village->db, VILLAGE, "village", day_of("2021-03-20")), ERR_OK);
    return 0;
}

HELPER void
people_seats(struct village *village)
{
    const int64_t seq = village_do(
        village, "2021-02-05T09:00", "vc", "assembly.hold",
        "{'kind':'representatives','called_on':'2021-01-20','held_on':'2021-02-04','total':46,"
        "'present':40,'items':[{'matter':'seats','text':'职数','favour':30}]}");
    village_do(village, "2021-02-05T10:00", "ec", "seats.fix",
               mem_printf(village->ctx->mem,
                          "{'body':'village','assembly_seq':%lld,'posts':["
                          "{'post':'chair','seats':1,'typed':'open'},"
                          "{'post':'member','seats':2,'typed':'open'}]}",
                          (long long)seq));
}

HELPER void
people_announce(struct village *village)
{
    people_seats(village);
    village_do(
        village, "2021-03-01T09:00", "ec", "nominate.announce",
        "{'from_on':'2021-03-01','to_on':'2021-03-03','method':'stations'," HUNG("2021-03-01") "}");
}

HELPER void
people_nominate(struct village *village)
{
    people_announce(village);
    village_do(village, "2021-03-03T18:00", "ec", "nominate.result", RESULT(VOTES));
    village_do(village, "2021-03-03T19:00", "ec", "nominees.list", NOMINEES("nominated", FIVE));
}

/* Sheet, findings about the bars that no record decides. */
HELPER void
people_record_at(struct village *village, const char *now, const char *person)
{
    static const char *const ASKED[] = {"1", "6", "8", "9"};
    village_do(village, now, "to", "person.record",
               mem_printf(village->ctx->mem,
                          "{'person':'%s','education':'college','source':'incumbent',"
                          "'pay_elsewhere':'n'}",
                          person));
    for (size_t i = 0; i < COUNT_OF(ASKED); i++)
        village_do(village, now, "to", "bar.record",
                   mem_printf(village->ctx->mem,
                              "{'kind':'finding','person':'%s','bar':'%s','ref_day':'2021-03-20',"
                              "'applies':'n','signed_by':['外:镇党委书记']}",
                              person, ASKED[i]));
}

HELPER void
people_record(struct village *village, const char *person)
{
    people_record_at(village, "2021-03-04T09:00", person);
}

static const char *const DESKS[] = {"village",           "township",    "organisation",
                                    "civil_affairs",     "discipline",  "political_legal",
                                    "united_front",      "petitions",   "court",
                                    "procuratorate",     "police",      "justice",
                                    "natural_resources", "environment", "poverty",
                                    "agriculture",       "housing",     "health",
                                    "urban_management"};

HELPER const char *
people_open_fields(struct village *village, size_t desks)
{
    const char *list = "";
    for (size_t i = 0; i < desks; i++)
        list = mem_printf(village->ctx->mem, "%s%s{'desk':'%s'}", list, i ? "," : "", DESKS[i]);
    return mem_printf(village->ctx->mem,
                      "{'body':'village','persons':['P00001','P00002','P00003','P00004','P00005'],"
                      "'desks':[%s],'due_on':'2021-03-08'}",
                      list);
}

HELPER const char *
people_opinion(struct village *village, const char *desk, const char *person, const char *opinion)
{
    return mem_printf(village->ctx->mem,
                      "{'body':'village','desk':'%s','sealed':'y','file':'" FILE_SM3
                      "','rows':[{'person':'%s','opinion':'%s','remark':'说明','handler':'外:张三',"
                      "'leader':'外:李四','signed_on':'2021-03-05'}]}",
                      desk, person, opinion);
}

HELPER const char *
people_user_of(const char *desk)
{
    return strcmp(desk, "village") == 0 ? "ec" : "to";
}

/* Sheets of the five and the review opened with all desks. */
HELPER void
people_review_open(struct village *village)
{
    people_nominate(village);
    for (size_t i = 0; i < COUNT_OF(NOMINATED); i++)
        people_record(village, NOMINATED[i]);
    village_do(village, "2021-03-04T10:00", "to", "review.open",
               people_open_fields(village, COUNT_OF(DESKS)));
}

/* The first `desks` desks pass everybody. */
HELPER void
people_review(struct village *village, size_t desks)
{
    people_review_open(village);
    for (size_t i = 0; i < desks; i++) {
        for (size_t j = 0; j < COUNT_OF(NOMINATED); j++)
            village_do(village, "2021-03-05T09:00", people_user_of(DESKS[i]), "review.opinion",
                       people_opinion(village, DESKS[i], NOMINATED[j], "pass"));
    }
}

#define QUALIFIED(person) "{'person':'" person "','conclusion':'qualified'}"
#define CONCLUDE                                                                                   \
    "{'body':'village','rows':[" QUALIFIED("P00001") "," QUALIFIED("P00002") "," QUALIFIED(        \
        "P00003") "," QUALIFIED("P00004") "," QUALIFIED("P00005") "]," DOC "}"
#define APPROVED(person) "{'person':'" person "','approved':'y'}"
#define DECIDE                                                                                     \
    "{'body':'village','stage':'township','rows':[" APPROVED("P00001") "," APPROVED(               \
        "P00002") "," APPROVED("P00003") "," APPROVED("P00004") "," APPROVED("P00005") "]," DOC    \
                                                                                       "}"

HELPER void
people_pledge_at(struct village *village, const char *now, const char *person)
{
    village_do(village, now, "ec", "pledge.sign",
               mem_printf(village->ctx->mem,
                          "{'kind':'candidate','person':'%s','on':'2021-03-08'," PAPER "}",
                          person));
}

HELPER void
people_pledge(struct village *village, const char *person)
{
    people_pledge_at(village, "2021-03-08T12:00", person);
}

/* Everybody reviewed, inspected, approved; pledges of the first `pledges`. */
HELPER void
people_approved(struct village *village, size_t pledges)
{
    people_review(village, COUNT_OF(DESKS));
    village_do(village, "2021-03-07T09:00", "co", "review.conclude", CONCLUDE);
    for (size_t i = 0; i < COUNT_OF(NOMINATED); i++)
        village_do(village, "2021-03-08T09:00", "to", "inspect.record",
                   mem_printf(village->ctx->mem,
                              "{'body':'village','person':'%s','team':['外:考察组长'],"
                              "'held_on':'2021-03-08','talks':12,'result':'recommended'}",
                              NOMINATED[i]));
    village_do(village, "2021-03-08T10:00", "ts", "inspect.decide", DECIDE);
    for (size_t i = 0; i < pledges; i++)
        people_pledge(village, NOMINATED[i]);
}

HELPER void
people_state_is(struct village *village, const char *person, const char *post, const char *state)
{
    struct candidate candidate;
    assert_int_equal(candidate_store_find(village->ctx, village->db, VILLAGE, "village", person,
                                          post, &candidate),
                     ERR_OK);
    assert_string_equal(candidate.state, state);
}
