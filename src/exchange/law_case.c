/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/law_case.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "exchange/law_expect.h"
#include "exchange/law_number.h"
#include "exchange/pack_files.h"

enum {
    LINE_MAX_BYTES = 32 * 1024 * 1024,
    BLOCK_BYTES = 64 * 1024,
    PACKS_KEPT = 64, /* combined packs kept for the lines to come */
};

#define X(name) extern const struct law_check law_check_##name;
#include "exchange/law_checks.def"
#undef X

static const struct law_check *const CHECKS[] = {
#define X(name) &law_check_##name,
#include "exchange/law_checks.def"
#undef X
};

struct kept_pack {
    const char *law;
    struct date day;
    const struct pack *pack;
};

/* One run over one stream. */
struct law_run {
    struct ctx *ctx; /* lives as long as the run */
    const struct law_options *options;
    struct pack_shelf shelf;
    struct kept_pack kept[PACKS_KEPT];
    size_t kept_count;
    FILE *out;
    struct law_counts *counts;
};

/* The keys of a line. */
struct law_line {
    const char *id, *check, *law, *note;
    const json_t *given, *expect;
};

static enum err
keep_json(struct binder *binder, const json_t *value, void *ret_member)
{
    const json_t **member = ret_member;
    (void)binder;
    *member = value;
    return ERR_OK;
}

static enum err
keep_object(struct binder *binder, const json_t *value, void *ret_member)
{
    if (!json_is_object(value))
        return BIND_REFUSE(binder, "应为对象", "must be an object");
    return keep_json(binder, value, ret_member);
}

static const struct bind_field LINE_FIELDS[] = {
    BIND(struct law_line, id, TEXT, .required = true),
    BIND(struct law_line, check, TEXT, .required = true),
    BIND(struct law_line, law, TEXT),
    BIND(struct law_line, given, CUSTOM, .required = true, .read = keep_json),
    BIND(struct law_line, expect, CUSTOM, .read = keep_object),
    BIND(struct law_line, note, TEXT),
};

static const struct bind_table LINE = BIND_TABLE(struct law_line, LINE_FIELDS);

static const struct law_check *
find_check(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(CHECKS); i++) {
        if (strcmp(CHECKS[i]->name, name) == 0)
            return CHECKS[i];
    }
    return NULL;
}

/* Combines in the line's memory; a pack that works is kept for the lines to come. */
static enum err
find_pack(struct law_run *run, struct binder *binder, const char *law, struct date day,
          const struct pack **ret_pack)
{
    for (size_t i = 0; i < run->kept_count; i++) {
        const struct kept_pack *kept = &run->kept[i];
        if (date_compare(kept->day, day) == 0 && strcmp(kept->law, law) == 0) {
            *ret_pack = kept->pack;
            return ERR_OK;
        }
    }
    struct pack *pack = NULL;
    TRY(bind_within(binder, pack_combine(binder->ctx, &run->shelf, law, day, &pack), "law"));
    *ret_pack = pack;
    if (run->kept_count == PACKS_KEPT)
        return ERR_OK;
    TRY(pack_combine(run->ctx, &run->shelf, law, day, &pack));
    run->kept[run->kept_count++] = (struct kept_pack){mem_text(run->ctx->mem, law), day, pack};
    return ERR_OK;
}

static enum err
answer_check(struct law_run *run, struct binder *binder, const struct law_line *line,
             json_t *result, json_t *why)
{
    const struct law_check *check = find_check(line->check);
    if (!check)
        return BIND_REFUSE_FIELD(binder, "check", "没有“%s”这项检查", "there is no check \"%s\"",
                                 line->check);
    char *given = mem_zeroed(binder->ctx->mem, check->given.size, 1, "given");
    struct law_question question = {.ctx = binder->ctx, .binder = binder, .why = why};
    TRY(bind_within(binder, bind_object(binder, line->given, &check->given, given), "given"));
    const struct date day = check->day_at == LAW_NO_DAY
                                ? DATE_NONE
                                : *(const struct date *)(const void *)(given + check->day_at);
    TRY(find_pack(run, binder, line->law ? line->law : "auto", day, &question.pack));
    return bind_within(binder, check->answer(&question, given, result), "given");
}

static json_t *
make_error(const struct binder *binder)
{
    const char *message = binder->ctx->failure.message;
    json_t *error = json_object();
    law_put_text(error, "code", "invalid");
    law_put_text(error, "message", utf8_is_valid(message, strlen(message)) ? message : "invalid");
    law_put_text(error, "field", binder->field);
    return error;
}

/* An error is expected by {"error":"invalid"} and nothing else. */
static bool
error_is_expected(const json_t *expect, const json_t *error)
{
    const char *code = json_text_of(expect, "error");
    return code && json_object_size(expect) == 1 && strcmp(code, json_text_of(error, "code")) == 0;
}

/* Puts the answer to the line into `answer`, a JSON object. */
static void
answer_line(struct law_run *run, struct ctx *ctx, const char *text, size_t length, json_t *answer)
{
    struct binder binder = {.ctx = ctx, .inside = run->options->inside};
    struct law_line line = {0};
    json_t *root = NULL;
    json_t *result = json_own(ctx->mem, json_object());
    json_t *why = json_own(ctx->mem, json_array());
    enum err err = law_json_read(ctx, text, length, &root);
    const json_t *expect = json_object_get(root, "expect");
    law_put_text(answer, "id", json_text_of(root, "id"));
    law_put_text(answer, "check", json_text_of(root, "check"));
    if (err == ERR_OK)
        err = bind_object(&binder, root, &LINE, &line);
    if (err == ERR_OK)
        err = answer_check(run, &binder, &line, result, why);
    if (err == ERR_OK) {
        json_object_set(answer, "result", result);
        json_object_set(answer, "why", why);
    } else {
        json_object_set_new(answer, "error", make_error(&binder));
    }
    const json_t *error = json_object_get(answer, "error");
    if (expect)
        law_put_bool(answer, "pass",
                     error ? error_is_expected(expect, error) : law_expect_met(expect, result));
}

static enum err
write_answer(struct law_run *run, struct ctx *ctx, const json_t *answer)
{
    const size_t flags = JSON_COMPACT;
    const size_t size = json_dumpb(answer, NULL, 0, flags);
    char *text = mem_array(ctx->mem, char, size + 1);
    json_dumpb(answer, text, size, flags);
    text[size] = '\n';
    if (fwrite(text, 1, size + 1, run->out) != size + 1)
        return FAIL(run->ctx, ERR_IO, "写不出结果：%s", "could not write: %s",
                    errno_words(run->ctx, errno));
    return ERR_OK;
}

static void
count_answer(struct law_run *run, const json_t *answer)
{
    const json_t *pass = json_object_get(answer, "pass");
    if (json_is_true(pass))
        run->counts->passed++;
    if (json_is_false(pass))
        run->counts->failed++;
}

static bool
is_blank(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
            return false;
    }
    return true;
}

/* One line, in memory of its own. */
static enum err
do_line(struct law_run *run, const struct buf *line)
{
    if (is_blank(line->data, line->length) && !buf_is_over(line))
        return ERR_OK;
    struct ctx *ctx = ctx_new(run->ctx->lang);
    json_t *answer = json_own(ctx->mem, json_object());
    if (buf_is_over(line)) {
        struct binder binder = {.ctx = ctx};
        (void)FAIL(ctx, ERR_LIMIT, "一行超过 %d 字节", "a line of over %d bytes", LINE_MAX_BYTES);
        law_put_null(answer, "id");
        law_put_null(answer, "check");
        json_object_set_new(answer, "error", make_error(&binder));
    } else {
        answer_line(run, ctx, line->data, line->length, answer);
    }
    count_answer(run, answer);
    enum err err = ERR_OK;
    if (!run->options->quiet || json_is_false(json_object_get(answer, "pass")))
        err = write_answer(run, ctx, answer);
    ctx_free(ctx);
    return err;
}

/* A byte order mark may begin a file. */
static void
skip_mark(FILE *in)
{
    static const int MARK[] = {0xEF, 0xBB, 0xBF};
    const int first = fgetc(in);
    if (first != MARK[0]) {
        if (first != EOF)
            (void)ungetc(first, in);
        return;
    }
    (void)fgetc(in);
    (void)fgetc(in);
}

static enum err
do_stream(struct law_run *run, FILE *in, char *block)
{
    struct buf line;
    buf_init(&line, run->ctx->mem, LINE_MAX_BYTES);
    size_t read = 0;
    while ((read = fread(block, 1, BLOCK_BYTES, in)) > 0) {
        for (size_t at = 0; at < read;) {
            const char *end = memchr(block + at, '\n', read - at);
            const size_t part = end ? (size_t)(end - block) - at : read - at;
            buf_add(&line, block + at, part);
            at += part + (end ? 1 : 0);
            if (!end)
                continue;
            TRY(do_line(run, &line));
            line.length = 0;
            line.over = false;
        }
    }
    if (ferror(in))
        return FAIL(run->ctx, ERR_IO, "读不出案例：%s", "could not read: %s",
                    errno_words(run->ctx, errno));
    return do_line(run, &line);
}

enum err
law_answer_with(struct ctx *ctx, const struct pack_shelf *shelf, FILE *in,
                const struct law_options *options, FILE *out, struct law_counts *counts)
{
    struct law_run *run = mem_new(ctx->mem, struct law_run);
    *run = (struct law_run){
        .ctx = ctx, .shelf = *shelf, .options = options, .out = out, .counts = counts};
    skip_mark(in);
    return do_stream(run, in, mem_array(ctx->mem, char, BLOCK_BYTES));
}

enum err
law_answer_stream(struct ctx *ctx, FILE *in, const struct law_options *options, FILE *out,
                  struct law_counts *counts)
{
    struct pack_shelf shelf;
    TRY(pack_shelf_load(ctx, &shelf));
    return law_answer_with(ctx, &shelf, in, options, out, counts);
}
