/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/kit_file.h"

#include <string.h>

#include "ledger/canonical.h"

enum { LINE_HEAD = HEX_LENGTH + 1 + HEX_LENGTH + 1, PART_MAX = 1 << 30 };

/* --- writing --- */

static void
rows_write(struct ctx *ctx, const struct kit_file *file, struct buf *buf)
{
    for (size_t i = 0; i < file->row_count; i++) {
        const struct entry_row *row = &file->rows[i];
        buf_add_text(buf, hex_format(ctx, row->prev_hash, SM3_LENGTH));
        buf_add_char(buf, '\t');
        buf_add_text(buf, hex_format(ctx, row->hash, SM3_LENGTH));
        buf_add_char(buf, '\t');
        buf_add_text(buf, row->body);
        buf_add_char(buf, '\n');
    }
}

static void
checkpoints_write(struct ctx *ctx, const struct kit_file *file, struct buf *buf)
{
    for (size_t i = 0; i < file->checkpoint_count; i++) {
        const struct checkpoint *checkpoint = &file->checkpoints[i];
        json_t *object = json_own(ctx->mem, json_object());
        json_object_set_new(object, "unit", json_string(checkpoint->unit));
        json_object_set_new(object, "seq", json_integer(checkpoint->seq));
        json_object_set_new(object, "at", json_string(checkpoint->at));
        json_object_set_new(object, "key", json_string(checkpoint->key_fingerprint));
        json_object_set_new(object, "hash",
                            json_string(hex_format(ctx, checkpoint->hash, SM3_LENGTH)));
        json_object_set_new(object, "signature",
                            json_string(hex_format(ctx, checkpoint->signature.bytes,
                                                   checkpoint->signature.length)));
        buf_add_text(buf, json_canonical(ctx, object));
        buf_add_char(buf, '\n');
    }
}

typedef void part_fn(struct ctx *ctx, const struct kit_file *file, struct buf *buf);

static void
part_write(struct ctx *ctx, const struct kit_file *file, struct buf *buf, const char *name,
           part_fn *fn)
{
    struct buf part;
    buf_init(&part, ctx->mem, PART_MAX);
    fn(ctx, file, &part);
    buf->over = buf->over || part.over;
    tar_add(buf, name, part.data, part.length);
}

void
kit_file_write(struct ctx *ctx, const struct kit_file *file, struct buf *buf)
{
    const char *manifest = json_canonical(ctx, file->manifest);
    tar_add(buf, "kit.json", manifest, strlen(manifest));
    part_write(ctx, file, buf, "ledger.tsv", rows_write);
    part_write(ctx, file, buf, "checkpoints.jsonl", checkpoints_write);
    for (size_t i = 0; i < file->blob_count; i++)
        tar_add(buf, mem_printf(ctx->mem, "blobs/%s", file->blobs[i].name), file->blobs[i].bytes,
                file->blobs[i].length);
    tar_end(buf);
}

/* --- reading --- */

struct reading {
    const char *what;
    struct tar_member *members;
    size_t member_count;
    struct kit_file *file;
};

static enum err
part_find(struct ctx *ctx, const struct reading *reading, const char *name,
          const struct tar_member **ret_member)
{
    *ret_member = tar_find(reading->members, reading->member_count, name);
    if (!*ret_member)
        return FAIL(ctx, ERR_INVALID, "“%s”不是取出件：没有 %s", "\"%s\" is no kit: it has no %s",
                    reading->what, name);
    return ERR_OK;
}

static enum err
manifest_read(struct ctx *ctx, struct reading *reading)
{
    const struct tar_member *member;
    json_t *manifest;
    TRY(part_find(ctx, reading, "kit.json", &member));
    TRY(json_read(ctx, member->bytes, member->length, "kit.json", &manifest));
    const char *format = json_text_of(manifest, "format");
    reading->file->unit = json_text_of(manifest, "unit");
    reading->file->kind = json_text_of(manifest, "kind");
    reading->file->manifest = manifest;
    if (!format || strcmp(format, KIT_FORMAT) != 0 || !reading->file->unit || !reading->file->kind)
        return FAIL(ctx, ERR_INVALID, "“%s”不是本程序的取出件", "\"%s\" is no kit of this program",
                    reading->what);
    return ERR_OK;
}

/* The end of a line, or NULL; lines end in \n, the last too. */
static const char *
line_end(const char *at, const char *end)
{
    return memchr(at, '\n', (size_t)(end - at));
}

static enum err
row_refuse(struct ctx *ctx, const struct reading *reading, size_t index)
{
    return FAIL(ctx, ERR_INVALID, "“%s”里第 %zu 行记录被改动或不完整",
                "\"%s\": line %zu of its entries was altered or is not whole", reading->what,
                index + 1);
}

/* The columns are what the body says; the body is canonical and has its hash. */
static bool
row_read(struct ctx *ctx, const char *line, size_t length, struct entry_row *row)
{
    struct entry_scan scan;
    uint8_t hash[SM3_LENGTH];
    json_t *body;
    if (length < LINE_HEAD || memchr(line, '\0', length) || line[HEX_LENGTH] != '\t' ||
        line[LINE_HEAD - 1] != '\t' ||
        !hex_parse(mem_text_n(ctx->mem, line, HEX_LENGTH), row->prev_hash, SM3_LENGTH) ||
        !hex_parse(mem_text_n(ctx->mem, line + HEX_LENGTH + 1, HEX_LENGTH), row->hash, SM3_LENGTH))
        return false;
    row->body = mem_text_n(ctx->mem, line + LINE_HEAD, length - LINE_HEAD);
    if (!canonical_entry((struct span){row->body, length - LINE_HEAD}, &scan) ||
        json_read(ctx, row->body, length - LINE_HEAD, "ledger.tsv", &body) != ERR_OK)
        return false;
    row->seq = scan.seq;
    row->unit = json_text_of(body, "unit");
    row->act = json_text_of(body, "act");
    row->at = json_text_of(body, "at");
    row->actor = json_text_of(body, "actor");
    entry_hash(row->prev_hash, row->body, length - LINE_HEAD, hash);
    return bytes_equal(hash, row->hash, SM3_LENGTH);
}

static bool
row_follows(const struct kit_file *file, const struct entry_row *row)
{
    if (strcmp(row->unit, file->unit) != 0)
        return false;
    if (file->row_count == 0)
        return true;
    const struct entry_row *before = &file->rows[file->row_count - 1];
    return row->seq == before->seq + 1 && bytes_equal(row->prev_hash, before->hash, SM3_LENGTH);
}

static enum err
rows_read(struct ctx *ctx, struct reading *reading)
{
    struct kit_file *file = reading->file;
    const struct tar_member *member;
    TRY(part_find(ctx, reading, "ledger.tsv", &member));
    const char *at = member->bytes;
    const char *end = at + member->length;
    while (at < end) {
        struct entry_row row = {0};
        const char *stop = line_end(at, end);
        if (!stop || !row_read(ctx, at, (size_t)(stop - at), &row) || !row_follows(file, &row)) {
            failure_clear(ctx);
            return row_refuse(ctx, reading, file->row_count);
        }
        file->rows = mem_grow(ctx->mem, file->rows, struct entry_row, file->row_count + 1);
        file->rows[file->row_count++] = row;
        at = stop + 1;
    }
    return ERR_OK;
}

static bool
checkpoint_read(const json_t *object, struct checkpoint *checkpoint)
{
    const char *hash = json_text_of(object, "hash");
    const char *signature = json_text_of(object, "signature");
    checkpoint->unit = json_text_of(object, "unit");
    checkpoint->at = json_text_of(object, "at");
    checkpoint->key_fingerprint = json_text_of(object, "key");
    checkpoint->seq = json_integer_value(json_object_get(object, "seq"));
    if (!hash || !signature || !checkpoint->unit || !checkpoint->at ||
        !checkpoint->key_fingerprint || strlen(signature) % 2 != 0 ||
        strlen(signature) / 2 > sizeof checkpoint->signature.bytes)
        return false;
    checkpoint->signature.length = strlen(signature) / 2;
    return hex_parse(hash, checkpoint->hash, SM3_LENGTH) &&
           hex_parse(signature, checkpoint->signature.bytes, checkpoint->signature.length);
}

/* The row a checkpoint speaks of must be in the file and have its hash. */
static bool
checkpoint_fits(const struct kit_file *file, const struct checkpoint *checkpoint)
{
    if (file->row_count == 0 || strcmp(checkpoint->unit, file->unit) != 0 ||
        checkpoint->seq < file->rows[0].seq ||
        checkpoint->seq > file->rows[file->row_count - 1].seq)
        return false;
    const struct entry_row *row = &file->rows[checkpoint->seq - file->rows[0].seq];
    return bytes_equal(row->hash, checkpoint->hash, SM3_LENGTH);
}

static enum err
checkpoints_read(struct ctx *ctx, struct reading *reading)
{
    struct kit_file *file = reading->file;
    const struct tar_member *member;
    TRY(part_find(ctx, reading, "checkpoints.jsonl", &member));
    const char *at = member->bytes;
    const char *end = at + member->length;
    while (at < end) {
        struct checkpoint checkpoint = {0};
        json_t *object;
        const char *stop = line_end(at, end);
        if (!stop)
            stop = end;
        TRY(json_read(ctx, at, (size_t)(stop - at), "checkpoints.jsonl", &object));
        if (!checkpoint_read(object, &checkpoint) || !checkpoint_fits(file, &checkpoint))
            return FAIL(ctx, ERR_INVALID, "“%s”里第 %zu 个检查点不对",
                        "\"%s\": checkpoint %zu is not right", reading->what,
                        file->checkpoint_count + 1);
        file->checkpoints =
            mem_grow(ctx->mem, file->checkpoints, struct checkpoint, file->checkpoint_count + 1);
        file->checkpoints[file->checkpoint_count++] = checkpoint;
        at = stop + (stop < end);
    }
    return ERR_OK;
}

static enum err
blobs_read(struct ctx *ctx, struct reading *reading)
{
    static const char FOLDER[] = "blobs/";
    struct kit_file *file = reading->file;
    for (size_t i = 0; i < reading->member_count; i++) {
        const struct tar_member *member = &reading->members[i];
        uint8_t hash[SM3_LENGTH];
        if (strncmp(member->name, FOLDER, strlen(FOLDER)) != 0)
            continue;
        const char *name = member->name + strlen(FOLDER);
        sm3(member->bytes, member->length, hash);
        if (strcmp(name, hex_format(ctx, hash, SM3_LENGTH)) != 0)
            return FAIL(ctx, ERR_INVALID, "“%s”里附件 %.12s… 的内容与名称不符",
                        "\"%s\": the blob %.12s… is not what its name says", reading->what, name);
        file->blobs = mem_grow(ctx->mem, file->blobs, struct tar_member, file->blob_count + 1);
        file->blobs[file->blob_count++] = (struct tar_member){name, member->bytes, member->length};
    }
    return ERR_OK;
}

enum err
kit_file_read(struct ctx *ctx, const char *what, const void *bytes, size_t length,
              struct kit_file *ret_file)
{
    struct kit_file file = {0};
    struct reading reading = {.what = what, .file = &file};
    TRY(tar_read(ctx, what, bytes, length, &reading.members, &reading.member_count));
    TRY(manifest_read(ctx, &reading));
    TRY(rows_read(ctx, &reading));
    TRY(checkpoints_read(ctx, &reading));
    TRY(blobs_read(ctx, &reading));
    *ret_file = file;
    return ERR_OK;
}

/* A text may be a name, or hold some: an extract of unit.receive is JSON in a text. */
static enum err
text_names(struct ctx *ctx, const char *text, blob_name_fn *fn, void *arg)
{
    static const char PREFIX[] = "sm3:";
    for (const char *at = strstr(text, PREFIX); at; at = strstr(at + 1, PREFIX)) {
        const char *name = at + strlen(PREFIX);
        if (strspn(name, "0123456789abcdef") == HEX_LENGTH)
            TRY(fn(ctx, mem_text_n(ctx->mem, name, HEX_LENGTH), arg));
    }
    return ERR_OK;
}

enum err
blob_names_each(struct ctx *ctx, const json_t *value, blob_name_fn *fn, void *arg)
{
    const char *key;
    json_t *member;
    size_t index;
    json_array_foreach(value, index, member) TRY(blob_names_each(ctx, member, fn, arg));
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
        TRY(blob_names_each(ctx, member, fn, arg));
    return json_is_string(value) ? text_names(ctx, json_string_value(value), fn, arg) : ERR_OK;
}

/* --- the token --- */

const char *
kit_hash(struct ctx *ctx, const char *text)
{
    uint8_t hash[SM3_LENGTH];
    sm3(text, strlen(text), hash);
    return hex_format(ctx, hash, SM3_LENGTH);
}

const char *
kit_proof(struct ctx *ctx, const char *token)
{
    static const char WORDS[] = "cunxuan kit back";
    uint8_t mac[SM3_LENGTH];
    hmac_sm3(token, strlen(token), WORDS, strlen(WORDS), mac);
    return hex_format(ctx, mac, SM3_LENGTH);
}

static void
token_keys(const char *token, struct field_keys *ret_keys)
{
    uint8_t secret[SECRET_LENGTH];
    sm3(token, strlen(token), secret);
    field_keys_derive(secret, ret_keys);
}

const char *
kit_key_seal(struct ctx *ctx, const char *token, const char *text)
{
    struct field_keys keys;
    token_keys(token, &keys);
    return field_encrypt(ctx, &keys, "kit", text);
}

enum err
kit_key_open(struct ctx *ctx, const char *token, const char *sealed, const char **ret_text)
{
    struct field_keys keys;
    token_keys(token, &keys);
    if (field_decrypt(ctx, &keys, "kit", sealed, ret_text) != ERR_OK) {
        failure_clear(ctx);
        return FAIL_HINT(ctx, ERR_FORBIDDEN,
                         "口令在取出时显示过一次，形如 ABCD-EFGH-JKLM-NPQR-STUV",
                         "it was shown once when the kit was taken out",
                         "取件口令不对，打不开取出件", "the token does not open this kit");
    }
    return ERR_OK;
}

const char *
kit_token(struct ctx *ctx)
{
    /* 32 signs that nobody confuses. */
    static const char SIGNS[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    enum { GROUPS = 5, IN_GROUP = 4 };
    uint8_t chance[GROUPS * IN_GROUP];
    char token[GROUPS * (IN_GROUP + 1)];
    size_t length = 0;
    random_bytes(chance, sizeof chance);
    for (size_t i = 0; i < sizeof chance; i++) {
        if (i > 0 && i % IN_GROUP == 0)
            token[length++] = '-';
        token[length++] = SIGNS[chance[i] & 31];
    }
    return mem_text_n(ctx->mem, token, length);
}
