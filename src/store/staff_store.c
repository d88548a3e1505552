/* SPDX-License-Identifier: Apache-2.0 */
#include "store/staff_store.h"

#define COLUMNS "unit, round, person, duty, box, state, reason, seq"
/* A chief monitor 总监票人 is a monitor. */
#define IS_DUTY(place) "(duty = " place " OR (" place " = 'monitor' AND duty = 'chief_monitor'))"

#define QUERIES(X)                                                                                 \
    X(STAFF_PUT, "INSERT INTO staff (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"         \
                 " ON CONFLICT (unit, round, person, duty, box) DO UPDATE SET"                     \
                 " state = excluded.state, reason = excluded.reason, seq = excluded.seq")          \
    X(STAFF_LIST, "SELECT " COLUMNS " FROM staff WHERE unit = ?1 AND round = ?2"                   \
                  " ORDER BY box, duty, person")                                                   \
    X(STAFF_HAS, "SELECT COUNT(*) FROM staff WHERE unit = ?1 AND (?2 < 0 OR round = ?2)"           \
                 " AND person = ?3 AND (?4 = '*' OR " IS_DUTY("?4") ") AND state = 'on_duty'")     \
    X(STAFF_COUNT, "SELECT COUNT(*) FROM staff WHERE unit = ?1 AND round = ?2"                     \
                   " AND " IS_DUTY("?3") " AND box = ?4 AND state = 'on_duty'")                    \
    X(STAFF_END, "UPDATE staff SET state = 'ended', reason = ?3"                                   \
                 " WHERE unit = ?1 AND person = ?2 AND state = 'on_duty'")
DB_QUERIES(staff_store)

DB_SHAPE(STAFF_SHAPE, struct staff, DB_COL_TEXT(struct staff, unit),
         DB_COL_INT(struct staff, round), DB_COL_TEXT(struct staff, person),
         DB_COL_TEXT(struct staff, duty), DB_COL_INT(struct staff, box),
         DB_COL_TEXT(struct staff, state), DB_COL_TEXT(struct staff, reason),
         DB_COL_INT(struct staff, seq));

enum err
staff_store_put(struct ctx *ctx, struct db *db, const struct staff *staff)
{
    return db_run(ctx, db,
                  QUERY(STAFF_PUT, db_text(staff->unit), db_int(staff->round),
                        db_text(staff->person), db_text(staff->duty), db_int(staff->box),
                        db_text(staff->state), db_text(staff->reason), db_int(staff->seq)));
}

enum err
staff_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                 struct staff **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(STAFF_LIST, db_text(unit), db_int(round)), &STAFF_SHAPE, ret_list,
                   ret_count);
}

enum err
staff_store_has_duty(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                     const char *person, const char *duty, bool *ret_has)
{
    int64_t count = 0;
    TRY(db_count(
        ctx, db,
        QUERY(STAFF_HAS, db_text(unit), db_int(round), db_text(person), db_text(duty ? duty : "*")),
        &count));
    *ret_has = count > 0;
    return ERR_OK;
}

enum err
staff_store_count(struct ctx *ctx, struct db *db, const char *unit, int64_t round, const char *duty,
                  int64_t box, int64_t *ret_count)
{
    return db_count(ctx, db,
                    QUERY(STAFF_COUNT, db_text(unit), db_int(round), db_text(duty), db_int(box)),
                    ret_count);
}

enum err
staff_store_end(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                const char *reason)
{
    return db_run(ctx, db, QUERY(STAFF_END, db_text(unit), db_text(person), db_text(reason)));
}
