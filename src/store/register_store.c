/* SPDX-License-Identifier: Apache-2.0 */
#include "store/register_store.h"

#define DEPRIVATION_COLUMNS "unit, line, person, id_mac, name, from_on, to_on, paper"
#define AWAY_COLUMNS                                                                               \
    "unit, person, place, phone_cipher, sent_on, channel, reply_by, wish, replied_on,"             \
    " reply_channel"
#define LAST_ROLL_COLUMNS "unit, line, person, name, id_mac, birth"

#define QUERIES(X)                                                                                 \
    X(DEPRIVATION_ADD, "INSERT INTO deprivation (" DEPRIVATION_COLUMNS ")"                         \
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")                                 \
    X(STATIONED_SET, "INSERT INTO stationed (unit, person) VALUES (?1, ?2)"                        \
                     " ON CONFLICT (unit, person) DO NOTHING")                                     \
    X(STATIONED_LIST, "SELECT unit, person FROM stationed WHERE unit = ?1 ORDER BY person")        \
    X(DEPRIVATION_CLEAR, "DELETE FROM deprivation WHERE unit = ?1")                                \
    X(DEPRIVATION_LIST,                                                                            \
      "SELECT " DEPRIVATION_COLUMNS " FROM deprivation WHERE unit = ?1 ORDER BY line")             \
    X(DEPRIVATION_HOLDS, "SELECT COUNT(*) FROM deprivation WHERE unit = ?1"                        \
                         " AND (person = ?2 OR (id_mac = ?3 AND id_mac <> ''))"                    \
                         " AND (from_on IS NULL OR from_on <= ?4)"                                 \
                         " AND (to_on IS NULL OR to_on >= ?4)")                                    \
    X(AWAY_SET, "INSERT INTO away (" AWAY_COLUMNS ")"                                              \
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (unit, person)"     \
                " DO UPDATE SET place = ?3, phone_cipher = ?4, sent_on = ?5, channel = ?6,"        \
                " reply_by = ?7, wish = ?8, replied_on = ?9, reply_channel = ?10")                 \
    X(AWAY_FIND, "SELECT " AWAY_COLUMNS " FROM away WHERE unit = ?1 AND person = ?2")              \
    X(AWAY_LIST, "SELECT " AWAY_COLUMNS " FROM away WHERE unit = ?1 ORDER BY person")              \
    X(LAST_ROLL_ADD,                                                                               \
      "INSERT INTO last_roll (" LAST_ROLL_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6)")             \
    X(LAST_ROLL_CLEAR, "DELETE FROM last_roll WHERE unit = ?1")                                    \
    X(LAST_ROLL_GONE, "SELECT l.unit, l.line, l.person, l.name, l.id_mac, l.birth FROM last_roll " \
                      "l LEFT JOIN voter v"                                                        \
                      " ON v.unit = l.unit AND v.person = l.person"                                \
                      " AND v.state IN ('draft', 'listed')"                                        \
                      " WHERE l.unit = ?1 AND v.person IS NULL ORDER BY l.line")                   \
    X(LAST_ROLL_LIST, "SELECT " LAST_ROLL_COLUMNS " FROM last_roll WHERE unit = ?1 ORDER BY line") \
    X(LAST_ROLL_ELSEWHERE,                                                                         \
      "SELECT l.id_mac, MIN(l.unit) FROM person p JOIN last_roll l ON l.id_mac = p.id_mac"         \
      " WHERE p.unit = ?1 AND p.id_mac <> '' AND l.unit <> ?1"                                     \
      " GROUP BY l.id_mac ORDER BY l.id_mac")                                                      \
    X(CARD_ADD, "INSERT INTO card (unit, seq, line, grp, printed, delivered, signed)"              \
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                            \
    X(CARD_UNDELIVERED_ADD,                                                                        \
      "INSERT INTO card_undelivered (unit, seq, person) VALUES (?1, ?2, ?3)")                      \
    X(CARD_LIST, "SELECT unit, seq, line, grp, printed, delivered, signed FROM card"               \
                 " WHERE unit = ?1 ORDER BY seq, line")
DB_QUERIES(register_store)

DB_SHAPE(STATIONED_SHAPE, struct stationed, DB_COL_TEXT(struct stationed, unit),
         DB_COL_TEXT(struct stationed, person));
DB_SHAPE(DEPRIVATION_SHAPE, struct deprivation, DB_COL_TEXT(struct deprivation, unit),
         DB_COL_INT(struct deprivation, line), DB_COL_TEXT(struct deprivation, person),
         DB_COL_TEXT(struct deprivation, id_mac), DB_COL_TEXT(struct deprivation, name),
         DB_COL_DATE(struct deprivation, from_on), DB_COL_DATE(struct deprivation, to_on),
         DB_COL_TEXT(struct deprivation, paper));

DB_SHAPE(AWAY_SHAPE, struct away, DB_COL_TEXT(struct away, unit), DB_COL_TEXT(struct away, person),
         DB_COL_TEXT(struct away, place), DB_COL_TEXT(struct away, phone_cipher),
         DB_COL_DATE(struct away, sent_on), DB_COL_TEXT(struct away, channel),
         DB_COL_DATE(struct away, reply_by), DB_COL_TEXT(struct away, wish),
         DB_COL_DATE(struct away, replied_on), DB_COL_TEXT(struct away, reply_channel));

DB_SHAPE(LAST_ROLL_SHAPE, struct last_roll_line, DB_COL_TEXT(struct last_roll_line, unit),
         DB_COL_INT(struct last_roll_line, line), DB_COL_TEXT(struct last_roll_line, person),
         DB_COL_TEXT(struct last_roll_line, name), DB_COL_TEXT(struct last_roll_line, id_mac),
         DB_COL_DATE(struct last_roll_line, birth));
DB_SHAPE(LAST_ROLL_HIT_SHAPE, struct identity_hit, DB_COL_TEXT(struct identity_hit, id_mac),
         DB_COL_TEXT(struct identity_hit, unit));

DB_SHAPE(CARD_SHAPE, struct card, DB_COL_TEXT(struct card, unit), DB_COL_INT(struct card, seq),
         DB_COL_INT(struct card, line), DB_COL_TEXT(struct card, grp),
         DB_COL_INT(struct card, printed), DB_COL_INT(struct card, delivered),
         DB_COL_INT(struct card, signed_for));

enum err
deprivation_store_add(struct ctx *ctx, struct db *db, const struct deprivation *deprivation)
{
    return db_run(ctx, db,
                  QUERY(DEPRIVATION_ADD, db_text(deprivation->unit), db_int(deprivation->line),
                        db_text(deprivation->person), db_text(deprivation->id_mac),
                        db_text(deprivation->name), db_date(deprivation->from_on),
                        db_date(deprivation->to_on), db_text(deprivation->paper)));
}

enum err
stationed_store_set(struct ctx *ctx, struct db *db, const struct stationed *stationed)
{
    return db_run(ctx, db,
                  QUERY(STATIONED_SET, db_text(stationed->unit), db_text(stationed->person)));
}

enum err
stationed_store_list(struct ctx *ctx, struct db *db, const char *unit, struct stationed **ret_list,
                     size_t *ret_count)
{
    return db_list(ctx, db, QUERY(STATIONED_LIST, db_text(unit)), &STATIONED_SHAPE, ret_list,
                   ret_count);
}

enum err
deprivation_store_clear(struct ctx *ctx, struct db *db, const char *unit)
{
    return db_run(ctx, db, QUERY(DEPRIVATION_CLEAR, db_text(unit)));
}

enum err
deprivation_store_list(struct ctx *ctx, struct db *db, const char *unit,
                       struct deprivation **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(DEPRIVATION_LIST, db_text(unit)), &DEPRIVATION_SHAPE, ret_list,
                   ret_count);
}

enum err
deprivation_store_holds(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                        const char *id_mac, struct date day, bool *ret_holds)
{
    int64_t count;
    TRY(db_count(
        ctx, db,
        QUERY(DEPRIVATION_HOLDS, db_text(unit), db_text(person), db_text(id_mac), db_date(day)),
        &count));
    *ret_holds = count > 0;
    return ERR_OK;
}

enum err
away_store_set(struct ctx *ctx, struct db *db, const struct away *away)
{
    return db_run(ctx, db,
                  QUERY(AWAY_SET, db_text(away->unit), db_text(away->person), db_text(away->place),
                        db_text(away->phone_cipher), db_date(away->sent_on), db_text(away->channel),
                        db_date(away->reply_by), db_text(away->wish), db_date(away->replied_on),
                        db_text(away->reply_channel)));
}

enum err
away_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                struct away *ret_away)
{
    return db_find(ctx, db, QUERY(AWAY_FIND, db_text(unit), db_text(person)), &AWAY_SHAPE,
                   ret_away);
}

enum err
away_store_list(struct ctx *ctx, struct db *db, const char *unit, struct away **ret_list,
                size_t *ret_count)
{
    return db_list(ctx, db, QUERY(AWAY_LIST, db_text(unit)), &AWAY_SHAPE, ret_list, ret_count);
}

enum err
last_roll_store_add(struct ctx *ctx, struct db *db, const struct last_roll_line *line)
{
    return db_run(ctx, db,
                  QUERY(LAST_ROLL_ADD, db_text(line->unit), db_int(line->line),
                        db_text(line->person), db_text(line->name), db_text(line->id_mac),
                        db_date(line->birth)));
}

enum err
last_roll_store_clear(struct ctx *ctx, struct db *db, const char *unit)
{
    return db_run(ctx, db, QUERY(LAST_ROLL_CLEAR, db_text(unit)));
}

enum err
last_roll_store_list(struct ctx *ctx, struct db *db, const char *unit,
                     struct last_roll_line **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(LAST_ROLL_LIST, db_text(unit)), &LAST_ROLL_SHAPE, ret_list,
                   ret_count);
}

enum err
last_roll_store_elsewhere(struct ctx *ctx, struct db *db, const char *unit,
                          struct identity_hits *ret_hits)
{
    return db_list(ctx, db, QUERY(LAST_ROLL_ELSEWHERE, db_text(unit)), &LAST_ROLL_HIT_SHAPE,
                   &ret_hits->list, &ret_hits->count);
}

enum err
last_roll_store_gone(struct ctx *ctx, struct db *db, const char *unit,
                     struct last_roll_line **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(LAST_ROLL_GONE, db_text(unit)), &LAST_ROLL_SHAPE, ret_list,
                   ret_count);
}

enum err
card_store_add(struct ctx *ctx, struct db *db, const struct card *card)
{
    return db_run(ctx, db,
                  QUERY(CARD_ADD, db_text(card->unit), db_int(card->seq), db_int(card->line),
                        db_text(card->grp), db_int(card->printed), db_int(card->delivered),
                        db_int(card->signed_for)));
}

enum err
card_store_add_undelivered(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                           const char *person)
{
    return db_run(ctx, db,
                  QUERY(CARD_UNDELIVERED_ADD, db_text(unit), db_int(seq), db_text(person)));
}

enum err
card_store_list(struct ctx *ctx, struct db *db, const char *unit, struct card **ret_list,
                size_t *ret_count)
{
    return db_list(ctx, db, QUERY(CARD_LIST, db_text(unit)), &CARD_SHAPE, ret_list, ret_count);
}
