/* SPDX-License-Identifier: Apache-2.0 */
/* Reading: from what was typed to the fields of a submission. */
#include "web/act_form.h"

#include <string.h>

#include "base/crypto.h"
#include "base/intake.h"
#include "base/num.h"
#include "base/utf8.h"
#include "store/round_store.h"

#define YUAN_MAX 999999999LL

void
act_form_error(struct act_form *form, const char *field, const char *text)
{
    form->errors =
        mem_grow(form->request->ctx->mem, form->errors, struct field_error, form->error_count + 1);
    form->errors[form->error_count++] = (struct field_error){field, text};
}

static enum err
value_add(struct act_form *form, const char *name, const char *value)
{
    struct pairs *pairs = &form->values;
    pairs->list = mem_grow(form->request->ctx->mem, pairs->list, struct pair, pairs->count + 1);
    pairs->list[pairs->count++] = (struct pair){name, value};
    return ERR_OK;
}

enum err
act_form_propose(struct act_form *form)
{
    struct request *request = form->request;
    struct ctx *ctx = request->ctx;
    const struct field *fields = form->act->code->fields;
    struct round *rounds;
    size_t count;
    for (size_t i = 0; i < request->query.count; i++)
        TRY(value_add(form, request->query.list[i].name, request->query.list[i].value));
    const struct field *body = field_find(fields, "body");
    if (body && body->choices && field_choice_has(body->choices, "village"))
        TRY(value_add(form, "body", "village"));
    if (!field_find(fields, "round"))
        return ERR_OK;
    TRY(round_store_list(ctx, request->gate->db, request->unit.unit, &rounds, &count));
    if (count == 0)
        return ERR_OK;
    return value_add(form, "round",
                     mem_printf(ctx->mem, "%lld", (long long)rounds[count - 1].round));
}

/* --- one value --- */

/* "12.5" yuan → 1250 fen. */
static bool
money_parse(struct ctx *ctx, const char *text, int64_t *ret_fen)
{
    const char *point = strchr(text, '.');
    const size_t decimals = point ? strlen(point + 1) : 0;
    const char *whole = point ? mem_text_n(ctx->mem, text, (size_t)(point - text)) : text;
    int64_t yuan, fen = 0;
    if (!num_parse_i64(whole, -YUAN_MAX, YUAN_MAX, &yuan) || (point && decimals == 0) ||
        decimals > 2 || (decimals && !num_parse_i64(point + 1, 0, 99, &fen)))
        return false;
    if (decimals == 1)
        fen *= 10;
    *ret_fen = yuan * 100 + (text[0] == '-' ? -fen : fen);
    return true;
}

/* Names apart by 、 , ， ; ； line ends and blanks. */
static json_t *
persons_read(struct ctx *ctx, const char *text)
{
    json_t *list = json_array();
    const char *begin = text;
    for (const char *at = text;;) {
        const char *here = at;
        const uint32_t character = utf8_next(&at);
        const bool ends = !character || utf8_is_space(character) || character == ',' ||
                          character == ';' || character == 0x3001 || character == 0xFF0C ||
                          character == 0xFF1B;
        if (!ends)
            continue;
        if (here > begin)
            json_array_append_new(list,
                                  json_string(mem_text_n(ctx->mem, begin, (size_t)(here - begin))));
        begin = at;
        if (!character)
            return list;
    }
}

static json_t *
number_read(struct act_form *form, const struct field *field, const char *text, const char *place)
{
    struct ctx *ctx = form->request->ctx;
    int64_t number;
    const bool right = field->type == FIELD_MONEY
                           ? money_parse(ctx, text, &number)
                           : num_parse_i64(text, INT32_MIN, INT64_MAX, &number);
    if (right)
        return json_integer(number);
    act_form_error(form, place,
                   field->type == FIELD_MONEY
                       ? text_format(ctx, "应为金额（元），如 1200 或 1200.50",
                                     "an amount in yuan, such as 1200 or 1200.50")
                       : text_format(ctx, "应为整数", "must be a whole number"));
    return NULL;
}

static json_t *
file_read_in(struct act_form *form, const char *name)
{
    struct request *request = form->request;
    struct ctx *ctx = request->ctx;
    uint8_t hash[SM3_LENGTH];
    for (size_t i = 0; i < request->upload_count; i++) {
        const struct upload *upload = &request->uploads[i];
        if (strcmp(upload->name, name) != 0)
            continue;
        form->blobs = mem_grow(ctx->mem, form->blobs, struct blob_to_add, form->blob_count + 1);
        form->blobs[form->blob_count++] = (struct blob_to_add){upload->bytes, upload->length, NULL};
        sm3(upload->bytes, upload->length, hash);
        return json_string(mem_printf(ctx->mem, "sm3:%s", hex_format(ctx, hash, SM3_LENGTH)));
    }
    return NULL;
}

/* NULL: left blank, or wrong (then an error is noted at `place`). */
static json_t *
value_read(struct act_form *form, const struct field *field, const char *name, const char *place)
{
    struct ctx *ctx = form->request->ctx;
    const char *typed = pairs_find(&form->values, name);
    const char *text = "";
    if (field->type == FIELD_FILE)
        return file_read_in(form, name);
    if (!typed || utf8_is_blank(typed))
        return NULL;
    const bool one_line = field->type != FIELD_TEXT && field->type != FIELD_PERSONS;
    const enum err err = one_line ? intake_line(ctx, typed, strlen(typed), place, &text)
                                  : intake_lines(ctx, typed, strlen(typed), place, &text);
    if (err != ERR_OK) {
        act_form_error(form, place, ctx->failure.message);
        failure_clear(ctx);
        return NULL;
    }
    if (field->type == FIELD_INT || field->type == FIELD_SEQ || field->type == FIELD_MONEY)
        return number_read(form, field, text, place);
    if (field->type == FIELD_PERSONS)
        return persons_read(ctx, text);
    return json_string(text);
}

/* --- tables --- */

bool
act_form_row_is_blank(const struct act_form *form, const struct field *table, size_t row)
{
    struct ctx *ctx = form->request->ctx;
    const char *prefix = mem_printf(ctx->mem, "%s.%zu.", table->name, row);
    const size_t length = strlen(prefix);
    for (size_t i = 0; i < form->values.count; i++) {
        if (strncmp(form->values.list[i].name, prefix, length) == 0 &&
            !utf8_is_blank(form->values.list[i].value))
            return false;
    }
    for (size_t i = 0; i < form->request->upload_count; i++) {
        if (strncmp(form->request->uploads[i].name, prefix, length) == 0)
            return false;
    }
    return true;
}

size_t
act_form_rows(const struct act_form *form, const struct field *table)
{
    const size_t length = strlen(table->name);
    size_t rows = 0;
    for (size_t i = 0; i < form->values.count; i++) {
        const char *name = form->values.list[i].name;
        int64_t row;
        if (strncmp(name, table->name, length) != 0 || name[length] != '.')
            continue;
        const char *digits = name + length + 1;
        const char *number = mem_text_n(form->request->ctx->mem, digits, strcspn(digits, "."));
        if (num_parse_i64(number, 0, FORM_ROWS_MAX - 1, &row) && (size_t)row >= rows)
            rows = (size_t)row + 1;
    }
    return rows;
}

static json_t *
table_read(struct act_form *form, const struct field *table)
{
    struct ctx *ctx = form->request->ctx;
    const size_t rows = act_form_rows(form, table);
    json_t *list = json_array();
    for (size_t row = 0; row < rows; row++) {
        if (act_form_row_is_blank(form, table, row))
            continue;
        json_t *object = json_object();
        for (const struct field *column = table->columns; column->name; column++) {
            const char *name = mem_printf(ctx->mem, "%s.%zu.%s", table->name, row, column->name);
            const char *place = mem_printf(ctx->mem, "%s[%zu].%s", table->name,
                                           json_array_size(list), column->name);
            json_t *value = value_read(form, column, name, place);
            if (value)
                json_object_set_new(object, column->name, value);
        }
        json_array_append_new(list, object);
    }
    if (json_array_size(list))
        return list;
    json_decref(list);
    return NULL;
}

json_t *
act_form_fields(struct act_form *form)
{
    json_t *fields = json_own(form->request->ctx->mem, json_object());
    for (const struct field *field = form->act->code->fields; field->name; field++) {
        json_t *value = field->type == FIELD_TABLE
                            ? table_read(form, field)
                            : value_read(form, field, field->name, field->name);
        if (value)
            json_object_set_new(fields, field->name, value);
    }
    return fields;
}

json_t *
act_form_waivers(struct act_form *form)
{
    static const char PREFIX[] = "reason.";
    json_t *waivers = NULL;
    for (size_t i = 0; i < form->values.count; i++) {
        const struct pair *pair = &form->values.list[i];
        if (strncmp(pair->name, PREFIX, sizeof PREFIX - 1) != 0 || utf8_is_blank(pair->value))
            continue;
        if (!waivers)
            waivers = json_own(form->request->ctx->mem, json_array());
        json_t *waiver = json_object();
        json_object_set_new(waiver, "rule", json_string(pair->name + sizeof PREFIX - 1));
        json_object_set_new(waiver, "reason", json_string(pair->value));
        json_array_append_new(waivers, waiver);
    }
    return waivers;
}
