/* SPDX-License-Identifier: Apache-2.0 */
/* Any text as a pack file: refused with words, or read; what was read has only values it set. */
#include "domain/pack.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (memchr(bytes, 0, length))
        return 0; /* the reader of files refuses NUL */
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);
    const char *text = mem_text_n(ctx->mem, (const char *)bytes, length);
    struct pack_file *file = NULL;

    if (pack_parse(ctx, "fuzz.pack", text, &file) != ERR_OK) {
        ASSERT(ctx->failure.message && ctx->failure.message[0]);
        return 0;
    }
    ASSERT(file && file->name);
    for (enum pack_key key = 0; key < PACK_KEY_COUNT; key++) {
        const struct pack_value *value = &file->values[key];
        ASSERT(!value->set ||
               (value->text && value->source.zh && value->source.en && value->line > 0));
    }
    return 0;
}
