/* SPDX-License-Identifier: Apache-2.0 */
#include "store/voter_store.h"

#include <string.h>

#define ROLL_COLUMNS                                                                               \
    "unit, state, from_on, to_on, confirmed_seq, posted_seq, posted_on, posted_count, list_hash,"  \
    " frozen_seq"
#define VOTER_COLUMNS                                                                              \
    "unit, person, state, head, reason, home, resident_since, village_work_since, applied_on,"     \
    " consent_seq"
#define CHANGE_COLUMNS                                                                             \
    "unit, seq, kind, person, head, reason, old_value, new_value, on_day, objection_seq, state,"   \
    " published_seq"
#define LINE_COLUMNS "p.person, p.name, p.sex, p.birth, p.grp, p.household"

#define QUERIES(X)                                                                                 \
    X(ROLL_FIND, "SELECT " ROLL_COLUMNS " FROM roll WHERE unit = ?1")                              \
    X(ROLL_SET, "INSERT INTO roll (" ROLL_COLUMNS ")"                                              \
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (unit) DO UPDATE"   \
                " SET state = ?2, from_on = ?3, to_on = ?4, confirmed_seq = ?5, posted_seq = ?6,"  \
                " posted_on = ?7, posted_count = ?8, list_hash = ?9, frozen_seq = ?10")            \
    X(ROLL_FREEZE, "UPDATE roll SET state = 'frozen', frozen_seq = ?2"                             \
                   " WHERE unit = ?1 AND frozen_seq = 0")                                          \
    X(ROLL_FROZEN, "SELECT COUNT(*) FROM roll WHERE unit = ?1 AND frozen_seq > 0")                 \
    X(VOTER_SET, "INSERT INTO voter (" VOTER_COLUMNS ")"                                           \
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (unit, person)"    \
                 " DO UPDATE SET state = ?3, head = ?4, reason = ?5, home = ?6,"                   \
                 " resident_since = ?7, village_work_since = ?8, applied_on = ?9,"                 \
                 " consent_seq = ?10")                                                             \
    X(VOTER_ADD_ALL,                                                                               \
      "INSERT INTO voter (" VOTER_COLUMNS ")"                                                      \
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",                                         \
      "COPY voter (" VOTER_COLUMNS ") FROM STDIN (FORMAT binary)")                                 \
    X(VOTER_FIND, "SELECT " VOTER_COLUMNS " FROM voter WHERE unit = ?1 AND person = ?2")           \
    X(VOTER_LIST, "SELECT " VOTER_COLUMNS " FROM voter WHERE unit = ?1 ORDER BY person")           \
    X(VOTER_MOVE, "UPDATE voter SET state = ?3 WHERE unit = ?1 AND state = ?2")                    \
    X(VOTER_IS_REGISTERED, "SELECT COUNT(*) FROM voter WHERE unit = ?1 AND person = ?2"            \
                           " AND state IN ('draft', 'listed')")                                    \
    X(VOTER_COUNT, "SELECT COUNT(*) FROM voter v JOIN roll r ON r.unit = v.unit"                   \
                   " WHERE v.unit = ?1 AND v.state = 'listed' AND r.posted_seq > 0")               \
    X(VOTER_COUNT_GROUP, "SELECT COUNT(*) FROM voter v JOIN person p"                              \
                         " ON p.unit = v.unit AND p.person = v.person"                             \
                         " WHERE v.unit = ?1 AND p.grp = ?2 AND v.state = 'listed'")               \
    X(VOTER_LINES, "SELECT " LINE_COLUMNS ", v.head, v.state FROM voter v JOIN person p"           \
                   " ON p.unit = v.unit AND p.person = v.person"                                   \
                   " WHERE v.unit = ?1 AND v.state IN (?2, ?3) ORDER BY p.person")                 \
    X(VOTER_GROUPS, "SELECT grp FROM person WHERE unit = ?1 AND grp <> ''"                         \
                    " GROUP BY grp ORDER BY MIN(person)")                                          \
    X(VOTER_UNCOVERED, "SELECT " LINE_COLUMNS ", 0, '' FROM person p LEFT JOIN voter v"            \
                       " ON v.unit = p.unit AND v.person = p.person"                               \
                       " WHERE p.unit = ?1 AND p.in_register = 1 AND v.person IS NULL"             \
                       " ORDER BY p.person")                                                       \
    X(ROLL_CHANGE_ADD, "INSERT INTO roll_change (" CHANGE_COLUMNS ")"                              \
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")              \
    X(ROLL_CHANGE_LIST, "SELECT " CHANGE_COLUMNS " FROM roll_change WHERE unit = ?1 ORDER BY seq") \
    X(ROLL_CHANGE_IN_STATE, "SELECT " CHANGE_COLUMNS " FROM roll_change"                           \
                            " WHERE unit = ?1 AND state = ?2 ORDER BY seq")                        \
    X(ROLL_CHANGE_PUBLISH, "UPDATE roll_change SET state = 'published', published_seq = ?2"        \
                           " WHERE unit = ?1 AND state = 'pending'")                               \
    X(ROLL_CHANGE_PENDING, "SELECT COUNT(*) FROM roll_change WHERE unit = ?1 AND person = ?2"      \
                           " AND state = 'pending'")                                               \
    X(ROLL_CHANGE_PENDING_KIND, "SELECT COUNT(*) FROM roll_change WHERE unit = ?1"                 \
                                " AND person = ?2 AND kind = ?3 AND state = 'pending'")
DB_QUERIES(voter_store)

DB_SHAPE(ROLL_SHAPE, struct roll, DB_COL_TEXT(struct roll, unit), DB_COL_TEXT(struct roll, state),
         DB_COL_DATE(struct roll, from_on), DB_COL_DATE(struct roll, to_on),
         DB_COL_INT(struct roll, confirmed_seq), DB_COL_INT(struct roll, posted_seq),
         DB_COL_DATE(struct roll, posted_on), DB_COL_INT(struct roll, posted_count),
         DB_COL_TEXT(struct roll, list_hash), DB_COL_INT(struct roll, frozen_seq));

DB_SHAPE(VOTER_SHAPE, struct voter, DB_COL_TEXT(struct voter, unit),
         DB_COL_TEXT(struct voter, person), DB_COL_TEXT(struct voter, state),
         DB_COL_INT(struct voter, head), DB_COL_TEXT(struct voter, reason),
         DB_COL_TEXT(struct voter, home), DB_COL_DATE(struct voter, resident_since),
         DB_COL_DATE(struct voter, village_work_since), DB_COL_DATE(struct voter, applied_on),
         DB_COL_INT(struct voter, consent_seq));

DB_SHAPE(LINE_SHAPE, struct voter_line, DB_COL_TEXT(struct voter_line, person),
         DB_COL_TEXT(struct voter_line, name), DB_COL_TEXT(struct voter_line, sex),
         DB_COL_DATE(struct voter_line, birth), DB_COL_TEXT(struct voter_line, grp),
         DB_COL_TEXT(struct voter_line, household), DB_COL_INT(struct voter_line, head),
         DB_COL_TEXT(struct voter_line, state));

DB_SHAPE(CHANGE_SHAPE, struct roll_change, DB_COL_TEXT(struct roll_change, unit),
         DB_COL_INT(struct roll_change, seq), DB_COL_TEXT(struct roll_change, kind),
         DB_COL_TEXT(struct roll_change, person), DB_COL_INT(struct roll_change, head),
         DB_COL_TEXT(struct roll_change, reason), DB_COL_TEXT(struct roll_change, old_value),
         DB_COL_TEXT(struct roll_change, new_value), DB_COL_DATE(struct roll_change, on_day),
         DB_COL_INT(struct roll_change, objection_seq), DB_COL_TEXT(struct roll_change, state),
         DB_COL_INT(struct roll_change, published_seq));

struct group_row {
    const char *name;
};
DB_SHAPE(GROUP_SHAPE, struct group_row, DB_COL_TEXT(struct group_row, name));

enum err
roll_store_find(struct ctx *ctx, struct db *db, const char *unit, struct roll *ret_roll)
{
    return db_find(ctx, db, QUERY(ROLL_FIND, db_text(unit)), &ROLL_SHAPE, ret_roll);
}

enum err
roll_store_set(struct ctx *ctx, struct db *db, const struct roll *roll)
{
    return db_run(ctx, db,
                  QUERY(ROLL_SET, db_text(roll->unit), db_text(roll->state), db_date(roll->from_on),
                        db_date(roll->to_on), db_int(roll->confirmed_seq), db_int(roll->posted_seq),
                        db_date(roll->posted_on), db_int(roll->posted_count),
                        db_text(roll->list_hash), db_int(roll->frozen_seq)));
}

#define VOTER_VALUES(voter)                                                                        \
    db_text((voter)->unit), db_text((voter)->person), db_text((voter)->state),                     \
        db_int((voter)->head), db_text((voter)->reason), db_text((voter)->home),                   \
        db_date((voter)->resident_since), db_date((voter)->village_work_since),                    \
        db_date((voter)->applied_on), db_int((voter)->consent_seq)

enum err
voter_store_set(struct ctx *ctx, struct db *db, const struct voter *voter)
{
    return db_run(ctx, db, QUERY(VOTER_SET, VOTER_VALUES(voter)));
}

static void
voter_fill(const void *arg, size_t i, struct db_value *values)
{
    const struct voter *voter = &((const struct voter *)arg)[i];
    const struct db_value row[] = {VOTER_VALUES(voter)};
    memcpy(values, row, sizeof row);
}

enum err
voter_store_add_all(struct ctx *ctx, struct db *db, const struct voter *list, size_t count)
{
    return db_bulk(ctx, db, (struct db_bulk){&VOTER_ADD_ALL, 10, count, voter_fill, list});
}

enum err
voter_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                 struct voter *ret_voter)
{
    return db_find(ctx, db, QUERY(VOTER_FIND, db_text(unit), db_text(person)), &VOTER_SHAPE,
                   ret_voter);
}

enum err
voter_store_list(struct ctx *ctx, struct db *db, const char *unit, struct voter **ret_list,
                 size_t *ret_count)
{
    return db_list(ctx, db, QUERY(VOTER_LIST, db_text(unit)), &VOTER_SHAPE, ret_list, ret_count);
}

enum err
voter_store_move(struct ctx *ctx, struct db *db, const char *unit, const char *from, const char *to)
{
    return db_run(ctx, db, QUERY(VOTER_MOVE, db_text(unit), db_text(from), db_text(to)));
}

static enum err
count_is(struct ctx *ctx, struct db *db, struct db_call call, bool *ret_is)
{
    int64_t count;
    TRY(db_count(ctx, db, call, &count));
    *ret_is = count > 0;
    return ERR_OK;
}

enum err
voter_store_is_registered(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                          bool *ret_is)
{
    return count_is(ctx, db, QUERY(VOTER_IS_REGISTERED, db_text(unit), db_text(person)), ret_is);
}

enum err
voter_store_count(struct ctx *ctx, struct db *db, const char *unit, int64_t *ret_count)
{
    return db_count(ctx, db, QUERY(VOTER_COUNT, db_text(unit)), ret_count);
}

enum err
voter_store_count_group(struct ctx *ctx, struct db *db, const char *unit, const char *grp,
                        int64_t *ret_count)
{
    return db_count(ctx, db, QUERY(VOTER_COUNT_GROUP, db_text(unit), db_text(grp)), ret_count);
}

enum err
voter_store_freeze(struct ctx *ctx, struct db *db, const char *unit, int64_t seq)
{
    return db_run(ctx, db, QUERY(ROLL_FREEZE, db_text(unit), db_int(seq)));
}

enum err
voter_store_is_frozen(struct ctx *ctx, struct db *db, const char *unit, bool *ret_is)
{
    return count_is(ctx, db, QUERY(ROLL_FROZEN, db_text(unit)), ret_is);
}

enum err
voter_store_lines(struct ctx *ctx, struct db *db, const char *unit, const char *state,
                  struct voter_line **ret_list, size_t *ret_count)
{
    return db_list(ctx, db,
                   QUERY(VOTER_LINES, db_text(unit), db_text(state ? state : "draft"),
                         db_text(state ? state : "listed")),
                   &LINE_SHAPE, ret_list, ret_count);
}

enum err
voter_store_groups(struct ctx *ctx, struct db *db, const char *unit, const char ***ret_groups,
                   size_t *ret_count)
{
    struct group_row *rows;
    size_t count;
    TRY(db_list(ctx, db, QUERY(VOTER_GROUPS, db_text(unit)), &GROUP_SHAPE, &rows, &count));
    const char **groups = mem_array(ctx->mem, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        groups[i] = rows[i].name;
    *ret_groups = groups;
    *ret_count = count;
    return ERR_OK;
}

enum err
voter_store_uncovered(struct ctx *ctx, struct db *db, const char *unit,
                      struct voter_line **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(VOTER_UNCOVERED, db_text(unit)), &LINE_SHAPE, ret_list,
                   ret_count);
}

enum err
roll_change_store_add(struct ctx *ctx, struct db *db, const struct roll_change *change)
{
    return db_run(ctx, db,
                  QUERY(ROLL_CHANGE_ADD, db_text(change->unit), db_int(change->seq),
                        db_text(change->kind), db_text(change->person), db_int(change->head),
                        db_text(change->reason), db_text(change->old_value),
                        db_text(change->new_value), db_date(change->on_day),
                        db_int(change->objection_seq), db_text(change->state),
                        db_int(change->published_seq)));
}

enum err
roll_change_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *state,
                       struct roll_change **ret_list, size_t *ret_count)
{
    const struct db_call all = QUERY(ROLL_CHANGE_LIST, db_text(unit));
    const struct db_call some = QUERY(ROLL_CHANGE_IN_STATE, db_text(unit), db_text(state));
    return db_list(ctx, db, state ? some : all, &CHANGE_SHAPE, ret_list, ret_count);
}

enum err
roll_change_store_publish(struct ctx *ctx, struct db *db, const char *unit, int64_t seq)
{
    return db_run(ctx, db, QUERY(ROLL_CHANGE_PUBLISH, db_text(unit), db_int(seq)));
}

enum err
roll_change_store_pending(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                          const char *kind, bool *ret_is)
{
    if (!kind)
        return count_is(ctx, db, QUERY(ROLL_CHANGE_PENDING, db_text(unit), db_text(person)),
                        ret_is);
    return count_is(ctx, db,
                    QUERY(ROLL_CHANGE_PENDING_KIND, db_text(unit), db_text(person), db_text(kind)),
                    ret_is);
}
