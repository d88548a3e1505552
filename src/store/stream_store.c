/* SPDX-License-Identifier: Apache-2.0 */
#include "store/stream_store.h"

#include <string.h>

#define QUERIES(X)                                                                                 \
    X(UNIT_ADD, "INSERT INTO unit (unit, name, level, parent) VALUES (?1, ?2, ?3, ?4)"             \
                " ON CONFLICT (unit) DO UPDATE SET name = excluded.name, level = excluded.level,"  \
                " parent = excluded.parent")                                                       \
    X(UNIT_FIND, "SELECT unit, name, level, parent FROM unit WHERE unit = ?1")                     \
    X(UNIT_NAMED, "SELECT unit, name, level, parent FROM unit WHERE name = ?1 ORDER BY unit")      \
    X(UNIT_LIST, "SELECT unit, name, level, parent FROM unit ORDER BY unit")                       \
    X(UNIT_BELOW, "SELECT unit, name, level, parent FROM unit WHERE parent = ?1 ORDER BY unit")    \
    X(STREAM_OPEN,                                                                                 \
      "INSERT INTO stream (unit, name, state, term_no, packs, last_term_to, exercise,"             \
      " detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")                                          \
    X(STREAM_FIND, "SELECT unit, name, state, term_no, packs, last_term_to, exercise, detail"      \
                   " FROM stream WHERE unit = ?1")                                                 \
    X(STREAM_SET_STATE, "UPDATE stream SET state = ?2, detail = ?3 WHERE unit = ?1")               \
    X(STREAM_BELOW, "SELECT s.unit, s.name, s.state, s.term_no, s.packs, s.last_term_to,"          \
                    " s.exercise, s.detail FROM stream s JOIN unit u ON u.unit = s.unit"           \
                    " WHERE u.parent = ?1 ORDER BY s.unit")                                        \
    X(DAY_GET, "SELECT polling_day FROM election_day WHERE unit = ?1 AND body = ?2")               \
    X(DAY_SET, "INSERT INTO election_day (unit, body, polling_day) VALUES (?1, ?2, ?3)"            \
               " ON CONFLICT (unit, body) DO UPDATE SET polling_day = excluded.polling_day")
DB_QUERIES(stream_store)

DB_SHAPE(UNIT_SHAPE, struct unit, DB_COL_TEXT(struct unit, unit), DB_COL_TEXT(struct unit, name),
         DB_COL_INT(struct unit, level), DB_COL_TEXT(struct unit, parent));
DB_SHAPE(STREAM_SHAPE, struct stream, DB_COL_TEXT(struct stream, unit),
         DB_COL_TEXT(struct stream, name), DB_COL_TEXT(struct stream, state),
         DB_COL_INT(struct stream, term_no), DB_COL_TEXT(struct stream, packs),
         DB_COL_DATE(struct stream, last_term_to), DB_COL_BOOL(struct stream, exercise),
         DB_COL_TEXT(struct stream, detail));

struct day_row {
    struct date day;
};
DB_SHAPE(DAY_SHAPE, struct day_row, DB_COL_DATE(struct day_row, day));

enum { ANCESTORS_MAX = 5 };

enum err
unit_store_add(struct ctx *ctx, struct db *db, const struct unit *unit)
{
    return db_run(ctx, db,
                  QUERY(UNIT_ADD, db_text(unit->unit), db_text(unit->name), db_int(unit->level),
                        db_text(unit->parent)));
}

enum err
unit_store_find(struct ctx *ctx, struct db *db, const char *code, struct unit *ret_unit)
{
    return db_find(ctx, db, QUERY(UNIT_FIND, db_text(code)), &UNIT_SHAPE, ret_unit);
}

enum err
unit_store_resolve(struct ctx *ctx, struct db *db, const char *code_or_name, struct unit *ret_unit)
{
    struct unit *named;
    size_t count;
    const enum err err = unit_store_find(ctx, db, code_or_name, ret_unit);
    if (err != ERR_NOT_FOUND)
        return err;
    TRY(db_list(ctx, db, QUERY(UNIT_NAMED, db_text(code_or_name)), &UNIT_SHAPE, &named, &count));
    if (count == 0)
        return FAIL_HINT(ctx, ERR_NOT_FOUND, "用 cunxuan unit list 查看已有单位",
                         "cunxuan unit list shows the units there are", "没有单位“%s”",
                         "there is no unit \"%s\"", code_or_name);
    if (count > 1)
        return FAIL_HINT(ctx, ERR_INVALID, "用 cunxuan unit list 查看单位代码",
                         "cunxuan unit list shows the codes",
                         "有 %zu 个单位叫“%s”，请用代码（如 %s）",
                         "%zu units are named \"%s\": use the code (such as %s)", count,
                         code_or_name, named[0].unit);
    *ret_unit = named[0];
    return ERR_OK;
}

enum err
unit_store_list(struct ctx *ctx, struct db *db, struct unit **ret_units, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(UNIT_LIST), &UNIT_SHAPE, ret_units, ret_count);
}

enum err
unit_store_below(struct ctx *ctx, struct db *db, const char *parent, struct unit **ret_units,
                 size_t *ret_count)
{
    return db_list(ctx, db, QUERY(UNIT_BELOW, db_text(parent)), &UNIT_SHAPE, ret_units, ret_count);
}

enum err
unit_store_is_within(struct ctx *ctx, struct db *db, const char *unit, const char *ancestor,
                     bool *ret_within)
{
    struct unit at = {.parent = unit};
    *ret_within = false;
    for (int i = 0; i < ANCESTORS_MAX && at.parent[0]; i++) {
        if (strcmp(at.parent, ancestor) == 0) {
            *ret_within = true;
            return ERR_OK;
        }
        const enum err err = unit_store_find(ctx, db, at.parent, &at);
        if (err == ERR_NOT_FOUND)
            return ERR_OK;
        TRY(err);
    }
    return ERR_OK;
}

enum err
stream_store_open(struct ctx *ctx, struct db *db, const struct stream *stream)
{
    return db_run(ctx, db,
                  QUERY(STREAM_OPEN, db_text(stream->unit), db_text(stream->name),
                        db_text(stream->state), db_int(stream->term_no), db_text(stream->packs),
                        db_date(stream->last_term_to), db_bool(stream->exercise),
                        db_text(stream->detail)));
}

enum err
stream_store_find(struct ctx *ctx, struct db *db, const char *unit, struct stream *ret_stream)
{
    return db_find(ctx, db, QUERY(STREAM_FIND, db_text(unit)), &STREAM_SHAPE, ret_stream);
}

enum err
stream_store_set_state(struct ctx *ctx, struct db *db, const char *unit, const char *state,
                       const char *detail)
{
    return db_run_one(ctx, db,
                      QUERY(STREAM_SET_STATE, db_text(unit), db_text(state), db_text(detail)));
}

enum err
stream_store_below(struct ctx *ctx, struct db *db, const char *parent, struct stream **ret_streams,
                   size_t *ret_count)
{
    return db_list(ctx, db, QUERY(STREAM_BELOW, db_text(parent)), &STREAM_SHAPE, ret_streams,
                   ret_count);
}

enum err
day_store_get(struct ctx *ctx, struct db *db, const char *unit, const char *body,
              struct date *ret_day)
{
    struct day_row row = {DATE_NONE};
    const enum err err =
        db_find(ctx, db, QUERY(DAY_GET, db_text(unit), db_text(body)), &DAY_SHAPE, &row);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_day = row.day;
    return ERR_OK;
}

enum err
day_store_set(struct ctx *ctx, struct db *db, const char *unit, const char *body, struct date day)
{
    return db_run(ctx, db, QUERY(DAY_SET, db_text(unit), db_text(body), db_date(day)));
}
