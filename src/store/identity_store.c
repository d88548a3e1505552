/* SPDX-License-Identifier: Apache-2.0 */
#include "store/identity_store.h"

#define QUERIES(X)                                                                                 \
    X(IDENTITY_SET, "INSERT INTO identity (unit, kind, id_mac, person) VALUES (?1, ?2, ?3, ?4)"    \
                    " ON CONFLICT (unit, kind, id_mac) DO UPDATE SET person = ?4")                 \
    X(IDENTITY_REMOVE, "DELETE FROM identity WHERE unit = ?1 AND kind = ?2 AND id_mac = ?3")       \
    X(IDENTITY_ELSEWHERE, "SELECT unit FROM identity"                                              \
                          " WHERE id_mac = ?3 AND unit <> ?1 AND kind = ?2 ORDER BY unit LIMIT 1")
DB_QUERIES(identity_store)

struct unit_row {
    const char *unit;
};
DB_SHAPE(UNIT_SHAPE, struct unit_row, DB_COL_TEXT(struct unit_row, unit));

enum err
identity_store_set(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                   const char *id_mac, const char *person)
{
    if (id_mac[0] == '\0')
        return ERR_OK;
    return db_run(
        ctx, db,
        QUERY(IDENTITY_SET, db_text(unit), db_text(kind), db_text(id_mac), db_text(person)));
}

enum err
identity_store_remove(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                      const char *id_mac)
{
    return db_run(ctx, db, QUERY(IDENTITY_REMOVE, db_text(unit), db_text(kind), db_text(id_mac)));
}

enum err
identity_store_elsewhere(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                         const char *id_mac, const char **ret_unit)
{
    struct unit_row row = {""};
    if (id_mac[0] != '\0') {
        const enum err err = db_find(
            ctx, db, QUERY(IDENTITY_ELSEWHERE, db_text(unit), db_text(kind), db_text(id_mac)),
            &UNIT_SHAPE, &row);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
    }
    *ret_unit = row.unit;
    return ERR_OK;
}
