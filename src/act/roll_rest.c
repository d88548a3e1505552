/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll_rest.h"

#include <string.h>

#include "base/json.h"
#include "exchange/pages_xlsx.h"
#include "store/setting_store.h"
#include "store/stream_store.h"

struct rest {
    struct ctx *ctx;
    struct db *db;
    struct roll_table table;
    struct roll_layout layout;
    const char **heads;
    struct page page;
    size_t capacity;
};

/* What a refusal says beside its words: a row, or the name of another village. */
static enum err
detail_words(const struct rest *rest, const struct roll_refusal *refusal, const char **ret_words)
{
    struct unit unit;
    *ret_words = "";
    if (refusal->detail[0] == '\0')
        return ERR_OK;
    const bool row = refusal->fault == ROLL_FAULT_TWICE;
    const enum err err =
        row ? ERR_NOT_FOUND : unit_store_find(rest->ctx, rest->db, refusal->detail, &unit);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (row)
        *ret_words = text_format(rest->ctx, "（第 %s 行）", " (row %s)", refusal->detail);
    else
        *ret_words =
            text_format(rest->ctx, "（%s）", " (%s)", err == ERR_OK ? unit.name : refusal->detail);
    return ERR_OK;
}

/* All that is wrong with the row of that line; "" if it was taken. */
static enum err
line_words(const struct rest *rest, int64_t line, const char **ret_words)
{
    struct ctx *ctx = rest->ctx;
    const char *words = "";
    for (size_t i = 0; i < rest->table.refusal_count; i++) {
        const struct roll_refusal *refusal = &rest->table.refusals[i];
        const struct roll_fault_row *row = roll_fault_row(refusal->fault);
        const char *more;
        if (refusal->line != line)
            continue;
        TRY(detail_words(rest, refusal, &more));
        words = mem_printf(
            ctx->mem, "%s%s%s%s%s%s → %s", words, words[0] ? "\n" : "",
            refusal->column == ROLL_COLUMN_COUNT ? "" : roll_column_title(refusal->column),
            ctx->lang == LANG_EN ? " " : "", text_pick(ctx, row->wrong), more,
            text_pick(ctx, row->cure));
    }
    *ret_words = words;
    return ERR_OK;
}

static const char *
cell_copy(struct ctx *ctx, const struct book_row *row, size_t column)
{
    return column < row->count ? mem_text(ctx->mem, row->cells[column].text) : "";
}

/* The lowest row of the header, with the full heading where the column is known. */
static void
heads_take(struct rest *rest, const struct book_row *row)
{
    for (size_t i = 0; i + 1 < rest->page.width; i++)
        rest->heads[i] = cell_copy(rest->ctx, row, i);
    for (size_t i = 0; i < rest->layout.known_count; i++) {
        const struct roll_place *known = &rest->layout.known[i];
        if (known->place + 1 < rest->page.width && known->heading[0])
            rest->heads[known->place] = known->heading;
    }
}

static enum err
row_take(struct rest *rest, const struct book_row *row)
{
    struct page *page = &rest->page;
    const char *words;
    TRY(line_words(rest, row->line, &words));
    if (words[0] == '\0')
        return ERR_OK;
    if (page->rows == rest->capacity) {
        rest->capacity = rest->capacity ? 2 * rest->capacity : 64;
        page->cells =
            mem_grow(rest->ctx->mem, page->cells, const char *, rest->capacity * page->width);
    }
    const char **cells = &page->cells[page->rows++ * page->width];
    for (size_t i = 0; i + 1 < page->width; i++)
        cells[i] = cell_copy(rest->ctx, row, i);
    cells[page->width - 1] = words;
    return ERR_OK;
}

static enum err
rows_take(struct rest *rest, struct book *book)
{
    struct book_row row;
    TRY(book_begin(rest->ctx, book, rest->layout.sheet));
    for (;;) {
        bool more;
        TRY(book_next(rest->ctx, book, &row, &more));
        if (!more)
            return ERR_OK;
        if (row.line == rest->layout.last_line)
            heads_take(rest, &row);
        else if (row.line > rest->layout.last_line)
            TRY(row_take(rest, &row));
    }
}

/* Every column of the sheet, and 问题. */
static void
page_begin(struct rest *rest)
{
    struct ctx *ctx = rest->ctx;
    size_t width = rest->layout.header_cells;
    for (size_t i = 0; i < rest->layout.known_count; i++) {
        if (rest->layout.known[i].place >= width)
            width = rest->layout.known[i].place + 1;
    }
    rest->heads = mem_array(ctx->mem, const char *, width + 1);
    for (size_t i = 0; i < width; i++)
        rest->heads[i] = "";
    for (size_t i = 0; i < rest->layout.known_count; i++)
        rest->heads[rest->layout.known[i].place] = roll_column_title(rest->layout.known[i].column);
    rest->heads[width] = text_format(ctx, "问题", "what is wrong");
    rest->page.title = text_format(ctx, "未导入的行", "rows not taken");
    rest->page.heads = rest->heads;
    rest->page.width = width + 1;
}

static bool
is_csv(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && strcmp(dot, ".csv") == 0;
}

enum err
roll_rest_write(struct ctx *ctx, struct db *db, const struct roll_file *file,
                const struct submission *prepared, const char *path, size_t *ret_rows)
{
    const struct book_source source = {file->name, NULL, file->bytes, file->length};
    struct rest rest = {.ctx = ctx, .db = db};
    struct book *book;
    ASSERT(prepared->blob_count == 2);
    const struct blob_to_add *rows = &prepared->blobs[1];
    TRY(roll_table_parse(ctx, rows->bytes, rows->length, &rest.table));
    *ret_rows = 0;
    if (rest.table.refusal_count == 0)
        return ERR_OK;
    const struct roll_wish wish = {file->sheet, rest.table.kind, file->mapping};
    TRY(book_open(ctx, &source, &book));
    TRY(roll_layout_find(ctx, file->name, book, &wish, &rest.layout));
    page_begin(&rest);
    TRY(rows_take(&rest, book));
    *ret_rows = rest.page.rows;
    return is_csv(path) ? pages_csv_write(ctx, path, &rest.page)
                        : pages_xlsx_write(ctx, path, &rest.page, 1);
}

static enum err
setting_name(struct ctx *ctx, const char *unit, const char *kind, const char **ret_name)
{
    enum roll_kind known;
    if (!roll_kind_find(kind, &known))
        return FAIL(ctx, ERR_INVALID, "没有这种名册：%s", "there is no kind of register \"%s\"",
                    kind);
    *ret_name = mem_printf(ctx->mem, "roll_mapping:%s:%s", unit, kind);
    return ERR_OK;
}

enum err
roll_mapping_keep(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                  const struct roll_mapping *mapping)
{
    const char *name;
    TRY(setting_name(ctx, unit, kind, &name));
    return setting_store_set(ctx, db, name,
                             json_line(ctx, json_own(ctx->mem, roll_mapping_json(mapping))));
}

enum err
roll_mapping_kept(struct ctx *ctx, struct db *db, const char *unit, const char *kind,
                  struct roll_mapping *ret_mapping)
{
    const char *name, *text;
    json_t *value;
    *ret_mapping = (struct roll_mapping){0};
    TRY(setting_name(ctx, unit, kind, &name));
    const enum err err = setting_store_find(ctx, db, name, &text);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    TRY(json_read(ctx, text, strlen(text), name, &value));
    return roll_mapping_read(ctx, value, ret_mapping);
}
