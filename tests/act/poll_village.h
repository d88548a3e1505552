/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A village on its way to the polling day 2021-03-20 (D): 40 people on the posted roll, seats,
 * formal candidates and kin, round 1. What other stages do is put in the ledger and tables as those
 * acts leave it; the acts under test go through the gate.
 */
#pragma once

#include "act/village.h"
#include "ledger/entry.h"
#include "store/candidate_store.h"
#include "store/kin_store.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/round_store.h"
#include "store/seat_store.h"
#include "store/standing_store.h"
#include "store/voter_store.h"

enum { VOTERS = 40 };

/* Candidates: chair P00005 刘刚, P00006 李芳; vice-chair P00007 何伟, P00008 余华; members P00001
 * 陈亮, P00002 王文, P00003 于明, P00004 孙红. P00009 李妹 is the sister of P00006. */
static const char *const NAMES[] = {"陈亮", "王文", "于明", "孙红", "刘刚",
                                    "李芳", "何伟", "余华", "李妹"};

HELPER const char *
code_of(struct village *village, int number)
{
    return mem_printf(village->ctx->mem, "P%05d", number);
}

HELPER void
seed_person(struct village *village, int number)
{
    const bool named = number <= (int)COUNT_OF(NAMES);
    const struct person person = {
        .unit = VILLAGE,
        .person = code_of(village, number),
        .name = named ? NAMES[number - 1] : mem_printf(village->ctx->mem, "村民%d", number),
        .sex = number % 2 ? "m" : "f",
        .birth = DATE_NONE,
        .nation = "汉",
        .party = "none",
        .grp = "一组",
        .household = "1",
        .relation_to_head = "",
        .education = "",
        .in_register = true,
        .id_cipher = "",
        .id_mac = "",
        .phone_cipher = "",
    };
    const struct voter voter = {
        .unit = VILLAGE,
        .person = person.person,
        .state = "listed",
        .head = 1,
        .reason = "",
        .home = "",
        .resident_since = DATE_NONE,
        .village_work_since = DATE_NONE,
        .applied_on = DATE_NONE,
    };
    assert_int_equal(person_store_add(village->ctx, village->db, &person), ERR_OK);
    assert_int_equal(voter_store_set(village->ctx, village->db, &voter), ERR_OK);
}

HELPER struct date
day_of(const char *text)
{
    struct date day = DATE_NONE;
    assert_true(date_parse(text, &day));
    return day;
}

/* An entry of another stage, as if its act had been accepted. */
HELPER void
seed_entry(struct village *village, const char *act, const char *on, const char *fields)
{
    struct entry head;
    assert_int_equal(ledger_store_head(village->ctx, village->db, VILLAGE, &head), ERR_OK);
    struct entry entry = {
        .unit = VILLAGE,
        .seq = head.seq + 1,
        .act = act,
        .at = mem_printf(village->ctx->mem, "%sT08:00:00+08:00", on),
        .actor = "ec",
        .fields = json_of(village, fields),
    };
    const char *body = json_text_of(entry.fields, "body");
    const char *list = json_text_of(entry.fields, "list");
    const struct standing standing = {
        .unit = VILLAGE,
        .seq = entry.seq,
        .act = act,
        .body = body ? body : "",
        .kind = "",
        .list = list ? list : "",
        .subject = "",
        .on_day = day_of(on),
        .at = entry.at,
        .state = "stands",
    };
    assert_int_equal(ledger_store_append(village->ctx, village->db, &entry), ERR_OK);
    assert_int_equal(standing_store_add(village->ctx, village->db, &standing), ERR_OK);
}

HELPER void
seed_round(struct village *village, int64_t after)
{
    int64_t number;
    const struct round round = {
        .unit = VILLAGE,
        .body = "village",
        .kind = after ? "second_poll" : "first",
        .polling_day = day_of("2021-03-20"),
        .after_round = after,
        .opened_seq = 1,
    };
    assert_int_equal(round_store_open(village->ctx, village->db, &round, &number), ERR_OK);
    assert_int_equal(number, after + 1);
}

HELPER void
seed_candidate(struct village *village, int number, const char *post, const char *state)
{
    const struct candidate candidate = {.unit = VILLAGE,
                                        .body = "village",
                                        .person = code_of(village, number),
                                        .post = post,
                                        .state = state,
                                        .source = "",
                                        .votes = number};
    assert_int_equal(candidate_store_put(village->ctx, village->db, &candidate), ERR_OK);
}

HELPER void
seed_people(struct village *village)
{
    static const struct seat SEATS[] = {
        {VILLAGE, "village", "chair", 1, 1, "open"},
        {VILLAGE, "village", "vice_chair", 2, 1, "open"},
        {VILLAGE, "village", "member", 3, 3, "open"},
    };
    for (size_t i = 0; i < COUNT_OF(SEATS); i++)
        assert_int_equal(seat_store_put(village->ctx, village->db, &SEATS[i]), ERR_OK);
    for (int i = 1; i <= 8; i++)
        seed_candidate(village, i, i <= 4 ? "member" : i <= 6 ? "chair" : "vice_chair", "formal");
    assert_int_equal(
        kin_store_put(village->ctx, village->db, VILLAGE, "P00006", "P00009", RELATION_SIBLING),
        ERR_OK);
}

HELPER int
poll_setup(void **state)
{
    assert_int_equal(village_setup(state), 0);
    struct village *village = *state;
    const struct roll roll = {
        .unit = VILLAGE,
        .state = "posted",
        .from_on = day_of("2021-02-04"),
        .to_on = day_of("2021-02-10"),
        .posted_seq = 2,
        .posted_on = day_of("2021-02-20"),
        .posted_count = VOTERS,
        .list_hash = "",
    };
    for (int i = 1; i <= VOTERS; i++)
        seed_person(village, i);
    assert_int_equal(roll_store_set(village->ctx, village->db, &roll), ERR_OK);
    assert_int_equal(
        day_store_set(village->ctx, village->db, VILLAGE, "village", day_of("2021-03-20")), ERR_OK);
    seed_round(village, 0);
    seed_entry(village, "roll.post", "2021-02-20", "{}");
    seed_people(village);
    seed_entry(village, "day.fix", "2021-02-25", "{'body':'village'}");
    seed_entry(village, "candidates.post", "2021-03-10", "{'body':'village','list':'formal'}");
    seed_entry(village, "candidates.meet", "2021-03-10", "{}");
    return 0;
}

#define POLL_TEST(function) cmocka_unit_test_setup_teardown(function, poll_setup, village_teardown)
#define PLACES(on) "'posted_on':'" on "','places':[{'place':'村委会'}]"
#define CENTRAL                                                                                    \
    "{'round':1,'name':'中心会场','kind':'central','place':'村委会','opens':'08:00',"       \
    "'closes':'12:00','boxes':[{'box':1}],'booths':2}"
#define STATION                                                                                    \
    "{'round':1,'name':'一组投票站','kind':'station','place':'一组','opens':'08:00',"       \
    "'closes':'12:00','boxes':[{'box':2}],'booths':1}"
#define DESIGN(form, lines)                                                                        \
    "{'round':1,'form':" form ",'layout':'combined','size':'A4','posts':[{'post':'chair',"         \
    "'write_in_lines':1},{'post':'vice_chair','write_in_lines':1},{'post':'member',"               \
    "'write_in_lines':" lines "}]}"
#define PRINT                                                                                              \
    "{'round':1,'form':1,'printed':42,'spoiled':1,'printer':'县印刷厂','witnesses':['外:监督员']," \
    "'seal_no':'Y1','on':'2021-03-12'}"
#define ALLOT                                                                                      \
    "{'round':1,'rows':[{'box':1,'form':1,'count':25,'received_by':'P00017','seal_no':'A1'},"      \
    "{'box':2,'form':1,'count':15,'received_by':'P00018','seal_no':'A2'}]}"
#define NOTICE(on)                                                                                     \
    "{'round':1,'opens':'08:00','closes':'12:00','method':'无记名投票','count_place':'村委会'" \
    "," PLACES(on) "}"
#define STAFF_NOT_PASSED "[{'rule':'POL-02','reason':'村民代表会议另行通过'}]"
#define STAFF                                                                                      \
    "{'round':1,'rows':[{'person':'P00011','duty':'chief_monitor','box':1},"                       \
    "{'person':'P00012','duty':'monitor','box':1},{'person':'P00013','duty':'monitor','box':1},"   \
    "{'person':'P00014','duty':'monitor','box':2},{'person':'P00015','duty':'monitor','box':2},"   \
    "{'person':'P00016','duty':'monitor','box':2},{'person':'P00017','duty':'issuer','box':1},"    \
    "{'person':'P00018','duty':'issuer','box':2}]," PLACES("2021-03-12") "}"

/* Trained and pledged on 2021-03-11. */
HELPER void
poll_train(struct village *village, int from, int to)
{
    const char *rows = "";
    for (int i = from; i <= to; i++)
        rows =
            mem_printf(village->ctx->mem, "%s%s{'person':'P%05d','duty':'选举工作','attended':'y'}",
                       rows, i > from ? "," : "", i);
    village_do(village, "2021-03-11T09:00", "ec", "training.hold",
               mem_printf(village->ctx->mem,
                          "{'kind':'election_staff','held_on':'2021-03-11','topics':'业务',"
                          "'rows':[%s],'file':'" FILE_SM3 "'}",
                          rows));
    for (int i = from; i <= to; i++)
        village_do(village, "2021-03-11T10:00", "ec", "pledge.sign",
                   mem_printf(village->ctx->mem,
                              "{'kind':'staff','person':'P%05d','on':'2021-03-11',"
                              "'signed_by':['P%05d']}",
                              i, i));
}

/* Everything up to the eve of D, with the ballots at the boxes. */
HELPER void
poll_prepare(struct village *village)
{
    poll_train(village, 11, 18);
    village_do(village, "2021-03-12T09:00", "ec", "station.set", CENTRAL);
    village_do(village, "2021-03-12T09:01", "ec", "station.set", STATION);
    village_explain(village, "2021-03-12T09:10", "ec", "staff.appoint", STAFF, STAFF_NOT_PASSED);
    village_do(village, "2021-03-12T09:20", "ec", "ballot.design", DESIGN("1", "3"));
    village_do(village, "2021-03-12T09:30", "ec", "ballot.print", PRINT);
    village_do(village, "2021-03-16T09:00", "ec", "poll.notice", NOTICE("2021-03-16"));
    village_do(village, "2021-03-19T09:00", "ec", "ballot.allot", ALLOT);
    village_user(village, "issuer1", "ST", VILLAGE, "P00017", NULL);
    village_user(village, "issuer2", "ST", VILLAGE, "P00018", NULL);
    village_user(village, "monitor", "ST", VILLAGE, "P00011", NULL);
}

#define OPEN                                                                                       \
    "{'round':1,'at':'08:00','boxes':[{'box':1,'seal_no':'K1','shown_empty_by':['P00011']},"       \
    "{'box':2,'seal_no':'K2','shown_empty_by':['P00014']}],'unsealed_by':['P00011']}"
