/* SPDX-License-Identifier: Apache-2.0 */
#include "store/request_store.h"

#define REQUEST_COLUMNS                                                                            \
    "unit, seq, kind, post, subject, state, asked_by, asked_person, to_unit, cause_seq,"           \
    " decided_seq, decided_by, valid_until"
#define ITEM_COLUMNS "unit, seq, item, kind, held_on, matter, grp, favour, present, passed"

#define QUERIES(X)                                                                                 \
    X(REQUEST_ADD, "INSERT INTO request (" REQUEST_COLUMNS ")"                                     \
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")             \
    X(REQUEST_ADD_PERSON, "INSERT INTO request_person (unit, seq, person) VALUES (?1, ?2, ?3)"     \
                          " ON CONFLICT (unit, seq, person) DO NOTHING")                           \
    X(REQUEST_FIND, "SELECT " REQUEST_COLUMNS " FROM request WHERE unit = ?1 AND seq = ?2")        \
    X(REQUEST_DECIDE, "UPDATE request SET state = ?3, decided_seq = ?4, decided_by = ?5,"          \
                      " valid_until = ?6 WHERE unit = ?1 AND seq = ?2")                            \
    X(REQUEST_LIST, "SELECT " REQUEST_COLUMNS " FROM request WHERE unit = ?1 ORDER BY seq")        \
    X(REQUEST_COVERING,                                                                            \
      "SELECT " REQUEST_COLUMNS " FROM request r WHERE r.unit = ?1 AND r.kind = ?2"                \
      " AND (r.state = ?3 OR (?3 = '*' AND r.state IN ('granted', 'filed', 'noted')))"             \
      " AND (?4 = '*' OR EXISTS (SELECT 1 FROM request_person p WHERE p.unit = r.unit"             \
      " AND p.seq = r.seq AND p.person = ?4))"                                                     \
      " AND (?5 = '*' OR r.post = '' OR r.post = ?5)"                                              \
      " AND (r.valid_until IS NULL OR r.valid_until >= ?6) ORDER BY r.seq DESC LIMIT 1")           \
    X(ASSEMBLY_ADD, "INSERT INTO assembly_item (" ITEM_COLUMNS ")"                                 \
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")                           \
    X(ASSEMBLY_FIND, "SELECT " ITEM_COLUMNS " FROM assembly_item"                                  \
                     " WHERE unit = ?1 AND seq = ?2 AND matter = ?3 ORDER BY item LIMIT 1")        \
    X(ASSEMBLY_PASSED, "SELECT " ITEM_COLUMNS " FROM assembly_item"                                \
                       " WHERE unit = ?1 AND matter = ?2 AND passed = 1 ORDER BY seq, item")
DB_QUERIES(request_store)

DB_SHAPE(REQUEST_SHAPE, struct request, DB_COL_TEXT(struct request, unit),
         DB_COL_INT(struct request, seq), DB_COL_TEXT(struct request, kind),
         DB_COL_TEXT(struct request, post), DB_COL_TEXT(struct request, subject),
         DB_COL_TEXT(struct request, state), DB_COL_TEXT(struct request, asked_by),
         DB_COL_TEXT(struct request, asked_person), DB_COL_TEXT(struct request, to_unit),
         DB_COL_INT(struct request, cause_seq), DB_COL_INT(struct request, decided_seq),
         DB_COL_TEXT(struct request, decided_by), DB_COL_DATE(struct request, valid_until));

DB_SHAPE(ITEM_SHAPE, struct assembly_item, DB_COL_TEXT(struct assembly_item, unit),
         DB_COL_INT(struct assembly_item, seq), DB_COL_INT(struct assembly_item, item),
         DB_COL_TEXT(struct assembly_item, kind), DB_COL_DATE(struct assembly_item, held_on),
         DB_COL_TEXT(struct assembly_item, matter), DB_COL_TEXT(struct assembly_item, grp),
         DB_COL_INT(struct assembly_item, favour), DB_COL_INT(struct assembly_item, present),
         DB_COL_BOOL(struct assembly_item, passed));

enum err
request_store_add(struct ctx *ctx, struct db *db, const struct request *request)
{
    return db_run(ctx, db,
                  QUERY(REQUEST_ADD, db_text(request->unit), db_int(request->seq),
                        db_text(request->kind), db_text(request->post), db_text(request->subject),
                        db_text(request->state), db_text(request->asked_by),
                        db_text(request->asked_person), db_text(request->to_unit),
                        db_int(request->cause_seq), db_int(request->decided_seq),
                        db_text(request->decided_by), db_date(request->valid_until)));
}

enum err
request_store_add_person(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                         const char *person)
{
    return db_run(ctx, db, QUERY(REQUEST_ADD_PERSON, db_text(unit), db_int(seq), db_text(person)));
}

enum err
request_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                   struct request *ret_request)
{
    return db_find(ctx, db, QUERY(REQUEST_FIND, db_text(unit), db_int(seq)), &REQUEST_SHAPE,
                   ret_request);
}

enum err
request_store_decide(struct ctx *ctx, struct db *db, const struct request *request)
{
    return db_run_one(ctx, db,
                      QUERY(REQUEST_DECIDE, db_text(request->unit), db_int(request->seq),
                            db_text(request->state), db_int(request->decided_seq),
                            db_text(request->decided_by), db_date(request->valid_until)));
}

enum err
request_store_list(struct ctx *ctx, struct db *db, const char *unit, struct request **ret_list,
                   size_t *ret_count)
{
    return db_list(ctx, db, QUERY(REQUEST_LIST, db_text(unit)), &REQUEST_SHAPE, ret_list,
                   ret_count);
}

static struct db_value
any_or(const char *text)
{
    return db_text(text ? text : "*");
}

enum err
request_store_covering(struct ctx *ctx, struct db *db, const struct request_wanted *wanted,
                       struct request *ret_request)
{
    return db_find(ctx, db,
                   QUERY(REQUEST_COVERING, db_text(wanted->unit), db_text(wanted->kind),
                         any_or(wanted->state), any_or(wanted->person), any_or(wanted->post),
                         db_date(wanted->day)),
                   &REQUEST_SHAPE, ret_request);
}

enum err
assembly_store_add(struct ctx *ctx, struct db *db, const struct assembly_item *item)
{
    return db_run(ctx, db,
                  QUERY(ASSEMBLY_ADD, db_text(item->unit), db_int(item->seq), db_int(item->item),
                        db_text(item->kind), db_date(item->held_on), db_text(item->matter),
                        db_text(item->grp), db_int(item->favour), db_int(item->present),
                        db_bool(item->passed)));
}

enum err
assembly_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                    const char *matter, struct assembly_item *ret_item)
{
    return db_find(ctx, db, QUERY(ASSEMBLY_FIND, db_text(unit), db_int(seq), db_text(matter)),
                   &ITEM_SHAPE, ret_item);
}

enum err
assembly_store_passed(struct ctx *ctx, struct db *db, const char *unit, const char *matter,
                      struct assembly_item **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(ASSEMBLY_PASSED, db_text(unit), db_text(matter)), &ITEM_SHAPE,
                   ret_list, ret_count);
}
