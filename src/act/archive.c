/* SPDX-License-Identifier: Apache-2.0 */
#include "act/archive.h"

#include <stdlib.h>
#include <string.h>

#include "act/tally.h"
#include "base/keyfile.h"
#include "exchange/tar.h"
#include "ledger/checkpoint.h"
#include "store/archive_store.h"
#include "store/blob_store.h"
#include "store/checkpoint_store.h"
#include "store/ledger_store.h"
#include "store/outcome_store.h"
#include "store/stream_store.h"

/* A bundle above 1 GiB is no village's. */
enum { BUNDLE_MAX = 1 << 30 };

struct bundle_file {
    const char *name;
    const void *bytes;
    size_t length;
};

/* A bundle on its way. */
struct bundling {
    struct ctx *ctx;
    struct gate *gate;
    const char *unit;
    int64_t last_seq; /* of the seal */
    int64_t entries;
    uint8_t head[SM3_LENGTH];
    struct buf ledger;
    char **blobs; /* hex, as named */
    size_t blob_count;
    struct bundle_file *files;
    size_t file_count;
};

static void
file_add(struct bundling *bundling, const char *name, const void *bytes, size_t length)
{
    bundling->files =
        mem_grow(bundling->ctx->mem, bundling->files, struct bundle_file, bundling->file_count + 1);
    bundling->files[bundling->file_count++] = (struct bundle_file){name, bytes, length};
}

/* --- ledger.jsonl --- */

/* Every "sm3:" followed by 64 hex digits in a body names a blob, also inside an extract. */
static void
blobs_find(struct bundling *bundling, const char *body)
{
    for (const char *at = strstr(body, "sm3:"); at; at = strstr(at + 1, "sm3:")) {
        if (strspn(at + 4, "0123456789abcdef") < HEX_LENGTH)
            continue;
        bundling->blobs =
            mem_grow(bundling->ctx->mem, bundling->blobs, char *, bundling->blob_count + 1);
        bundling->blobs[bundling->blob_count++] =
            mem_text_n(bundling->ctx->mem, at + 4, HEX_LENGTH);
    }
}

static enum err
row_take(struct ctx *ctx, const void *row, void *arg)
{
    struct bundling *bundling = arg;
    const struct entry_row *entry = row;
    if (entry->seq > bundling->last_seq)
        return ERR_OK;
    buf_add_format(&bundling->ledger, "{\"body\":%s,\"hash\":\"%s\",\"prev_hash\":\"%s\"}\n",
                   entry->body, hex_format(ctx, entry->hash, SM3_LENGTH),
                   hex_format(ctx, entry->prev_hash, SM3_LENGTH));
    blobs_find(bundling, entry->body);
    memcpy(bundling->head, entry->hash, SM3_LENGTH);
    bundling->entries++;
    return ERR_OK;
}

/* --- checkpoints.jsonl --- */

static void
checkpoint_add(struct ctx *ctx, struct buf *buf, const struct checkpoint *checkpoint)
{
    json_t *object = json_own(ctx->mem, json_object());
    const struct signature *signature = &checkpoint->signature;
    json_object_set_new(object, "at", json_string(checkpoint->at));
    json_object_set_new(object, "hash", json_string(hex_format(ctx, checkpoint->hash, SM3_LENGTH)));
    json_object_set_new(object, "key", json_string(checkpoint->key_fingerprint));
    json_object_set_new(object, "seq", json_integer(checkpoint->seq));
    json_object_set_new(object, "signature",
                        json_string(hex_format(ctx, signature->bytes, signature->length)));
    json_object_set_new(object, "unit", json_string(checkpoint->unit));
    buf_add_text(buf, json_canonical(ctx, object));
    buf_add_char(buf, '\n');
}

static enum err
checkpoints_add(struct bundling *bundling)
{
    struct ctx *ctx = bundling->ctx;
    struct checkpoint *list;
    size_t count;
    struct buf buf;
    int64_t last = 0;
    buf_init(&buf, ctx->mem, BUNDLE_MAX);
    TRY(checkpoint_store_list(ctx, bundling->gate->db, bundling->unit, &list, &count));
    for (size_t i = 0; i < count; i++) {
        const bool ours = strcmp(list[i].key_fingerprint, bundling->gate->key->fingerprint) == 0;
        if (list[i].seq > bundling->last_seq || !ours)
            continue;
        checkpoint_add(ctx, &buf, &list[i]);
        last = list[i].seq;
    }
    if (last != bundling->last_seq)
        return FAIL(ctx, ERR_STORE, "封存（第 %lld 号记录）没有本安装密钥的签名",
                    "the seal (entry %lld) is not signed by this installation's key",
                    (long long)bundling->last_seq);
    file_add(bundling, "checkpoints.jsonl", buf.data, buf.length);
    return ERR_OK;
}

/* --- outcomes.json --- */

static json_t *
printed_json(const struct tally_post *post)
{
    json_t *list = json_array();
    for (size_t i = 0; i < post->count; i++) {
        json_t *row = json_object();
        json_object_set_new(row, "name", json_string(post->names[i]));
        json_object_set_new(row, "person", json_string(post->persons[i]));
        json_array_append_new(list, row);
    }
    return list;
}

/* Whom each candidate of the facts stands for: the facts list those voted for in the order of the
 * counted votes. */
static json_t *
counted_json(const struct count_vote *votes, size_t count, const char *post)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        if (strcmp(votes[i].post, post) == 0)
            json_array_append_new(list, json_string(votes[i].person));
    }
    return list;
}

static json_t *
reading_json(const struct pack *pack)
{
    json_t *object = json_object();
    const bool over = pack_word(pack, PACK_OVER_VOTE_SCOPE) == SCOPE_BALLOT;
    const bool two = pack_word(pack, PACK_TWO_POSTS_SCOPE) == TWO_POSTS_BALLOT;
    json_object_set_new(object, "over_vote", json_string(over ? "ballot" : "section"));
    json_object_set_new(object, "signed_void", json_boolean(pack_yes(pack, PACK_SIGNED_VOID)));
    json_object_set_new(object, "two_posts", json_string(two ? "ballot" : "person"));
    return object;
}

static enum err
round_json(struct bundling *bundling, const struct outcome_row *outcome, json_t **ret_round)
{
    struct ctx *ctx = bundling->ctx;
    struct tally_form form;
    struct count_vote *votes;
    size_t count;
    struct pack *pack;
    json_t *facts, *result;
    TRY(tally_form_load(ctx, bundling->gate->db, bundling->unit, outcome->round, &form));
    TRY(count_store_votes(ctx, bundling->gate->db, bundling->unit, outcome->round, &votes, &count));
    TRY(pack_combine(ctx, &bundling->gate->shelf, outcome->law, DATE_NONE, &pack));
    TRY(json_read(ctx, outcome->facts, strlen(outcome->facts), "facts", &facts));
    TRY(json_read(ctx, outcome->result, strlen(outcome->result), "result", &result));
    json_t *posts = json_array();
    for (size_t i = 0; i < form.count; i++) {
        json_t *post = json_object();
        json_object_set_new(post, "counted", counted_json(votes, count, form.posts[i].word));
        if (form.form_count)
            json_object_set_new(post, "form", json_integer(form.posts[i].form));
        json_object_set_new(post, "post", json_string(form.posts[i].word));
        json_object_set_new(post, "printed", printed_json(&form.posts[i]));
        json_object_set_new(post, "seats", json_integer(form.posts[i].seats));
        json_array_append_new(posts, post);
    }
    json_t *round = json_object();
    json_object_set(round, "facts", facts);
    json_object_set_new(round, "kind", json_string(form.round.kind));
    json_object_set_new(round, "law", json_string(outcome->law));
    json_object_set_new(round, "posts", posts);
    json_object_set_new(round, "reading", reading_json(pack));
    json_object_set(round, "result", result);
    json_object_set_new(round, "round", json_integer(outcome->round));
    json_object_set_new(round, "seq", json_integer(outcome->seq));
    *ret_round = round;
    return ERR_OK;
}

static enum err
outcomes_add(struct bundling *bundling)
{
    struct ctx *ctx = bundling->ctx;
    struct outcome_row *list;
    size_t count;
    json_t *object = json_own(ctx->mem, json_object());
    json_t *rounds = json_array();
    json_object_set_new(object, "rounds", rounds);
    TRY(outcome_store_list(ctx, bundling->gate->db, bundling->unit, &list, &count));
    for (size_t i = 0; i < count; i++) {
        json_t *round;
        if (list[i].seq > bundling->last_seq)
            continue;
        TRY(round_json(bundling, &list[i], &round));
        json_array_append_new(rounds, round);
    }
    const char *text = json_canonical(ctx, object);
    file_add(bundling, "outcomes.json", text, strlen(text));
    return ERR_OK;
}

/* --- blobs, manifest, the whole --- */

static int
text_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err
blobs_add(struct bundling *bundling)
{
    struct ctx *ctx = bundling->ctx;
    if (bundling->blob_count)
        qsort(bundling->blobs, bundling->blob_count, sizeof bundling->blobs[0], text_compare);
    for (size_t i = 0; i < bundling->blob_count; i++) {
        struct db_bytes bytes;
        if (i && strcmp(bundling->blobs[i], bundling->blobs[i - 1]) == 0)
            continue;
        TRY(blob_store_get(ctx, bundling->gate->db, bundling->blobs[i], &bytes));
        file_add(bundling, mem_printf(ctx->mem, "blobs/%s", bundling->blobs[i]), bytes.bytes,
                 bytes.length);
    }
    return ERR_OK;
}

static const char *
manifest_text(struct bundling *bundling)
{
    struct ctx *ctx = bundling->ctx;
    json_t *object = json_own(ctx->mem, json_object());
    json_t *files = json_array();
    for (size_t i = 0; i < bundling->file_count; i++) {
        const struct bundle_file *file = &bundling->files[i];
        uint8_t hash[SM3_LENGTH];
        json_t *row = json_object();
        sm3(file->bytes, file->length, hash);
        json_object_set_new(row, "hash", json_string(hex_format(ctx, hash, SM3_LENGTH)));
        json_object_set_new(row, "name", json_string(file->name));
        json_object_set_new(row, "size", json_integer((json_int_t)file->length));
        json_array_append_new(files, row);
    }
    json_object_set_new(object, "entries", json_integer(bundling->entries));
    json_object_set_new(object, "files", files);
    json_object_set_new(object, "format", json_string("cunxuan-bundle 1"));
    json_object_set_new(object, "head", json_string(hex_format(ctx, bundling->head, SM3_LENGTH)));
    json_object_set_new(object, "key", json_string(bundling->gate->key->fingerprint));
    json_object_set_new(object, "unit", json_string(bundling->unit));
    return json_canonical(ctx, object);
}

static enum err
bundle_build(struct bundling *bundling, struct buf *tar)
{
    struct ctx *ctx = bundling->ctx;
    struct gate *gate = bundling->gate;
    buf_init(&bundling->ledger, ctx->mem, BUNDLE_MAX);
    TRY(ledger_store_each(ctx, gate->db, bundling->unit, row_take, bundling));
    file_add(bundling, "ledger.jsonl", bundling->ledger.data, bundling->ledger.length);
    TRY(checkpoints_add(bundling));
    file_add(bundling, "key.pem", gate->key->public_pem, strlen(gate->key->public_pem));
    TRY(outcomes_add(bundling));
    TRY(blobs_add(bundling));
    const char *manifest = manifest_text(bundling);
    buf_init(tar, ctx->mem, BUNDLE_MAX);
    tar_add(tar, "manifest.json", manifest, strlen(manifest));
    for (size_t i = 0; i < bundling->file_count; i++)
        tar_add(tar, bundling->files[i].name, bundling->files[i].bytes, bundling->files[i].length);
    tar_end(tar);
    if (buf_is_over(tar) || buf_is_over(&bundling->ledger))
        return FAIL(ctx, ERR_LIMIT, "封存包超过 1 GiB", "the bundle is above 1 GiB");
    return ERR_OK;
}

enum err
archive_bundle_make(struct ctx *ctx, struct gate *gate, const char *unit,
                    struct archive_bundle *ret_bundle)
{
    struct bundling bundling = {.ctx = ctx, .gate = gate, .unit = unit};
    struct archive_seal *seals;
    size_t count;
    struct stream stream;
    struct buf tar;
    TRY(archive_store_seals(ctx, gate->db, unit, &seals, &count));
    if (count == 0)
        return FAIL_HINT(ctx, ERR_NO, "先办理档案封存（archive.seal）",
                         "seal the archive first (archive.seal)", "%s 的档案还没有封存",
                         "the archive of %s is not sealed", unit);
    TRY(stream_store_find(ctx, gate->db, unit, &stream));
    if (!gate->key)
        return FAIL(ctx, ERR_NOT_FOUND, "没有密钥文件，不能写公钥", "there is no key file");
    bundling.last_seq = seals[count - 1].seq;
    TRY(bundle_build(&bundling, &tar));
    *ret_bundle = (struct archive_bundle){
        .name = mem_printf(ctx->mem, "%s-term%lld%s.cunxuan.tar", unit, (long long)stream.term_no,
                           stream.exercise ? "-exercise" : ""),
        .bytes = tar.data,
        .length = tar.length,
        .last_seq = bundling.last_seq,
        .exercise = stream.exercise,
    };
    return ERR_OK;
}
