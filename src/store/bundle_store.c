/* SPDX-License-Identifier: Apache-2.0 */
#include "store/bundle_store.h"

#define BUNDLE_COLUMNS                                                                             \
    "b.unit, b.round, b.bundle, b.size, b.state, b.attempt, b.since, COALESCE(f.form, 0)"          \
    " FROM bundle b LEFT JOIN bundle_form f ON f.unit = b.unit AND f.round = b.round"              \
    " AND f.bundle = b.bundle"

#define QUERIES(X)                                                                                 \
    X(BUNDLE_ADD, "INSERT INTO bundle (unit, round, bundle, size, state, attempt, since) VALUES "  \
                  "(?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                                  \
    X(BUNDLE_ADD_FORM, "INSERT INTO bundle_form (unit, round, bundle, form)"                       \
                       " VALUES (?1, ?2, ?3, ?4)")                                                 \
    X(BUNDLE_FIND, "SELECT " BUNDLE_COLUMNS " WHERE b.unit = ?1 AND b.round = ?2"                  \
                   " AND b.bundle = ?3")                                                           \
    X(BUNDLE_LIST, "SELECT " BUNDLE_COLUMNS " WHERE b.unit = ?1 AND b.round = ?2"                  \
                   " ORDER BY b.bundle")                                                           \
    X(BUNDLE_SET, "UPDATE bundle SET state = ?4, attempt = ?5, since = ?6"                         \
                  " WHERE unit = ?1 AND round = ?2 AND bundle = ?3")                               \
    X(BUNDLE_HAND_ADD, "INSERT INTO bundle_hand (unit, round, bundle, hand, attempt, seq, actor, " \
                       "form, invalid, blank) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")   \
    X(BUNDLE_HANDS, "SELECT unit, round, bundle, hand, attempt, seq, actor, form, invalid, blank " \
                    "FROM bundle_hand"                                                             \
                    " WHERE unit = ?1 AND round = ?2 AND bundle = ?3 ORDER BY attempt, hand")      \
    X(BUNDLE_SECTION_ADD,                                                                          \
      "INSERT INTO bundle_section (unit, round, bundle, hand, attempt, ballot, post, marks, "      \
      "write_ins, against, defect) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")         \
    X(BUNDLE_SECTIONS,                                                                             \
      "SELECT s.unit, s.round, s.bundle, s.hand, s.attempt, s.ballot, s.post, s.marks, "           \
      "s.write_ins, s.against, s.defect FROM bundle_section s"                                     \
      " JOIN bundle b ON b.unit = s.unit AND b.round = s.round AND b.bundle = s.bundle"            \
      " WHERE s.unit = ?1 AND s.round = ?2 AND s.hand IN (?4, 's') AND s.attempt > b.since"        \
      " AND (s.bundle = ?3 OR (?3 = 0 AND b.state IN ('equal', 'settled')))"                       \
      " AND NOT EXISTS (SELECT 1 FROM bundle_section t WHERE t.unit = s.unit AND t.round = "       \
      "s.round AND t.bundle = s.bundle AND t.ballot = s.ballot AND t.post = s.post"                \
      " AND t.hand IN (?4, 's') AND (t.attempt > s.attempt"                                        \
      " OR (t.attempt = s.attempt AND t.hand > s.hand)))"                                          \
      " ORDER BY s.bundle, s.ballot, s.post")                                                      \
    X(BUNDLE_TOTAL_ADD,                                                                            \
      "INSERT INTO bundle_total (unit, round, bundle, hand, attempt, post, person, votes, "        \
      "against, abstain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")                        \
    X(BUNDLE_TOTALS,                                                                               \
      "SELECT s.unit, s.round, s.bundle, s.hand, s.attempt, s.post, s.person, s.votes, "           \
      "s.against, s.abstain FROM bundle_total s"                                                   \
      " JOIN bundle b ON b.unit = s.unit AND b.round = s.round AND b.bundle = s.bundle"            \
      " WHERE s.unit = ?1 AND s.round = ?2 AND s.hand IN (?4, 's') AND s.attempt > b.since"        \
      " AND (s.bundle = ?3 OR (?3 = 0 AND b.state IN ('equal', 'settled')))"                       \
      " AND NOT EXISTS (SELECT 1 FROM bundle_total t WHERE t.unit = s.unit AND t.round = s.round " \
      "AND t.bundle = s.bundle AND t.post = s.post AND t.person = s.person"                        \
      " AND t.hand IN (?4, 's') AND (t.attempt > s.attempt"                                        \
      " OR (t.attempt = s.attempt AND t.hand > s.hand)))"                                          \
      " ORDER BY s.bundle, s.post, s.person")                                                      \
    X(BUNDLE_DIFF_ADD,                                                                             \
      "INSERT INTO bundle_diff (unit, round, bundle, ballot, field) VALUES (?1, ?2, ?3, ?4, ?5)")  \
    X(BUNDLE_DIFFS, "SELECT unit, round, bundle, ballot, field FROM bundle_diff"                   \
                    " WHERE unit = ?1 AND round = ?2 AND (?3 = 0 OR bundle = ?3) ORDER BY "        \
                    "bundle, ballot, field")                                                       \
    X(BUNDLE_DIFFS_CLEAR,                                                                          \
      "DELETE FROM bundle_diff WHERE unit = ?1 AND round = ?2 AND bundle = ?3")                    \
    X(RULING_CLEAR_ONE, "DELETE FROM ballot_ruling"                                                \
                        " WHERE unit = ?1 AND round = ?2 AND bundle = ?3 AND ballot = ?4")         \
    X(RULING_ADD, "INSERT INTO ballot_ruling (unit, round, bundle, ballot, ruling, reason, "       \
                  "favour, against, seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")             \
    X(RULING_LIST, "SELECT unit, round, bundle, ballot, ruling, reason, favour, against, seq "     \
                   "FROM ballot_ruling"                                                            \
                   " WHERE unit = ?1 AND round = ?2 ORDER BY bundle, ballot")                      \
    X(RULING_CLEAR, "DELETE FROM ballot_ruling WHERE unit = ?1 AND round = ?2 AND bundle = ?3")
DB_QUERIES(bundle_store)

DB_SHAPE(BUNDLE_SHAPE, struct bundle, DB_COL_TEXT(struct bundle, unit),
         DB_COL_INT(struct bundle, round), DB_COL_INT(struct bundle, bundle),
         DB_COL_INT(struct bundle, size), DB_COL_TEXT(struct bundle, state),
         DB_COL_INT(struct bundle, attempt), DB_COL_INT(struct bundle, since),
         DB_COL_INT(struct bundle, form));
DB_SHAPE(BUNDLE_HAND_SHAPE, struct bundle_hand, DB_COL_TEXT(struct bundle_hand, unit),
         DB_COL_INT(struct bundle_hand, round), DB_COL_INT(struct bundle_hand, bundle),
         DB_COL_TEXT(struct bundle_hand, hand), DB_COL_INT(struct bundle_hand, attempt),
         DB_COL_INT(struct bundle_hand, seq), DB_COL_TEXT(struct bundle_hand, actor),
         DB_COL_TEXT(struct bundle_hand, form), DB_COL_INT(struct bundle_hand, invalid),
         DB_COL_INT(struct bundle_hand, blank));
DB_SHAPE(BUNDLE_SECTION_SHAPE, struct bundle_section, DB_COL_TEXT(struct bundle_section, unit),
         DB_COL_INT(struct bundle_section, round), DB_COL_INT(struct bundle_section, bundle),
         DB_COL_TEXT(struct bundle_section, hand), DB_COL_INT(struct bundle_section, attempt),
         DB_COL_INT(struct bundle_section, ballot), DB_COL_TEXT(struct bundle_section, post),
         DB_COL_TEXT(struct bundle_section, marks), DB_COL_TEXT(struct bundle_section, write_ins),
         DB_COL_TEXT(struct bundle_section, against), DB_COL_TEXT(struct bundle_section, defect));
DB_SHAPE(BUNDLE_TOTAL_SHAPE, struct bundle_total, DB_COL_TEXT(struct bundle_total, unit),
         DB_COL_INT(struct bundle_total, round), DB_COL_INT(struct bundle_total, bundle),
         DB_COL_TEXT(struct bundle_total, hand), DB_COL_INT(struct bundle_total, attempt),
         DB_COL_TEXT(struct bundle_total, post), DB_COL_TEXT(struct bundle_total, person),
         DB_COL_INT(struct bundle_total, votes), DB_COL_INT(struct bundle_total, against),
         DB_COL_INT(struct bundle_total, abstain));
DB_SHAPE(BUNDLE_DIFF_SHAPE, struct bundle_diff, DB_COL_TEXT(struct bundle_diff, unit),
         DB_COL_INT(struct bundle_diff, round), DB_COL_INT(struct bundle_diff, bundle),
         DB_COL_INT(struct bundle_diff, ballot), DB_COL_TEXT(struct bundle_diff, field));
DB_SHAPE(BALLOT_RULING_SHAPE, struct ballot_ruling, DB_COL_TEXT(struct ballot_ruling, unit),
         DB_COL_INT(struct ballot_ruling, round), DB_COL_INT(struct ballot_ruling, bundle),
         DB_COL_INT(struct ballot_ruling, ballot), DB_COL_TEXT(struct ballot_ruling, ruling),
         DB_COL_TEXT(struct ballot_ruling, reason), DB_COL_INT(struct ballot_ruling, favour),
         DB_COL_INT(struct ballot_ruling, against), DB_COL_INT(struct ballot_ruling, seq));

enum err
bundle_store_add(struct ctx *ctx, struct db *db, const struct bundle *bundle)
{
    TRY(db_run(ctx, db,
               QUERY(BUNDLE_ADD, db_text(bundle->unit), db_int(bundle->round),
                     db_int(bundle->bundle), db_int(bundle->size), db_text(bundle->state),
                     db_int(bundle->attempt), db_int(bundle->since))));
    if (!bundle->form)
        return ERR_OK;
    return db_run(ctx, db,
                  QUERY(BUNDLE_ADD_FORM, db_text(bundle->unit), db_int(bundle->round),
                        db_int(bundle->bundle), db_int(bundle->form)));
}

enum err
bundle_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t bundle,
                  struct bundle *ret_bundle)
{
    return db_find(ctx, db, QUERY(BUNDLE_FIND, db_text(unit), db_int(round), db_int(bundle)),
                   &BUNDLE_SHAPE, ret_bundle);
}

enum err
bundle_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                  struct bundle **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(BUNDLE_LIST, db_text(unit), db_int(round)), &BUNDLE_SHAPE,
                   ret_list, ret_count);
}

enum err
bundle_store_set(struct ctx *ctx, struct db *db, const struct bundle *bundle)
{
    return db_run_one(ctx, db,
                      QUERY(BUNDLE_SET, db_text(bundle->unit), db_int(bundle->round),
                            db_int(bundle->bundle), db_text(bundle->state), db_int(bundle->attempt),
                            db_int(bundle->since)));
}

enum err
bundle_store_add_hand(struct ctx *ctx, struct db *db, const struct bundle_hand *hand)
{
    return db_run(ctx, db,
                  QUERY(BUNDLE_HAND_ADD, db_text(hand->unit), db_int(hand->round),
                        db_int(hand->bundle), db_text(hand->hand), db_int(hand->attempt),
                        db_int(hand->seq), db_text(hand->actor), db_text(hand->form),
                        db_int(hand->invalid), db_int(hand->blank)));
}

enum err
bundle_store_hands(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t bundle,
                   struct bundle_hand **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(BUNDLE_HANDS, db_text(unit), db_int(round), db_int(bundle)),
                   &BUNDLE_HAND_SHAPE, ret_list, ret_count);
}

enum err
bundle_store_add_section(struct ctx *ctx, struct db *db, const struct bundle_section *section)
{
    return db_run(ctx, db,
                  QUERY(BUNDLE_SECTION_ADD, db_text(section->unit), db_int(section->round),
                        db_int(section->bundle), db_text(section->hand), db_int(section->attempt),
                        db_int(section->ballot), db_text(section->post), db_text(section->marks),
                        db_text(section->write_ins), db_text(section->against),
                        db_text(section->defect)));
}

enum err
bundle_store_sections(struct ctx *ctx, struct db *db, const struct bundle_reading *reading,
                      struct bundle_section **ret_list, size_t *ret_count)
{
    return db_list(ctx, db,
                   QUERY(BUNDLE_SECTIONS, db_text(reading->unit), db_int(reading->round),
                         db_int(reading->bundle), db_text(reading->hand)),
                   &BUNDLE_SECTION_SHAPE, ret_list, ret_count);
}

enum err
bundle_store_add_total(struct ctx *ctx, struct db *db, const struct bundle_total *total)
{
    return db_run(ctx, db,
                  QUERY(BUNDLE_TOTAL_ADD, db_text(total->unit), db_int(total->round),
                        db_int(total->bundle), db_text(total->hand), db_int(total->attempt),
                        db_text(total->post), db_text(total->person), db_int(total->votes),
                        db_int(total->against), db_int(total->abstain)));
}

enum err
bundle_store_totals(struct ctx *ctx, struct db *db, const struct bundle_reading *reading,
                    struct bundle_total **ret_list, size_t *ret_count)
{
    return db_list(ctx, db,
                   QUERY(BUNDLE_TOTALS, db_text(reading->unit), db_int(reading->round),
                         db_int(reading->bundle), db_text(reading->hand)),
                   &BUNDLE_TOTAL_SHAPE, ret_list, ret_count);
}

enum err
bundle_store_add_diff(struct ctx *ctx, struct db *db, const struct bundle_diff *diff)
{
    return db_run(ctx, db,
                  QUERY(BUNDLE_DIFF_ADD, db_text(diff->unit), db_int(diff->round),
                        db_int(diff->bundle), db_int(diff->ballot), db_text(diff->field)));
}

enum err
bundle_store_diffs(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t bundle,
                   struct bundle_diff **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(BUNDLE_DIFFS, db_text(unit), db_int(round), db_int(bundle)),
                   &BUNDLE_DIFF_SHAPE, ret_list, ret_count);
}

enum err
bundle_store_clear_diffs(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                         int64_t bundle)
{
    return db_run(ctx, db, QUERY(BUNDLE_DIFFS_CLEAR, db_text(unit), db_int(round), db_int(bundle)));
}

enum err
ruling_store_set(struct ctx *ctx, struct db *db, const struct ballot_ruling *ruling)
{
    TRY(db_run(ctx, db,
               QUERY(RULING_CLEAR_ONE, db_text(ruling->unit), db_int(ruling->round),
                     db_int(ruling->bundle), db_int(ruling->ballot))));
    return db_run(ctx, db,
                  QUERY(RULING_ADD, db_text(ruling->unit), db_int(ruling->round),
                        db_int(ruling->bundle), db_int(ruling->ballot), db_text(ruling->ruling),
                        db_text(ruling->reason), db_int(ruling->favour), db_int(ruling->against),
                        db_int(ruling->seq)));
}

enum err
ruling_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                  struct ballot_ruling **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(RULING_LIST, db_text(unit), db_int(round)), &BALLOT_RULING_SHAPE,
                   ret_list, ret_count);
}

enum err
ruling_store_clear(struct ctx *ctx, struct db *db, const char *unit, int64_t round, int64_t bundle)
{
    return db_run(ctx, db, QUERY(RULING_CLEAR, db_text(unit), db_int(round), db_int(bundle)));
}
