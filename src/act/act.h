/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An act 环节: somebody with a role does a thing for one unit; the law allows or refuses it; it
 * becomes one entry of the unit's stream and is never unsaid.
 *
 * The catalogue is acts.def (one row an act). The code of an act is its field list, `check` (facts
 * → findings) and `apply` (entry → rows of tables). Check never writes; apply reads nothing but the
 * entry, the tables and blobs, never the clock or the key, so that a replay gives the same tables.
 */
#pragma once

#include "act/field.h"
#include "base/date.h"
#include "base/json.h"
#include "domain/finding.h"
#include "domain/pack.h"
#include "store/db.h"

/* Who may act: bits, because an act may be open to several. See docs/glossary.md. */
enum role {
    ROLE_CO = 1 << 0,     /* 县换届办 county office */
    ROLE_CS = 1 << 1,     /* 县签批 decides at county level */
    ROLE_DR = 1 << 2,     /* 联审单位 department reviewer */
    ROLE_TO = 1 << 3,     /* 镇换届办 township office */
    ROLE_TS = 1 << 4,     /* 镇党委、镇政府签批 decides at township level */
    ROLE_PB = 1 << 5,     /* 村党组织 village Party organisation */
    ROLE_VC = 1 << 6,     /* 村民委员会 villagers' committee */
    ROLE_EC = 1 << 7,     /* 村民选举委员会 village election committee */
    ROLE_ST = 1 << 8,     /* 选举工作人员 appointed staff (tellers among them) */
    ROLE_SV = 1 << 9,     /* 监督员 supervisor */
    ROLE_SYS = 1 << 10,   /* the gate itself */
    ROLE_ADMIN = 1 << 11, /* 系统管理员: no electoral power */
    ROLE_PUBLIC = 1 << 12,
    ROLE_SECURITY = 1 << 13, /* 安全管理员: closes accounts, unlocks */
    ROLE_AUDIT = 1 << 14,    /* 审计管理员: reads the logs */
};

enum level { LEVEL_COUNTY = 1, LEVEL_TOWN = 2, LEVEL_VILLAGE = 4 };

enum stage {
    STAGE_ALWAYS,
    STAGE_PREPARATION,
    STAGE_PEOPLE,
    STAGE_COMMITTEE,
    STAGE_ROLL,
    STAGE_NOMINATION,
    STAGE_BEFORE_POLL,
    STAGE_POLL,
    STAGE_COUNT,
    STAGE_AFTER,
    STAGE_CONDUCT,
};

enum act_flag {
    ACT_TO_VILLAGES = 1,    /* →V: writes unit.receive into the villages it names or all below */
    ACT_REPLAY = 2,         /* changes what stands: the unit's tables are made anew after it */
    ACT_CHECKPOINT = 4,     /* signs a checkpoint after it */
    ACT_WHILE_DEFERRED = 8, /* allowed while the village is deferred (SEQ-02) */
    ACT_WHILE_OUT = 16,     /* allowed while the stream is taken out (SEQ-03) */
    ACT_AFTER_SEAL = 32,    /* follow-up that goes on after archive.seal */
    ACT_POSTING = 64,       /* a posting: notice.withdraw may take it back until legal effect */
    ACT_FIXED = 128,        /* record.withdraw may not take it back */
    ACT_CORRECTS = 256,     /* has FIELDS_CORRECTS: may replace an entry keyed wrongly */
};

struct act;
struct gate;
struct entry;
struct keyfile;

/* Who submits: a user of app_user. */
struct actor {
    const char *name;
    enum role role;
    const char *unit;   /* scope: the unit and all below it */
    const char *person; /* person code or name the account belongs to; "" if none */
    const char *desk;   /* review desk of a department reviewer; "" otherwise */
};

/* Everything an act's code may look at. In apply, `findings` and `actor` are NULL. */
struct call {
    struct ctx *ctx;
    struct db *db;    /* tables */
    struct db *blobs; /* where blobs are read (the ledger's database) */
    struct gate *gate;
    const struct act *act;
    const char *unit;
    int64_t seq;       /* of this entry */
    const char *at;    /* instant it is entered, 2021-03-20T09:00:00+08:00 */
    struct date today; /* day of `at` in China */
    const char *actor_name;
    const struct actor *actor;
    const json_t *fields;
    const json_t *waivers;
    struct findings *findings;
    const struct pack *pack;   /* law in force for the unit; by polling day where one is fixed */
    const struct keyfile *key; /* check only; NULL in apply */
    bool brought;              /* done in a kit and checked again here (kit.bring_back) */
};

typedef enum err act_check_fn(struct call *call);
typedef enum err act_apply_fn(struct call *call);

/* The code of an act. `before` runs inside the transaction before the entry gets its number (it
 * may add entries: kit.bring_back); a block it finds refuses the act. `after` runs when the entry
 * is written. Both NULL but for kits. `receive` applies it inside a village's stream when it came
 * by unit.receive (fields = the extract); NULL: nothing to apply there. */
struct act_code {
    const struct field *fields;
    act_check_fn *check; /* NULL: nothing beyond the catalogue's needs */
    act_apply_fn *apply; /* NULL: nothing beyond the standing index */
    act_apply_fn *receive;
    act_check_fn *before;
    act_apply_fn *after;
};

/* A row of the catalogue. needs, never: see act/needs.h. once: the fields that make it unique,
 * "unit" alone for once per unit and term, "" for repeatable. */
struct act {
    const char *id;
    unsigned levels;
    enum stage stage;
    unsigned roles;
    struct text title;
    const char *once;
    const char *needs;
    const char *never;
    unsigned flags;
    const struct act_code *code;
};

const struct act *act_find(const char *id);
/* All acts, in the order of the catalogue. */
const struct act *act_list(size_t *ret_count);
const char *stage_name(const struct ctx *ctx, enum stage stage);
enum role role_find(const char *name); /* 0 if there is none of that name */
const char *role_name(enum role role);
struct text role_title(enum role role);
/* False for the administrators and the public, whose accounts belong to no unit. */
bool role_has_unit(enum role role);

/* --- reading fields; the field must be in the act's list (a bug otherwise) --- */
bool call_has(const struct call *call, const char *name);
const char *call_text(const struct call *call, const char *name); /* "" if absent */
int64_t call_int(const struct call *call, const char *name);      /* 0 if absent */
struct date call_date(const struct call *call, const char *name); /* DATE_NONE if absent */
bool call_is(const struct call *call, const char *name, const char *word);
/* Rows of a table field, or members of a persons field. */
size_t call_count(const struct call *call, const char *name);
const json_t *call_row(const struct call *call, const char *name, size_t index);
const char *call_person(const struct call *call, const char *name, size_t index);
/* A column of a row: "" / 0 / DATE_NONE if absent. */
const char *row_text(const json_t *row, const char *column);
int64_t row_int(const json_t *row, const char *column);
struct date row_date(const json_t *row, const char *column);
bool row_is(const json_t *row, const char *column, const char *word);

/* --- findings; each cites its rule; text in both languages, %-arguments alike --- */
#define CALL_FORMAT(at) __attribute__((format(printf, at, at + 2), format(printf, at + 1, at + 2)))
struct finding *
call_block(struct call *call, enum rule rule, const char *zh, const char *en, ...) CALL_FORMAT(3);
struct finding *
call_explain(struct call *call, enum rule rule, const char *zh, const char *en, ...) CALL_FORMAT(3);
struct finding *
call_warn(struct call *call, enum rule rule, const char *zh, const char *en, ...) CALL_FORMAT(3);
/* Needs a granted request of that kind (acts.md 6.0a); set person and post of the finding where it
 * must be for them. */
struct finding *call_approve(struct call *call, enum rule rule, const char *kind, const char *zh,
                             const char *en, ...) CALL_FORMAT(4);
/* What to do next, on a finding just made. */
void finding_todo(struct call *call, struct finding *finding, const char *zh, const char *en, ...)
    CALL_FORMAT(3);
/* Copies findings a domain check made (law engine) into the call, with this severity. */
void call_take(struct call *call, const struct findings *findings, enum severity severity);
bool call_has_block(const struct call *call);

/* Is the person named in a field who submits (SEQ-08)? By code or by name: an account may have been
 * made before the register was read. False if the account belongs to nobody. Check only. */
enum err call_is_actor(struct call *call, const char *person, bool *ret_is) WARN_UNUSED;
/* Blocks if the field `second` 复核人 names who submits (SEQ-08). */
enum err call_second_check(struct call *call) WARN_UNUSED;

/* Severity SEQ-06: `name` must lie on or before today / within. Finds nothing if absent. */
void call_not_future(struct call *call, const char *name);

/* The catalogue row's code: in acts/x.c, ACT_CODE(roll_post, FIELDS, check, apply, NULL); */
#define ACT_CODE(stem, field_list, check_fn, apply_fn, receive_fn)                                 \
    extern const struct act_code act_code_##stem;                                                  \
    const struct act_code act_code_##stem = {field_list, check_fn, apply_fn, receive_fn}
