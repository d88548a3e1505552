/* SPDX-License-Identifier: Apache-2.0 */
/* Persons in fields: what people write (a name) becomes what the ledger keeps (a code). */
#include <string.h>

#include "act/gate.h"
#include "store/person_store.h"

static const char OUTSIDER[] = "外:";

static enum err
ambiguous_fail(struct ctx *ctx, const char *field, const char *name, const struct person *list,
               size_t count)
{
    const char *codes = "";
    for (size_t i = 0; i < count; i++)
        codes =
            mem_printf(ctx->mem, "%s%s%s(%s)", codes, i ? ", " : "", list[i].person, list[i].grp);
    return FAIL_HINT(ctx, ERR_INVALID, "请改填人员代码", "give the person's code instead",
                     "%s：有 %zu 人叫“%s”：%s", "%s: %zu people are named \"%s\": %s", field, count,
                     name, codes);
}

static enum err
value_resolve(struct ctx *ctx, struct db *db, const char *unit, const struct field *field,
              const char *value, const char **ret_value)
{
    struct person person;
    struct person *named;
    size_t count;
    *ret_value = value;
    if (strncmp(value, OUTSIDER, sizeof OUTSIDER - 1) == 0 && field->type != FIELD_VILLAGER)
        return ERR_OK;
    const enum err err = person_store_find(ctx, db, unit, value, &person);
    if (err != ERR_NOT_FOUND)
        return err;
    TRY(person_store_named(ctx, db, unit, value, &named, &count));
    if (count > 1)
        return ambiguous_fail(ctx, field->name, value, named, count);
    if (count == 1)
        *ret_value = named[0].person;
    else if (field->type == FIELD_VILLAGER)
        return FAIL_HINT(ctx, ERR_INVALID, "先导入户籍册或登记册，或核对姓名、代码",
                         "import the household register or the roll first, or check the name",
                         "%s：本村没有“%s”", "%s: there is no \"%s\" in this village", field->name,
                         value);
    return ERR_OK;
}

static enum err
list_resolve(struct ctx *ctx, struct db *db, const char *unit, const struct field *field,
             json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *resolved;
        TRY(value_resolve(ctx, db, unit, field, json_string_value(json_array_get(list, i)),
                          &resolved));
        json_array_set_new(list, i, json_string(resolved));
    }
    return ERR_OK;
}

static enum err
field_resolve(struct ctx *ctx, struct db *db, const char *unit, const struct field *field,
              json_t *object)
{
    json_t *value = json_object_get(object, field->name);
    const char *resolved;
    if (!value)
        return ERR_OK;
    if (field->type == FIELD_PERSONS)
        return list_resolve(ctx, db, unit, field, value);
    if (field->type == FIELD_TABLE) {
        for (size_t i = 0; i < json_array_size(value); i++)
            TRY(persons_resolve(ctx, db, unit, field->columns, json_array_get(value, i)));
        return ERR_OK;
    }
    if (field->type != FIELD_PERSON && field->type != FIELD_VILLAGER)
        return ERR_OK;
    TRY(value_resolve(ctx, db, unit, field, json_string_value(value), &resolved));
    json_object_set_new(object, field->name, json_string(resolved));
    return ERR_OK;
}

enum err
persons_resolve(struct ctx *ctx, struct db *db, const char *unit, const struct field *fields,
                json_t *value)
{
    for (const struct field *field = fields; field->name; field++)
        TRY(field_resolve(ctx, db, unit, field, value));
    return ERR_OK;
}
