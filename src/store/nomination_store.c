/* SPDX-License-Identifier: Apache-2.0 */
#include "store/nomination_store.h"

#define QUERIES(X)                                                                                 \
    X(NOMINATION_PUT, "INSERT INTO nomination (unit, seq, round, from_on, to_on, papers)"          \
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (unit) DO UPDATE SET"          \
                      " seq = excluded.seq, round = excluded.round, from_on = excluded.from_on,"   \
                      " to_on = excluded.to_on, papers = excluded.papers")                         \
    X(NOMINATION_FIND, "SELECT unit, seq, round, from_on, to_on, papers FROM nomination"           \
                       " WHERE unit = ?1")                                                         \
    X(VOTE_ADD, "INSERT INTO nomination_vote (unit, kind, post, person, votes)"                    \
                " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (unit, kind, post, person)"              \
                " DO UPDATE SET votes = excluded.votes")                                           \
    X(VOTE_CLEAR, "DELETE FROM nomination_vote WHERE unit = ?1")                                   \
    X(VOTE_LIST, "SELECT unit, kind, post, person, votes FROM nomination_vote"                     \
                 " WHERE unit = ?1 AND kind = ?2 ORDER BY post, votes DESC, person")               \
    X(ANSWER_PUT, "INSERT INTO candidate_answer (unit, body, person, answer, post)"                \
                  " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (unit, body, person) DO UPDATE SET"    \
                  " answer = excluded.answer, post = excluded.post")                               \
    X(ANSWER_FIND, "SELECT unit, body, person, answer, post FROM candidate_answer"                 \
                   " WHERE unit = ?1 AND body = ?2 AND person = ?3")                               \
    X(LIST_PUT, "INSERT INTO candidate_list (unit, body, list, seq, posted_on, hash)"              \
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (unit, body, list) DO UPDATE SET"    \
                " seq = excluded.seq, posted_on = excluded.posted_on, hash = excluded.hash")       \
    X(LIST_FIND, "SELECT unit, body, list, seq, posted_on, hash FROM candidate_list"               \
                 " WHERE unit = ?1 AND body = ?2 AND list = ?3")                                   \
    X(OBJECTION_ADD, "INSERT INTO objection (unit, seq, subject, received_on, in_time, decision,"  \
                     " decided_seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                          \
    X(OBJECTION_FIND, "SELECT unit, seq, subject, received_on, in_time, decision, decided_seq"     \
                      " FROM objection WHERE unit = ?1 AND seq = ?2")                              \
    X(OBJECTION_DECIDE, "UPDATE objection SET decision = ?3, decided_seq = ?4"                     \
                        " WHERE unit = ?1 AND seq = ?2")                                           \
    X(OBJECTION_OPEN, "SELECT COUNT(*) FROM objection"                                             \
                      " WHERE unit = ?1 AND subject = ?2 AND decision = ''")
DB_QUERIES(nomination_store)

DB_SHAPE(NOMINATION_SHAPE, struct nomination, DB_COL_TEXT(struct nomination, unit),
         DB_COL_INT(struct nomination, seq), DB_COL_INT(struct nomination, round),
         DB_COL_DATE(struct nomination, from_on), DB_COL_DATE(struct nomination, to_on),
         DB_COL_INT(struct nomination, papers));
DB_SHAPE(VOTE_SHAPE, struct nomination_vote, DB_COL_TEXT(struct nomination_vote, unit),
         DB_COL_TEXT(struct nomination_vote, kind), DB_COL_TEXT(struct nomination_vote, post),
         DB_COL_TEXT(struct nomination_vote, person), DB_COL_INT(struct nomination_vote, votes));
DB_SHAPE(ANSWER_SHAPE, struct candidate_answer, DB_COL_TEXT(struct candidate_answer, unit),
         DB_COL_TEXT(struct candidate_answer, body), DB_COL_TEXT(struct candidate_answer, person),
         DB_COL_TEXT(struct candidate_answer, answer), DB_COL_TEXT(struct candidate_answer, post));
DB_SHAPE(LIST_SHAPE, struct candidate_list, DB_COL_TEXT(struct candidate_list, unit),
         DB_COL_TEXT(struct candidate_list, body), DB_COL_TEXT(struct candidate_list, list),
         DB_COL_INT(struct candidate_list, seq), DB_COL_DATE(struct candidate_list, posted_on),
         DB_COL_TEXT(struct candidate_list, hash));
DB_SHAPE(OBJECTION_SHAPE, struct objection, DB_COL_TEXT(struct objection, unit),
         DB_COL_INT(struct objection, seq), DB_COL_TEXT(struct objection, subject),
         DB_COL_DATE(struct objection, received_on), DB_COL_BOOL(struct objection, in_time),
         DB_COL_TEXT(struct objection, decision), DB_COL_INT(struct objection, decided_seq));

enum err
nomination_store_put(struct ctx *ctx, struct db *db, const struct nomination *nomination)
{
    return db_run(ctx, db,
                  QUERY(NOMINATION_PUT, db_text(nomination->unit), db_int(nomination->seq),
                        db_int(nomination->round), db_date(nomination->from_on),
                        db_date(nomination->to_on), db_int(nomination->papers)));
}

enum err
nomination_store_find(struct ctx *ctx, struct db *db, const char *unit,
                      struct nomination *ret_nomination)
{
    return db_find(ctx, db, QUERY(NOMINATION_FIND, db_text(unit)), &NOMINATION_SHAPE,
                   ret_nomination);
}

enum err
vote_store_add(struct ctx *ctx, struct db *db, const struct nomination_vote *vote)
{
    return db_run(ctx, db,
                  QUERY(VOTE_ADD, db_text(vote->unit), db_text(vote->kind), db_text(vote->post),
                        db_text(vote->person), db_int(vote->votes)));
}

enum err
vote_store_clear(struct ctx *ctx, struct db *db, const char *unit)
{
    return db_run(ctx, db, QUERY(VOTE_CLEAR, db_text(unit)));
}

enum err
vote_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                struct nomination_vote **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(VOTE_LIST, db_text(unit), db_text(kind)), &VOTE_SHAPE, ret_list,
                   ret_count);
}

enum err
answer_store_put(struct ctx *ctx, struct db *db, const struct candidate_answer *answer)
{
    return db_run(ctx, db,
                  QUERY(ANSWER_PUT, db_text(answer->unit), db_text(answer->body),
                        db_text(answer->person), db_text(answer->answer), db_text(answer->post)));
}

enum err
answer_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                  const char *person, struct candidate_answer *ret_answer)
{
    return db_find(ctx, db, QUERY(ANSWER_FIND, db_text(unit), db_text(body), db_text(person)),
                   &ANSWER_SHAPE, ret_answer);
}

enum err
list_store_put(struct ctx *ctx, struct db *db, const struct candidate_list *list)
{
    return db_run(ctx, db,
                  QUERY(LIST_PUT, db_text(list->unit), db_text(list->body), db_text(list->list),
                        db_int(list->seq), db_date(list->posted_on), db_text(list->hash)));
}

enum err
list_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                const char *list, struct candidate_list *ret_list)
{
    return db_find(ctx, db, QUERY(LIST_FIND, db_text(unit), db_text(body), db_text(list)),
                   &LIST_SHAPE, ret_list);
}

enum err
objection_store_add(struct ctx *ctx, struct db *db, const struct objection *objection)
{
    return db_run(ctx, db,
                  QUERY(OBJECTION_ADD, db_text(objection->unit), db_int(objection->seq),
                        db_text(objection->subject), db_date(objection->received_on),
                        db_bool(objection->in_time), db_text(objection->decision),
                        db_int(objection->decided_seq)));
}

enum err
objection_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                     struct objection *ret_objection)
{
    return db_find(ctx, db, QUERY(OBJECTION_FIND, db_text(unit), db_int(seq)), &OBJECTION_SHAPE,
                   ret_objection);
}

enum err
objection_store_decide(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                       const char *decision, int64_t by_seq)
{
    return db_run(
        ctx, db,
        QUERY(OBJECTION_DECIDE, db_text(unit), db_int(seq), db_text(decision), db_int(by_seq)));
}

enum err
objection_store_open(struct ctx *ctx, struct db *db, const char *unit, const char *subject,
                     int64_t *ret_count)
{
    return db_count(ctx, db, QUERY(OBJECTION_OPEN, db_text(unit), db_text(subject)), ret_count);
}
