/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The clerk's own sheets with what is wrong beside each row. Rows are written one after another
 * and leave the memory at once (constant_memory), so a sheet of a million rows takes no more than
 * a small one.
 */
#include <string.h>

#include <xlsxwriter.h>

#include "base/file.h"
#include "exchange/check_parts.h"

/* The most rows of one sheet of a workbook, and the most that a cell holds. */
enum { SHEET_ROWS = 1048576, CELL_MOST = 32767, CELLS_MOST = 200 };

struct marked {
    struct ctx *ctx;
    const struct roll_check *check;
    lxw_workbook *book;
    lxw_format *bad, *doubtful, *head, *words;
    size_t next; /* finding to be told next */
};

struct page {
    lxw_worksheet *sheet;
    lxw_row_t row;
    size_t width; /* cells of the header: the column 问题 stands behind */
};

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A name of at most 31 characters without the signs that a workbook forbids. */
static const char *
sheet_name(struct ctx *ctx, const char *path, size_t number)
{
    enum { NAME_MOST = 60 };
    char *name = mem_text(ctx->mem, base_name(path));
    size_t characters = 0, keep = 0;
    for (size_t i = 0; name[i] && name[i] != '.' && i < NAME_MOST; i++) {
        if (strchr("[]:*?/\\'", name[i]))
            name[i] = '_';
        characters += (name[i] & 0xC0) != 0x80;
        if (characters > 20)
            break;
        keep = i + 1;
    }
    return mem_printf(ctx->mem, "%zu %.*s", number, (int)keep, name);
}

static void
text_put(struct page *page, size_t column, struct check_span cell, lxw_format *format)
{
    char text[CELL_MOST + 1];
    size_t length = cell.length < CELL_MOST ? cell.length : CELL_MOST;
    /* Not in the middle of a character. */
    while (length < cell.length && length && (cell.text[length] & 0xC0) == 0x80)
        length--;
    memcpy(text, cell.text, length);
    text[length] = '\0';
    if (length)
        (void)worksheet_write_string(page->sheet, page->row, (lxw_col_t)column, text, format);
    else if (format)
        (void)worksheet_write_blank(page->sheet, page->row, (lxw_col_t)column, format);
}

/* All that is wrong with the row at `at`, and which cells are to be coloured. */
static const char *
row_words(struct marked *marked, size_t source, size_t at, lxw_format *formats[ROLL_COLUMN_COUNT])
{
    const struct check_founds *founds = &marked->check->founds;
    const char *words = "";
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++)
        formats[i] = NULL;
    while (marked->next < founds->count && founds->list[marked->next].source == source &&
           founds->list[marked->next].at <= at) {
        const struct check_found *found = &founds->list[marked->next];
        struct roll_check_finding finding;
        roll_check_finding(marked->ctx, marked->check, marked->next++, &finding);
        const size_t column = found->column < ROLL_COLUMN_COUNT ? found->column : ROLL_COL_NAME;
        if (formats[column] != marked->bad)
            formats[column] = finding.blocks ? marked->bad : marked->doubtful;
        if (found->fault != ROLL_FAULT_NO_GROUP)
            words = mem_printf(marked->ctx->mem, "%s%s%s → %s", words, words[0] ? "\n" : "",
                               roll_check_words(marked->ctx, &finding),
                               text_pick(marked->ctx, roll_fault_row(finding.fault)->cure));
    }
    return words;
}

static void
row_put(struct marked *marked, struct page *page, size_t index, size_t at)
{
    const struct check_source *source = &marked->check->sources[index];
    struct check_span cells[CELLS_MOST];
    lxw_format *formats[ROLL_COLUMN_COUNT];
    size_t count = check_row_cut(source, at, cells, CELLS_MOST);
    const char *words = row_words(marked, index, at, formats);
    const size_t width = page->width;
    count = count < CELLS_MOST ? count : CELLS_MOST;
    for (size_t i = source->listed; i < count || i - source->listed < width; i++) {
        const size_t column = i - source->listed;
        lxw_format *format = NULL;
        for (size_t k = 0; k < ROLL_COLUMN_COUNT && words[0]; k++)
            format = source->head.places[k] == (int)column && formats[k] ? formats[k] : format;
        /* Cells behind the header's last would fall under 问题: they move one on. */
        if (i < count || format)
            text_put(page, column < width ? column : column + 1,
                     i < count ? cells[i] : (struct check_span){"", 0}, format);
        if (column + 1 == width && words[0])
            text_put(page, width, (struct check_span){words, strlen(words)}, marked->words);
    }
    page->row++;
}

/* Titles and header as they stand above the rows. */
static void
head_put(struct marked *marked, struct page *page, size_t index)
{
    const struct check_source *source = &marked->check->sources[index];
    for (size_t i = 0; i < source->above_count; i++) {
        const struct sheet_row *row = &source->above[i];
        const bool header = i + 1 == source->above_count;
        for (size_t k = 0; k < row->count; k++)
            text_put(page, k, (struct check_span){row->cells[k], strlen(row->cells[k])},
                     header ? marked->head : NULL);
        if (header) {
            page->width = row->count;
            const char *title = text_format(marked->ctx, "问题", "what is wrong");
            text_put(page, row->count, (struct check_span){title, strlen(title)}, marked->head);
            (void)worksheet_set_column(page->sheet, (lxw_col_t)row->count, (lxw_col_t)row->count,
                                       80, NULL);
        }
        page->row++;
    }
    worksheet_freeze_panes(page->sheet, page->row, 0);
}

static enum err
page_begin(struct marked *marked, size_t index, size_t number, struct page *page)
{
    const struct check_source *source = &marked->check->sources[index];
    page->sheet =
        workbook_add_worksheet(marked->book, sheet_name(marked->ctx, source->path, number));
    page->row = 0;
    if (!page->sheet)
        return FAIL(marked->ctx, ERR_IO, "不能写工作簿", "cannot write the workbook");
    (void)worksheet_set_column(page->sheet, 0, CHECK_CELLS, 18, NULL);
    head_put(marked, page, index);
    return ERR_OK;
}

/* Lists other than rolls: only the rows that something is wrong with. */
static bool
is_told(const struct marked *marked, size_t index, size_t at)
{
    const struct check_founds *founds = &marked->check->founds;
    return marked->check->sources[index].kind == ROLL_KIND_ROLL ||
           (marked->next < founds->count && founds->list[marked->next].source == index &&
            founds->list[marked->next].at == at);
}

static bool
has_founds(const struct marked *marked, size_t index)
{
    const struct check_founds *founds = &marked->check->founds;
    return marked->check->sources[index].kind == ROLL_KIND_ROLL ||
           (marked->next < founds->count && founds->list[marked->next].source == index);
}

static enum err
source_put(struct marked *marked, size_t index, size_t *number)
{
    const struct check_source *source = &marked->check->sources[index];
    struct ctx *outer = marked->ctx;
    struct page page;
    if (!has_founds(marked, index))
        return ERR_OK;
    TRY(page_begin(marked, index, ++*number, &page));
    for (size_t at = source->first; at < source->length;) {
        const char *end = memchr(source->bytes + at, '\n', source->length - at);
        if (page.row == SHEET_ROWS)
            TRY(page_begin(marked, index, ++*number, &page));
        if (is_told(marked, index, at)) {
            marked->ctx = ctx_new(outer->lang);
            row_put(marked, &page, index, at);
            ctx_freep(&marked->ctx);
            marked->ctx = outer;
        }
        at = end ? (size_t)(end - source->bytes) + 1 : source->length;
    }
    return ERR_OK;
}

static void
formats_make(struct marked *marked)
{
    marked->bad = workbook_add_format(marked->book);
    format_set_bg_color(marked->bad, 0xFFC7CE);
    format_set_font_color(marked->bad, 0x9C0006);
    marked->doubtful = workbook_add_format(marked->book);
    format_set_bg_color(marked->doubtful, 0xFFEB9C);
    marked->head = workbook_add_format(marked->book);
    format_set_bold(marked->head);
    marked->words = workbook_add_format(marked->book);
    format_set_text_wrap(marked->words);
}

enum err
roll_check_xlsx(struct ctx *ctx, const struct roll_check *check, const char *path)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    struct marked marked = {.ctx = ctx, .check = check};
    size_t number = 0;
    enum err err = ERR_OK;
    struct file_draft draft;
    TRY(file_draft_begin(ctx, path, 0600, &draft));
    marked.book = workbook_new_opt(draft.beside, &options);
    formats_make(&marked);
    for (size_t i = 0; i < check->plan.count && err == ERR_OK; i++)
        err = source_put(&marked, i, &number);
    const bool whole = workbook_close(marked.book) == LXW_NO_ERROR;
    const enum err ended = file_draft_end(ctx, &draft, whole && err == ERR_OK);
    TRY(err != ERR_OK ? err : ended);
    if (!whole)
        return FAIL_HINT(ctx, ERR_IO, "请检查磁盘是否已满；原文件没有改动",
                         "check whether the disk is full; the old file is unchanged", "写不了 %s",
                         "cannot write %s", path);
    return ERR_OK;
}
