/* SPDX-License-Identifier: Apache-2.0 */
#include "store/station_store.h"

#define STATION_COLUMNS "unit, round, name, kind, place, opens, closes, booths, route, reason, seq"
#define ASSIST_COLUMNS "unit, round, kind, person, reason, box, scribe, seq"
#define ORDER_BY_KIND " ORDER BY CASE kind WHEN 'central' THEN 1 WHEN 'station' THEN 2 ELSE 3 END"

#define QUERIES(X)                                                                                 \
    X(STATION_PUT, "INSERT INTO station (" STATION_COLUMNS ")"                                     \
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"                        \
                   " ON CONFLICT (unit, round, name) DO UPDATE SET kind = excluded.kind,"          \
                   " place = excluded.place, opens = excluded.opens, closes = excluded.closes,"    \
                   " booths = excluded.booths, route = excluded.route, reason = excluded.reason,"  \
                   " seq = excluded.seq")                                                          \
    X(STATION_LIST, "SELECT " STATION_COLUMNS " FROM station WHERE unit = ?1 AND round = ?2"       \
                    "" ORDER_BY_KIND ", name")                                                     \
    X(STATION_FIND, "SELECT " STATION_COLUMNS " FROM station"                                      \
                    " WHERE unit = ?1 AND round = ?2 AND name = ?3")                               \
    X(STATION_COUNT, "SELECT COUNT(*) FROM station WHERE unit = ?1 AND round = ?2")                \
    X(ASSIST_PUT, "INSERT INTO assist (" ASSIST_COLUMNS ")"                                        \
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"                                       \
                  " ON CONFLICT (unit, round, kind, person) DO UPDATE SET"                         \
                  " reason = excluded.reason, box = excluded.box, scribe = excluded.scribe,"       \
                  " seq = excluded.seq")                                                           \
    X(ASSIST_LIST, "SELECT " ASSIST_COLUMNS " FROM assist WHERE unit = ?1 AND round = ?2"          \
                   " AND kind = ?3 ORDER BY box, person")                                          \
    X(ASSIST_HAS, "SELECT COUNT(*) FROM assist WHERE unit = ?1 AND kind = ?2 AND person = ?3")     \
    X(STATION_CARRY,                                                                               \
      "INSERT INTO station (" STATION_COLUMNS ")"                                                  \
      " SELECT unit, CAST(?3 AS BIGINT), name, kind, place, opens, closes, booths, route, reason," \
      " seq FROM station WHERE unit = ?1 AND round = ?2")                                          \
    X(BOX_CARRY,                                                                                   \
      "INSERT INTO box (unit, round, box, station, kind, state, seal_no, allotted, issued,"        \
      " issued_proxy, scribed, spoiled, unused, recovered, not_official, reported_at)"             \
      " SELECT unit, CAST(?3 AS BIGINT), box, station, kind, 'set', '', 0, 0, 0, 0, 0, 0, 0, 0, "  \
      "''"                                                                                         \
      " FROM box WHERE unit = ?1 AND round = ?2")                                                  \
    X(STAFF_CARRY,                                                                                 \
      "INSERT INTO staff (unit, round, person, duty, box, state, reason, seq)"                     \
      " SELECT unit, CAST(?3 AS BIGINT), person, duty, box, state, reason, seq FROM staff"         \
      " WHERE unit = ?1 AND round = ?2 AND state = 'on_duty'"                                      \
      " ON CONFLICT (unit, round, person, duty, box) DO NOTHING")                                  \
    X(ASSIST_CARRY,                                                                                \
      "INSERT INTO assist (" ASSIST_COLUMNS ")"                                                    \
      " SELECT unit, CAST(?3 AS BIGINT), kind, person, reason, box, scribe, seq FROM assist"       \
      " WHERE unit = ?1 AND round = ?2"                                                            \
      " ON CONFLICT (unit, round, kind, person) DO NOTHING")
DB_QUERIES(station_store)

DB_SHAPE(STATION_SHAPE, struct station, DB_COL_TEXT(struct station, unit),
         DB_COL_INT(struct station, round), DB_COL_TEXT(struct station, name),
         DB_COL_TEXT(struct station, kind), DB_COL_TEXT(struct station, place),
         DB_COL_TEXT(struct station, opens), DB_COL_TEXT(struct station, closes),
         DB_COL_INT(struct station, booths), DB_COL_TEXT(struct station, route),
         DB_COL_TEXT(struct station, reason), DB_COL_INT(struct station, seq));

DB_SHAPE(ASSIST_SHAPE, struct assist, DB_COL_TEXT(struct assist, unit),
         DB_COL_INT(struct assist, round), DB_COL_TEXT(struct assist, kind),
         DB_COL_TEXT(struct assist, person), DB_COL_TEXT(struct assist, reason),
         DB_COL_INT(struct assist, box), DB_COL_TEXT(struct assist, scribe),
         DB_COL_INT(struct assist, seq));

enum err
station_store_put(struct ctx *ctx, struct db *db, const struct station *station)
{
    return db_run(ctx, db,
                  QUERY(STATION_PUT, db_text(station->unit), db_int(station->round),
                        db_text(station->name), db_text(station->kind), db_text(station->place),
                        db_text(station->opens), db_text(station->closes), db_int(station->booths),
                        db_text(station->route), db_text(station->reason), db_int(station->seq)));
}

enum err
station_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                   struct station **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(STATION_LIST, db_text(unit), db_int(round)), &STATION_SHAPE,
                   ret_list, ret_count);
}

enum err
station_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                   const char *name, struct station *ret_station)
{
    return db_find(ctx, db, QUERY(STATION_FIND, db_text(unit), db_int(round), db_text(name)),
                   &STATION_SHAPE, ret_station);
}

enum err
assist_store_put(struct ctx *ctx, struct db *db, const struct assist *assist)
{
    return db_run(ctx, db,
                  QUERY(ASSIST_PUT, db_text(assist->unit), db_int(assist->round),
                        db_text(assist->kind), db_text(assist->person), db_text(assist->reason),
                        db_int(assist->box), db_text(assist->scribe), db_int(assist->seq)));
}

enum err
assist_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round, const char *kind,
                  struct assist **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(ASSIST_LIST, db_text(unit), db_int(round), db_text(kind)),
                   &ASSIST_SHAPE, ret_list, ret_count);
}

enum err
assist_store_has(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                 const char *person, bool *ret_has)
{
    int64_t count = 0;
    TRY(db_count(ctx, db, QUERY(ASSIST_HAS, db_text(unit), db_text(kind), db_text(person)),
                 &count));
    *ret_has = count > 0;
    return ERR_OK;
}

enum err
station_store_carry_over(struct ctx *ctx, struct db *db, const char *unit, int64_t from, int64_t to)
{
    int64_t there = 0;
    TRY(db_count(ctx, db, QUERY(STATION_COUNT, db_text(unit), db_int(to)), &there));
    if (there)
        return ERR_OK;
    TRY(db_run(ctx, db, QUERY(STATION_CARRY, db_text(unit), db_int(from), db_int(to))));
    TRY(db_run(ctx, db, QUERY(BOX_CARRY, db_text(unit), db_int(from), db_int(to))));
    TRY(db_run(ctx, db, QUERY(STAFF_CARRY, db_text(unit), db_int(from), db_int(to))));
    return db_run(ctx, db, QUERY(ASSIST_CARRY, db_text(unit), db_int(from), db_int(to)));
}
