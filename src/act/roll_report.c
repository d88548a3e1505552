/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll_report.h"

#include <string.h>

#include "act/roll_report_parts.h"
#include "base/clock.h"
#include "store/stream_store.h"

static const struct roll_cause_row CAUSES[] = {
#define X(symbol, word, side, counted, zh, en, proof_zh, proof_en)                                 \
    [ROLL_CAUSE_##symbol] = {word, ROLL_SIDE_##side, counted, {zh, en}, {proof_zh, proof_en}},
#include "act/roll_causes.def"
#undef X
};

static const struct {
    const char *word;
    struct text title;
} TASKS[] = {
    [ROLL_TASK_MISSING] = {"missing",
                           {"没有登记、也没有事由的成年人", "adults neither listed nor explained"}},
    [ROLL_TASK_HOUSEHOLD] = {"household",
                             {"没有一个人登记的户", "households with nobody on the roll"}},
    [ROLL_TASK_STRIKE] = {"strike",
                          {"名单上应当核减的人", "people of the roll who may not stand on it"}},
    [ROLL_TASK_TWICE] = {"twice", {"与其他村重复", "also in another village"}},
    [ROLL_TASK_NAMESAKE] = {"namesake", {"同名同生日，待核对", "same name and birthday"}},
    [ROLL_TASK_REPLY] = {"reply", {"外出村民还没有答复", "people away who have not answered"}},
    [ROLL_TASK_CONSENT] = {"consent", {"等待会议同意", "waiting for an assembly's consent"}},
};

const struct roll_cause_row *
roll_cause_row(enum roll_cause cause)
{
    return &CAUSES[cause];
}

enum roll_cause
roll_cause_find(const char *word)
{
    size_t i = 0;
    while (i < ROLL_CAUSE_COUNT && strcmp(CAUSES[i].word, word) != 0)
        i++;
    return (enum roll_cause)i;
}

const char *
roll_task_word(enum roll_task task)
{
    return TASKS[task].word;
}

struct text
roll_task_title(enum roll_task task)
{
    return TASKS[task].title;
}

bool
roll_voter_is_on(const struct voter *voter)
{
    return voter && (strcmp(voter->state, "draft") == 0 || strcmp(voter->state, "listed") == 0);
}

enum err
report_village(const struct reporting *reporting, const char *unit, const char **ret_name)
{
    struct unit found;
    const enum err err = unit_store_find(reporting->ctx, reporting->db, unit, &found);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_name = err == ERR_OK ? found.name : unit;
    return ERR_OK;
}

/* Full years on the day. */
static int
age_on(struct date birth, struct date day)
{
    const struct civil born = date_to_civil(birth);
    const struct civil now = date_to_civil(day);
    const bool before = now.month < born.month || (now.month == born.month && now.day < born.day);
    return now.year - born.year - before;
}

/* 汉族: whatever begins so is no minority 少数民族. */
#define HAN "\xE6\xB1\x89"

static void
numbers_add(struct roll_numbers *numbers, const struct person *person, int64_t head,
            struct date polling_day)
{
    static const int LAST[ROLL_BANDS] = {35, 45, 60, INT32_MAX};
    size_t band = 0;
    numbers->total++;
    numbers->women += person->sex[0] == 'f';
    numbers->party +=
        strcmp(person->party, "full") == 0 || strcmp(person->party, "probationary") == 0;
    numbers->minority += person->nation[0] && strncmp(person->nation, HAN, strlen(HAN)) != 0;
    numbers->away += head == HEAD_AWAY;
    if (!date_is_set(person->birth)) {
        numbers->age_unknown++;
        return;
    }
    while (age_on(person->birth, polling_day) > LAST[band])
        band++;
    numbers->bands[band]++;
}

static struct roll_numbers *
group_of(struct roll_report *report, const char *group)
{
    for (size_t i = 0; i < report->group_count; i++) {
        if (strcmp(report->groups[i].grp, group) == 0)
            return &report->groups[i];
    }
    return NULL;
}

static void
people_count(struct reporting *reporting)
{
    const struct roll_people *people = &reporting->people;
    struct roll_report *report = reporting->report;
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->list[i];
        const struct voter *voter = roll_people_voter(people, person->person);
        struct roll_numbers *group = group_of(report, person->grp);
        report->adults += person->in_register && date_is_set(person->birth) &&
                          register_is_adult(person->birth, report->polling_day);
        if (!roll_voter_is_on(voter))
            continue;
        numbers_add(&report->all, person, voter->head, report->polling_day);
        if (group)
            numbers_add(group, person, voter->head, report->polling_day);
    }
}

static void
cards_count(struct roll_numbers *numbers, const struct card *card)
{
    numbers->printed += card->printed;
    numbers->delivered += card->delivered;
    numbers->signed_for += card->signed_for;
}

static enum err
numbers_make(struct reporting *reporting)
{
    struct roll_report *report = reporting->report;
    struct card *cards;
    const char **groups;
    size_t card_count;
    TRY(voter_store_groups(reporting->ctx, reporting->db, report->unit, &groups,
                           &report->group_count));
    report->groups = mem_array(reporting->ctx->mem, struct roll_numbers, report->group_count + 1);
    report->all.grp = "";
    for (size_t i = 0; i < report->group_count; i++)
        report->groups[i].grp = groups[i];
    people_count(reporting);
    TRY(card_store_list(reporting->ctx, reporting->db, report->unit, &cards, &card_count));
    for (size_t i = 0; i < card_count; i++) {
        struct roll_numbers *group = group_of(report, cards[i].grp);
        cards_count(&report->all, &cards[i]);
        if (group)
            cards_count(group, &cards[i]);
    }
    return ERR_OK;
}

static enum err
heading_make(struct reporting *reporting, const char *unit)
{
    struct roll_report *report = reporting->report;
    struct roll roll = {.state = ""};
    report->unit = unit;
    TRY(report_village(reporting, unit, &report->unit_name));
    const enum err err = roll_store_find(reporting->ctx, reporting->db, unit, &roll);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    report->state = err == ERR_OK ? roll.state : "";
    report->day_fixed = date_is_set(reporting->people.polling_day);
    if (!report->day_fixed)
        reporting->people.polling_day = instant_date(reporting->ctx->now);
    report->polling_day = reporting->people.polling_day;
    return ERR_OK;
}

enum err
roll_report_load(struct ctx *ctx, struct db *db, const struct pack *pack, const char *unit,
                 struct roll_report *ret_report)
{
    struct roll_report report = {0};
    struct reporting reporting = {.ctx = ctx, .db = db, .pack = pack, .report = &report};
    TRY(roll_people_load(ctx, db, unit, &reporting.people));
    TRY(heading_make(&reporting, unit));
    TRY(roll_people_look_all(ctx, db, &reporting.people));
    TRY(numbers_make(&reporting));
    TRY(roll_worklist_make(&reporting));
    TRY(roll_moves_make(&reporting));
    *ret_report = report;
    return ERR_OK;
}
