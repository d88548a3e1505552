/* SPDX-License-Identifier: Apache-2.0 */
/* The report of a roll as tables. */
#include <string.h>

#include "act/roll_report.h"

enum { PAGES = 4 };

static const struct text WORK_TITLES[] = {
    {"清单", "list"}, {"姓名", "name"},  {"代码", "code"},
    {"组", "group"},  {"户号", "house"}, {"问题", "what is wrong"},
    {"说明", "more"}, {"办法", "to do"}, {"可用的事由（证据）", "reasons that would do (evidence)"},
};
static const struct text NUMBER_TITLES[] = {
    {"组", "group"},          {"总数", "total"},      {"女性", "women"},      {"党员", "Party"},
    {"少数民族", "minority"}, {"外出", "away"},       {"18–35 岁", "18–35"},  {"36–45 岁", "36–45"},
    {"46–60 岁", "46–60"},    {"61 岁以上", "61 on"}, {"年龄不详", "no age"}, {"参选证", "cards"},
    {"送达", "delivered"},    {"签收", "signed for"},
};
static const struct text CAUSE_TITLES[] = {
    {"增减", "side"},   {"事由", "cause"}, {"说明", "in words"}, {"四增四减", "of the eight"},
    {"人数", "people"},
};
static const struct text MOVE_TITLES[] = {
    {"增减", "side"},
    {"姓名", "name"},
    {"代码", "code"},
    {"组", "group"},
    {"事由", "cause"},
    {"说明", "in words"},
    {"从哪里知道", "known from"},
    {"另一个村", "other village"},
};

static const char *
side_words(struct ctx *ctx, enum roll_side side)
{
    return side == ROLL_SIDE_ADDED ? text_format(ctx, "增", "added")
                                   : text_format(ctx, "减", "gone");
}

static struct page
page_make(struct ctx *ctx, struct text title, const struct text *heads, size_t width, size_t rows)
{
    const char **words = mem_array(ctx->mem, const char *, width);
    for (size_t i = 0; i < width; i++)
        words[i] = text_pick(ctx, heads[i]);
    return (struct page){.title = text_pick(ctx, title),
                         .heads = words,
                         .width = width,
                         .cells = mem_array(ctx->mem, const char *, width *rows + 1)};
}

static void
page_row(struct page *page, const char *const *cells)
{
    memcpy(&page->cells[page->rows++ * page->width], cells, page->width * sizeof *cells);
}

static const char *
number_words(struct ctx *ctx, int64_t number)
{
    return mem_printf(ctx->mem, "%lld", (long long)number);
}

const char *
roll_way_words(struct ctx *ctx, const struct roll_way *way)
{
    const struct roll_cause_row *row = roll_cause_row(way->cause);
    const char *evidence = text_pick(ctx, row->evidence);
    if (way->known[0])
        return text_format(ctx, "%s（%s：%s）", "%s (%s: %s)", text_pick(ctx, row->title), evidence,
                           way->known);
    return text_format(ctx, "%s（%s）", "%s (%s)", text_pick(ctx, row->title), evidence);
}

static struct page
works_page(struct ctx *ctx, const struct roll_report *report)
{
    struct page page = page_make(ctx, (struct text){"待办", "to do"}, WORK_TITLES,
                                 COUNT_OF(WORK_TITLES), report->work_count);
    for (size_t i = 0; i < report->work_count; i++) {
        const struct roll_work *work = &report->works[i];
        const struct roll_fault_row *fault = roll_fault_row(work->fault);
        const char *ways = "";
        for (size_t k = 0; k < work->way_count; k++)
            ways = mem_printf(ctx->mem, "%s%s%s %s", ways, k ? "\n" : "",
                              roll_cause_row(work->ways[k].cause)->word,
                              roll_way_words(ctx, &work->ways[k]));
        const char *cells[] = {text_pick(ctx, roll_task_title(work->task)),
                               work->person->name,
                               work->person->person,
                               work->person->grp,
                               work->person->household,
                               text_pick(ctx, fault->wrong),
                               work->detail,
                               text_pick(ctx, fault->cure),
                               ways};
        page_row(&page, cells);
    }
    return page;
}

static void
numbers_row(struct ctx *ctx, struct page *page, const char *title, const struct roll_numbers *it)
{
    const int64_t numbers[] = {it->total,     it->women,       it->party,    it->minority,
                               it->away,      it->bands[0],    it->bands[1], it->bands[2],
                               it->bands[3],  it->age_unknown, it->printed,  it->delivered,
                               it->signed_for};
    const char *cells[COUNT_OF(numbers) + 1] = {title};
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        cells[i + 1] = number_words(ctx, numbers[i]);
    page_row(page, cells);
}

static struct page
numbers_page(struct ctx *ctx, const struct roll_report *report)
{
    struct page page = page_make(ctx, (struct text){"统计", "numbers"}, NUMBER_TITLES,
                                 COUNT_OF(NUMBER_TITLES), report->group_count + 1);
    page.numbers = ~(uint32_t)1;
    for (size_t i = 0; i < report->group_count; i++)
        numbers_row(ctx, &page, report->groups[i].grp, &report->groups[i]);
    numbers_row(ctx, &page, text_format(ctx, "全村", "all"), &report->all);
    return page;
}

static struct page
causes_page(struct ctx *ctx, const struct roll_report *report)
{
    struct page page = page_make(ctx, (struct text){"四增四减", "changes"}, CAUSE_TITLES,
                                 COUNT_OF(CAUSE_TITLES), ROLL_CAUSE_COUNT);
    page.numbers = 1U << 4;
    for (size_t i = 0; i < ROLL_CAUSE_COUNT && report->has_last; i++) {
        const struct roll_cause_row *row = roll_cause_row((enum roll_cause)i);
        const char *cells[] = {side_words(ctx, row->side), row->word, text_pick(ctx, row->title),
                               row->counted ? text_format(ctx, "是", "yes") : "",
                               number_words(ctx, report->causes[i])};
        if (row->counted || report->causes[i])
            page_row(&page, cells);
    }
    return page;
}

static struct page
moves_page(struct ctx *ctx, const struct roll_report *report)
{
    struct page page = page_make(ctx, (struct text){"变动", "moves"}, MOVE_TITLES,
                                 COUNT_OF(MOVE_TITLES), report->move_count);
    for (size_t i = 0; i < report->move_count; i++) {
        const struct roll_move *move = &report->moves[i];
        const struct roll_cause_row *row = roll_cause_row(move->cause);
        const char *cells[] = {side_words(ctx, row->side),
                               move->name,
                               move->person,
                               move->grp,
                               row->word,
                               text_pick(ctx, row->title),
                               move->told ? text_format(ctx, "记录", "an act")
                                          : text_format(ctx, "比对", "comparing"),
                               move->village};
        page_row(&page, cells);
    }
    return page;
}

void
roll_report_pages(struct ctx *ctx, const struct roll_report *report, struct page **ret_pages,
                  size_t *ret_count)
{
    struct page *pages = mem_array(ctx->mem, struct page, PAGES);
    pages[0] = works_page(ctx, report);
    pages[1] = numbers_page(ctx, report);
    pages[2] = causes_page(ctx, report);
    pages[3] = moves_page(ctx, report);
    *ret_pages = pages;
    *ret_count = PAGES;
}
