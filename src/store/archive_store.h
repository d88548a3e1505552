/* SPDX-License-Identifier: Apache-2.0 */
/* Handover 工作移交, lists and seals of the archive, and who holds it. */
#pragma once

#include "store/db.h"

struct handover_item {
    const char *unit;
    int64_t seq;
    const char *body;    /* party, village */
    const char *kind;    /* seal, office … */
    const char *what;    /* 无 where there is nothing to hand over */
    const char *problem; /* "" */
    struct date settle_by;
    struct date on_day;
};

struct archive_item {
    const char *unit;
    int64_t seq;   /* of the archive.list */
    int64_t place; /* 1 … */
    int64_t klass; /* 1 … 10 */
    const char *title;
    int64_t entry_seq; /* 0: none named */
    int64_t pages;
    const char *missing; /* why it is not there; "" if it is */
};

struct archive_seal {
    const char *unit;
    int64_t seq;
    struct date on_day;
    const char *custodian;
    struct date keep_until;
    int64_t copies;
    int64_t list_seq;
};

struct archive_move {
    const char *unit;
    int64_t seq;
    const char *action; /* transfer, lend, return, destroy */
    struct date on_day;
    const char *holder;
};

enum err
handover_store_add(struct ctx *ctx, struct db *db, const struct handover_item *item) WARN_UNUSED;
/* By entry. */
enum err handover_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                             struct handover_item **ret_list, size_t *ret_count) WARN_UNUSED;

enum err
archive_store_add_item(struct ctx *ctx, struct db *db, const struct archive_item *item) WARN_UNUSED;
/* Rows of one list, by place. */
enum err archive_store_items(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                             struct archive_item **ret_list, size_t *ret_count) WARN_UNUSED;
enum err
archive_store_add_seal(struct ctx *ctx, struct db *db, const struct archive_seal *seal) WARN_UNUSED;
/* By entry: the first, then the supplements. */
enum err archive_store_seals(struct ctx *ctx, struct db *db, const char *unit,
                             struct archive_seal **ret_list, size_t *ret_count) WARN_UNUSED;
enum err
archive_store_add_move(struct ctx *ctx, struct db *db, const struct archive_move *move) WARN_UNUSED;
/* By entry. */
enum err archive_store_moves(struct ctx *ctx, struct db *db, const char *unit,
                             struct archive_move **ret_list, size_t *ret_count) WARN_UNUSED;
