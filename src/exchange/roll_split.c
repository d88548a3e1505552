/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_split.h"

#include <string.h>

#include "base/intake.h"
#include "base/utf8.h"
#include "domain/names.h"
#include "exchange/roll_clean.h"

enum { HEADING_ROWS = 20, CELLS_MOST = 256, VILLAGE_MOST = 300 };

struct splitting {
    struct ctx *ctx;
    const char *name;
    struct roll_split *split;
    struct name_table villages;
    size_t capacity;
    char separator;
    size_t place;     /* of the column 村 */
    const char *last; /* the cell of the last row, as it stands */
    size_t last_length;
    size_t last_part;
    const char *at;
    const char *end;
    int64_t line;
};

/* A row as it stands, without its line end. */
struct raw_row {
    const char *at;
    size_t length;
    const char *next;
    int64_t lines;
};

/* Separators, quotation marks and line ends are single bytes below 0x30 in UTF-8 and GB18030 alike
 * and never part of a longer character. */
static bool
row_cut(const struct splitting *splitting, struct raw_row *ret_row)
{
    struct raw_row row = {.at = splitting->at, .lines = 1};
    const size_t left = (size_t)(splitting->end - splitting->at);
    const char *stop = memchr(row.at, '\n', left);
    const char *quote = memchr(row.at, '"', stop ? (size_t)(stop - row.at) : left);
    if (quote) {
        bool open = false;
        for (stop = quote; stop < splitting->end && (open || *stop != '\n'); stop++) {
            open = *stop == '"' ? !open : open;
            row.lines += *stop == '\n';
        }
        if (open)
            return false;
    }
    if (!stop)
        stop = splitting->end;
    row.next = stop < splitting->end ? stop + 1 : stop;
    row.length = (size_t)(stop - row.at);
    row.length -= row.length && row.at[row.length - 1] == '\r';
    *ret_row = row;
    return true;
}

/* The cell at a place as it stands, quotation marks and all; empty if the row is shorter. */
static const char *
cell_find(const struct splitting *splitting, const struct raw_row *row, size_t place,
          size_t *ret_length)
{
    const char *at = row->at;
    const char *end = row->at + row->length;
    for (;; at++) {
        const char *stop = at;
        bool open = false;
        while (stop < end && (open || *stop != splitting->separator)) {
            open = *stop == '"' ? !open : open;
            stop++;
        }
        *ret_length = (size_t)(stop - at);
        if (place-- == 0 || stop == end) {
            if (place != SIZE_MAX)
                *ret_length = 0;
            return at;
        }
        at = stop;
    }
}

/* A cell as UTF-8 without its quotation marks and the spaces around it. */
static enum err
cell_text(const struct splitting *splitting, const char *at, size_t length, const char **ret_text)
{
    struct intake_text text = {at, length};
    if (length && *at == '"') {
        text.data++;
        text.length -= length > 1 ? 2 : 1;
    }
    if (!utf8_is_valid(text.data, text.length))
        TRY(intake_gb18030(splitting->ctx, text.data, text.length, splitting->name, &text));
    *ret_text =
        roll_text_squeeze(splitting->ctx, mem_text_n(splitting->ctx->mem, text.data, text.length));
    return ERR_OK;
}

/* Whether the row is the heading; then it says where 村 stands. */
static enum err
heading_try(struct splitting *splitting, const struct raw_row *row, bool *ret_is)
{
    bool has_name = false, has_village = false;
    size_t length;
    for (size_t i = 0; i < CELLS_MOST; i++) {
        const char *text;
        const char *cell = cell_find(splitting, row, i, &length);
        TRY(cell_text(splitting, cell, length, &text));
        const enum roll_column column = roll_heading_find(roll_heading_clean(splitting->ctx, text));
        has_name = has_name || column == ROLL_COL_NAME;
        if (column == ROLL_COL_VILLAGE && !has_village) {
            has_village = true;
            splitting->place = i;
        }
        if (cell + length >= row->at + row->length)
            break;
    }
    *ret_is = has_name && has_village;
    return ERR_OK;
}

static char
separator_of(const struct raw_row *row)
{
    static const char SEPARATORS[] = {',', '\t', ';'};
    for (size_t i = 0; i < COUNT_OF(SEPARATORS); i++) {
        if (memchr(row->at, SEPARATORS[i], row->length))
            return SEPARATORS[i];
    }
    return ',';
}

static enum err
quote_refuse(const struct splitting *splitting)
{
    return FAIL_HINT(splitting->ctx, ERR_INVALID, "补上引号后再导入", "close it and try again",
                     "%s 第 %lld 行的引号没有结束", "%s: a quotation mark in line %lld is open",
                     splitting->name, (long long)splitting->line);
}

static enum err
heading_find(struct splitting *splitting, const char *bytes)
{
    for (size_t i = 0; i < HEADING_ROWS && splitting->at < splitting->end; i++) {
        struct raw_row row;
        bool is_heading;
        if (!row_cut(splitting, &row))
            return quote_refuse(splitting);
        splitting->separator = separator_of(&row);
        TRY(heading_try(splitting, &row, &is_heading));
        splitting->at = row.next;
        splitting->line += row.lines;
        if (!is_heading)
            continue;
        splitting->split->heading = bytes;
        splitting->split->heading_length = (size_t)(row.next - bytes);
        splitting->split->heading_lines = splitting->line - 1;
        return ERR_OK;
    }
    return FAIL_HINT(splitting->ctx, ERR_INVALID,
                     "表头要有“姓名”和“村”（村代码或村名）两列；或者每村一个文件，放在一个文件夹里",
                     "the heading needs the columns 姓名 and 村 (code or name); or give a folder "
                     "with one file a village",
                     "%s 前 %d 行里没有带“村”列的表头",
                     "%s has no heading with a column 村 in its first %d rows", splitting->name,
                     (int)HEADING_ROWS);
}

static enum err
part_find(struct splitting *splitting, const struct raw_row *row, struct roll_part **ret_part)
{
    struct roll_split *split = splitting->split;
    size_t length;
    const char *village;
    const char *cell = cell_find(splitting, row, splitting->place, &length);
    if (splitting->last && length == splitting->last_length &&
        memcmp(cell, splitting->last, length) == 0) {
        *ret_part = &split->parts[splitting->last_part];
        return ERR_OK;
    }
    TRY(cell_text(splitting, cell, length, &village));
    if (!village[0] || length > VILLAGE_MOST)
        return FAIL_HINT(splitting->ctx, ERR_INVALID, "每行都要写明村代码或村名",
                         "every row needs the code or the name of its village",
                         "%s 第 %lld 行没有写是哪个村", "%s: line %lld names no village",
                         splitting->name, (long long)splitting->line);
    const size_t number = name_add(splitting->ctx, &splitting->villages, village);
    if (splitting->capacity < splitting->villages.capacity) {
        splitting->capacity = splitting->villages.capacity;
        split->parts =
            mem_grow(splitting->ctx->mem, split->parts, struct roll_part, splitting->capacity);
    }
    if (number == split->count) {
        split->parts[number] =
            (struct roll_part){.village = village, .heading_lines = split->heading_lines};
        split->count++;
    }
    splitting->last = cell;
    splitting->last_length = length;
    splitting->last_part = number;
    *ret_part = &split->parts[number];
    return ERR_OK;
}

static void
part_add(struct splitting *splitting, struct roll_part *part, const struct raw_row *row)
{
    struct roll_run *run = part->run_count ? &part->runs[part->run_count - 1] : NULL;
    const size_t length = (size_t)(row->next - row->at);
    if (!run || run->at + run->length != row->at) {
        if (part->run_count == part->run_capacity) {
            part->run_capacity = part->run_capacity ? 2 * part->run_capacity : 1;
            part->runs =
                mem_grow(splitting->ctx->mem, part->runs, struct roll_run, part->run_capacity);
        }
        run = &part->runs[part->run_count++];
        *run = (struct roll_run){.at = row->at, .line = splitting->line};
    }
    run->length += length;
    run->lines += row->lines;
    part->length += length;
    part->rows++;
    splitting->split->rows++;
}

static bool
is_blank(const struct splitting *splitting, const struct raw_row *row)
{
    for (size_t i = 0; i < row->length; i++) {
        if (row->at[i] != splitting->separator && row->at[i] != ' ' && row->at[i] != '\t')
            return false;
    }
    return true;
}

enum err
roll_split_read(struct ctx *ctx, const char *name, const char *bytes, size_t length,
                struct roll_split *ret_split)
{
    struct roll_split split = {0};
    struct splitting splitting = {.ctx = ctx, .name = name, .split = &split, .line = 1};
    const size_t mark = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (length && memchr(bytes, '\0', length < 4096 ? length : 4096))
        return FAIL_HINT(ctx, ERR_INVALID, "另存为 CSV 再导入；或者每村一个文件，放在一个文件夹里",
                         "save it as CSV; or give a folder with one file a village",
                         "%s 不是文本文件", "%s is no text file", name);
    splitting.at = bytes + mark;
    splitting.end = bytes + length;
    TRY(heading_find(&splitting, bytes));
    while (splitting.at < splitting.end) {
        struct roll_part *part = NULL;
        struct raw_row row;
        if (!row_cut(&splitting, &row))
            return quote_refuse(&splitting);
        if (!is_blank(&splitting, &row)) {
            TRY(part_find(&splitting, &row, &part));
            part_add(&splitting, part, &row);
        }
        splitting.at = row.next;
        splitting.line += row.lines;
    }
    *ret_split = split;
    return ERR_OK;
}

const char *
roll_split_text(struct ctx *ctx, const struct roll_split *split, const struct roll_part *part,
                size_t *ret_length)
{
    char *text = mem_grow(ctx->mem, NULL, char, split->heading_length + part->length + 2);
    size_t length = split->heading_length;
    memcpy(text, split->heading, length);
    for (size_t i = 0; i < part->run_count; i++) {
        memcpy(text + length, part->runs[i].at, part->runs[i].length);
        length += part->runs[i].length;
    }
    text[length] = '\0';
    *ret_length = length;
    return text;
}

int64_t
roll_part_line(const struct roll_part *part, int64_t line)
{
    int64_t before = part->heading_lines;
    for (size_t i = 0; i < part->run_count; i++) {
        if (line <= before + part->runs[i].lines)
            return part->runs[i].line + line - before - 1;
        before += part->runs[i].lines;
    }
    return line;
}
