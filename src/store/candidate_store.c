/* SPDX-License-Identifier: Apache-2.0 */
#include "store/candidate_store.h"

#define COLUMNS "unit, body, person, post, state, source, votes, place"
#define STANDS                                                                                     \
    " AND state IN ('nominee', 'accepted', 'in_review', 'qualified', 'preparatory', 'formal')"

#define QUERIES(X)                                                                                 \
    X(CANDIDATE_PUT, "INSERT INTO candidate (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)" \
                     " ON CONFLICT (unit, body, person, post) DO UPDATE SET"                       \
                     " state = excluded.state, source = excluded.source,"                          \
                     " votes = excluded.votes, place = excluded.place")                            \
    X(CANDIDATE_FIND, "SELECT " COLUMNS " FROM candidate"                                          \
                      " WHERE unit = ?1 AND body = ?2 AND person = ?3 AND post = ?4")              \
    X(CANDIDATE_LIST, "SELECT " COLUMNS " FROM candidate WHERE unit = ?1 AND body = ?2"            \
                      " AND (?3 = '*' OR state = ?3) ORDER BY CASE post WHEN 'chair' THEN 0"       \
                      " WHEN 'vice_chair' THEN 1 WHEN 'women_member' THEN 2 ELSE 3 END,"           \
                      " place, votes DESC, person")                                                \
    X(CANDIDATE_SET_STATE, "UPDATE candidate SET state = ?4"                                       \
                           " WHERE unit = ?1 AND body = ?2 AND person = ?3")                       \
    X(CANDIDATE_VOID, "UPDATE candidate SET state = 'void' WHERE unit = ?1 AND body = ?2")         \
    X(CANDIDATE_STANDS, "SELECT COUNT(*) FROM candidate"                                           \
                        " WHERE unit = ?1 AND body = ?2 AND person = ?3" STANDS)                   \
    X(CANDIDATE_FORMAL, "SELECT COUNT(*) FROM candidate WHERE unit = ?1 AND body = ?2"             \
                        " AND person = ?3 AND state IN ('formal', 'preparatory')")                 \
    X(CANDIDATE_STANDING,                                                                          \
      "SELECT unit, body, person, MIN(post), MIN(state), MIN(source),"                             \
      " MAX(votes), MAX(place) FROM candidate"                                                     \
      " WHERE unit = ?1 AND body = ?2" STANDS " GROUP BY unit, body, person ORDER BY person")
DB_QUERIES(candidate_store)

DB_SHAPE(CANDIDATE_SHAPE, struct candidate, DB_COL_TEXT(struct candidate, unit),
         DB_COL_TEXT(struct candidate, body), DB_COL_TEXT(struct candidate, person),
         DB_COL_TEXT(struct candidate, post), DB_COL_TEXT(struct candidate, state),
         DB_COL_TEXT(struct candidate, source), DB_COL_INT(struct candidate, votes),
         DB_COL_INT(struct candidate, place));

enum err
candidate_store_put(struct ctx *ctx, struct db *db, const struct candidate *candidate)
{
    return db_run(ctx, db,
                  QUERY(CANDIDATE_PUT, db_text(candidate->unit), db_text(candidate->body),
                        db_text(candidate->person), db_text(candidate->post),
                        db_text(candidate->state), db_text(candidate->source),
                        db_int(candidate->votes), db_int(candidate->place)));
}

enum err
candidate_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                     const char *person, const char *post, struct candidate *ret_candidate)
{
    return db_find(
        ctx, db,
        QUERY(CANDIDATE_FIND, db_text(unit), db_text(body), db_text(person), db_text(post)),
        &CANDIDATE_SHAPE, ret_candidate);
}

enum err
candidate_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                     const char *state, struct candidate **ret_list, size_t *ret_count)
{
    return db_list(
        ctx, db, QUERY(CANDIDATE_LIST, db_text(unit), db_text(body), db_text(state ? state : "*")),
        &CANDIDATE_SHAPE, ret_list, ret_count);
}

enum err
candidate_store_set_state(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                          const char *person, const char *state)
{
    return db_run(
        ctx, db,
        QUERY(CANDIDATE_SET_STATE, db_text(unit), db_text(body), db_text(person), db_text(state)));
}

enum err
candidate_store_void(struct ctx *ctx, struct db *db, const char *unit, const char *body)
{
    return db_run(ctx, db, QUERY(CANDIDATE_VOID, db_text(unit), db_text(body)));
}

enum err
candidate_store_is_nominee(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                           const char *person, bool *ret_is)
{
    int64_t count;
    TRY(db_count(ctx, db, QUERY(CANDIDATE_STANDS, db_text(unit), db_text(body), db_text(person)),
                 &count));
    *ret_is = count > 0;
    return ERR_OK;
}

enum err
candidate_store_is_formal(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                          const char *person, bool *ret_is)
{
    int64_t count;
    TRY(db_count(ctx, db, QUERY(CANDIDATE_FORMAL, db_text(unit), db_text(body), db_text(person)),
                 &count));
    *ret_is = count > 0;
    return ERR_OK;
}

enum err
candidate_store_standing(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                         struct candidate **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(CANDIDATE_STANDING, db_text(unit), db_text(body)),
                   &CANDIDATE_SHAPE, ret_list, ret_count);
}
