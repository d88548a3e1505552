/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger's table: entries are added at the end of a unit's stream and never changed. */
#pragma once

#include "ledger/entry.h"
#include "store/db.h"

/* Adds an entry: its seq must be the next of the stream (ERR_STALE otherwise: somebody else was
 * faster). Sets prev_hash and hash. Inside the transaction of the act. */
enum err ledger_store_append(struct ctx *ctx, struct db *db, struct entry *entry) WARN_UNUSED;
/* Adds a row as it is, for streams that come from outside; the caller has checked the chain. */
enum err
ledger_store_add_row(struct ctx *ctx, struct db *db, const struct entry_row *row) WARN_UNUSED;
/* The last entry of a stream. ERR_NOT_FOUND, without a recorded failure, if there is none. */
enum err ledger_store_head(struct ctx *ctx, struct db *db, const char *unit,
                           struct entry *ret_entry) WARN_UNUSED;
/* One entry. ERR_NOT_FOUND as above. */
enum err ledger_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                           struct entry *ret_entry) WARN_UNUSED;
/* The entries from `from_seq` on. */
enum err ledger_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t from_seq,
                           struct entry **ret_entries, size_t *ret_count) WARN_UNUSED;
/* Every row (struct entry_row) of a unit, or of all (NULL), by unit and seq. See db_each. */
enum err ledger_store_each(struct ctx *ctx, struct db *db, const char *unit, db_row_fn *fn,
                           void *arg) WARN_UNUSED;
/* As above for all units, but unit, seq, act and at only: quick. */
enum err ledger_store_places(struct ctx *ctx, struct db *db, db_row_fn *fn, void *arg) WARN_UNUSED;
/* The hash of one entry, whatever its body is like. ERR_NOT_FOUND as above. */
enum err ledger_store_hash(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                           uint8_t ret_hash[SM3_LENGTH]) WARN_UNUSED;

struct ledger_stream {
    const char *unit;
    int64_t count;
    int64_t last_seq;
};
/* The streams there are, by unit. */
enum err ledger_store_streams(struct ctx *ctx, struct db *db, struct ledger_stream **ret_streams,
                              size_t *ret_count) WARN_UNUSED;
