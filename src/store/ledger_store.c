/* SPDX-License-Identifier: Apache-2.0 */
#include "store/ledger_store.h"

#include <string.h>

#define COLUMNS "unit, seq, act, at, actor, body, prev_hash, hash"

#define QUERIES(X)                                                                                 \
    X(LEDGER_ADD, "INSERT INTO ledger (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")      \
    X(LEDGER_HEAD, "SELECT " COLUMNS " FROM ledger WHERE unit = ?1 ORDER BY seq DESC LIMIT 1")     \
    X(LEDGER_FIND, "SELECT " COLUMNS " FROM ledger WHERE unit = ?1 AND seq = ?2")                  \
    X(LEDGER_FROM, "SELECT " COLUMNS " FROM ledger WHERE unit = ?1 AND seq >= ?2 ORDER BY seq")    \
    X(LEDGER_ALL, "SELECT " COLUMNS " FROM ledger ORDER BY unit, seq")                             \
    X(LEDGER_PLACES, "SELECT unit, seq, act, at FROM ledger ORDER BY unit, seq")                   \
    X(LEDGER_HASH, "SELECT hash FROM ledger WHERE unit = ?1 AND seq = ?2")                         \
    X(LEDGER_STREAMS, "SELECT unit, COUNT(*), MAX(seq) FROM ledger GROUP BY unit ORDER BY unit")

DB_QUERIES(ledger_store)

DB_SHAPE(ROW_SHAPE, struct entry_row, DB_COL_TEXT(struct entry_row, unit),
         DB_COL_INT(struct entry_row, seq), DB_COL_TEXT(struct entry_row, act),
         DB_COL_TEXT(struct entry_row, at), DB_COL_TEXT(struct entry_row, actor),
         DB_COL_TEXT(struct entry_row, body), DB_COL_HASH(struct entry_row, prev_hash),
         DB_COL_HASH(struct entry_row, hash));

DB_SHAPE(PLACE_SHAPE, struct entry_row, DB_COL_TEXT(struct entry_row, unit),
         DB_COL_INT(struct entry_row, seq), DB_COL_TEXT(struct entry_row, act),
         DB_COL_TEXT(struct entry_row, at));

DB_SHAPE(HASH_SHAPE, struct entry_row, DB_COL_HASH(struct entry_row, hash));

DB_SHAPE(STREAM_SHAPE, struct ledger_stream, DB_COL_TEXT(struct ledger_stream, unit),
         DB_COL_INT(struct ledger_stream, count), DB_COL_INT(struct ledger_stream, last_seq));

enum err
ledger_store_add_row(struct ctx *ctx, struct db *db, const struct entry_row *row)
{
    return db_run(ctx, db,
                  QUERY(LEDGER_ADD, db_text(row->unit), db_int(row->seq), db_text(row->act),
                        db_text(row->at), db_text(row->actor), db_text(row->body),
                        db_blob(row->prev_hash, SM3_LENGTH), db_blob(row->hash, SM3_LENGTH)));
}

enum err
ledger_store_append(struct ctx *ctx, struct db *db, struct entry *entry)
{
    struct entry_row head = {.seq = 0};
    const enum err err =
        db_find(ctx, db, QUERY(LEDGER_HEAD, db_text(entry->unit)), &ROW_SHAPE, &head);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (entry->seq != head.seq + 1)
        return FAIL_HINT(ctx, ERR_STALE, "请重新打开后再办。", "Open it again.",
                         "%s 已有新的记录（第 %lld 号）", "%s has a newer entry (%lld)",
                         entry->unit, (long long)head.seq);
    memcpy(entry->prev_hash, head.hash, SM3_LENGTH);
    const struct entry_row row = entry_seal(ctx, entry);
    return ledger_store_add_row(ctx, db, &row);
}

enum err
ledger_store_head(struct ctx *ctx, struct db *db, const char *unit, struct entry *ret_entry)
{
    struct entry_row row;
    TRY(db_find(ctx, db, QUERY(LEDGER_HEAD, db_text(unit)), &ROW_SHAPE, &row));
    return entry_read(ctx, &row, ret_entry);
}

enum err
ledger_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                  struct entry *ret_entry)
{
    struct entry_row row;
    TRY(db_find(ctx, db, QUERY(LEDGER_FIND, db_text(unit), db_int(seq)), &ROW_SHAPE, &row));
    return entry_read(ctx, &row, ret_entry);
}

enum err
ledger_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t from_seq,
                  struct entry **ret_entries, size_t *ret_count)
{
    struct entry_row *rows = NULL;
    size_t count = 0;
    TRY(db_list(ctx, db, QUERY(LEDGER_FROM, db_text(unit), db_int(from_seq)), &ROW_SHAPE, &rows,
                &count));
    struct entry *entries = mem_array(ctx->mem, struct entry, count);
    for (size_t i = 0; i < count; i++)
        TRY(entry_read(ctx, &rows[i], &entries[i]));
    *ret_entries = entries;
    *ret_count = count;
    return ERR_OK;
}

enum err
ledger_store_each(struct ctx *ctx, struct db *db, const char *unit, db_row_fn *fn, void *arg)
{
    if (!unit)
        return db_each(ctx, db, QUERY(LEDGER_ALL), &ROW_SHAPE, fn, arg);
    return db_each(ctx, db, QUERY(LEDGER_FROM, db_text(unit), db_int(1)), &ROW_SHAPE, fn, arg);
}

enum err
ledger_store_places(struct ctx *ctx, struct db *db, db_row_fn *fn, void *arg)
{
    return db_each(ctx, db, QUERY(LEDGER_PLACES), &PLACE_SHAPE, fn, arg);
}

enum err
ledger_store_hash(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                  uint8_t ret_hash[SM3_LENGTH])
{
    struct entry_row row;
    TRY(db_find(ctx, db, QUERY(LEDGER_HASH, db_text(unit), db_int(seq)), &HASH_SHAPE, &row));
    memcpy(ret_hash, row.hash, SM3_LENGTH);
    return ERR_OK;
}

enum err
ledger_store_streams(struct ctx *ctx, struct db *db, struct ledger_stream **ret_streams,
                     size_t *ret_count)
{
    return db_list(ctx, db, QUERY(LEDGER_STREAMS), &STREAM_SHAPE, ret_streams, ret_count);
}
