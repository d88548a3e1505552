/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A village of Henan, where each post has its ballot 分职选票 (BAL-03): forms 1 chair, 2
 * vice_chair, 3 member; 40 voters, two boxes. The acts from ballot.design to outcome.record, with
 * figures for each form.
 */
#pragma once

#define VILLAGE_PACKS "henan"
#include "act/poll_village.h"

#include "store/box_form_store.h"
#include "store/bundle_store.h"
#include "store/count_store.h"
#include "store/outcome_store.h"
#include "store/staff_store.h"

#define TEXT(village, ...) mem_printf((village)->ctx->mem, __VA_ARGS__)
#define ON_D(hour) "2021-03-20T" hour

/* An hour of the day of a round: the third is voted on a day after. */
#define AT(village, round, hour) TEXT(village, "2021-03-%sT" hour, (round) == 3 ? "21" : "20")

enum { CHAIR_FORM = 1, VICE_FORM, MEMBER_FORM, FORMS = MEMBER_FORM };

static const char *const FORM_POSTS[] = {"", "chair", "vice_chair", "member"};
static const int FORM_SEATS[] = {0, 1, 1, 3};

/* What is reported of each form: issued, recovered. */
struct papers {
    int issued[FORMS + 1];
    int recovered[FORMS + 1];
};
static const struct papers THIRTY = {{0, 30, 30, 30}, {0, 30, 30, 29}};

HELPER void
forms_design(struct village *village, int round, int form)
{
    village_do(village, round == 1 ? "2021-03-12T09:20" : AT(village, round, "15:30"), "ec",
               "ballot.design",
               TEXT(village,
                    "{'round':%d,'form':%d,'layout':'per_post','size':'A5','colour':'黄','posts':["
                    "{'post':'%s','write_in_lines':%d}]}",
                    round, form, FORM_POSTS[form], round == 1 ? FORM_SEATS[form] : 1));
    village_do(village, round == 1 ? "2021-03-12T09:20" : AT(village, round, "15:30"), "ec",
               "ballot.print",
               TEXT(village,
                    "{'round':%d,'form':%d,'printed':42,'spoiled':2,'printer':'县印刷厂',"
                    "'witnesses':['外:监督员'],'seal_no':'Y%d','on':'2021-03-12'}",
                    round, form, form));
}

/* 25 of each form at box 1, 15 at box 2: none is left in reserve. */
HELPER void
forms_allot(struct village *village, int round, const int *forms, size_t count)
{
    const char *rows = "";
    for (size_t i = 0; i < count; i++)
        rows = TEXT(village,
                    "%s%s{'box':1,'form':%d,'count':25,'received_by':'P00017','seal_no':'A1'},"
                    "{'box':2,'form':%d,'count':15,'received_by':'P00018','seal_no':'A2'}",
                    rows, i ? "," : "", forms[i], forms[i]);
    village_do(village, round == 1 ? "2021-03-19T09:00" : AT(village, round, "15:40"), "ec",
               "ballot.allot", TEXT(village, "{'round':%d,'rows':[%s]}", round, rows));
}

HELPER struct village *
forms_prepare(void **state)
{
    static const int ALL[] = {CHAIR_FORM, VICE_FORM, MEMBER_FORM};
    struct village *village = *state;
    poll_train(village, 11, 18);
    village_do(village, "2021-03-12T09:00", "ec", "station.set", CENTRAL);
    village_do(village, "2021-03-12T09:01", "ec", "station.set", STATION);
    village_explain(village, "2021-03-12T09:10", "ec", "staff.appoint", STAFF, STAFF_NOT_PASSED);
    for (int form = CHAIR_FORM; form <= MEMBER_FORM; form++)
        forms_design(village, 1, form);
    village_do(village, "2021-03-16T09:00", "ec", "poll.notice", NOTICE("2021-03-16"));
    forms_allot(village, 1, ALL, COUNT_OF(ALL));
    village_user(village, "issuer1", "ST", VILLAGE, "P00017", NULL);
    village_user(village, "issuer2", "ST", VILLAGE, "P00018", NULL);
    village_user(village, "monitor", "ST", VILLAGE, "P00011", NULL);
    return village;
}

/* The teller accounts, appointed by hand: staff of the venue are not what is tested. */
HELPER void
forms_tellers(struct village *village, int round)
{
    static const char *const TELLERS[][2] = {{"ta", "外:甲"}, {"tb", "外:乙"}};
    for (size_t i = 0; i < COUNT_OF(TELLERS); i++) {
        const struct staff staff = {.unit = VILLAGE,
                                    .round = round,
                                    .person = TELLERS[i][1],
                                    .duty = "tally",
                                    .state = "on_duty",
                                    .reason = "",
                                    .seq = 1};
        if (round == 1)
            village_user(village, TELLERS[i][0], "ST", VILLAGE, TELLERS[i][1], NULL);
        assert_int_equal(staff_store_put(village->ctx, village->db, &staff), ERR_OK);
    }
}

/* Box 1 has two thirds of the ballots; nothing is spoiled. */
HELPER int
at_box(int box, int papers)
{
    const int first = papers * 2 / 3;
    return box == 1 ? first : papers - first;
}

HELPER void
forms_close_box(struct village *village, int box, const struct papers *papers)
{
    const char *rows = "";
    int issued = 0, unused = 0;
    for (int form = 1; form <= FORMS; form++) {
        const int given = at_box(box, papers->issued[form]);
        const int left = (box == 1 ? 25 : 15) - given;
        rows = TEXT(village,
                    "%s%s{'form':%d,'issued':%d,'issued_proxy':0,'scribed':0,'spoiled':0,"
                    "'unused':%d}",
                    rows, form > 1 ? "," : "", form, given, left);
        issued += given;
        unused += left;
    }
    village_do(village, ON_D("12:00"), "monitor", "box.close",
               TEXT(village,
                    "{'round':1,'box':%d,'at':'12:00','issued':%d,'issued_proxy':0,'scribed':0,"
                    "'spoiled':0,'unused':%d,'seal_no':'F1','monitors':['P00011'],'forms':[%s]}",
                    box, issued, unused, rows));
}

HELPER void
forms_close(struct village *village, const struct papers *papers)
{
    const char *rows = "";
    int unused = 0;
    forms_close_box(village, 1, papers);
    forms_close_box(village, 2, papers);
    for (int form = 1; form <= FORMS; form++) {
        const int left = 40 - papers->issued[form];
        rows = TEXT(village, "%s%s{'form':%d,'unused':%d,'spoiled':0,'reserve':0}", rows,
                    form > 1 ? "," : "", form, left);
        unused += left;
    }
    village_do(village, ON_D("12:20"), "ec", "poll.close",
               TEXT(village,
                    "{'round':1,'at':'12:20','unused':%d,'spoiled':0,'reserve':0,'fate':'sealed',"
                    "'seal_no':'Z1','witnesses':['外:监督员'],'forms':[%s]}",
                    unused, rows));
    for (int box = 1; box <= 2; box++)
        village_do(village, ON_D("12:30"), "ec", "box.gather",
                   TEXT(village,
                        "{'round':1,'box':%d,'arrived_at':'12:30','seal_ok':'y',"
                        "'escorts':['P00012']}",
                        box));
}

/* Opens both boxes and, by what is in them, the count: bundles of 20. */
HELPER void
forms_recover(struct village *village, const struct papers *papers)
{
    for (int box = 1; box <= 2; box++) {
        const char *rows = "";
        int all = 0;
        for (int form = 1; form <= FORMS; form++) {
            const int found = at_box(box, papers->recovered[form]);
            rows = TEXT(village, "%s%s{'form':%d,'recovered':%d,'not_official':0}", rows,
                        form > 1 ? "," : "", form, found);
            all += found;
        }
        village_do(village, ON_D("12:50"), "ec", "box.recover",
                   TEXT(village,
                        "{'round':1,'box':%d,'recovered':%d,'not_official':0,'at':'12:50',"
                        "'opened_by':['P00011'],'forms':[%s]}",
                        box, all, rows));
    }
    village_do(village, ON_D("13:00"), "ec", "count.open",
               "{'round':1,'bundle_size':20,'mixed':'y','public':'y','at':'13:00'}");
}

/* To the open count of round 1. */
HELPER struct village *
forms_count(void **state, const struct papers *papers)
{
    struct village *village = forms_prepare(state);
    forms_tellers(village, 1);
    village_do(village, ON_D("08:00"), "ec", "poll.open", OPEN);
    forms_close(village, papers);
    forms_recover(village, papers);
    return village;
}

/* Both hands type the same totals of a bundle. */
HELPER void
forms_enter(struct village *village, int round, int bundle, int ballots, int invalid,
            const char *totals)
{
    static const char *const HANDS[] = {"a", "b"};
    for (size_t i = 0; i < COUNT_OF(HANDS); i++)
        village_do(village, round == 1 ? ON_D("13:30") : AT(village, round, "17:55"),
                   TEXT(village, "t%s", HANDS[i]), "bundle.enter",
                   TEXT(village,
                        "{'round':%d,'bundle':%d,'hand':'%s','attempt':1,'ballots':%d,"
                        "'totals':[%s],'void':%d,'blank':0}",
                        round, bundle, HANDS[i], ballots, totals, invalid));
}

#define VOTES(post, person, votes) "{'post':'" post "','person':'" person "','votes':" #votes "}"

HELPER void
forms_record(struct village *village, int round)
{
    const char *day = round == 3 ? "2021-03-21" : "2021-03-20";
    const char *hour = round == 1 ? "15" : "18";
    village_do(village, TEXT(village, "%sT%s:00", day, hour), "ec", "count.close",
               TEXT(village, "{'round':%d,'signed_by':['外:甲','外:乙']}", round));
    village_do(village, TEXT(village, "%sT%s:10", day, hour), "ec", "outcome.record",
               TEXT(village, "{'round':%d}", round));
    village_do(village, TEXT(village, "%sT%s:20", day, hour), "ec", "result.announce",
               TEXT(village,
                    "{'round':%d,'on':'%s','at':'%s:20','place':'会场',"
                    "'read_by':'外:选委会主任'}",
                    round, day, hour));
}

/* "next vacant" of a post. */
HELPER const char *
forms_outcome(struct village *village, int round, const char *post)
{
    struct outcome_post *posts;
    size_t count;
    assert_int_equal(outcome_store_posts(village->ctx, village->db, VILLAGE, round, &posts, &count),
                     ERR_OK);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(posts[i].post, post) == 0)
            return TEXT(village, "%s %d", posts[i].next, (int)posts[i].vacant);
    }
    return "none";
}

HELPER const char *
forms_seat(struct village *village, const char *person)
{
    struct seated seated;
    const enum err err =
        seated_store_find(village->ctx, village->db, VILLAGE, "village", person, NULL, &seated);
    return err == ERR_OK ? TEXT(village, "%s %d", seated.post, (int)seated.votes) : "";
}

/* Bundles from `from` on: 20 and 10 ballots for vice-chair, 20 and 9 for members. */
HELPER void
count_vice_and_members(struct village *village, int from)
{
    forms_enter(village, 1, from, 20, 0, VOTES("vice_chair", "P00007", 16));
    forms_enter(village, 1, from + 1, 10, 2,
                VOTES("vice_chair", "P00008", 4) "," VOTES("vice_chair", "P00007", 4));
    forms_enter(village, 1, from + 2, 20, 0,
                VOTES("member", "P00001", 15) "," VOTES("member", "P00002", 18) "," VOTES(
                    "member", "P00004", 12) "," VOTES("member", "P00003", 5));
    forms_enter(village, 1, from + 3, 9, 1, VOTES("member", "P00004", 4));
}

/* A round for one post of one seat after the first. */
struct later {
    int round;
    int after;
    int form;
    const char *kind;
    const char *candidates;
};

HELPER void
later_box(struct village *village, int round, int box)
{
    village_do(village, AT(village, round, "17:00"), "monitor", "box.close",
               TEXT(village,
                    "{'round':%d,'box':%d,'at':'17:00','issued':%d,'issued_proxy':0,'scribed':0,"
                    "'spoiled':0,'unused':5,'seal_no':'F3','monitors':['P00011']}",
                    round, box, box == 1 ? 20 : 10));
}

/* From its opening to the open count: 30 of 40 ballots are cast, plain figures. */
HELPER void
later_vote(struct village *village, int round)
{
    village_do(village, AT(village, round, "15:50"), "ec", "poll.open",
               TEXT(village,
                    "{'round':%d,'at':'15:50','boxes':[{'box':1,'seal_no':'K1','shown_empty_by':"
                    "['P00011']},{'box':2,'seal_no':'K2','shown_empty_by':['P00014']}],"
                    "'unsealed_by':['P00011']}",
                    round));
    later_box(village, round, 1);
    later_box(village, round, 2);
    village_do(village, AT(village, round, "17:20"), "ec", "poll.close",
               TEXT(village,
                    "{'round':%d,'at':'17:20','unused':10,'spoiled':0,'reserve':0,'fate':'sealed',"
                    "'seal_no':'Z1','witnesses':['外:监督员']}",
                    round));
    for (int box = 1; box <= 2; box++)
        village_do(village, AT(village, round, "17:30"), "ec", "box.gather",
                   TEXT(village,
                        "{'round':%d,'box':%d,'arrived_at':'17:30','seal_ok':'y',"
                        "'escorts':['P00012']}",
                        round, box));
    for (int box = 1; box <= 2; box++)
        village_do(village, AT(village, round, "17:40"), "ec", "box.recover",
                   TEXT(village,
                        "{'round':%d,'box':%d,'recovered':%d,'not_official':0,'at':'17:40',"
                        "'opened_by':['P00011']}",
                        round, box, box == 1 ? 20 : 10));
    village_do(village, AT(village, round, "17:50"), "ec", "count.open",
               TEXT(village, "{'round':%d,'bundle_size':100,'mixed':'y','public':'y','at':'17:50'}",
                    round));
}

/* From the order to the announcement. */
HELPER void
forms_later(struct village *village, const struct later *later, const char *totals)
{
    const int round = later->round;
    village_do(village, AT(village, round, "15:25"), "ec", "round.order",
               TEXT(village,
                    "{'kind':'%s','after_round':%d,'posts':[{'post':'%s','seats':1,'candidates':["
                    "%s]}],'polling_day':'2021-03-%s'," PLACES("2021-03-20") "}",
                    later->kind, later->after, FORM_POSTS[later->form], later->candidates,
                    round == 3 ? "21" : "20"));
    forms_tellers(village, round);
    forms_design(village, round, later->form);
    forms_allot(village, round, &later->form, 1);
    later_vote(village, round);
    forms_enter(village, round, 1, 30, 0, totals);
    forms_record(village, round);
}
