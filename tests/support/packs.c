/* SPDX-License-Identifier: Apache-2.0 */
#include "support/packs.h"

#include "support/support.h"

#define TEXT_MAX 65536

static const char *const NAMES[] = {"cn-2018", "cn-2025",  "jiangxi", "zhejiang",
                                    "beijing", "shanghai", "henan",   "shandong"};

const char *
support_pack_text(struct ctx *ctx, const char *name)
{
    FILE *file = fopen(mem_printf(ctx->mem, "packs/%s.pack", name), "rb");
    assert_non_null(file);
    char *text = mem_array(ctx->mem, char, TEXT_MAX + 1);
    const size_t length = fread(text, 1, TEXT_MAX, file);
    fclose(file);
    assert_in_range(length, 1, TEXT_MAX - 1);
    return text;
}

struct pack_shelf *
support_shelf(struct ctx *ctx)
{
    struct pack_shelf *shelf = mem_new(ctx->mem, struct pack_shelf);
    shelf->list = mem_array(ctx->mem, struct pack_file *, COUNT_OF(NAMES));
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const enum err err = pack_parse(ctx, NAMES[i], support_pack_text(ctx, NAMES[i]),
                                        &shelf->list[shelf->count++]);
        if (err != ERR_OK)
            fail_msg("%s", ctx->failure.message);
    }
    return shelf;
}

const struct pack *
support_pack(struct ctx *ctx, const char *law)
{
    struct pack *pack = NULL;
    if (pack_combine(ctx, support_shelf(ctx), law, DATE_NONE, &pack) != ERR_OK)
        fail_msg("%s", ctx->failure.message);
    return pack;
}
