/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/submit.h"

#include <string.h>

#include "act/prepare.h"
#include "base/file.h"
#include "base/num.h"

enum { BLOB_MAX = 256 << 20 };

static enum err
json_value_read(struct cli *cli, const char *name, const char *text, json_t **ret_value)
{
    TRY(json_read(cli->ctx, text, strlen(text), name, ret_value));
    json_incref(*ret_value);
    return ERR_OK;
}

static json_t *
persons_split(struct cli *cli, const char *text)
{
    json_t *list = json_array();
    for (const char *at = text; *at;) {
        const size_t length = strcspn(at, ",");
        json_array_append_new(list, json_string(mem_text_n(cli->ctx->mem, at, length)));
        at += length + (at[length] == ',');
    }
    return list;
}

static enum err
typed_value(struct cli *cli, const struct field *field, const char *text, json_t **ret_value)
{
    int64_t number;
    switch (field->type) {
    case FIELD_INT:
    case FIELD_SEQ:
    case FIELD_MONEY:
        if (!num_parse_i64(text, INT64_MIN, INT64_MAX, &number))
            return FAIL(cli->ctx, ERR_INVALID, "%s：应为整数，不能是“%s”",
                        "%s: must be an integer, not \"%s\"", field->name, text);
        *ret_value = json_integer(number);
        return ERR_OK;
    case FIELD_TABLE:
        return json_value_read(cli, field->name, text, ret_value);
    case FIELD_PERSONS:
        if (text[0] == '[')
            return json_value_read(cli, field->name, text, ret_value);
        *ret_value = persons_split(cli, text);
        return ERR_OK;
    case FIELD_DATE:
    case FIELD_TIME:
    case FIELD_TEXT:
    case FIELD_CHOICE:
    case FIELD_PERSON:
    case FIELD_VILLAGER:
    case FIELD_UNIT:
    case FIELD_FILE:
    case FIELD_SEALED:
        *ret_value = json_string(text);
        if (!*ret_value)
            return FAIL(cli->ctx, ERR_INVALID, "%s：不是 UTF-8 文字", "%s: is not UTF-8 text",
                        field->name);
        return ERR_OK;
    }
    BUG("unknown field type");
}

enum err
draft_set(struct cli *cli, const struct act *act, json_t *fields, const char *assignment)
{
    struct ctx *ctx = cli->ctx;
    const char *equals = strchr(assignment, '=');
    json_t *value;
    if (!equals)
        return FAIL(ctx, ERR_USAGE, "--field 应为 名称=值，不能是“%s”",
                    "--field is NAME=VALUE, not \"%s\"", assignment);
    const char *name = mem_text_n(ctx->mem, assignment, (size_t)(equals - assignment));
    const struct field *field = field_find(act->code->fields, name);
    if (!field)
        return FAIL_HINT(ctx, ERR_INVALID, "用 cunxuan acts 环节 查看字段",
                         "cunxuan acts ACT-ID lists its fields", "“%s”没有字段 %s",
                         "\"%s\" has no field %s", act->id, name);
    TRY(typed_value(cli, field, equals + 1, &value));
    json_object_set_new(fields, name, value);
    return ERR_OK;
}

static enum err
file_take(struct cli *cli, struct draft *draft, const char *path, const char *folder,
          const char **ret_name)
{
    struct ctx *ctx = cli->ctx;
    struct file_bytes file;
    uint8_t hash[SM3_LENGTH];
    const char *full =
        path[0] == '/' || !folder ? path : mem_printf(ctx->mem, "%s/%s", folder, path);
    TRY(file_read(ctx, full, (struct text){"附件", "attached file"}, BLOB_MAX, &file));
    draft->blobs = mem_grow(ctx->mem, draft->blobs, struct blob_to_add, draft->blob_count + 1);
    draft->blobs[draft->blob_count++] = (struct blob_to_add){file.data, file.length, NULL};
    sm3(file.data, file.length, hash);
    *ret_name = mem_printf(ctx->mem, "sm3:%s", hex_format(ctx, hash, SM3_LENGTH));
    return ERR_OK;
}

enum err
draft_take_files(struct cli *cli, struct draft *draft, const struct field *fields, json_t *value,
                 const char *folder)
{
    for (const struct field *field = fields; field->name; field++) {
        json_t *member = json_object_get(value, field->name);
        if (field->type == FIELD_TABLE) {
            size_t index;
            json_t *row;
            json_array_foreach(member, index, row)
                TRY(draft_take_files(cli, draft, field->columns, row, folder));
        }
        const char *path = json_string_value(member);
        const char *name;
        if (field->type != FIELD_FILE || !path || strncmp(path, "sm3:", 4) == 0)
            continue;
        TRY(file_take(cli, draft, path, folder, &name));
        json_object_set_new(value, field->name, json_string(name));
    }
    return ERR_OK;
}

enum err
draft_add_reason(struct cli *cli, struct draft *draft, const char *assignment)
{
    const char *equals = strchr(assignment, '=');
    if (!equals || !equals[1])
        return FAIL(cli->ctx, ERR_USAGE, "--reason 应为 规则=理由，如 CAL-10=暴雨",
                    "--reason is RULE=WORDS, such as CAL-10=rain");
    if (!draft->submission.waivers)
        draft->submission.waivers = json_own(cli->ctx->mem, json_array());
    json_t *waiver = json_object();
    json_object_set_new(
        waiver, "rule",
        json_string(mem_text_n(cli->ctx->mem, assignment, (size_t)(equals - assignment))));
    json_object_set_new(waiver, "reason", json_string(equals + 1));
    json_array_append_new(draft->submission.waivers, waiver);
    return ERR_OK;
}

enum err
draft_submit(struct cli *cli, struct draft *draft, struct answer *ret_answer)
{
    draft->submission.blobs = draft->blobs;
    draft->submission.blob_count = draft->blob_count;
    TRY(submission_prepare(cli->ctx, cli->gate, &draft->submission));
    TRY(act_submit(cli->ctx, cli->gate, &draft->submission, ret_answer));
    return ret_answer->accepted ? ERR_OK : ERR_REFUSED;
}
