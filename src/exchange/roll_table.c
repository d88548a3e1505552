/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/idcard.h"
#include "exchange/roll_clean.h"

/* Rows above the header that may hold titles, remarks, the date of the table. */
static const struct column_row {
    const char *title;
    const char *headings;
} COLUMNS[] = {
#define X(symbol, key, cell, title, headings) [ROLL_COL_##symbol] = {title, headings},
#include "exchange/roll_columns.def"
#undef X
};

static const struct roll_fault_row FAULTS[] = {
#define X(symbol, word, rule, zh, en, cure_zh, cure_en)                                            \
    [ROLL_FAULT_##symbol] = {word, rule, {zh, en}, {cure_zh, cure_en}},
#include "exchange/roll_faults.def"
#undef X
};

/* What each kind must have: columns of the sheet, then cells of every row. ROLL_COLUMN_COUNT ends.
 */
static const struct kind_row {
    const char *word;
    struct text title;
    enum roll_column columns[6];
    enum roll_column cells[6];
    bool needs_birth; /* a date of birth, typed or in the number */
    bool needs_number;
} KINDS[] = {
    [ROLL_KIND_HOUSEHOLD] = {"household",
                             {"户籍册", "household register"},
                             {ROLL_COL_NAME, ROLL_COL_GROUP, ROLL_COLUMN_COUNT},
                             {ROLL_COL_NAME, ROLL_COL_GROUP, ROLL_COLUMN_COUNT},
                             true,
                             false},
    [ROLL_KIND_PARTY_MEMBERS] = {"party_members",
                                 {"党员名册", "Party members"},
                                 {ROLL_COL_NAME, ROLL_COLUMN_COUNT},
                                 {ROLL_COL_NAME, ROLL_COLUMN_COUNT},
                                 false,
                                 false},
    [ROLL_KIND_DEPRIVED] = {"deprived",
                            {"被剥夺政治权利人员", "people deprived of political rights"},
                            {ROLL_COL_NAME, ROLL_COL_ID_NUMBER, ROLL_COL_DEPRIVED_TO,
                             ROLL_COLUMN_COUNT},
                            {ROLL_COL_NAME, ROLL_COL_ID_NUMBER, ROLL_COLUMN_COUNT},
                            false,
                            true},
    [ROLL_KIND_AWAY] = {"away",
                        {"外出人员", "people who are away"},
                        {ROLL_COL_NAME, ROLL_COLUMN_COUNT},
                        {ROLL_COL_NAME, ROLL_COLUMN_COUNT},
                        false,
                        false},
    [ROLL_KIND_LAST_ROLL] = {"last_roll",
                             {"上届名单", "last term's roll"},
                             {ROLL_COL_NAME, ROLL_COLUMN_COUNT},
                             {ROLL_COL_NAME, ROLL_COLUMN_COUNT},
                             false,
                             false},
    [ROLL_KIND_ROLL] = {"roll",
                        {"选民登记册", "roll"},
                        {ROLL_COL_NAME, ROLL_COL_GROUP, ROLL_COLUMN_COUNT},
                        {ROLL_COL_NAME, ROLL_COL_GROUP, ROLL_COLUMN_COUNT},
                        true,
                        false},
};

bool
roll_kind_find(const char *word, enum roll_kind *ret_kind)
{
    for (size_t i = 0; i < COUNT_OF(KINDS); i++) {
        if (strcmp(KINDS[i].word, word) == 0) {
            *ret_kind = (enum roll_kind)i;
            return true;
        }
    }
    return false;
}

const char *
roll_kind_word(enum roll_kind kind)
{
    return KINDS[kind].word;
}

struct text
roll_kind_title(enum roll_kind kind)
{
    return KINDS[kind].title;
}

const char *
roll_column_title(enum roll_column column)
{
    return COLUMNS[column].title;
}

const struct roll_fault_row *
roll_fault_row(enum roll_fault fault)
{
    return &FAULTS[fault];
}

const char *
roll_heading_clean(struct ctx *ctx, const char *raw)
{
    const char *text = roll_text_squeeze(ctx, raw);
    text += strspn(text, "*");
    return mem_text_n(ctx->mem, text, strcspn(text, "(:*[<"));
}

static bool
list_has(const char *list, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = list; length && *at;) {
        const size_t part = strcspn(at, ";");
        if (part == length && strncmp(at, word, length) == 0)
            return true;
        at += part + (at[part] == ';');
    }
    return false;
}

enum roll_column
roll_heading_find(const char *heading)
{
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++) {
        if (roll_column_cell((enum roll_column)i) != ROLL_CELL_SEALED &&
            (strcmp(COLUMNS[i].title, heading) == 0 || list_has(COLUMNS[i].headings, heading)))
            return (enum roll_column)i;
    }
    return ROLL_COLUMN_COUNT;
}

void
roll_table_refuse(struct ctx *ctx, struct roll_table *table, struct roll_row *row,
                  enum roll_column column, enum roll_fault fault, const char *detail)
{
    if (table->refusal_count == table->refusal_capacity) {
        table->refusal_capacity = table->refusal_capacity ? 2 * table->refusal_capacity : 16;
        table->refusals =
            mem_grow(ctx->mem, table->refusals, struct roll_refusal, table->refusal_capacity);
    }
    table->refusals[table->refusal_count++] = (struct roll_refusal){
        row->row, row->line, row->cells[ROLL_COL_NAME], column, fault, detail};
    row->refused = true;
}

void
roll_table_drop(struct roll_table *table)
{
    size_t kept = 0;
    for (size_t i = 0; i < table->count; i++) {
        if (!table->rows[i].refused)
            table->rows[kept++] = table->rows[i];
    }
    table->count = kept;
}

static void
cells_read(struct ctx *ctx, const struct sheet_row *from, const struct roll_head *layout,
           struct roll_table *table, struct roll_row *row)
{
    for (size_t i = 0; i < ROLL_COLUMN_COUNT; i++) {
        const int place = layout->places[i];
        enum roll_fault fault;
        row->cells[i] = "";
        if (place >= 0 && (size_t)place < from->count &&
            !roll_cell_clean(ctx, (enum roll_column)i, from->cells[place], &row->cells[i], &fault))
            roll_table_refuse(ctx, table, row, (enum roll_column)i, fault, "");
    }
}

/* What the identity number says of birth and sex must be what is typed beside it. */
static void
number_compare(struct ctx *ctx, struct roll_table *table, struct roll_row *row)
{
    const struct idcard card = idcard_read(row->cells[ROLL_COL_ID_NUMBER]);
    if (card.fault != IDCARD_OK)
        return;
    const char *birth = date_format(ctx, card.birth);
    const char *sex = card.sex == SEX_MALE ? "m" : "f";
    if (row->cells[ROLL_COL_BIRTH][0] && strcmp(row->cells[ROLL_COL_BIRTH], birth) != 0)
        roll_table_refuse(ctx, table, row, ROLL_COL_BIRTH, ROLL_FAULT_BIRTH_DIFFERS, "");
    if (row->cells[ROLL_COL_SEX][0] && strcmp(row->cells[ROLL_COL_SEX], sex) != 0)
        roll_table_refuse(ctx, table, row, ROLL_COL_SEX, ROLL_FAULT_SEX_DIFFERS, "");
    row->cells[ROLL_COL_BIRTH] = birth;
    row->cells[ROLL_COL_SEX] = sex;
}

static void
row_check(struct ctx *ctx, struct roll_table *table, const struct roll_head *layout,
          struct roll_row *row)
{
    const struct kind_row *kind = &KINDS[table->kind];
    if (row->refused)
        return;
    number_compare(ctx, table, row);
    for (const enum roll_column *column = kind->cells; *column != ROLL_COLUMN_COUNT; column++) {
        if (row->cells[*column][0] == '\0' && layout->places[*column] >= 0)
            roll_table_refuse(ctx, table, row, *column, ROLL_FAULT_MISSING, "");
    }
    if (kind->needs_birth && row->cells[ROLL_COL_BIRTH][0] == '\0')
        roll_table_refuse(ctx, table, row, ROLL_COL_BIRTH, ROLL_FAULT_MISSING, "");
    if (table->kind != ROLL_KIND_ROLL || row->cells[ROLL_COL_HEAD][0])
        return;
    /* A village without newcomers and away people keeps no such column: all are head 1. */
    if (layout->places[ROLL_COL_HEAD] < 0)
        row->cells[ROLL_COL_HEAD] = "1";
    else
        roll_table_refuse(ctx, table, row, ROLL_COL_HEAD, ROLL_FAULT_MISSING, "");
}

static int
number_compare_rows(const void *a, const void *b)
{
    const struct roll_row *const *first = a;
    const struct roll_row *const *second = b;
    const int order =
        strcmp((*first)->cells[ROLL_COL_ID_NUMBER], (*second)->cells[ROLL_COL_ID_NUMBER]);
    if (order != 0)
        return order;
    return (*first)->row < (*second)->row ? -1 : 1;
}

static int
refusal_compare(const void *a, const void *b)
{
    const struct roll_refusal *first = a;
    const struct roll_refusal *second = b;
    if (first->row != second->row)
        return first->row < second->row ? -1 : 1;
    return (int)first->column - (int)second->column;
}

/* The second row of a number is refused and says which row was first. */
static void
doubles_refuse(struct ctx *ctx, struct roll_table *table)
{
    struct roll_row **order = mem_array(ctx->mem, struct roll_row *, table->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++) {
        if (!table->rows[i].refused && table->rows[i].cells[ROLL_COL_ID_NUMBER][0])
            order[count++] = &table->rows[i];
    }
    qsort(order, count, sizeof(struct roll_row *), number_compare_rows);
    const struct roll_row *first = count ? order[0] : NULL;
    for (size_t i = 1; i < count; i++) {
        if (strcmp(first->cells[ROLL_COL_ID_NUMBER], order[i]->cells[ROLL_COL_ID_NUMBER]) == 0)
            roll_table_refuse(ctx, table, order[i], ROLL_COL_ID_NUMBER, ROLL_FAULT_TWICE,
                              mem_printf(ctx->mem, "%lld", (long long)first->line));
        else
            first = order[i];
    }
}

void
roll_table_finish(struct ctx *ctx, struct roll_table *table)
{
    doubles_refuse(ctx, table);
    roll_table_drop(table);
    if (table->refusal_count)
        qsort(table->refusals, table->refusal_count, sizeof(struct roll_refusal), refusal_compare);
}

enum roll_column
roll_kind_lacks(enum roll_kind kind, const struct roll_head *head)
{
    for (const enum roll_column *column = KINDS[kind].columns; *column != ROLL_COLUMN_COUNT;
         column++) {
        if (head->places[*column] < 0)
            return *column;
    }
    const bool birth = head->places[ROLL_COL_ID_NUMBER] >= 0 || head->places[ROLL_COL_BIRTH] >= 0;
    return birth ? ROLL_COLUMN_COUNT : ROLL_COL_ID_NUMBER;
}

void
roll_row_read(struct ctx *ctx, const struct roll_head *head, const struct sheet_row *from,
              struct roll_table *table, struct roll_row *row)
{
    row->line = from->line;
    cells_read(ctx, from, head, table, row);
    row_check(ctx, table, head, row);
}
