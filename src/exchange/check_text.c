/* SPDX-License-Identifier: Apache-2.0 */
/* Sources of a check: a CSV file as it lies, or any other made into a text of our own. */
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "exchange/check_parts.h"
#include "exchange/roll_csv.h"

enum { HEAD_LINES = 40, CHUNK_BYTES = 4 << 20 };
#define SOURCE_LARGEST ((size_t)8 << 30)
/* Parts the cells of a text of our own; intake drops it from cells. */
enum { OWN_SEPARATOR = 0x1F };

static const struct text WHAT = {"名册", "register"};

/* The text up to its 40th line end. */
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

/* Reads header and separator from the file's first lines by the general reader; false if it cannot
 * be scanned as it lies. */
static bool
head_scan(struct ctx *ctx, struct check_source *source)
{
    struct sheet sheet;
    const size_t length = head_length(source->bytes, source->length);
    const char *head = mem_text_n(ctx->mem, source->bytes, length);
    if (length == 0 || !is_regular_head(head, length) ||
        roll_csv_read(ctx, source->path, head, length, &sheet) != ERR_OK ||
        roll_head_read(ctx, source->path, &sheet, source->kind, &source->head) != ERR_OK)
        return false;
    source->separator = roll_csv_delimiter(head);
    source->above = sheet.rows;
    source->above_count = source->head.header + 1;
    source->first_line = sheet.rows[source->head.header].line + 1;
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

static enum err
rows_list(struct roll_check *check, struct check_source *source, const struct sheet *sheet)
{
    struct ctx *ctx = check->ctx;
    struct buf buf;
    const struct sheet_row *last = &sheet->rows[sheet->count - 1];
    TRY(roll_head_read(ctx, source->path, sheet, source->kind, &source->head));
    if (source->head.header + 1 == sheet->count)
        return FAIL(ctx, ERR_INVALID, "%s 只有表头，没有人", "%s has a header but nobody in it",
                    source->path);
    if (sheet->ends_abruptly && last->count < sheet->rows[source->head.header].count)
        return FAIL(ctx, ERR_INVALID, "%s 在第 %lld 行中断，不是完整的文件",
                    "%s breaks off in row %lld: it is not the whole file", source->path,
                    (long long)last->line);
    if (source->head.widest + 1 >= CHECK_CELLS)
        return FAIL(ctx, ERR_LIMIT, "%s 的列太多", "%s has too many columns", source->path);
    buf_init(&buf, ctx->mem, SOURCE_LARGEST);
    for (size_t i = source->head.header + 1; i < sheet->count; i++) {
        buf_add_format(&buf, "%lld", (long long)sheet->rows[i].line);
        for (size_t k = 0; k < sheet->rows[i].count && k + 1 < CHECK_CELLS; k++) {
            buf_add_char(&buf, OWN_SEPARATOR);
            cell_add(&buf, sheet->rows[i].cells[k]);
        }
        buf_add_char(&buf, '\n');
    }
    source->above = sheet->rows;
    source->above_count = source->head.header + 1;
    source->bytes = buf.data;
    source->length = buf.length;
    source->first = 0;
    source->separator = OWN_SEPARATOR;
    source->listed = true;
    return ERR_OK;
}

/* By the general reader, whatever the file is. */
static enum err
source_list(struct roll_check *check, struct check_source *source)
{
    struct sheet sheet;
    failure_clear(check->ctx);
    TRY(roll_csv_read(check->ctx, source->path, source->map.data, source->map.length, &sheet));
    return rows_list(check, source, &sheet);
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
    char *short_name = mem_text(check->ctx->mem, name);
    const size_t length = strlen(short_name);
    for (size_t i = 0; i < COUNT_OF(ENDS); i++) {
        const size_t tail = strlen(ENDS[i]);
        if (length > tail && strcmp(short_name + length - tail, ENDS[i]) == 0)
            short_name[length - tail] = '\0';
    }
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
