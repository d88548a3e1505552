/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_layout.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "exchange/roll_clean.h"
#include "exchange/roll_guess.h"

/* Rows above the header that may hold titles, remarks, the date of the table; rows looked at below
 * it; headings that make a header. */
enum {
    TITLE_ROWS = 20,
    SAMPLE_ROWS = 80,
    KNOWN_LEAST = 2,
    UPPER_LEAST = 3,
    TITLE_MOST = 200,
    DIGITS_OF_DATA = 6
};

/* A header tried: one row, or two of which the upper one groups the lower. */
struct header {
    size_t first; /* in the sample */
    size_t last;
    const char **headings; /* one per column, clean */
    enum roll_column *columns;
    enum roll_clue *clues;
    size_t width;
    size_t known;
    bool absent;  /* columns told by letters, and nothing above the people */
    size_t twice; /* a column that stands in two places: 1 + the second */
};

struct finding_layout {
    const struct roll_wish *wish;
    struct roll_sample sample;
    struct header header;
    size_t sheet;
};

static enum err
sample_read(struct ctx *ctx, struct book *book, size_t index, struct roll_sample *ret_sample)
{
    struct roll_sample sample = {.rows = mem_array(ctx->mem, struct book_row, SAMPLE_ROWS)};
    TRY(book_begin(ctx, book, index));
    while (sample.count < SAMPLE_ROWS) {
        struct book_row row;
        bool more;
        TRY(book_next(ctx, book, &row, &more));
        if (!more)
            break;
        struct book_cell *cells = mem_array(ctx->mem, struct book_cell, row.count);
        for (size_t i = 0; i < row.count; i++) {
            cells[i] = row.cells[i];
            cells[i].text = mem_text(ctx->mem, row.cells[i].text);
            /* A heading over two rows is one heading. */
            if (row.cells[i].covered)
                cells[i] = (struct book_cell){.text = "", .kind = BOOK_CELL_BLANK};
        }
        row.cells = cells;
        sample.rows[sample.count++] = row;
    }
    *ret_sample = sample;
    return ERR_OK;
}

/* By heading or letter; true if the mapping speaks of this column. */
static bool
mapping_find(const struct roll_mapping *mapping, const char *heading, size_t place,
             enum roll_column *ret_column)
{
    for (size_t i = 0; mapping && i < mapping->count; i++) {
        if (strcmp(mapping->rows[i].heading, heading) == 0 ||
            strcmp(mapping->rows[i].heading, book_letters(place).text) == 0) {
            *ret_column = mapping->rows[i].column;
            return true;
        }
    }
    return false;
}

/* Long numbers stand in data, never in a header. */
static bool
is_data(const struct book_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->cells[i].text;
        const char *digits = strpbrk(text, "0123456789");
        if (row->cells[i].kind == BOOK_CELL_DATE ||
            (digits && strspn(digits, "0123456789") >= DIGITS_OF_DATA))
            return true;
    }
    return false;
}

/* The heading of a column under a header of two rows: the lower cell, with the upper one in front
 * where only both together mean something; the upper one where there is no lower. */
static const char *
heading_pair(struct ctx *ctx, const struct roll_sample *sample, size_t first, size_t place)
{
    const char *child = roll_heading_clean(ctx, roll_sample_cell(sample, first + 1, place));
    const char *above = roll_heading_clean(ctx, roll_sample_cell(sample, first, place));
    if (child[0] == '\0' || roll_heading_find(child) != ROLL_COLUMN_COUNT)
        return child[0] ? child : above;
    /* A merged cell keeps its text in its first column. */
    for (size_t i = place; above[0] == '\0' && i > 0; i--)
        above = roll_heading_clean(ctx, roll_sample_cell(sample, first, i - 1));
    return mem_printf(ctx->mem, "%s%s", above, child);
}

static void
header_know(const struct finding_layout *finding, struct header *header, size_t place)
{
    enum roll_column column;
    enum roll_clue clue = ROLL_CLUE_MAPPING;
    if (!mapping_find(finding->wish->mapping, header->headings[place], place, &column)) {
        column = roll_heading_find(header->headings[place]);
        clue = ROLL_CLUE_HEADING;
    }
    header->columns[place] = column;
    header->clues[place] = clue;
    for (size_t i = 0; i < place && column != ROLL_COLUMN_COUNT; i++) {
        if (header->columns[i] == column)
            header->twice = header->twice ? header->twice : place + 1;
    }
    header->known += column != ROLL_COLUMN_COUNT;
}

static struct header
header_try(struct ctx *ctx, const struct finding_layout *finding, size_t first, size_t last)
{
    const struct roll_sample *sample = &finding->sample;
    struct header header = {.first = first, .last = last};
    /* Also columns without any heading: their content may tell. */
    for (size_t i = first; i < sample->count; i++)
        header.width = sample->rows[i].count > header.width ? sample->rows[i].count : header.width;
    header.headings = mem_array(ctx->mem, const char *, header.width);
    header.columns = mem_array(ctx->mem, enum roll_column, header.width);
    header.clues = mem_array(ctx->mem, enum roll_clue, header.width);
    for (size_t i = 0; i < header.width; i++) {
        header.headings[i] = last > first
                                 ? heading_pair(ctx, sample, first, i)
                                 : roll_heading_clean(ctx, roll_sample_cell(sample, first, i));
        header_know(finding, &header, i);
    }
    return header;
}

static size_t
cells_filled(const struct book_row *row)
{
    size_t filled = 0;
    for (size_t i = 0; i < row->count; i++)
        filled += row->cells[i].kind != BOOK_CELL_BLANK;
    return filled;
}

/* Known headings first. Of two headers that know as much, a pair is better than its lower row if
 * the upper one is no title, which stands in one cell or two. */
static size_t
header_score(const struct roll_sample *sample, const struct header *header)
{
    const bool pair = header->last > header->first;
    const bool titled = pair && cells_filled(&sample->rows[header->first]) < UPPER_LEAST;
    return 4 * header->known + (pair ? 2 : 1) - (titled ? 2 : 0);
}

static void
header_better(struct ctx *ctx, struct finding_layout *finding, size_t first, size_t last)
{
    const struct header tried = header_try(ctx, finding, first, last);
    if (tried.known &&
        header_score(&finding->sample, &tried) > header_score(&finding->sample, &finding->header))
        finding->header = tried;
}

/* A sheet that begins with people, its columns told by letters. */
static void
header_letters(struct ctx *ctx, struct finding_layout *finding)
{
    struct header header = {.absent = true};
    for (size_t i = 0; i < finding->sample.count; i++) {
        const size_t width = finding->sample.rows[i].count;
        header.width = width > header.width ? width : header.width;
    }
    header.headings = mem_array(ctx->mem, const char *, header.width);
    header.columns = mem_array(ctx->mem, enum roll_column, header.width);
    header.clues = mem_array(ctx->mem, enum roll_clue, header.width);
    for (size_t i = 0; i < header.width; i++) {
        header.headings[i] = "";
        header_know(finding, &header, i);
    }
    if (header.known)
        finding->header = header;
}

/* The row, or the pair of rows, with most known headings. Without any, the first row of three
 * cells: content may tell what they are. */
static void
header_find(struct ctx *ctx, struct finding_layout *finding)
{
    const struct roll_sample *sample = &finding->sample;
    for (size_t i = 0; i < sample->count && i < TITLE_ROWS && !is_data(&sample->rows[i]); i++) {
        header_better(ctx, finding, i, i);
        if (i + 1 < sample->count && !is_data(&sample->rows[i + 1]))
            header_better(ctx, finding, i, i + 1);
    }
    for (size_t i = 0; finding->header.known == 0 && i < sample->count && i < TITLE_ROWS; i++) {
        if (cells_filled(&sample->rows[i]) >= UPPER_LEAST && !is_data(&sample->rows[i])) {
            finding->header = header_try(ctx, finding, i, i);
            break;
        }
    }
    if (finding->header.known == 0 && finding->wish->mapping)
        header_letters(ctx, finding);
}

static bool
header_has(const struct header *header, enum roll_column column)
{
    for (size_t i = 0; i < header->width; i++) {
        if (header->columns[i] == column)
            return true;
    }
    return false;
}

/* Columns whose headings mean nothing to us but whose cells do. */
static void
contents_know(struct ctx *ctx, struct finding_layout *finding)
{
    struct header *header = &finding->header;
    for (size_t i = 0; i < header->width; i++) {
        if (header->columns[i] != ROLL_COLUMN_COUNT || header->clues[i] == ROLL_CLUE_MAPPING)
            continue;
        const enum roll_column guess =
            roll_guess_column(ctx, &finding->sample, header->absent ? 0 : header->last + 1, i);
        /* 户主姓名 beside 姓名 looks like a name too: what a heading says goes first. */
        if (guess == ROLL_COLUMN_COUNT || header_has(header, guess))
            continue;
        header->columns[i] = guess;
        header->clues[i] = ROLL_CLUE_CONTENT;
        header->known++;
    }
}

static bool
is_register(const struct header *header)
{
    return header->known >= KNOWN_LEAST && header_has(header, ROLL_COL_NAME);
}

static enum err
sheet_named(struct ctx *ctx, const char *name, const struct book *book, const char *wanted,
            size_t *ret_index)
{
    struct buf names;
    buf_init(&names, ctx->mem, SIZE_MAX / 2);
    for (size_t i = 0; i < book_sheet_count(book); i++) {
        if (strcmp(book_sheet(book, i)->name, wanted) == 0) {
            *ret_index = i;
            return ERR_OK;
        }
        buf_add_format(&names, "%s%s", i ? text_pick(ctx, (struct text){"、", ", "}) : "",
                       book_sheet(book, i)->name);
    }
    return FAIL(ctx, ERR_INVALID, "%s 里没有工作表“%s”，有：%s",
                "%s has no sheet \"%s\", it has: %s", name, wanted, names.data);
}

static enum err
sheet_try(struct ctx *ctx, struct book *book, const struct roll_wish *wish, size_t index,
          struct finding_layout *best)
{
    struct finding_layout tried = {.wish = wish, .sheet = index};
    TRY(sample_read(ctx, book, index, &tried.sample));
    if (tried.sample.count == 0)
        return ERR_OK;
    header_find(ctx, &tried);
    contents_know(ctx, &tried);
    const bool better = is_register(&tried.header) &&
                        (!is_register(&best->header) || tried.header.known > best->header.known);
    if (better || best->sample.count == 0)
        *best = tried;
    return ERR_OK;
}

/* The sheet named; or of all that can be seen, then of the hidden ones, the best. */
static enum err
sheet_choose(struct ctx *ctx, const char *name, struct book *book, const struct roll_wish *wish,
             struct finding_layout *best)
{
    if (wish->sheet) {
        size_t index = 0;
        TRY(sheet_named(ctx, name, book, wish->sheet, &index));
        return sheet_try(ctx, book, wish, index, best);
    }
    for (int hidden = 0; hidden <= 1 && !is_register(&best->header); hidden++) {
        for (size_t i = 0; i < book_sheet_count(book); i++) {
            if (book_sheet(book, i)->hidden == (hidden == 1))
                TRY(sheet_try(ctx, book, wish, i, best));
        }
    }
    return ERR_OK;
}

static enum err
header_check(struct ctx *ctx, const char *name, const struct finding_layout *found)
{
    const struct header *header = &found->header;
    if (found->sample.count == 0)
        return FAIL_HINT(ctx, ERR_INVALID, "请确认选对了文件，或者重新导出",
                         "check that it is the right file, or export it again", "%s 没有内容",
                         "%s has nothing in it", name);
    if (!is_register(header) && found->wish->any)
        return ERR_OK;
    if (!is_register(header))
        return FAIL_HINT(ctx, ERR_INVALID,
                         "表头要有“姓名”，并有“组”“公民身份号码”等列；也可以用 --map 列=名称 指明",
                         "the header needs 姓名 and columns like 组, 公民身份号码; or tell the "
                         "columns with --map COLUMN=KEY",
                         "%s 前 %d 行里没有表头", "%s has no header in its first %d rows", name,
                         (int)TITLE_ROWS);
    if (!header->twice)
        return ERR_OK;
    const size_t second = header->twice - 1;
    size_t first = 0;
    while (header->columns[first] != header->columns[second])
        first++;
    return FAIL_HINT(ctx, ERR_INVALID, "删去其中一列，或者改掉它的表头",
                     "take one out or change its heading",
                     "%s 的第 %d 列（%s）和第 %d 列（%s）都是“%s”",
                     "%s: columns %d (%s) and %d (%s) are both \"%s\"", name, (int)first + 1,
                     book_letters(first).text, (int)second + 1, book_letters(second).text,
                     roll_column_title(header->columns[second]));
}

static const char *
title_read(struct ctx *ctx, const struct roll_sample *sample, size_t rows)
{
    struct buf title;
    buf_init(&title, ctx->mem, SIZE_MAX / 2);
    for (size_t i = 0; i < rows; i++) {
        for (size_t k = 0; k < sample->rows[i].count && title.length < TITLE_MOST; k++) {
            const char *text = roll_text_squeeze(ctx, sample->rows[i].cells[k].text);
            if (text[0])
                buf_add_format(&title, "%s%s", title.length ? " " : "", text);
        }
    }
    return title.data;
}

static size_t
header_cells(const struct roll_sample *sample, const struct header *header)
{
    const size_t first = sample->rows[header->first].count;
    const size_t last = sample->rows[header->last].count;
    return first > last ? first : last;
}

static void
places_fill(struct ctx *ctx, const struct header *header, struct roll_layout *layout)
{
    layout->known = mem_array(ctx->mem, struct roll_place, header->width);
    layout->ignored = mem_array(ctx->mem, const char *, header->width);
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++)
        layout->head.places[i] = -1;
    for (size_t i = 0; i < header->width; i++) {
        const enum roll_column column = header->columns[i];
        if (column == ROLL_COLUMN_COUNT) {
            if (header->headings[i][0])
                layout->ignored[layout->ignored_count++] = header->headings[i];
            continue;
        }
        layout->known[layout->known_count++] =
            (struct roll_place){i, header->headings[i], column, header->clues[i]};
        layout->head.places[column] = (int)i;
        layout->head.widest = i + 1;
    }
}

enum err
roll_layout_find(struct ctx *ctx, const char *name, struct book *book, const struct roll_wish *wish,
                 struct roll_layout *ret_layout)
{
    struct finding_layout found = {.wish = wish};
    TRY(sheet_choose(ctx, name, book, wish, &found));
    TRY(header_check(ctx, name, &found));
    const struct header *header = &found.header;
    struct roll_layout layout = {
        .named = is_register(header),
        .kind = wish->kind,
        .kind_guessed = wish->kind == ROLL_KIND_COUNT,
        .sheet = found.sheet,
        .sheet_name = book_sheet(book, found.sheet)->name,
        .sheet_hidden = book_sheet(book, found.sheet)->hidden,
        .title = title_read(ctx, &found.sample, header->first),
        .first_line = header->absent ? 0 : found.sample.rows[header->first].line,
        .last_line = header->absent ? 0 : found.sample.rows[header->last].line,
        .header_cells = header_cells(&found.sample, header),
    };
    if (!layout.named) {
        *ret_layout = layout;
        return ERR_OK;
    }
    places_fill(ctx, header, &layout);
    const char *slash = strrchr(name, '/');
    if (layout.kind_guessed)
        layout.kind = roll_guess_kind(layout.title, layout.sheet_name, slash ? slash + 1 : name,
                                      &layout.head);
    *ret_layout = layout;
    return ERR_OK;
}

enum err
roll_layout_check(struct ctx *ctx, const char *name, const struct roll_layout *layout)
{
    const enum roll_column lacking = roll_kind_lacks(layout->kind, &layout->head);
    if (lacking == ROLL_COLUMN_COUNT)
        return ERR_OK;
    if (lacking == ROLL_COL_ID_NUMBER && layout->head.places[ROLL_COL_BIRTH] < 0)
        return FAIL(ctx, ERR_INVALID, "%s 既没有“公民身份号码”列，也没有“出生日期”列",
                    "%s has neither a column 公民身份号码 nor 出生日期", name);
    return FAIL(ctx, ERR_INVALID, "%s 没有“%s”列", "%s has no column \"%s\"", name,
                roll_column_title(lacking));
}
