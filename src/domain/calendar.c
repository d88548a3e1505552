/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/calendar.h"

#include <string.h>

enum event_shape { ONE, MANY };

struct event_row {
    const char *word;
    enum event_shape shape;
    struct text title;
};

static const struct event_row EVENTS[CALENDAR_EVENT_COUNT] = {
#define X(symbol, word, shape, zh, en) [CALENDAR_##symbol] = {word, shape, {zh, en}},
#include "domain/calendar_events.def"
#undef X
};

struct limit_row {
    enum calendar_event event;
    enum rule rule;
    enum pack_key key;
};

/* Steps with a last day set by the pack. The audit comes before "the election" (组织法 §35): which
 * of its days is read from audit.before_vec. */
static const struct limit_row LIMITS[] = {
    {CALENDAR_AUDIT_PUBLISHED, RULE_CAL_12, PACK_AUDIT_BEFORE_VEC},
    {CALENDAR_VOTER_LIST_POSTED, RULE_CAL_01, PACK_ROLL_POSTED_BY},
    {CALENDAR_OBJECTION_RECEIVED, RULE_CAL_02, PACK_ROLL_OBJECTION_BY},
    {CALENDAR_OBJECTION_DECIDED, RULE_CAL_03, PACK_ROLL_DECISION_BY},
    {CALENDAR_CANDIDATES_POSTED, RULE_CAL_04, PACK_CANDIDATES_POSTED_BY},
    {CALENDAR_POLLING_NOTICE_POSTED, RULE_CAL_05, PACK_NOTICE_POSTED_BY},
    {CALENDAR_PROXY_FILED, RULE_CAL_06, PACK_PROXY_FILED_BY},
    {CALENDAR_CANDIDATE_WITHDRAWN, RULE_CAL_07, PACK_WITHDRAWAL_BY},
    {CALENDAR_RESULT_ANNOUNCED, RULE_CAL_09, PACK_RESULT_BY},
    {CALENDAR_SECOND_POLLING_DAY, RULE_CAL_10, PACK_SECOND_POLL_BY},
    {CALENDAR_HANDOVER_DONE, RULE_CAL_11, PACK_HANDOVER_BY},
    {CALENDAR_CERTIFICATES_ISSUED, RULE_CAL_11, PACK_CERTIFICATES_BY},
};

const char *
calendar_event_word(enum calendar_event event)
{
    return EVENTS[event].word;
}

struct text
calendar_event_title(enum calendar_event event)
{
    return EVENTS[event].title;
}

bool
calendar_event_is_list(enum calendar_event event)
{
    return EVENTS[event].shape == MANY;
}

bool
calendar_event_find(const char *word, enum calendar_event *ret_event)
{
    for (size_t i = 0; i < CALENDAR_EVENT_COUNT; i++) {
        if (strcmp(EVENTS[i].word, word) == 0) {
            *ret_event = (enum calendar_event)i;
            return true;
        }
    }
    return false;
}

struct date
calendar_day(const struct pack *pack, enum pack_key key, const struct calendar_bases *bases)
{
    const struct pack_days days = pack_days(pack, key);
    const struct date from[] = {
        [DAY_NONE] = DATE_NONE,         [DAY_POLL] = bases->polling_day,
        [DAY_POSTED] = bases->posted,   [DAY_RECEIVED] = bases->received,
        [DAY_LIST] = bases->list,       [DAY_FORMED] = bases->formed,
        [DAY_MEETING] = bases->meeting,
    };
    if (!date_is_set(from[days.base]))
        return DATE_NONE;
    return date_add_days(from[days.base], days.offset);
}

static const struct limit_row *
find_limit(enum calendar_event event)
{
    for (size_t i = 0; i < COUNT_OF(LIMITS); i++) {
        if (LIMITS[i].event == event)
            return &LIMITS[i];
    }
    return NULL;
}

struct date
calendar_deadline(const struct pack *pack, enum calendar_event event,
                  const struct calendar_bases *bases)
{
    const struct limit_row *limit = find_limit(event);
    if (!limit)
        return DATE_NONE;
    if (event != CALENDAR_AUDIT_PUBLISHED)
        return calendar_day(pack, limit->key, bases);
    const bool before_vec = pack_yes(pack, limit->key) && date_is_set(bases->vec_formed);
    return date_add_days(before_vec ? bases->vec_formed : bases->polling_day, -1);
}

static struct date
shift_months(const struct pack *pack, struct date due, int direction)
{
    if (pack_is_none(pack, PACK_TERM_SHIFT_MONTHS))
        return DATE_NONE;
    return date_add_months(due, direction * pack_int(pack, PACK_TERM_SHIFT_MONTHS));
}

struct date
calendar_latest_shift(const struct pack *pack, struct date due)
{
    return shift_months(pack, due, 1);
}

struct date
calendar_earliest_shift(const struct pack *pack, struct date due)
{
    return shift_months(pack, due, -1);
}

/* The one date of an event, DATE_NONE if it is not given. */
static struct date
event_date(const struct calendar_facts *facts, enum calendar_event event)
{
    const struct calendar_dates *dates = &facts->events[event];
    return dates->count ? dates->list[0] : DATE_NONE;
}

static struct calendar_bases
find_bases(const struct calendar_facts *facts)
{
    struct calendar_bases bases = {
        .polling_day = facts->polling_day,
        .vec_formed = event_date(facts, CALENDAR_VEC_FORMED),
        .posted = event_date(facts, CALENDAR_VOTER_LIST_POSTED),
        .received = DATE_NONE,
        .list = event_date(facts, CALENDAR_CANDIDATES_POSTED),
        .formed = event_date(facts, CALENDAR_COMMITTEE_FORMED),
        .meeting = DATE_NONE,
    };
    if (!date_is_set(bases.formed))
        bases.formed = event_date(facts, CALENDAR_SECOND_POLLING_DAY);
    if (!date_is_set(bases.formed))
        bases.formed = facts->polling_day;
    return bases;
}

static struct calendar_dates
find_deadlines(struct ctx *ctx, const struct pack *pack, const struct calendar_facts *facts,
               enum calendar_event event)
{
    struct calendar_bases bases = find_bases(facts);
    const struct calendar_dates *received = &facts->events[CALENDAR_OBJECTION_RECEIVED];
    const bool paired = event == CALENDAR_OBJECTION_DECIDED;
    if (paired && !received->list)
        return (struct calendar_dates){0};
    const size_t count = paired ? received->count : 1;
    struct date *list = mem_array(ctx->mem, struct date, count);
    for (size_t i = 0; i < count; i++) {
        if (paired)
            bases.received = received->list[i];
        list[i] = calendar_deadline(pack, event, &bases);
        if (!date_is_set(list[i]))
            return (struct calendar_dates){0};
    }
    return (struct calendar_dates){list, count};
}

static void
judge_event(struct ctx *ctx, const struct calendar_facts *facts, const struct limit_row *limit,
            struct calendar_result *result)
{
    const struct calendar_dates *dates = &facts->events[limit->event];
    const struct calendar_dates *deadlines = &result->deadlines[limit->event];
    const char *title = text_pick(ctx, EVENTS[limit->event].title);
    if (dates->count == 0 && deadlines->count == 1)
        ruling_note(ctx, &result->ruling, limit->rule,
                    text_format(ctx, "%s：最后一日 %s", "%s: last day %s", title,
                                date_words(ctx, deadlines->list[0])));
    for (size_t i = 0; i < dates->count && deadlines->count > 0; i++) {
        const struct date last =
            deadlines->list[limit->event == CALENDAR_OBJECTION_DECIDED ? i : 0];
        const bool late = date_compare(dates->list[i], last) > 0;
        ruling_test(ctx, &result->ruling, limit->rule, late,
                    text_format(ctx, "%s：%s %s 最后一日 %s%s", "%s: %s %s last day %s%s", title,
                                date_words(ctx, dates->list[i]), late ? ">" : "≤",
                                date_words(ctx, last),
                                late ? text_format(ctx, "，逾期", ", late") : ""));
    }
}

void
calendar_decide(struct ctx *ctx, const struct pack *pack, const struct calendar_facts *facts,
                struct calendar_result *ret_result)
{
    struct calendar_result result = {0};
    for (size_t i = 0; i < COUNT_OF(LIMITS); i++) {
        const struct limit_row *limit = &LIMITS[i];
        result.deadlines[limit->event] = find_deadlines(ctx, pack, facts, limit->event);
        judge_event(ctx, facts, limit, &result);
    }
    *ret_result = result;
}
