/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a register: refused with words, or read; and its normalised form comes back. */
#include "exchange/roll_reader.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
round_trip(struct ctx *ctx, struct roll_table *table)
{
    static const uint8_t SECRET[SECRET_LENGTH] = {1};
    struct field_keys keys;
    struct roll_table again;
    field_keys_derive(SECRET, &keys);
    roll_table_seal(ctx, &keys, table);
    const char *text = roll_table_write(ctx, table);
    ASSERT(roll_table_parse(ctx, text, strlen(text), &again) == ERR_OK);
    ASSERT(again.count == table->count && again.refusal_count == table->refusal_count);
    ASSERT(strcmp(roll_table_write(ctx, &again), text) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);
    const struct book_source source = {"fuzz", NULL, (const char *)bytes, length};
    for (size_t kind = 0; kind < ROLL_KIND_COUNT; kind++) {
        const struct roll_wish wish = {.kind = (enum roll_kind)kind};
        struct roll_layout layout;
        struct roll_table table;
        failure_clear(ctx);
        if (roll_book_read(ctx, &source, &wish, &layout, &table) == ERR_OK)
            round_trip(ctx, &table);
        else
            ASSERT(ctx->failure.message && ctx->failure.message[0]);
    }
    return 0;
}
