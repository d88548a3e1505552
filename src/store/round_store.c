/* SPDX-License-Identifier: Apache-2.0 */
#include "store/round_store.h"

#include <string.h>

#define COLUMNS                                                                                    \
    "unit, round, body, kind, polling_day, state, after_round, opened_seq, registered, issued,"    \
    " recovered, not_official, valid, invalid, blank, void_ground"
#define POST_COLUMNS "unit, round, post, place, seats"
#define CANDIDATE_COLUMNS "unit, round, post, place, person, state"

#define QUERIES(X)                                                                                 \
    X(ROUND_ADD, "INSERT INTO vote_round (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, 'ordered',"     \
                 " ?6, ?7, 0, 0, 0, 0, 0, 0, 0, '')")                                              \
    X(ROUND_MAX, "SELECT COALESCE(MAX(round), 0) FROM vote_round WHERE unit = ?1")                 \
    X(ROUND_FIND, "SELECT " COLUMNS " FROM vote_round WHERE unit = ?1 AND round = ?2")             \
    X(ROUND_LIST, "SELECT " COLUMNS " FROM vote_round WHERE unit = ?1 ORDER BY round")             \
    X(ROUND_LAST, "SELECT " COLUMNS " FROM vote_round WHERE unit = ?1 AND body = ?2"               \
                  " AND ((?3 = '' AND kind <> 'nomination') OR kind = ?3)"                         \
                  " ORDER BY round DESC LIMIT 1")                                                  \
    X(ROUND_SET_STATE, "UPDATE vote_round SET state = ?3 WHERE unit = ?1 AND round = ?2")          \
    X(ROUND_SET_VOID, "UPDATE vote_round SET state = 'void', void_ground = ?3"                     \
                      " WHERE unit = ?1 AND round = ?2")                                           \
    X(ROUND_SET_DAY, "UPDATE vote_round SET polling_day = ?3 WHERE unit = ?1 AND body = ?2"        \
                     " AND kind <> 'nomination' AND state IN ('ordered', 'noticed', 'printed')")   \
    X(ROUND_SET_REGISTERED, "UPDATE vote_round SET registered = ?3"                                \
                            " WHERE unit = ?1 AND round = ?2")                                     \
    X(ROUND_SET_ISSUED, "UPDATE vote_round SET issued = ?3 WHERE unit = ?1 AND round = ?2")        \
    X(ROUND_SET_RECOVERED, "UPDATE vote_round SET recovered = ?3, not_official = ?4"               \
                           " WHERE unit = ?1 AND round = ?2")                                      \
    X(ROUND_SET_COUNTED, "UPDATE vote_round SET valid = ?3, invalid = ?4, blank = ?5"              \
                         " WHERE unit = ?1 AND round = ?2")                                        \
    X(ROUND_POST_COUNT, "SELECT COUNT(*) FROM round_post WHERE unit = ?1 AND round = ?2")          \
    X(ROUND_POST_ADD, "INSERT INTO round_post (" POST_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5)"      \
                      " ON CONFLICT (unit, round, post) DO UPDATE SET seats = excluded.seats")     \
    X(ROUND_POSTS, "SELECT " POST_COLUMNS " FROM round_post WHERE unit = ?1 AND round = ?2"        \
                   " ORDER BY place")                                                              \
    X(ROUND_CANDIDATES_CLEAR, "DELETE FROM round_candidate"                                        \
                              " WHERE unit = ?1 AND round = ?2 AND post = ?3")                     \
    X(ROUND_CANDIDATE_ADD, "INSERT INTO round_candidate (" CANDIDATE_COLUMNS ")"                   \
                           " VALUES (?1, ?2, ?3, ?4, ?5, 'stands')")                               \
    X(ROUND_CANDIDATES, "SELECT c.unit, c.round, c.post, c.place, c.person, c.state"               \
                        " FROM round_candidate c JOIN round_post p ON p.unit = c.unit"             \
                        " AND p.round = c.round AND p.post = c.post"                               \
                        " WHERE c.unit = ?1 AND c.round = ?2 AND (?3 = '' OR c.post = ?3)"         \
                        " ORDER BY p.place, c.place")                                              \
    X(ROUND_STRIKE, "UPDATE round_candidate SET state = 'struck' WHERE unit = ?1 AND person = ?3"  \
                    " AND round IN (SELECT r.round FROM vote_round r WHERE r.unit = ?1"            \
                    " AND r.body = ?2 AND r.state NOT IN ('announced', 'settled', 'void'))")
DB_QUERIES(round_store)

DB_SHAPE(ROUND_SHAPE, struct round, DB_COL_TEXT(struct round, unit),
         DB_COL_INT(struct round, round), DB_COL_TEXT(struct round, body),
         DB_COL_TEXT(struct round, kind), DB_COL_DATE(struct round, polling_day),
         DB_COL_TEXT(struct round, state), DB_COL_INT(struct round, after_round),
         DB_COL_INT(struct round, opened_seq), DB_COL_INT(struct round, registered),
         DB_COL_INT(struct round, issued), DB_COL_INT(struct round, recovered),
         DB_COL_INT(struct round, not_official), DB_COL_INT(struct round, valid),
         DB_COL_INT(struct round, invalid), DB_COL_INT(struct round, blank),
         DB_COL_TEXT(struct round, void_ground));

DB_SHAPE(ROUND_POST_SHAPE, struct round_post, DB_COL_TEXT(struct round_post, unit),
         DB_COL_INT(struct round_post, round), DB_COL_TEXT(struct round_post, post),
         DB_COL_INT(struct round_post, place), DB_COL_INT(struct round_post, seats));

DB_SHAPE(ROUND_CANDIDATE_SHAPE, struct round_candidate, DB_COL_TEXT(struct round_candidate, unit),
         DB_COL_INT(struct round_candidate, round), DB_COL_TEXT(struct round_candidate, post),
         DB_COL_INT(struct round_candidate, place), DB_COL_TEXT(struct round_candidate, person),
         DB_COL_TEXT(struct round_candidate, state));

static const char *const STATE_WORDS[ROUND_STATE_COUNT] = {
    [ROUND_ORDERED] = "ordered",     [ROUND_NOTICED] = "noticed", [ROUND_PRINTED] = "printed",
    [ROUND_OPEN] = "open",           [ROUND_CLOSED] = "closed",   [ROUND_GATHERED] = "gathered",
    [ROUND_COUNTING] = "counting",   [ROUND_COUNTED] = "counted", [ROUND_DERIVED] = "derived",
    [ROUND_ANNOUNCED] = "announced", [ROUND_SETTLED] = "settled", [ROUND_VOID] = "void",
};

const char *
round_state_word(enum round_state state)
{
    ASSERT(state < ROUND_STATE_COUNT);
    return STATE_WORDS[state];
}

enum round_state
round_state_find(const char *word)
{
    enum round_state state = ROUND_ORDERED;
    while (state < ROUND_STATE_COUNT && strcmp(STATE_WORDS[state], word) != 0)
        state++;
    return state;
}

enum err
round_store_open(struct ctx *ctx, struct db *db, const struct round *round, int64_t *ret_number)
{
    int64_t last;
    TRY(db_count(ctx, db, QUERY(ROUND_MAX, db_text(round->unit)), &last));
    TRY(db_run(ctx, db,
               QUERY(ROUND_ADD, db_text(round->unit), db_int(last + 1), db_text(round->body),
                     db_text(round->kind), db_date(round->polling_day), db_int(round->after_round),
                     db_int(round->opened_seq))));
    *ret_number = last + 1;
    return ERR_OK;
}

enum err
round_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                 struct round *ret_round)
{
    return db_find(ctx, db, QUERY(ROUND_FIND, db_text(unit), db_int(number)), &ROUND_SHAPE,
                   ret_round);
}

enum err
round_store_list(struct ctx *ctx, struct db *db, const char *unit, struct round **ret_rounds,
                 size_t *ret_count)
{
    return db_list(ctx, db, QUERY(ROUND_LIST, db_text(unit)), &ROUND_SHAPE, ret_rounds, ret_count);
}

enum err
round_store_last(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                 const char *kind, struct round *ret_round)
{
    return db_find(ctx, db,
                   QUERY(ROUND_LAST, db_text(unit), db_text(body), db_text(kind ? kind : "")),
                   &ROUND_SHAPE, ret_round);
}

enum err
round_store_set_state(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                      enum round_state state)
{
    return db_run_one(
        ctx, db,
        QUERY(ROUND_SET_STATE, db_text(unit), db_int(number), db_text(round_state_word(state))));
}

enum err
round_store_set_void(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                     const char *ground)
{
    return db_run_one(ctx, db,
                      QUERY(ROUND_SET_VOID, db_text(unit), db_int(number), db_text(ground)));
}

enum err
round_store_set_day(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                    struct date day)
{
    return db_run(ctx, db, QUERY(ROUND_SET_DAY, db_text(unit), db_text(body), db_date(day)));
}

enum err
round_store_set_registered(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                           int64_t registered)
{
    return db_run_one(
        ctx, db, QUERY(ROUND_SET_REGISTERED, db_text(unit), db_int(number), db_int(registered)));
}

enum err
round_store_set_issued(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                       int64_t issued)
{
    return db_run_one(ctx, db,
                      QUERY(ROUND_SET_ISSUED, db_text(unit), db_int(number), db_int(issued)));
}

enum err
round_store_set_recovered(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                          int64_t recovered, int64_t not_official)
{
    return db_run_one(ctx, db,
                      QUERY(ROUND_SET_RECOVERED, db_text(unit), db_int(number), db_int(recovered),
                            db_int(not_official)));
}

enum err
round_store_set_counted(struct ctx *ctx, struct db *db, const struct round *round)
{
    return db_run_one(ctx, db,
                      QUERY(ROUND_SET_COUNTED, db_text(round->unit), db_int(round->round),
                            db_int(round->valid), db_int(round->invalid), db_int(round->blank)));
}

enum err
round_store_add_post(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                     const char *post, int64_t seats)
{
    int64_t count;
    TRY(db_count(ctx, db, QUERY(ROUND_POST_COUNT, db_text(unit), db_int(number)), &count));
    return db_run(ctx, db,
                  QUERY(ROUND_POST_ADD, db_text(unit), db_int(number), db_text(post),
                        db_int(count + 1), db_int(seats)));
}

enum err
round_store_posts(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                  struct round_post **ret_posts, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(ROUND_POSTS, db_text(unit), db_int(number)), &ROUND_POST_SHAPE,
                   ret_posts, ret_count);
}

enum err
round_store_set_candidates(struct ctx *ctx, struct db *db, const struct round_post *post,
                           const char *const *persons, size_t count)
{
    TRY(db_run(ctx, db,
               QUERY(ROUND_CANDIDATES_CLEAR, db_text(post->unit), db_int(post->round),
                     db_text(post->post))));
    for (size_t i = 0; i < count; i++)
        TRY(db_run(ctx, db,
                   QUERY(ROUND_CANDIDATE_ADD, db_text(post->unit), db_int(post->round),
                         db_text(post->post), db_int((int64_t)i + 1), db_text(persons[i]))));
    return ERR_OK;
}

enum err
round_store_candidates(struct ctx *ctx, struct db *db, const char *unit, int64_t number,
                       const char *post, struct round_candidate **ret_list, size_t *ret_count)
{
    return db_list(
        ctx, db, QUERY(ROUND_CANDIDATES, db_text(unit), db_int(number), db_text(post ? post : "")),
        &ROUND_CANDIDATE_SHAPE, ret_list, ret_count);
}

enum err
round_store_strike(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                   const char *person)
{
    return db_run(ctx, db, QUERY(ROUND_STRIKE, db_text(unit), db_text(body), db_text(person)));
}
