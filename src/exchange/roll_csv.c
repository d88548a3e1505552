/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_csv.h"

#include <csv.h>
#include <string.h>

#include "base/buf.h"
#include "base/intake.h"
#include "base/utf8.h"

/* Files that are no text, by how they begin. */
static const struct signature_row {
    const char *bytes;
    size_t length;
    struct text what;
} SIGNATURES[] = {
    {"PK\x03\x04", 4, {"XLSX 工作簿", "an XLSX workbook"}},
    {"\xD0\xCF\x11\xE0", 4, {"XLS 工作簿", "an XLS workbook"}},
    {"\xFF\xFE", 2, {"UTF-16 文本", "UTF-16 text"}},
    {"\xFE\xFF", 2, {"UTF-16 文本", "UTF-16 text"}},
    {"%PDF", 4, {"PDF 文件", "a PDF file"}},
};

static const char BOM[] = "\xEF\xBB\xBF";

static enum err
kind_check(struct ctx *ctx, const char *name, const char *bytes, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(SIGNATURES); i++) {
        const struct signature_row *row = &SIGNATURES[i];
        if (length >= row->length && memcmp(bytes, row->bytes, row->length) == 0)
            return FAIL_HINT(
                ctx, ERR_INVALID, "在 WPS 或者 Excel 中“另存为”，类型选“CSV UTF-8（逗号分隔）”",
                "save it as \"CSV UTF-8 (comma delimited)\" in the spreadsheet program",
                "%s 是%s，不是 CSV", "%s is %s, not CSV", name, text_pick(ctx, row->what));
    }
    if (length && memchr(bytes, '\0', length))
        return FAIL(ctx, ERR_INVALID, "%s 不是文本文件（含有零字节）",
                    "%s is no text file (it has zero bytes)", name);
    return ERR_OK;
}

/* The whole text as UTF-8 with \n as the only line end. */
static enum err
text_decode(struct ctx *ctx, const char *name, const char *bytes, size_t length, struct buf *text,
            const char **ret_encoding)
{
    struct intake_text decoded = {bytes, length};
    const size_t mark = sizeof BOM - 1;
    *ret_encoding = "UTF-8";
    if (length >= mark && memcmp(bytes, BOM, mark) == 0) {
        decoded.data += mark;
        decoded.length -= mark;
        if (!utf8_is_valid(decoded.data, decoded.length))
            return FAIL_HINT(ctx, ERR_INVALID, "文件可能只传来一部分，请重新导出",
                             "the file may be cut off; export it again",
                             "%s 标明是 UTF-8，但其中有不合 UTF-8 的字节",
                             "%s says it is UTF-8 but has bytes that are not", name);
    } else if (!utf8_is_valid(bytes, length)) {
        TRY(intake_gb18030(ctx, bytes, length, name, &decoded));
        *ret_encoding = "GB18030";
    }
    for (size_t i = 0; i < decoded.length; i++) {
        const char character = decoded.data[i];
        if (character != '\r')
            buf_add_char(text, character);
        else if (i + 1 == decoded.length || decoded.data[i + 1] != '\n')
            buf_add_char(text, '\n');
    }
    return ERR_OK;
}

/* What the parser's callbacks fill. */
struct reading {
    struct ctx *ctx;
    struct sheet *sheet;
    size_t row_capacity;
    struct sheet_row row; /* the one being read */
    size_t cell_capacity;
    bool has_text;
    bool too_many;
    int64_t too_long; /* line of a cell that is too long, 0: none */
};

static void
on_cell(void *bytes, size_t length, void *arg)
{
    struct reading *reading = arg;
    struct sheet_row *row = &reading->row;
    if (row->count == reading->cell_capacity) {
        reading->cell_capacity = reading->cell_capacity ? 2 * reading->cell_capacity : 16;
        row->cells = mem_grow(reading->ctx->mem, row->cells, const char *, reading->cell_capacity);
    }
    if (length > ROLL_CSV_CELL && !reading->too_long)
        reading->too_long = row->line;
    const char *cell = mem_text_n(reading->ctx->mem, bytes ? bytes : "",
                                  length > ROLL_CSV_CELL ? ROLL_CSV_CELL : length);
    reading->has_text = reading->has_text || !utf8_is_blank(cell);
    row->cells[row->count++] = cell;
}

static void
on_row(int terminator, void *arg)
{
    struct reading *reading = arg;
    struct sheet *sheet = reading->sheet;
    (void)terminator;
    if (reading->has_text && sheet->count < ROLL_CSV_ROWS) {
        if (sheet->count == reading->row_capacity) {
            reading->row_capacity = reading->row_capacity ? 2 * reading->row_capacity : 256;
            sheet->rows =
                mem_grow(reading->ctx->mem, sheet->rows, struct sheet_row, reading->row_capacity);
        }
        sheet->rows[sheet->count++] = reading->row;
    }
    reading->too_many = sheet->count >= ROLL_CSV_ROWS;
    const int64_t line = reading->row.line + 1;
    reading->row = (struct sheet_row){.line = line};
    reading->cell_capacity = 0;
    reading->has_text = false;
}

/* The sign that parts cells: of comma, tab and semicolon the one most often in the first lines. */
char
roll_csv_delimiter(const char *text)
{
    static const char SIGNS[] = {',', '\t', ';'};
    size_t counts[COUNT_OF(SIGNS)] = {0};
    size_t best = 0;
    int lines = 0;
    for (const char *at = text; *at && lines < 20; at++) {
        lines += *at == '\n';
        for (size_t i = 0; i < COUNT_OF(SIGNS); i++)
            counts[i] += *at == SIGNS[i];
    }
    for (size_t i = 1; i < COUNT_OF(SIGNS); i++)
        best = counts[i] > counts[best] ? i : best;
    return SIGNS[best];
}

/* libcsv keeps its own buffer, which is given back whatever happens. */
static enum err
text_parse(struct reading *reading, const struct buf *text, bool *ret_closed)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_REPALL_NL) != 0)
        return FAIL(reading->ctx, ERR_IO, "不能开始读 CSV", "cannot begin to read the CSV");
    csv_set_delim(&parser, (unsigned char)roll_csv_delimiter(text->data));
    const size_t taken = csv_parse(&parser, text->data, text->length, on_cell, on_row, reading);
    /* Only at the end is it strict: an open quotation mark means that the rest was swallowed. */
    csv_set_opts(&parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    *ret_closed = taken == text->length && csv_fini(&parser, on_cell, on_row, reading) == 0;
    csv_free(&parser);
    return ERR_OK;
}

static enum err
reading_check(struct ctx *ctx, const char *name, const struct reading *reading, bool closed)
{
    if (reading->too_long || !closed)
        return FAIL_HINT(ctx, ERR_INVALID, "检查该行附近的引号是否成对；文件没有传完也会这样",
                         "look for a quotation mark without its pair; a cut-off file looks like "
                         "this too",
                         "%s 第 %lld 行起有一个引号没有结束",
                         "%s: a quotation mark opened near row "
                         "%lld is never closed",
                         name,
                         (long long)(reading->too_long ? reading->too_long : reading->row.line));
    if (reading->too_many)
        return FAIL(ctx, ERR_LIMIT, "%s 超过 %d 行", "%s has more than %d rows", name,
                    (int)ROLL_CSV_ROWS);
    if (reading->sheet->count == 0)
        return FAIL(ctx, ERR_INVALID, "%s 没有内容", "%s has nothing in it", name);
    return ERR_OK;
}

enum err
roll_csv_read(struct ctx *ctx, const char *name, const char *bytes, size_t length,
              struct sheet *ret_sheet)
{
    struct sheet sheet = {0};
    struct reading reading = {.ctx = ctx, .sheet = &sheet, .row = {.line = 1}};
    struct buf text;
    bool closed = false;
    if (length > ROLL_CSV_LARGEST)
        return FAIL(ctx, ERR_LIMIT, "%s 有 %zu 字节，最多 %d 字节",
                    "%s has %zu bytes, the most is %d", name, length, (int)ROLL_CSV_LARGEST);
    TRY(kind_check(ctx, name, bytes, length));
    buf_init(&text, ctx->mem, 2 * (size_t)ROLL_CSV_LARGEST);
    buf_add_text(&text, "");
    TRY(text_decode(ctx, name, bytes, length, &text, &sheet.encoding));
    TRY(text_parse(&reading, &text, &closed));
    TRY(reading_check(ctx, name, &reading, closed));
    sheet.ends_abruptly = text.length == 0 || text.data[text.length - 1] != '\n';
    *ret_sheet = sheet;
    return ERR_OK;
}
