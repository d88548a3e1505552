/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the acts of registration share: the people of a village found again by number or by name and
 * birthday, and the law's word on each of them (REG-01 … 04, REG-08), with the rows of a table or
 * with the roll as it stands.
 */
#pragma once

#include "act/act.h"
#include "domain/register.h"
#include "exchange/roll_table.h"
#include "store/identity_store.h"
#include "store/person_store.h"
#include "store/register_store.h"
#include "store/voter_store.h"

/* All of the village, loaded once. */
struct roll_people {
    const char *unit;
    struct date polling_day; /* DATE_NONE if not fixed yet */
    struct person *list;
    size_t count;
    struct person **by_mac; /* those with a number */
    size_t mac_count;
    struct person **by_name;
    struct voter *voters; /* by person code, like list */
    size_t voter_count;
    struct away *away;
    size_t away_count;
    struct deprivation *deprived;
    size_t deprived_count;
    struct stationed *stationed; /* by person code */
    size_t stationed_count;
    /* The people of a table in other villages, if roll_people_look asked for all at once. */
    bool looked;
    struct identity_hits on_rolls, in_registers;
};

enum err roll_people_load(struct ctx *ctx, struct db *db, const char *unit,
                          struct roll_people *ret_people) WARN_UNUSED;
/* Asks for all rows of a table whether they stand in another village (REG-04). */
enum err roll_people_look(struct ctx *ctx, struct db *db, struct roll_people *people,
                          const struct roll_table *table) WARN_UNUSED;
/* The same for everybody of the village. */
enum err
roll_people_look_all(struct ctx *ctx, struct db *db, struct roll_people *people) WARN_UNUSED;
/* By number, else by name and birthday where only one fits; NULL if nobody does. */
struct person *roll_people_match(const struct roll_people *people, const struct roll_row *row);
struct person *roll_people_find(const struct roll_people *people, const char *code);
struct voter *roll_people_voter(const struct roll_people *people, const char *code);
struct away *roll_people_away(const struct roll_people *people, const char *code);
/* 剥夺政治权利 on polling day: the row that says so, or NULL. */
const struct deprivation *
roll_people_deprived(const struct roll_people *people, const char *code, const char *id_mac);
bool roll_people_stationed(const struct roll_people *people, const char *code);
/* The number of the last person code. */
int64_t roll_people_last(const struct roll_people *people);
const char *roll_person_code(struct ctx *ctx, int64_t number);

/* A person as the law looks at him. */
struct roll_subject {
    const char *person; /* "" if not known yet */
    const char *id_mac;
    struct date birth;
    int64_t head;
    bool in_register;
    bool stationed; /* of a unit stationed in the village */
    struct date resident_since, village_work_since, applied_on;
    bool consented; /* head 3: the assembly consented, or is still to be asked */
    enum register_wish wish;
};

/* What stands against him, ROLL_FAULT_COUNT if nothing; *ret_detail as in struct roll_refusal. */
enum err roll_judge(struct ctx *ctx, struct db *db, const struct pack *pack,
                    const struct roll_people *people, const struct roll_subject *subject,
                    enum roll_fault *ret_fault, const char **ret_detail) WARN_UNUSED;
/* The same for a row of a roll. */
enum err roll_judge_row(struct ctx *ctx, struct db *db, const struct pack *pack,
                        const struct roll_people *people, const struct roll_row *row,
                        enum roll_fault *ret_fault, const char **ret_detail) WARN_UNUSED;
/* A subject from the roll as it stands, with another head if `head` is not 0. */
struct roll_subject
roll_subject_of(const struct roll_people *people, const struct person *person, int64_t head);

/* The finding for a refused row or person; `who` is "第 704 行 张三" or a name. */
enum err
roll_fault_report(struct call *call, enum severity severity, const char *who,
                  enum roll_column column, enum roll_fault fault, const char *detail) WARN_UNUSED;

/* Findings of many rows: the first are told one by one, then only their number. */
enum { ROLL_FINDINGS_MOST = 100 };

/* The blob of a file field as a normalised table. */
enum err
roll_blob_read(struct call *call, const char *field, struct roll_table *ret_table) WARN_UNUSED;
/* Every row the edge refused: blocks if accept=whole, warns if accept=good_rows. */
enum err roll_refusals_report(struct call *call, const struct roll_table *table) WARN_UNUSED;
/* The person a row describes, under that code; not in the register. */
struct person roll_person_new(struct call *call, const struct roll_row *row, const char *code);
/* SEQ-01 unless the village's polling day is fixed: age is counted on it. */
void roll_day_check(struct call *call, const struct roll_people *people);
/* The roll's row; one of an unannounced registration if there is none. */
enum err roll_get(struct call *call, struct roll *ret_roll) WARN_UNUSED;
/* REG-06: the notice hangs at the office and in every group. */
enum err roll_places_check(struct call *call) WARN_UNUSED;
/* A change after roll.confirm, before roll.post: it must be confirmed again. */
enum err roll_reopen(struct call *call, struct roll *roll) WARN_UNUSED;
/* SEQ-04 once the village's own poll was opened: the roll is frozen for all rounds. */
void roll_frozen_check(struct call *call, const struct roll *roll);
/* What the law says of a person under a head, as findings of that severity. */
enum err
roll_person_judge(struct call *call, const struct roll_people *people, const struct person *person,
                  const struct roll_subject *subject, enum severity severity) WARN_UNUSED;
/* REG-02: the entry is an assembly that passed consent to newcomers (head3_consent); gives the day
 * it was held, DATE_NONE if it is none. */
enum err
roll_assembly_check(struct call *call, int64_t assembly_seq, struct date *ret_held_on) WARN_UNUSED;
/* Head 3 (组织法 §13 三项): he applied, then the assembly consented; a certificate where asked. */
struct roll_newcomer {
    const char *name;
    struct date applied_on;
    struct date held_on; /* of the assembly; DATE_NONE: not known */
    bool certificate;
};
void roll_newcomer_check(struct call *call, const struct roll_newcomer *newcomer);
/* The voter's row, or one to be filled: state "", head 0. */
struct voter roll_voter_of(const struct roll_people *people, const char *person);
