/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an address and as a form of both kinds: refused with words, or valid UTF-8. */
#include "web/request.h"

#include <string.h>

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
pairs_test(const struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        ASSERT(utf8_is_valid(pairs->list[i].name, strlen(pairs->list[i].name)));
        ASSERT(utf8_is_valid(pairs->list[i].value, strlen(pairs->list[i].value)));
    }
}

static void
form_test(const char *type, const uint8_t *bytes, size_t length)
{
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);
    struct request request = {.ctx = ctx, .content_type = type};
    buf_init(&request.body, ctx->mem, 1 << 20);
    buf_add(&request.body, bytes, length);
    if (request_form(&request) != ERR_OK)
        ASSERT(ctx->failure.message && ctx->failure.message[0]);
    pairs_test(&request.form);
    for (size_t i = 0; i < request.upload_count; i++) {
        const char *end = request.uploads[i].bytes + request.uploads[i].length;
        ASSERT(request.uploads[i].bytes >= request.body.data &&
               end <= request.body.data + request.body.length);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);
    struct request request = {.ctx = ctx};
    const char *target = mem_text_n(ctx->mem, (const char *)bytes, length);

    if (request_target(&request, target) == ERR_OK) {
        for (size_t i = 0; i < request.part_count; i++)
            ASSERT(strcmp(request.parts[i], "..") != 0 && !strchr(request.parts[i], '/'));
    }
    pairs_test(&request.query);
    form_test("application/x-www-form-urlencoded", bytes, length);
    form_test("multipart/form-data; boundary=X", bytes, length);
    return 0;
}
