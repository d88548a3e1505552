/* SPDX-License-Identifier: Apache-2.0 */
#include "store/standing_store.h"

#include <string.h>

#define COLUMNS "unit, seq, act, body, kind, round, list, subject, on_day, at, state"
#define MATCHES                                                                                    \
    " WHERE unit = ?1 AND act = ?2 AND state = 'stands'"                                           \
    " AND (?3 = '*' OR body = ?3) AND (?4 = '*' OR kind = ?4) AND (?5 < 0 OR round = ?5)"          \
    " AND (?6 = '*' OR list = ?6) AND (?7 = '*' OR subject = ?7)"

#define QUERIES(X)                                                                                 \
    X(STANDING_ADD, "INSERT INTO standing (" COLUMNS ")"                                           \
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")                      \
    X(STANDING_LIST, "SELECT " COLUMNS " FROM standing" MATCHES " ORDER BY seq")                   \
    X(STANDING_LAST, "SELECT " COLUMNS " FROM standing" MATCHES " ORDER BY seq DESC LIMIT 1")      \
    X(STANDING_FIND, "SELECT " COLUMNS " FROM standing WHERE unit = ?1 AND seq = ?2")              \
    X(STANDING_ALL, "SELECT " COLUMNS " FROM standing WHERE unit = ?1 ORDER BY seq")               \
    X(STANDING_SET, "UPDATE standing SET state = ?3 WHERE unit = ?1 AND seq = ?2")                 \
    X(STANDING_SET_MATCHING, "UPDATE standing SET state = ?8" MATCHES)                             \
    X(STANDING_BELOW, "SELECT s.unit, s.act, s.body, s.list, MAX(s.on_day) AS on_day "             \
                      "FROM standing s JOIN unit u ON u.unit = s.unit "                            \
                      "WHERE u.parent = ?1 AND s.state = 'stands' "                                \
                      "GROUP BY s.unit, s.act, s.body, s.list ORDER BY s.unit")

DB_QUERIES(standing_store)

DB_SHAPE(STANDING_SHAPE, struct standing, DB_COL_TEXT(struct standing, unit),
         DB_COL_INT(struct standing, seq), DB_COL_TEXT(struct standing, act),
         DB_COL_TEXT(struct standing, body), DB_COL_TEXT(struct standing, kind),
         DB_COL_INT(struct standing, round), DB_COL_TEXT(struct standing, list),
         DB_COL_TEXT(struct standing, subject), DB_COL_DATE(struct standing, on_day),
         DB_COL_TEXT(struct standing, at), DB_COL_TEXT(struct standing, state));

static struct db_value
pattern(const char *text)
{
    return db_text(text ? text : "*");
}

#define MATCH_VALUES(query)                                                                        \
    db_text((query)->unit), db_text((query)->act), pattern((query)->body), pattern((query)->kind), \
        db_int((query)->round), pattern((query)->list), pattern((query)->subject)

enum err
standing_store_add(struct ctx *ctx, struct db *db, const struct standing *standing)
{
    return db_run(ctx, db,
                  QUERY(STANDING_ADD, db_text(standing->unit), db_int(standing->seq),
                        db_text(standing->act), db_text(standing->body), db_text(standing->kind),
                        db_int(standing->round), db_text(standing->list),
                        db_text(standing->subject), db_date(standing->on_day),
                        db_text(standing->at), db_text(standing->state)));
}

enum err
standing_store_list(struct ctx *ctx, struct db *db, const struct standing_query *query,
                    struct standing **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(STANDING_LIST, MATCH_VALUES(query)), &STANDING_SHAPE, ret_list,
                   ret_count);
}

enum err
standing_store_last(struct ctx *ctx, struct db *db, const struct standing_query *query,
                    struct standing *ret_standing)
{
    return db_find(ctx, db, QUERY(STANDING_LAST, MATCH_VALUES(query)), &STANDING_SHAPE,
                   ret_standing);
}

enum err
standing_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                    struct standing *ret_standing)
{
    return db_find(ctx, db, QUERY(STANDING_FIND, db_text(unit), db_int(seq)), &STANDING_SHAPE,
                   ret_standing);
}

enum err
standing_store_all(struct ctx *ctx, struct db *db, const char *unit, struct standing **ret_list,
                   size_t *ret_count)
{
    return db_list(ctx, db, QUERY(STANDING_ALL, db_text(unit)), &STANDING_SHAPE, ret_list,
                   ret_count);
}

enum err
standing_store_set(struct ctx *ctx, struct db *db, const char *unit, int64_t seq, const char *state)
{
    return db_run_one(ctx, db, QUERY(STANDING_SET, db_text(unit), db_int(seq), db_text(state)));
}

enum err
standing_store_set_matching(struct ctx *ctx, struct db *db, const struct standing_query *query,
                            const char *state)
{
    return db_run(ctx, db, QUERY(STANDING_SET_MATCHING, MATCH_VALUES(query), db_text(state)));
}

static enum err
has(struct ctx *ctx, struct db *db, const struct standing_query *query, bool *ret_has)
{
    struct standing standing;
    const enum err err = standing_store_last(ctx, db, query, &standing);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_has = err == ERR_OK;
    return ERR_OK;
}

enum err
standing_has(struct ctx *ctx, struct db *db, const char *unit, const char *act, const char *body,
             const char *kind, bool *ret_has)
{
    const struct standing_query query = {
        .unit = unit, .act = act, .body = body, .kind = kind, .round = -1};
    return has(ctx, db, &query, ret_has);
}

enum err
standing_has_round(struct ctx *ctx, struct db *db, const char *unit, const char *act, int64_t round,
                   bool *ret_has)
{
    const struct standing_query query = {.unit = unit, .act = act, .round = round};
    return has(ctx, db, &query, ret_has);
}

DB_SHAPE(LAST_SHAPE, struct standing_last, DB_COL_TEXT(struct standing_last, unit),
         DB_COL_TEXT(struct standing_last, act), DB_COL_TEXT(struct standing_last, body),
         DB_COL_TEXT(struct standing_last, list), DB_COL_DATE(struct standing_last, on_day));

enum err
standing_store_below(struct ctx *ctx, struct db *db, const char *parent,
                     struct standing_last **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(STANDING_BELOW, db_text(parent)), &LAST_SHAPE, ret_list,
                   ret_count);
}
