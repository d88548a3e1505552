/* SPDX-License-Identifier: Apache-2.0 */
/* The normalised form of a register or roll: see docs/formats.md. */
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "exchange/roll_clean.h"
#include "exchange/roll_table.h"

static const char MAGIC[] = "cunxuan-roll-1";
static const char ORIGINAL_MAGIC[] = "cunxuan-sealed-1";
enum { TABLE_LARGEST = 512 * 1024 * 1024, FIELDS_MOST = ROLL_COLUMN_COUNT + 8 };

static const char *const KEYS[] = {
#define X(symbol, key, cell, title, headings) [ROLL_COL_##symbol] = key,
#include "exchange/roll_columns.def"
#undef X
};

static bool
is_kept(enum roll_column column)
{
    return roll_column_cell(column) != ROLL_CELL_ID && roll_column_cell(column) != ROLL_CELL_PHONE;
}

/* The plain column, the sealed one, and the label of its cipher (NULL: the identity). */
static const struct seal_row {
    enum roll_column plain;
    enum roll_column sealed;
    const char *label;
} SEALS[] = {
    {ROLL_COL_ID_NUMBER, ROLL_COL_ID_CIPHER, "id_number"},
    {ROLL_COL_ID_NUMBER, ROLL_COL_ID_MAC, NULL},
    {ROLL_COL_PHONE, ROLL_COL_PHONE_CIPHER, "phone"},
};

void
roll_table_seal(struct ctx *ctx, const struct field_keys *keys, struct roll_table *table)
{
    struct field_sealer *sealer = field_sealer_new(ctx->mem, keys);
    struct field_text *fields =
        mem_array(ctx->mem, struct field_text, COUNT_OF(SEALS) * table->count + 1);
    size_t count = 0, taken = 0;
    for (size_t i = 0; i < COUNT_OF(SEALS) * table->count; i++) {
        const struct seal_row *seal = &SEALS[i % COUNT_OF(SEALS)];
        const char *plain = table->rows[i / COUNT_OF(SEALS)].cells[seal->plain];
        if (plain[0])
            fields[count++] = (struct field_text){seal->label, plain, NULL};
    }
    field_seal_all(ctx, sealer, fields, count);
    for (size_t i = 0; i < COUNT_OF(SEALS) * table->count; i++) {
        const struct seal_row *seal = &SEALS[i % COUNT_OF(SEALS)];
        const char **cells = table->rows[i / COUNT_OF(SEALS)].cells;
        if (cells[seal->plain][0])
            cells[seal->sealed] = fields[taken++].sealed;
    }
    for (size_t i = 0; i < table->count; i++) {
        table->rows[i].cells[ROLL_COL_ID_NUMBER] = "";
        table->rows[i].cells[ROLL_COL_PHONE] = "";
    }
    talloc_free(fields);
    talloc_free(sealer);
}

const char *
roll_original_seal(struct ctx *ctx, const struct field_keys *keys, const char *bytes, size_t length)
{
    return mem_printf(ctx->mem, "%s\n%s\n", ORIGINAL_MAGIC,
                      field_encrypt_bytes(ctx, keys, "original", bytes, length));
}

static void
row_write(struct buf *buf, const struct roll_row *row)
{
    ASSERT(row->cells[ROLL_COL_ID_NUMBER][0] == '\0' && row->cells[ROLL_COL_PHONE][0] == '\0');
    buf_add_format(buf, "+\t%lld\t%lld", (long long)row->row, (long long)row->line);
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++) {
        if (is_kept((enum roll_column)i)) {
            buf_add_char(buf, '\t');
            buf_add_text(buf, row->cells[i]);
        }
    }
    buf_add_char(buf, '\n');
}

const char *
roll_table_write(struct ctx *ctx, const struct roll_table *table)
{
    struct buf buf;
    buf_init(&buf, ctx->mem, TABLE_LARGEST);
    buf_add_format(&buf, "%s\t%s\n#\trow\tline", MAGIC, roll_kind_word(table->kind));
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++) {
        if (is_kept((enum roll_column)i))
            buf_add_format(&buf, "\t%s", KEYS[i]);
    }
    buf_add_char(&buf, '\n');
    for (size_t i = 0; i < table->count; i++)
        row_write(&buf, &table->rows[i]);
    for (size_t i = 0; i < table->refusal_count; i++) {
        const struct roll_refusal *refusal = &table->refusals[i];
        buf_add_format(&buf, "-\t%lld\t%lld\t%s\t%s\t%s\t%s\n", (long long)refusal->row,
                       (long long)refusal->line, refusal->name, KEYS[refusal->column],
                       roll_fault_row(refusal->fault)->word, refusal->detail);
    }
    ASSERT(!buf_is_over(&buf));
    return buf.data;
}

/* Cuts a line at its tabs, in place; false if there are more than FIELDS_MOST. */
static bool
line_cut(char *line, const char **fields, size_t *ret_count)
{
    size_t count = 0;
    for (char *at = line;;) {
        if (count == FIELDS_MOST)
            return false;
        fields[count++] = at;
        char *tab = strchr(at, '\t');
        if (!tab)
            break;
        *tab = '\0';
        at = tab + 1;
    }
    *ret_count = count;
    return true;
}

static bool
column_find(const char *key, enum roll_column *ret_column)
{
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++) {
        if (is_kept((enum roll_column)i) && strcmp(KEYS[i], key) == 0) {
            *ret_column = (enum roll_column)i;
            return true;
        }
    }
    /* A refusal may name the number's own column. */
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++) {
        if (strcmp(KEYS[i], key) == 0) {
            *ret_column = (enum roll_column)i;
            return true;
        }
    }
    return false;
}

static bool
fault_find(const char *word, enum roll_fault *ret_fault)
{
    for (size_t i = 0; i < ROLL_FAULT_COUNT; i++) {
        if (strcmp(roll_fault_row((enum roll_fault)i)->word, word) == 0) {
            *ret_fault = (enum roll_fault)i;
            return true;
        }
    }
    return false;
}

/* The table as it grows, and what the column line says. */
struct parsing {
    struct ctx *ctx;
    struct roll_table *table;
    size_t row_capacity;
    enum roll_column columns[FIELDS_MOST];
    size_t column_count;
};

static bool
columns_parse(struct parsing *parsing, const char **fields, size_t count)
{
    if (count < 4 || strcmp(fields[0], "#") != 0)
        return false;
    for (size_t i = 3; i < count; i++) {
        if (!column_find(fields[i], &parsing->columns[i]) || !is_kept(parsing->columns[i]))
            return false;
    }
    parsing->column_count = count;
    return true;
}

static bool
row_parse(struct parsing *parsing, const char **fields, size_t count)
{
    struct roll_table *table = parsing->table;
    if (count != parsing->column_count)
        return false;
    if (table->count == parsing->row_capacity) {
        parsing->row_capacity = parsing->row_capacity ? 2 * parsing->row_capacity : 1024;
        table->rows =
            mem_grow(parsing->ctx->mem, table->rows, struct roll_row, parsing->row_capacity);
    }
    struct roll_row *row = &table->rows[table->count++];
    *row = (struct roll_row){0};
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++)
        row->cells[i] = "";
    for (size_t i = 3; i < count; i++)
        row->cells[parsing->columns[i]] = fields[i];
    return num_parse_i64(fields[1], 1, INT32_MAX, &row->row) &&
           num_parse_i64(fields[2], 1, INT32_MAX, &row->line);
}

static bool
refusal_parse(struct parsing *parsing, const char **fields, size_t count)
{
    enum roll_column column;
    enum roll_fault fault;
    struct roll_row row = {0};
    if (count != 7 || !num_parse_i64(fields[1], 1, INT32_MAX, &row.row) ||
        !num_parse_i64(fields[2], 1, INT32_MAX, &row.line) || !column_find(fields[4], &column) ||
        !fault_find(fields[5], &fault))
        return false;
    row.cells[ROLL_COL_NAME] = fields[3];
    roll_table_refuse(parsing->ctx, parsing->table, &row, column, fault, fields[6]);
    return true;
}

static bool
line_parse(struct parsing *parsing, int64_t number, char *line)
{
    const char *fields[FIELDS_MOST];
    size_t count;
    if (!line_cut(line, fields, &count))
        return false;
    if (number == 1)
        return count == 2 && strcmp(fields[0], MAGIC) == 0 &&
               roll_kind_find(fields[1], &parsing->table->kind);
    if (number == 2)
        return columns_parse(parsing, fields, count);
    if (strcmp(fields[0], "+") == 0)
        return row_parse(parsing, fields, count);
    return strcmp(fields[0], "-") == 0 && refusal_parse(parsing, fields, count);
}

enum err
roll_table_parse(struct ctx *ctx, const char *bytes, size_t length, struct roll_table *ret_table)
{
    struct roll_table table = {0};
    struct parsing parsing = {.ctx = ctx, .table = &table};
    int64_t number = 0;
    bool good = length > 0 && bytes[length - 1] == '\n' && utf8_is_valid(bytes, length);
    char *at = mem_text_n(ctx->mem, bytes, good ? length : 0);
    while (good && *at) {
        char *end = strchr(at, '\n');
        *end = '\0';
        good = line_parse(&parsing, ++number, at);
        at = end + 1;
    }
    if (!good || number < 2)
        return FAIL(ctx, ERR_INVALID, "不是规整的名册（第 %lld 行）",
                    "no normalised roll (line %lld)", (long long)number);
    *ret_table = table;
    return ERR_OK;
}
