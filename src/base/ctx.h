/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The context of one request, command or job: its memory, language, clock and first failure.
 *
 * Three kinds of trouble, never mixed: a bug (ASSERT, BUG: abort), a failure (enum err, passed up
 * with TRY; its words go once into ctx->failure, the first one wins), a finding (a broken rule of
 * election law: data, see domain/finding.h). Only the outermost layer prints.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

#define WARN_UNUSED __attribute__((warn_unused_result))

enum err {
#define X(symbol, exit, http, zh, en) ERR_##symbol,
#include "base/errors.def"
#undef X
};

/* Language of what people read. Chinese first: it is the language of the law. */
enum lang { LANG_ZH, LANG_EN };

/* A text that exists in both languages. */
struct text {
    const char *zh;
    const char *en;
};

struct failure {
    enum err err;
    const char *message; /* what is wrong, in the user's language */
    const char *hint;    /* what to do, or NULL */
    const char *field;   /* which field of the input is wrong ("posts[0].seats"), or NULL */
    const char *file;    /* where in the source; for the log */
    int line;
};

/* `now`: seconds since 1970-01-01 00:00 UTC, set by base/clock or by a test. */
struct ctx {
    void *mem;
    enum lang lang;
    int64_t now;
    struct failure failure;
};

/* A context on the heap (talloc top level) with its memory; ctx_free releases all of it. */
struct ctx *ctx_new(enum lang lang);
void ctx_free(struct ctx *ctx);
void ctx_freep(struct ctx **ctx);

/* Text in the language of the context; both formats take the same arguments, in the same order or
 * by %n$ position. The result belongs to ctx->mem. This is how all user texts are made. */
const char *text_format(struct ctx *ctx, const char *zh, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
const char *text_pick(const struct ctx *ctx, struct text text);

/* Where a failure was noticed, and what to do next. */
struct failure_place {
    const char *file;
    int line;
    struct text hint; /* or NULL, NULL */
};

/* Records a failure (unless one is recorded already) and returns `err`, for `return FAIL(…)`. */
#define FAIL(ctx, err, zh, en, ...) FAIL_HINT(ctx, err, NULL, NULL, zh, en, ##__VA_ARGS__)
/* The same with a hint: what to do next. */
#define FAIL_HINT(ctx, err, hint_zh, hint_en, zh, en, ...)                                         \
    failure_set((ctx), (err), (struct failure_place){__FILE__, __LINE__, {(hint_zh), (hint_en)}},  \
                (zh), (en), ##__VA_ARGS__)

enum err
failure_set(struct ctx *ctx, enum err err, struct failure_place place, const char *zh,
            const char *en, ...) __attribute__((format(printf, 4, 6), format(printf, 5, 6)));
/* ERR_INVALID that names the field of the input it is about. */
#define FAIL_FIELD(ctx, field, zh, en, ...)                                                        \
    failure_field((ctx), (field), FAIL((ctx), ERR_INVALID, (zh), (en), ##__VA_ARGS__))
/* Gives the recorded failure its field, unless it has one; returns `err`. */
enum err failure_field(struct ctx *ctx, const char *field, enum err err);
/* Forgets the recorded failure, where the caller deals with it itself. */
void failure_clear(struct ctx *ctx);

int err_exit_status(enum err err);
int err_http_status(enum err err);
const char *err_name(enum err err);
struct text err_title(enum err err);

/* The one control-flow macro: passes a failure up unchanged. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        const enum err try_err_ = (call);                                                          \
        if (try_err_ != ERR_OK)                                                                    \
            return try_err_;                                                                       \
    } while (0)

/* A condition that only a bug can break. Stays on in release builds. Never for input. */
#define ASSERT(condition)                                                                          \
    do {                                                                                           \
        if (!(condition))                                                                          \
            bug_at(__FILE__, __LINE__, #condition);                                                \
    } while (0)
#define BUG(words) bug_at(__FILE__, __LINE__, (words))
void bug_at(const char *file, int line, const char *words) __attribute__((noreturn));

/* Releases the variable through its x_freep function when it goes out of scope. Being released is
 * use enough (clang does not think so by itself). */
#define CLEANUP(function) __attribute__((cleanup(function), unused))

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
