/* SPDX-License-Identifier: Apache-2.0 */
/* XLS of Excel 97 to 2003 and WPS (.et), by freexl, which reads a whole sheet at once. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <freexl.h>

#include "base/utf8.h"
#include "exchange/book_number.h"
#include "exchange/book_reader.h"

/* 65536 rows of 256 cells is the most this kind of file can hold. */
enum { XLS_MOST = 256 * 1024 * 1024, PIECE = 64 * 1024, ENTRY = 128, ENTRY_NAME = 64 };

struct xls_state {
    const void *handle;
    int copy; /* of bytes in memory: freexl opens nothing but paths */
    unsigned int row;
    unsigned int rows;
    unsigned short columns;
    struct book_line line;
};

static int
xls_release(struct xls_state *state)
{
    if (state->handle)
        (void)freexl_close(state->handle);
    if (state->copy >= 0)
        (void)close(state->copy);
    return 0;
}

static enum err
xls_broken(struct ctx *ctx, const struct book *book, int status)
{
    return FAIL_HINT(ctx, ERR_INVALID, "在 WPS 或者 Excel 中打开，另存为“Excel 工作簿（*.xlsx）”",
                     "open it in a spreadsheet program and save it as \"Excel workbook (*.xlsx)\"",
                     "%s 不是完整的 XLS 工作簿（%d）", "%s is no whole XLS workbook (%d)",
                     book->source.name, status);
}

/* What a compound file holds, by the names of its streams. */
struct streams {
    bool workbook;
    bool encrypted;
    bool document;
};

static bool
entry_is(const char *entry, const char *name)
{
    for (size_t i = 0; i <= strlen(name); i++) {
        if (entry[2 * i] != name[i] || entry[2 * i + 1] != 0)
            return false;
    }
    return true;
}

/* Entries of the directory are 128 bytes long and lie at multiples of it. */
static enum err
streams_find(struct ctx *ctx, const struct book *book, struct streams *ret_streams)
{
    char *piece = mem_grow(ctx->mem, NULL, char, PIECE);
    struct streams streams = {0};
    size_t got = PIECE;
    for (size_t offset = 0; got == PIECE; offset += got) {
        TRY(book_read_at(ctx, book, offset, PIECE, piece, &got));
        for (size_t at = 0; at + ENTRY_NAME <= got; at += ENTRY) {
            streams.workbook = streams.workbook || entry_is(piece + at, "Workbook") ||
                               entry_is(piece + at, "Book");
            streams.encrypted = streams.encrypted || entry_is(piece + at, "EncryptedPackage");
            streams.document = streams.document || entry_is(piece + at, "WordDocument");
        }
    }
    *ret_streams = streams;
    return ERR_OK;
}

static enum err
locked_refuse(struct ctx *ctx, const struct book *book)
{
    return FAIL_HINT(ctx, ERR_INVALID, "打开后去掉密码，再另存一份",
                     "open it, take the password off and save it", "%s 加了密码",
                     "%s is locked by a password", book->source.name);
}

static enum err
streams_check(struct ctx *ctx, const struct book *book)
{
    struct streams streams;
    TRY(streams_find(ctx, book, &streams));
    if (streams.encrypted)
        return locked_refuse(ctx, book);
    if (streams.workbook)
        return ERR_OK;
    return FAIL_HINT(ctx, ERR_INVALID, "在 WPS 或者 Excel 中“另存为”“Excel 工作簿（*.xlsx）”",
                     "save it as \"Excel workbook (*.xlsx)\" in a spreadsheet program",
                     "%s 是%s，不是表格", "%s is %s, not a spreadsheet", book->source.name,
                     streams.document ? text_format(ctx, "Word 文档", "a Word document")
                                      : text_format(ctx, "别的文件", "some other file"));
}

/* A path that freexl can open. */
static enum err
path_find(struct ctx *ctx, const struct book *book, struct xls_state *state, const char **ret_path)
{
    if (book->source.path) {
        *ret_path = book->source.path;
        return ERR_OK;
    }
    state->copy = memfd_create("xls", MFD_CLOEXEC);
    if (state->copy < 0)
        return FAIL(ctx, ERR_IO, "不能为 %s 准备副本", "cannot make a copy of %s",
                    book->source.name);
    for (size_t at = 0; at < book->length;) {
        const ssize_t step = write(state->copy, book->source.bytes + at, book->length - at);
        if (step <= 0)
            return FAIL(ctx, ERR_IO, "不能为 %s 准备副本", "cannot make a copy of %s",
                        book->source.name);
        at += (size_t)step;
    }
    *ret_path = mem_printf(ctx->mem, "/proc/self/fd/%d", state->copy);
    return ERR_OK;
}

static enum err
sheets_list(struct ctx *ctx, struct book *book, const struct xls_state *state)
{
    unsigned int count = 0, locked = 0;
    int status = freexl_get_info(state->handle, FREEXL_BIFF_PASSWORD, &locked);
    if (status == FREEXL_OK && locked == FREEXL_BIFF_OBFUSCATED)
        return locked_refuse(ctx, book);
    status = freexl_get_info(state->handle, FREEXL_BIFF_SHEET_COUNT, &count);
    if (status != FREEXL_OK || count == 0)
        return xls_broken(ctx, book, status);
    for (unsigned int i = 0; i < count; i++) {
        const char *name = NULL;
        status = freexl_get_worksheet_name(state->handle, (unsigned short)i, &name);
        if (status != FREEXL_OK)
            return xls_broken(ctx, book, status);
        book_add_sheet(ctx, book, name && utf8_is_valid(name, strlen(name)) ? name : "", false);
    }
    return ERR_OK;
}

static enum err
xls_open(struct ctx *ctx, struct book *book)
{
    const char *path = NULL;
    struct xls_state *state = mem_new(book, struct xls_state);
    state->copy = -1;
    book->state = state;
    book_line_init(&state->line, state);
    talloc_set_destructor(state, xls_release);
    if (book->length > XLS_MOST)
        return FAIL(ctx, ERR_LIMIT, "%s 有 %zu 字节，XLS 最多 %d 字节",
                    "%s has %zu bytes, the most for XLS is %d", book->source.name, book->length,
                    (int)XLS_MOST);
    TRY(streams_check(ctx, book));
    TRY(path_find(ctx, book, state, &path));
    const int status = freexl_open(path, &state->handle);
    if (status != FREEXL_OK)
        return xls_broken(ctx, book, status);
    return sheets_list(ctx, book, state);
}

static enum err
xls_begin(struct ctx *ctx, struct book *book, size_t index)
{
    struct xls_state *state = book->state;
    int status = freexl_select_active_worksheet(state->handle, (unsigned short)index);
    if (status == FREEXL_OK)
        status = freexl_worksheet_dimensions(state->handle, &state->rows, &state->columns);
    if (status != FREEXL_OK)
        return xls_broken(ctx, book, status);
    state->row = 0;
    return ERR_OK;
}

static struct book_cell
number_cell(struct book_number *number, double value)
{
    (void)snprintf(number->text, sizeof number->text, "%.15g", value);
    *number = book_number_read(number->text);
    return (struct book_cell){number->text, strlen(number->text), number->kind, false};
}

static void
cell_take(struct xls_state *state, unsigned short column)
{
    FreeXL_CellValue value = {0};
    struct book_number number;
    struct book_cell cell = {"", 0, BOOK_CELL_TEXT, false};
    if (freexl_get_cell_value(state->handle, state->row, column, &value) != FREEXL_OK)
        return;
    if (value.type == FREEXL_CELL_INT)
        cell = number_cell(&number, value.value.int_value);
    else if (value.type == FREEXL_CELL_DOUBLE)
        cell = number_cell(&number, value.value.double_value);
    else if (value.type != FREEXL_CELL_NULL && value.value.text_value)
        cell.text = value.value.text_value;
    if (value.type == FREEXL_CELL_DATE || value.type == FREEXL_CELL_DATETIME ||
        value.type == FREEXL_CELL_TIME)
        cell.kind = BOOK_CELL_DATE;
    if (cell.length == 0)
        cell.length = strlen(cell.text);
    /* Its texts come from the file as they are: what is no UTF-8 shows as a lost character. */
    if (!utf8_is_valid(cell.text, cell.length)) {
        cell.text = "\xEF\xBF\xBD";
        cell.length = 3;
    }
    book_line_copy(&state->line, column, cell);
}

static enum err
xls_next(struct ctx *ctx, struct book *book, struct book_row *ret_row, bool *ret_more)
{
    struct xls_state *state = book->state;
    for (; state->row < state->rows; state->row++) {
        book_line_clear(&state->line);
        for (unsigned short i = 0; i < state->columns; i++)
            cell_take(state, i);
        if (state->line.too_large)
            return FAIL(ctx, ERR_LIMIT, "%s 第 %u 行有一格过长", "%s: a cell of row %u is too long",
                        book->source.name, state->row + 1);
        if (!book_line_finish(&state->line))
            continue;
        state->row++;
        *ret_row = (struct book_row){state->row, state->line.cells, state->line.count, false};
        *ret_more = true;
        return ERR_OK;
    }
    *ret_more = false;
    return ERR_OK;
}

const struct book_reader book_reader_xls = {"XLS", xls_open, xls_begin, xls_next};
