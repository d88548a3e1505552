/* SPDX-License-Identifier: Apache-2.0 */
#include "store/archive_store.h"

#define HANDOVER_COLUMNS "unit, seq, body, kind, what, problem, settle_by, on_day"
#define ITEM_COLUMNS "unit, seq, place, class, title, entry_seq, pages, missing"
#define SEAL_COLUMNS "unit, seq, on_day, custodian, keep_until, copies, list_seq"
#define MOVE_COLUMNS "unit, seq, action, on_day, holder"

#define QUERIES(X)                                                                                 \
    X(HANDOVER_ADD, "INSERT INTO handover_item (" HANDOVER_COLUMNS ")"                             \
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")                                    \
    X(HANDOVER_LIST, "SELECT " HANDOVER_COLUMNS " FROM handover_item"                              \
                     " WHERE unit = ?1 AND body = ?2 ORDER BY seq")                                \
    X(ARCHIVE_ITEM_ADD, "INSERT INTO archive_item (" ITEM_COLUMNS ")"                              \
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")                                \
    X(ARCHIVE_ITEMS, "SELECT " ITEM_COLUMNS " FROM archive_item"                                   \
                     " WHERE unit = ?1 AND seq = ?2 ORDER BY place")                               \
    X(ARCHIVE_SEAL_ADD, "INSERT INTO archive_seal (" SEAL_COLUMNS ")"                              \
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                    \
    X(ARCHIVE_SEALS, "SELECT " SEAL_COLUMNS " FROM archive_seal WHERE unit = ?1 ORDER BY seq")     \
    X(ARCHIVE_MOVE_ADD, "INSERT INTO archive_move (" MOVE_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5)") \
    X(ARCHIVE_MOVES, "SELECT " MOVE_COLUMNS " FROM archive_move WHERE unit = ?1 ORDER BY seq")
DB_QUERIES(archive_store)

DB_SHAPE(HANDOVER_SHAPE, struct handover_item, DB_COL_TEXT(struct handover_item, unit),
         DB_COL_INT(struct handover_item, seq), DB_COL_TEXT(struct handover_item, body),
         DB_COL_TEXT(struct handover_item, kind), DB_COL_TEXT(struct handover_item, what),
         DB_COL_TEXT(struct handover_item, problem), DB_COL_DATE(struct handover_item, settle_by),
         DB_COL_DATE(struct handover_item, on_day));
DB_SHAPE(ITEM_SHAPE, struct archive_item, DB_COL_TEXT(struct archive_item, unit),
         DB_COL_INT(struct archive_item, seq), DB_COL_INT(struct archive_item, place),
         DB_COL_INT(struct archive_item, klass), DB_COL_TEXT(struct archive_item, title),
         DB_COL_INT(struct archive_item, entry_seq), DB_COL_INT(struct archive_item, pages),
         DB_COL_TEXT(struct archive_item, missing));
DB_SHAPE(SEAL_SHAPE, struct archive_seal, DB_COL_TEXT(struct archive_seal, unit),
         DB_COL_INT(struct archive_seal, seq), DB_COL_DATE(struct archive_seal, on_day),
         DB_COL_TEXT(struct archive_seal, custodian), DB_COL_DATE(struct archive_seal, keep_until),
         DB_COL_INT(struct archive_seal, copies), DB_COL_INT(struct archive_seal, list_seq));
DB_SHAPE(MOVE_SHAPE, struct archive_move, DB_COL_TEXT(struct archive_move, unit),
         DB_COL_INT(struct archive_move, seq), DB_COL_TEXT(struct archive_move, action),
         DB_COL_DATE(struct archive_move, on_day), DB_COL_TEXT(struct archive_move, holder));

enum err
handover_store_add(struct ctx *ctx, struct db *db, const struct handover_item *item)
{
    return db_run(ctx, db,
                  QUERY(HANDOVER_ADD, db_text(item->unit), db_int(item->seq), db_text(item->body),
                        db_text(item->kind), db_text(item->what), db_text(item->problem),
                        db_date(item->settle_by), db_date(item->on_day)));
}

enum err
handover_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                    struct handover_item **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(HANDOVER_LIST, db_text(unit), db_text(body)), &HANDOVER_SHAPE,
                   ret_list, ret_count);
}

enum err
archive_store_add_item(struct ctx *ctx, struct db *db, const struct archive_item *item)
{
    return db_run(ctx, db,
                  QUERY(ARCHIVE_ITEM_ADD, db_text(item->unit), db_int(item->seq),
                        db_int(item->place), db_int(item->klass), db_text(item->title),
                        db_int(item->entry_seq), db_int(item->pages), db_text(item->missing)));
}

enum err
archive_store_items(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                    struct archive_item **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(ARCHIVE_ITEMS, db_text(unit), db_int(seq)), &ITEM_SHAPE, ret_list,
                   ret_count);
}

enum err
archive_store_add_seal(struct ctx *ctx, struct db *db, const struct archive_seal *seal)
{
    return db_run(ctx, db,
                  QUERY(ARCHIVE_SEAL_ADD, db_text(seal->unit), db_int(seal->seq),
                        db_date(seal->on_day), db_text(seal->custodian), db_date(seal->keep_until),
                        db_int(seal->copies), db_int(seal->list_seq)));
}

enum err
archive_store_seals(struct ctx *ctx, struct db *db, const char *unit,
                    struct archive_seal **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(ARCHIVE_SEALS, db_text(unit)), &SEAL_SHAPE, ret_list, ret_count);
}

enum err
archive_store_add_move(struct ctx *ctx, struct db *db, const struct archive_move *move)
{
    return db_run(ctx, db,
                  QUERY(ARCHIVE_MOVE_ADD, db_text(move->unit), db_int(move->seq),
                        db_text(move->action), db_date(move->on_day), db_text(move->holder)));
}

enum err
archive_store_moves(struct ctx *ctx, struct db *db, const char *unit,
                    struct archive_move **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(ARCHIVE_MOVES, db_text(unit)), &MOVE_SHAPE, ret_list, ret_count);
}
