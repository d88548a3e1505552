/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as JSON: refused with words, or read; and the canonical form is a fixed point. */
#include "base/json.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool
has_real(const json_t *value)
{
    const char *key;
    json_t *member;
    size_t index;
    bool found = json_is_real(value);
    json_array_foreach(value, index, member)
    {
        found = found || has_real(member);
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        found = found || has_real(member);
    }
    return found;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);
    const char *text = (const char *)bytes;
    json_t *value = NULL;

    if (json_read(ctx, text, length, "fuzz", &value) != ERR_OK) {
        ASSERT(ctx->failure.message && ctx->failure.message[0]);
        return 0;
    }
    if (has_real(value))
        return 0;
    const char *canonical = json_canonical(ctx, value);
    ASSERT(json_is_canonical(ctx, canonical, strlen(canonical)));
    json_t *again = NULL;
    ASSERT(json_read(ctx, canonical, strlen(canonical), "again", &again) == ERR_OK);
    ASSERT(json_equal(value, again));
    return 0;
}
