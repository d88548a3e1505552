/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/book_merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"

enum { MERGES_MOST = 1000 * 1000 };

/* A value of a merged cell, to the end of its rows. */
struct book_held {
    struct book_cell cell;
    char *text; /* a copy; NULL: nothing is held */
    int64_t last;
};

struct merges_reading {
    struct book_merges *merges;
    struct book_xml *xml;
    void *mem;
};

/* "BC12" → 54 and 12; *ret_end behind it. */
static bool
place_read(const char *text, size_t *ret_column, int64_t *ret_line, const char **ret_end)
{
    size_t column = 0;
    int64_t line = 0;
    for (; *text >= 'A' && *text <= 'Z' && column < 100000; text++)
        column = column * 26 + (size_t)(*text - 'A') + 1;
    for (; *text >= '0' && *text <= '9' && line < INT32_MAX; text++)
        line = line * 10 + (*text - '0');
    *ret_column = column - 1;
    *ret_line = line;
    *ret_end = text;
    return column > 0 && line > 0;
}

static void
merge_add(struct merges_reading *reading, const char *ref)
{
    struct book_merges *merges = reading->merges;
    struct book_merge merge;
    size_t right;
    if (!place_read(ref, &merge.column, &merge.first, &ref) || *ref != ':' ||
        !place_read(ref + 1, &right, &merge.last, &ref) || *ref || merge.last <= merge.first ||
        merge.column >= BOOK_COLUMNS_MOST)
        return;
    if (merges->count == MERGES_MOST) {
        book_xml_fail(reading->xml, FAIL(reading->xml->ctx, ERR_LIMIT, "合并的单元格过多",
                                         "there are too many merged cells"));
        return;
    }
    if ((merges->count & (merges->count - 1)) == 0)
        merges->ranges = mem_grow(reading->mem, merges->ranges, struct book_merge,
                                  merges->count ? 2 * merges->count : 1);
    merges->ranges[merges->count++] = merge;
}

static void
on_start(void *data, const char *name, const char **attributes)
{
    if (strcmp(name, "mergeCell") != 0)
        return;
    const char *ref = book_xml_attribute(attributes, "ref");
    if (ref)
        merge_add(data, ref);
}

static void
on_end(void *data, const char *name)
{
    (void)data;
    (void)name;
}

static const struct book_xml_handlers HANDLERS = {on_start, on_end, NULL};

static int
merge_order(const void *left, const void *right)
{
    const struct book_merge *a = left, *b = right;
    return (a->first > b->first) - (a->first < b->first);
}

enum err
book_merges_read(struct ctx *ctx, struct book_zip *zip, const char *part, void *mem,
                 struct book_merges *ret_merges)
{
    struct book_merges merges = {0};
    struct merges_reading reading = {.merges = &merges, .mem = mem};
    TRY(book_xml_open(ctx, zip, part, &HANDLERS, &reading, &reading.xml));
    while (!reading.xml->ended)
        TRY(book_xml_run(ctx, reading.xml));
    book_xml_close(reading.xml);
    if (merges.count)
        qsort(merges.ranges, merges.count, sizeof merges.ranges[0], merge_order);
    *ret_merges = merges;
    return ERR_OK;
}

void
book_merges_rewind(struct book_merges *merges)
{
    merges->next = 0;
    for (size_t i = 0; i < merges->held_count; i++) {
        talloc_free(merges->held[i].text);
        merges->held[i].text = NULL;
    }
    merges->held_count = 0;
}

static bool
cell_is_blank(const struct book_line *row, size_t column)
{
    return column >= row->count || row->cells[column].kind == BOOK_CELL_BLANK;
}

/* Values that reach into this row; others are let go. */
static void
held_give(struct book_merges *merges, struct book_line *row, int64_t line)
{
    for (size_t i = 0; i < merges->held_count; i++) {
        struct book_held *held = &merges->held[i];
        if (held->text && held->last < line) {
            talloc_free(held->text);
            held->text = NULL;
        }
        if (held->text && cell_is_blank(row, i))
            book_line_point(row, i, held->cell);
    }
}

static void
held_take(struct book_merges *merges, void *mem, const struct book_merge *merge,
          const struct book_cell *cell)
{
    if (!merges->held)
        merges->held = mem_array(mem, struct book_held, BOOK_COLUMNS_MOST);
    for (; merges->held_count <= merge->column; merges->held_count++)
        merges->held[merges->held_count] = (struct book_held){0};
    struct book_held *held = &merges->held[merge->column];
    talloc_free(held->text);
    held->text = mem_text_n(mem, cell->text, cell->length);
    held->cell = *cell;
    held->cell.text = held->text;
    held->cell.covered = true;
    held->last = merge->last;
}

void
book_merges_fill(struct book_merges *merges, void *mem, struct book_line *row, int64_t line)
{
    held_give(merges, row, line);
    for (; merges->next < merges->count && merges->ranges[merges->next].first <= line;
         merges->next++) {
        const struct book_merge *merge = &merges->ranges[merges->next];
        if (merge->first == line && !cell_is_blank(row, merge->column) &&
            !row->cells[merge->column].covered)
            held_take(merges, mem, merge, &row->cells[merge->column]);
    }
}
