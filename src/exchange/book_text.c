/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Comma separated files as village offices have them: commas, tabs or semicolons, any line ends,
 * quotation marks where they are needed. Cells are cut in the buffer they were decoded into.
 */
#include <string.h>

#include "exchange/book_decode.h"

/* A row longer than this is an open quotation mark that swallowed the rest. */
enum { ROW_MOST = 1024 * 1024, TEXT_MOST = 8 * 1024 * 1024, SAMPLE_LINES = 20 };

struct text_cell {
    size_t start; /* in the buffer */
    size_t end;
    bool quoted;
};

struct text_state {
    struct book_decoder decoder;
    struct buf text;
    size_t at; /* of the next row in `text` */
    char delimiter;
    bool ends_cell[256];
    int64_t line;
    struct text_cell *scanned;
    size_t scanned_count;
    size_t scanned_capacity;
    struct book_line row;
};

/* The sign that parts cells: of comma, tab and semicolon the one most often in the first lines. */
char
book_text_delimiter(const char *text)
{
    static const char SIGNS[] = {',', '\t', ';'};
    size_t counts[COUNT_OF(SIGNS)] = {0};
    size_t best = 0;
    int lines = 0;
    for (const char *at = text; *at && lines < SAMPLE_LINES; at++) {
        lines += *at == '\n';
        for (size_t i = 0; i < COUNT_OF(SIGNS); i++)
            counts[i] += *at == SIGNS[i];
    }
    for (size_t i = 1; i < COUNT_OF(SIGNS); i++)
        best = counts[i] > counts[best] ? i : best;
    return SIGNS[best];
}

static enum err
text_begin(struct ctx *ctx, struct book *book, size_t index)
{
    struct text_state *state = book->state;
    (void)index;
    TRY(book_decoder_begin(ctx, book, &state->decoder));
    state->text.length = 0;
    state->at = 0;
    state->line = 0;
    TRY(book_decoder_next(ctx, &state->decoder, &state->text));
    state->delimiter = book_text_delimiter(state->text.data);
    memset(state->ends_cell, 0, sizeof state->ends_cell);
    state->ends_cell[0] = true; /* of the buffer */
    state->ends_cell['\n'] = true;
    state->ends_cell['\r'] = true;
    state->ends_cell[(uint8_t)state->delimiter] = true;
    return ERR_OK;
}

static enum err
text_open(struct ctx *ctx, struct book *book)
{
    struct text_state *state = mem_new(book, struct text_state);
    book->state = state;
    buf_init(&state->text, state, TEXT_MOST);
    book_line_init(&state->row, state);
    TRY(text_begin(ctx, book, 0));
    book->encoding = book_decoder_word(&state->decoder);
    book_add_sheet(ctx, book, "", false);
    return ERR_OK;
}

enum scan { SCAN_CELL, SCAN_ROW, SCAN_SHORT };

/* Behind the closing mark of a quoted cell; NULL if it is not in the buffer. */
static const char *
quote_end(const struct text_state *state, const char *at)
{
    const char *end = state->text.data + state->text.length;
    for (;;) {
        at = memchr(at, '"', (size_t)(end - at));
        if (!at || (at + 1 == end && !state->decoder.ended))
            return NULL;
        if (at[1] != '"')
            return at + 1;
        at += 2;
    }
}

/* One cell from *at on, which moves behind it and its sign. SHORT: its end is not in the buffer. */
static enum scan
cell_scan(const struct text_state *state, size_t *at, struct text_cell *ret_cell)
{
    const char *data = state->text.data;
    const char *from = data + *at;
    while (*from == ' ' && state->delimiter != ' ')
        from++;
    const bool quoted = *from == '"';
    const char *to = quoted ? quote_end(state, from + 1) : from;
    if (!to)
        return SCAN_SHORT;
    while (!state->ends_cell[(uint8_t)*to])
        to++;
    *ret_cell = (struct text_cell){(size_t)(from - data), (size_t)(to - data), quoted};
    *at = (size_t)(to - data);
    if (*at == state->text.length)
        return state->decoder.ended ? SCAN_ROW : SCAN_SHORT;
    if (*to == '\r' && *at + 1 == state->text.length && !state->decoder.ended)
        return SCAN_SHORT;
    *at += *to == '\r' && to[1] == '\n' ? 2 : 1;
    return *to == '\r' || *to == '\n' ? SCAN_ROW : SCAN_CELL;
}

/* Finds the cells of the next row; false: the buffer ends before it does. */
static bool
row_scan(struct text_state *state, size_t *ret_next)
{
    size_t at = state->at;
    enum scan scan = SCAN_CELL;
    state->scanned_count = 0;
    while (scan == SCAN_CELL) {
        if (state->scanned_count == state->scanned_capacity) {
            state->scanned_capacity = state->scanned_capacity ? 2 * state->scanned_capacity : 32;
            state->scanned =
                mem_grow(state, state->scanned, struct text_cell, state->scanned_capacity);
        }
        scan = cell_scan(state, &at, &state->scanned[state->scanned_count++]);
    }
    *ret_next = at;
    return scan == SCAN_ROW;
}

static enum err
quote_refuse(struct ctx *ctx, const struct book *book, int64_t line)
{
    return FAIL_HINT(ctx, ERR_INVALID, "检查该行附近的引号是否成对；文件没有传完也会这样",
                     "look for a quotation mark without its pair; a cut-off file looks like this "
                     "too",
                     "%s 第 %lld 行起有一个引号没有结束",
                     "%s: a quotation mark opened near row %lld is never closed", book->source.name,
                     (long long)line);
}

/* More text behind the row that is not whole yet. */
static enum err
text_fill(struct ctx *ctx, struct book *book, struct text_state *state)
{
    const size_t rest = state->text.length - state->at;
    if (state->decoder.ended || rest > ROW_MOST)
        return quote_refuse(ctx, book, state->line + 1);
    memmove(state->text.data, state->text.data + state->at, rest);
    state->text.data[rest] = '\0';
    state->text.length = rest;
    state->at = 0;
    TRY(book_decoder_next(ctx, &state->decoder, &state->text));
    ASSERT(!buf_is_over(&state->text));
    /* Plain ASCII at first: what it is may have shown only now. */
    book->encoding = book_decoder_word(&state->decoder);
    return ERR_OK;
}

/* In place: the marks around the cell go, doubled ones become one. */
static size_t
unquote(char *text, size_t length)
{
    size_t to = 0;
    bool inside = true;
    for (size_t i = 1; i < length; i++) {
        if (inside && text[i] == '"' && (i + 1 == length || text[i + 1] != '"')) {
            inside = false;
            continue;
        }
        i += inside && text[i] == '"';
        text[to++] = text[i];
    }
    return to;
}

static size_t
trailing_blanks(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && text[length - 1 - count] == ' ')
        count++;
    return count;
}

static enum err
row_finish(struct ctx *ctx, struct book *book, struct text_state *state)
{
    book_line_clear(&state->row);
    for (size_t i = 0; i < state->scanned_count; i++) {
        char *text = state->text.data + state->scanned[i].start;
        size_t length = state->scanned[i].end - state->scanned[i].start;
        length = state->scanned[i].quoted ? unquote(text, length)
                                          : length - trailing_blanks(text, length);
        text[length] = '\0';
        if (length > BOOK_CELL_MOST)
            return quote_refuse(ctx, book, state->line);
        book_line_point(&state->row, i, (struct book_cell){text, length, BOOK_CELL_TEXT, false});
    }
    if (state->row.too_large)
        return FAIL(ctx, ERR_LIMIT, "%s 第 %lld 行超过 %d 列",
                    "%s: row %lld has more than %d columns", book->source.name,
                    (long long)state->line, (int)BOOK_COLUMNS_MOST);
    return ERR_OK;
}

static enum err
text_next(struct ctx *ctx, struct book *book, struct book_row *ret_row, bool *ret_more)
{
    struct text_state *state = book->state;
    for (;;) {
        size_t next;
        if (state->at == state->text.length && state->decoder.ended) {
            *ret_more = false;
            return ERR_OK;
        }
        if (!row_scan(state, &next)) {
            TRY(text_fill(ctx, book, state));
            continue;
        }
        const char last = state->text.data[next - 1];
        book->ends_abruptly =
            state->decoder.ended && next == state->text.length && last != '\n' && last != '\r';
        state->line++;
        state->at = next;
        TRY(row_finish(ctx, book, state));
        if (!book_line_finish(&state->row))
            continue;
        *ret_row = (struct book_row){state->line, state->row.cells, state->row.count, false};
        *ret_more = true;
        return ERR_OK;
    }
}

const struct book_reader book_reader_text = {"CSV", text_open, text_begin, text_next};
