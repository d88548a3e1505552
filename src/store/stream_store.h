/* SPDX-License-Identifier: Apache-2.0 */
/* Units, opened streams and polling days. */
#pragma once

#include "store/db.h"

/* A unit of the country: county, town, village (LEVEL_… of act/act.h). */
struct unit {
    const char *unit; /* statistical code, or town code + group name */
    const char *name;
    int64_t level;
    const char *parent; /* "" for a county */
};

struct stream {
    const char *unit;
    const char *name;
    const char *state; /* open, deferred, out, sealed */
    int64_t term_no;
    const char *packs; /* local packs, "+"-joined: jiangxi */
    struct date last_term_to;
    bool exercise;      /* 演练 */
    const char *detail; /* why it is in that state, for people */
};

enum err unit_store_add(struct ctx *ctx, struct db *db, const struct unit *unit) WARN_UNUSED;
/* By code, or by a name that only one unit bears. ERR_NOT_FOUND / ERR_INVALID (name not unique)
 * with words. */
enum err unit_store_resolve(struct ctx *ctx, struct db *db, const char *code_or_name,
                            struct unit *ret_unit) WARN_UNUSED;
enum err unit_store_find(struct ctx *ctx, struct db *db, const char *code,
                         struct unit *ret_unit) WARN_UNUSED;
enum err unit_store_list(struct ctx *ctx, struct db *db, struct unit **ret_units,
                         size_t *ret_count) WARN_UNUSED;
/* Those directly below, by code. */
enum err unit_store_below(struct ctx *ctx, struct db *db, const char *parent,
                          struct unit **ret_units, size_t *ret_count) WARN_UNUSED;
/* True if `unit` is `ancestor` or below it. */
enum err unit_store_is_within(struct ctx *ctx, struct db *db, const char *unit,
                              const char *ancestor, bool *ret_within) WARN_UNUSED;

enum err stream_store_open(struct ctx *ctx, struct db *db, const struct stream *stream) WARN_UNUSED;
/* ERR_NOT_FOUND, without words, if the stream is not opened. */
enum err stream_store_find(struct ctx *ctx, struct db *db, const char *unit,
                           struct stream *ret_stream) WARN_UNUSED;
enum err stream_store_set_state(struct ctx *ctx, struct db *db, const char *unit, const char *state,
                                const char *detail) WARN_UNUSED;
/* Opened village streams directly below a town, by code. */
enum err stream_store_below(struct ctx *ctx, struct db *db, const char *parent,
                            struct stream **ret_streams, size_t *ret_count) WARN_UNUSED;

/* DATE_NONE if no day is fixed for that body (party, village, supervision …). */
enum err day_store_get(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                       struct date *ret_day) WARN_UNUSED;
enum err day_store_set(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                       struct date day) WARN_UNUSED;
