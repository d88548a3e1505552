/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Worked law cases: questions of election law put to the engine as JSON lines, answered from facts
 * alone (`cunxuan law`, docs/law-cases.md). One line in, one line out.
 *
 * A check is a `struct law_check law_check_NAME` in exchange/law_NAME.c: the table its facts are
 * bound by, and a function that hands them to the domain and puts the answer into the result. It
 * holds no law itself.
 *
 * TO ADD A CHECK: write exchange/law_NAME.c, add X(NAME) to law_checks.def, add
 * tests/law/NAME.jsonl.
 */
#pragma once

#include <stdio.h>

#include "domain/finding.h"
#include "domain/words.h"
#include "exchange/law_bind.h"

struct pack;
struct pack_shelf;

/* One question being answered. */
struct law_question {
    struct ctx *ctx;
    const struct pack *pack;
    struct binder *binder; /* for BIND_REFUSE_FIELD: facts that contradict each other */
    json_t *why;           /* list of sentences; law_add_why */
};

/* `given` is the struct of check->given. Puts every key of the result, or returns ERR_INVALID by
 * BIND_REFUSE_FIELD(question->binder, "present", …). */
typedef enum err (*law_answer_fn)(struct law_question *question, const void *given, json_t *result);

#define LAW_NO_DAY SIZE_MAX

struct law_check {
    const char *name;
    struct bind_table given;
    size_t day_at; /* offset of the struct date that chooses the national law; or LAW_NO_DAY */
    law_answer_fn answer;
};

struct law_options {
    bool quiet;  /* only lines that fail their expectation */
    bool inside; /* the program's own questions: keys marked `inside` are known too */
};

struct law_counts {
    int64_t passed, failed;
};

/* Answers every line of `in`, adding to *counts. Lines are read one at a time, whatever the size of
 * the file; one that is too long is answered with an error. ERR_IO if reading or writing fails. */
enum err law_answer_stream(struct ctx *ctx, FILE *in, const struct law_options *options, FILE *out,
                           struct law_counts *counts) WARN_UNUSED;
/* The same with packs read before. */
enum err law_answer_with(struct ctx *ctx, const struct pack_shelf *shelf, FILE *in,
                         const struct law_options *options, FILE *out,
                         struct law_counts *counts) WARN_UNUSED;

/* Closed lists for BIND_CHOICE, ended by word NULL. */
extern const struct bind_choice LAW_VILLAGE_POSTS[]; /* chair, vice_chair, member, women_member */
extern const struct bind_choice LAW_POSTS[];         /* these and the Party's; enum post */
extern const struct bind_choice LAW_RELATIONS[];     /* enum relation */
extern const struct bind_choice LAW_SEXES[];         /* enum sex */

/* Members of a result. Texts are copied; NULL becomes null. */
void law_put_bool(json_t *object, const char *key, bool value);
void law_put_count(json_t *object, const char *key, int64_t value);
void law_put_null(json_t *object, const char *key);
void law_put_text(json_t *object, const char *key, const char *text);
void law_put_date(struct ctx *ctx, json_t *object, const char *key, struct date date);
void law_put_names(json_t *object, const char *key, const char *const *names, size_t count);
/* Rule ids of the findings, each once: all, or those of one severity. */
void law_put_all_rules(struct ctx *ctx, json_t *object, const char *key,
                       const struct findings *findings);
void law_put_rules(struct ctx *ctx, json_t *object, const char *key,
                   const struct findings *findings, enum severity severity);
/* The domain's sentences join the question's. */
void law_add_why(struct law_question *question, const struct derivation *why);
