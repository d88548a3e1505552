/* SPDX-License-Identifier: Apache-2.0 */
/* XLSX: rows of one sheet, as expat comes to their ends. */
#include "exchange/book_xlsx.h"

#include <string.h>

#include "base/num.h"
#include "exchange/book_merge.h"
#include "exchange/book_number.h"
#include "exchange/book_workbook.h"

/* Excel's own limit of rows. */
enum { LINES_MOST = 1048576 };

/* t= of a cell. */
enum cell_type {
    TYPE_NUMBER,
    TYPE_SHARED,
    TYPE_INLINE,
    TYPE_TEXT,
    TYPE_TRUTH,
    TYPE_ERROR,
    TYPE_DAY
};

static const struct type_row {
    const char *word;
    enum cell_type type;
} TYPES[] = {
    {"s", TYPE_SHARED}, {"n", TYPE_NUMBER}, {"inlineStr", TYPE_INLINE},
    {"str", TYPE_TEXT}, {"b", TYPE_TRUTH},  {"e", TYPE_ERROR},
    {"d", TYPE_DAY},
};

struct xlsx_state {
    struct book *book;
    struct book_zip *zip;
    struct book_workbook workbook;
    struct book_strings strings;
    struct book_styles styles;
    bool has_shared;      /* texts and styles are read */
    struct book_xml *xml; /* of the sheet being read */
    size_t sheet;
    struct book_line rows[2]; /* the one being read, and the last one that was given out */
    struct book_line *row;
    struct book_line *given;
    int64_t line;
    int64_t last_line; /* of the last one given out; 0: none */
    size_t widest;     /* cells of the widest row so far */
    struct book_merges merges;
    size_t merges_of; /* sheet whose merged cells are known, plus 1 */
    bool hidden;
    bool in_rows;
    /* The cell being read. */
    size_t column;
    size_t next_column;
    enum cell_type type;
    bool is_date;
    bool formula;
    bool collecting;
    int phonetic;
    struct buf value;
};

/* "BC12" → 54. False if it is no such name. */
static bool
column_read(const char *name, size_t *ret_column)
{
    size_t column = 0;
    const char *at = name;
    for (; *at >= 'A' && *at <= 'Z' && column < 100000; at++)
        column = column * 26 + (size_t)(*at - 'A') + 1;
    if (column == 0 || *at < '0' || *at > '9')
        return false;
    *ret_column = column - 1;
    return true;
}

static void
row_start(struct xlsx_state *state, const char **attributes)
{
    int64_t line;
    const char *number = book_xml_attribute(attributes, "r");
    const bool numbered = number && num_parse_i64(number, 1, INT32_MAX, &line);
    state->line = numbered && line > state->line ? line : state->line + 1;
    state->hidden = book_xml_is_true(book_xml_attribute(attributes, "hidden"));
    state->next_column = 0;
    book_line_clear(state->row);
}

static enum cell_type
type_find(const char *word)
{
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        if (strcmp(TYPES[i].word, word) == 0)
            return TYPES[i].type;
    }
    return TYPE_TEXT;
}

static void
cell_start(struct xlsx_state *state, const char **attributes)
{
    state->column = state->next_column;
    state->type = TYPE_NUMBER;
    state->is_date = false;
    state->formula = false;
    state->value.length = 0;
    state->value.over = false;
    for (size_t i = 0; attributes[i]; i += 2) {
        int64_t style;
        const char *value = attributes[i + 1];
        if (strcmp(attributes[i], "r") == 0)
            (void)column_read(value, &state->column);
        else if (strcmp(attributes[i], "t") == 0)
            state->type = type_find(value);
        else if (strcmp(attributes[i], "s") == 0)
            state->is_date = num_parse_i64(value, 0, INT32_MAX, &style) &&
                             (size_t)style < state->styles.count && state->styles.dates[style];
    }
    state->next_column = state->column + 1;
}

/* <col min="3" max="5" hidden="1"/> */
static void
hidden_take(struct xlsx_state *state, const char **attributes)
{
    int64_t first, last;
    const char *from = book_xml_attribute(attributes, "min");
    const char *to = book_xml_attribute(attributes, "max");
    if (!book_xml_is_true(book_xml_attribute(attributes, "hidden")) || !from || !to ||
        !num_parse_i64(from, 1, INT32_MAX, &first) || !num_parse_i64(to, 1, INT32_MAX, &last))
        return;
    for (int64_t i = first; i <= last && i <= BOOK_COLUMNS_MOST; i++)
        state->book->hidden_columns[i - 1] = true;
}

static void
on_start(void *data, const char *name, const char **attributes)
{
    struct xlsx_state *state = data;
    if (!state->in_rows) {
        state->in_rows = strcmp(name, "sheetData") == 0;
        if (strcmp(name, "col") == 0)
            hidden_take(state, attributes);
        return;
    }
    if (strcmp(name, "c") == 0)
        cell_start(state, attributes);
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        state->collecting = state->phonetic == 0;
    else if (strcmp(name, "row") == 0)
        row_start(state, attributes);
    else if (strcmp(name, "f") == 0)
        state->formula = true;
    else if (strcmp(name, "rPh") == 0)
        state->phonetic++;
}

static void
on_text(void *data, const char *text, size_t length)
{
    struct xlsx_state *state = data;
    if (state->collecting)
        buf_add(&state->value, text, length);
}

static enum err
shared_take(struct ctx *ctx, struct xlsx_state *state)
{
    const struct book_strings *strings = &state->strings;
    int64_t index;
    if (!num_parse_i64(state->value.data, 0, INT32_MAX, &index) || (size_t)index >= strings->count)
        return book_zip_broken(ctx, state->zip, book_part_name(state->xml->part),
                               text_format(ctx, "第 %lld 行有一格所指的文字不存在",
                                           "a cell of row %lld names a text that is not there",
                                           (long long)state->line));
    const size_t start = strings->starts[index];
    book_line_point(state->row, state->column,
                    (struct book_cell){strings->texts.data + start,
                                       strings->starts[index + 1] - start - 1, BOOK_CELL_TEXT,
                                       state->formula});
    return ERR_OK;
}

static void
number_take(struct xlsx_state *state)
{
    const char *raw = state->value.data;
    const bool day = state->type == TYPE_DAY;
    const struct book_number number = day ? book_number_iso(raw)
                                      : state->is_date
                                          ? book_number_moment(raw, state->workbook.base_1904)
                                          : book_number_read(raw);
    book_line_copy(
        state->row, state->column,
        (struct book_cell){number.text, strlen(number.text), number.kind, state->formula});
}

static void
text_take(struct xlsx_state *state, enum book_cell_kind kind)
{
    size_t length = state->value.length;
    if (kind == BOOK_CELL_TEXT)
        length = book_text_unescape(state->value.data, length);
    book_line_copy(state->row, state->column,
                   (struct book_cell){state->value.data, length, kind, state->formula});
}

static enum err
cell_end(struct ctx *ctx, struct xlsx_state *state)
{
    if (buf_is_over(&state->value) || state->value.length > BOOK_CELL_MOST)
        state->row->too_large = true;
    if (state->value.length == 0)
        return ERR_OK;
    switch (state->type) {
    case TYPE_SHARED:
        return shared_take(ctx, state);
    case TYPE_NUMBER:
    case TYPE_DAY:
        number_take(state);
        break;
    case TYPE_INLINE:
    case TYPE_TEXT:
        text_take(state, BOOK_CELL_TEXT);
        break;
    case TYPE_TRUTH: {
        const bool truth = book_xml_is_true(state->value.data);
        book_line_point(state->row, state->column,
                        (struct book_cell){truth ? "TRUE" : "FALSE", truth ? 4 : 5,
                                           BOOK_CELL_BOOLEAN, state->formula});
        break;
    }
    case TYPE_ERROR:
        text_take(state, BOOK_CELL_ERROR);
        break;
    }
    return ERR_OK;
}

static bool
has_blank(const struct book_line *row, size_t widest)
{
    if (row->count < widest)
        return true;
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].kind == BOOK_CELL_BLANK)
            return true;
    }
    return false;
}

/* Before the first row with a blank nothing can have been filled, but the row above it may hold
 * the value. */
static enum err
merged_fill(struct ctx *ctx, struct xlsx_state *state)
{
    if (state->merges_of != state->sheet + 1) {
        if (state->last_line == 0 || !has_blank(state->row, state->widest))
            return ERR_OK;
        TRY(book_merges_read(ctx, state->zip, state->workbook.parts[state->sheet], state,
                             &state->merges));
        state->merges_of = state->sheet + 1;
        book_merges_fill(&state->merges, state, state->given, state->last_line);
    }
    if (state->merges.count)
        book_merges_fill(&state->merges, state, state->row, state->line);
    return ERR_OK;
}

/* The row is given out; what is read next goes into the other one. */
static void
row_give(struct xlsx_state *state)
{
    struct book_xml *xml = state->xml;
    const enum err err = merged_fill(xml->ctx, state);
    if (err != ERR_OK) {
        book_xml_fail(xml, err);
        return;
    }
    state->given = state->row;
    state->row = state->row == &state->rows[0] ? &state->rows[1] : &state->rows[0];
    state->widest = state->given->count > state->widest ? state->given->count : state->widest;
    state->last_line = state->line;
    book_xml_pause(xml);
}

static void
row_end(struct xlsx_state *state)
{
    struct book_xml *xml = state->xml;
    if (state->row->too_large)
        book_xml_fail(xml, FAIL(xml->ctx, ERR_LIMIT, "%s 第 %lld 行超过 %d 列，或者有一格过长",
                                "%s: row %lld has more than %d columns, or a cell that is too long",
                                state->book->source.name, (long long)state->line,
                                (int)BOOK_COLUMNS_MOST));
    else if (state->line > LINES_MOST)
        book_xml_fail(xml, FAIL_HINT(xml->ctx, ERR_LIMIT, "请按村分成几个文件",
                                     "split it into a file per village", "%s 超过 %d 行",
                                     "%s has more than %d rows", state->book->source.name,
                                     (int)LINES_MOST));
    else if (book_line_finish(state->row))
        row_give(state);
}

static void
on_end(void *data, const char *name)
{
    struct xlsx_state *state = data;
    if (!state->in_rows)
        return;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        state->collecting = false;
    } else if (strcmp(name, "c") == 0) {
        const enum err err = cell_end(state->xml->ctx, state);
        if (err != ERR_OK)
            book_xml_fail(state->xml, err);
    } else if (strcmp(name, "row") == 0) {
        row_end(state);
    } else if (strcmp(name, "rPh") == 0) {
        state->phonetic--;
    } else if (strcmp(name, "sheetData") == 0) {
        state->in_rows = false;
    }
}

static const struct book_xml_handlers HANDLERS = {on_start, on_end, on_text};

static enum err
xlsx_open(struct ctx *ctx, struct book *book)
{
    struct xlsx_state *state = mem_new(book, struct xlsx_state);
    state->book = book;
    book->state = state;
    book_line_init(&state->rows[0], state);
    book_line_init(&state->rows[1], state);
    state->row = &state->rows[0];
    buf_init(&state->value, state, 2 * (size_t)BOOK_CELL_MOST);
    TRY(book_zip_open(ctx, book, &state->zip));
    return book_workbook_read(ctx, book, state->zip, &state->workbook);
}

static enum err
shared_read(struct ctx *ctx, struct xlsx_state *state)
{
    const struct book_workbook *workbook = &state->workbook;
    if (state->has_shared)
        return ERR_OK;
    TRY(book_strings_read(ctx, state->zip, workbook->strings, state, &state->strings));
    TRY(book_styles_read(ctx, state->zip, workbook->styles, state, &state->styles));
    state->has_shared = true;
    return ERR_OK;
}

static enum err
xlsx_begin(struct ctx *ctx, struct book *book, size_t index)
{
    struct xlsx_state *state = book->state;
    const char *part = state->workbook.parts[index];
    TRY(shared_read(ctx, state));
    if (state->xml)
        book_xml_close(state->xml);
    state->xml = NULL;
    state->line = 0;
    state->in_rows = false;
    state->collecting = false;
    state->phonetic = 0;
    state->rows[0].too_large = false;
    state->rows[1].too_large = false;
    state->sheet = index;
    state->last_line = 0;
    state->widest = 0;
    book_merges_rewind(&state->merges);
    const enum err err = book_xml_open(ctx, state->zip, part, &HANDLERS, state, &state->xml);
    return err == ERR_NOT_FOUND ? book_zip_broken(ctx, state->zip, part,
                                                  text_format(ctx, "没有这个部件", "no such part"))
                                : err;
}

static enum err
xlsx_next(struct ctx *ctx, struct book *book, struct book_row *ret_row, bool *ret_more)
{
    struct xlsx_state *state = book->state;
    TRY(book_xml_run(ctx, state->xml));
    *ret_more = state->xml->paused;
    if (state->xml->paused)
        *ret_row =
            (struct book_row){state->line, state->given->cells, state->given->count, state->hidden};
    return ERR_OK;
}

const struct book_reader book_reader_xlsx = {"XLSX", xlsx_open, xlsx_begin, xlsx_next};
