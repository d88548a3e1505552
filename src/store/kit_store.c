/* SPDX-License-Identifier: Apache-2.0 */
#include "store/kit_store.h"

#define KIT_COLUMNS                                                                                \
    "unit, seq, holder, machine, back_by, taken_at, token_hash, public_key, fingerprint, state,"   \
    " file, ended_seq"

#define QUERIES(X)                                                                                 \
    X(KIT_ADD, "INSERT INTO kit (" KIT_COLUMNS ")"                                                 \
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")                      \
    X(KIT_LAST, "SELECT " KIT_COLUMNS " FROM kit WHERE unit = ?1 ORDER BY seq DESC LIMIT 1")       \
    X(KIT_END,                                                                                     \
      "UPDATE kit SET state = ?3, file = ?4, ended_seq = ?5 WHERE unit = ?1 AND seq = ?2")         \
    X(KIT_KEY, "SELECT " KIT_COLUMNS " FROM kit WHERE fingerprint = ?1 ORDER BY unit, seq LIMIT "  \
               "1")
DB_QUERIES(kit_store)

DB_SHAPE(KIT_SHAPE, struct kit, DB_COL_TEXT(struct kit, unit), DB_COL_INT(struct kit, seq),
         DB_COL_TEXT(struct kit, holder), DB_COL_TEXT(struct kit, machine),
         DB_COL_DATE(struct kit, back_by), DB_COL_TEXT(struct kit, taken_at),
         DB_COL_TEXT(struct kit, token_hash), DB_COL_TEXT(struct kit, public_key),
         DB_COL_TEXT(struct kit, fingerprint), DB_COL_TEXT(struct kit, state),
         DB_COL_TEXT(struct kit, file), DB_COL_INT(struct kit, ended_seq));

enum err
kit_store_add(struct ctx *ctx, struct db *db, const struct kit *kit)
{
    return db_run(ctx, db,
                  QUERY(KIT_ADD, db_text(kit->unit), db_int(kit->seq), db_text(kit->holder),
                        db_text(kit->machine), db_date(kit->back_by), db_text(kit->taken_at),
                        db_text(kit->token_hash), db_text(kit->public_key),
                        db_text(kit->fingerprint), db_text(kit->state), db_text(kit->file),
                        db_int(kit->ended_seq)));
}

enum err
kit_store_last(struct ctx *ctx, struct db *db, const char *unit, struct kit *ret_kit)
{
    return db_find(ctx, db, QUERY(KIT_LAST, db_text(unit)), &KIT_SHAPE, ret_kit);
}

enum err
kit_store_end(struct ctx *ctx, struct db *db, const struct kit *kit)
{
    return db_run_one(ctx, db,
                      QUERY(KIT_END, db_text(kit->unit), db_int(kit->seq), db_text(kit->state),
                            db_text(kit->file), db_int(kit->ended_seq)));
}

enum err
kit_store_key(struct ctx *ctx, struct db *db, const char *fingerprint, const char **ret_pem)
{
    struct kit kit;
    TRY(db_find(ctx, db, QUERY(KIT_KEY, db_text(fingerprint)), &KIT_SHAPE, &kit));
    *ret_pem = kit.public_key;
    return ERR_OK;
}
