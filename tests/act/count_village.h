/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A village whose first vote is over and whose boxes are at the venue: the rows that the acts
 * before leave are written straight into the tables, so these tests must not replay the stream.
 * P00001 … are the people; ta, tb, tc, td tellers, mo the monitor.
 */
#pragma once

#include "act/village.h"

#include "ledger/entry.h"
#include "store/box_store.h"
#include "store/ledger_store.h"
#include "store/outcome_store.h"
#include "store/person_store.h"
#include "store/round_store.h"
#include "store/staff_store.h"
#include "store/standing_store.h"
#include "store/voter_store.h"

#define NOON "2021-03-20T12:00"
#define DAY "2021-03-20"
/* A second round comes in the evening of the same day, a third the day after. */
#define HOUR(round) ((round) == 1 ? NOON : (round) == 2 ? "2021-03-20T20:00" : "2021-03-21T12:00")

/* name, sex: P00001 and so on. The last is not on the roll; 同名 is borne by two. */
static const struct {
    const char *name;
    const char *sex;
    bool registered;
} PEOPLE[] = {
    {"王伟", "m", true},   {"李芳", "f", true}, {"张强", "m", true}, {"刘洋", "m", true},
    {"陈静", "f", true},   {"杨磊", "m", true}, {"黄敏", "f", true}, {"赵军", "m", true},
    {"欧阳山", "m", true}, {"同名", "m", true}, {"同名", "m", true}, {"外来人", "m", false},
};

HELPER struct date
day_of(const char *text)
{
    struct date day;
    assert_true(date_parse(text, &day));
    return day;
}

HELPER void
count_people(struct village *village)
{
    for (size_t i = 0; i < COUNT_OF(PEOPLE); i++) {
        const char *code = mem_printf(village->ctx->mem, "P%05zu", i + 1);
        const struct person person = {
            .unit = VILLAGE,
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
            .phone_cipher = "",
        };
        assert_int_equal(person_store_add(village->ctx, village->db, &person), ERR_OK);
        const struct voter voter = {
            .unit = VILLAGE,
            .person = code,
            .state = PEOPLE[i].registered ? "listed" : "not_listed",
            .head = 1,
            .reason = "",
            .home = "",
            .resident_since = DATE_NONE,
            .village_work_since = DATE_NONE,
            .applied_on = DATE_NONE,
        };
        assert_int_equal(voter_store_set(village->ctx, village->db, &voter), ERR_OK);
    }
}

HELPER void
count_staff(struct village *village, int64_t round)
{
    static const struct {
        const char *user;
        const char *person;
        const char *duty;
    } STAFF[] = {{"ta", "外:甲", "tally"},
                 {"tb", "外:乙", "tally"},
                 {"tc", "外:丙", "tally"},
                 {"td", "外:丁", "tally"},
                 {"mo", "外:监票人", "monitor"}};
    for (size_t i = 0; i < COUNT_OF(STAFF); i++) {
        const struct staff staff = {.unit = VILLAGE,
                                    .round = round,
                                    .person = STAFF[i].person,
                                    .duty = STAFF[i].duty,
                                    .state = "on_duty",
                                    .reason = "",
                                    .seq = 1};
        if (round == 1)
            village_user(village, STAFF[i].user, "ST", VILLAGE, STAFF[i].person, NULL);
        assert_int_equal(staff_store_put(village->ctx, village->db, &staff), ERR_OK);
    }
}

/* The poll of a round as poll.close and box.gather leave it: one box, `issued` ballots. */
HELPER void
count_gather(struct village *village, int64_t round, int64_t registered, int64_t issued)
{
    struct ctx *ctx = village->ctx;
    const struct box_report report = {
        .unit = VILLAGE, .seq = round, .round = round, .box = 1, .at = "11:00", .issued = issued};
    const struct standing closed = {.unit = VILLAGE,
                                    .seq = 1000 + round,
                                    .act = "poll.close",
                                    .body = "",
                                    .kind = "",
                                    .round = round,
                                    .list = "",
                                    .subject = "",
                                    .on_day = DATE_NONE,
                                    .at = "",
                                    .state = "stands"};
    struct standing opened = closed;
    opened.seq = 2000 + round;
    opened.act = "poll.open";
    assert_int_equal(standing_store_add(ctx, village->db, &opened), ERR_OK);
    assert_int_equal(standing_store_add(ctx, village->db, &closed), ERR_OK);
    assert_int_equal(round_store_set_registered(ctx, village->db, VILLAGE, round, registered),
                     ERR_OK);
    assert_int_equal(round_store_set_issued(ctx, village->db, VILLAGE, round, issued), ERR_OK);
    assert_int_equal(box_store_put(ctx, village->db, VILLAGE, round, 1, "中心会场", "central"),
                     ERR_OK);
    assert_int_equal(box_store_report(ctx, village->db, &report), ERR_OK);
    assert_int_equal(box_store_set_state(ctx, village->db, VILLAGE, round, 1, BOX_GATHERED, NULL),
                     ERR_OK);
    assert_int_equal(round_store_set_state(ctx, village->db, VILLAGE, round, ROUND_GATHERED),
                     ERR_OK);
}

HELPER void
count_post(struct village *village, int64_t round, const char *word, int64_t seats,
           const char *const *persons, size_t count)
{
    const struct round_post post = {.unit = VILLAGE, .round = round, .post = word, .seats = seats};
    assert_int_equal(round_store_add_post(village->ctx, village->db, VILLAGE, round, word, seats),
                     ERR_OK);
    assert_int_equal(round_store_set_candidates(village->ctx, village->db, &post, persons, count),
                     ERR_OK);
}

/* day.fix, which opened round 1: whoever reads the ledger alone counts rounds by it. */
HELPER void
count_opening(struct village *village)
{
    struct entry head;
    assert_int_equal(ledger_store_head(village->ctx, village->db, VILLAGE, &head), ERR_OK);
    struct entry entry = {
        .unit = VILLAGE,
        .seq = head.seq + 1,
        .act = "day.fix",
        .at = head.at,
        .actor = "ec",
        .fields = json_of(village, "{'body':'village','polling_day':'" DAY "'}"),
    };
    assert_int_equal(ledger_store_append(village->ctx, village->db, &entry), ERR_OK);
}

/* Round 1: chair (王伟, 张强) and three members (李芳, 刘洋, 陈静, 杨磊). */
HELPER struct village *
count_begin(void **state, int64_t registered, int64_t issued)
{
    static const char *const CHAIRS[] = {"P00001", "P00003"};
    static const char *const MEMBERS[] = {"P00002", "P00004", "P00005", "P00006"};
    struct village *village = *state;
    const struct round round = {
        .unit = VILLAGE, .body = "village", .kind = "first", .polling_day = day_of(DAY)};
    int64_t number;
    count_people(village);
    count_opening(village);
    assert_int_equal(day_store_set(village->ctx, village->db, VILLAGE, "village", day_of(DAY)),
                     ERR_OK);
    assert_int_equal(round_store_open(village->ctx, village->db, &round, &number), ERR_OK);
    count_post(village, number, "chair", 1, CHAIRS, COUNT_OF(CHAIRS));
    count_post(village, number, "member", 3, MEMBERS, COUNT_OF(MEMBERS));
    count_staff(village, number);
    count_gather(village, number, registered, issued);
    return village;
}

#define TEXT(village, ...) mem_printf((village)->ctx->mem, __VA_ARGS__)

/* Box 1 is opened and the count begun. */
HELPER void
count_open(struct village *village, int64_t round, int64_t recovered, int64_t size)
{
    village_do(village, HOUR(round), "mo", "box.recover",
               TEXT(village,
                    "{'round':%d,'box':1,'recovered':%d,'not_official':0,'at':'12:00',"
                    "'opened_by':['外:监票人']}",
                    (int)round, (int)recovered));
    village_do(village, HOUR(round), "ec", "count.open",
               TEXT(village, "{'round':%d,'bundle_size':%d,'mixed':'y','public':'y','at':'12:30'}",
                    (int)round, (int)size));
}

#define ENTER(round, bundle, hand, attempt, rest)                                                  \
    "{'round':" #round ",'bundle':" #bundle ",'hand':'" hand "','attempt':" #attempt "," rest "}"

/* Both hands type the same totals of bundle 1; the count is closed and the outcome recorded. */
HELPER void
count_totals(struct village *village, int64_t round, int64_t ballots, const char *totals)
{
    static const char *const HANDS[] = {"a", "b"};
    static const char *const USERS[] = {"ta", "tb"};
    count_open(village, round, ballots, 1000);
    for (size_t i = 0; i < COUNT_OF(HANDS); i++)
        village_do(village, HOUR(round), USERS[i], "bundle.enter",
                   TEXT(village,
                        "{'round':%d,'bundle':1,'hand':'%s','attempt':1,'ballots':%d,'totals':[%s],"
                        "'void':0,'blank':0}",
                        (int)round, HANDS[i], (int)ballots, totals));
    village_do(village, HOUR(round), "ec", "count.close",
               TEXT(village, "{'round':%d,'signed_by':['外:甲','外:乙','外:监票人']}", (int)round));
    village_do(village, HOUR(round), "ec", "outcome.record",
               TEXT(village, "{'round':%d}", (int)round));
}

HELPER void
count_announce(struct village *village, int64_t round, const char *day)
{
    village_do(village, mem_printf(village->ctx->mem, "%sT%s", day, round == 2 ? "21:00" : "17:00"),
               "ec", "result.announce",
               TEXT(village,
                    "{'round':%d,'on':'%s','at':'17:00','place':'会场','read_by':'外:选委会主任'}",
                    (int)round, day));
}

#define VOTES(post, person, votes) "{'post':'" post "','person':'" person "','votes':" #votes "}"

HELPER struct outcome_post
outcome_of(struct village *village, int64_t round, const char *post)
{
    struct outcome_post *posts;
    size_t count;
    assert_int_equal(outcome_store_posts(village->ctx, village->db, VILLAGE, round, &posts, &count),
                     ERR_OK);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(posts[i].post, post) == 0)
            return posts[i];
    }
    fail_msg("no outcome of %s", post);
    return posts[0];
}

HELPER const char *
seated_state(struct village *village, const char *person)
{
    struct seated seated;
    const enum err err =
        seated_store_find(village->ctx, village->db, VILLAGE, "village", person, NULL, &seated);
    return err == ERR_OK ? seated.state : "";
}

HELPER const char *
round_state_of(struct village *village, int64_t number)
{
    struct round round;
    assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, number, &round), ERR_OK);
    return round.state;
}

/* Who may stand next, by code, parted by blanks. */
HELPER const char *
next_of(struct village *village, int64_t round, const char *post, const char *part)
{
    struct outcome_next *next;
    size_t count;
    const char *text = "";
    assert_int_equal(
        outcome_store_next(village->ctx, village->db, VILLAGE, round, post, &next, &count), ERR_OK);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(next[i].part, part) == 0)
            text = TEXT(village, "%s%s%s", text, text[0] ? " " : "", next[i].person);
    }
    return text;
}
