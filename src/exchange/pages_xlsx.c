/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/pages_xlsx.h"

#include <xlsxwriter.h>

#include "base/num.h"
#include "exchange/check_parts.h"

enum { COLUMN_NARROW = 12, COLUMN_WIDE = 60, CHARACTERS_WIDE = 14 };

/* Width of a column by its longest cell: wide ones are wrapped. */
static bool
is_wide(const struct page *page, size_t column)
{
    for (size_t i = 0; i < page->rows; i++) {
        size_t characters = 0;
        for (const char *at = page->cells[i * page->width + column]; *at; at++)
            characters += (*at & 0xC0) != 0x80;
        if (characters > CHARACTERS_WIDE + 4)
            return true;
    }
    return false;
}

static void
cell_write(lxw_worksheet *sheet, const struct page *page, size_t row, size_t column,
           lxw_format *format)
{
    const char *text = page->cells[row * page->width + column];
    int64_t number;
    if ((page->numbers >> column & 1) && num_parse_i64(text, 0, INT32_MAX, &number))
        worksheet_write_number(sheet, (lxw_row_t)row + 1, (lxw_col_t)column, (double)number,
                               format);
    else if (text[0])
        worksheet_write_string(sheet, (lxw_row_t)row + 1, (lxw_col_t)column, text, format);
}

static void
page_write(lxw_workbook *book, const struct page *page, lxw_format *bold, lxw_format *wrap)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book, page->title);
    if (!sheet)
        return;
    for (size_t i = 0; i < page->width; i++) {
        const double width = is_wide(page, i) ? COLUMN_WIDE : COLUMN_NARROW;
        worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL);
        worksheet_write_string(sheet, 0, (lxw_col_t)i, page->heads[i], bold);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    for (size_t i = 0; i < page->rows; i++) {
        for (size_t k = 0; k < page->width; k++)
            cell_write(sheet, page, i, k, wrap);
    }
}

enum err
pages_xlsx_write(struct ctx *ctx, const char *path, const struct page *pages, size_t count)
{
    lxw_workbook *book = workbook_new(path);
    if (!book)
        return FAIL(ctx, ERR_IO, "不能写 %s", "cannot write %s", path);
    lxw_format *bold = workbook_add_format(book);
    lxw_format *wrap = workbook_add_format(book);
    format_set_bold(bold);
    format_set_text_wrap(wrap);
    format_set_align(wrap, LXW_ALIGN_VERTICAL_TOP);
    for (size_t i = 0; i < count; i++)
        page_write(book, &pages[i], bold, wrap);
    const lxw_error error = workbook_close(book);
    if (error != LXW_NO_ERROR)
        return FAIL(ctx, ERR_IO, "不能写 %s：%s", "cannot write %s: %s", path, lxw_strerror(error));
    return ERR_OK;
}

enum err
pages_csv_write(struct ctx *ctx, const char *path, const struct page *page)
{
    struct buf buf;
    buf_init(&buf, ctx->mem, (size_t)1 << 30);
    buf_add_text(&buf, "\xEF\xBB\xBF");
    for (size_t i = 0; i < page->width; i++)
        check_csv_cell(&buf, page->heads[i], i == 0);
    buf_add_char(&buf, '\n');
    for (size_t i = 0; i < page->rows * page->width; i++) {
        check_csv_cell(&buf, page->cells[i], i % page->width == 0);
        if (i % page->width == page->width - 1)
            buf_add_char(&buf, '\n');
    }
    if (buf_is_over(&buf))
        return FAIL(ctx, ERR_LIMIT, "表太大，写不下", "the table is too large to write");
    return file_write(ctx, path, (struct file_content){buf.data, buf.length, 0600});
}
