/* SPDX-License-Identifier: Apache-2.0 */
#include "store/person_store.h"

#include <string.h>

#define COLUMNS                                                                                    \
    "unit, person, name, sex, birth, nation, party, grp, household, relation_to_head, education,"  \
    " in_register, id_cipher, id_mac, phone_cipher"

#define QUERIES(X)                                                                                 \
    X(PERSON_ADD, "INSERT INTO person (" COLUMNS ")"                                               \
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")    \
    X(PERSON_ADD_ALL,                                                                              \
      "INSERT INTO person (" COLUMNS ")"                                                           \
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",                \
      "COPY person (" COLUMNS ") FROM STDIN (FORMAT binary)")                                      \
    X(PERSON_UPDATE, "UPDATE person SET name = ?3, sex = ?4, birth = ?5, nation = ?6, party = ?7," \
                     " grp = ?8, household = ?9, relation_to_head = ?10, education = ?11,"         \
                     " in_register = ?12, id_cipher = ?13, id_mac = ?14, phone_cipher = ?15"       \
                     " WHERE unit = ?1 AND person = ?2")                                           \
    X(PERSON_FIND, "SELECT " COLUMNS " FROM person WHERE unit = ?1 AND person = ?2")               \
    X(PERSON_NAMED,                                                                                \
      "SELECT " COLUMNS " FROM person WHERE unit = ?1 AND name = ?2 ORDER BY person")              \
    X(PERSON_LIST, "SELECT " COLUMNS " FROM person WHERE unit = ?1 ORDER BY person")               \
    X(PERSON_COUNT, "SELECT COUNT(*) FROM person WHERE unit = ?1")
DB_QUERIES(person_store)

DB_SHAPE(PERSON_SHAPE, struct person, DB_COL_TEXT(struct person, unit),
         DB_COL_TEXT(struct person, person), DB_COL_TEXT(struct person, name),
         DB_COL_TEXT(struct person, sex), DB_COL_DATE(struct person, birth),
         DB_COL_TEXT(struct person, nation), DB_COL_TEXT(struct person, party),
         DB_COL_TEXT(struct person, grp), DB_COL_TEXT(struct person, household),
         DB_COL_TEXT(struct person, relation_to_head), DB_COL_TEXT(struct person, education),
         DB_COL_BOOL(struct person, in_register), DB_COL_TEXT(struct person, id_cipher),
         DB_COL_TEXT(struct person, id_mac), DB_COL_TEXT(struct person, phone_cipher));

#define PERSON_VALUES(person)                                                                      \
    db_text((person)->unit), db_text((person)->person), db_text((person)->name),                   \
        db_text((person)->sex), db_date((person)->birth), db_text((person)->nation),               \
        db_text((person)->party), db_text((person)->grp), db_text((person)->household),            \
        db_text((person)->relation_to_head), db_text((person)->education),                         \
        db_bool((person)->in_register), db_text((person)->id_cipher), db_text((person)->id_mac),   \
        db_text((person)->phone_cipher)

enum err
person_store_add(struct ctx *ctx, struct db *db, const struct person *person)
{
    return db_run(ctx, db, QUERY(PERSON_ADD, PERSON_VALUES(person)));
}

static void
person_fill(const void *arg, size_t i, struct db_value *values)
{
    const struct person *person = &((const struct person *)arg)[i];
    const struct db_value row[] = {PERSON_VALUES(person)};
    memcpy(values, row, sizeof row);
}

enum err
person_store_add_all(struct ctx *ctx, struct db *db, const struct person *list, size_t count)
{
    return db_bulk(ctx, db, (struct db_bulk){&PERSON_ADD_ALL, 15, count, person_fill, list});
}

enum err
person_store_update(struct ctx *ctx, struct db *db, const struct person *person)
{
    return db_run_one(ctx, db, QUERY(PERSON_UPDATE, PERSON_VALUES(person)));
}

enum err
person_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *code,
                  struct person *ret_person)
{
    return db_find(ctx, db, QUERY(PERSON_FIND, db_text(unit), db_text(code)), &PERSON_SHAPE,
                   ret_person);
}

enum err
person_store_named(struct ctx *ctx, struct db *db, const char *unit, const char *name,
                   struct person **ret_list, size_t *ret_count)
{
    return db_list(ctx, db, QUERY(PERSON_NAMED, db_text(unit), db_text(name)), &PERSON_SHAPE,
                   ret_list, ret_count);
}

enum err
person_store_list(struct ctx *ctx, struct db *db, const char *unit, struct person **ret_list,
                  size_t *ret_count)
{
    return db_list(ctx, db, QUERY(PERSON_LIST, db_text(unit)), &PERSON_SHAPE, ret_list, ret_count);
}

enum err
person_store_count(struct ctx *ctx, struct db *db, const char *unit, int64_t *ret_count)
{
    return db_count(ctx, db, QUERY(PERSON_COUNT, db_text(unit)), ret_count);
}

static const char OUTSIDER[] = "外:";

enum err
person_name(struct ctx *ctx, struct db *db, const char *unit, const char *value,
            const char **ret_name)
{
    struct person person = {.name = value};
    const size_t mark = sizeof OUTSIDER - 1;
    if (strncmp(value, OUTSIDER, mark) == 0) {
        *ret_name = value + mark;
        return ERR_OK;
    }
    const enum err err = person_store_find(ctx, db, unit, value, &person);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_name = err == ERR_OK ? person.name : value;
    return ERR_OK;
}

enum err
person_is_same(struct ctx *ctx, struct db *db, const char *unit, const char *a, const char *b,
               bool *ret_same)
{
    struct person known;
    const char *name_a;
    const char *name_b;
    if (strcmp(a, b) == 0) {
        *ret_same = true;
        return ERR_OK;
    }
    const enum err err_a = person_store_find(ctx, db, unit, a, &known);
    const enum err err_b = person_store_find(ctx, db, unit, b, &known);
    /* Two codes are two persons; a code and a bare name may be one. */
    if (err_a == ERR_OK && err_b == ERR_OK) {
        *ret_same = false;
        return ERR_OK;
    }
    TRY(person_name(ctx, db, unit, a, &name_a));
    TRY(person_name(ctx, db, unit, b, &name_b));
    *ret_same = strcmp(name_a, name_b) == 0;
    return ERR_OK;
}
