/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a register: refused with words, or read; and its normalised form comes back. */
#include "exchange/roll_csv.h"
#include "exchange/roll_table.h"

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
    struct sheet sheet;
    if (roll_csv_read(ctx, "fuzz", (const char *)bytes, length, &sheet) != ERR_OK) {
        ASSERT(ctx->failure.message && ctx->failure.message[0]);
        return 0;
    }
    for (size_t kind = 0; kind < ROLL_KIND_COUNT; kind++) {
        struct roll_table table;
        failure_clear(ctx);
        if (roll_table_read(ctx, "fuzz", &sheet, (enum roll_kind)kind, &table) == ERR_OK)
            round_trip(ctx, &table);
        else
            ASSERT(ctx->failure.message && ctx->failure.message[0]);
    }
    return 0;
}
