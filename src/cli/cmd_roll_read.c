/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cunxuan roll read FILE: rows that can be taken go to standard output, one line each; what is
 * wrong with the others, and what was understood, to standard error. Exit status 1 if a row is
 * refused. A sheet without the header of a register is printed as it stands, with exit status 1.
 */
#include <string.h>

#include "act/roll_read.h"
#include "base/buf.h"
#include "cli/roll_read_cli.h"

static gchar *read_sheet;
static gchar *read_kind;
static gchar **read_columns;
static gboolean read_csv;

static const GOptionEntry READ_OPTIONS[] = {
    {"sheet", 0, 0, G_OPTION_ARG_FILENAME, &read_sheet, NULL, "NAME"},
    {"kind", 0, 0, G_OPTION_ARG_FILENAME, &read_kind, NULL, "KIND"},
    {"map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &read_columns, NULL, "COLUMN=KEY"},
    {"csv", 0, 0, G_OPTION_ARG_NONE, &read_csv, "CSV", NULL},
    {0},
};

struct reading {
    struct cli *cli;
    const char *path;
    struct roll_layout layout;
    const struct book *book;
    /* Of a sheet printed as it stands. */
    int64_t plain_rows;
    int64_t plain_hidden;
    size_t plain_width;
};

static const char *
clue_words(const struct ctx *ctx, enum roll_clue clue)
{
    switch (clue) {
    case ROLL_CLUE_HEADING:
        break;
    case ROLL_CLUE_CONTENT:
        return text_pick(ctx, (struct text){"（按内容判断）", " (by its content)"});
    case ROLL_CLUE_MAPPING:
        return text_pick(ctx, (struct text){"（按 --map）", " (by --map)"});
    }
    return "";
}

static void
sheets_print(struct reading *reading, const struct book *book)
{
    struct ctx *ctx = reading->cli->ctx;
    FILE *out = reading->cli->err;
    const struct roll_layout *layout = &reading->layout;
    fprintf(out, "%s%s%s%s%s", reading->path, text_pick(ctx, (struct text){"：", ": "}),
            book_format(book), book_encoding(book)[0] ? " " : "", book_encoding(book));
    if (layout->sheet_name[0])
        fprintf(out, "%s", text_format(ctx, "，工作表“%s”", ", sheet \"%s\"", layout->sheet_name));
    if (layout->sheet_hidden)
        fprintf(out, "%s", text_format(ctx, "（隐藏的）", " (hidden)"));
    for (size_t i = 0; i < book_sheet_count(book); i++) {
        const struct book_sheet *other = book_sheet(book, i);
        if (i != layout->sheet)
            fprintf(out, "%s",
                    text_format(ctx, "，没有读%s“%s”", ", not read: %s\"%s\"",
                                other->hidden ? text_format(ctx, "隐藏的", "hidden ") : "",
                                other->name));
    }
    fprintf(out, "\n");
}

static void
columns_print(struct reading *reading)
{
    struct ctx *ctx = reading->cli->ctx;
    FILE *out = reading->cli->err;
    const struct roll_layout *layout = &reading->layout;
    fprintf(out, "%s", text_format(ctx, "列：", "columns: "));
    for (size_t i = 0; i < layout->known_count; i++) {
        const struct roll_place *known = &layout->known[i];
        const char *title = roll_column_title(known->column);
        fprintf(out, "%s%s %s", i ? text_pick(ctx, (struct text){"；", "; "}) : "",
                book_letters(known->place).text, known->heading);
        if (strcmp(title, known->heading) != 0)
            fprintf(out, " = %s", title);
        fprintf(out, "%s", clue_words(ctx, known->clue));
    }
    fprintf(out, "\n");
    for (size_t i = 0; i < layout->ignored_count; i++)
        fprintf(out, "%s%s",
                i ? text_pick(ctx, (struct text){"、", ", "})
                  : text_format(ctx, "不用的列：", "columns not used: "),
                layout->ignored[i]);
    fprintf(out, "%s", layout->ignored_count ? "\n" : "");
}

static void
header_print(struct reading *reading)
{
    struct ctx *ctx = reading->cli->ctx;
    FILE *out = reading->cli->err;
    const struct roll_layout *layout = &reading->layout;
    if (layout->first_line == 0) {
        fprintf(out, "%s", text_format(ctx, "；没有表头\n", "; no header\n"));
        return;
    }
    fprintf(out, "%s",
            text_format(ctx, "；表头：第 %lld 行", "; header: row %lld",
                        (long long)layout->first_line));
    if (layout->last_line != layout->first_line)
        fprintf(out, "%s",
                text_format(ctx, "至第 %lld 行", " to %lld", (long long)layout->last_line));
    fprintf(out, "\n");
}

static void
understood_print(struct reading *reading, const struct book *book)
{
    struct ctx *ctx = reading->cli->ctx;
    FILE *out = reading->cli->err;
    const struct roll_layout *layout = &reading->layout;
    const enum roll_column lacking = roll_kind_lacks(layout->kind, &layout->head);
    sheets_print(reading, book);
    if (layout->title[0])
        fprintf(out, "%s", text_format(ctx, "标题：%s\n", "title: %s\n", layout->title));
    fprintf(out, "%s",
            text_format(ctx, "种类：%s %s%s", "kind: %s %s%s",
                        text_pick(ctx, roll_kind_title(layout->kind)), roll_kind_word(layout->kind),
                        layout->kind_guessed
                            ? text_format(ctx, "（推断，用 --kind 改）", " (guessed, see --kind)")
                            : ""));
    header_print(reading);
    columns_print(reading);
    if (lacking != ROLL_COLUMN_COUNT)
        fprintf(out, "%s",
                text_format(ctx, "缺少“%s”列，不能导入；用 --map 列=%s 指明\n",
                            "column \"%s\" is missing: it cannot be imported; tell it with --map "
                            "COLUMN=%s\n",
                            roll_column_title(lacking), roll_column_key(lacking)));
}

static void
csv_cell_print(FILE *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        fprintf(out, "%s", text);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

static void
on_understood(void *data, const struct book *book, const struct roll_layout *layout)
{
    struct reading *reading = data;
    FILE *out = reading->cli->out;
    reading->layout = *layout;
    reading->book = book;
    if (!reading->cli->quiet && layout->named)
        understood_print(reading, book);
    if (!reading->cli->quiet && !layout->named)
        sheets_print(reading, book);
    if (!layout->named)
        return;
    if (!read_csv || reading->cli->json)
        return;
    fprintf(out, "line");
    for (size_t i = 0; i < layout->known_count; i++)
        fprintf(out, ",%s", roll_column_key(layout->known[i].column));
    fprintf(out, "\n");
}

/* Width on a screen: Chinese characters take two places. */
static int
text_width(const char *text)
{
    int width = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        width += (*at & 0xC0) == 0x80 ? 0 : 1 + (*at >= 0xE0);
    return width;
}

static void
row_print(struct reading *reading, const struct roll_row *row)
{
    static const int WIDTHS[] = {
        [ROLL_COL_NAME] = 8,       [ROLL_COL_SEX] = 2,    [ROLL_COL_BIRTH] = 10,
        [ROLL_COL_ID_NUMBER] = 18, [ROLL_COL_PHONE] = 11, [ROLL_COLUMN_COUNT] = 0};
    FILE *out = reading->cli->out;
    const struct roll_layout *layout = &reading->layout;
    fprintf(out, "%6lld", (long long)row->line);
    for (size_t i = 0; i < layout->known_count; i++) {
        const enum roll_column column = layout->known[i].column;
        const char *text = roll_cell_words(column, row->cells[column]);
        const int least = WIDTHS[column] ? WIDTHS[column] : 6;
        const int rest = i + 1 < layout->known_count ? least - text_width(text) : 0;
        fprintf(out, "  %s%*s", text[0] ? text : "-", rest > 0 ? rest - !text[0] : 0, "");
    }
    fprintf(out, "\n");
}

static void
row_csv(struct reading *reading, const struct roll_row *row)
{
    FILE *out = reading->cli->out;
    fprintf(out, "%lld", (long long)row->line);
    for (size_t i = 0; i < reading->layout.known_count; i++) {
        fputc(',', out);
        csv_cell_print(out, row->cells[reading->layout.known[i].column]);
    }
    fprintf(out, "\n");
}

static void
row_json(struct reading *reading, const struct roll_row *row)
{
    json_t *object = json_object();
    json_object_set_new(object, "line", json_integer(row->line));
    for (size_t i = 0; i < reading->layout.known_count; i++) {
        const enum roll_column column = reading->layout.known[i].column;
        json_object_set_new(object, roll_column_key(column), json_string(row->cells[column]));
    }
    (void)json_dumpf(object, reading->cli->out, JSON_COMPACT);
    fprintf(reading->cli->out, "\n");
    json_decref(object);
}

static void
trouble_print(struct reading *reading, const struct roll_reader *reader,
              const struct roll_refusal *trouble)
{
    struct ctx *ctx = reading->cli->ctx;
    const struct roll_fault_row *fault = roll_fault_row(trouble->fault);
    const char *raw = roll_reader_raw(reader, trouble->column);
    const int place = reading->layout.head.places[trouble->column];
    char cell[32] = "";
    if (place >= 0)
        (void)snprintf(cell, sizeof cell, "%s%lld ", book_letters((size_t)place).text,
                       (long long)trouble->line);
    fprintf(reading->cli->err, "%s:%lld: %s%s", reading->path, (long long)trouble->line, cell,
            roll_column_title(trouble->column));
    if (raw[0])
        fprintf(reading->cli->err, "“%s”", raw);
    fprintf(reading->cli->err, " %s → %s\n", text_pick(ctx, fault->wrong),
            text_pick(ctx, fault->cure));
}

static void
on_row(void *data, const struct roll_reader *reader, const struct roll_read_row *row)
{
    struct reading *reading = data;
    for (size_t i = 0; i < row->trouble_count; i++)
        trouble_print(reading, reader, &row->troubles[i]);
    if (row->row.refused)
        return;
    if (reading->cli->json)
        row_json(reading, &row->row);
    else if (read_csv)
        row_csv(reading, &row->row);
    else
        row_print(reading, &row->row);
}

/* Line ends in a cell would break the table. */
static void
plain_table(FILE *out, const struct book_row *row)
{
    fprintf(out, "%6lld", (long long)row->line);
    for (size_t i = 0; i < row->count; i++) {
        fprintf(out, i ? " | " : "  ");
        for (const char *at = row->cells[i].text; *at; at++)
            fputc(*at == '\n' || *at == '\r' || *at == '\t' ? ' ' : *at, out);
    }
    fprintf(out, "\n");
}

static void
plain_csv(FILE *out, const struct book_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        if (i)
            fputc(',', out);
        csv_cell_print(out, row->cells[i].text);
    }
    fprintf(out, "\n");
}

static void
plain_json(FILE *out, const struct book_row *row)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < row->count; i++)
        json_array_append_new(cells, json_string(row->cells[i].text));
    (void)json_dumpf(cells, out, JSON_COMPACT);
    fprintf(out, "\n");
    json_decref(cells);
}

static void
on_plain(void *data, const struct book_row *row)
{
    struct reading *reading = data;
    FILE *out = reading->cli->out;
    reading->plain_rows++;
    reading->plain_hidden += row->hidden;
    reading->plain_width = row->count > reading->plain_width ? row->count : reading->plain_width;
    if (reading->cli->json)
        plain_json(out, row);
    else if (read_csv)
        plain_csv(out, row);
    else
        plain_table(out, row);
}

/* Letters of hidden columns among the first `width`, "" if there are none. */
static const char *
hidden_letters(const struct reading *reading, size_t width)
{
    struct buf letters;
    buf_init(&letters, reading->cli->ctx->mem, SIZE_MAX / 2);
    for (size_t i = 0; i < width; i++) {
        if (book_column_is_hidden(reading->book, i))
            buf_add_format(&letters, "%s%s", letters.length ? " " : "", book_letters(i).text);
    }
    return letters.length ? letters.data : "";
}

static void
hidden_print(const struct reading *reading, size_t width)
{
    const char *letters = hidden_letters(reading, width);
    if (letters[0])
        fprintf(reading->cli->err, "%s",
                text_format(reading->cli->ctx, "隐藏的列也读了：%s\n",
                            "hidden columns were read too: %s\n", letters));
}

static void
plain_end(const struct reading *reading)
{
    struct ctx *ctx = reading->cli->ctx;
    FILE *out = reading->cli->err;
    hidden_print(reading, reading->plain_width);
    if (reading->plain_hidden)
        fprintf(out, "%s",
                text_format(ctx, "其中 %lld 行在表里是隐藏的，也读了\n",
                            "%lld of the rows are hidden in the sheet and were read too\n",
                            (long long)reading->plain_hidden));
    fprintf(
        out, "%s",
        text_format(ctx,
                    "没有找到名册的表头（“姓名”和“组”“公民身份号码”等列），以上 %lld 行照原样输出；"
                    "可以用 --map 列=名称 指明，如 --map A=name --map D=id_number\n",
                    "no header of a register was found (name, group, number of ID …): "
                    "the %lld rows above are as they stand; tell the columns with --map "
                    "COLUMN=KEY, like --map A=name --map D=id_number\n",
                    (long long)reading->plain_rows));
}

static void
counts_print(struct cli *cli, const struct roll_read_counts *counts)
{
    struct ctx *ctx = cli->ctx;
    fprintf(cli->err, "%s",
            text_format(ctx, "可以收 %lld 行，有误 %lld 行", "%lld rows can be taken, %lld not",
                        (long long)counts->taken, (long long)counts->refused));
    if (counts->hidden)
        fprintf(cli->err, "%s",
                text_format(ctx, "；其中 %lld 行在表里是隐藏的，也读了",
                            "; %lld of them are hidden in the sheet and were read too",
                            (long long)counts->hidden));
    if (counts->skipped)
        fprintf(cli->err, "%s",
                text_format(ctx, "；跳过 %lld 行（重复的表头、表尾说明）",
                            "; %lld passed over (repeated headers, remarks)",
                            (long long)counts->skipped));
    fprintf(cli->err, "\n");
}

enum err
roll_read_command(struct cli *cli, const struct command *command, int argc, char **argv)
{
    struct reading reading = {.cli = cli};
    struct roll_read_counts counts;
    TRY(cli_options(cli, command, READ_OPTIONS, &argc, &argv));
    TRY(cli_count(cli, command, argc, 2, 2));
    reading.path = argv[1];
    const struct roll_read_plan plan = {argv[1], read_sheet, read_kind, read_columns};
    const struct roll_read_sink sink = {&reading, on_understood, on_row, on_plain};
    const enum err err = roll_read_run(cli->ctx, &plan, &sink, &counts);
    if (err == ERR_NO && !cli->quiet)
        plain_end(&reading);
    TRY(err);
    if (!cli->quiet) {
        hidden_print(&reading, reading.layout.head.widest);
        counts_print(cli, &counts);
    }
    return counts.refused ? ERR_NO : ERR_OK;
}
