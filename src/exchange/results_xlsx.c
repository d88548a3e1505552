/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/results_xlsx.h"

#include <string.h>

#include <xlsxwriter.h>

#include "base/file.h"
#include "domain/words.h"

static const struct {
    struct text title;
    double width;
} COLUMNS[] = {
    {{"村代码", "code"}, 14},       {{"村名", "village"}, 14},
    {{"登记", "registered"}, 8},    {{"发出", "issued"}, 8},
    {{"收回", "recovered"}, 8},     {{"有效", "valid"}, 8},
    {{"无效", "void"}, 8},          {{"主任", "chair"}, 14},
    {{"副主任", "vice-chair"}, 20}, {{"委员", "members"}, 40},
    {{"投票次数", "rounds"}, 9},    {{"状态", "state"}, 14},
    {{"演练", "exercise"}, 16},     {{"特殊情况", "what happened"}, 50},
};

static const struct text EXERCISE = {"演练，不是选举", "exercise, no election"};

/* "王伟 601、李芳 580": those of a post; women's members stand with the members. */
static const char *
seats_words(struct ctx *ctx, const struct village_result *result, const char *post)
{
    const char *words = "";
    for (size_t i = 0; i < result->seat_count; i++) {
        const struct result_seat *seat = &result->seats[i];
        const bool member = strcmp(post, "member") == 0 && strcmp(seat->post, "women_member") == 0;
        if (member || strcmp(seat->post, post) == 0)
            words = mem_printf(ctx->mem, "%s%s%s %lld", words,
                               words[0] ? text_pick(ctx, (struct text){"、", ", "}) : "",
                               seat->name, (long long)seat->votes);
    }
    return words;
}

static void
row_write(struct ctx *ctx, lxw_worksheet *sheet, lxw_row_t row, const struct village_result *it)
{
    const struct {
        const char *text; /* NULL: the number */
        int64_t number;
    } cells[COUNT_OF(COLUMNS)] = {
        {it->code, 0},
        {it->name, 0},
        {NULL, it->registered},
        {NULL, it->issued},
        {NULL, it->recovered},
        {NULL, it->valid},
        {NULL, it->invalid},
        {seats_words(ctx, it, "chair"), 0},
        {seats_words(ctx, it, "vice_chair"), 0},
        {seats_words(ctx, it, "member"), 0},
        {NULL, it->rounds},
        {it->state, 0},
        {it->exercise ? text_pick(ctx, EXERCISE) : "", 0},
        {it->happened, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        if (cells[i].text)
            worksheet_write_string(sheet, row, (lxw_col_t)i, cells[i].text, NULL);
        else
            worksheet_write_number(sheet, row, (lxw_col_t)i, (double)cells[i].number, NULL);
    }
}

enum err
results_xlsx_write(struct ctx *ctx, const char *path, const struct village_result *list,
                   size_t count)
{
    struct file_draft draft;
    TRY(file_draft_begin(ctx, path, 0644, &draft));
    lxw_workbook *book = workbook_new(draft.beside);
    lxw_worksheet *sheet =
        workbook_add_worksheet(book, text_pick(ctx, (struct text){"选举结果", "results"}));
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    for (size_t i = 0; i < COUNT_OF(COLUMNS); i++) {
        worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, COLUMNS[i].width, NULL);
        worksheet_write_string(sheet, 0, (lxw_col_t)i, text_pick(ctx, COLUMNS[i].title), bold);
    }
    worksheet_freeze_panes(sheet, 1, 2);
    for (size_t i = 0; i < count; i++)
        row_write(ctx, sheet, (lxw_row_t)i + 1, &list[i]);
    const bool whole = workbook_close(book) == LXW_NO_ERROR;
    TRY(file_draft_end(ctx, &draft, whole));
    if (!whole)
        return FAIL_HINT(ctx, ERR_IO, "请检查磁盘是否已满；原文件没有改动",
                         "check whether the disk is full; the old file is unchanged", "写不了 %s",
                         "cannot write %s", path);
    return ERR_OK;
}
