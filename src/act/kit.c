/* SPDX-License-Identifier: Apache-2.0 */
#include "act/kit.h"

#include <string.h>

#include "base/clock.h"
#include "store/blob_store.h"
#include "store/checkpoint_store.h"
#include "store/kit_store.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/setting_store.h"
#include "store/stream_store.h"
#include "store/user_store.h"

/* --- gathering --- */

struct gather {
    struct db *db;
    struct kit_file *file;
};

static enum err
row_gather(struct ctx *ctx, const void *row, void *arg)
{
    struct gather *gather = arg;
    struct kit_file *file = gather->file;
    const struct entry_row *borrowed = row;
    struct entry_row kept = *borrowed;
    kept.unit = mem_text(ctx->mem, borrowed->unit);
    kept.act = mem_text(ctx->mem, borrowed->act);
    kept.at = mem_text(ctx->mem, borrowed->at);
    kept.actor = mem_text(ctx->mem, borrowed->actor);
    kept.body = mem_text(ctx->mem, borrowed->body);
    file->rows = mem_grow(ctx->mem, file->rows, struct entry_row, file->row_count + 1);
    file->rows[file->row_count++] = kept;
    return ERR_OK;
}

static enum err
blob_gather(struct ctx *ctx, const char *name, void *arg)
{
    struct gather *gather = arg;
    struct kit_file *file = gather->file;
    struct db_bytes bytes;
    bool has;
    if (tar_find(file->blobs, file->blob_count, name))
        return ERR_OK;
    TRY(blob_store_has(ctx, gather->db, name, &has));
    if (!has)
        return ERR_OK; /* verify says so; a kit takes what there is */
    TRY(blob_store_get(ctx, gather->db, name, &bytes));
    file->blobs = mem_grow(ctx->mem, file->blobs, struct tar_member, file->blob_count + 1);
    file->blobs[file->blob_count++] =
        (struct tar_member){mem_text(ctx->mem, name), bytes.bytes, bytes.length};
    return ERR_OK;
}

/* Entries, checkpoints and blobs of the unit from `from_seq` on. */
static enum err
stream_gather(struct ctx *ctx, struct db *db, int64_t from_seq, struct kit_file *file)
{
    struct gather gather = {.db = db, .file = file};
    struct checkpoint *checkpoints;
    size_t count;
    TRY(ledger_store_each(ctx, db, file->unit, row_gather, &gather));
    ASSERT(from_seq >= 1 && (size_t)(from_seq - 1) <= file->row_count);
    file->rows += from_seq - 1;
    file->row_count -= (size_t)(from_seq - 1);
    for (size_t i = 0; i < file->row_count; i++) {
        struct entry entry;
        TRY(entry_read(ctx, &file->rows[i], &entry));
        TRY(blob_names_each(ctx, entry.fields, blob_gather, &gather));
    }
    TRY(checkpoint_store_list(ctx, db, file->unit, &checkpoints, &count));
    file->checkpoints = mem_array(ctx->mem, struct checkpoint, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (checkpoints[i].seq >= from_seq)
            file->checkpoints[file->checkpoint_count++] = checkpoints[i];
    }
    return ERR_OK;
}

/* --- out --- */

struct outing {
    struct gate *gate;
    struct submission *submission;
    kit_write_fn *write;
    void *arg;
    struct answer *answer;
    struct kit_out *out;
    struct sm2_key *pair;
    json_t *manifest;
};

/* The unit and those above it. */
static enum err
units_add(struct ctx *ctx, struct outing *outing)
{
    json_t *units = json_array();
    json_object_set_new(outing->manifest, "units", units);
    const char *code = outing->submission->unit;
    while (code && code[0]) {
        struct unit unit;
        TRY(unit_store_find(ctx, outing->gate->db, code, &unit));
        json_t *object = json_object();
        json_object_set_new(object, "unit", json_string(unit.unit));
        json_object_set_new(object, "name", json_string(unit.name));
        json_object_set_new(object, "level", json_integer(unit.level));
        json_object_set_new(object, "parent", json_string(unit.parent ? unit.parent : ""));
        json_array_append_new(units, object);
        code = unit.parent;
    }
    return ERR_OK;
}

static enum err
is_named(struct ctx *ctx, struct outing *outing, const struct user *user, bool *ret_named)
{
    const json_t *people = json_object_get(outing->submission->fields, "people");
    size_t index;
    json_t *row;
    *ret_named = false;
    json_array_foreach(people, index, row)
    {
        bool same = false;
        if (user->person && user->active)
            TRY(person_is_same(ctx, outing->gate->db, outing->submission->unit, user->person,
                               row_text(row, "person"), &same));
        *ret_named = *ret_named || same;
    }
    return ERR_OK;
}

static void
user_add(struct outing *outing, json_t *users, const struct user *user)
{
    json_t *object = json_object();
    json_object_set_new(object, "name", json_string(user->name));
    json_object_set_new(object, "role", json_string(user->role));
    json_object_set_new(object, "unit", json_string(user->unit));
    json_object_set_new(object, "person", json_string(user->person));
    json_object_set_new(object, "desk", json_string(user->desk ? user->desk : ""));
    json_object_set_new(object, "created_at", json_string(user->created_at));
    json_array_append_new(users, object);
    outing->out->accounts++;
}

static enum err
users_add(struct ctx *ctx, struct outing *outing)
{
    struct user *list;
    size_t count;
    json_t *users = json_array();
    json_object_set_new(outing->manifest, "users", users);
    outing->out->accounts = 0;
    TRY(user_store_list(ctx, outing->gate->db, &list, &count));
    for (size_t i = 0; i < count; i++) {
        bool named;
        bool within;
        TRY(is_named(ctx, outing, &list[i], &named));
        TRY(unit_store_is_within(ctx, outing->gate->db, outing->submission->unit, list[i].unit,
                                 &within));
        if (named && within)
            user_add(outing, users, &list[i]);
    }
    if (outing->out->accounts == 0)
        return FAIL_HINT(ctx, ERR_INVALID, "先用 cunxuan user add --person 给他们开账号",
                         "make accounts for them first (cunxuan user add --person)",
                         "随带人员没有一个有账号，取出后谁也办不了",
                         "none of the named people has an account: nobody could do anything");
    return ERR_OK;
}

static enum err
manifest_make(struct ctx *ctx, struct outing *outing)
{
    const char *token = outing->out->token;
    const char *secret = hex_format(ctx, outing->gate->key->secret, SECRET_LENGTH);
    json_t *sealed = json_own(ctx->mem, json_object());
    outing->manifest = json_own(ctx->mem, json_object());
    json_object_set_new(sealed, "secret", json_string(secret));
    json_object_set_new(sealed, "pair", json_string(sm2_key_private_pem(ctx, outing->pair)));
    json_t *manifest = outing->manifest;
    json_object_set_new(manifest, "format", json_string(KIT_FORMAT));
    json_object_set_new(manifest, "kind", json_string("out"));
    json_object_set_new(manifest, "unit", json_string(outing->submission->unit));
    json_object_set_new(manifest, "seq", json_integer(outing->answer->seq));
    json_object_set_new(manifest, "home_key", json_string(outing->gate->key->public_pem));
    json_object_set_new(manifest, "keys",
                        json_string(kit_key_seal(ctx, token, json_canonical(ctx, sealed))));
    TRY(units_add(ctx, outing));
    return users_add(ctx, outing);
}

static enum err
out_run(struct ctx *ctx, struct db *db, void *arg)
{
    struct outing *outing = arg;
    struct kit_file file = {.unit = outing->submission->unit};
    TRY(act_submit_inside(ctx, outing->gate, outing->submission, outing->answer));
    TRY(manifest_make(ctx, outing));
    file.manifest = outing->manifest;
    TRY(stream_gather(ctx, db, 1, &file));
    buf_init(&outing->out->file, ctx->mem, KIT_FILE_MAX);
    kit_file_write(ctx, &file, &outing->out->file);
    if (buf_is_over(&outing->out->file))
        return FAIL(ctx, ERR_LIMIT, "取出件超过 1 GB", "the kit is larger than 1 GB");
    return outing->write(ctx, &outing->out->file, outing->arg);
}

enum err
kit_out(struct ctx *ctx, struct gate *gate, struct submission *submission, kit_write_fn *write,
        void *arg, struct answer *ret_answer, struct kit_out *ret_out)
{
    struct outing outing = {.gate = gate, .submission = submission, .write = write, .arg = arg};
    ASSERT(gate->key);
    outing.answer = ret_answer;
    outing.out = ret_out;
    outing.pair = sm2_key_generate(ctx);
    *ret_out = (struct kit_out){.token = kit_token(ctx)};
    const char *proof = kit_proof(ctx, ret_out->token);
    json_object_set_new(submission->fields, "token_hash", json_string(kit_hash(ctx, proof)));
    json_object_set_new(submission->fields, "public_key",
                        json_string(sm2_key_public_pem(ctx, outing.pair)));
    const enum err err = db_transaction(ctx, gate->db, out_run, &outing);
    return err == ERR_REFUSED && ctx->failure.err == ERR_OK ? ERR_OK : err;
}

/* --- open --- */

static enum err
keys_open(struct ctx *ctx, const char *token, struct kit_opened *opened)
{
    const char *sealed = json_text_of(opened->file.manifest, "keys");
    const char *text;
    json_t *keys;
    TRY(kit_key_open(ctx, token, sealed ? sealed : "", &text));
    TRY(json_read(ctx, text, strlen(text), "keys", &keys));
    const char *secret = json_text_of(keys, "secret");
    const char *pair = json_text_of(keys, "pair");
    if (!secret || !pair || !hex_parse(secret, opened->secret, SECRET_LENGTH))
        return FAIL(ctx, ERR_INVALID, "取出件里的密钥不完整", "the keys in the kit are not whole");
    return sm2_key_read(ctx, pair, &opened->pair);
}

/* The last entry is the kit.take_out that registers this proof and this key. */
static enum err
taken_check(struct ctx *ctx, const struct kit_opened *opened)
{
    const struct kit_file *file = &opened->file;
    struct entry entry = {.act = ""};
    if (file->row_count) {
        TRY(entry_read(ctx, &file->rows[file->row_count - 1], &entry));
        const char *hash = json_text_of(entry.fields, "token_hash");
        const char *key = json_text_of(entry.fields, "public_key");
        if (file->rows[0].seq == 1 && strcmp(entry.act, "kit.take_out") == 0 && hash && key &&
            strcmp(hash, kit_hash(ctx, opened->proof)) == 0 &&
            strcmp(key, sm2_key_public_pem(ctx, opened->pair)) == 0)
            return ERR_OK;
    }
    return FAIL(ctx, ERR_INVALID, "取出件的末条记录与口令、密钥不符",
                "the last entry of the kit does not fit its token and key");
}

enum err
kit_open_check(struct ctx *ctx, const char *what, const struct file_bytes *bytes, const char *token,
               struct kit_opened *ret_opened)
{
    struct kit_opened opened = {.proof = kit_proof(ctx, token)};
    struct sm2_key *home = NULL;
    TRY(kit_file_read(ctx, what, bytes->data, bytes->length, &opened.file));
    if (strcmp(opened.file.kind, "out") != 0)
        return FAIL(ctx, ERR_INVALID, "“%s”是带回的文件，用 cunxuan kit in",
                    "\"%s\" is a kit coming home: use cunxuan kit in", what);
    TRY(keys_open(ctx, token, &opened));
    TRY(taken_check(ctx, &opened));
    const char *pem = json_text_of(opened.file.manifest, "home_key");
    TRY(sm2_key_read(ctx, pem ? pem : "", &home));
    const char *fingerprint = sm2_key_fingerprint(ctx, home);
    for (size_t i = 0; i < opened.file.checkpoint_count; i++) {
        const struct checkpoint *checkpoint = &opened.file.checkpoints[i];
        if (strcmp(checkpoint->key_fingerprint, fingerprint) == 0 &&
            !checkpoint_is_signed(ctx, home, checkpoint))
            return FAIL(ctx, ERR_INVALID, "第 %lld 号记录的签名不符",
                        "the signature at entry %lld does not fit", (long long)checkpoint->seq);
    }
    *ret_opened = opened;
    return ERR_OK;
}

static enum err
people_fill(struct ctx *ctx, struct db *db, const json_t *manifest)
{
    size_t index;
    json_t *row;
    json_array_foreach(json_object_get(manifest, "units"), index, row)
    {
        const struct unit unit = {row_text(row, "unit"), row_text(row, "name"),
                                  row_int(row, "level"), row_text(row, "parent")};
        TRY(unit_store_add(ctx, db, &unit));
    }
    json_array_foreach(json_object_get(manifest, "users"), index, row)
    {
        const char *desk = row_text(row, "desk");
        const struct user user = {
            .name = row_text(row, "name"),
            .role = row_text(row, "role"),
            .unit = row_text(row, "unit"),
            .person = row_text(row, "person"),
            .desk = desk[0] ? desk : NULL,
            .created_at = row_text(row, "created_at"),
            .active = true,
        };
        TRY(user_store_add(ctx, db, &user));
    }
    return ERR_OK;
}

struct opening {
    struct gate *gate;
    const struct kit_opened *opened;
};

static enum err
open_run(struct ctx *ctx, struct db *db, void *arg)
{
    struct opening *opening = arg;
    const struct kit_opened *opened = opening->opened;
    const struct kit_file *file = &opened->file;
    const char *name;
    struct stream stream;
    TRY(people_fill(ctx, db, file->manifest));
    for (size_t i = 0; i < file->blob_count; i++)
        TRY(blob_store_put(ctx, db, file->blobs[i].bytes, file->blobs[i].length, &name));
    for (size_t i = 0; i < file->row_count; i++)
        TRY(ledger_store_add_row(ctx, db, &file->rows[i]));
    for (size_t i = 0; i < file->checkpoint_count; i++)
        TRY(checkpoint_store_add(ctx, db, &file->checkpoints[i]));
    TRY(unit_replay(ctx, opening->gate, db, file->unit, 0));
    TRY(setting_store_set(ctx, db, KIT_UNIT_SETTING, file->unit));
    TRY(setting_store_set(ctx, db, KIT_PROOF_SETTING, opened->proof));
    TRY(setting_store_set(ctx, db, KIT_HOME_SETTING, row_text(file->manifest, "home_key")));
    TRY(stream_store_find(ctx, db, file->unit, &stream));
    opening->gate->exercise = stream.exercise; /* by the entry, which is signed */
    return stream.exercise ? setting_store_set(ctx, db, "exercise", "1") : ERR_OK;
}

enum err
kit_open_fill(struct ctx *ctx, struct gate *gate, const struct kit_opened *opened)
{
    struct opening opening = {.gate = gate, .opened = opened};
    return db_transaction(ctx, gate->db, open_run, &opening);
}

/* --- pack --- */

struct packing {
    struct gate *gate;
    struct buf *buf;
};

/* The last entry gets the kit's signature; only once. */
static enum err
head_sign(struct ctx *ctx, struct packing *packing, const struct kit *kit, const struct entry *head)
{
    struct checkpoint *checkpoints;
    size_t count;
    struct checkpoint checkpoint = {
        .unit = kit->unit, .seq = head->seq, .at = instant_format(ctx, ctx->now)};
    if (head->seq == kit->seq)
        return ERR_OK;
    TRY(checkpoint_store_list(ctx, packing->gate->db, kit->unit, &checkpoints, &count));
    if (count && checkpoints[count - 1].seq == head->seq)
        return ERR_OK;
    memcpy(checkpoint.hash, head->hash, SM3_LENGTH);
    TRY(checkpoint_sign(ctx, packing->gate->key, &checkpoint));
    return checkpoint_store_add(ctx, packing->gate->db, &checkpoint);
}

static enum err
pack_run(struct ctx *ctx, struct db *db, void *arg)
{
    struct packing *packing = arg;
    struct kit_file file = {0};
    struct kit kit;
    struct entry head;
    const char *proof;
    const enum err err = setting_store_find(ctx, db, KIT_UNIT_SETTING, &file.unit);
    if (err == ERR_NOT_FOUND)
        return FAIL(ctx, ERR_INVALID, "这里不是取出件（没有 cunxuan kit open 过）",
                    "this is no kit (not made by cunxuan kit open)");
    TRY(err);
    TRY(setting_store_find(ctx, db, KIT_PROOF_SETTING, &proof));
    TRY(kit_store_last(ctx, db, file.unit, &kit));
    TRY(ledger_store_head(ctx, db, file.unit, &head));
    TRY(head_sign(ctx, packing, &kit, &head));
    TRY(setting_store_set(ctx, db, KIT_PACKED_SETTING, "1"));
    json_t *manifest = json_own(ctx->mem, json_object());
    json_object_set_new(manifest, "format", json_string(KIT_FORMAT));
    json_object_set_new(manifest, "kind", json_string("back"));
    json_object_set_new(manifest, "unit", json_string(file.unit));
    json_object_set_new(manifest, "seq", json_integer(kit.seq));
    json_object_set_new(manifest, "proof", json_string(proof));
    file.manifest = manifest;
    TRY(stream_gather(ctx, db, kit.seq + 1, &file));
    buf_init(packing->buf, ctx->mem, KIT_FILE_MAX);
    kit_file_write(ctx, &file, packing->buf);
    return ERR_OK;
}

enum err
kit_pack(struct ctx *ctx, struct gate *gate, struct buf *ret_file)
{
    struct packing packing = {.gate = gate, .buf = ret_file};
    return db_transaction(ctx, gate->db, pack_run, &packing);
}

/* --- in --- */

enum err
kit_file_unit(struct ctx *ctx, const char *what, const struct file_bytes *bytes,
              const char **ret_unit)
{
    struct tar_member *members;
    size_t count;
    json_t *manifest = NULL;
    TRY(tar_read(ctx, what, bytes->data, bytes->length, &members, &count));
    const struct tar_member *member = tar_find(members, count, "kit.json");
    if (member)
        TRY(json_read(ctx, member->bytes, member->length, "kit.json", &manifest));
    *ret_unit = json_text_of(manifest, "unit");
    if (!*ret_unit)
        return FAIL(ctx, ERR_INVALID, "“%s”不是取出件", "\"%s\" is no kit", what);
    return ERR_OK;
}

enum err
kit_is_back(struct ctx *ctx, struct db *db, const char *unit, const struct file_bytes *bytes,
            bool *ret_back, int64_t *ret_seq)
{
    struct kit kit = {.file = "", .state = ""};
    uint8_t hash[SM3_LENGTH];
    const enum err err = kit_store_last(ctx, db, unit, &kit);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    sm3(bytes->data, bytes->length, hash);
    *ret_back =
        strcmp(kit.file, mem_printf(ctx->mem, "sm3:%s", hex_format(ctx, hash, SM3_LENGTH))) == 0;
    *ret_seq = kit.ended_seq;
    return ERR_OK;
}
