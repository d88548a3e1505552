/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates confirmed, posted, replaced; objections (acts.md 6.2). */
#include "act/people_village.h"

#include "domain/stroke.h"
#include "store/proxy_store.h"
#include "store/seat_store.h"
#include "store/stream_store.h"

#define POST_LIST(list, day, ties) "{'body':'village','list':'" list "'," ties HUNG(day) "}"
#define OBJECT(subject, day)                                                                       \
    "{'subject':'" subject "','applicant':'赵军','matter':'有异议','received_on':'" day "'," PAPER \
    "}"
#define DECISION(seq, day)                                                                         \
    "{'objection_seq':%lld,'decision':'rejected','grounds':'理由','decided_on':'" day              \
    "','told_on':'" day "'," HUNG(day) "}"

static const char *
with_seq(struct village *village, const char *format, int64_t seq)
{
    const char *at = strstr(format, "%lld");
    return mem_printf(village->ctx->mem, "%.*s%lld%s", (int)(at - format), format, (long long)seq,
                      at + strlen("%lld"));
}

static void
confirmed(struct village *village)
{
    people_approved(village, COUNT_OF(NOMINATED));
    village_do(village, "2021-03-09T09:00", "ec", "candidates.confirm", CONFIRM(FIVE));
}

static void
five_confirmed_become_formal_and_the_list_is_frozen_in_stroke_order(void **state)
{
    struct village *village = *state;
    struct candidate candidate;
    struct candidate_list list;
    confirmed(village);

    village_do(village, "2021-03-09T10:00", "ec", "candidates.post",
               POST_LIST("formal", "2021-03-09", ""));

    people_state_is(village, "P00002", "chair", "formal");
    /* 王 four strokes before 李 seven. */
    assert_int_equal(candidate_store_find(village->ctx, village->db, VILLAGE, "village", "P00002",
                                          "chair", &candidate),
                     ERR_OK);
    assert_int_equal(candidate.place, 2);
    assert_int_equal(
        list_store_find(village->ctx, village->db, VILLAGE, "village", "formal", &list), ERR_OK);
    assert_int_equal(strlen(list.hash), 64);
    village_refused(village, "2021-03-09T11:00", "ec", "candidates.post",
                    POST_LIST("formal", "2021-03-09", ""), "SEQ-07");
    village_refused(village, "2021-03-09T11:00", "ec", "candidates.confirm", CONFIRM(FIVE),
                    "SEQ-04");
}

/* acts.md §8, 14. */
static void
kin_among_the_candidates_are_refused(void **state)
{
    struct village *village = *state;
    people_approved(village, COUNT_OF(NOMINATED));
    village_do(village, "2021-03-08T13:00", "to", "kin.declare",
               "{'a':'P00001','b':'P00003','relation':'sibling','source':'declared'}");

    village_refused(village, "2021-03-09T09:00", "ec", "candidates.confirm", CONFIRM(FIVE),
                    "ELG-05");
}

/* acts.md §8, 15. */
static void
a_candidate_without_a_pledge_is_refused(void **state)
{
    struct village *village = *state;
    people_approved(village, COUNT_OF(NOMINATED) - 1);

    village_refused(village, "2021-03-09T09:00", "ec", "candidates.confirm", CONFIRM(FIVE),
                    "CND-01");

    people_state_is(village, "P00001", "chair", "qualified");
}

static void
as_many_candidates_as_seats_are_too_few(void **state)
{
    struct village *village = *state;
    people_approved(village, COUNT_OF(NOMINATED));

    village_refused(village, "2021-03-09T09:00", "ec", "candidates.confirm",
                    CONFIRM(STANDS_FOR("P00001", "chair") "," STANDS_FOR(
                        "P00003", "member") "," STANDS_FOR("P00004", "member")),
                    "NOM-04");
    assert_true(village_found(village, "NOM-07"));
}

/* acts.md §8, 16: 王 and 李 do not tie; 叶 and 申 do. */
static void
only_true_ties_are_swapped(void **state)
{
    struct village *village = *state;
    struct candidate first;
    confirmed(village);

    village_refused(
        village, "2021-03-09T10:00", "ec", "candidates.post",
        POST_LIST("formal", "2021-03-09", "'ties':[{'a':'P00001','b':'P00002','why':'习惯'}],"),
        "ORD-01");
    village_do(village, "2021-03-09T10:00", "ec", "candidates.post",
               POST_LIST("formal", "2021-03-09",
                         "'ties':[{'a':'P00003','b':'P00004','why':'镇里惯例'}],"));
    assert_int_equal(candidate_store_find(village->ctx, village->db, VILLAGE, "village", "P00003",
                                          "member", &first),
                     ERR_OK);
    const bool before = stroke_compare("叶强", "申洋", STROKE_SINGLE_FIRST) < 0;
    assert_int_equal(first.place, before ? 2 : 1);
}

static void
a_formal_list_four_days_before_the_poll_is_late(void **state)
{
    struct village *village = *state;
    confirmed(village);

    village_refused(village, "2021-03-16T10:00", "ec", "candidates.post",
                    POST_LIST("formal", "2021-03-16", ""), "CAL-04");
}

static void
an_open_objection_to_the_initial_list_holds_up_the_formal_one(void **state)
{
    struct village *village = *state;
    people_approved(village, COUNT_OF(NOMINATED));
    village_do(village, "2021-03-08T14:00", "ec", "candidates.post",
               POST_LIST("initial", "2021-03-08", ""));
    const int64_t seq = village_do(village, "2021-03-08T15:00", "ec", "objection.file",
                                   OBJECT("initial", "2021-03-08"));

    village_refused(village, "2021-03-09T09:00", "ec", "candidates.confirm", CONFIRM(FIVE),
                    "SEQ-01");
    village_do(village, "2021-03-09T09:30", "ec", "objection.decide",
               with_seq(village, DECISION("x", "2021-03-09"), seq));
    village_do(village, "2021-03-09T10:00", "ec", "candidates.confirm", CONFIRM(FIVE));
    village_refused(village, "2021-03-09T11:00", "ec", "objection.decide",
                    with_seq(village, DECISION("x", "2021-03-09"), seq), "SEQ-07");
}

static void
a_late_decision_on_the_roll_needs_a_reason(void **state)
{
    struct village *village = *state;
    const int64_t seq = village_do(village, "2021-02-22T09:00", "ec", "objection.file",
                                   OBJECT("roll", "2021-02-22"));

    village_refused(village, "2021-02-26T09:00", "ec", "objection.decide",
                    with_seq(village, DECISION("x", "2021-02-26"), seq), "CAL-03");
    village_explain(village, "2021-02-26T09:00", "ec", "objection.decide",
                    with_seq(village, DECISION("x", "2021-02-26"), seq),
                    "[{'rule':'CAL-03','reason':'须向外地查证'}]");
}

static void
an_objection_after_five_days_is_recorded_without_a_clock(void **state)
{
    struct village *village = *state;
    struct objection objection;
    const int64_t seq = village_do(village, "2021-02-26T09:00", "ec", "objection.file",
                                   OBJECT("roll", "2021-02-26"));

    assert_true(village_found(village, "CAL-02"));
    assert_int_equal(objection_store_find(village->ctx, village->db, VILLAGE, seq, &objection),
                     ERR_OK);
    assert_false(objection.in_time);
}

static void
an_objection_to_what_never_hung_is_refused(void **state)
{
    village_refused(*state, "2021-03-08T15:00", "ec", "objection.file",
                    OBJECT("formal", "2021-03-08"), "SEQ-01");
    assert_int_equal(village_submit((struct village *)*state, VILLAGE, "2021-03-08T15:00", "ec",
                                    "objection.file", OBJECT("vec", "2021-03-08"), NULL),
                     ERR_FORBIDDEN);
}

static void
the_next_by_votes_comes_in_after_review(void **state)
{
    struct village *village = *state;
    confirmed(village);
    village_do(village, "2021-03-10T09:00", "ec", "candidate.answer",
               "{'body':'village','person':'P00004','answer':'withdraw','on':'2021-03-10'," PAPER
               "}");

    village_refused(village, "2021-03-10T10:00", "ec", "candidate.replace",
                    "{'body':'village','out':'P00004','in':'P00007','post':'member',"
                    "'reason':'withdrawn'}",
                    "NOM-08");
    village_refused(village, "2021-03-10T10:00", "ec", "candidate.replace",
                    "{'body':'village','out':'P00004','in':'P00006','post':'member',"
                    "'reason':'withdrawn'}",
                    "SEQ-01");
    people_state_is(village, "P00004", "member", "withdrawn");
}

#define REPLACE                                                                                    \
    "{'body':'village','out':'P00004','in':'P00006','post':'member','reason':'withdrawn'}"

/* P00006, voted for and not among the five, goes the way of the others. */
static void
successor_reviewed(struct village *village)
{
    char *rest = mem_text(village->ctx->mem,
                          strstr(people_open_fields(village, COUNT_OF(DESKS)), ",'desks'"));
    memcpy(strstr(rest, "2021-03-08"), "2021-03-12", strlen("2021-03-12"));
    people_record_at(village, "2021-03-10T09:40", "P00006");
    village_do(village, "2021-03-10T10:00", "to", "review.open",
               mem_printf(village->ctx->mem, "{'body':'village','persons':['P00006']%s", rest));
    for (size_t i = 0; i < COUNT_OF(DESKS); i++)
        village_do(village, "2021-03-10T11:00", people_user_of(DESKS[i]), "review.opinion",
                   people_opinion(village, DESKS[i], "P00006", "pass"));
    village_do(village, "2021-03-10T12:00", "co", "review.conclude",
               "{'body':'village','rows':[" QUALIFIED("P00006") "]," DOC "}");
    village_do(village, "2021-03-10T13:00", "to", "inspect.record",
               "{'body':'village','person':'P00006','team':['外:考察组长'],"
               "'held_on':'2021-03-10','talks':12,'result':'recommended'}");
    village_do(village, "2021-03-10T14:00", "ts", "inspect.decide",
               "{'body':'village','stage':'township','rows':[" APPROVED("P00006") "]," DOC "}");
}

static void
a_reviewed_successor_comes_onto_the_confirmed_list(void **state)
{
    struct village *village = *state;
    struct standing posting;
    confirmed(village);
    village_do(village, "2021-03-09T10:00", "ec", "candidates.post",
               POST_LIST("formal", "2021-03-09", ""));
    village_do(village, "2021-03-10T09:00", "ec", "candidate.answer",
               "{'body':'village','person':'P00004','answer':'withdraw','on':'2021-03-10'," PAPER
               "}");
    village_refused(village, "2021-03-10T09:30", "ec", "candidate.replace", REPLACE, "SEQ-01");
    successor_reviewed(village);
    village_refused(village, "2021-03-10T15:00", "ec", "candidate.replace", REPLACE, "CND-01");
    people_pledge_at(village, "2021-03-10T15:30", "P00006");

    village_do(village, "2021-03-10T16:00", "ec", "candidate.replace", REPLACE);

    people_state_is(village, "P00006", "member", "formal");
    people_state_is(village, "P00004", "member", "withdrawn");
    /* The list that hangs is of no use: it is posted anew. */
    const struct standing_query query = {
        .unit = VILLAGE, .act = "candidates.post", .list = "formal", .round = -1};
    assert_int_equal(standing_store_last(village->ctx, village->db, &query, &posting),
                     ERR_NOT_FOUND);
    village_do(village, "2021-03-10T17:00", "ec", "candidates.post",
               POST_LIST("formal", "2021-03-10", ""));
}

#define SEVEN 7

/* Five seats of the Party's committee; `count` of seven reviewed people. */
static const char *
preparatory(struct village *village, int count)
{
    const char *rows = "";
    for (int i = 1; i <= count; i++)
        rows = mem_printf(village->ctx->mem, "%s%s{'person':'P%05d','post':'party_committee'}",
                          rows, i > 1 ? "," : "", i);
    return mem_printf(village->ctx->mem, "{'body':'party','list':'preparatory','rows':[%s]}", rows);
}

static void
party_reviewed(struct village *village)
{
    static const char *const ASKED[] = {"1", "6", "8", "9"};
    const struct seat seats = {VILLAGE, "party", "party_committee", 1, 5, "open"};
    assert_int_equal(seat_store_put(village->ctx, village->db, &seats), ERR_OK);
    for (int i = 1; i <= SEVEN; i++) {
        const char *code = mem_printf(village->ctx->mem, "P%05d", i);
        const struct candidate candidate = {.unit = VILLAGE,
                                            .body = "party",
                                            .person = code,
                                            .post = "party_committee",
                                            .state = "qualified",
                                            .source = "recommended"};
        const struct review_step decided = {.unit = VILLAGE,
                                            .body = "party",
                                            .person = code,
                                            .step = "leading_group",
                                            .result = "y",
                                            .by_user = "cs"};
        assert_int_equal(candidate_store_put(village->ctx, village->db, &candidate), ERR_OK);
        assert_int_equal(step_store_put(village->ctx, village->db, &decided), ERR_OK);
        for (size_t k = 0; k < COUNT_OF(ASKED); k++)
            village_do(village, "2021-01-20T09:00", "to", "bar.record",
                       mem_printf(village->ctx->mem,
                                  "{'kind':'finding','person':'%s','bar':'%s',"
                                  "'ref_day':'2021-01-01','applies':'n',"
                                  "'signed_by':['外:镇党委书记']}",
                                  code, ASKED[k]));
        village_do(village, "2021-01-20T09:00", "pb", "pledge.sign",
                   mem_printf(village->ctx->mem,
                              "{'kind':'candidate','person':'%s','on':'2021-01-20'," PAPER "}",
                              code));
    }
}

/* acts.md §8, 10; the last who decides has said yes before. */
static void
five_party_seats_have_six_preparatory_people(void **state)
{
    struct village *village = *state;
    party_reviewed(village);
    village_refused(village, "2021-01-22T09:00", "pb", "candidates.confirm",
                    preparatory(village, 6), "SEQ-01");
    struct standing decided = {.unit = VILLAGE,
                               .seq = 9005,
                               .act = "inspect.decide",
                               .body = "party",
                               .kind = "",
                               .list = "",
                               .subject = "",
                               .on_day = day_of("2021-01-20"),
                               .at = "2021-01-20T09:00:00+08:00",
                               .state = "stands"};
    assert_int_equal(standing_store_add(village->ctx, village->db, &decided), ERR_OK);

    village_refused(village, "2021-01-22T09:00", "pb", "candidates.confirm",
                    preparatory(village, SEVEN), "PTY-02");
    village_refused(village, "2021-01-22T09:00", "pb", "candidates.confirm",
                    preparatory(village, 5), "PTY-03");
    village_do(village, "2021-01-22T09:00", "pb", "candidates.confirm", preparatory(village, 6));
}

static void
a_nominee_who_declines_is_followed_by_the_next(void **state)
{
    struct village *village = *state;
    people_nominate(village);
    village_do(village, "2021-03-04T09:00", "ec", "candidate.answer",
               "{'body':'village','person':'P00004','answer':'decline','on':'2021-03-04'," PAPER
               "}");

    village_do(village, "2021-03-04T10:00", "ec", "candidate.replace",
               "{'body':'village','out':'P00004','in':'P00006','post':'member',"
               "'reason':'declined'}");

    people_state_is(village, "P00006", "member", "nominee");
}

static void
candidates_meet_the_voters_and_the_absent_are_named(void **state)
{
    struct village *village = *state;
    confirmed(village);
    village_refused(village, "2021-03-09T09:30", "ec", "candidates.meet",
                    "{'held_on':'2021-03-09','place':'礼堂','present':200,'rows':["
                    "{'person':'P00001','checked_by':'外:审核'}]}",
                    "SEQ-01");
    village_do(village, "2021-03-09T10:00", "ec", "candidates.post",
               POST_LIST("formal", "2021-03-09", ""));

    village_do(village, "2021-03-12T09:00", "ec", "candidates.meet",
               "{'held_on':'2021-03-12','place':'礼堂','present':200,'rows':["
               "{'person':'P00001','checked_by':'外:审核'}]}");

    assert_true(village_found(village, "NOM-10"));
    village_refused(village, "2021-03-12T09:00", "ec", "candidates.meet",
                    "{'held_on':'2021-03-12','place':'礼堂','present':200,'rows':["
                    "{'person':'P00008','checked_by':'外:审核'}]}",
                    "SEQ-01");
}

static void
a_candidate_holds_no_proxy_any_more(void **state)
{
    struct village *village = *state;
    struct proxy proxy;
    const struct proxy held = {.unit = VILLAGE,
                               .seq = 9100,
                               .principal = "P00008",
                               .proxy = "P00001",
                               .relation = "sibling",
                               .place = 1,
                               .filed_on = day_of("2021-03-02"),
                               .state = "registered",
                               .reason = ""};
    assert_int_equal(proxy_store_add(village->ctx, village->db, &held), ERR_OK);

    people_nominate(village);

    assert_int_equal(proxy_store_find(village->ctx, village->db, VILLAGE, 9100, &proxy), ERR_OK);
    assert_string_equal(proxy.state, "ended");
}

static void
committee_of(struct village *village, const char *person)
{
    const struct committee_member member = {.unit = VILLAGE,
                                            .person = person,
                                            .kind = "member",
                                            .post = "member",
                                            .place = 1,
                                            .state = "in"};
    assert_int_equal(committee_store_put(village->ctx, village->db, &member), ERR_OK);
}

static void
a_member_nominated_must_leave_before_anybody_accepts(void **state)
{
    struct village *village = *state;
    people_nominate(village);
    committee_of(village, "P00003");

    village_refused(village, "2021-03-04T09:00", "ec", "candidate.answer",
                    "{'body':'village','person':'P00001','answer':'accept','post':'chair',"
                    "'on':'2021-03-04'," PAPER "}",
                    "VEC-04");
    village_do(village, "2021-03-04T09:00", "ec", "candidate.answer",
               "{'body':'village','person':'P00003','answer':'decline','on':'2021-03-04'," PAPER
               "}");
}

/* acts.md §8, 26: the law of 2025 makes a member leave for his kin, that of 2018 does not. */
/* acts.md §8, 18: until he has left, the committee publishes no supplement. */
static void
a_nominated_member_stops_the_supplement_until_he_leaves(void **state)
{
    struct village *village = *state;
    const char *fields = "{" HUNG("2021-03-04") "}";
    people_nominate(village);
    committee_of(village, "P00003");

    village_refused(village, "2021-03-04T09:00", "ec", "roll.supplement", fields, "VEC-04");

    people_stand(village, 9003, "vec.elect", "", "2021-02-01");
    village_do(village, "2021-03-04T09:00", "ec", "vec.leave",
               "{'person':'P00003','reason':'nominated','on':'2021-03-04'}");
    (void)village_submit(village, VILLAGE, "2021-03-04T10:00", "ec", "roll.supplement", fields,
                         NULL);
    assert_false(village_found(village, "VEC-04"));
}

/* acts.md §8, 26: the brother of a nominee may stay under cn-2018, not when the day moves into
 * cn-2025. */
static void
a_polling_day_moved_into_2026_makes_a_brother_leave(void **state)
{
    struct village *village = *state;
    const char *change = "{'body':'village','new_day':'2026-01-05','reason':'epidemic',"
                         "'approval_seq':%lld," HUNG("2021-03-08") "}";
    assert_int_equal(
        day_store_set(village->ctx, village->db, VILLAGE, "village", day_of("2025-12-28")), ERR_OK);
    people_approved(village, COUNT_OF(NOMINATED) - 1);
    committee_of(village, "P00008");
    village_do(village, "2021-03-08T13:00", "to", "kin.declare",
               "{'a':'P00008','b':'P00001','relation':'sibling','source':'declared'}");
    village_refused(village, "2021-03-08T13:10", "ec", "candidates.confirm", CONFIRM(FIVE),
                    "CND-01");
    assert_false(village_found(village, "VEC-04"));
    people_pledge_at(village, "2021-03-08T13:20", NOMINATED[COUNT_OF(NOMINATED) - 1]);
    const struct standing fixed = {.unit = VILLAGE,
                                   .seq = 9004,
                                   .act = "day.fix",
                                   .body = "village",
                                   .kind = "",
                                   .list = "",
                                   .subject = "",
                                   .on_day = day_of("2021-02-02"),
                                   .at = "2021-02-02T09:00:00+08:00",
                                   .state = "stands"};
    assert_int_equal(standing_store_add(village->ctx, village->db, &fixed), ERR_OK);
    village_refused(village, "2021-03-08T14:00", "ec", "day.change", with_seq(village, change, 1),
                    "SEQ-01");
    const int64_t asked =
        village_do(village, "2021-03-08T15:00", "ec", "approval.request",
                   "{'kind':'day_change','to':'" TOWN "','subject':'疫情，推迟选举日'}");
    village_do(village, "2021-03-08T16:00", "ts", "approval.decide",
               with_seq(village,
                        "{'request_seq':%lld,'decision':'granted','signed_by':'外:镇党委书记'," DOC
                        "}",
                        asked));
    village_do(village, "2021-03-08T17:00", "ec", "day.change", with_seq(village, change, asked));

    village_refused(village, "2021-03-09T09:00", "ec", "candidates.confirm", CONFIRM(FIVE),
                    "VEC-04");
}

static int
term_to_2025_setup(void **state)
{
    village_last_term = "2025-12-31";
    const int done = people_setup(state);
    village_last_term = "2021-03-31";
    return done;
}

static int
henan_setup(void **state)
{
    village_packs = "henan";
    const int done = people_setup(state);
    village_packs = "jiangxi";
    return done;
}

/* Henan §21 takes no late objections; elsewhere they are put on record. */
static void
henan_takes_no_late_objection(void **state)
{
    struct village *village = *state;

    village_refused(village, "2021-02-26T09:00", "ec", "objection.file",
                    OBJECT("roll", "2021-02-26"), "CAL-02");
    village_do(village, "2021-02-26T09:00", "ec", "objection.file", OBJECT("roll", "2021-02-25"));
    assert_true(village->answer.accepted);
}

#define PEOPLE(name) cmocka_unit_test_setup_teardown(name, people_setup, village_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PEOPLE(five_confirmed_become_formal_and_the_list_is_frozen_in_stroke_order),
        PEOPLE(kin_among_the_candidates_are_refused),
        PEOPLE(a_candidate_without_a_pledge_is_refused),
        PEOPLE(as_many_candidates_as_seats_are_too_few),
        PEOPLE(only_true_ties_are_swapped),
        PEOPLE(a_formal_list_four_days_before_the_poll_is_late),
        PEOPLE(an_open_objection_to_the_initial_list_holds_up_the_formal_one),
        PEOPLE(a_late_decision_on_the_roll_needs_a_reason),
        PEOPLE(an_objection_after_five_days_is_recorded_without_a_clock),
        PEOPLE(an_objection_to_what_never_hung_is_refused),
        PEOPLE(the_next_by_votes_comes_in_after_review),
        PEOPLE(a_reviewed_successor_comes_onto_the_confirmed_list),
        PEOPLE(five_party_seats_have_six_preparatory_people),
        PEOPLE(a_nominee_who_declines_is_followed_by_the_next),
        PEOPLE(candidates_meet_the_voters_and_the_absent_are_named),
        PEOPLE(a_candidate_holds_no_proxy_any_more),
        PEOPLE(a_member_nominated_must_leave_before_anybody_accepts),
        PEOPLE(a_nominated_member_stops_the_supplement_until_he_leaves),
        cmocka_unit_test_setup_teardown(a_polling_day_moved_into_2026_makes_a_brother_leave,
                                        term_to_2025_setup, village_teardown),
        cmocka_unit_test_setup_teardown(henan_takes_no_late_objection, henan_setup,
                                        village_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
