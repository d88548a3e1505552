/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll_read.h"

enum err
roll_read_columns(struct ctx *ctx, char **columns, struct roll_mapping *ret_mapping)
{
    struct roll_mapping mapping = {0};
    for (size_t i = 0; columns && columns[i]; i++)
        TRY(roll_mapping_add(ctx, &mapping, columns[i]));
    *ret_mapping = mapping;
    return ERR_OK;
}

static enum err
plain_run(struct ctx *ctx, struct book *book, size_t sheet, const struct roll_read_sink *sink)
{
    struct book_row row;
    bool more;
    TRY(book_begin(ctx, book, sheet));
    for (;;) {
        TRY(book_next(ctx, book, &row, &more));
        if (!more)
            return ERR_NO;
        sink->plain(sink->data, &row);
    }
}

enum err
roll_read_run(struct ctx *ctx, const struct roll_read_plan *plan, const struct roll_read_sink *sink,
              struct roll_read_counts *ret_counts)
{
    const struct book_source source = {.name = plan->path, .path = plan->path};
    struct roll_mapping mapping;
    struct roll_wish wish = {plan->sheet, ROLL_KIND_COUNT, &mapping, true};
    struct book *book;
    struct roll_layout layout;
    struct roll_reader *reader;
    if (plan->kind && !roll_kind_find(plan->kind, &wish.kind))
        return FAIL(ctx, ERR_USAGE, "没有这种名册：%s", "there is no kind of register \"%s\"",
                    plan->kind);
    TRY(roll_read_columns(ctx, plan->columns, &mapping));
    TRY(book_open(ctx, &source, &book));
    TRY(roll_layout_find(ctx, source.name, book, &wish, &layout));
    sink->understood(sink->data, book, &layout);
    if (!layout.named)
        return plain_run(ctx, book, layout.sheet, sink);
    TRY(roll_reader_open(ctx, source.name, book, &layout, &reader));
    for (;;) {
        struct roll_read_row row;
        bool more;
        TRY(roll_reader_next(ctx, reader, &row, &more));
        if (!more)
            break;
        sink->row(sink->data, reader, &row);
    }
    *ret_counts = roll_reader_counts(reader);
    return ERR_OK;
}
