/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a kit that comes from outside, and as heads somebody kept (a list, or a bundle). An
 * input is the file as it is, or kit.json, ledger.tsv and checkpoints.jsonl parted by lines "%%":
 * the tar is then made to fit. Refused with words, or read. */
#include "act/origin.h"
#include "base/file.h"
#include "exchange/kit_file.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
kit_read(struct ctx *ctx, const void *bytes, size_t length)
{
    struct kit_file file = {0};
    if (kit_file_read(ctx, "kit", bytes, length, &file) != ERR_OK) {
        ASSERT(ctx->failure.message && ctx->failure.message[0]);
        failure_clear(ctx);
        return;
    }
    for (size_t i = 0; i < file.row_count; i++) {
        struct entry entry;
        if (entry_read(ctx, &file.rows[i], &entry) == ERR_OK)
            ASSERT(strcmp(entry.unit, file.rows[i].unit) == 0);
        else
            failure_clear(ctx);
    }
}

static void
heads_read(struct ctx *ctx, const void *bytes, size_t length)
{
    char *copy = mem_array(ctx->mem, char, length + 1);
    const struct file_bytes file = {copy, length};
    struct verify_head *heads;
    size_t count;
    if (length)
        memcpy(copy, bytes, length);
    if (verify_heads_parse(ctx, "heads", &file, &heads, &count) == ERR_OK) {
        for (size_t i = 0; i < count; i++)
            ASSERT(heads[i].unit && heads[i].seq >= 1 && heads[i].where);
        ASSERT(count > 0);
    } else {
        ASSERT(ctx->failure.message && ctx->failure.message[0]);
        failure_clear(ctx);
    }
}

static void
parts_read(struct ctx *ctx, const char *at, size_t length)
{
    static const char *const NAMES[] = {"kit.json", "ledger.tsv", "checkpoints.jsonl"};
    struct buf tar;
    buf_init(&tar, ctx->mem, 1 << 20);
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *end = memmem(at, length, "%%\n", 3);
        const size_t part = end ? (size_t)(end - at) : length;
        tar_add(&tar, NAMES[i], at, part);
        at += end ? part + 3 : part;
        length -= end ? part + 3 : part;
    }
    tar_end(&tar);
    kit_read(ctx, tar.data, tar.length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);

    kit_read(ctx, bytes, length);
    heads_read(ctx, bytes, length);
    parts_read(ctx, (const char *)bytes, length);
    return 0;
}
