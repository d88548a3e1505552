/* SPDX-License-Identifier: Apache-2.0 */
#include "store/outcome_store.h"

#include <string.h>

#include "store/round_store.h"

#define QUERIES(X)                                                                                 \
    X(OUTCOME_ADD, "INSERT INTO outcome (unit, round, seq, law, facts, result, announced_on) "     \
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                          \
    X(OUTCOME_CLEAR_OUTCOME, "DELETE FROM outcome WHERE unit = ?1 AND round = ?2")                 \
    X(OUTCOME_CLEAR_OUTCOME_POST, "DELETE FROM outcome_post WHERE unit = ?1 AND round = ?2")       \
    X(OUTCOME_CLEAR_OUTCOME_NEXT, "DELETE FROM outcome_next WHERE unit = ?1 AND round = ?2")       \
    X(OUTCOME_CLEAR_SEATED, "DELETE FROM seated WHERE unit = ?1 AND round = ?2")                   \
    X(OUTCOME_FIND, "SELECT unit, round, seq, law, facts, result, announced_on FROM outcome "      \
                    "WHERE unit = ?1 AND round = ?2")                                              \
    X(OUTCOME_LIST, "SELECT unit, round, seq, law, facts, result, announced_on FROM outcome"       \
                    " WHERE ?1 = '' OR unit = ?1 ORDER BY unit, round")                            \
    X(OUTCOME_ANNOUNCE, "UPDATE outcome SET announced_on = ?3 WHERE unit = ?1 AND round = ?2")     \
    X(OUTCOME_POST_ADD, "INSERT INTO outcome_post (unit, round, post, place, seats, vacant, "      \
                        "next) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                               \
    X(OUTCOME_POSTS, "SELECT unit, round, post, place, seats, vacant, next FROM outcome_post"      \
                     " WHERE unit = ?1 AND round = ?2 ORDER BY place")                             \
    X(OUTCOME_POST_SET, "UPDATE outcome_post SET vacant = ?4, next = ?5"                           \
                        " WHERE unit = ?1 AND round = ?2 AND post = ?3")                           \
    X(OUTCOME_NEXT_ADD, "INSERT INTO outcome_next (unit, round, post, part, place, person) "       \
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                                         \
    X(OUTCOME_NEXT_LIST, "SELECT unit, round, post, part, place, person FROM outcome_next"         \
                         " WHERE unit = ?1 AND round = ?2 AND post = ?3 ORDER BY part, place")     \
    X(OUTCOME_NEXT_CLEAR, "DELETE FROM outcome_next WHERE unit = ?1 AND round = ?2 AND post = ?3") \
    X(SEATED_ADD,                                                                                  \
      "INSERT INTO seated (unit, round, post, place, body, person, name, sex, votes, write_in, "   \
      "state, since_day, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")    \
    X(SEATED_LIST, "SELECT unit, round, post, place, body, person, name, sex, votes, write_in, "   \
                   "state, since_day, seq FROM seated"                                             \
                   " WHERE unit = ?1 AND body = ?2 ORDER BY round, post, place")                   \
    X(SEATED_FIND,                                                                                 \
      "SELECT unit, round, post, place, body, person, name, sex, votes, write_in, state, "         \
      "since_day, seq FROM seated WHERE unit = ?1 AND body = ?2 AND person = ?3"                   \
      " AND (?4 = '' OR post = ?4) ORDER BY round DESC LIMIT 1")                                   \
    X(SEATED_SET, "UPDATE seated SET state = ?5, since_day = ?6, seq = ?7"                         \
                  " WHERE unit = ?1 AND round = ?2 AND post = ?3 AND person = ?4")                 \
    X(SEATED_ANNOUNCE, "UPDATE seated SET since_day = ?3"                                          \
                       " WHERE unit = ?1 AND round = ?2 AND state = 'elected'")                    \
    X(SEATED_UNSEAT,                                                                               \
      "UPDATE seated SET state = 'void', seq = ?4"                                                 \
      " WHERE unit = ?1 AND body = ?2 AND person = ?3 AND state IN ('elected', 'pending')")        \
    X(VACANCY_ADD, "INSERT INTO vacancy (unit, seq, body, post, seats, acting, on_day) VALUES "    \
                   "(?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                                 \
    X(VACANCY_LIST, "SELECT unit, seq, body, post, seats, acting, on_day FROM vacancy"             \
                    " WHERE unit = ?1 AND body = ?2 ORDER BY seq")                                 \
    X(CERTIFICATE_ADD, "INSERT INTO certificate (unit, no, person, post, term_from, term_to, "     \
                       "on_day, seq, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")          \
    X(CERTIFICATE_FIND, "SELECT unit, no, person, post, term_from, term_to, on_day, seq, state "   \
                        "FROM certificate WHERE unit = ?1 AND no = ?2")                            \
    X(CERTIFICATE_LIST, "SELECT unit, no, person, post, term_from, term_to, on_day, seq, state "   \
                        "FROM certificate WHERE unit = ?1 ORDER BY seq, no")                       \
    X(CERTIFICATE_CANCEL, "UPDATE certificate SET state = 'cancelled'"                             \
                          " WHERE unit = ?1 AND (?2 = '' OR person = ?2)")                         \
    X(PACKET_ADD, "INSERT INTO sealed_packet (unit, round, kind, seal_no, papers, custodian, "     \
                  "place, keep_until, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")           \
    X(PACKET_LIST, "SELECT unit, round, kind, seal_no, papers, custodian, place, keep_until, seq " \
                   "FROM sealed_packet"                                                            \
                   " WHERE unit = ?1 AND (?2 < 0 OR round = ?2) ORDER BY round, kind, seal_no")
DB_QUERIES(outcome_store)

DB_SHAPE(OUTCOME_SHAPE, struct outcome_row, DB_COL_TEXT(struct outcome_row, unit),
         DB_COL_INT(struct outcome_row, round), DB_COL_INT(struct outcome_row, seq),
         DB_COL_TEXT(struct outcome_row, law), DB_COL_TEXT(struct outcome_row, facts),
         DB_COL_TEXT(struct outcome_row, result), DB_COL_DATE(struct outcome_row, announced_on));
DB_SHAPE(OUTCOME_POST_SHAPE, struct outcome_post, DB_COL_TEXT(struct outcome_post, unit),
         DB_COL_INT(struct outcome_post, round), DB_COL_TEXT(struct outcome_post, post),
         DB_COL_INT(struct outcome_post, place), DB_COL_INT(struct outcome_post, seats),
         DB_COL_INT(struct outcome_post, vacant), DB_COL_TEXT(struct outcome_post, next));
DB_SHAPE(OUTCOME_NEXT_SHAPE, struct outcome_next, DB_COL_TEXT(struct outcome_next, unit),
         DB_COL_INT(struct outcome_next, round), DB_COL_TEXT(struct outcome_next, post),
         DB_COL_TEXT(struct outcome_next, part), DB_COL_INT(struct outcome_next, place),
         DB_COL_TEXT(struct outcome_next, person));
DB_SHAPE(SEATED_SHAPE, struct seated, DB_COL_TEXT(struct seated, unit),
         DB_COL_INT(struct seated, round), DB_COL_TEXT(struct seated, post),
         DB_COL_INT(struct seated, place), DB_COL_TEXT(struct seated, body),
         DB_COL_TEXT(struct seated, person), DB_COL_TEXT(struct seated, name),
         DB_COL_TEXT(struct seated, sex), DB_COL_INT(struct seated, votes),
         DB_COL_BOOL(struct seated, write_in), DB_COL_TEXT(struct seated, state),
         DB_COL_DATE(struct seated, since), DB_COL_INT(struct seated, seq));
DB_SHAPE(VACANCY_SHAPE, struct vacancy, DB_COL_TEXT(struct vacancy, unit),
         DB_COL_INT(struct vacancy, seq), DB_COL_TEXT(struct vacancy, body),
         DB_COL_TEXT(struct vacancy, post), DB_COL_INT(struct vacancy, seats),
         DB_COL_TEXT(struct vacancy, acting), DB_COL_DATE(struct vacancy, on_day));
DB_SHAPE(CERTIFICATE_SHAPE, struct certificate, DB_COL_TEXT(struct certificate, unit),
         DB_COL_TEXT(struct certificate, no), DB_COL_TEXT(struct certificate, person),
         DB_COL_TEXT(struct certificate, post), DB_COL_DATE(struct certificate, term_from),
         DB_COL_DATE(struct certificate, term_to), DB_COL_DATE(struct certificate, on_day),
         DB_COL_INT(struct certificate, seq), DB_COL_TEXT(struct certificate, state));
DB_SHAPE(SEALED_PACKET_SHAPE, struct sealed_packet, DB_COL_TEXT(struct sealed_packet, unit),
         DB_COL_INT(struct sealed_packet, round), DB_COL_TEXT(struct sealed_packet, kind),
         DB_COL_TEXT(struct sealed_packet, seal_no), DB_COL_INT(struct sealed_packet, papers),
         DB_COL_TEXT(struct sealed_packet, custodian), DB_COL_TEXT(struct sealed_packet, place),
         DB_COL_DATE(struct sealed_packet, keep_until), DB_COL_INT(struct sealed_packet, seq));

enum err
outcome_store_clear(struct ctx *ctx, struct db *db, const char *unit, int64_t round)
{
    static const struct query *const CLEARS[] = {
        &OUTCOME_CLEAR_OUTCOME, &OUTCOME_CLEAR_OUTCOME_POST, &OUTCOME_CLEAR_OUTCOME_NEXT,
        &OUTCOME_CLEAR_SEATED};
    for (size_t i = 0; i < COUNT_OF(CLEARS); i++)
        TRY(db_run(ctx, db, QUERY(*CLEARS[i], db_text(unit), db_int(round))));
    return ERR_OK;
}

enum err
outcome_store_set(struct ctx *ctx, struct db *db, const struct outcome_row *outcome)
{
    TRY(outcome_store_clear(ctx, db, outcome->unit, outcome->round));
    return db_run(ctx, db,
                  QUERY(OUTCOME_ADD, db_text(outcome->unit), db_int(outcome->round),
                        db_int(outcome->seq), db_text(outcome->law), db_text(outcome->facts),
                        db_text(outcome->result), db_date(outcome->announced_on)));
}

enum err
outcome_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                   struct outcome_row *ret_outcome)
{
    return db_find(ctx, db, QUERY(OUTCOME_FIND, db_text(unit), db_int(round)), &OUTCOME_SHAPE,
                   ret_outcome);
}

enum err
outcome_store_list(struct ctx *ctx, struct db *db, const char *unit, struct outcome_row **ret_list,
                   size_t *ret_count)
{
    return db_list(ctx, db, QUERY(OUTCOME_LIST, db_text(unit ? unit : "")), &OUTCOME_SHAPE,
                   ret_list, ret_count);
}

enum err
outcome_store_announce(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                       struct date day)
{
    return db_run_one(ctx, db, QUERY(OUTCOME_ANNOUNCE, db_text(unit), db_int(round), db_date(day)));
}

enum err
outcome_store_add_post(struct ctx *ctx, struct db *db, const struct outcome_post *post)
{
    return db_run(ctx, db,
                  QUERY(OUTCOME_POST_ADD, db_text(post->unit), db_int(post->round),
                        db_text(post->post), db_int(post->place), db_int(post->seats),
                        db_int(post->vacant), db_text(post->next)));
}

enum err
outcome_store_posts(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                    struct outcome_post **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(OUTCOME_POSTS, db_text(unit), db_int(round)), &OUTCOME_POST_SHAPE,
                   ret_list, ret_count);
}

enum err
outcome_store_set_post(struct ctx *ctx, struct db *db, const struct outcome_post *post)
{
    return db_run_one(ctx, db,
                      QUERY(OUTCOME_POST_SET, db_text(post->unit), db_int(post->round),
                            db_text(post->post), db_int(post->vacant), db_text(post->next)));
}

enum err
outcome_store_add_next(struct ctx *ctx, struct db *db, const struct outcome_next *next)
{
    return db_run(ctx, db,
                  QUERY(OUTCOME_NEXT_ADD, db_text(next->unit), db_int(next->round),
                        db_text(next->post), db_text(next->part), db_int(next->place),
                        db_text(next->person)));
}

enum err
outcome_store_next(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                   const char *post, struct outcome_next **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(OUTCOME_NEXT_LIST, db_text(unit), db_int(round), db_text(post)),
                   &OUTCOME_NEXT_SHAPE, ret_list, ret_count);
}

enum err
outcome_store_clear_next(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                         const char *post)
{
    return db_run(ctx, db, QUERY(OUTCOME_NEXT_CLEAR, db_text(unit), db_int(round), db_text(post)));
}

enum err
seated_store_add(struct ctx *ctx, struct db *db, const struct seated *seated)
{
    return db_run(ctx, db,
                  QUERY(SEATED_ADD, db_text(seated->unit), db_int(seated->round),
                        db_text(seated->post), db_int(seated->place), db_text(seated->body),
                        db_text(seated->person), db_text(seated->name), db_text(seated->sex),
                        db_int(seated->votes), db_bool(seated->write_in), db_text(seated->state),
                        db_date(seated->since), db_int(seated->seq)));
}

enum err
seated_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                  struct seated **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(SEATED_LIST, db_text(unit), db_text(body)), &SEATED_SHAPE,
                   ret_list, ret_count);
}

enum err
seated_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                  const char *person, const char *post, struct seated *ret_seated)
{
    return db_find(ctx, db,
                   QUERY(SEATED_FIND, db_text(unit), db_text(body), db_text(person),
                         db_text(post ? post : "")),
                   &SEATED_SHAPE, ret_seated);
}

enum err
seated_store_set_state(struct ctx *ctx, struct db *db, const struct seated *seated)
{
    return db_run_one(ctx, db,
                      QUERY(SEATED_SET, db_text(seated->unit), db_int(seated->round),
                            db_text(seated->post), db_text(seated->person), db_text(seated->state),
                            db_date(seated->since), db_int(seated->seq)));
}

enum err
seated_store_announce(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                      struct date day)
{
    return db_run(ctx, db, QUERY(SEATED_ANNOUNCE, db_text(unit), db_int(round), db_date(day)));
}

enum err
seated_store_unseat(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                    const char *person, int64_t by_seq)
{
    TRY(db_run(
        ctx, db,
        QUERY(SEATED_UNSEAT, db_text(unit), db_text(body), db_text(person), db_int(by_seq))));
    return certificate_store_cancel(ctx, db, unit, person);
}

enum err
vacancy_store_add(struct ctx *ctx, struct db *db, const struct vacancy *vacancy)
{
    return db_run(ctx, db,
                  QUERY(VACANCY_ADD, db_text(vacancy->unit), db_int(vacancy->seq),
                        db_text(vacancy->body), db_text(vacancy->post), db_int(vacancy->seats),
                        db_text(vacancy->acting), db_date(vacancy->on_day)));
}

enum err
vacancy_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                   struct vacancy **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(VACANCY_LIST, db_text(unit), db_text(body)), &VACANCY_SHAPE,
                   ret_list, ret_count);
}

enum err
certificate_store_add(struct ctx *ctx, struct db *db, const struct certificate *certificate)
{
    return db_run(ctx, db,
                  QUERY(CERTIFICATE_ADD, db_text(certificate->unit), db_text(certificate->no),
                        db_text(certificate->person), db_text(certificate->post),
                        db_date(certificate->term_from), db_date(certificate->term_to),
                        db_date(certificate->on_day), db_int(certificate->seq),
                        db_text(certificate->state)));
}

enum err
certificate_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *no,
                       struct certificate *ret_certificate)
{
    return db_find(ctx, db, QUERY(CERTIFICATE_FIND, db_text(unit), db_text(no)), &CERTIFICATE_SHAPE,
                   ret_certificate);
}

enum err
certificate_store_list(struct ctx *ctx, struct db *db, const char *unit,
                       struct certificate **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(CERTIFICATE_LIST, db_text(unit)), &CERTIFICATE_SHAPE, ret_list,
                   ret_count);
}

enum err
certificate_store_cancel(struct ctx *ctx, struct db *db, const char *unit, const char *person)
{
    return db_run(ctx, db, QUERY(CERTIFICATE_CANCEL, db_text(unit), db_text(person ? person : "")));
}

enum err
packet_store_add(struct ctx *ctx, struct db *db, const struct sealed_packet *packet)
{
    return db_run(ctx, db,
                  QUERY(PACKET_ADD, db_text(packet->unit), db_int(packet->round),
                        db_text(packet->kind), db_text(packet->seal_no), db_int(packet->papers),
                        db_text(packet->custodian), db_text(packet->place),
                        db_date(packet->keep_until), db_int(packet->seq)));
}

enum err
packet_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                  struct sealed_packet **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(PACKET_LIST, db_text(unit), db_int(round)), &SEALED_PACKET_SHAPE,
                   ret_list, ret_count);
}
