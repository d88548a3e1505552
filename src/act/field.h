/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields of an act: what a clerk fills in. The list of an act's fields is the one source of its
 * checking, its CLI options, its reference page and, later, its form and spreadsheet columns.
 *
 * Values in an entry are JSON: text for everything but F_INT, F_SEQ and F_MONEY (integers) and
 * F_TABLE (an array of objects) and F_PERSONS (an array of texts).
 */
#pragma once

#include "base/date.h"
#include "base/json.h"

enum field_type {
    FIELD_DATE,     /* YYYY-MM-DD */
    FIELD_TIME,     /* HH:MM */
    FIELD_INT,      /* 0 … 999 999 999: ballots, people, votes, days */
    FIELD_SEQ,      /* an earlier entry of the same stream, from 1 */
    FIELD_MONEY,    /* in fen 分, may be negative */
    FIELD_TEXT,     /* not blank, at most 20 000 bytes */
    FIELD_CHOICE,   /* one of `choices` */
    FIELD_PERSON,   /* a person code of the unit (P00012), or the name of somebody from outside */
    FIELD_VILLAGER, /* a person code of the unit; a unique name is resolved to it */
    FIELD_PERSONS,  /* several FIELD_PERSON */
    FIELD_UNIT,     /* a unit's code; a group 村民小组 by its name */
    FIELD_FILE,     /* "sm3:<64 hex>": a blob; given as a path at the edge */
    FIELD_SEALED,   /* a text few may read: encrypted in the entry, masked on screen (act/seal.h) */
    FIELD_TABLE,    /* rows of `columns` */
};

enum field_flag {
    FIELD_REQUIRED = 1,
    FIELD_WORDING = 2, /* no rule reads it: record.correct may change it */
    FIELD_BY_GATE = 4, /* the gate writes it; refused from anybody else */
};

/* One field. Lists of fields end with a row whose name is NULL. */
struct field {
    const char *name;
    enum field_type type;
    unsigned flags;
    struct text label;
    const char *choices;         /* FIELD_CHOICE: words separated by spaces */
    const struct field *columns; /* FIELD_TABLE */
};

/* Rows for field lists. */
#define FIELD(type, name, flags, zh, en)                                                           \
    {                                                                                              \
        name, type, flags, {zh, en}, NULL, NULL                                                    \
    }
#define FIELD_CHOICES(name, flags, zh, en, choices)                                                \
    {                                                                                              \
        name, FIELD_CHOICE, flags, {zh, en}, choices, NULL                                         \
    }
#define FIELD_ROWS(name, flags, zh, en, columns)                                                   \
    {                                                                                              \
        name, FIELD_TABLE, flags, {zh, en}, NULL, columns                                          \
    }
#define FIELDS_END                                                                                 \
    {                                                                                              \
        NULL, FIELD_TEXT, 0, {NULL, NULL}, NULL, NULL                                              \
    }

/* ⟨posting⟩ 张贴: when, until when, where a notice hangs. */
#define FIELDS_POSTING                                                                             \
    FIELD(FIELD_DATE, "posted_on", FIELD_REQUIRED, "张贴日期", "posted on"),                       \
        FIELD(FIELD_TIME, "posted_at", FIELD_WORDING, "张贴时间", "posted at"),                    \
        FIELD(FIELD_DATE, "until", 0, "张贴至", "until"),                                          \
        FIELD_ROWS("places", FIELD_REQUIRED, "张贴地点", "places", FIELD_POSTING_PLACES)
/* ⟨paper⟩ 签名的纸件. */
#define FIELDS_PAPER                                                                               \
    FIELD(FIELD_PERSONS, "signed_by", FIELD_REQUIRED, "签名人", "signed by"),                      \
        FIELD(FIELD_FILE, "paper", 0, "纸件扫描件", "paper")
/* ⟨doc⟩ 文件: number, date, scan. */
#define FIELDS_DOC                                                                                 \
    FIELD(FIELD_TEXT, "doc_no", FIELD_REQUIRED | FIELD_WORDING, "文号", "document number"),        \
        FIELD(FIELD_DATE, "doc_on", FIELD_REQUIRED, "文件日期", "document date"),                  \
        FIELD(FIELD_FILE, "file", FIELD_REQUIRED, "文件扫描件", "document")
/* What every act with figures has: the same act again, in place of an entry keyed wrongly. */
#define FIELDS_CORRECTS                                                                            \
    FIELD(FIELD_SEQ, "corrects_seq", 0, "更正第几号记录", "corrects entry"),                       \
        FIELD(FIELD_TEXT, "why", 0, "更正原因", "why"),                                            \
        FIELD(FIELD_PERSON, "second", 0, "复核人", "second person")

extern const struct field FIELD_POSTING_PLACES[];

/* One thing wrong with a submission: which field, in words. */
struct field_error {
    const char *field; /* "rows[3].votes" */
    const char *text;
};

/* Checks `value` (a JSON object) against the list: unknown, missing, mistyped fields. All errors
 * are gathered (talloc array in ctx->mem). Persons and units are not looked up here. */
void fields_check(struct ctx *ctx, const struct field *fields, const json_t *value,
                  struct field_error **ret_errors, size_t *ret_count);
/* The field of that name, or NULL. */
const struct field *field_find(const struct field *fields, const char *name);
/* True if `word` is one of the words of `choices`. */
bool field_choice_has(const char *choices, const char *word);
/* "date" / 日期. */
struct text field_type_title(enum field_type type);
/* How a sealed value begins. */
#define FIELD_SEAL_MARK "sealed:"
/* True if the text is a sealed value: the mark and hex. */
bool field_is_sealed(const char *text);
