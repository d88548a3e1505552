/* SPDX-License-Identifier: Apache-2.0 */
/* Any lines as law cases: one answer for each line that is not empty, and each answer is JSON. */
#include "exchange/law_case.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "exchange/pack_files.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
answers_are_json(struct ctx *ctx, const char *text, size_t length)
{
    const char *end = text + length;
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        json_t *answer = NULL;
        ASSERT(stop);
        ASSERT(json_read(ctx, text, (size_t)(stop - text), "answer", &answer) == ERR_OK);
        ASSERT(json_object_get(answer, "result") || json_object_get(answer, "error"));
        text = stop + 1;
    }
}

/* Packs are read once: they are not what this target is about. */
static const struct pack_shelf *
packs(void)
{
    static struct pack_shelf shelf;
    if (shelf.count == 0)
        ASSERT(pack_shelf_load(ctx_new(LANG_ZH), &shelf) == ERR_OK);
    return &shelf;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);
    const struct law_options options = {.quiet = false};
    struct law_counts counts = {0, 0};
    char *copy = mem_array(ctx->mem, char, length);
    memcpy(copy, bytes, length);
    char *answer = NULL;
    size_t size = 0;
    FILE *in = fmemopen(copy, length, "r");
    FILE *out = open_memstream(&answer, &size);
    ASSERT(in && out);

    const enum err err = law_answer_with(ctx, packs(), in, &options, out, &counts);

    ASSERT(err == ERR_OK);
    fclose(in);
    fclose(out);
    answers_are_json(ctx, answer, size);
    free(answer);
    return 0;
}
