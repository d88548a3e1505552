/* SPDX-License-Identifier: Apache-2.0 */
#include "store/form_store.h"

#define FORM_COLUMNS                                                                               \
    "unit, round, form, layout, size, colour, state, printed, spoiled, seal_no, seq"
#define POST_COLUMNS "unit, round, form, post, place, seats, write_in_lines"
#define NAME_COLUMNS "unit, round, form, post, place, person"
#define CLOSE_COLUMNS                                                                              \
    "unit, round, issued, issued_proxy, scribed, spoiled, unused, reserve, fate, seal_no"
#define THIS_FORM " WHERE unit = ?1 AND round = ?2 AND form = ?3"
#define USED(alias)                                                                                \
    "EXISTS (SELECT 1 FROM ballot_form f WHERE f.unit = " alias ".unit AND f.round = " alias       \
    ".round AND f.form = " alias ".form AND f.state <> 'retired')"

#define QUERIES(X)                                                                                 \
    X(FORM_PUT, "INSERT INTO ballot_form (" FORM_COLUMNS ")"                                       \
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"                           \
                " ON CONFLICT (unit, round, form) DO UPDATE SET layout = excluded.layout,"         \
                " size = excluded.size, colour = excluded.colour, state = excluded.state,"         \
                " seq = excluded.seq")                                                             \
    X(FORM_CLEAR_POSTS, "DELETE FROM ballot_form_post" THIS_FORM)                                  \
    X(FORM_CLEAR_NAMES, "DELETE FROM ballot_form_candidate" THIS_FORM)                             \
    X(FORM_ADD_POST, "INSERT INTO ballot_form_post (" POST_COLUMNS ")"                             \
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                       \
    X(FORM_ADD_NAME, "INSERT INTO ballot_form_candidate (" NAME_COLUMNS ")"                        \
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                                           \
    X(FORM_FIND, "SELECT " FORM_COLUMNS " FROM ballot_form" THIS_FORM)                             \
    X(FORM_LIST, "SELECT " FORM_COLUMNS " FROM ballot_form"                                        \
                 " WHERE unit = ?1 AND round = ?2 ORDER BY form")                                  \
    X(FORM_POSTS, "SELECT " POST_COLUMNS " FROM ballot_form_post p"                                \
                  " WHERE unit = ?1 AND round = ?2"                                                \
                  " AND (form = ?3 OR (?3 = 0 AND " USED("p") ")) ORDER BY form, place")           \
    X(FORM_NAMES,                                                                                  \
      "SELECT " NAME_COLUMNS " FROM ballot_form_candidate c"                                       \
      " WHERE unit = ?1 AND round = ?2 AND post = ?3 AND " USED("c") ""                            \
                                                                     " ORDER BY form, place")      \
    X(FORM_PRINT, "UPDATE ballot_form SET printed = printed + ?4, spoiled = spoiled + ?5,"         \
                  " seal_no = ?6, state = 'printed'" THIS_FORM)                                    \
    X(FORM_RETIRE, "UPDATE ballot_form SET state = 'retired' WHERE unit = ?1 AND round = ?2"       \
                   " AND (?3 = '*' OR form IN (SELECT form FROM ballot_form_post"                  \
                   " WHERE unit = ?1 AND round = ?2 AND post = ?3))")                              \
    X(FORM_ALLOT, "INSERT INTO box_stock (unit, round, box, form, allotted)"                       \
                  " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (unit, round, box, form)"              \
                  " DO UPDATE SET allotted = box_stock.allotted + excluded.allotted")              \
    X(FORM_ALLOT_BOXES,                                                                            \
      "UPDATE box SET allotted = (SELECT CAST(COALESCE(MIN(COALESCE(s.allotted, 0)), 0) AS"        \
      " BIGINT) FROM ballot_form f LEFT JOIN box_stock s ON s.unit = f.unit"                       \
      " AND s.round = f.round AND s.form = f.form AND s.box = box.box"                             \
      " WHERE f.unit = ?1 AND f.round = ?2 AND f.state <> 'retired')"                              \
      " WHERE unit = ?1 AND round = ?2")                                                           \
    X(FORM_ALLOTTED, "SELECT CAST(COALESCE(SUM(allotted), 0) AS BIGINT) FROM box_stock"            \
                     "" THIS_FORM)                                                                 \
    X(POLL_CLOSE_ADD, "INSERT INTO poll_close (" CLOSE_COLUMNS ")"                                 \
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")                         \
    X(POLL_CLOSE_FIND, "SELECT " CLOSE_COLUMNS " FROM poll_close WHERE unit = ?1 AND round = ?2")
DB_QUERIES(form_store)

DB_SHAPE(FORM_SHAPE, struct form, DB_COL_TEXT(struct form, unit), DB_COL_INT(struct form, round),
         DB_COL_INT(struct form, form), DB_COL_TEXT(struct form, layout),
         DB_COL_TEXT(struct form, size), DB_COL_TEXT(struct form, colour),
         DB_COL_TEXT(struct form, state), DB_COL_INT(struct form, printed),
         DB_COL_INT(struct form, spoiled), DB_COL_TEXT(struct form, seal_no),
         DB_COL_INT(struct form, seq));

DB_SHAPE(POST_SHAPE, struct form_post, DB_COL_TEXT(struct form_post, unit),
         DB_COL_INT(struct form_post, round), DB_COL_INT(struct form_post, form),
         DB_COL_TEXT(struct form_post, post), DB_COL_INT(struct form_post, place),
         DB_COL_INT(struct form_post, seats), DB_COL_INT(struct form_post, write_in_lines));

DB_SHAPE(NAME_SHAPE, struct form_candidate, DB_COL_TEXT(struct form_candidate, unit),
         DB_COL_INT(struct form_candidate, round), DB_COL_INT(struct form_candidate, form),
         DB_COL_TEXT(struct form_candidate, post), DB_COL_INT(struct form_candidate, place),
         DB_COL_TEXT(struct form_candidate, person));

DB_SHAPE(CLOSE_SHAPE, struct poll_close, DB_COL_TEXT(struct poll_close, unit),
         DB_COL_INT(struct poll_close, round), DB_COL_INT(struct poll_close, issued),
         DB_COL_INT(struct poll_close, issued_proxy), DB_COL_INT(struct poll_close, scribed),
         DB_COL_INT(struct poll_close, spoiled), DB_COL_INT(struct poll_close, unused),
         DB_COL_INT(struct poll_close, reserve), DB_COL_TEXT(struct poll_close, fate),
         DB_COL_TEXT(struct poll_close, seal_no));

enum err
form_store_put(struct ctx *ctx, struct db *db, const struct form *form)
{
    TRY(db_run(ctx, db,
               QUERY(FORM_PUT, db_text(form->unit), db_int(form->round), db_int(form->form),
                     db_text(form->layout), db_text(form->size), db_text(form->colour),
                     db_text(form->state), db_int(form->printed), db_int(form->spoiled),
                     db_text(form->seal_no), db_int(form->seq))));
    TRY(db_run(
        ctx, db,
        QUERY(FORM_CLEAR_POSTS, db_text(form->unit), db_int(form->round), db_int(form->form))));
    TRY(db_run(
        ctx, db,
        QUERY(FORM_CLEAR_NAMES, db_text(form->unit), db_int(form->round), db_int(form->form))));
    /* A form retired or new leaves the boxes without complete sets until more is handed out. */
    return db_run(ctx, db, QUERY(FORM_ALLOT_BOXES, db_text(form->unit), db_int(form->round)));
}

enum err
form_store_add_post(struct ctx *ctx, struct db *db, const struct form_post *post)
{
    return db_run(ctx, db,
                  QUERY(FORM_ADD_POST, db_text(post->unit), db_int(post->round), db_int(post->form),
                        db_text(post->post), db_int(post->place), db_int(post->seats),
                        db_int(post->write_in_lines)));
}

enum err
form_store_add_candidate(struct ctx *ctx, struct db *db, const struct form_candidate *candidate)
{
    return db_run(ctx, db,
                  QUERY(FORM_ADD_NAME, db_text(candidate->unit), db_int(candidate->round),
                        db_int(candidate->form), db_text(candidate->post), db_int(candidate->place),
                        db_text(candidate->person)));
}

enum err
form_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t form,
                struct form *ret_form)
{
    return db_find(ctx, db, QUERY(FORM_FIND, db_text(unit), db_int(round), db_int(form)),
                   &FORM_SHAPE, ret_form);
}

enum err
form_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                struct form **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(FORM_LIST, db_text(unit), db_int(round)), &FORM_SHAPE, ret_list,
                   ret_count);
}

enum err
form_store_posts(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t form,
                 struct form_post **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(FORM_POSTS, db_text(unit), db_int(round), db_int(form)),
                   &POST_SHAPE, ret_list, ret_count);
}

enum err
form_store_candidates(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                      const char *post, struct form_candidate **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(FORM_NAMES, db_text(unit), db_int(round), db_text(post)),
                   &NAME_SHAPE, ret_list, ret_count);
}

enum err
form_store_print(struct ctx *ctx, struct db *db, const struct form *run)
{
    return db_run_one(ctx, db,
                      QUERY(FORM_PRINT, db_text(run->unit), db_int(run->round), db_int(run->form),
                            db_int(run->printed), db_int(run->spoiled), db_text(run->seal_no)));
}

enum err
form_store_retire(struct ctx *ctx, struct db *db, const char *unit, int64_t round, const char *post)
{
    return db_run(ctx, db,
                  QUERY(FORM_RETIRE, db_text(unit), db_int(round), db_text(post ? post : "*")));
}

enum err
form_store_allot(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t box,
                 int64_t form, int64_t count)
{
    TRY(db_run(
        ctx, db,
        QUERY(FORM_ALLOT, db_text(unit), db_int(round), db_int(box), db_int(form), db_int(count))));
    return db_run(ctx, db, QUERY(FORM_ALLOT_BOXES, db_text(unit), db_int(round)));
}

enum err
form_store_allotted(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t form,
                    int64_t *ret_count)
{
    return db_count(ctx, db, QUERY(FORM_ALLOTTED, db_text(unit), db_int(round), db_int(form)),
                    ret_count);
}

enum err
poll_close_store_add(struct ctx *ctx, struct db *db, const struct poll_close *close)
{
    return db_run(ctx, db,
                  QUERY(POLL_CLOSE_ADD, db_text(close->unit), db_int(close->round),
                        db_int(close->issued), db_int(close->issued_proxy), db_int(close->scribed),
                        db_int(close->spoiled), db_int(close->unused), db_int(close->reserve),
                        db_text(close->fate), db_text(close->seal_no)));
}

enum err
poll_close_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                      struct poll_close *ret_close)
{
    return db_find(ctx, db, QUERY(POLL_CLOSE_FIND, db_text(unit), db_int(round)), &CLOSE_SHAPE,
                   ret_close);
}
