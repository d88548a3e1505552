/* SPDX-License-Identifier: Apache-2.0 */
#include "act/verify.h"

#include <string.h>

#include "act/kit.h"
#include "act/origin.h"
#include "base/buf.h"
#include "base/keyfile.h"
#include "ledger/chain.h"
#include "ledger/checkpoint.h"
#include "store/blob_store.h"
#include "store/checkpoint_store.h"
#include "store/kit_store.h"
#include "store/ledger_store.h"
#include "store/setting_store.h"
#include "store/stream_store.h"
#include "store/user_store.h"

enum { ROW_TEXT_MAX = 64 << 20 };

struct verifying {
    struct ctx *ctx;
    struct gate *gate;
    const struct verify_options *options;
    struct verify_report *report;
    struct ledger_stream *streams;
    size_t stream_count;
};

void
verify_fault_add(struct ctx *ctx, struct verify_report *report, const char *where, const char *what)
{
    report->faults =
        mem_grow(ctx->mem, report->faults, struct verify_fault, report->fault_count + 1);
    report->faults[report->fault_count++] = (struct verify_fault){mem_text(ctx->mem, where), what};
}

static void
fault_add(struct verifying *verifying, const char *where, const char *what)
{
    verify_fault_add(verifying->ctx, verifying->report, where, what);
}

/* --- chain --- */

static enum err
chain_row(struct ctx *ctx, const void *row, void *arg)
{
    (void)ctx;
    chain_check_add(arg, row);
    return ERR_OK;
}

static enum err
chain_verify(struct verifying *verifying)
{
    struct ctx *ctx = verifying->ctx;
    struct chain_check *check = chain_check_new(ctx->mem, verifying->options->threads);
    const enum err err =
        ledger_store_each(ctx, verifying->gate->db, verifying->options->unit, chain_row, check);
    const struct chain_result result = chain_check_end(check);
    TRY(err);
    verifying->report->streams = result.streams;
    verifying->report->entries = result.entries;
    for (size_t i = 0; i < result.break_count; i++)
        fault_add(verifying, result.breaks[i].unit, chain_break_words(ctx, &result.breaks[i]));
    return ERR_OK;
}

/* --- checkpoints --- */

static enum err
checkpoint_verify(struct verifying *verifying, const struct checkpoint *checkpoint,
                  const struct sm2_key *key)
{
    struct ctx *ctx = verifying->ctx;
    struct entry entry;
    if (key && !checkpoint_is_signed(ctx, key, checkpoint))
        fault_add(verifying, checkpoint->unit,
                  text_format(ctx, "第 %lld 号记录的检查点：签名不符",
                              "checkpoint at entry %lld: the signature does not fit",
                              (long long)checkpoint->seq));
    const enum err err =
        ledger_store_find(ctx, verifying->gate->db, checkpoint->unit, checkpoint->seq, &entry);
    if (err == ERR_STORE || err == ERR_NOT_FOUND)
        failure_clear(ctx);
    else
        TRY(err);
    if (err != ERR_OK || memcmp(entry.hash, checkpoint->hash, SM3_LENGTH) != 0)
        fault_add(verifying, checkpoint->unit,
                  text_format(ctx, "第 %lld 号记录与检查点不符",
                              "entry %lld is not what its checkpoint says",
                              (long long)checkpoint->seq));
    return ERR_OK;
}

/* The key of that fingerprint: this installation's, a kit's, or the home of this kit. NULL: there
 * is no key file to compare with. */
static enum err
signer_find(struct verifying *verifying, const char *fingerprint, const struct sm2_key **ret_key)
{
    struct ctx *ctx = verifying->ctx;
    const struct keyfile *key = verifying->gate->key;
    const char *pem;
    struct sm2_key *read;
    *ret_key = key ? key->pair : NULL;
    if (key && strcmp(key->fingerprint, fingerprint) == 0)
        return ERR_OK;
    enum err err = kit_store_key(ctx, verifying->gate->db, fingerprint, &pem);
    if (err == ERR_NOT_FOUND)
        err = setting_store_find(ctx, verifying->gate->db, KIT_HOME_SETTING, &pem);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_OK : err;
    if (sm2_key_read(ctx, pem, &read) != ERR_OK)
        failure_clear(ctx); /* damaged: then no key fits */
    else
        *ret_key = read;
    return ERR_OK;
}

static enum err
checkpoints_verify(struct verifying *verifying)
{
    struct ctx *ctx = verifying->ctx;
    struct checkpoint *checkpoints;
    size_t count;
    TRY(checkpoint_store_list(ctx, verifying->gate->db, verifying->options->unit, &checkpoints,
                              &count));
    for (size_t i = 0; i < count; i++) {
        const struct sm2_key *key;
        TRY(signer_find(verifying, checkpoints[i].key_fingerprint, &key));
        TRY(checkpoint_verify(verifying, &checkpoints[i], key));
    }
    verifying->report->checkpoints = (int64_t)count;
    return ERR_OK;
}

/* --- blobs --- */

static enum err
blob_row(struct ctx *ctx, const void *row, void *arg)
{
    struct verifying *verifying = arg;
    const struct blob *blob = row;
    uint8_t hash[SM3_LENGTH];
    (void)ctx;
    sm3(blob->bytes.bytes, blob->bytes.length, hash);
    verifying->report->blobs++;
    if (memcmp(hash, blob->hash, SM3_LENGTH) != 0)
        fault_add(verifying, hex_format(verifying->ctx, blob->hash, SM3_LENGTH),
                  text_format(verifying->ctx, "附件内容与其名称（哈希）不符",
                              "the content of the blob is not what its name says"));
    return ERR_OK;
}

/* Every blob name "sm3:…" in a body must be there. */
static enum err
named_blobs_verify(struct verifying *verifying, const struct entry *entry, const json_t *value)
{
    struct ctx *ctx = verifying->ctx;
    const char *text = json_string_value(value);
    const char *key;
    json_t *member;
    size_t index;
    bool has;
    json_array_foreach(value, index, member) TRY(named_blobs_verify(verifying, entry, member));
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
        TRY(named_blobs_verify(verifying, entry, member));
    if (!text || strncmp(text, "sm3:", 4) != 0 || strlen(text) != 4 + HEX_LENGTH)
        return ERR_OK;
    TRY(blob_store_has(ctx, verifying->gate->db, text + 4, &has));
    if (!has)
        fault_add(verifying, entry->unit,
                  text_format(ctx, "第 %lld 号记录的附件 %.12s… 不在",
                              "entry %lld names the blob %.12s…, which is missing",
                              (long long)entry->seq, text + 4));
    return ERR_OK;
}

/* An entry that the chain holds for good but no program of ours wrote: fields its act does not
 * have. It is not applied, because applying relies on them. */
static void
fields_verify(struct verifying *verifying, const struct entry *entry)
{
    struct ctx *ctx = verifying->ctx;
    const struct act *act = act_find(entry->act);
    struct field_error *errors = NULL;
    size_t count = 0;
    if (act)
        fields_check(ctx, act->code->fields, entry->fields, &errors, &count);
    if (!act || count)
        fault_add(verifying, entry->unit,
                  text_format(ctx, "第 %lld 号记录的内容不是环节 %s 能有的：%s",
                              "entry %lld is not what the act %s can be: %s", (long long)entry->seq,
                              entry->act, count ? errors[0].field : "?"));
}

/* True if something about the unit is wrong already. */
static bool
unit_is_faulty(const struct verifying *verifying, const char *unit)
{
    for (size_t i = 0; i < verifying->report->fault_count; i++) {
        if (strcmp(verifying->report->faults[i].where, unit) == 0)
            return true;
    }
    return false;
}

/* Acts that end a stage are signed; a checkpoint taken away would let the tail be cut off too. */
static void
signed_verify(struct verifying *verifying, const struct entry *entry,
              const struct checkpoint *checkpoints, size_t count)
{
    const struct act *act = act_find(entry->act);
    if (!verifying->gate->key || !act || !(act->flags & ACT_CHECKPOINT))
        return;
    for (size_t i = 0; i < count; i++) {
        if (checkpoints[i].seq == entry->seq)
            return;
    }
    fault_add(verifying, entry->unit,
              text_format(verifying->ctx, "第 %lld 号记录（%s）的检查点不在",
                          "the checkpoint of entry %lld (%s) is missing", (long long)entry->seq,
                          entry->act));
}

static enum err
unit_blobs_verify(struct verifying *verifying, const char *unit)
{
    struct checkpoint *checkpoints;
    struct entry *entries;
    size_t signatures;
    size_t count;
    TRY(ledger_store_list(verifying->ctx, verifying->gate->db, unit, 1, &entries, &count));
    TRY(checkpoint_store_list(verifying->ctx, verifying->gate->db, unit, &checkpoints,
                              &signatures));
    for (size_t i = 0; i < count; i++) {
        signed_verify(verifying, &entries[i], checkpoints, signatures);
        fields_verify(verifying, &entries[i]);
        TRY(named_blobs_verify(verifying, &entries[i], entries[i].fields));
    }
    return ERR_OK;
}

/* --- tables --- */

/* Rows of one table of one unit, as text. */
struct rows {
    struct ctx *ctx;
    const char **list;
    size_t count;
};

static enum err
row_collect(struct ctx *ctx, const struct db_table_row *row, void *arg)
{
    struct rows *rows = arg;
    struct buf buf;
    buf_init(&buf, ctx->mem, ROW_TEXT_MAX);
    for (size_t i = 0; i < row->count; i++) {
        const struct db_value *value = &row->values[i];
        buf_add_format(&buf, "%s%s=", i ? " " : "", row->names[i]);
        if (value->type == DB_INT)
            buf_add_format(&buf, "%lld", (long long)value->integer);
        else if (value->type == DB_BLOB)
            buf_add_text(&buf, hex_format(ctx, value->bytes, value->length));
        else if (value->type != DB_NULL)
            buf_add(&buf, value->bytes, value->length);
    }
    rows->list = mem_grow(ctx->mem, rows->list, const char *, rows->count + 1);
    rows->list[rows->count++] = buf.data;
    return ERR_OK;
}

static enum err
table_compare(struct verifying *verifying, struct db *side, const char *table, const char *unit)
{
    struct ctx *ctx = verifying->ctx;
    struct rows kept = {0};
    struct rows made = {0};
    TRY(db_dump_table(ctx, verifying->gate->db, table, unit, row_collect, &kept));
    TRY(db_dump_table(ctx, side, table, unit, row_collect, &made));
    verifying->report->rows += (int64_t)kept.count;
    const size_t common = kept.count < made.count ? kept.count : made.count;
    for (size_t i = 0; i < common; i++) {
        if (strcmp(kept.list[i], made.list[i]) == 0)
            continue;
        fault_add(verifying, unit,
                  text_format(ctx, "表 %s 与记录不符：%.200s（应为 %.200s）",
                              "table %s is not what the entries say: %.200s (should be %.200s)",
                              table, kept.list[i], made.list[i]));
        return ERR_OK;
    }
    if (kept.count != made.count)
        fault_add(verifying, unit,
                  text_format(ctx, "表 %s 有 %zu 行，按记录应有 %zu 行",
                              "table %s has %zu rows, the entries make %zu", table, kept.count,
                              made.count));
    return ERR_OK;
}

/* What entries are applied against besides the ledger: the units, accounts and settings. */
static enum err
side_prepare(struct verifying *verifying, struct db *side)
{
    struct ctx *ctx = verifying->ctx;
    struct unit *units;
    struct user *users;
    struct setting *settings;
    size_t count;
    TRY(unit_store_list(ctx, verifying->gate->db, &units, &count));
    for (size_t i = 0; i < count; i++)
        TRY(unit_store_add(ctx, side, &units[i]));
    TRY(user_store_list(ctx, verifying->gate->db, &users, &count));
    for (size_t i = 0; i < count; i++)
        TRY(user_store_add(ctx, side, &users[i]));
    TRY(setting_store_list(ctx, verifying->gate->db, &settings, &count));
    for (size_t i = 0; i < count; i++)
        TRY(setting_store_set(ctx, side, settings[i].name, settings[i].value));
    return ERR_OK;
}

/* The clock may be set where the setting says so; the entries must say it too. */
static enum err
exercise_verify(struct verifying *verifying, struct db *side, const char *unit)
{
    struct stream stream;
    const enum err err = stream_store_find(verifying->ctx, side, unit, &stream);
    if (err != ERR_OK)
        return err == ERR_NOT_FOUND ? ERR_OK : err;
    if (stream.exercise != verifying->gate->exercise)
        fault_add(verifying, unit,
                  text_format(verifying->ctx, "演练设定与启动换届的记录不符",
                              "the setting for exercises is not what term.open says"));
    return ERR_OK;
}

static enum err
unit_tables_verify(struct verifying *verifying, struct gate *side, const char *unit)
{
    struct ctx *ctx = verifying->ctx;
    const char **tables;
    size_t count;
    const enum err err = unit_replay(ctx, side, verifying->gate->db, unit, 0);
    if (err != ERR_OK) {
        fault_add(verifying, unit,
                  text_format(ctx, "记录不能重新办理：%s",
                              "the entries cannot be applied again: %s",
                              ctx->failure.message ? ctx->failure.message : err_name(err)));
        failure_clear(ctx);
        return ERR_OK;
    }
    TRY(exercise_verify(verifying, side->db, unit));
    TRY(db_derived_tables(ctx, verifying->gate->db, &tables, &count));
    for (size_t i = 0; i < count; i++)
        TRY(table_compare(verifying, side->db, tables[i], unit));
    return ERR_OK;
}

static enum err
unit_verify(struct verifying *verifying, struct gate *side, const char *unit)
{
    struct ctx *ctx = verifying->ctx;
    void *outer = ctx->mem;
    const size_t before = verifying->report->fault_count;
    /* Damaged entries cannot be applied: they may say anything. */
    if (unit_is_faulty(verifying, unit))
        return ERR_OK;
    ctx->mem = talloc_new(outer);
    enum err err = unit_blobs_verify(verifying, unit);
    if (err == ERR_STORE) {
        /* A body that does not read is named by the chain already. */
        failure_clear(ctx);
        err = ERR_OK;
    } else if (err == ERR_OK && !unit_is_faulty(verifying, unit)) {
        err = unit_tables_verify(verifying, side, unit);
    }
    void *inner = ctx->mem;
    ctx->mem = outer;
    if (err == ERR_OK && verifying->report->fault_count == before)
        talloc_free(inner);
    return err;
}

static enum err
units_verify(struct verifying *verifying, struct gate *side)
{
    const struct verify_options *options = verifying->options;
    for (size_t i = 0; i < verifying->stream_count; i++) {
        const char *unit = verifying->streams[i].unit;
        if (!options->unit || strcmp(options->unit, unit) == 0)
            TRY(unit_verify(verifying, side, unit));
        if (options->progress)
            options->progress(options->progress_arg, (int64_t)i + 1,
                              (int64_t)verifying->stream_count);
    }
    return ERR_OK;
}

/* Rows of a unit whose entries are all gone. */
static enum err
strays_verify(struct verifying *verifying, struct gate *side)
{
    struct unit *units;
    size_t count;
    TRY(unit_store_list(verifying->ctx, verifying->gate->db, &units, &count));
    for (size_t i = 0; i < count; i++) {
        bool known =
            verifying->options->unit && strcmp(verifying->options->unit, units[i].unit) != 0;
        for (size_t k = 0; k < verifying->stream_count && !known; k++)
            known = strcmp(verifying->streams[k].unit, units[i].unit) == 0;
        if (!known)
            TRY(unit_verify(verifying, side, units[i].unit));
    }
    return ERR_OK;
}

static enum err
tables_verify(struct verifying *verifying)
{
    struct ctx *ctx = verifying->ctx;
    struct db *db CLEANUP(db_closep) = NULL;
    struct gate *side CLEANUP(gate_freep) = NULL;
    TRY(db_open(ctx, ":memory:", DB_CREATE, &db));
    TRY(side_prepare(verifying, db));
    TRY(gate_new(ctx, db, NULL, &side));
    TRY(units_verify(verifying, side));
    return strays_verify(verifying, side);
}

static enum err
all_verify(struct verifying *verifying)
{
    struct ctx *ctx = verifying->ctx;
    struct gate *gate = verifying->gate;
    TRY(ledger_store_streams(ctx, gate->db, &verifying->streams, &verifying->stream_count));
    TRY(chain_verify(verifying));
    TRY(checkpoints_verify(verifying));
    TRY(blob_store_each(ctx, gate->db, blob_row, verifying));
    TRY(origin_verify(ctx, gate, verifying->options, verifying->report));
    return tables_verify(verifying);
}

/* All is read as of one moment: an act accepted meanwhile would stand in the entries and not yet in
 * the tables, and look like a fault. */
enum err
verify_run(struct ctx *ctx, struct gate *gate, const struct verify_options *options,
           struct verify_report *ret_report)
{
    struct verifying verifying = {
        .ctx = ctx, .gate = gate, .options = options, .report = ret_report};
    *ret_report = (struct verify_report){0};
    TRY(db_begin_read(ctx, gate->db));
    const enum err err = all_verify(&verifying);
    db_rollback(gate->db);
    return err;
}

/* --- rebuild --- */

struct rebuilding {
    struct gate *gate;
    const char *unit;
};

static enum err
unit_rebuild(struct ctx *ctx, struct db *db, void *arg)
{
    struct rebuilding *rebuilding = arg;
    return unit_replay(ctx, rebuilding->gate, db, rebuilding->unit, 0);
}

enum err
rebuild_run(struct ctx *ctx, struct gate *gate, const struct verify_options *options)
{
    struct ledger_stream *streams;
    size_t count;
    TRY(ledger_store_streams(ctx, gate->db, &streams, &count));
    for (size_t i = 0; i < count; i++) {
        struct rebuilding rebuilding = {.gate = gate, .unit = streams[i].unit};
        void *outer = ctx->mem;
        if (options->unit && strcmp(options->unit, streams[i].unit) != 0)
            continue;
        ctx->mem = talloc_new(outer);
        const enum err err = db_transaction(ctx, gate->db, unit_rebuild, &rebuilding);
        void *inner = ctx->mem;
        ctx->mem = outer;
        TRY(err);
        talloc_free(inner);
        if (options->progress)
            options->progress(options->progress_arg, (int64_t)i + 1, (int64_t)count);
    }
    return ERR_OK;
}
