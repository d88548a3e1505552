/* SPDX-License-Identifier: Apache-2.0 */
/* Who is new and who is gone since the last term's list 四增四减. */
#include <string.h>

#include "act/roll_report_parts.h"

struct comparing {
    struct reporting *reporting;
    struct last_roll_line *lines;
    const struct person **persons; /* of each line, NULL if he is in no table now */
    bool *stood;                   /* by place in people.list: he stood on the last list */
    size_t count;
    struct identity_hits from; /* who stood on another village's last list */
    struct date youngest;      /* birthday of the youngest on the last list */
};

static struct roll_move *
move_add(struct reporting *reporting, const struct roll_move *move)
{
    struct roll_report *report = reporting->report;
    if (report->move_count == reporting->move_capacity) {
        reporting->move_capacity = reporting->move_capacity ? 2 * reporting->move_capacity : 64;
        report->moves = mem_grow(reporting->ctx->mem, report->moves, struct roll_move,
                                 reporting->move_capacity);
    }
    report->causes[move->cause]++;
    report->moves[report->move_count] = *move;
    return &report->moves[report->move_count++];
}

/* As the table of the last list is matched; whoever read it before the register is found now. */
static const struct person *
line_person(const struct reporting *reporting, const struct last_roll_line *line)
{
    struct roll_row row = {.row = 0};
    if (line->person[0])
        return roll_people_find(&reporting->people, line->person);
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++)
        row.cells[i] = "";
    row.cells[ROLL_COL_NAME] = line->name;
    row.cells[ROLL_COL_BIRTH] = date_format(reporting->ctx, line->birth);
    row.cells[ROLL_COL_ID_MAC] = line->id_mac;
    return roll_people_match(&reporting->people, &row);
}

/* What an act says; ROLL_CAUSE_COUNT if none does. */
static enum roll_cause
cause_told(const struct voter *voter, enum roll_side side)
{
    const enum roll_cause cause = voter ? roll_cause_find(voter->reason) : ROLL_CAUSE_COUNT;
    return cause != ROLL_CAUSE_COUNT && roll_cause_row(cause)->side == side ? cause
                                                                            : ROLL_CAUSE_COUNT;
}

/* A term of deprivation that is over on polling day. */
static bool
was_deprived(const struct roll_people *people, const struct person *person)
{
    for (size_t i = 0; i < people->deprived_count; i++) {
        const struct deprivation *row = &people->deprived[i];
        const bool same = strcmp(row->person, person->person) == 0 ||
                          (row->id_mac[0] && strcmp(row->id_mac, person->id_mac) == 0);
        if (same && date_is_set(row->to_on) && date_compare(row->to_on, people->polling_day) < 0)
            return true;
    }
    return false;
}

static enum roll_cause
added_why(const struct comparing *comparing, const struct person *person, const struct voter *voter,
          const char *from)
{
    const enum roll_cause told = cause_told(voter, ROLL_SIDE_ADDED);
    if (told != ROLL_CAUSE_COUNT)
        return told;
    if (voter->head == HEAD_NO_HOUSEHOLD)
        return ROLL_CAUSE_ASSEMBLY_CONSENTED;
    if (date_is_set(comparing->youngest) && date_compare(person->birth, comparing->youngest) > 0)
        return ROLL_CAUSE_TURNED_18;
    if (was_deprived(&comparing->reporting->people, person))
        return ROLL_CAUSE_RIGHTS_RESTORED;
    if (from[0])
        return ROLL_CAUSE_MOVED_IN;
    return voter->head == HEAD_AWAY ? ROLL_CAUSE_WISH_EXPRESSED : ROLL_CAUSE_ADDED_UNKNOWN;
}

static enum err
added_make(struct comparing *comparing)
{
    struct reporting *reporting = comparing->reporting;
    const struct roll_people *people = &reporting->people;
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->list[i];
        const struct voter *voter = roll_people_voter(people, person->person);
        const char *from, *village = "";
        if (comparing->stood[i] || !roll_voter_is_on(voter))
            continue;
        from = identity_hits_find(&comparing->from, person->id_mac);
        if (from[0])
            TRY(report_village(reporting, from, &village));
        move_add(reporting, &(struct roll_move){.cause = added_why(comparing, person, voter, from),
                                                .person = person->person,
                                                .name = person->name,
                                                .grp = person->grp,
                                                .village = village,
                                                .told = cause_told(voter, ROLL_SIDE_ADDED) !=
                                                        ROLL_CAUSE_COUNT});
    }
    return ERR_OK;
}

/* Somebody who is in a table of the village still. */
static enum roll_cause
gone_why(const struct roll_people *people, const struct person *person, const char *to)
{
    const struct away *away = roll_people_away(people, person->person);
    if (roll_people_deprived(people, person->person, person->id_mac))
        return ROLL_CAUSE_DEPRIVED;
    if (to[0])
        return ROLL_CAUSE_MOVED_OUT;
    if (away && away->wish[0] != 'y')
        return away->wish[0] == 'n' ? ROLL_CAUSE_DECLINED : ROLL_CAUSE_NO_REPLY;
    return person->in_register ? ROLL_CAUSE_GONE_UNKNOWN : ROLL_CAUSE_OFF_REGISTER;
}

/* Numbers of people who are in no table here may stand on another village's roll now. */
static enum err
gone_hits(struct comparing *comparing, struct identity_hits *ret_hits)
{
    struct reporting *reporting = comparing->reporting;
    const char **macs = mem_array(reporting->ctx->mem, const char *, comparing->count + 1);
    for (size_t i = 0; i < comparing->count; i++)
        macs[i] = comparing->lines[i].id_mac;
    return identity_store_elsewhere_all(reporting->ctx, reporting->db, reporting->report->unit,
                                        IDENTITY_ROLL,
                                        (struct identity_wanted){macs, comparing->count}, ret_hits);
}

static enum err
gone_add(struct comparing *comparing, size_t index, const struct identity_hits *hits)
{
    struct reporting *reporting = comparing->reporting;
    const struct last_roll_line *line = &comparing->lines[index];
    const struct person *person = comparing->persons[index];
    const struct voter *voter =
        person ? roll_people_voter(&reporting->people, person->person) : NULL;
    const char *village = "";
    if (roll_voter_is_on(voter))
        return ERR_OK;
    const char *to = identity_hits_find(hits, line->id_mac);
    const enum roll_cause told = cause_told(voter, ROLL_SIDE_GONE);
    enum roll_cause cause = told;
    if (to[0])
        TRY(report_village(reporting, to, &village));
    if (cause == ROLL_CAUSE_COUNT)
        cause = person  ? gone_why(&reporting->people, person, to)
                : to[0] ? ROLL_CAUSE_MOVED_OUT
                        : ROLL_CAUSE_OFF_REGISTER;
    move_add(reporting, &(struct roll_move){.cause = cause,
                                            .person = person ? person->person : "",
                                            .name = line->name,
                                            .grp = person ? person->grp : "",
                                            .village = village,
                                            .told = told != ROLL_CAUSE_COUNT});
    return ERR_OK;
}

static void
lines_match(struct comparing *comparing)
{
    struct reporting *reporting = comparing->reporting;
    const struct roll_people *people = &reporting->people;
    comparing->persons =
        mem_array(reporting->ctx->mem, const struct person *, comparing->count + 1);
    comparing->stood = mem_array(reporting->ctx->mem, bool, people->count + 1);
    comparing->youngest = DATE_NONE;
    for (size_t i = 0; i < comparing->count; i++) {
        const struct last_roll_line *line = &comparing->lines[i];
        const struct person *person = line_person(reporting, line);
        comparing->persons[i] = person;
        if (date_compare(line->birth, comparing->youngest) > 0)
            comparing->youngest = line->birth;
        if (person)
            comparing->stood[person - people->list] = true;
    }
}

enum err
roll_moves_make(struct reporting *reporting)
{
    struct comparing comparing = {.reporting = reporting};
    struct identity_hits hits;
    struct roll_report *report = reporting->report;
    TRY(last_roll_store_list(reporting->ctx, reporting->db, report->unit, &comparing.lines,
                             &comparing.count));
    report->last_count = (int64_t)comparing.count;
    report->has_last = comparing.count > 0;
    if (!report->has_last)
        return ERR_OK;
    TRY(last_roll_store_elsewhere(reporting->ctx, reporting->db, report->unit, &comparing.from));
    lines_match(&comparing);
    TRY(gone_hits(&comparing, &hits));
    TRY(added_make(&comparing));
    for (size_t i = 0; i < comparing.count; i++)
        TRY(gone_add(&comparing, i, &hits));
    return ERR_OK;
}
