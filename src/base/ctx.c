/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct err_row {
    const char *name;
    int exit_status;
    int http_status;
    struct text title;
};

static const struct err_row ERR_ROWS[] = {
#define X(symbol, exit, http, zh, en) [ERR_##symbol] = {#symbol, exit, http, {zh, en}},
#include "base/errors.def"
#undef X
};

struct ctx *
ctx_new(enum lang lang)
{
    struct ctx *ctx = mem_new(NULL, struct ctx);
    ctx->mem = ctx;
    ctx->lang = lang;
    return ctx;
}

void
ctx_free(struct ctx *ctx)
{
    talloc_free(ctx);
}

void
ctx_freep(struct ctx **ctx)
{
    if (*ctx)
        ctx_free(*ctx);
    *ctx = NULL;
}

const char *
text_format(struct ctx *ctx, const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    const char *text = mem_vprintf(ctx->mem, ctx->lang == LANG_ZH ? zh : en, args);
    va_end(args);
    return text;
}

const char *
text_pick(const struct ctx *ctx, struct text text)
{
    return ctx->lang == LANG_ZH ? text.zh : text.en;
}

enum err
failure_set(struct ctx *ctx, enum err err, struct failure_place place, const char *zh,
            const char *en, ...)
{
    if (ctx->failure.err != ERR_OK)
        return err;
    va_list args;
    va_start(args, en);
    ctx->failure = (struct failure){
        .err = err,
        .message = mem_vprintf(ctx->mem, ctx->lang == LANG_ZH ? zh : en, args),
        .hint = text_pick(ctx, place.hint),
        .file = place.file,
        .line = place.line,
    };
    va_end(args);
    return err;
}

enum err
failure_field(struct ctx *ctx, const char *field, enum err err)
{
    if (!ctx->failure.field)
        ctx->failure.field = field;
    return err;
}

void
failure_clear(struct ctx *ctx)
{
    ctx->failure = (struct failure){.err = ERR_OK};
}

int
err_exit_status(enum err err)
{
    return ERR_ROWS[err].exit_status;
}

int
err_http_status(enum err err)
{
    return ERR_ROWS[err].http_status;
}

const char *
err_name(enum err err)
{
    return ERR_ROWS[err].name;
}

struct text
err_title(enum err err)
{
    return ERR_ROWS[err].title;
}

void
bug_at(const char *file, int line, const char *words)
{
    fprintf(stderr, "cunxuan: bug at %s:%d: %s\n", file, line, words);
    abort();
}
