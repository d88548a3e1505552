/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/calendar.h"

#include "exchange/law_case.h"

struct calendar_given {
    struct date polling_day;
    struct calendar_dates events[CALENDAR_EVENT_COUNT];
};

/* A date, or a list of dates, by the event's shape. */
static enum err
read_event(struct binder *binder, const json_t *value, enum calendar_event event,
           struct calendar_dates *ret_dates)
{
    struct date *one = NULL;
    if (calendar_event_is_list(event))
        return bind_dates(binder, value, &ret_dates->list, &ret_dates->count);
    one = mem_new(binder->ctx->mem, struct date);
    TRY(bind_date(binder, value, one));
    *ret_dates = (struct calendar_dates){one, 1};
    return ERR_OK;
}

static enum err
read_events(struct binder *binder, const json_t *value, void *ret_member)
{
    struct calendar_dates *events = ret_member;
    json_t *object = (json_t *)(uintptr_t)value;
    const char *key;
    json_t *dates;
    if (!json_is_object(value))
        return BIND_REFUSE(binder, "应为对象", "must be an object");
    json_object_foreach(object, key, dates)
    {
        enum calendar_event event = CALENDAR_EVENT_COUNT;
        if (!calendar_event_find(key, &event))
            return BIND_REFUSE_FIELD(binder, key, "没有“%s”这个键", "there is no key \"%s\"", key);
        TRY(bind_within(binder, read_event(binder, dates, event, &events[event]), key));
    }
    return ERR_OK;
}

static const struct bind_field FIELDS[] = {
    BIND(struct calendar_given, polling_day, DATE, .required = true),
    BIND(struct calendar_given, events, CUSTOM, .required = true, .read = read_events),
};

static enum err
require_sense(struct binder *binder, const struct calendar_given *given)
{
    const struct calendar_dates *second = &given->events[CALENDAR_SECOND_POLLING_DAY];
    if (given->events[CALENDAR_OBJECTION_DECIDED].count >
        given->events[CALENDAR_OBJECTION_RECEIVED].count)
        return BIND_REFUSE_FIELD(binder, "events.objection_decided", "决定多于申诉",
                                 "more decisions than objections");
    if (second->count && date_compare(second->list[0], given->polling_day) < 0)
        return BIND_REFUSE_FIELD(binder, "events.second_polling_day", "另行选举早于选举日",
                                 "the second poll comes before the first");
    return ERR_OK;
}

static json_t *
make_deadlines(struct ctx *ctx, const struct calendar_result *decided)
{
    json_t *deadlines = json_object();
    for (size_t i = 0; i < CALENDAR_EVENT_COUNT; i++) {
        const struct calendar_dates *dates = &decided->deadlines[i];
        const char *word = calendar_event_word((enum calendar_event)i);
        json_t *list = json_array();
        for (size_t k = 0; k < dates->count; k++)
            json_array_append_new(list, json_string(date_format(ctx, dates->list[k])));
        if (i == CALENDAR_OBJECTION_DECIDED && dates->list)
            json_object_set(deadlines, word, list);
        else if (dates->count)
            json_object_set(deadlines, word, json_array_get(list, 0));
        json_decref(list);
    }
    return deadlines;
}

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    const struct calendar_given *calendar = given;
    struct calendar_facts facts = {.polling_day = calendar->polling_day};
    struct calendar_result decided;
    TRY(require_sense(question->binder, calendar));
    memcpy(facts.events, calendar->events, sizeof facts.events);
    calendar_decide(question->ctx, question->pack, &facts, &decided);
    json_object_set_new(result, "deadlines", make_deadlines(question->ctx, &decided));
    law_put_all_rules(question->ctx, result, "late_set", &decided.ruling.findings);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_calendar = {
    .name = "calendar",
    .given = BIND_TABLE(struct calendar_given, FIELDS),
    .day_at = offsetof(struct calendar_given, polling_day),
    .answer = answer,
};
