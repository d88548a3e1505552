/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll_people.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "exchange/roll_judge.h"
#include "store/identity_store.h"
#include "store/stream_store.h"

static int
mac_compare(const void *a, const void *b)
{
    const struct person *const *first = a;
    const struct person *const *second = b;
    const int order = strcmp((*first)->id_mac, (*second)->id_mac);
    return order ? order : strcmp((*first)->person, (*second)->person);
}

static int
name_compare(const void *a, const void *b)
{
    const struct person *const *first = a;
    const struct person *const *second = b;
    const int order = strcmp((*first)->name, (*second)->name);
    return order ? order : strcmp((*first)->person, (*second)->person);
}

enum err
roll_people_load(struct ctx *ctx, struct db *db, const char *unit, struct roll_people *ret_people)
{
    struct roll_people people = {.unit = unit};
    TRY(day_store_get(ctx, db, unit, "village", &people.polling_day));
    TRY(person_store_list(ctx, db, unit, &people.list, &people.count));
    TRY(voter_store_list(ctx, db, unit, &people.voters, &people.voter_count));
    TRY(away_store_list(ctx, db, unit, &people.away, &people.away_count));
    TRY(deprivation_store_list(ctx, db, unit, &people.deprived, &people.deprived_count));
    TRY(stationed_store_list(ctx, db, unit, &people.stationed, &people.stationed_count));
    people.by_mac = mem_array(ctx->mem, struct person *, people.count + 1);
    people.by_name = mem_array(ctx->mem, struct person *, people.count + 1);
    for (size_t i = 0; i < people.count; i++) {
        people.by_name[i] = &people.list[i];
        if (people.list[i].id_mac[0])
            people.by_mac[people.mac_count++] = &people.list[i];
    }
    qsort(people.by_mac, people.mac_count, sizeof(struct person *), mac_compare);
    qsort(people.by_name, people.count, sizeof(struct person *), name_compare);
    *ret_people = people;
    return ERR_OK;
}

static int
mac_find(const void *key, const void *member)
{
    const struct person *const *person = member;
    return strcmp(key, (*person)->id_mac);
}

/* The first of that name in by_name; count if there is none. */
static size_t
name_find(const struct roll_people *people, const char *name)
{
    size_t low = 0, high = people->count;
    while (low < high) {
        const size_t middle = low + ((high - low) >> 1);
        if (strcmp(people->by_name[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Two numbers that differ are two people; a missing one says nothing. */
static bool
may_be(const struct person *person, const struct roll_row *row, struct date birth)
{
    const char *mac = row->cells[ROLL_COL_ID_MAC];
    const bool same_birth = !date_is_set(birth) || !date_is_set(person->birth) ||
                            date_compare(birth, person->birth) == 0;
    return same_birth && (!mac[0] || !person->id_mac[0] || strcmp(mac, person->id_mac) == 0);
}

struct person *
roll_people_match(const struct roll_people *people, const struct roll_row *row)
{
    const char *mac = row->cells[ROLL_COL_ID_MAC];
    struct date birth = DATE_NONE;
    struct person *found = NULL;
    if (mac[0]) {
        struct person **person =
            bsearch(mac, people->by_mac, people->mac_count, sizeof(struct person *), mac_find);
        if (person)
            return *person;
    }
    (void)date_parse(row->cells[ROLL_COL_BIRTH], &birth);
    for (size_t i = name_find(people, row->cells[ROLL_COL_NAME]); i < people->count; i++) {
        struct person *person = people->by_name[i];
        if (strcmp(person->name, row->cells[ROLL_COL_NAME]) != 0)
            break;
        if (!may_be(person, row, birth))
            continue;
        if (found)
            return NULL;
        found = person;
    }
    return found;
}

static int
code_find_person(const void *key, const void *member)
{
    return strcmp(key, ((const struct person *)member)->person);
}

static int
code_find_voter(const void *key, const void *member)
{
    return strcmp(key, ((const struct voter *)member)->person);
}

static int
code_find_away(const void *key, const void *member)
{
    return strcmp(key, ((const struct away *)member)->person);
}

/* bsearch wants an array even when it is empty. */
#define FIND(list, count, type, compare)                                                           \
    ((type *)((count) ? bsearch(code, (list), (count), sizeof(type), (compare)) : NULL))

struct person *
roll_people_find(const struct roll_people *people, const char *code)
{
    return FIND(people->list, people->count, struct person, code_find_person);
}

struct voter *
roll_people_voter(const struct roll_people *people, const char *code)
{
    return FIND(people->voters, people->voter_count, struct voter, code_find_voter);
}

struct away *
roll_people_away(const struct roll_people *people, const char *code)
{
    return FIND(people->away, people->away_count, struct away, code_find_away);
}

static int
code_find_stationed(const void *key, const void *member)
{
    return strcmp(key, ((const struct stationed *)member)->person);
}

bool
roll_people_stationed(const struct roll_people *people, const char *code)
{
    return FIND(people->stationed, people->stationed_count, struct stationed, code_find_stationed);
}

int64_t
roll_people_last(const struct roll_people *people)
{
    int64_t last = 0, number;
    for (size_t i = 0; i < people->count; i++) {
        if (num_parse_i64(people->list[i].person + 1, 0, INT32_MAX, &number) && number > last)
            last = number;
    }
    return last;
}

const char *
roll_person_code(struct ctx *ctx, int64_t number)
{
    return mem_printf(ctx->mem, "P%05lld", (long long)number);
}

/* From the first to the last day of the term. */
const struct deprivation *
roll_people_deprived(const struct roll_people *people, const char *code, const char *id_mac)
{
    for (size_t i = 0; i < people->deprived_count; i++) {
        const struct deprivation *row = &people->deprived[i];
        const bool same = (row->person[0] && strcmp(row->person, code) == 0) ||
                          (row->id_mac[0] && strcmp(row->id_mac, id_mac) == 0);
        if (same && roll_term_holds(row->from_on, row->to_on, people->polling_day))
            return row;
    }
    return NULL;
}

static enum err
people_look(struct ctx *ctx, struct db *db, struct roll_people *people,
            struct identity_wanted wanted)
{
    TRY(identity_store_elsewhere_all(ctx, db, people->unit, IDENTITY_ROLL, wanted,
                                     &people->on_rolls));
    TRY(identity_store_elsewhere_all(ctx, db, people->unit, IDENTITY_REGISTER, wanted,
                                     &people->in_registers));
    people->looked = true;
    return ERR_OK;
}

enum err
roll_people_look_all(struct ctx *ctx, struct db *db, struct roll_people *people)
{
    const char **macs = mem_array(ctx->mem, const char *, people->mac_count + 1);
    for (size_t i = 0; i < people->mac_count; i++)
        macs[i] = people->by_mac[i]->id_mac;
    return people_look(ctx, db, people, (struct identity_wanted){macs, people->mac_count});
}

enum err
roll_people_look(struct ctx *ctx, struct db *db, struct roll_people *people,
                 const struct roll_table *table)
{
    const char **macs = mem_array(ctx->mem, const char *, table->count);
    for (size_t i = 0; i < table->count; i++)
        macs[i] = table->rows[i].cells[ROLL_COL_ID_MAC];
    return people_look(ctx, db, people, (struct identity_wanted){macs, table->count});
}

static enum err
elsewhere_ask(struct ctx *ctx, struct db *db, const struct roll_people *people, const char *kind,
              const char *id_mac, const char **ret_unit)
{
    if (!people->looked)
        return identity_store_elsewhere(ctx, db, people->unit, kind, id_mac, ret_unit);
    *ret_unit = identity_hits_find(
        strcmp(kind, IDENTITY_ROLL) == 0 ? &people->on_rolls : &people->in_registers, id_mac);
    return ERR_OK;
}

static enum err
elsewhere_find(struct ctx *ctx, struct db *db, const struct roll_people *people,
               const struct roll_subject *subject, enum roll_fault *ret_fault,
               const char **ret_detail)
{
    TRY(elsewhere_ask(ctx, db, people, IDENTITY_ROLL, subject->id_mac, ret_detail));
    *ret_fault = (*ret_detail)[0] ? ROLL_FAULT_ELSEWHERE : ROLL_FAULT_COUNT;
    if (*ret_fault != ROLL_FAULT_COUNT || subject->head == 3 || subject->in_register)
        return ERR_OK;
    TRY(elsewhere_ask(ctx, db, people, IDENTITY_REGISTER, subject->id_mac, ret_detail));
    *ret_fault = (*ret_detail)[0] ? ROLL_FAULT_REGISTER_ELSEWHERE : ROLL_FAULT_COUNT;
    return ERR_OK;
}

enum err
roll_judge(struct ctx *ctx, struct db *db, const struct pack *pack,
           const struct roll_people *people, const struct roll_subject *subject,
           enum roll_fault *ret_fault, const char **ret_detail)
{
    enum roll_fault elsewhere;
    TRY(elsewhere_find(ctx, db, people, subject, &elsewhere, ret_detail));
    const struct register_facts facts = {
        .polling_day = people->polling_day,
        .birth = subject->birth,
        .hukou_here = subject->head != HEAD_NO_HOUSEHOLD,
        .resident_here = subject->head != HEAD_AWAY,
        .resident_since = subject->resident_since,
        .village_work_since = subject->village_work_since,
        .wishes = subject->wish,
        .applied = date_is_set(subject->applied_on),
        .assembly_consent = subject->consented,
        .deprived = roll_people_deprived(people, subject->person, subject->id_mac) != NULL,
        .stationed = subject->stationed || roll_people_stationed(people, subject->person),
    };
    struct register_result result;
    register_decide(ctx, pack, &facts, &result);
    const enum roll_fault fault = roll_fault_of(&result, &facts);
    *ret_fault = fault != ROLL_FAULT_COUNT ? fault : elsewhere;
    if (fault != ROLL_FAULT_COUNT)
        *ret_detail = "";
    return ERR_OK;
}

struct roll_subject
roll_subject_of(const struct roll_people *people, const struct person *person, int64_t head)
{
    const struct voter *voter = roll_people_voter(people, person->person);
    const struct away *away = roll_people_away(people, person->person);
    struct roll_subject subject = {
        .person = person->person,
        .id_mac = person->id_mac,
        .birth = person->birth,
        .head = head ? head : HEAD_RESIDENT,
        .in_register = person->in_register,
        .resident_since = DATE_NONE,
        .village_work_since = DATE_NONE,
        .applied_on = DATE_NONE,
        .wish = WISH_YES, /* who stands under head 2 has said so, unless a reply says no */
    };
    if (voter) {
        subject.head = head || !voter->head ? subject.head : voter->head;
        subject.resident_since = voter->resident_since;
        subject.village_work_since = voter->village_work_since;
        subject.applied_on = voter->applied_on;
        subject.consented = voter->consent_seq > 0;
    }
    if (away && strcmp(away->wish, "n") == 0)
        subject.wish = WISH_NO;
    return subject;
}

static struct date
cell_date(const struct roll_row *row, enum roll_column column)
{
    struct date date = DATE_NONE;
    (void)date_parse(row->cells[column], &date);
    return date;
}

enum err
roll_judge_row(struct ctx *ctx, struct db *db, const struct pack *pack,
               const struct roll_people *people, const struct roll_row *row,
               enum roll_fault *ret_fault, const char **ret_detail)
{
    const struct person *person = roll_people_match(people, row);
    const struct voter *voter = person ? roll_people_voter(people, person->person) : NULL;
    const struct away *away = person ? roll_people_away(people, person->person) : NULL;
    *ret_detail = "";
    *ret_fault = ROLL_FAULT_STATIONED;
    /* 村民委员会组织法 §38: soldiers and staff of units stationed in a village take no part. */
    if (row->cells[ROLL_COL_STATIONED][0])
        return ERR_OK;
    *ret_fault = ROLL_FAULT_STRUCK;
    if (voter && strcmp(voter->state, "struck") == 0)
        return ERR_OK;
    const struct roll_subject subject = {
        .person = person ? person->person : "",
        .id_mac = row->cells[ROLL_COL_ID_MAC],
        .birth = cell_date(row, ROLL_COL_BIRTH),
        .head = row->cells[ROLL_COL_HEAD][0] - '0',
        .in_register = person && person->in_register,
        .resident_since = cell_date(row, ROLL_COL_RESIDENT_SINCE),
        .village_work_since = cell_date(row, ROLL_COL_WORK_SINCE),
        .applied_on = cell_date(row, ROLL_COL_APPLIED_ON),
        .consented = true, /* asked later: roll.consent, tested by roll.confirm */
        .wish = away && strcmp(away->wish, "n") == 0 ? WISH_NO : WISH_YES,
    };
    return roll_judge(ctx, db, pack, people, &subject, ret_fault, ret_detail);
}
