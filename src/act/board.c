/* SPDX-License-Identifier: Apache-2.0 */
#include "act/board.h"

#include <string.h>

#include "act/gate.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* TO ADD A COLUMN: a row; acts of the villagers' committee only. list NULL: any. */
static const struct board_step STEPS[] = {
    {{"推选选委会", "committee"}, "vec.elect", NULL},
    {{"定选举日", "day fixed"}, "day.fix", NULL},
    {{"登记公告", "registration"}, "registration.announce", NULL},
    {{"公布名单", "roll posted"}, "roll.post", NULL},
    {{"提名", "nomination"}, "nominate.result", NULL},
    {{"资格联审", "review"}, "review.conclude", NULL},
    {{"公布候选人", "candidates"}, "candidates.post", "formal"},
    {{"投票公告", "notice"}, "poll.notice", NULL},
    {{"投票", "poll"}, "poll.close", NULL},
    {{"计票", "count"}, "count.close", NULL},
    {{"宣布结果", "result"}, "result.announce", NULL},
    {{"颁发证书", "certificates"}, "certificate.issue", NULL},
    {{"移交", "handover"}, "handover.close", NULL},
    {{"封存", "sealed"}, "archive.seal", NULL},
};

const struct board_step *
board_steps(size_t *ret_count)
{
    _Static_assert(COUNT_OF(STEPS) <= BOARD_STEPS_MAX, "more columns than room");
    *ret_count = COUNT_OF(STEPS);
    return STEPS;
}

static bool
stands_for(const struct standing_last *last, const char *unit, size_t step)
{
    return strcmp(last->unit, unit) == 0 && strcmp(last->act, STEPS[step].act) == 0 &&
           (last->body[0] == '\0' || strcmp(last->body, "village") == 0) &&
           (!STEPS[step].list || strcmp(last->list, STEPS[step].list) == 0);
}

/* `list` is ordered by unit; only the unit's own part is given. */
static void
cells_fill(struct board_row *row, const struct standing_last *list, size_t count)
{
    bool next_found = false;
    for (size_t step = 0; step < COUNT_OF(STEPS); step++) {
        struct board_cell *cell = &row->cells[step];
        cell->day = DATE_NONE;
        for (size_t i = 0; i < count; i++) {
            if (!stands_for(&list[i], row->unit, step))
                continue;
            cell->state = CELL_DONE;
            if (date_compare(list[i].on_day, cell->day) > 0)
                cell->day = list[i].on_day;
        }
        if (cell->state == CELL_DONE) {
            row->done++;
        } else if (!next_found) {
            cell->state = CELL_NEXT;
            next_found = true;
        }
    }
}

static void
dues_fill(struct board_row *row, const struct way *way)
{
    for (size_t i = 0; i < way->due_count; i++) {
        const struct due *due = &way->dues[i];
        row->late += due->late;
        if (!row->next || date_compare(due->day, row->next->day) < 0)
            row->next = due;
        for (size_t step = 0; step < COUNT_OF(STEPS); step++) {
            struct board_cell *cell = &row->cells[step];
            if (cell->state == CELL_DONE || strcmp(STEPS[step].act, due->act) != 0)
                continue;
            cell->day = due->day;
            if (due->late)
                cell->state = CELL_LATE;
        }
    }
}

static enum err
row_load(struct ctx *ctx, struct gate *gate, struct date today, struct board_row *row)
{
    struct stream stream;
    struct way way = {.opened = true};
    const enum err err = stream_store_find(ctx, gate->db, row->unit, &stream);
    if (err == ERR_NOT_FOUND) {
        row->state = "none";
        return ERR_OK;
    }
    TRY(err);
    row->state = stream.state;
    TRY(day_store_get(ctx, gate->db, row->unit, "village", &row->polling_day));
    way.polling_day = row->polling_day;
    if (strcmp(stream.state, "open") != 0)
        return ERR_OK;
    TRY(way_dues(ctx, gate, row->unit, today, &way));
    dues_fill(row, &way);
    return ERR_OK;
}

enum err
board_load(struct ctx *ctx, struct gate *gate, const char *parent, struct date today,
           struct board_row **ret_rows, size_t *ret_count)
{
    struct unit *units;
    struct standing_last *list;
    size_t unit_count, count, used = 0, from = 0;
    TRY(unit_store_below(ctx, gate->db, parent, &units, &unit_count));
    TRY(standing_store_below(ctx, gate->db, parent, &list, &count));
    struct board_row *rows = mem_array(ctx->mem, struct board_row, unit_count);
    for (size_t i = 0; i < unit_count; i++) {
        if (units[i].level != LEVEL_VILLAGE)
            continue;
        struct board_row *row = &rows[used++];
        *row = (struct board_row){
            .unit = units[i].unit, .name = units[i].name, .polling_day = DATE_NONE};
        while (from < count && strcmp(list[from].unit, row->unit) < 0)
            from++;
        size_t to = from;
        while (to < count && strcmp(list[to].unit, row->unit) == 0)
            to++;
        cells_fill(row, list + from, to - from);
        TRY(row_load(ctx, gate, today, row));
    }
    *ret_rows = rows;
    *ret_count = used;
    return ERR_OK;
}
