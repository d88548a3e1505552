/* SPDX-License-Identifier: Apache-2.0 */
#include "store/checkpoint_store.h"

#include <string.h>

#define COLUMNS "unit, seq, hash, at, key_fingerprint, signature"

#define QUERIES(X)                                                                                 \
    X(CHECKPOINT_ADD, "INSERT INTO checkpoint (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6)")      \
    X(CHECKPOINT_LIST,                                                                             \
      "SELECT " COLUMNS " FROM checkpoint WHERE (unit = ?1 OR ?1 IS NULL) ORDER BY unit, seq")

DB_QUERIES(checkpoint_store)

struct checkpoint_row {
    const char *unit;
    int64_t seq;
    uint8_t hash[SM3_LENGTH];
    const char *at;
    const char *key_fingerprint;
    struct db_bytes signature;
};

DB_SHAPE(ROW_SHAPE, struct checkpoint_row, DB_COL_TEXT(struct checkpoint_row, unit),
         DB_COL_INT(struct checkpoint_row, seq), DB_COL_HASH(struct checkpoint_row, hash),
         DB_COL_TEXT(struct checkpoint_row, at),
         DB_COL_TEXT(struct checkpoint_row, key_fingerprint),
         DB_COL_BLOB(struct checkpoint_row, signature));

enum err
checkpoint_store_add(struct ctx *ctx, struct db *db, const struct checkpoint *checkpoint)
{
    return db_run(ctx, db,
                  QUERY(CHECKPOINT_ADD, db_text(checkpoint->unit), db_int(checkpoint->seq),
                        db_blob(checkpoint->hash, SM3_LENGTH), db_text(checkpoint->at),
                        db_text(checkpoint->key_fingerprint),
                        db_blob(checkpoint->signature.bytes, checkpoint->signature.length)));
}

/* A signature too long to be one stays empty and so is signed by nobody. */
static struct checkpoint
checkpoint_of(const struct checkpoint_row *row)
{
    struct checkpoint checkpoint = {
        .unit = row->unit,
        .seq = row->seq,
        .at = row->at,
        .key_fingerprint = row->key_fingerprint,
    };
    memcpy(checkpoint.hash, row->hash, SM3_LENGTH);
    if (row->signature.length <= sizeof checkpoint.signature.bytes) {
        memcpy(checkpoint.signature.bytes, row->signature.bytes, row->signature.length);
        checkpoint.signature.length = row->signature.length;
    }
    return checkpoint;
}

enum err
checkpoint_store_list(struct ctx *ctx, struct db *db, const char *unit,
                      struct checkpoint **ret_checkpoints, size_t *ret_count)
{
    struct checkpoint_row *rows = NULL;
    TRY(db_list(ctx, db, QUERY(CHECKPOINT_LIST, db_text(unit)), &ROW_SHAPE, &rows, ret_count));
    struct checkpoint *checkpoints = mem_array(ctx->mem, struct checkpoint, *ret_count);
    for (size_t i = 0; i < *ret_count; i++)
        checkpoints[i] = checkpoint_of(&rows[i]);
    *ret_checkpoints = checkpoints;
    return ERR_OK;
}
