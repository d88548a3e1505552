/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a unit, by its level; the board of a township. */
#include "web/pages/unit.h"

#include <stdlib.h>
#include <string.h>

#include "act/board.h"
#include "act/gate.h"
#include "act/state_words.h"
#include "base/clock.h"
#include "pages.h"
#include "web/app.h"
#include "web/pages/village.h"

/* --- the board --- */

static const struct town_sort SORTS[] = {
    {"risk", {"风险", "risk"}, false},
    {"name", {"村名", "name"}, false},
    {"progress", {"进度", "progress"}, false},
};

/* Late first, then by the day of what is due; those with nothing due last. */
static int
by_risk(const void *a, const void *b)
{
    const struct board_row *left = a, *right = b;
    if (left->late != right->late)
        return left->late > right->late ? -1 : 1;
    if (!left->next != !right->next)
        return left->next ? -1 : 1;
    const int days = left->next ? date_compare(left->next->day, right->next->day) : 0;
    return days ? days : strcmp(left->unit, right->unit);
}

static int
by_code(const void *a, const void *b)
{
    const struct board_row *left = a, *right = b;
    return strcmp(left->unit, right->unit);
}

static int
by_progress(const void *a, const void *b)
{
    const struct board_row *left = a, *right = b;
    if (left->done != right->done)
        return left->done < right->done ? -1 : 1;
    return strcmp(left->unit, right->unit);
}

static void
rows_sort(struct request *request, struct town_view *view, struct board_row *rows, size_t count)
{
    static int (*const ORDERS[])(const void *, const void *) = {by_risk, by_code, by_progress};
    const char *wanted = query_text(request, "sort");
    size_t chosen = 0;
    view->sorts = mem_array(request->ctx->mem, struct town_sort, COUNT_OF(SORTS));
    view->sorts_count = COUNT_OF(SORTS);
    for (size_t i = 0; i < COUNT_OF(SORTS); i++) {
        view->sorts[i] = SORTS[i];
        if (strcmp(SORTS[i].word, wanted) == 0)
            chosen = i;
    }
    view->sorts[chosen].is_here = true;
    if (count)
        qsort(rows, count, sizeof rows[0], ORDERS[chosen]);
}

static const char *
short_day(struct ctx *ctx, struct date day)
{
    if (!date_is_set(day))
        return "";
    const struct civil civil = date_to_civil(day);
    return mem_printf(ctx->mem, "%d/%d", civil.month, civil.day);
}

static struct town_cell
cell_view(struct ctx *ctx, const struct board_row *row, const struct board_cell *cell,
          const struct board_step *step)
{
    static const struct {
        const char *word;
        struct text words;
    } STATES[] = {
        [CELL_WAITS] = {"waits", {"未到", "to come"}},
        [CELL_NEXT] = {"next", {"下一步", "next"}},
        [CELL_LATE] = {"late", {"逾期", "late"}},
        [CELL_DONE] = {"done", {"已办", "done"}},
    };
    return (struct town_cell){
        .state = STATES[cell->state].word,
        .path = mem_printf(ctx->mem, "/u/%s/act/%s", row->unit, step->act),
        .words = mem_printf(ctx->mem, "%s %s %s %s", row->name, text_pick(ctx, step->title),
                            text_pick(ctx, STATES[cell->state].words),
                            date_is_set(cell->day) ? date_words(ctx, cell->day) : ""),
        .day = short_day(ctx, cell->day),
    };
}

/* Nothing of what simply goes on. */
static struct text
town_state(const char *state)
{
    return strcmp(state, "open") == 0 ? (struct text){"", ""} : state_title(STATE_VILLAGE, state);
}

static struct town_row
row_view(struct ctx *ctx, const struct board_row *row)
{
    size_t count;
    const struct board_step *steps = board_steps(&count);
    struct town_row view = {
        .unit = row->unit,
        .name = row->name,
        .state = row->state,
        .state_words = town_state(row->state),
        .polling_day = row->polling_day,
        .due = "",
        .due_path = "",
        .is_late = row->late > 0,
        .done = row->done,
        .cells = mem_array(ctx->mem, struct town_cell, count),
        .cells_count = count,
    };
    for (size_t i = 0; i < count; i++)
        view.cells[i] = cell_view(ctx, row, &row->cells[i], &steps[i]);
    if (row->next) {
        view.due = mem_printf(ctx->mem, "%s %s", short_day(ctx, row->next->day), row->next->what);
        view.due_path = mem_printf(ctx->mem, "/u/%s", row->unit);
    }
    return view;
}

/* Between the notice of the poll and the announcement of its result. */
static bool
is_polling(const struct board_row *row)
{
    size_t count;
    const struct board_step *steps = board_steps(&count);
    bool noticed = false, announced = false;
    for (size_t i = 0; i < count; i++) {
        const bool done = row->cells[i].state == CELL_DONE;
        noticed = noticed || (done && strcmp(steps[i].act, "poll.notice") == 0);
        announced = announced || (done && strcmp(steps[i].act, "result.announce") == 0);
    }
    return noticed && !announced;
}

static enum err
town_show(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    struct board_row *rows;
    size_t count;
    struct town_view view = {
        .unit = request->unit.unit, .name = request->unit.name, .code = request->unit.unit};
    const struct frame frame = {.title = request->unit.name, .unit = &request->unit, .tab = ""};
    TRY(board_load(ctx, request->gate, request->unit.unit, instant_date(ctx->now), &rows, &count));
    rows_sort(request, &view, rows, count);
    const struct board_step *steps = board_steps(&view.steps_count);
    view.steps = mem_array(ctx->mem, struct town_step, view.steps_count);
    for (size_t i = 0; i < view.steps_count; i++)
        view.steps[i].title = steps[i].title;
    view.rows = mem_array(ctx->mem, struct town_row, count);
    for (size_t i = 0; i < count; i++) {
        view.rows[view.rows_count++] = row_view(ctx, &rows[i]);
        view.sealed += strcmp(rows[i].state, "sealed") == 0;
        view.deferred += strcmp(rows[i].state, "deferred") == 0;
        view.late += rows[i].late > 0;
        view.polling += is_polling(&rows[i]);
    }
    view.villages = (int64_t)count;
    page_show(request, response, &frame, PIECE(page_town, &view));
    return ERR_OK;
}

/* --- a county --- */

static enum err
county_show(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    struct unit *units;
    size_t count;
    TRY(unit_store_below(ctx, request->gate->db, request->unit.unit, &units, &count));
    struct unit_line *lines = mem_array(ctx->mem, struct unit_line, count);
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct unit_line){units[i].unit, units[i].name};
    const struct county_view view = {
        .name = request->unit.name, .rows = lines, .rows_count = count};
    const struct frame frame = {.title = request->unit.name, .unit = &request->unit, .tab = ""};
    page_show(request, response, &frame, PIECE(page_county, &view));
    return ERR_OK;
}

enum err
unit_page(struct request *request, struct response *response)
{
    if (request->unit.level == LEVEL_COUNTY)
        return county_show(request, response);
    if (request->unit.level == LEVEL_TOWN)
        return town_show(request, response);
    return village_show(request, response);
}
