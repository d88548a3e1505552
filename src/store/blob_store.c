/* SPDX-License-Identifier: Apache-2.0 */
#include "store/blob_store.h"

#define QUERIES(X)                                                                                 \
    X(BLOB_PUT, "INSERT INTO blob (hash, bytes) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING")    \
    X(BLOB_GET, "SELECT hash, bytes FROM blob WHERE hash = ?1")                                    \
    X(BLOB_HAS, "SELECT COUNT(*) FROM blob WHERE hash = ?1")                                       \
    X(BLOB_ALL, "SELECT hash, bytes FROM blob ORDER BY hash")

DB_QUERIES(blob_store)

DB_SHAPE(BLOB_SHAPE, struct blob, DB_COL_HASH(struct blob, hash), DB_COL_BLOB(struct blob, bytes));

static enum err
name_parse(struct ctx *ctx, const char *name, uint8_t ret_hash[SM3_LENGTH])
{
    if (!hex_parse(name, ret_hash, SM3_LENGTH))
        return FAIL(ctx, ERR_INVALID, "“%s”不是附件的名称（应为 64 位十六进制）",
                    "\"%s\" is no name of a blob (64 hex digits)", name);
    return ERR_OK;
}

enum err
blob_store_put(struct ctx *ctx, struct db *db, const void *bytes, size_t length,
               const char **ret_name)
{
    uint8_t hash[SM3_LENGTH];
    sm3(bytes, length, hash);
    TRY(db_run(ctx, db, QUERY(BLOB_PUT, db_blob(hash, sizeof hash), db_blob(bytes, length))));
    *ret_name = hex_format(ctx, hash, sizeof hash);
    return ERR_OK;
}

enum err
blob_store_put_named(struct ctx *ctx, struct db *db, const char *name, const void *bytes,
                     size_t length)
{
    uint8_t hash[SM3_LENGTH];
    TRY(name_parse(ctx, name, hash));
    return db_run(ctx, db, QUERY(BLOB_PUT, db_blob(hash, sizeof hash), db_blob(bytes, length)));
}

enum err
blob_store_get(struct ctx *ctx, struct db *db, const char *name, struct db_bytes *ret_bytes)
{
    uint8_t hash[SM3_LENGTH];
    struct blob blob;
    TRY(name_parse(ctx, name, hash));
    const enum err err =
        db_find(ctx, db, QUERY(BLOB_GET, db_blob(hash, sizeof hash)), &BLOB_SHAPE, &blob);
    if (err == ERR_NOT_FOUND)
        return FAIL(ctx, ERR_NOT_FOUND, "没有附件 %s", "there is no blob %s", name);
    TRY(err);
    sm3(blob.bytes.bytes, blob.bytes.length, hash);
    if (!bytes_equal(hash, blob.hash, sizeof hash))
        return FAIL_HINT(ctx, ERR_STORE, "请从备份恢复，并运行 cunxuan verify。",
                         "Restore it from a backup and run cunxuan verify.",
                         "附件 %s 的内容已被改动", "the content of blob %s was changed", name);
    *ret_bytes = blob.bytes;
    return ERR_OK;
}

enum err
blob_store_has(struct ctx *ctx, struct db *db, const char *name, bool *ret_has)
{
    uint8_t hash[SM3_LENGTH];
    int64_t count = 0;
    TRY(name_parse(ctx, name, hash));
    TRY(db_count(ctx, db, QUERY(BLOB_HAS, db_blob(hash, sizeof hash)), &count));
    *ret_has = count > 0;
    return ERR_OK;
}

enum err
blob_store_each(struct ctx *ctx, struct db *db, db_row_fn *fn, void *arg)
{
    return db_each(ctx, db, QUERY(BLOB_ALL), &BLOB_SHAPE, fn, arg);
}
