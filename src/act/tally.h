/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counting: what is printed on the ballots of a round, how a hand's rows become readings of
 * ballots, how two hands are compared, and what the readings add up to. What the acts of counting,
 * the board and the checks share; the law of reading is domain/ballot.h.
 *
 * Marks as text: persons parted by spaces or , ; 、 each the number of the candidate in that
 * section of the ballot (1 is the first), or the name or code of a candidate. Written names
 * (另选他人) are names or person codes. "-" stands for nothing.
 */
#pragma once

#include "act/act.h"
#include "domain/ballot.h"
#include "store/box_form_store.h"
#include "store/bundle_store.h"
#include "store/count_store.h"
#include "store/round_store.h"

/* One post as printed. */
struct tally_post {
    const char *word;
    enum post post;
    int64_t seats;
    const char **persons; /* codes, in printed order */
    const char **names;
    size_t count;
    int64_t form; /* the form that carries it; 0: none is designed yet */
};

/* forms: 分职选票, a ballot for each post, what became of each; empty where one ballot carries all
 * posts. */
struct tally_form {
    struct round round;
    struct tally_post *posts;
    size_t count;
    struct round_form *forms;
    size_t form_count;
};

/* The round and what is printed on its ballots. ERR_NOT_FOUND with words if there is no such
 * round. */
enum err tally_form_load(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                         struct tally_form *ret_form) WARN_UNUSED;
/* The posts that one form (0: all) carries, as if nothing else were voted on. */
struct tally_form tally_form_part(struct ctx *ctx, const struct tally_form *form, int64_t number);
/* The form that carries the post; NULL where one ballot carries all. */
const struct round_form *
tally_form_of(const struct tally_form *form, const struct tally_post *post);
/* The place of a post on the form; SIZE_MAX if it is not on it. */
size_t tally_post_find(const struct tally_form *form, const char *word);

/* One field of a section as the ledger's tables keep it: persons sorted, parted by tabs.
 * ERR_INVALID with `field` for a mark beside a name that is not printed. */
enum err tally_marks_parse(struct ctx *ctx, const struct tally_post *post, const char *text,
                           const char *field, const char **ret_marks) WARN_UNUSED;
enum err tally_write_ins_parse(struct ctx *ctx, struct db *db, const char *unit, const char *text,
                               const char **ret_names) WARN_UNUSED;

/* A list of sections; grows in ctx->mem. */
struct tally_sections {
    struct bundle_section *list;
    size_t count;
};

/* Rows of bundle.enter → a section of every post of every ballot in `ballots` (sorted): a section
 * without a row is blank. ERR_INVALID for rows that cannot be. */
enum err tally_rows_read(struct call *call, const struct tally_form *form, const int64_t *ballots,
                         size_t ballot_count, struct tally_sections *ret_sections) WARN_UNUSED;
/* `late` laid over `early`, both sorted by ballot and post. */
struct tally_sections tally_overlay(struct ctx *ctx, const struct tally_sections *early,
                                    const struct tally_sections *late);
/* Ballots and fields in which two hands differ ("chair marks"), in ctx->mem. */
void tally_compare(struct ctx *ctx, const struct tally_sections *a, const struct tally_sections *b,
                   struct bundle_diff **ret_diffs, size_t *ret_count);
/* The same for typed totals ("member P00012 votes", "void", "blank"; ballot 0). */
struct tally_totals {
    struct bundle_total *list;
    size_t count;
    int64_t invalid;
    int64_t blank;
};
void
tally_compare_totals(struct ctx *ctx, const struct tally_totals *a, const struct tally_totals *b,
                     struct bundle_diff **ret_diffs, size_t *ret_count);
/* The typed totals of a hand as they are now. */
enum err tally_totals_load(struct ctx *ctx, struct db *db, const struct bundle *bundle,
                           const char *hand, struct tally_totals *ret_totals) WARN_UNUSED;

/* A ballot somebody has to rule on: a teller referred it, or the law does. */
struct tally_referral {
    int64_t bundle;
    int64_t ballot;
};

/* What the bundles of one form add up to. */
struct tally_part {
    int64_t papers;
    int64_t valid;
    int64_t invalid;
    int64_t blank;
};

/* What bundles add up to; with a ballot for each post, over all forms. */
struct tally_sum {
    int64_t papers;
    int64_t valid;
    int64_t invalid;
    int64_t blank;
    struct ballot_tally *posts; /* as many as form->count; names are person codes or names */
    struct tally_part *parts;   /* as many as form->form_count */
    struct tally_referral *referred;
    size_t referred_count;
};

/* Reads sections by the law, with the rulings made. */
enum err tally_read(struct call *call, const struct tally_form *form,
                    const struct tally_sections *sections, struct tally_sum *ret_sum) WARN_UNUSED;
/* Everything that is equal or settled in the round (bundle 0), or one bundle as hand `hand` has
 * it. */
enum err tally_sum_load(struct call *call, const struct tally_form *form, int64_t bundle,
                        const char *hand, struct tally_sum *ret_sum) WARN_UNUSED;
