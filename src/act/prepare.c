/* SPDX-License-Identifier: Apache-2.0 */
#include "act/prepare.h"

#include <string.h>

#include "act/roll_people.h"
#include "act/roll_seal.h"
#include "act/seal.h"
#include "base/clock.h"
#include "base/keyfile.h"
#include "exchange/roll_reader.h"
#include "store/identity_store.h"

static const char *
blob_name(struct ctx *ctx, const void *bytes, size_t length)
{
    uint8_t hash[SM3_LENGTH];
    sm3(bytes, length, hash);
    return mem_printf(ctx->mem, "sm3:%s", hex_format(ctx, hash, SM3_LENGTH));
}

/* The law's word on each row of a roll: who may not vote is refused with his row. */
static enum err
roll_rows_judge(struct ctx *ctx, struct gate *gate, const char *unit, struct roll_table *table)
{
    struct roll_people people;
    const struct pack *pack;
    TRY(roll_people_load(ctx, gate->db, unit, &people));
    TRY(gate_pack(ctx, gate, unit, instant_date(ctx->now), &pack));
    if (!date_is_set(people.polling_day))
        return ERR_OK; /* the act itself will say that the day must be fixed first */
    TRY(roll_people_look(ctx, gate->db, &people, table));
    for (size_t i = 0; i < table->count; i++) {
        enum roll_fault fault;
        const char *detail;
        TRY(roll_judge_row(ctx, gate->db, pack, &people, &table->rows[i], &fault, &detail));
        if (fault != ROLL_FAULT_COUNT)
            roll_table_refuse(ctx, table, &table->rows[i], ROLL_COL_NAME, fault, detail);
    }
    roll_table_drop(table);
    return ERR_OK;
}

enum err
register_read(struct ctx *ctx, const struct keyfile *key, const char *kind, struct roll_file file,
              struct read_roll *ret_read)
{
    enum roll_kind known;
    struct roll_layout layout;
    struct roll_table table;
    const struct book_source source = {file.name, NULL, file.bytes, file.length};
    struct roll_wish wish = {.sheet = file.sheet, .mapping = file.mapping};
    if (!roll_kind_find(kind, &known))
        return FAIL_FIELD(ctx, "kind", "没有这种名册：%s", "there is no kind of register \"%s\"",
                          kind);
    if (!key)
        return FAIL_HINT(ctx, ERR_FORBIDDEN, "在有密钥文件的电脑上办理（cunxuan doctor 查看）",
                         "do it where the key file is (see cunxuan doctor)",
                         "没有密钥文件，不能导入身份号码",
                         "identity numbers cannot be read in without the key file");
    wish.kind = known;
    TRY(roll_book_read(ctx, &source, &wish, &layout, &table));
    roll_table_seal(ctx, &key->fields, &table);
    *ret_read = (struct read_roll){
        .table = table,
        .original = roll_original_seal(ctx, &key->fields, file.bytes, file.length),
    };
    ret_read->original_name = blob_name(ctx, ret_read->original, strlen(ret_read->original));
    return ERR_OK;
}

void
register_write(struct ctx *ctx, struct read_roll *read)
{
    if (read->table.kind == ROLL_KIND_ROLL)
        return;
    read->rows = roll_table_write(ctx, &read->table);
    read->rows_name = blob_name(ctx, read->rows, strlen(read->rows));
}

enum err
register_finish(struct ctx *ctx, struct gate *gate, const char *unit, struct read_roll *read,
                struct prepared_roll *ret_prepared)
{
    struct roll_table *table = &read->table;
    if (table->kind == ROLL_KIND_ROLL)
        TRY(roll_rows_judge(ctx, gate, unit, table));
    struct prepared_roll prepared = {
        .original = read->original,
        .original_name = read->original_name,
        .rows = read->rows,
        .rows_name = read->rows_name,
        .taken = table->count,
        .refused = table->refusal_count,
        .ignored = table->ignored,
        .ignored_count = table->ignored_count,
    };
    if (!prepared.rows) {
        prepared.rows = roll_table_write(ctx, table);
        prepared.rows_name = blob_name(ctx, prepared.rows, strlen(prepared.rows));
    }
    *ret_prepared = prepared;
    return ERR_OK;
}

enum err
register_prepare(struct ctx *ctx, struct gate *gate, const char *unit, const char *kind,
                 struct roll_file file, struct prepared_roll *ret_prepared)
{
    struct read_roll read;
    TRY(register_read(ctx, gate->key, kind, file, &read));
    return register_finish(ctx, gate, unit, &read, ret_prepared);
}

/* The blob of the submission that a file field names; NULL if it is not among them. */
static const struct blob_to_add *
blob_find(struct ctx *ctx, const struct submission *submission, const char *name)
{
    for (size_t i = 0; name && i < submission->blob_count; i++) {
        const struct blob_to_add *blob = &submission->blobs[i];
        if (strcmp(blob_name(ctx, blob->bytes, blob->length), name) == 0)
            return blob;
    }
    return NULL;
}

static enum err
import_prepare(struct ctx *ctx, struct gate *gate, struct submission *submission, const char *kind)
{
    struct prepared_roll prepared;
    const char *named = json_text_of(submission->fields, "original");
    if (!named)
        named = json_text_of(submission->fields, "rows");
    const struct blob_to_add *given = blob_find(ctx, submission, named);
    const char *rows = json_text_of(submission->fields, "rows");
    /* Both kept already, by an earlier submission: the check reads and judges them. */
    if (!given && named && rows && strncmp(named, "sm3:", 4) == 0 && strncmp(rows, "sm3:", 4) == 0)
        return ERR_OK;
    if (!given)
        return FAIL_HINT(ctx, ERR_INVALID, "original 填名册文件的路径",
                         "give the path of the file in original", "没有交来名册文件（original）",
                         "no file was handed in (original)");
    const struct roll_file file = {text_format(ctx, "名册", "the register"), given->bytes,
                                   given->length, submission->sheet, submission->mapping};
    TRY(register_prepare(ctx, gate, submission->unit, kind, file, &prepared));
    struct blob_to_add *blobs = mem_array(ctx->mem, struct blob_to_add, 2);
    blobs[0] =
        (struct blob_to_add){prepared.original, strlen(prepared.original), prepared.original_name};
    blobs[1] = (struct blob_to_add){prepared.rows, strlen(prepared.rows), prepared.rows_name};
    submission->blobs = blobs;
    submission->blob_count = 2;
    json_object_set_new(submission->fields, "original", json_string(prepared.original_name));
    json_object_set_new(submission->fields, "rows", json_string(prepared.rows_name));
    return ERR_OK;
}

/* Seals one text of roll.amend, unless it is sealed already or empty. */
static enum err
amend_seal(struct ctx *ctx, const struct gate *gate, json_t *fields, const char *name, bool is_id)
{
    struct sealed_id id;
    const char *cipher;
    const char *text = json_text_of(fields, name);
    if (!text || roll_sealed_id_read(ctx, text, &id) || roll_sealed_phone_read(ctx, text, &cipher))
        return ERR_OK;
    /* "无": there was no number before. */
    if (strcmp(text, "无") == 0 || strcmp(text, "none") == 0)
        return ERR_OK;
    const char *sealed = text;
    if (is_id)
        TRY(failure_field(ctx, name, roll_seal_id(ctx, &gate->key->fields, text, &sealed)));
    else
        sealed = roll_seal_phone(ctx, &gate->key->fields, text);
    json_object_set_new(fields, name, json_string(sealed));
    return ERR_OK;
}

static enum err
amend_prepare(struct ctx *ctx, struct gate *gate, struct submission *submission)
{
    const char *reason = json_text_of(submission->fields, "reason");
    const bool is_id = reason && strcmp(reason, "id_number") == 0;
    if (!reason || (!is_id && strcmp(reason, "contact") != 0))
        return ERR_OK;
    if (!gate->key)
        return FAIL_HINT(ctx, ERR_FORBIDDEN, "在有密钥文件的电脑上办理（cunxuan doctor 查看）",
                         "do it where the key file is (see cunxuan doctor)",
                         "没有密钥文件，不能录入号码",
                         "numbers cannot be entered without the key file");
    TRY(amend_seal(ctx, gate, submission->fields, "old", is_id));
    return amend_seal(ctx, gate, submission->fields, "new", is_id);
}

/* roll.add of somebody in no table yet. */
static enum err
add_prepare(struct ctx *ctx, struct gate *gate, struct submission *submission)
{
    if (!json_text_of(submission->fields, "id_number"))
        return ERR_OK;
    if (!gate->key)
        return FAIL_HINT(ctx, ERR_FORBIDDEN, "在有密钥文件的电脑上办理（cunxuan doctor 查看）",
                         "do it where the key file is (see cunxuan doctor)",
                         "没有密钥文件，不能录入号码",
                         "numbers cannot be entered without the key file");
    return amend_seal(ctx, gate, submission->fields, "id_number", true);
}

enum err
submission_prepare(struct ctx *ctx, struct gate *gate, struct submission *submission)
{
    const struct act *act = act_find(submission->act);
    if (act)
        TRY(fields_seal(ctx, gate, act->code->fields, submission->fields));
    if (strcmp(submission->act, "roll.import") == 0)
        return import_prepare(ctx, gate, submission, "roll");
    if (strcmp(submission->act, "register.import") == 0) {
        const char *kind = json_text_of(submission->fields, "kind");
        return import_prepare(ctx, gate, submission, kind ? kind : "");
    }
    if (strcmp(submission->act, "roll.add") == 0)
        return add_prepare(ctx, gate, submission);
    if (strcmp(submission->act, "roll.amend") == 0)
        return amend_prepare(ctx, gate, submission);
    return ERR_OK;
}
