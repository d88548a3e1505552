/* SPDX-License-Identifier: Apache-2.0 */
#include "store/roll_swap_store.h"

#define QUERIES(X)                                                                                 \
    X(ROLL_SWAP_PUT, "INSERT INTO roll_swap (unit, first, second, seq) VALUES (?1, ?2, ?3, ?4)"    \
                     " ON CONFLICT (unit, first, second) DO UPDATE SET seq = excluded.seq")        \
    X(ROLL_SWAP_LIST, "SELECT unit, first, second, seq FROM roll_swap WHERE unit = ?1"             \
                      " ORDER BY first, second")
DB_QUERIES(roll_swap_store)

DB_SHAPE(ROLL_SWAP_SHAPE, struct roll_swap, DB_COL_TEXT(struct roll_swap, unit),
         DB_COL_TEXT(struct roll_swap, first), DB_COL_TEXT(struct roll_swap, second),
         DB_COL_INT(struct roll_swap, seq));

enum err
roll_swap_store_put(struct ctx *ctx, struct db *db, const struct roll_swap *swap)
{
    return db_run(ctx, db,
                  QUERY(ROLL_SWAP_PUT, db_text(swap->unit), db_text(swap->first),
                        db_text(swap->second), db_int(swap->seq)));
}

enum err
roll_swap_store_list(struct ctx *ctx, struct db *db, const char *unit, struct roll_swap **ret_list,
                     size_t *ret_count)
{
    return db_list(ctx, db, QUERY(ROLL_SWAP_LIST, db_text(unit)), &ROLL_SWAP_SHAPE, ret_list,
                   ret_count);
}
