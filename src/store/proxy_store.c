/* SPDX-License-Identifier: Apache-2.0 */
#include "store/proxy_store.h"

#define COLUMNS "unit, seq, principal, proxy, relation, place, filed_on, state, reason, ended_seq"
#define HOLDS " AND state IN ('registered', 'posted')"

#define QUERIES(X)                                                                                 \
    X(PROXY_ADD, "INSERT INTO proxy (" COLUMNS ")"                                                 \
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")                              \
    X(PROXY_FIND, "SELECT " COLUMNS " FROM proxy WHERE unit = ?1 AND seq = ?2")                    \
    X(PROXY_LIST, "SELECT " COLUMNS " FROM proxy WHERE unit = ?1 ORDER BY seq")                    \
    X(PROXY_OF_PRINCIPAL, "SELECT " COLUMNS " FROM proxy WHERE unit = ?1 AND principal = ?2" HOLDS \
                          " ORDER BY seq LIMIT 1")                                                 \
    X(PROXY_HELD_BY,                                                                               \
      "SELECT " COLUMNS " FROM proxy WHERE unit = ?1 AND proxy = ?2" HOLDS " ORDER BY seq")        \
    X(PROXY_COUNT, "SELECT COUNT(*) FROM proxy WHERE unit = ?1 AND state = ?2")                    \
    X(PROXY_POST, "UPDATE proxy SET state = 'posted' WHERE unit = ?1 AND state = 'registered'")    \
    X(PROXY_END, "UPDATE proxy SET state = 'ended', reason = ?3, ended_seq = ?4"                   \
                 " WHERE unit = ?1 AND seq = ?2" HOLDS)                                            \
    X(PROXY_END_HELD, "UPDATE proxy SET state = 'ended', reason = ?3, ended_seq = ?4"              \
                      " WHERE unit = ?1 AND proxy = ?2" HOLDS)                                     \
    X(PROXY_END_GIVEN, "UPDATE proxy SET state = 'ended', reason = ?3, ended_seq = ?4"             \
                       " WHERE unit = ?1 AND principal = ?2" HOLDS)
DB_QUERIES(proxy_store)

DB_SHAPE(PROXY_SHAPE, struct proxy, DB_COL_TEXT(struct proxy, unit), DB_COL_INT(struct proxy, seq),
         DB_COL_TEXT(struct proxy, principal), DB_COL_TEXT(struct proxy, proxy),
         DB_COL_TEXT(struct proxy, relation), DB_COL_INT(struct proxy, place),
         DB_COL_DATE(struct proxy, filed_on), DB_COL_TEXT(struct proxy, state),
         DB_COL_TEXT(struct proxy, reason), DB_COL_INT(struct proxy, ended_seq));

enum err
proxy_store_add(struct ctx *ctx, struct db *db, const struct proxy *proxy)
{
    return db_run(ctx, db,
                  QUERY(PROXY_ADD, db_text(proxy->unit), db_int(proxy->seq),
                        db_text(proxy->principal), db_text(proxy->proxy), db_text(proxy->relation),
                        db_int(proxy->place), db_date(proxy->filed_on), db_text(proxy->state),
                        db_text(proxy->reason), db_int(proxy->ended_seq)));
}

enum err
proxy_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                 struct proxy *ret_proxy)
{
    return db_find(ctx, db, QUERY(PROXY_FIND, db_text(unit), db_int(seq)), &PROXY_SHAPE, ret_proxy);
}

enum err
proxy_store_list(struct ctx *ctx, struct db *db, const char *unit, struct proxy **ret_list,
                 size_t *ret_count)
{
    return db_list(ctx, db, QUERY(PROXY_LIST, db_text(unit)), &PROXY_SHAPE, ret_list, ret_count);
}

enum err
proxy_store_of_principal(struct ctx *ctx, struct db *db, const char *unit, const char *principal,
                         struct proxy *ret_proxy)
{
    return db_find(ctx, db, QUERY(PROXY_OF_PRINCIPAL, db_text(unit), db_text(principal)),
                   &PROXY_SHAPE, ret_proxy);
}

enum err
proxy_store_held_by(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                    struct proxy **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(PROXY_HELD_BY, db_text(unit), db_text(person)), &PROXY_SHAPE,
                   ret_list, ret_count);
}

enum err
proxy_store_count(struct ctx *ctx, struct db *db, const char *unit, const char *state,
                  int64_t *ret_count)
{
    return db_count(ctx, db, QUERY(PROXY_COUNT, db_text(unit), db_text(state)), ret_count);
}

enum err
proxy_store_post(struct ctx *ctx, struct db *db, const char *unit)
{
    return db_run(ctx, db, QUERY(PROXY_POST, db_text(unit)));
}

enum err
proxy_store_end(struct ctx *ctx, struct db *db, const char *unit, int64_t seq, const char *reason,
                int64_t by_seq)
{
    return db_run_one(
        ctx, db, QUERY(PROXY_END, db_text(unit), db_int(seq), db_text(reason), db_int(by_seq)));
}

enum err
proxy_store_end_of_candidate(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                             int64_t by_seq)
{
    return db_run(ctx, db,
                  QUERY(PROXY_END_HELD, db_text(unit), db_text(person),
                        db_text("proxy_became_candidate"), db_int(by_seq)));
}

enum err
proxy_store_end_of_struck(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                          int64_t by_seq)
{
    TRY(db_run(ctx, db,
               QUERY(PROXY_END_HELD, db_text(unit), db_text(person), db_text("proxy_struck"),
                     db_int(by_seq))));
    return db_run(ctx, db,
                  QUERY(PROXY_END_GIVEN, db_text(unit), db_text(person),
                        db_text("principal_struck"), db_int(by_seq)));
}
