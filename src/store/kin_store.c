/* SPDX-License-Identifier: Apache-2.0 */
#include "store/kin_store.h"

#define QUERIES(X)                                                                                 \
    X(KIN_PUT, "INSERT INTO kin (unit, a, b, relation) VALUES (?1, ?2, ?3, ?4)"                    \
               " ON CONFLICT (unit, a, b) DO UPDATE SET relation = excluded.relation")             \
    X(KIN_FIND, "SELECT b, relation FROM kin WHERE unit = ?1 AND a = ?2 AND b = ?3")               \
    X(KIN_OF, "SELECT b, relation FROM kin WHERE unit = ?1 AND a = ?2 ORDER BY b")
DB_QUERIES(kin_store)

DB_SHAPE(KIN_SHAPE, struct kin_row, DB_COL_TEXT(struct kin_row, b),
         DB_COL_TEXT(struct kin_row, relation));

/* If b is the parent of a, then a is the child of b. */
static enum relation
converse(enum relation relation)
{
    switch (relation) {
    case RELATION_PARENT:
        return RELATION_CHILD;
    case RELATION_CHILD:
        return RELATION_PARENT;
    case RELATION_GRANDPARENT:
        return RELATION_GRANDCHILD;
    case RELATION_GRANDCHILD:
        return RELATION_GRANDPARENT;
    case RELATION_CHILD_IN_LAW:
        return RELATION_PARENT_IN_LAW;
    case RELATION_PARENT_IN_LAW:
        return RELATION_CHILD_IN_LAW;
    case RELATION_UNCLE_AUNT:
        return RELATION_NEPHEW_NIECE;
    case RELATION_NEPHEW_NIECE:
        return RELATION_UNCLE_AUNT;
    case RELATION_SPOUSE:
    case RELATION_SIBLING:
    case RELATION_SIBLING_IN_LAW:
    case RELATION_NONE:
    case RELATION_COUNT:
        break;
    }
    return relation;
}

static enum err
put(struct ctx *ctx, struct db *db, const char *unit, const char *a, const char *b,
    const char *word)
{
    return db_run(ctx, db, QUERY(KIN_PUT, db_text(unit), db_text(a), db_text(b), db_text(word)));
}

enum err
kin_store_put(struct ctx *ctx, struct db *db, const char *unit, const char *a, const char *b,
              enum relation relation)
{
    TRY(put(ctx, db, unit, a, b, relation_word(relation)));
    return put(ctx, db, unit, b, a, relation_word(converse(relation)));
}

enum err
kin_store_relation(struct ctx *ctx, struct db *db, const char *unit, const char *a, const char *b,
                   enum relation *ret_relation)
{
    struct kin_row row;
    const enum err err =
        db_find(ctx, db, QUERY(KIN_FIND, db_text(unit), db_text(a), db_text(b)), &KIN_SHAPE, &row);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || !relation_find(row.relation, ret_relation))
        *ret_relation = RELATION_NONE;
    return ERR_OK;
}

enum err
kin_store_of(struct ctx *ctx, struct db *db, const char *unit, const char *a,
             struct kin_row **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(KIN_OF, db_text(unit), db_text(a)), &KIN_SHAPE, ret_list,
                   ret_count);
}
