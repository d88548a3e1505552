/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/calendar.h"

#include "support/days.h"
#include "support/packs.h"
#include "support/rulings.h"
#include "support/support.h"

/* The facts of one event on the given days ("" for none), D = 2021-03-20. */
struct happened {
    enum calendar_event event;
    const char *days[2];
};

static struct calendar_facts
a_calendar(struct ctx *ctx, const struct happened *events, size_t count)
{
    struct calendar_facts facts = {.polling_day = support_day("2021-03-20")};
    for (size_t i = 0; i < count; i++) {
        struct date *list = mem_array(ctx->mem, struct date, COUNT_OF(events[i].days));
        struct calendar_dates *dates = &facts.events[events[i].event];
        for (size_t k = 0; k < COUNT_OF(events[i].days) && events[i].days[k]; k++)
            list[dates->count++] = support_day(events[i].days[k]);
        dates->list = list;
    }
    return facts;
}

static struct calendar_result
decide(struct ctx *ctx, const char *law, const struct happened *events, size_t count)
{
    const struct calendar_facts facts = a_calendar(ctx, events, count);
    struct calendar_result result;
    calendar_decide(ctx, support_pack(ctx, law), &facts, &result);
    return result;
}

/* The last days of an event, "2021-03-15 2021-03-16"; "" if there are none. */
static const char *
deadlines(struct ctx *ctx, const struct calendar_result *result, enum calendar_event event)
{
    const struct calendar_dates *dates = &result->deadlines[event];
    char *line = mem_text(ctx->mem, "");
    for (size_t i = 0; i < dates->count; i++)
        line = mem_printf(ctx->mem, "%s%s%s", line, i ? " " : "", date_format(ctx, dates->list[i]));
    return line;
}

/* The only event happened on that day: is it late? */
static bool
is_late(struct ctx *ctx, const char *law, enum calendar_event event, const char *day)
{
    const struct happened events[] = {{event, {day}}};
    const struct calendar_result result = decide(ctx, law, events, 1);
    return support_all_rules(ctx, &result.ruling)[0] != '\0';
}

static void
each_step_is_in_time_on_its_last_day_only(void **state)
{
    static const struct {
        const char *law;
        enum calendar_event event;
        const char *last, *late;
    } CASES[] = {
        {"cn-2018", CALENDAR_VOTER_LIST_POSTED, "2021-02-28", "2021-03-01"},
        {"cn-2018", CALENDAR_AUDIT_PUBLISHED, "2021-03-19", "2021-03-20"},
        {"cn-2018+jiangxi", CALENDAR_CANDIDATES_POSTED, "2021-03-15", "2021-03-16"},
        {"cn-2018+zhejiang", CALENDAR_POLLING_NOTICE_POSTED, "2021-03-15", "2021-03-16"},
        {"cn-2018+shanghai", CALENDAR_PROXY_FILED, "2021-03-15", "2021-03-16"},
        {"cn-2018+zhejiang", CALENDAR_CANDIDATE_WITHDRAWN, "2021-03-17", "2021-03-18"},
        {"cn-2018", CALENDAR_RESULT_ANNOUNCED, "2021-03-20", "2021-03-21"},
        {"cn-2018", CALENDAR_SECOND_POLLING_DAY, "2021-03-30", "2021-03-31"},
        {"cn-2018+beijing", CALENDAR_SECOND_POLLING_DAY, "2021-04-04", "2021-04-05"},
        {"cn-2018", CALENDAR_HANDOVER_DONE, "2021-03-30", "2021-03-31"},
        {"cn-2018", CALENDAR_CERTIFICATES_ISSUED, "2021-03-30", "2021-03-31"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        assert_false(is_late(*state, CASES[i].law, CASES[i].event, CASES[i].last));
        assert_true(is_late(*state, CASES[i].law, CASES[i].event, CASES[i].late));
    }
}

static void
objections_run_from_the_posting_and_decisions_from_receipt(void **state)
{
    struct ctx *ctx = *state;
    const struct happened events[] = {
        {CALENDAR_VOTER_LIST_POSTED, {"2021-02-23"}},
        {CALENDAR_OBJECTION_RECEIVED, {"2021-02-28", "2021-03-01"}},
        {CALENDAR_OBJECTION_DECIDED, {"2021-03-03", "2021-03-05"}},
    };
    const struct calendar_result result = decide(ctx, "cn-2018", events, COUNT_OF(events));
    assert_string_equal(deadlines(ctx, &result, CALENDAR_OBJECTION_RECEIVED), "2021-02-28");
    assert_string_equal(deadlines(ctx, &result, CALENDAR_OBJECTION_DECIDED),
                        "2021-03-03 2021-03-04");
    assert_string_equal(support_all_rules(ctx, &result.ruling), "CAL-02 CAL-03");
}

static void
what_counts_from_an_unknown_day_has_no_last_day(void **state)
{
    struct ctx *ctx = *state;
    const struct happened list[] = {{CALENDAR_CANDIDATES_POSTED, {"2021-03-12"}}};
    const struct calendar_result bare = decide(ctx, "cn-2018+henan", NULL, 0);
    const struct calendar_result listed = decide(ctx, "cn-2018+henan", list, 1);
    assert_string_equal(deadlines(ctx, &bare, CALENDAR_OBJECTION_RECEIVED), "");
    assert_null(bare.deadlines[CALENDAR_OBJECTION_DECIDED].list);
    assert_string_equal(deadlines(ctx, &bare, CALENDAR_CANDIDATE_WITHDRAWN), "");
    assert_string_equal(deadlines(ctx, &listed, CALENDAR_CANDIDATE_WITHDRAWN), "2021-03-15");
    assert_string_equal(deadlines(ctx, &bare, CALENDAR_ARCHIVE_DONE), "");
}

static void
audit_comes_before_the_committee_in_jiangxi(void **state)
{
    struct ctx *ctx = *state;
    const struct happened formed[] = {{CALENDAR_VEC_FORMED, {"2021-02-01"}}};
    const struct calendar_result jiangxi = decide(ctx, "cn-2018+jiangxi", formed, 1);
    const struct calendar_result early = decide(ctx, "cn-2018+jiangxi", NULL, 0);
    const struct calendar_result national = decide(ctx, "cn-2018", formed, 1);
    assert_string_equal(deadlines(ctx, &jiangxi, CALENDAR_AUDIT_PUBLISHED), "2021-01-31");
    assert_string_equal(deadlines(ctx, &early, CALENDAR_AUDIT_PUBLISHED), "2021-03-19");
    assert_string_equal(deadlines(ctx, &national, CALENDAR_AUDIT_PUBLISHED), "2021-03-19");
}

static void
handover_counts_from_the_new_committee_else_the_last_poll(void **state)
{
    struct ctx *ctx = *state;
    const struct happened second[] = {{CALENDAR_SECOND_POLLING_DAY, {"2021-03-28"}}};
    const struct happened formed[] = {{CALENDAR_SECOND_POLLING_DAY, {"2021-03-28"}},
                                      {CALENDAR_COMMITTEE_FORMED, {"2021-03-29"}}};
    const struct calendar_result after = decide(ctx, "cn-2018", second, 1);
    const struct calendar_result whole = decide(ctx, "cn-2018", formed, 2);
    assert_string_equal(deadlines(ctx, &after, CALENDAR_HANDOVER_DONE), "2021-04-07");
    assert_string_equal(deadlines(ctx, &whole, CALENDAR_CERTIFICATES_ISSUED), "2021-04-08");
}

static void
single_days_are_there_for_every_key_of_the_pack(void **state)
{
    struct ctx *ctx = *state;
    const struct pack *zhejiang = support_pack(ctx, "cn-2018+zhejiang");
    const struct calendar_bases bases = {
        .polling_day = support_day("2021-03-20"),
        .posted = support_day("2021-02-23"),
        .meeting = support_day("2021-02-01"),
    };
    const struct date sign_up = calendar_day(zhejiang, PACK_SELF_NOMINATION_BY, &bases);
    const struct date called = calendar_day(zhejiang, PACK_ASSEMBLY_CALLED_BY, &bases);
    const struct date none = calendar_deadline(zhejiang, CALENDAR_VEC_FORMED, &bases);
    assert_string_equal(date_format(ctx, sign_up), "2021-03-10");
    assert_string_equal(date_format(ctx, called), "2021-01-22");
    assert_false(date_is_set(none));
}

static void
elections_shift_by_the_packs_months(void **state)
{
    struct ctx *ctx = *state;
    const struct pack *jiangxi = support_pack(ctx, "cn-2018+jiangxi");
    const struct date due = support_day("2021-08-31");
    assert_string_equal(date_format(ctx, calendar_latest_shift(jiangxi, due)), "2022-02-28");
    assert_string_equal(date_format(ctx, calendar_earliest_shift(jiangxi, due)), "2021-02-28");
    assert_false(date_is_set(calendar_latest_shift(support_pack(ctx, "cn-2018"), due)));
}

static void
events_are_found_by_their_word(void **state)
{
    (void)state;
    enum calendar_event event = CALENDAR_EVENT_COUNT;
    assert_true(calendar_event_find("proxy_filed", &event));
    assert_int_equal(event, CALENDAR_PROXY_FILED);
    assert_true(calendar_event_is_list(event));
    assert_false(calendar_event_is_list(CALENDAR_ARCHIVE_DONE));
    assert_false(calendar_event_find("harvest", &event));
    assert_string_equal(calendar_event_word(CALENDAR_ARCHIVE_DONE), "archive_done");
    assert_string_equal(calendar_event_title(CALENDAR_ARCHIVE_DONE).en, "archive done");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_step_is_in_time_on_its_last_day_only),
        TEST(objections_run_from_the_posting_and_decisions_from_receipt),
        TEST(what_counts_from_an_unknown_day_has_no_last_day),
        TEST(audit_comes_before_the_committee_in_jiangxi),
        TEST(handover_counts_from_the_new_committee_else_the_last_poll),
        TEST(single_days_are_there_for_every_key_of_the_pack),
        TEST(elections_shift_by_the_packs_months),
        TEST(events_are_found_by_their_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
