/* SPDX-License-Identifier: Apache-2.0 */
/* Columns told by hand. */
#include <string.h>

#include "exchange/roll_clean.h"
#include "exchange/roll_layout.h"

enum { MAPPING_MOST = 200 };

static const char *const KEYS[] = {
#define X(symbol, key, cell, title, headings) [ROLL_COL_##symbol] = key,
#include "exchange/roll_columns.def"
#undef X
};

const char *
roll_column_key(enum roll_column column)
{
    return KEYS[column];
}

bool
roll_column_find(const char *key, enum roll_column *ret_column)
{
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++) {
        const enum roll_column column = (enum roll_column)i;
        if (roll_column_cell(column) != ROLL_CELL_SEALED &&
            (strcmp(KEYS[i], key) == 0 || strcmp(roll_column_title(column), key) == 0)) {
            *ret_column = column;
            return true;
        }
    }
    return false;
}

static enum err
mapping_put(struct ctx *ctx, struct roll_mapping *mapping, const char *heading, const char *key)
{
    enum roll_column column = ROLL_COLUMN_COUNT;
    if (heading[0] == '\0')
        return FAIL(ctx, ERR_INVALID, "没有写明列的表头", "the column has no heading");
    if (strcmp(key, "-") != 0 && !roll_column_find(key, &column))
        return FAIL_HINT(ctx, ERR_INVALID, "可以写：姓名 name、公民身份号码 id_number、组 group …",
                         "it may be: name, id_number, group …", "没有“%s”这种列",
                         "there is no column \"%s\"", key);
    if (mapping->count == MAPPING_MOST)
        return FAIL(ctx, ERR_LIMIT, "列太多", "too many columns");
    mapping->rows = mem_grow(ctx->mem, mapping->rows, struct roll_mapping_row, mapping->count + 1);
    mapping->rows[mapping->count++] =
        (struct roll_mapping_row){roll_heading_clean(ctx, heading), column};
    return ERR_OK;
}

enum err
roll_mapping_add(struct ctx *ctx, struct roll_mapping *mapping, const char *text)
{
    const char *sign = strrchr(text, '=');
    if (!sign)
        return FAIL(ctx, ERR_INVALID, "“%s”应写成 列=名称，如 证号=id_number",
                    "\"%s\" should be COLUMN=KEY, like 证号=id_number", text);
    return mapping_put(ctx, mapping, mem_text_n(ctx->mem, text, (size_t)(sign - text)), sign + 1);
}

json_t *
roll_mapping_json(const struct roll_mapping *mapping)
{
    json_t *columns = json_object();
    for (size_t i = 0; i < mapping->count; i++) {
        const enum roll_column column = mapping->rows[i].column;
        json_object_set_new(columns, mapping->rows[i].heading,
                            json_string(column == ROLL_COLUMN_COUNT ? "-" : KEYS[column]));
    }
    json_t *value = json_object();
    json_object_set_new(value, "columns", columns);
    return value;
}

enum err
roll_mapping_read(struct ctx *ctx, const json_t *value, struct roll_mapping *ret_mapping)
{
    struct roll_mapping mapping = {0};
    const char *heading;
    json_t *member;
    json_t *columns = json_object_get(value, "columns");
    if (columns && !json_is_object(columns))
        return FAIL(ctx, ERR_INVALID, "columns 应是对象", "columns should be an object");
    json_object_foreach(columns, heading, member)
    {
        if (!json_is_string(member))
            return FAIL(ctx, ERR_INVALID, "“%s”的名称应是文字", "the key of \"%s\" should be text",
                        heading);
        TRY(mapping_put(ctx, &mapping, heading, json_string_value(member)));
    }
    *ret_mapping = mapping;
    return ERR_OK;
}
