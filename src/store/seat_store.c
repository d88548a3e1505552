/* SPDX-License-Identifier: Apache-2.0 */
#include "store/seat_store.h"

#define QUERIES(X)                                                                                 \
    X(SEAT_PUT, "INSERT INTO seat (unit, body, post, place, seats, typed)"                         \
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"                                                 \
                " ON CONFLICT (unit, body, post) DO UPDATE SET place = excluded.place,"            \
                " seats = excluded.seats, typed = excluded.typed")                                 \
    X(SEAT_CLEAR, "DELETE FROM seat WHERE unit = ?1 AND body = ?2")                                \
    X(SEAT_LIST, "SELECT unit, body, post, place, seats, typed FROM seat"                          \
                 " WHERE unit = ?1 AND body = ?2 ORDER BY place, post")                            \
    X(SEAT_SEATS, "SELECT COALESCE(MAX(seats), 0) FROM seat"                                       \
                  " WHERE unit = ?1 AND body = ?2 AND post = ?3")
DB_QUERIES(seat_store)

DB_SHAPE(SEAT_SHAPE, struct seat, DB_COL_TEXT(struct seat, unit), DB_COL_TEXT(struct seat, body),
         DB_COL_TEXT(struct seat, post), DB_COL_INT(struct seat, place),
         DB_COL_INT(struct seat, seats), DB_COL_TEXT(struct seat, typed));

enum err
seat_store_put(struct ctx *ctx, struct db *db, const struct seat *seat)
{
    return db_run(ctx, db,
                  QUERY(SEAT_PUT, db_text(seat->unit), db_text(seat->body), db_text(seat->post),
                        db_int(seat->place), db_int(seat->seats), db_text(seat->typed)));
}

enum err
seat_store_clear(struct ctx *ctx, struct db *db, const char *unit, const char *body)
{
    return db_run(ctx, db, QUERY(SEAT_CLEAR, db_text(unit), db_text(body)));
}

enum err
seat_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                struct seat **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(SEAT_LIST, db_text(unit), db_text(body)), &SEAT_SHAPE, ret_list,
                   ret_count);
}

enum err
seat_store_seats(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                 const char *post, int64_t *ret_seats)
{
    return db_count(ctx, db, QUERY(SEAT_SEATS, db_text(unit), db_text(body), db_text(post)),
                    ret_seats);
}
