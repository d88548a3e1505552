/* SPDX-License-Identifier: Apache-2.0 */
#include "store/box_store.h"

#include <string.h>

static const char *const STATE_WORDS[BOX_STATE_COUNT] = {
    [BOX_SET] = "set",       [BOX_SEALED] = "sealed",     [BOX_OPEN] = "open",
    [BOX_CLOSED] = "closed", [BOX_GATHERED] = "gathered", [BOX_OPENED] = "opened",
};

#define COLUMNS                                                                                    \
    "unit, round, box, station, kind, state, seal_no, allotted, issued, issued_proxy, scribed,"    \
    " spoiled, unused, recovered, not_official, reported_at"
#define REPORT_COLUMNS "unit, seq, round, box, at, issued, issued_proxy, scribed, spoiled"
#define SUM(column) "CAST(COALESCE(SUM(" column "), 0) AS BIGINT)"
#define RANK                                                                                       \
    "CASE state WHEN 'set' THEN 0 WHEN 'sealed' THEN 1 WHEN 'open' THEN 2 WHEN 'closed' THEN 3"    \
    " WHEN 'gathered' THEN 4 ELSE 5 END"

#define QUERIES(X)                                                                                 \
    X(BOX_PUT, "INSERT INTO box (" COLUMNS ")"                                                     \
               " VALUES (?1, ?2, ?3, ?4, ?5, 'set', '', 0, 0, 0, 0, 0, 0, 0, 0, '')"               \
               " ON CONFLICT (unit, round, box) DO UPDATE SET station = excluded.station,"         \
               " kind = excluded.kind")                                                            \
    X(BOX_CLEAR, "DELETE FROM box WHERE unit = ?1 AND round = ?2 AND station = ?3"                 \
                 " AND state = 'set'")                                                             \
    X(BOX_FIND, "SELECT " COLUMNS " FROM box WHERE unit = ?1 AND round = ?2 AND box = ?3")         \
    X(BOX_LIST, "SELECT " COLUMNS " FROM box WHERE unit = ?1 AND round = ?2 ORDER BY box")         \
    X(BOX_TOTALS,                                                                                  \
      "SELECT COUNT(*), " SUM("allotted") ", " SUM("issued") ", " SUM("issued_proxy") ", " SUM(    \
          "scribed") ", " SUM("spoiled") ", " SUM("unused") ""                                     \
                                                            ", " SUM("recovered") ", " SUM(        \
                                                                "not_official") " FROM box"        \
                                                                                " WHERE unit = "   \
                                                                                "?1 AND round = "  \
                                                                                "?2")              \
    X(BOX_BEFORE, "SELECT COUNT(*) FROM box WHERE unit = ?1 AND round = ?2 AND " RANK " < ?3")     \
    X(BOX_SET_STATE, "UPDATE box SET state = ?4, seal_no = COALESCE(?5, seal_no)"                  \
                     " WHERE unit = ?1 AND round = ?2 AND box = ?3")                               \
    X(BOX_REPORT, "UPDATE box SET reported_at = ?4, issued = ?5, issued_proxy = ?6, scribed = ?7," \
                  " spoiled = ?8 WHERE unit = ?1 AND round = ?2 AND box = ?3"                      \
                  " AND reported_at <= ?4")                                                        \
    X(BOX_REPORT_ADD, "INSERT INTO box_report (" REPORT_COLUMNS ")"                                \
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")                              \
    X(BOX_REPORTS, "SELECT " REPORT_COLUMNS " FROM box_report"                                     \
                   " WHERE unit = ?1 AND round = ?2 ORDER BY at, box, seq")                        \
    X(BOX_SET_UNUSED, "UPDATE box SET unused = ?4 WHERE unit = ?1 AND round = ?2 AND box = ?3")    \
    X(BOX_RECOVER, "UPDATE box SET state = 'opened', recovered = ?4, not_official = ?5"            \
                   " WHERE unit = ?1 AND round = ?2 AND box = ?3")
DB_QUERIES(box_store)

DB_SHAPE(BOX_SHAPE, struct box, DB_COL_TEXT(struct box, unit), DB_COL_INT(struct box, round),
         DB_COL_INT(struct box, box), DB_COL_TEXT(struct box, station),
         DB_COL_TEXT(struct box, kind), DB_COL_TEXT(struct box, state),
         DB_COL_TEXT(struct box, seal_no), DB_COL_INT(struct box, allotted),
         DB_COL_INT(struct box, issued), DB_COL_INT(struct box, issued_proxy),
         DB_COL_INT(struct box, scribed), DB_COL_INT(struct box, spoiled),
         DB_COL_INT(struct box, unused), DB_COL_INT(struct box, recovered),
         DB_COL_INT(struct box, not_official), DB_COL_TEXT(struct box, reported_at));

DB_SHAPE(TOTALS_SHAPE, struct box_totals, DB_COL_INT(struct box_totals, boxes),
         DB_COL_INT(struct box_totals, allotted), DB_COL_INT(struct box_totals, issued),
         DB_COL_INT(struct box_totals, issued_proxy), DB_COL_INT(struct box_totals, scribed),
         DB_COL_INT(struct box_totals, spoiled), DB_COL_INT(struct box_totals, unused),
         DB_COL_INT(struct box_totals, recovered), DB_COL_INT(struct box_totals, not_official));

DB_SHAPE(REPORT_SHAPE, struct box_report, DB_COL_TEXT(struct box_report, unit),
         DB_COL_INT(struct box_report, seq), DB_COL_INT(struct box_report, round),
         DB_COL_INT(struct box_report, box), DB_COL_TEXT(struct box_report, at),
         DB_COL_INT(struct box_report, issued), DB_COL_INT(struct box_report, issued_proxy),
         DB_COL_INT(struct box_report, scribed), DB_COL_INT(struct box_report, spoiled));

const char *
box_state_word(enum box_state state)
{
    ASSERT(state < BOX_STATE_COUNT);
    return STATE_WORDS[state];
}

enum box_state
box_state_find(const char *word)
{
    for (size_t i = 0; i < BOX_STATE_COUNT; i++) {
        if (strcmp(STATE_WORDS[i], word) == 0)
            return (enum box_state)i;
    }
    return BOX_STATE_COUNT;
}

enum err
box_store_put(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t box,
              const char *station, const char *kind)
{
    return db_run(
        ctx, db,
        QUERY(BOX_PUT, db_text(unit), db_int(round), db_int(box), db_text(station), db_text(kind)));
}

enum err
box_store_clear_station(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                        const char *station)
{
    return db_run(ctx, db, QUERY(BOX_CLEAR, db_text(unit), db_int(round), db_text(station)));
}

enum err
box_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t box,
               struct box *ret_box)
{
    return db_find(ctx, db, QUERY(BOX_FIND, db_text(unit), db_int(round), db_int(box)), &BOX_SHAPE,
                   ret_box);
}

enum err
box_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
               struct box **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(BOX_LIST, db_text(unit), db_int(round)), &BOX_SHAPE, ret_list,
                   ret_count);
}

enum err
box_store_totals(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                 struct box_totals *ret_totals)
{
    return db_find(ctx, db, QUERY(BOX_TOTALS, db_text(unit), db_int(round)), &TOTALS_SHAPE,
                   ret_totals);
}

enum err
box_store_count_before(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                       enum box_state state, int64_t *ret_count)
{
    return db_count(ctx, db, QUERY(BOX_BEFORE, db_text(unit), db_int(round), db_int(state)),
                    ret_count);
}

enum err
box_store_set_state(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t box,
                    enum box_state state, const char *seal_no)
{
    return db_run_one(ctx, db,
                      QUERY(BOX_SET_STATE, db_text(unit), db_int(round), db_int(box),
                            db_text(box_state_word(state)), db_text(seal_no)));
}

enum err
box_store_report(struct ctx *ctx, struct db *db, const struct box_report *report)
{
    TRY(db_run(ctx, db,
               QUERY(BOX_REPORT, db_text(report->unit), db_int(report->round), db_int(report->box),
                     db_text(report->at), db_int(report->issued), db_int(report->issued_proxy),
                     db_int(report->scribed), db_int(report->spoiled))));
    return db_run(ctx, db,
                  QUERY(BOX_REPORT_ADD, db_text(report->unit), db_int(report->seq),
                        db_int(report->round), db_int(report->box), db_text(report->at),
                        db_int(report->issued), db_int(report->issued_proxy),
                        db_int(report->scribed), db_int(report->spoiled)));
}

enum err
box_store_reports(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                  struct box_report **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(BOX_REPORTS, db_text(unit), db_int(round)), &REPORT_SHAPE,
                   ret_list, ret_count);
}

enum err
box_store_set_unused(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t box,
                     int64_t unused)
{
    return db_run_one(
        ctx, db, QUERY(BOX_SET_UNUSED, db_text(unit), db_int(round), db_int(box), db_int(unused)));
}

enum err
box_store_recover(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t box,
                  int64_t recovered, int64_t not_official)
{
    return db_run_one(ctx, db,
                      QUERY(BOX_RECOVER, db_text(unit), db_int(round), db_int(box),
                            db_int(recovered), db_int(not_official)));
}
