/* SPDX-License-Identifier: Apache-2.0 */
#include "store/count_store.h"

#define QUERIES(X)                                                                                 \
    X(COUNT_VOTES_CLEAR, "DELETE FROM count_vote WHERE unit = ?1 AND round = ?2")                  \
    X(COUNT_SECTIONS_CLEAR, "DELETE FROM count_section WHERE unit = ?1 AND round = ?2")            \
    X(COUNT_VOTE_ADD, "INSERT INTO count_vote (unit, round, post, place, person, name, printed, "  \
                      "votes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")                            \
    X(COUNT_SECTION_ADD, "INSERT INTO count_section (unit, round, post, valid, invalid, blank) "   \
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                                        \
    X(COUNT_VOTES, "SELECT unit, round, post, place, person, name, printed, votes FROM count_vote" \
                   " WHERE unit = ?1 AND round = ?2 ORDER BY post, place")                         \
    X(COUNT_SECTIONS, "SELECT unit, round, post, valid, invalid, blank FROM count_section"         \
                      " WHERE unit = ?1 AND round = ?2 ORDER BY post")                             \
    X(TALLY_AUDIT_ADD, "INSERT INTO tally_audit (unit, seq, round, method, risk_permille, state) " \
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                                          \
    X(TALLY_AUDIT_FIND, "SELECT unit, seq, round, method, risk_permille, state FROM tally_audit "  \
                        "WHERE unit = ?1 AND seq = ?2")                                            \
    X(TALLY_AUDIT_LAST, "SELECT unit, seq, round, method, risk_permille, state FROM tally_audit"   \
                        " WHERE unit = ?1 AND round = ?2 ORDER BY seq DESC LIMIT 1")               \
    X(TALLY_AUDIT_SET, "UPDATE tally_audit SET state = ?3 WHERE unit = ?1 AND seq = ?2")           \
    X(TALLY_SAMPLE_ADD,                                                                            \
      "INSERT INTO tally_sample (unit, seq, bundle, ballot) VALUES (?1, ?2, ?3, ?4)")              \
    X(TALLY_SAMPLES, "SELECT unit, seq, bundle, ballot FROM tally_sample"                          \
                     " WHERE unit = ?1 AND seq = ?2 ORDER BY bundle, ballot")
DB_QUERIES(count_store)

DB_SHAPE(COUNT_VOTE_SHAPE, struct count_vote, DB_COL_TEXT(struct count_vote, unit),
         DB_COL_INT(struct count_vote, round), DB_COL_TEXT(struct count_vote, post),
         DB_COL_INT(struct count_vote, place), DB_COL_TEXT(struct count_vote, person),
         DB_COL_TEXT(struct count_vote, name), DB_COL_BOOL(struct count_vote, printed),
         DB_COL_INT(struct count_vote, votes));
DB_SHAPE(COUNT_SECTION_SHAPE, struct count_section, DB_COL_TEXT(struct count_section, unit),
         DB_COL_INT(struct count_section, round), DB_COL_TEXT(struct count_section, post),
         DB_COL_INT(struct count_section, valid), DB_COL_INT(struct count_section, invalid),
         DB_COL_INT(struct count_section, blank));
DB_SHAPE(TALLY_AUDIT_SHAPE, struct tally_audit, DB_COL_TEXT(struct tally_audit, unit),
         DB_COL_INT(struct tally_audit, seq), DB_COL_INT(struct tally_audit, round),
         DB_COL_TEXT(struct tally_audit, method), DB_COL_INT(struct tally_audit, risk_permille),
         DB_COL_TEXT(struct tally_audit, state));
DB_SHAPE(TALLY_SAMPLE_SHAPE, struct tally_sample, DB_COL_TEXT(struct tally_sample, unit),
         DB_COL_INT(struct tally_sample, seq), DB_COL_INT(struct tally_sample, bundle),
         DB_COL_INT(struct tally_sample, ballot));

enum err
count_store_clear(struct ctx *ctx, struct db *db, const char *unit, int64_t round)
{
    TRY(db_run(ctx, db, QUERY(COUNT_VOTES_CLEAR, db_text(unit), db_int(round))));
    return db_run(ctx, db, QUERY(COUNT_SECTIONS_CLEAR, db_text(unit), db_int(round)));
}

enum err
count_store_add_vote(struct ctx *ctx, struct db *db, const struct count_vote *vote)
{
    return db_run(ctx, db,
                  QUERY(COUNT_VOTE_ADD, db_text(vote->unit), db_int(vote->round),
                        db_text(vote->post), db_int(vote->place), db_text(vote->person),
                        db_text(vote->name), db_bool(vote->printed), db_int(vote->votes)));
}

enum err
count_store_add_section(struct ctx *ctx, struct db *db, const struct count_section *section)
{
    return db_run(ctx, db,
                  QUERY(COUNT_SECTION_ADD, db_text(section->unit), db_int(section->round),
                        db_text(section->post), db_int(section->valid), db_int(section->invalid),
                        db_int(section->blank)));
}

enum err
count_store_votes(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                  struct count_vote **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(COUNT_VOTES, db_text(unit), db_int(round)), &COUNT_VOTE_SHAPE,
                   ret_list, ret_count);
}

enum err
count_store_sections(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                     struct count_section **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(COUNT_SECTIONS, db_text(unit), db_int(round)),
                   &COUNT_SECTION_SHAPE, ret_list, ret_count);
}

enum err
tally_audit_store_add(struct ctx *ctx, struct db *db, const struct tally_audit *audit)
{
    return db_run(ctx, db,
                  QUERY(TALLY_AUDIT_ADD, db_text(audit->unit), db_int(audit->seq),
                        db_int(audit->round), db_text(audit->method), db_int(audit->risk_permille),
                        db_text(audit->state)));
}

enum err
tally_audit_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                       struct tally_audit *ret_audit)
{
    return db_find(ctx, db, QUERY(TALLY_AUDIT_FIND, db_text(unit), db_int(seq)), &TALLY_AUDIT_SHAPE,
                   ret_audit);
}

enum err
tally_audit_store_last(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                       struct tally_audit *ret_audit)
{
    return db_find(ctx, db, QUERY(TALLY_AUDIT_LAST, db_text(unit), db_int(round)),
                   &TALLY_AUDIT_SHAPE, ret_audit);
}

enum err
tally_audit_store_set_state(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                            const char *state)
{
    return db_run_one(ctx, db, QUERY(TALLY_AUDIT_SET, db_text(unit), db_int(seq), db_text(state)));
}

enum err
tally_audit_store_add_sample(struct ctx *ctx, struct db *db, const struct tally_sample *sample)
{
    return db_run(ctx, db,
                  QUERY(TALLY_SAMPLE_ADD, db_text(sample->unit), db_int(sample->seq),
                        db_int(sample->bundle), db_int(sample->ballot)));
}

enum err
tally_audit_store_samples(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                          struct tally_sample **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(TALLY_SAMPLES, db_text(unit), db_int(seq)), &TALLY_SAMPLE_SHAPE,
                   ret_list, ret_count);
}
