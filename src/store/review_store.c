/* SPDX-License-Identifier: Apache-2.0 */
#include "store/review_store.h"

#define QUERIES(X)                                                                                 \
    X(SHEET_PUT, "INSERT INTO person_sheet (unit, person, education, source, pay_elsewhere, seq)"  \
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (unit, person) DO UPDATE SET"       \
                 " education = excluded.education, source = excluded.source,"                      \
                 " pay_elsewhere = excluded.pay_elsewhere, seq = excluded.seq")                    \
    X(SHEET_FIND, "SELECT unit, person, education, source, pay_elsewhere, seq FROM person_sheet"   \
                  " WHERE unit = ?1 AND person = ?2")                                              \
    X(BAR_ADD, "INSERT INTO person_bar (unit, seq, person, kind, bar, fact, decided_on, cured_on," \
               " applies) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")                            \
    X(BAR_LIST, "SELECT unit, seq, person, kind, bar, fact, decided_on, cured_on, applies"         \
                " FROM person_bar WHERE unit = ?1 AND person = ?2 ORDER BY seq")                   \
    X(OPINION_PUT, "INSERT INTO review_opinion (unit, body, person, desk, opinion, seq)"           \
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (unit, body, person, desk)"       \
                   " DO UPDATE SET opinion = excluded.opinion, seq = excluded.seq")                \
    X(OPINION_LIST, "SELECT unit, body, person, desk, opinion, seq FROM review_opinion"            \
                    " WHERE unit = ?1 AND body = ?2 AND (person = ?3 OR ?3 IS NULL)"               \
                    " ORDER BY person, desk")                                                      \
    X(OPINION_GET, "SELECT unit, body, person, desk, opinion, seq FROM review_opinion"             \
                   " WHERE unit = ?1 AND body = ?2 AND person = ?3 AND desk = ?4")                 \
    X(STEP_PUT, "INSERT INTO review_step (unit, body, person, step, result, by_user, seq)"         \
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (unit, body, person, step)"      \
                " DO UPDATE SET result = excluded.result, by_user = excluded.by_user,"             \
                " seq = excluded.seq")                                                             \
    X(STEP_GET, "SELECT unit, body, person, step, result, by_user, seq FROM review_step"           \
                " WHERE unit = ?1 AND body = ?2 AND person = ?3 AND step = ?4")
DB_QUERIES(review_store)

DB_SHAPE(SHEET_SHAPE, struct person_sheet, DB_COL_TEXT(struct person_sheet, unit),
         DB_COL_TEXT(struct person_sheet, person), DB_COL_TEXT(struct person_sheet, education),
         DB_COL_TEXT(struct person_sheet, source), DB_COL_TEXT(struct person_sheet, pay_elsewhere),
         DB_COL_INT(struct person_sheet, seq));
DB_SHAPE(BAR_SHAPE, struct person_bar, DB_COL_TEXT(struct person_bar, unit),
         DB_COL_INT(struct person_bar, seq), DB_COL_TEXT(struct person_bar, person),
         DB_COL_TEXT(struct person_bar, kind), DB_COL_TEXT(struct person_bar, bar),
         DB_COL_TEXT(struct person_bar, fact), DB_COL_DATE(struct person_bar, decided_on),
         DB_COL_DATE(struct person_bar, cured_on), DB_COL_TEXT(struct person_bar, applies));
DB_SHAPE(OPINION_SHAPE, struct review_opinion, DB_COL_TEXT(struct review_opinion, unit),
         DB_COL_TEXT(struct review_opinion, body), DB_COL_TEXT(struct review_opinion, person),
         DB_COL_TEXT(struct review_opinion, desk), DB_COL_TEXT(struct review_opinion, opinion),
         DB_COL_INT(struct review_opinion, seq));
DB_SHAPE(STEP_SHAPE, struct review_step, DB_COL_TEXT(struct review_step, unit),
         DB_COL_TEXT(struct review_step, body), DB_COL_TEXT(struct review_step, person),
         DB_COL_TEXT(struct review_step, step), DB_COL_TEXT(struct review_step, result),
         DB_COL_TEXT(struct review_step, by_user), DB_COL_INT(struct review_step, seq));

enum err
sheet_store_put(struct ctx *ctx, struct db *db, const struct person_sheet *sheet)
{
    return db_run(ctx, db,
                  QUERY(SHEET_PUT, db_text(sheet->unit), db_text(sheet->person),
                        db_text(sheet->education), db_text(sheet->source),
                        db_text(sheet->pay_elsewhere), db_int(sheet->seq)));
}

enum err
sheet_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                 struct person_sheet *ret_sheet)
{
    return db_find(ctx, db, QUERY(SHEET_FIND, db_text(unit), db_text(person)), &SHEET_SHAPE,
                   ret_sheet);
}

enum err
bar_store_add(struct ctx *ctx, struct db *db, const struct person_bar *bar)
{
    return db_run(ctx, db,
                  QUERY(BAR_ADD, db_text(bar->unit), db_int(bar->seq), db_text(bar->person),
                        db_text(bar->kind), db_text(bar->bar), db_text(bar->fact),
                        db_date(bar->decided_on), db_date(bar->cured_on), db_text(bar->applies)));
}

enum err
bar_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *person,
               struct person_bar **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(BAR_LIST, db_text(unit), db_text(person)), &BAR_SHAPE, ret_list,
                   ret_count);
}

enum err
opinion_store_put(struct ctx *ctx, struct db *db, const struct review_opinion *opinion)
{
    return db_run(ctx, db,
                  QUERY(OPINION_PUT, db_text(opinion->unit), db_text(opinion->body),
                        db_text(opinion->person), db_text(opinion->desk), db_text(opinion->opinion),
                        db_int(opinion->seq)));
}

enum err
opinion_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                   const char *person, struct review_opinion **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(OPINION_LIST, db_text(unit), db_text(body), db_text(person)),
                   &OPINION_SHAPE, ret_list, ret_count);
}

enum err
opinion_store_get(struct ctx *ctx, struct db *db, const struct review_opinion *wanted,
                  const char **ret_opinion)
{
    struct review_opinion found = {.opinion = ""};
    const enum err err = db_find(ctx, db,
                                 QUERY(OPINION_GET, db_text(wanted->unit), db_text(wanted->body),
                                       db_text(wanted->person), db_text(wanted->desk)),
                                 &OPINION_SHAPE, &found);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_opinion = err == ERR_OK ? found.opinion : "";
    return ERR_OK;
}

enum err
step_store_put(struct ctx *ctx, struct db *db, const struct review_step *step)
{
    return db_run(ctx, db,
                  QUERY(STEP_PUT, db_text(step->unit), db_text(step->body), db_text(step->person),
                        db_text(step->step), db_text(step->result), db_text(step->by_user),
                        db_int(step->seq)));
}

enum err
step_store_get(struct ctx *ctx, struct db *db, const struct review_step *wanted,
               struct review_step *ret_step)
{
    struct review_step found;
    const enum err err = db_find(ctx, db,
                                 QUERY(STEP_GET, db_text(wanted->unit), db_text(wanted->body),
                                       db_text(wanted->person), db_text(wanted->step)),
                                 &STEP_SHAPE, &found);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND) {
        found = *wanted;
        found.result = "";
        found.by_user = "";
    }
    *ret_step = found;
    return ERR_OK;
}
