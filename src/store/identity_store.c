/* SPDX-License-Identifier: Apache-2.0 */
#include "store/identity_store.h"

#include <string.h>

#include "base/buf.h"

#define QUERIES(X)                                                                                 \
    X(IDENTITY_SET, "INSERT INTO identity (unit, kind, id_mac, person) VALUES (?1, ?2, ?3, ?4)"    \
                    " ON CONFLICT (unit, kind, id_mac) DO UPDATE SET person = ?4")                 \
    X(IDENTITY_ADD_ALL,                                                                            \
      "INSERT INTO identity (unit, kind, id_mac, person) VALUES (?1, ?2, ?3, ?4)",                 \
      "COPY identity (unit, kind, id_mac, person) FROM STDIN (FORMAT binary)")                     \
    X(IDENTITY_REMOVE, "DELETE FROM identity WHERE unit = ?1 AND kind = ?2 AND id_mac = ?3")       \
    X(IDENTITY_ELSEWHERE, "SELECT unit FROM identity"                                              \
                          " WHERE id_mac = ?3 AND unit <> ?1 AND kind = ?2 ORDER BY unit LIMIT 1") \
    X(IDENTITY_ELSEWHERE_ALL,                                                                      \
      "SELECT id_mac, MIN(unit) FROM identity"                                                     \
      " WHERE id_mac IN (SELECT value FROM json_each('[\"' || replace(?3, ',', '\",\"') || "       \
      "'\"]'))"                                                                                    \
      " AND unit <> ?1 AND kind = ?2 GROUP BY id_mac ORDER BY id_mac",                             \
      "SELECT id_mac, MIN(unit) FROM identity WHERE id_mac = ANY(string_to_array(?3, ','))"        \
      " AND unit <> ?1 AND kind = ?2 GROUP BY id_mac ORDER BY id_mac")                             \
    X(IDENTITY_WHO, "SELECT unit, person FROM identity"                                            \
                    " WHERE id_mac = ?1 AND kind = ?2 ORDER BY unit")
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

struct identity_filling {
    const char *unit;
    const char *kind;
    const struct identity *list;
};

static void
identity_fill(const void *arg, size_t i, struct db_value *values)
{
    const struct identity_filling *filling = arg;
    values[0] = db_text(filling->unit);
    values[1] = db_text(filling->kind);
    values[2] = db_text(filling->list[i].id_mac);
    values[3] = db_text(filling->list[i].person);
}

enum err
identity_store_add_all(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                       const struct identity *list, size_t count)
{
    const struct identity_filling filling = {unit, kind, list};
    return db_bulk(ctx, db, (struct db_bulk){&IDENTITY_ADD_ALL, 4, count, identity_fill, &filling});
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

DB_SHAPE(HIT_SHAPE, struct identity_hit, DB_COL_TEXT(struct identity_hit, id_mac),
         DB_COL_TEXT(struct identity_hit, unit));

enum err
identity_store_elsewhere_all(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                             struct identity_wanted wanted, struct identity_hits *ret_hits)
{
    struct buf macs;
    struct identity_hits hits = {0};
    buf_init(&macs, ctx->mem, SIZE_MAX >> 1);
    for (size_t i = 0; i < wanted.count; i++) {
        if (wanted.macs[i][0] && macs.length)
            buf_add_char(&macs, ',');
        buf_add_text(&macs, wanted.macs[i]);
    }
    if (macs.length)
        TRY(db_list(ctx, db,
                    QUERY(IDENTITY_ELSEWHERE_ALL, db_text(unit), db_text(kind), db_text(macs.data)),
                    &HIT_SHAPE, &hits.list, &hits.count));
    talloc_free(macs.data);
    *ret_hits = hits;
    return ERR_OK;
}

const char *
identity_hits_find(const struct identity_hits *hits, const char *id_mac)
{
    size_t low = 0, high = hits->count;
    while (low < high) {
        const size_t middle = low + ((high - low) >> 1);
        const int order = strcmp(id_mac, hits->list[middle].id_mac);
        if (order == 0)
            return hits->list[middle].unit;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return "";
}

DB_SHAPE(PLACE_SHAPE, struct identity_place, DB_COL_TEXT(struct identity_place, unit),
         DB_COL_TEXT(struct identity_place, person));

enum err
identity_store_who(struct ctx *ctx, struct db *db, const char *kind, const char *id_mac,
                   struct identity_place **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(IDENTITY_WHO, db_text(id_mac), db_text(kind)), &PLACE_SHAPE,
                   ret_list, ret_count);
}
