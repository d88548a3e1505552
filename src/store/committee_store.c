/* SPDX-License-Identifier: Apache-2.0 */
#include "store/committee_store.h"

#include "store/person_store.h"

#define MEMBER_COLUMNS "unit, person, kind, post, votes, place, state"

#define QUERIES(X)                                                                                 \
    X(COMMITTEE_PUT, "INSERT INTO committee_member (" MEMBER_COLUMNS ")"                           \
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (unit, person) DO UPDATE"   \
                     " SET kind = excluded.kind, post = excluded.post, votes = excluded.votes,"    \
                     " place = excluded.place, state = excluded.state")                            \
    X(COMMITTEE_MEMBERS,                                                                           \
      "SELECT " MEMBER_COLUMNS " FROM committee_member"                                            \
      " WHERE unit = ?1 AND state = 'in' ORDER BY CASE post WHEN 'chair' THEN 0"                   \
      " WHEN 'vice_chair' THEN 1 ELSE 2 END, place, person")                                       \
    X(COMMITTEE_WAITING, "SELECT " MEMBER_COLUMNS " FROM committee_member"                         \
                         " WHERE unit = ?1 AND state = 'waiting' ORDER BY votes DESC, place")      \
    X(COMMITTEE_SET_STATE,                                                                         \
      "UPDATE committee_member SET state = ?3 WHERE unit = ?1 AND person = ?2")                    \
    X(COMMITTEE_SIZE, "SELECT COUNT(*) FROM committee_member WHERE unit = ?1 AND kind = 'member'") \
    X(COMMITTEE_IN, "SELECT COUNT(*) FROM committee_member WHERE unit = ?1 AND state = 'in'")      \
    X(DECISION_ADD, "INSERT INTO committee_decision (unit, seq, item, matter, favour, members,"    \
                    " passed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                \
    X(DECISION_COUNT, "SELECT COUNT(*) FROM committee_decision WHERE unit = ?1 AND seq = ?2")      \
    X(DECISION_FAILED, "SELECT COUNT(*) FROM committee_decision"                                   \
                       " WHERE unit = ?1 AND seq = ?2 AND passed = 0")                             \
    X(RULES_PUT, "INSERT INTO adopted_rules (unit, kind, seq, bars, mode, audit_sample)"           \
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (unit, kind) DO UPDATE SET"         \
                 " seq = excluded.seq, bars = excluded.bars, mode = excluded.mode,"                \
                 " audit_sample = excluded.audit_sample")                                          \
    X(RULES_FIND, "SELECT unit, kind, seq, bars, mode, audit_sample FROM adopted_rules"            \
                  " WHERE unit = ?1 AND kind = ?2")                                                \
    X(RULES_PUT_PLACE, "INSERT INTO rules_place (unit, post, candidates) VALUES (?1, ?2, ?3)"      \
                       " ON CONFLICT (unit, post) DO UPDATE SET candidates = excluded.candidates") \
    X(RULES_PLACES, "SELECT COALESCE(MAX(candidates), 0) FROM rules_place"                         \
                    " WHERE unit = ?1 AND post = ?2")
DB_QUERIES(committee_store)

DB_SHAPE(MEMBER_SHAPE, struct committee_member, DB_COL_TEXT(struct committee_member, unit),
         DB_COL_TEXT(struct committee_member, person), DB_COL_TEXT(struct committee_member, kind),
         DB_COL_TEXT(struct committee_member, post), DB_COL_INT(struct committee_member, votes),
         DB_COL_INT(struct committee_member, place), DB_COL_TEXT(struct committee_member, state));
DB_SHAPE(RULES_SHAPE, struct adopted_rules, DB_COL_TEXT(struct adopted_rules, unit),
         DB_COL_TEXT(struct adopted_rules, kind), DB_COL_INT(struct adopted_rules, seq),
         DB_COL_TEXT(struct adopted_rules, bars), DB_COL_TEXT(struct adopted_rules, mode),
         DB_COL_BOOL(struct adopted_rules, audit_sample));

enum err
committee_store_put(struct ctx *ctx, struct db *db, const struct committee_member *member)
{
    return db_run(ctx, db,
                  QUERY(COMMITTEE_PUT, db_text(member->unit), db_text(member->person),
                        db_text(member->kind), db_text(member->post), db_int(member->votes),
                        db_int(member->place), db_text(member->state)));
}

enum err
committee_store_members(struct ctx *ctx, struct db *db, const char *unit,
                        struct committee_member **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(COMMITTEE_MEMBERS, db_text(unit)), &MEMBER_SHAPE, ret_list,
                   ret_count);
}

enum err
committee_store_waiting(struct ctx *ctx, struct db *db, const char *unit,
                        struct committee_member **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(COMMITTEE_WAITING, db_text(unit)), &MEMBER_SHAPE, ret_list,
                   ret_count);
}

enum err
committee_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                     struct committee_member *ret_member)
{
    struct committee_member *members;
    size_t count;
    TRY(committee_store_members(ctx, db, unit, &members, &count));
    for (size_t i = 0; i < count; i++) {
        bool same;
        TRY(person_is_same(ctx, db, unit, members[i].person, person, &same));
        if (same) {
            *ret_member = members[i];
            return ERR_OK;
        }
    }
    return ERR_NOT_FOUND;
}

enum err
committee_store_set_state(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                          const char *state)
{
    return db_run_one(ctx, db,
                      QUERY(COMMITTEE_SET_STATE, db_text(unit), db_text(person), db_text(state)));
}

enum err
committee_store_open_places(struct ctx *ctx, struct db *db, const char *unit, int64_t *ret_places)
{
    int64_t size;
    int64_t in_office;
    TRY(db_count(ctx, db, QUERY(COMMITTEE_SIZE, db_text(unit)), &size));
    TRY(db_count(ctx, db, QUERY(COMMITTEE_IN, db_text(unit)), &in_office));
    *ret_places = size - in_office;
    return ERR_OK;
}

enum err
decision_store_add(struct ctx *ctx, struct db *db, const struct committee_decision *decision)
{
    return db_run(ctx, db,
                  QUERY(DECISION_ADD, db_text(decision->unit), db_int(decision->seq),
                        db_int(decision->item), db_text(decision->matter), db_int(decision->favour),
                        db_int(decision->members), db_bool(decision->passed)));
}

enum err
decision_store_passed(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                      bool *ret_passed)
{
    int64_t count;
    int64_t failed;
    TRY(db_count(ctx, db, QUERY(DECISION_COUNT, db_text(unit), db_int(seq)), &count));
    TRY(db_count(ctx, db, QUERY(DECISION_FAILED, db_text(unit), db_int(seq)), &failed));
    *ret_passed = count > 0 && failed == 0;
    return ERR_OK;
}

enum err
rules_store_put(struct ctx *ctx, struct db *db, const struct adopted_rules *rules)
{
    return db_run(ctx, db,
                  QUERY(RULES_PUT, db_text(rules->unit), db_text(rules->kind), db_int(rules->seq),
                        db_text(rules->bars), db_text(rules->mode), db_bool(rules->audit_sample)));
}

enum err
rules_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                 struct adopted_rules *ret_rules)
{
    return db_find(ctx, db, QUERY(RULES_FIND, db_text(unit), db_text(kind)), &RULES_SHAPE,
                   ret_rules);
}

enum err
rules_store_put_place(struct ctx *ctx, struct db *db, const char *unit, const char *post,
                      int64_t candidates)
{
    return db_run(ctx, db,
                  QUERY(RULES_PUT_PLACE, db_text(unit), db_text(post), db_int(candidates)));
}

enum err
rules_store_places(struct ctx *ctx, struct db *db, const char *unit, const char *post,
                   int64_t *ret_candidates)
{
    return db_count(ctx, db, QUERY(RULES_PLACES, db_text(unit), db_text(post)), ret_candidates);
}
