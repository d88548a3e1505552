/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/law_one.h"

#include <string.h>

#include "exchange/law_case.h"

enum { ANSWER_MAX = 4 << 20 };

static enum err
line_answer(struct ctx *ctx, FILE *in, FILE *out)
{
    const struct law_options options = {.inside = true};
    struct law_counts counts = {0};
    TRY(law_answer_stream(ctx, in, &options, out, &counts));
    return fflush(out) == 0 ? ERR_OK : FAIL(ctx, ERR_IO, "内存不足", "out of memory");
}

enum err
law_answer_one(struct ctx *ctx, const char *check, const char *law, const json_t *given,
               json_t **ret_answer)
{
    json_t *line = json_own(ctx->mem, json_object());
    char *answer = mem_array(ctx->mem, char, ANSWER_MAX);
    json_object_set_new(line, "id", json_string(check));
    json_object_set_new(line, "check", json_string(check));
    json_object_set_new(line, "law", json_string(law));
    json_object_set_new(line, "given", json_deep_copy(given));
    char *text = mem_text(ctx->mem, json_canonical(ctx, line));
    FILE *in = fmemopen(text, strlen(text), "r");
    FILE *out = fmemopen(answer, ANSWER_MAX, "w");
    enum err err =
        in && out ? line_answer(ctx, in, out) : FAIL(ctx, ERR_IO, "内存不足", "out of memory");
    if (in)
        fclose(in);
    if (out)
        fclose(out);
    if (err == ERR_OK)
        err = json_read(ctx, answer, strlen(answer), check, ret_answer);
    return err;
}
