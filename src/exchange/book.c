/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/book.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "exchange/book_reader.h"

enum { HEAD = 512, BLANK_CELL_MOST = 64 };

static const struct text SPREADSHEET = {"表格", "spreadsheet"};

/* Files by how they begin: with a reader, or with what they are. */
static const struct signature_row {
    const char *bytes;
    size_t length;
    const struct book_reader *reader;
    struct text what;
} SIGNATURES[] = {
    {"PK\x03\x04", 4, &book_reader_xlsx, {0}},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, &book_reader_xls, {0}},
    {"PK\x05\x06", 4, NULL, {"空的压缩包", "an empty archive"}},
    {"%PDF", 4, NULL, {"PDF 文件", "a PDF file"}},
    {"{\\rtf", 5, NULL, {"RTF 文档", "an RTF document"}},
    {"Rar!", 4, NULL, {"RAR 压缩包", "a RAR archive"}},
    {"7z\xBC\xAF", 4, NULL, {"7z 压缩包", "a 7z archive"}},
    {"\x1F\x8B", 2, NULL, {"gzip 压缩包", "a gzip archive"}},
    {"\x89PNG", 4, NULL, {"图片", "a picture"}},
    {"\xFF\xD8\xFF", 3, NULL, {"图片", "a picture"}},
    {"\x09\x04\x06\x00", 4, NULL, {"Excel 4 及更早的工作簿", "a workbook of Excel 4 or older"}},
    {"\x09\x08", 2, NULL, {"Excel 5 及更早的工作簿", "a workbook of Excel 5 or older"}},
};

/* Some systems hand out web pages, or the XML of Excel 2003, with the ending .xls. */
static const char *const MARKUP[] = {"<html",     "<HTML", "<table", "<TABLE", "<?xml",
                                     "<!DOCTYPE", "<meta", "<style", "<div"};

static int
book_release(struct book *book)
{
    if (book->fd >= 0)
        (void)close(book->fd);
    return 0;
}

enum err
book_read_at(struct ctx *ctx, const struct book *book, size_t offset, size_t size, char *bytes,
             size_t *ret_got)
{
    size_t got = 0;
    if (book->fd < 0) {
        got = offset < book->length ? book->length - offset : 0;
        got = got < size ? got : size;
        if (got)
            memcpy(bytes, book->source.bytes + offset, got);
        *ret_got = got;
        return ERR_OK;
    }
    while (got < size) {
        const ssize_t step = pread(book->fd, bytes + got, size - got, (off_t)(offset + got));
        if (step < 0 && errno == EINTR)
            continue;
        if (step < 0)
            return FAIL(ctx, ERR_IO, "%s 读到一半失败：%s", "reading %s failed: %s",
                        book->source.name, errno_words(ctx, errno));
        if (step == 0)
            break;
        got += (size_t)step;
    }
    *ret_got = got;
    return ERR_OK;
}

static enum err
foreign_refuse(struct ctx *ctx, const char *name, struct text what)
{
    return FAIL_HINT(
        ctx, ERR_INVALID, "在 WPS 或者 Excel 中打开，“另存为”类型选“Excel 工作簿（*.xlsx）”",
        "open it in a spreadsheet program and save it as \"Excel workbook (*.xlsx)\"",
        "%s 是%s，不是表格", "%s is %s, not a spreadsheet", name, text_pick(ctx, what));
}

static bool
is_markup(const char *head)
{
    head += strncmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    head += strspn(head, " \t\r\n");
    for (size_t i = 0; i < COUNT_OF(MARKUP); i++) {
        if (strncmp(head, MARKUP[i], strlen(MARKUP[i])) == 0)
            return true;
    }
    return false;
}

static enum err
reader_find(struct ctx *ctx, struct book *book)
{
    char head[HEAD + 1] = {0};
    size_t got;
    TRY(book_read_at(ctx, book, 0, HEAD, head, &got));
    for (size_t i = 0; i < COUNT_OF(SIGNATURES); i++) {
        const struct signature_row *row = &SIGNATURES[i];
        if (got < row->length || memcmp(head, row->bytes, row->length) != 0)
            continue;
        if (!row->reader)
            return foreign_refuse(ctx, book->source.name, row->what);
        book->reader = row->reader;
        return ERR_OK;
    }
    if (is_markup(head))
        return foreign_refuse(ctx, book->source.name,
                              (struct text){"网页或 XML（有的系统把它存成 .xls）",
                                            "a web page or XML (some systems call it .xls)"});
    book->reader = &book_reader_text;
    return ERR_OK;
}

static enum err
source_open(struct ctx *ctx, struct book *book)
{
    if (book->source.path)
        return file_open(ctx, book->source.path, SPREADSHEET, BOOK_BYTES_MOST, &book->fd,
                         &book->length);
    book->length = book->source.length;
    if (book->length > BOOK_BYTES_MOST)
        return FAIL_HINT(ctx, ERR_LIMIT, "请确认选对了文件，或把它分成几份",
                         "check that it is the right file, or split it",
                         "%s 有 %zu 字节，最多 %zu 字节", "%s has %zu bytes, the most is %zu",
                         book->source.name, book->length, BOOK_BYTES_MOST);
    return ERR_OK;
}

enum err
book_open(struct ctx *ctx, const struct book_source *source, struct book **ret_book)
{
    struct book *book = mem_new(ctx->mem, struct book);
    book->fd = -1;
    book->source = *source;
    book->encoding = "";
    talloc_set_destructor(book, book_release);
    TRY(source_open(ctx, book));
    if (book->length == 0)
        return FAIL_HINT(ctx, ERR_INVALID, "请确认选对了文件，或者重新导出",
                         "check that it is the right file, or export it again", "%s 没有内容",
                         "%s has nothing in it", source->name);
    TRY(reader_find(ctx, book));
    TRY(book->reader->open(ctx, book));
    *ret_book = book;
    return ERR_OK;
}

const char *
book_format(const struct book *book)
{
    return book->reader->format;
}

const char *
book_encoding(const struct book *book)
{
    return book->encoding;
}

size_t
book_sheet_count(const struct book *book)
{
    return book->sheet_count;
}

const struct book_sheet *
book_sheet(const struct book *book, size_t index)
{
    ASSERT(index < book->sheet_count);
    return &book->sheets[index];
}

void
book_add_sheet(struct ctx *ctx, struct book *book, const char *name, bool hidden)
{
    book->sheets = mem_grow(book, book->sheets, struct book_sheet, book->sheet_count + 1);
    book->sheets[book->sheet_count++] = (struct book_sheet){mem_text(ctx->mem, name), hidden};
}

enum err
book_begin(struct ctx *ctx, struct book *book, size_t index)
{
    ASSERT(index < book->sheet_count);
    book->row_count = 0;
    book->ends_abruptly = false;
    memset(book->hidden_columns, 0, sizeof book->hidden_columns);
    return book->reader->begin(ctx, book, index);
}

enum err
book_next(struct ctx *ctx, struct book *book, struct book_row *ret_row, bool *ret_more)
{
    TRY(book->reader->next(ctx, book, ret_row, ret_more));
    if (*ret_more && ++book->row_count > BOOK_ROWS_MOST)
        return FAIL_HINT(ctx, ERR_LIMIT, "请按村分成几个文件", "split it into a file per village",
                         "%s 超过 %d 行", "%s has more than %d rows", book->source.name,
                         (int)BOOK_ROWS_MOST);
    return ERR_OK;
}

bool
book_column_is_hidden(const struct book *book, size_t column)
{
    return column < BOOK_COLUMNS_MOST && book->hidden_columns[column];
}

bool
book_ends_abruptly(const struct book *book)
{
    return book->ends_abruptly;
}

struct book_letters
book_letters(size_t column)
{
    struct book_letters letters = {0};
    char reversed[sizeof letters.text];
    size_t count = 0;
    for (size_t rest = column + 1; rest && count < sizeof reversed - 1; rest = (rest - 1) / 26)
        reversed[count++] = (char)('A' + (rest - 1) % 26);
    for (size_t i = 0; i < count; i++)
        letters.text[i] = reversed[count - 1 - i];
    return letters;
}

void
book_line_init(struct book_line *line, void *mem)
{
    *line = (struct book_line){.mem = mem};
    buf_init(&line->texts, mem, (size_t)BOOK_CELL_MOST * BOOK_COLUMNS_MOST);
}

void
book_line_clear(struct book_line *line)
{
    line->count = 0;
    line->texts.length = 0;
}

/* The cells up to `column` exist after this; false if there cannot be so many. */
static bool
line_reach(struct book_line *line, size_t column)
{
    if (column >= BOOK_COLUMNS_MOST) {
        line->too_large = true;
        return false;
    }
    if (column >= line->capacity) {
        line->capacity = column < 16 ? 16 : 2 * column;
        line->cells = mem_grow(line->mem, line->cells, struct book_cell, line->capacity);
        line->offsets = mem_grow(line->mem, line->offsets, size_t, line->capacity);
    }
    for (; line->count <= column; line->count++) {
        line->cells[line->count] = (struct book_cell){"", 0, BOOK_CELL_BLANK, false};
        line->offsets[line->count] = SIZE_MAX;
    }
    return true;
}

void
book_line_point(struct book_line *line, size_t column, struct book_cell cell)
{
    if (cell.length == 0 || !line_reach(line, column))
        return;
    line->cells[column] = cell;
    line->offsets[column] = SIZE_MAX;
}

void
book_line_copy(struct book_line *line, size_t column, struct book_cell cell)
{
    if (cell.length > BOOK_CELL_MOST)
        line->too_large = true;
    if (cell.length == 0 || cell.length > BOOK_CELL_MOST || !line_reach(line, column))
        return;
    line->cells[column] = cell;
    line->offsets[column] = line->texts.length;
    buf_add(&line->texts, cell.text, cell.length);
    buf_add_char(&line->texts, '\0');
}

/* Long cells are never only blanks worth looking through. */
static bool
is_blank(const struct book_cell *cell)
{
    const unsigned char first = (unsigned char)cell->text[0];
    if (first > ' ' && first < 0x80)
        return false;
    return cell->length < BLANK_CELL_MOST && utf8_is_blank(cell->text);
}

bool
book_line_finish(struct book_line *line)
{
    size_t count = 0;
    for (size_t i = 0; i < line->count; i++) {
        struct book_cell *cell = &line->cells[i];
        if (line->offsets[i] != SIZE_MAX)
            cell->text = line->texts.data + line->offsets[i];
        if (cell->kind == BOOK_CELL_BLANK || is_blank(cell))
            *cell = (struct book_cell){"", 0, BOOK_CELL_BLANK, cell->formula};
        else
            count = i + 1;
    }
    line->count = count;
    return count > 0;
}
