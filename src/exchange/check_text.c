/* SPDX-License-Identifier: Apache-2.0 */
/* Sources of a check: a CSV file as it lies, or any other made into a text of our own. */
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "exchange/book_decode.h"
#include "exchange/check_parts.h"
#include "exchange/roll_reader.h"

enum { HEAD_LINES = 400, CHUNK_BYTES = 4 << 20 };
#define SOURCE_LARGEST ((size_t)8 << 30)
/* Parts the cells of a text of our own; intake drops it from cells. */
enum { OWN_SEPARATOR = 0x1F };

static const struct text WHAT = {"名册", "register"};

/* The text up to its 400th line end. */
static size_t
head_length(const char *bytes, size_t length)
{
    size_t at = 0;
    for (int lines = 0; lines < HEAD_LINES && at < length; lines++) {
        const char *end = memchr(bytes + at, '\n', length - at);
        at = end ? (size_t)(end - bytes) + 1 : length;
    }
    return at;
}

static bool
is_regular_head(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const bool lone = bytes[i] == '\r' && (i + 1 == length || bytes[i + 1] != '\n');
        if (bytes[i] == '"' || bytes[i] == '\0' || lone)
            return false;
    }
    return utf8_is_valid(bytes, length);
}

/* What the sheet means, and the rows above the people as they stand. */
static enum err
head_find(struct ctx *ctx, struct check_source *source, const struct book_source *from,
          struct book **ret_book)
{
    const struct roll_wish wish = {.kind = source->kind};
    struct roll_layout layout;
    struct book_row row;
    bool more;
    TRY(book_open(ctx, from, ret_book));
    TRY(roll_layout_find(ctx, source->path, *ret_book, &wish, &layout));
    /* 组 is asked of the whole sheet, as a finding; the other columns decide who a person is. */
    struct roll_layout asked = layout;
    asked.head.places[ROLL_COL_GROUP] = 0;
    if (source->kind == ROLL_KIND_DEPRIVED)
        asked.head.places[ROLL_COL_DEPRIVED_TO] = 0;
    TRY(roll_layout_check(ctx, source->path, &asked));
    source->head = layout.head;
    source->sheet = layout.sheet_name;
    source->header_cells = layout.header_cells;
    source->first_line = layout.last_line + 1;
    source->above = mem_array(ctx->mem, struct sheet_row, layout.last_line);
    source->above_count = 0;
    TRY(book_begin(ctx, *ret_book, layout.sheet));
    for (;;) {
        TRY(book_next(ctx, *ret_book, &row, &more));
        if (!more || row.line > layout.last_line)
            break;
        struct sheet_row *above = &source->above[source->above_count++];
        *above = (struct sheet_row){row.line, mem_array(ctx->mem, const char *, row.count + 1),
                                    row.count};
        for (size_t i = 0; i < row.count; i++)
            above->cells[i] = row.cells[i].covered ? "" : mem_text(ctx->mem, row.cells[i].text);
    }
    return book_begin(ctx, *ret_book, layout.sheet);
}

/* Reads header and separator from the file's first lines by the general reader; false if it cannot
 * be scanned as it lies. */
static bool
head_scan(struct ctx *ctx, struct check_source *source)
{
    struct book *book;
    const size_t length = head_length(source->bytes, source->length);
    const char *head = mem_text_n(ctx->mem, source->bytes, length);
    const struct book_source from = {.name = source->path, .bytes = head, .length = length};
    if (length == 0 || !is_regular_head(head, length) ||
        head_find(ctx, source, &from, &book) != ERR_OK)
        return false;
    source->separator = book_text_delimiter(head);
    for (int64_t line = 1; line < source->first_line; line++) {
        const char *end =
            memchr(source->bytes + source->first, '\n', source->length - source->first);
        source->first = end ? (size_t)(end - source->bytes) + 1 : source->length;
    }
    /* A last line without its end may be cut off: the general reader knows. */
    return source->head.widest < CHECK_CELLS && source->first < source->length &&
           source->bytes[source->length - 1] == '\n';
}

/* Line ends inside a cell would end the row. */
static void
cell_add(struct buf *buf, const char *cell)
{
    for (; *cell; cell++)
        buf_add_char(buf, *cell == '\n' || *cell == OWN_SEPARATOR ? ' ' : *cell);
}

static void
row_list(struct ctx *ctx, const struct roll_head *head, struct buf *buf, const struct book_row *row)
{
    const char *cells[BOOK_COLUMNS_MOST];
    (void)roll_row_plain(ctx, head, row, cells);
    buf_add_format(buf, "%lld", (long long)row->line);
    for (size_t i = 0; i < row->count && i + 1 < CHECK_CELLS; i++) {
        buf_add_char(buf, OWN_SEPARATOR);
        cell_add(buf, cells[i]);
    }
    buf_add_char(buf, '\n');
}

/* By the general reader, whatever the file is. */
static enum err
source_list(struct roll_check *check, struct check_source *source)
{
    struct ctx *ctx = check->ctx;
    const struct book_source from = {
        .name = source->path, .bytes = source->map.data, .length = source->map.length};
    struct book *book;
    struct book_row row;
    struct buf buf;
    size_t last = 0;
    bool more;
    failure_clear(ctx);
    TRY(head_find(ctx, source, &from, &book));
    if (source->head.widest + 1 >= CHECK_CELLS)
        return FAIL(ctx, ERR_LIMIT, "%s 的列太多", "%s has too many columns", source->path);
    buf_init(&buf, ctx->mem, SOURCE_LARGEST);
    for (;;) {
        TRY(book_next(ctx, book, &row, &more));
        if (!more)
            break;
        last = row.count;
        if (row.line >= source->first_line)
            row_list(ctx, &source->head, &buf, &row);
    }
    if (buf.length == 0)
        return FAIL(ctx, ERR_INVALID, "%s 只有表头，没有人", "%s has a header but nobody in it",
                    source->path);
    if (book_ends_abruptly(book) && last < source->header_cells)
        return FAIL_HINT(ctx, ERR_INVALID, "重新导出、重新拷贝后再检查",
                         "export or copy the file again", "%s 中断了，不是完整的文件",
                         "%s breaks off: it is not the whole file", source->path);
    source->bytes = buf.data;
    source->length = buf.length;
    source->first = 0;
    source->separator = OWN_SEPARATOR;
    source->listed = true;
    return ERR_OK;
}

/* "市山村登记册.csv" → "市山村": the village of a file without a column for it. */
static const char *
stem_village(struct ctx *ctx, const char *path)
{
    static const char *const WORDS[] = {"户籍", "登记",  "选民",   "名册", "名单",   "花名", "剥权",
                                        "外出", "上届",  "-",      "_",    " ",      "(",    "（",
                                        "roll", "hukou", "regist", "disq", "barred", "last"};
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    char *stem = mem_text_n(ctx->mem, name, dot ? (size_t)(dot - name) : strlen(name));
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        char *word = strstr(stem, WORDS[i]);
        if (word)
            *word = '\0';
    }
    return stem;
}

uint32_t
check_village(struct roll_check *check, const char *name)
{
    static const char *const ENDS[] = {"民委员会", "委会"};
    static const char TWICE[] = "村村";
    char *short_name = mem_text(check->ctx->mem, name);
    for (size_t i = 0; i < COUNT_OF(ENDS); i++) {
        const size_t length = strlen(short_name), tail = strlen(ENDS[i]);
        if (length > tail && strcmp(short_name + length - tail, ENDS[i]) == 0)
            short_name[length - tail] = '\0';
    }
    /* 市山村村委会 is 市山村. */
    const size_t length = strlen(short_name), tail = sizeof TWICE - 1;
    if (length > tail && strcmp(short_name + length - tail, TWICE) == 0)
        short_name[length - strlen("村")] = '\0';
    return (uint32_t)name_add(check->ctx, &check->villages, short_name);
}

/* The columns we know, with their places among the text's own cells. */
static void
known_list(struct check_source *source)
{
    source->known_count = 0;
    for (size_t place = 0; place < source->head.widest; place++) {
        for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++) {
            if (source->head.places[i] != (int)place)
                continue;
            source->known[source->known_count].place = place + source->listed;
            source->known[source->known_count++].column = (enum roll_column)i;
        }
    }
}

enum err
check_source_open(struct roll_check *check, size_t index, bool plain)
{
    struct ctx *ctx = check->ctx;
    const struct roll_check_file *file = &check->plan.files[index];
    struct check_source *source = &check->sources[index];
    if (!source->map.data)
        TRY(file_map(ctx, file->path, WHAT, SOURCE_LARGEST, &source->map));
    const struct file_bytes map = source->map;
    const size_t mark = map.length >= 3 && memcmp(map.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    *source = (struct check_source){
        .path = file->path,
        .kind = file->kind,
        .map = map,
        .bytes = map.length ? map.data + mark : "",
        .length = map.length - mark,
    };
    if (plain || !head_scan(ctx, source))
        TRY(source_list(check, source));
    known_list(source);
    const bool column = source->head.places[ROLL_COL_VILLAGE] >= 0;
    source->village = column ? 0 : check_village(check, stem_village(ctx, source->path));
    check->has[file->kind] = true;
    return ERR_OK;
}

static void
chunk_add(struct roll_check *check, size_t *capacity, struct check_chunk chunk)
{
    if (check->chunk_count == *capacity) {
        *capacity = *capacity ? 2 * *capacity : 64;
        check->chunks = mem_grow(check->ctx->mem, check->chunks, struct check_chunk, *capacity);
    }
    check->chunks[check->chunk_count++] = chunk;
}

void
check_chunks_make(struct roll_check *check)
{
    size_t capacity = 0;
    check->chunk_count = 0;
    check->chunks = NULL;
    for (size_t i = 0; i < check->plan.count; i++) {
        struct check_source *source = &check->sources[i];
        source->chunk_from = check->chunk_count;
        for (size_t from = source->first; from < source->length;) {
            size_t to = source->length;
            if (to - from > CHUNK_BYTES) {
                const size_t near = from + CHUNK_BYTES;
                const char *end = memchr(source->bytes + near, '\n', to - near);
                to = end ? (size_t)(end - source->bytes) + 1 : to;
            }
            chunk_add(check, &capacity, (struct check_chunk){.source = i, .from = from, .to = to});
            from = to;
        }
        source->chunk_to = check->chunk_count;
    }
}

size_t
check_row_cut(const struct check_source *source, size_t at, struct check_span *cells, size_t most)
{
    const char *text = source->bytes + at;
    const char *end = memchr(text, '\n', source->length - at);
    const char *stop = end ? end : source->bytes + source->length;
    size_t count = 0;
    if (stop > text && stop[-1] == '\r')
        stop--;
    for (bool more = true; more; count++) {
        const char *next = memchr(text, source->separator, (size_t)(stop - text));
        more = next != NULL;
        if (count < most)
            cells[count] = (struct check_span){text, (size_t)((more ? next : stop) - text)};
        text = more ? next + 1 : stop;
    }
    return count;
}

struct check_span
check_cell(const struct check_source *source, size_t at, enum roll_column column)
{
    struct check_span cells[CHECK_CELLS];
    const int place = source->head.places[column];
    const size_t count = check_row_cut(source, at, cells, CHECK_CELLS);
    const size_t index = (size_t)(place + source->listed);
    return place >= 0 && index < count ? cells[index] : (struct check_span){"", 0};
}

/* The chunk's last sample at or before `at`. */
static size_t
sample_find(const struct check_chunk *chunk, size_t at)
{
    size_t low = 0, high = chunk->sample_count;
    while (high - low > 1) {
        const size_t middle = low + ((high - low) >> 1);
        if (chunk->samples[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

int64_t
check_line(const struct roll_check *check, size_t index, size_t at)
{
    const struct check_source *source = &check->sources[index];
    struct check_span cell;
    int64_t line = source->first_line;
    if (source->listed) {
        char number[24] = "";
        check_row_cut(source, at, &cell, 1);
        memcpy(number, cell.text, cell.length < sizeof number ? cell.length : 0);
        return num_parse_i64(number, 0, INT64_MAX, &line) ? line : 0;
    }
    size_t i = source->chunk_from;
    for (; i + 1 < source->chunk_to && check->chunks[i].to <= at; i++)
        line += check->chunks[i].lines;
    const struct check_chunk *chunk = &check->chunks[i];
    const size_t sample = sample_find(chunk, at);
    line += (int64_t)sample * CHECK_SAMPLE;
    for (size_t k = chunk->samples[sample]; k < at; line++) {
        const char *end = memchr(source->bytes + k, '\n', source->length - k);
        k = end ? (size_t)(end - source->bytes) + 1 : at;
    }
    return line;
}
