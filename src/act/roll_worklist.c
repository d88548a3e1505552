/* SPDX-License-Identifier: Apache-2.0 */
/* The worklist of a village's roll. */
#include <string.h>

#include "act/roll_report_parts.h"

enum { WAYS_MOST = 8 };

static struct roll_work *
work_add(struct reporting *reporting, enum roll_task task, enum roll_fault fault,
         const struct person *person, const char *detail)
{
    struct roll_report *report = reporting->report;
    if (report->work_count == reporting->work_capacity) {
        reporting->work_capacity = reporting->work_capacity ? 2 * reporting->work_capacity : 64;
        report->works = mem_grow(reporting->ctx->mem, report->works, struct roll_work,
                                 reporting->work_capacity);
    }
    report->task_counts[task]++;
    struct roll_work *work = &report->works[report->work_count++];
    *work = (struct roll_work){.task = task, .fault = fault, .person = person, .detail = detail};
    return work;
}

static void
way_add(struct reporting *reporting, struct roll_work *work, enum roll_cause cause,
        const char *known)
{
    if (!work->ways)
        work->ways = mem_array(reporting->ctx->mem, struct roll_way, WAYS_MOST);
    ASSERT(work->way_count < WAYS_MOST);
    work->ways[work->way_count++] = (struct roll_way){cause, known};
}

/* Another person of the village with his name and birthday; by_name stands in order of names. */
static const struct person *
namesake_find(const struct roll_people *people, const struct person *person)
{
    for (size_t i = 0; i < people->count; i++) {
        const struct person *other = people->by_name[i];
        const int order = strcmp(other->name, person->name);
        if (order > 0)
            break;
        if (order == 0 && other != person && date_is_set(person->birth) &&
            date_compare(other->birth, person->birth) == 0 &&
            !(other->id_mac[0] && person->id_mac[0]))
            return other;
    }
    return NULL;
}

/* 组织法 §13: who lives elsewhere and was asked. True if the answer, or silence, is a reason. */
static bool
away_ways(struct reporting *reporting, struct roll_work *work, const struct away *away)
{
    struct ctx *ctx = reporting->ctx;
    const char *day = date_format(ctx, away->replied_on);
    if (strcmp(away->wish, "n") == 0)
        way_add(reporting, work, ROLL_CAUSE_DECLINED,
                text_format(ctx, "已有回执 %s", "he replied %s", day));
    else if (strcmp(away->wish, "y") == 0)
        way_add(reporting, work, ROLL_CAUSE_WISH_EXPRESSED,
                text_format(ctx, "已有回执 %s", "he replied %s", day));
    else if (date_is_set(away->sent_on))
        way_add(reporting, work, ROLL_CAUSE_NO_REPLY,
                text_format(ctx, "%s 通知，%s 前答复", "told on %s, to answer by %s",
                            date_format(ctx, away->sent_on), date_format(ctx, away->reply_by)));
    return work->way_count > 0;
}

/* What the village's own records say against listing him. */
static enum err
known_ways(struct reporting *reporting, struct roll_work *work)
{
    const struct roll_people *people = &reporting->people;
    const struct person *person = work->person;
    const struct deprivation *deprived =
        roll_people_deprived(people, person->person, person->id_mac);
    const char *elsewhere = identity_hits_find(&people->on_rolls, person->id_mac);
    if (deprived)
        way_add(reporting, work, ROLL_CAUSE_DEPRIVED,
                text_format(reporting->ctx, "剥权名册：至 %s %s",
                            "list of the deprived: until %s %s",
                            date_format(reporting->ctx, deprived->to_on), deprived->paper));
    if (elsewhere[0]) {
        const char *village;
        TRY(report_village(reporting, elsewhere, &village));
        way_add(reporting, work, ROLL_CAUSE_REGISTERED_ELSEWHERE, village);
    }
    /* 组织法 §38 */
    if (roll_people_stationed(people, person->person))
        way_add(reporting, work, ROLL_CAUSE_NOT_ENTITLED,
                text_format(reporting->ctx, "驻村单位人员", "of a unit stationed here"));
    return ERR_OK;
}

/* Every reason that would do for an adult who is missing: first those of which the records have the
 * evidence, then those whose evidence somebody must bring. */
static enum err
missing_ways(struct reporting *reporting, struct roll_work *work)
{
    const struct away *away = roll_people_away(&reporting->people, work->person->person);
    const struct person *other = namesake_find(&reporting->people, work->person);
    TRY(known_ways(reporting, work));
    const bool barred = work->way_count > 0;
    const bool answered = away && away_ways(reporting, work, away);
    if (!barred && !answered)
        way_add(reporting, work, ROLL_CAUSE_OMITTED, "");
    if (other)
        way_add(reporting, work, ROLL_CAUSE_DUPLICATE, other->person);
    way_add(reporting, work, ROLL_CAUSE_DIED, "");
    way_add(reporting, work, ROLL_CAUSE_MOVED_OUT, "");
    if (pack_yes(reporting->pack, PACK_REGISTER_UNABLE_LEFT_OUT))
        way_add(reporting, work, ROLL_CAUSE_INCAPABLE, "");
    return ERR_OK;
}

/* ROL-02 */
static enum err
missing_make(struct reporting *reporting)
{
    const struct roll_people *people = &reporting->people;
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->list[i];
        if (!person->in_register || !date_is_set(person->birth) ||
            !register_is_adult(person->birth, people->polling_day) ||
            roll_people_voter(people, person->person))
            continue;
        TRY(missing_ways(
            reporting, work_add(reporting, ROLL_TASK_MISSING, ROLL_FAULT_NOT_ON_ROLL, person, "")));
    }
    return ERR_OK;
}

static bool
same_house(const struct person *a, const struct person *b)
{
    return strcmp(a->household, b->household) == 0 && strcmp(a->grp, b->grp) == 0;
}

static bool
house_is_absent(const struct roll_people *people, const struct person *person)
{
    for (size_t i = 0; i < people->count; i++) {
        const struct voter *voter;
        if (!same_house(&people->list[i], person))
            continue;
        voter = roll_people_voter(people, people->list[i].person);
        if (roll_voter_is_on(voter) || (voter && strcmp(voter->state, "pending") == 0))
            return false;
    }
    return true;
}

/* Told once a household, with the first adult who is missing. */
static void
households_make(struct reporting *reporting)
{
    const size_t missing = reporting->report->work_count;
    for (size_t i = 0; i < missing; i++) {
        const struct person *person = reporting->report->works[i].person;
        bool first = person->household[0];
        for (size_t k = 0; k < i && first; k++)
            first = !same_house(reporting->report->works[k].person, person);
        if (first && house_is_absent(&reporting->people, person))
            work_add(reporting, ROLL_TASK_HOUSEHOLD, ROLL_FAULT_HOUSEHOLD_ABSENT, person,
                     person->household);
    }
}

static enum roll_cause
strike_cause(enum roll_fault fault)
{
    static const struct {
        enum roll_fault fault;
        enum roll_cause cause;
    } ROWS[] = {
        {ROLL_FAULT_UNDER_AGE, ROLL_CAUSE_UNDER_AGE},
        {ROLL_FAULT_DEPRIVED, ROLL_CAUSE_DEPRIVED},
        {ROLL_FAULT_DECLINED, ROLL_CAUSE_DECLINED},
        {ROLL_FAULT_NO_WISH, ROLL_CAUSE_NO_REPLY},
        {ROLL_FAULT_ELSEWHERE, ROLL_CAUSE_REGISTERED_ELSEWHERE},
        {ROLL_FAULT_REGISTER_ELSEWHERE, ROLL_CAUSE_MOVED_OUT},
    };
    for (size_t i = 0; i < COUNT_OF(ROWS); i++) {
        if (ROWS[i].fault == fault)
            return ROWS[i].cause;
    }
    return ROLL_CAUSE_NOT_ENTITLED;
}

static enum roll_task
task_of(enum roll_fault fault)
{
    if (fault == ROLL_FAULT_NO_CONSENT)
        return ROLL_TASK_CONSENT;
    return fault == ROLL_FAULT_ELSEWHERE || fault == ROLL_FAULT_REGISTER_ELSEWHERE
               ? ROLL_TASK_TWICE
               : ROLL_TASK_STRIKE;
}

/* The law's word on somebody of the roll, as roll.confirm will say it. */
static enum err
listed_judge(struct reporting *reporting, const struct person *person)
{
    struct roll_people *people = &reporting->people;
    const struct roll_subject subject = roll_subject_of(people, person, 0);
    enum roll_fault fault;
    const char *detail, *words = "";
    TRY(roll_judge(reporting->ctx, reporting->db, reporting->pack, people, &subject, &fault,
                   &detail));
    if (fault == ROLL_FAULT_COUNT && subject.head != HEAD_NO_HOUSEHOLD && !person->in_register)
        fault = ROLL_FAULT_NOT_IN_REGISTER;
    if (fault == ROLL_FAULT_COUNT)
        return ERR_OK;
    if (detail[0])
        TRY(report_village(reporting, detail, &words));
    struct roll_work *work = work_add(reporting, task_of(fault), fault, person, words);
    if (work->task != ROLL_TASK_CONSENT)
        way_add(reporting, work, strike_cause(fault), words);
    return ERR_OK;
}

/* Somebody of the register who is in another village's register too. */
static enum err
register_judge(struct reporting *reporting, const struct person *person)
{
    const char *village;
    const char *unit = identity_hits_find(&reporting->people.in_registers, person->id_mac);
    if (!person->in_register || !unit[0])
        return ERR_OK;
    TRY(report_village(reporting, unit, &village));
    work_add(reporting, ROLL_TASK_TWICE, ROLL_FAULT_REGISTER_ELSEWHERE, person, village);
    return ERR_OK;
}

static enum err
listed_make(struct reporting *reporting)
{
    const struct roll_people *people = &reporting->people;
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->list[i];
        if (roll_voter_is_on(roll_people_voter(people, person->person)))
            TRY(listed_judge(reporting, person));
        TRY(register_judge(reporting, person));
    }
    return ERR_OK;
}

static void
namesakes_make(struct reporting *reporting)
{
    const struct roll_people *people = &reporting->people;
    for (size_t i = 1; i < people->count; i++) {
        for (size_t k = i;
             k-- > 0 && strcmp(people->by_name[k]->name, people->by_name[i]->name) == 0;) {
            const struct person *one = people->by_name[i], *other = people->by_name[k];
            if (!date_is_set(one->birth) || date_compare(one->birth, other->birth) != 0 ||
                (one->id_mac[0] && other->id_mac[0]))
                continue;
            work_add(reporting, ROLL_TASK_NAMESAKE, ROLL_FAULT_NAMESAKE, one, other->person);
            break;
        }
    }
}

/* Away and silent, neither on the roll nor explained. */
static void
replies_make(struct reporting *reporting)
{
    struct ctx *ctx = reporting->ctx;
    const struct roll_people *people = &reporting->people;
    for (size_t i = 0; i < people->away_count; i++) {
        const struct away *away = &people->away[i];
        const struct person *person = roll_people_find(people, away->person);
        if (away->wish[0] || !person || roll_people_voter(people, away->person))
            continue;
        work_add(
            reporting, ROLL_TASK_REPLY, ROLL_FAULT_SILENT, person,
            date_is_set(away->sent_on)
                ? text_format(ctx, "%s 前答复", "to answer by %s", date_format(ctx, away->reply_by))
                : text_format(ctx, "还没有通知（roll.notify）", "not told yet (roll.notify)"));
    }
}

/* By task; those of one task stay in the order in which they were found. */
static void
works_sort(struct reporting *reporting)
{
    struct roll_report *report = reporting->report;
    struct roll_work *sorted =
        mem_array(reporting->ctx->mem, struct roll_work, report->work_count + 1);
    size_t count = 0;
    for (size_t task = 0; task < ROLL_TASK_COUNT; task++) {
        for (size_t i = 0; i < report->work_count; i++) {
            if (report->works[i].task == task)
                sorted[count++] = report->works[i];
        }
    }
    report->works = sorted;
}

enum err
roll_worklist_make(struct reporting *reporting)
{
    TRY(missing_make(reporting));
    households_make(reporting);
    TRY(listed_make(reporting));
    namesakes_make(reporting);
    replies_make(reporting);
    works_sort(reporting);
    return ERR_OK;
}
