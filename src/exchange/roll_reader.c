/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_reader.h"

#include <string.h>

#include "exchange/roll_clean.h"

struct roll_reader {
    const char *name;
    struct book *book;
    struct roll_layout layout;
    void *scratch; /* memory of one row */
    const char **cells;
    size_t cell_capacity;
    struct roll_table table; /* its refusals are those of the row being read */
    size_t last_count;       /* cells of the last row */
    int64_t last_line;
    int64_t row; /* below the header */
    struct roll_read_counts counts;
};

enum err
roll_reader_open(struct ctx *ctx, const char *name, struct book *book,
                 const struct roll_layout *layout, struct roll_reader **ret_reader)
{
    struct roll_reader *reader = mem_new(ctx->mem, struct roll_reader);
    reader->name = name;
    reader->book = book;
    reader->layout = *layout;
    reader->table.kind = layout->kind;
    reader->scratch = talloc_new(reader);
    TRY(book_begin(ctx, book, layout->sheet));
    *ret_reader = reader;
    return ERR_OK;
}

struct roll_read_counts
roll_reader_counts(const struct roll_reader *reader)
{
    return reader->counts;
}

const char *
roll_reader_raw(const struct roll_reader *reader, enum roll_column column)
{
    const int place = reader->layout.head.places[column];
    return place >= 0 && (size_t)place < reader->last_count ? reader->cells[place] : "";
}

/* The first row below the header, or any later one. */
static enum err
row_fetch(struct ctx *ctx, struct roll_reader *reader, struct book_row *ret_row, bool *ret_more)
{
    do {
        TRY(book_next(ctx, reader->book, ret_row, ret_more));
    } while (*ret_more && ret_row->line <= reader->layout.last_line);
    return ERR_OK;
}

static enum err
ending_check(struct ctx *ctx, const struct roll_reader *reader)
{
    if (reader->row == 0)
        return FAIL(ctx, ERR_INVALID, "%s 只有表头，没有人", "%s has a header but nobody in it",
                    reader->name);
    if (book_ends_abruptly(reader->book) && reader->last_count < reader->layout.header_cells)
        return FAIL_HINT(ctx, ERR_INVALID, "重新导出、重新拷贝后再导入",
                         "export or copy the file again", "%s 在第 %lld 行中断，不是完整的文件",
                         "%s breaks off in row %lld: it is not the whole file", reader->name,
                         (long long)reader->last_line);
    return ERR_OK;
}

static const char *
cell_text(const struct roll_head *head, const struct sheet_row *row, enum roll_column column)
{
    const int place = head->places[column];
    return place >= 0 && (size_t)place < row->count ? row->cells[place] : "";
}

bool
roll_row_is_nobody(struct ctx *ctx, const struct roll_head *head, const struct sheet_row *row)
{
    size_t filled = 0;
    const char *name = cell_text(head, row, ROLL_COL_NAME);
    const char *number = cell_text(head, row, ROLL_COL_ID_NUMBER);
    if (name[0]) {
        /* Every heading of names has this character, few names do. */
        if (!strstr(name, "名"))
            return false;
        const enum roll_column named = roll_heading_find(roll_heading_clean(ctx, name));
        return named == ROLL_COL_NAME;
    }
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++)
        filled += cell_text(head, row, (enum roll_column)i)[0] != '\0';
    return number[0] == '\0' && filled <= 1;
}

bool
roll_row_plain(struct ctx *ctx, const struct roll_head *head, const struct book_row *row,
               const char **cells)
{
    const int name = head->places[ROLL_COL_NAME], number = head->places[ROLL_COL_ID_NUMBER];
    bool covered = false;
    for (size_t i = 0; i < row->count; i++) {
        covered = covered || row->cells[i].covered;
        cells[i] = row->cells[i].covered ? "" : row->cells[i].text;
    }
    if (roll_row_is_nobody(ctx, head, &(struct sheet_row){row->line, cells, row->count}))
        return false;
    for (size_t i = 0; covered && i < row->count; i++) {
        if ((int)i != name && (int)i != number)
            cells[i] = row->cells[i].text;
    }
    return true;
}

/* As the cleaning wants it: bare texts. */
static bool
row_convert(struct ctx *ctx, struct roll_reader *reader, const struct book_row *row,
            struct sheet_row *ret_row)
{
    if (row->count > reader->cell_capacity) {
        reader->cell_capacity = 2 * row->count;
        reader->cells = mem_grow(reader, reader->cells, const char *, reader->cell_capacity);
    }
    *ret_row = (struct sheet_row){row->line, reader->cells, row->count};
    return roll_row_plain(ctx, &reader->layout.head, row, reader->cells);
}

static void
row_take(struct ctx *ctx, struct roll_reader *reader, const struct book_row *from,
         const struct sheet_row *plain, struct roll_read_row *ret_row)
{
    struct roll_read_row result = {.hidden = from->hidden};
    reader->table.refusals = NULL;
    reader->table.refusal_count = 0;
    reader->table.refusal_capacity = 0;
    result.row.row = reader->row;
    roll_row_read(ctx, &reader->layout.head, plain, &reader->table, &result.row);
    result.troubles = reader->table.refusals;
    result.trouble_count = reader->table.refusal_count;
    reader->counts.taken += !result.row.refused;
    reader->counts.refused += result.row.refused;
    reader->counts.hidden += from->hidden;
    *ret_row = result;
}

enum err
roll_reader_next(struct ctx *ctx, struct roll_reader *reader, struct roll_read_row *ret_row,
                 bool *ret_more)
{
    void *outer = ctx->mem;
    struct book_row row;
    for (;;) {
        TRY(row_fetch(ctx, reader, &row, ret_more));
        if (!*ret_more)
            return ending_check(ctx, reader);
        reader->row++;
        reader->last_count = row.count;
        reader->last_line = row.line;
        talloc_free_children(reader->scratch);
        ctx->mem = reader->scratch;
        struct sheet_row plain;
        const bool nobody = !row_convert(ctx, reader, &row, &plain);
        if (!nobody)
            row_take(ctx, reader, &row, &plain, ret_row);
        ctx->mem = outer;
        if (!nobody)
            return ERR_OK;
        reader->counts.skipped++;
    }
}

/* A copy that outlives the next row. */
static void
table_add(struct ctx *ctx, struct roll_table *table, size_t *capacity,
          const struct roll_read_row *from)
{
    if (table->count == *capacity) {
        *capacity = *capacity ? 2 * *capacity : 1024;
        table->rows = mem_grow(ctx->mem, table->rows, struct roll_row, *capacity);
    }
    struct roll_row *row = &table->rows[table->count++];
    *row = from->row;
    row->refused = false;
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++)
        row->cells[i] = from->row.cells[i][0] ? mem_text(ctx->mem, from->row.cells[i]) : "";
    for (size_t i = 0; i < from->trouble_count; i++)
        roll_table_refuse(ctx, table, row, from->troubles[i].column, from->troubles[i].fault,
                          mem_text(ctx->mem, from->troubles[i].detail));
}

enum err
roll_book_read(struct ctx *ctx, const struct book_source *source, const struct roll_wish *wish,
               struct roll_layout *ret_layout, struct roll_table *ret_table)
{
    struct book *book;
    struct roll_layout layout;
    struct roll_reader *reader;
    struct roll_table table = {0};
    size_t capacity = 0;
    TRY(book_open(ctx, source, &book));
    TRY(roll_layout_find(ctx, source->name, book, wish, &layout));
    TRY(roll_layout_check(ctx, source->name, &layout));
    TRY(roll_reader_open(ctx, source->name, book, &layout, &reader));
    table.kind = layout.kind;
    for (;;) {
        struct roll_read_row row;
        bool more;
        TRY(roll_reader_next(ctx, reader, &row, &more));
        if (!more)
            break;
        if (table.count == ROLL_TABLE_MOST)
            return FAIL_HINT(
                ctx, ERR_LIMIT,
                "一次导入一个村：按村分成几个文件；有村代码列的用 cunxuan roll import-all",
                "import one village at a time: split it into a file per village, or use "
                "cunxuan roll import-all if it has a column of village codes",
                "%s 超过 %d 行", "%s has more than %d rows", source->name, (int)ROLL_TABLE_MOST);
        table_add(ctx, &table, &capacity, &row);
    }
    table.ignored = layout.ignored;
    table.ignored_count = layout.ignored_count;
    roll_table_finish(ctx, &table);
    talloc_free(book);
    *ret_layout = layout;
    *ret_table = table;
    return ERR_OK;
}
