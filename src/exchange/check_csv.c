/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of a check as CSV. */
#include <string.h>

#include "exchange/check_parts.h"

#define LARGEST ((size_t)4 << 30)

static const struct text TITLES[] = {
    {"文件", "file"},       {"工作表", "sheet"}, {"名册", "list"},     {"行", "row"},
    {"单元格", "cell"},     {"村", "village"},   {"姓名", "name"},     {"身份号码", "id"},
    {"种类", "kind"},       {"规则", "rule"},    {"程度", "severity"}, {"问题", "what is wrong"},
    {"办法", "what to do"},
};

void
check_csv_cell(struct buf *buf, const char *text, bool first)
{
    if (!first)
        buf_add_char(buf, ',');
    const bool formula = text[0] && strchr("=+-@\t", text[0]);
    if (!formula && !strpbrk(text, ",\"\r\n")) {
        buf_add_text(buf, text);
        return;
    }
    buf_add_char(buf, '"');
    if (formula)
        buf_add_char(buf, '\'');
    for (; *text; text++) {
        if (*text == '"')
            buf_add_char(buf, '"');
        buf_add_char(buf, *text);
    }
    buf_add_char(buf, '"');
}

static void
finding_put(struct ctx *ctx, struct buf *buf, const struct roll_check_finding *finding)
{
    const struct roll_fault_row *row = roll_fault_row(finding->fault);
    const char *cells[] = {
        finding->file,
        finding->sheet,
        roll_kind_word(finding->kind),
        mem_printf(ctx->mem, "%lld", (long long)finding->line),
        finding->cell,
        finding->village,
        finding->name,
        finding->id,
        row->word,
        row->rule,
        finding->blocks ? "block" : "warn",
        roll_check_words(ctx, finding),
        text_pick(ctx, row->cure),
    };
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        check_csv_cell(buf, cells[i], i == 0);
    buf_add_char(buf, '\n');
}

/* Changes since the last term whose cause is known are no findings: notes below them. The others
 * stand above already (gone, added). */
static void
change_put(struct ctx *ctx, struct buf *buf, const struct roll_check *check, size_t index)
{
    struct roll_check_finding it;
    enum roll_change change;
    roll_check_change(ctx, check, index, &it, &change);
    const char *cells[] = {it.file,
                           it.sheet,
                           roll_kind_word(it.kind),
                           mem_printf(ctx->mem, "%lld", (long long)it.line),
                           "",
                           it.village,
                           it.name,
                           it.id,
                           roll_change_word(change),
                           "",
                           "note",
                           text_pick(ctx, roll_change_title(change)),
                           ""};
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        check_csv_cell(buf, cells[i], i == 0);
    buf_add_char(buf, '\n');
}

enum err
roll_check_csv(struct ctx *ctx, const struct roll_check *check, const char *path)
{
    struct buf buf;
    buf_init(&buf, ctx->mem, LARGEST);
    buf_add_text(&buf, "\xEF\xBB\xBF");
    for (size_t i = 0; i < COUNT_OF(TITLES); i++)
        check_csv_cell(&buf, text_pick(ctx, TITLES[i]), i == 0);
    buf_add_char(&buf, '\n');
    struct ctx *scratch = ctx_new(ctx->lang);
    for (size_t i = 0; i < roll_check_count(check); i++) {
        struct roll_check_finding finding;
        if (i % 1024 == 1023) {
            ctx_free(scratch);
            scratch = ctx_new(ctx->lang);
        }
        roll_check_finding(scratch, check, i, &finding);
        finding_put(scratch, &buf, &finding);
    }
    for (size_t i = 0; i < roll_check_change_count(check); i++) {
        if (i % 1024 == 1023) {
            ctx_free(scratch);
            scratch = ctx_new(ctx->lang);
        }
        change_put(scratch, &buf, check, i);
    }
    ctx_free(scratch);
    if (buf_is_over(&buf))
        return FAIL(ctx, ERR_LIMIT, "问题太多，写不下", "too many findings to write");
    return file_write(ctx, path, (struct file_content){buf.data, buf.length, 0600});
}
