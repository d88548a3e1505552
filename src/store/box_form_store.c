/* SPDX-License-Identifier: Apache-2.0 */
#include "store/box_form_store.h"

#define COLUMNS                                                                                    \
    "unit, round, box, form, issued, issued_proxy, scribed, spoiled, unused, recovered,"           \
    " not_official, reported_at"
#define REPORT_COLUMNS "unit, seq, form, round, box, at, issued, issued_proxy, scribed, spoiled"
#define ROUND_COLUMNS                                                                              \
    "unit, round, form, issued, spoiled, unused, reserve, recovered, not_official, valid, "        \
    "invalid,"                                                                                     \
    " blank, void_ground"
#define THIS_BOX " WHERE unit = ?1 AND round = ?2 AND box = ?3 AND form = ?4"
#define THIS_FORM " WHERE unit = ?1 AND round = ?2 AND form = ?3"
#define BOXES_SUM(column)                                                                          \
    "(SELECT CAST(COALESCE(SUM(b." column "), 0) AS BIGINT) FROM box_form b"                       \
    " WHERE b.unit = ?1 AND b.round = ?2 AND b.form = ?3)"

#define QUERIES(X)                                                                                 \
    X(BOX_FORM_REPORT, "INSERT INTO box_form (" COLUMNS ")"                                        \
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0, 0, ?9)"                     \
                       " ON CONFLICT (unit, round, box, form) DO UPDATE SET"                       \
                       " issued = excluded.issued, issued_proxy = excluded.issued_proxy,"          \
                       " scribed = excluded.scribed, spoiled = excluded.spoiled,"                  \
                       " reported_at = excluded.reported_at"                                       \
                       " WHERE box_form.reported_at <= excluded.reported_at")                      \
    X(BOX_FORM_REPORT_ADD, "INSERT INTO box_form_report (" REPORT_COLUMNS ")"                      \
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")                    \
    X(BOX_FORM_REPORTS, "SELECT " REPORT_COLUMNS " FROM box_form_report"                           \
                        " WHERE unit = ?1 AND round = ?2 ORDER BY at, box, seq, form")             \
    X(BOX_FORM_LIST, "SELECT " COLUMNS " FROM box_form WHERE unit = ?1 AND round = ?2"             \
                     " ORDER BY box, form")                                                        \
    X(BOX_FORM_UNUSED, "UPDATE box_form SET unused = ?5" THIS_BOX)                                 \
    X(BOX_FORM_RECOVER, "UPDATE box_form SET recovered = ?5, not_official = ?6" THIS_BOX)          \
    X(BOX_FORM_ALLOTTED, "SELECT CAST(COALESCE(SUM(allotted), 0) AS BIGINT) FROM box_stock"        \
                         "" THIS_BOX)                                                              \
    X(ROUND_FORM_PUT, "INSERT INTO round_form (" ROUND_COLUMNS ")"                                 \
                      " VALUES (?1, ?2, ?3, " BOXES_SUM("issued") ", ?4, ?5, ?6, 0, 0, 0, 0, 0,"   \
                                                                  " '')")                          \
    X(ROUND_FORM_RECOVERED,                                                                        \
      "UPDATE round_form SET recovered = " BOXES_SUM("recovered") ","                              \
                                                                  " not_official = " BOXES_SUM(    \
                                                                      "not_official") THIS_FORM)   \
    X(ROUND_FORM_LIST, "SELECT " ROUND_COLUMNS " FROM round_form"                                  \
                       " WHERE unit = ?1 AND round = ?2 ORDER BY form")                            \
    X(ROUND_FORM_SET, "UPDATE round_form SET void_ground = ?4, valid = ?5, invalid = ?6,"          \
                      " blank = ?7" THIS_FORM)
DB_QUERIES(box_form_store)

DB_SHAPE(BOX_FORM_SHAPE, struct box_form, DB_COL_TEXT(struct box_form, unit),
         DB_COL_INT(struct box_form, round), DB_COL_INT(struct box_form, box),
         DB_COL_INT(struct box_form, form), DB_COL_INT(struct box_form, issued),
         DB_COL_INT(struct box_form, issued_proxy), DB_COL_INT(struct box_form, scribed),
         DB_COL_INT(struct box_form, spoiled), DB_COL_INT(struct box_form, unused),
         DB_COL_INT(struct box_form, recovered), DB_COL_INT(struct box_form, not_official),
         DB_COL_TEXT(struct box_form, reported_at));

DB_SHAPE(REPORT_SHAPE, struct box_form_report, DB_COL_TEXT(struct box_form_report, unit),
         DB_COL_INT(struct box_form_report, seq), DB_COL_INT(struct box_form_report, form),
         DB_COL_INT(struct box_form_report, round), DB_COL_INT(struct box_form_report, box),
         DB_COL_TEXT(struct box_form_report, at), DB_COL_INT(struct box_form_report, issued),
         DB_COL_INT(struct box_form_report, issued_proxy),
         DB_COL_INT(struct box_form_report, scribed), DB_COL_INT(struct box_form_report, spoiled));

DB_SHAPE(ROUND_FORM_SHAPE, struct round_form, DB_COL_TEXT(struct round_form, unit),
         DB_COL_INT(struct round_form, round), DB_COL_INT(struct round_form, form),
         DB_COL_INT(struct round_form, issued), DB_COL_INT(struct round_form, spoiled),
         DB_COL_INT(struct round_form, unused), DB_COL_INT(struct round_form, reserve),
         DB_COL_INT(struct round_form, recovered), DB_COL_INT(struct round_form, not_official),
         DB_COL_INT(struct round_form, valid), DB_COL_INT(struct round_form, invalid),
         DB_COL_INT(struct round_form, blank), DB_COL_TEXT(struct round_form, void_ground));

enum err
box_form_store_report(struct ctx *ctx, struct db *db, const struct box_form_report *report)
{
    TRY(db_run(ctx, db,
               QUERY(BOX_FORM_REPORT, db_text(report->unit), db_int(report->round),
                     db_int(report->box), db_int(report->form), db_int(report->issued),
                     db_int(report->issued_proxy), db_int(report->scribed), db_int(report->spoiled),
                     db_text(report->at))));
    return db_run(ctx, db,
                  QUERY(BOX_FORM_REPORT_ADD, db_text(report->unit), db_int(report->seq),
                        db_int(report->form), db_int(report->round), db_int(report->box),
                        db_text(report->at), db_int(report->issued), db_int(report->issued_proxy),
                        db_int(report->scribed), db_int(report->spoiled)));
}

enum err
box_form_store_reports(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                       struct box_form_report **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(BOX_FORM_REPORTS, db_text(unit), db_int(round)), &REPORT_SHAPE,
                   ret_list, ret_count);
}

enum err
box_form_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                    struct box_form **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(BOX_FORM_LIST, db_text(unit), db_int(round)), &BOX_FORM_SHAPE,
                   ret_list, ret_count);
}

enum err
box_form_store_set_unused(struct ctx *ctx, struct db *db, const struct box_form *form)
{
    return db_run_one(ctx, db,
                      QUERY(BOX_FORM_UNUSED, db_text(form->unit), db_int(form->round),
                            db_int(form->box), db_int(form->form), db_int(form->unused)));
}

enum err
box_form_store_recover(struct ctx *ctx, struct db *db, const struct box_form *form)
{
    TRY(db_run_one(ctx, db,
                   QUERY(BOX_FORM_RECOVER, db_text(form->unit), db_int(form->round),
                         db_int(form->box), db_int(form->form), db_int(form->recovered),
                         db_int(form->not_official))));
    return db_run_one(
        ctx, db,
        QUERY(ROUND_FORM_RECOVERED, db_text(form->unit), db_int(form->round), db_int(form->form)));
}

enum err
box_form_store_allotted(struct ctx *ctx, struct db *db, const struct box_form *form,
                        int64_t *ret_count)
{
    return db_count(ctx, db,
                    QUERY(BOX_FORM_ALLOTTED, db_text(form->unit), db_int(form->round),
                          db_int(form->box), db_int(form->form)),
                    ret_count);
}

enum err
round_form_store_put(struct ctx *ctx, struct db *db, const struct round_form *form)
{
    return db_run(ctx, db,
                  QUERY(ROUND_FORM_PUT, db_text(form->unit), db_int(form->round),
                        db_int(form->form), db_int(form->spoiled), db_int(form->unused),
                        db_int(form->reserve)));
}

enum err
round_form_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                      struct round_form **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(ROUND_FORM_LIST, db_text(unit), db_int(round)), &ROUND_FORM_SHAPE,
                   ret_list, ret_count);
}

enum err
round_form_store_set(struct ctx *ctx, struct db *db, const struct round_form *form)
{
    return db_run_one(ctx, db,
                      QUERY(ROUND_FORM_SET, db_text(form->unit), db_int(form->round),
                            db_int(form->form), db_text(form->void_ground), db_int(form->valid),
                            db_int(form->invalid), db_int(form->blank)));
}
