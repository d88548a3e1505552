/* SPDX-License-Identifier: Apache-2.0 */
#include "web/shell.h"

#include <string.h>

#include "act/gate.h"
#include "act/state_words.h"
#include "base/clock.h"
#include "pages.h"
#include "web/app.h"

static struct shell_unit
shell_unit(const struct request *request, const struct unit *unit, const char *state)
{
    struct shell_unit view = {.code = unit->unit,
                              .name = unit->name,
                              .state = state,
                              .state_words = state_title(STATE_VILLAGE, state)};
    view.is_here = request->unit.unit && strcmp(unit->unit, request->unit.unit) == 0;
    return view;
}

static const char *
state_of(const struct stream *streams, size_t count, const char *unit)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(streams[i].unit, unit) == 0)
            return streams[i].state;
    }
    return "none";
}

/* The units below `top`, and those above that the account may see. */
static enum err
units_fill(struct request *request, const struct unit *unit, struct shell_view *view)
{
    struct ctx *ctx = request->ctx;
    struct db *db = request->gate->db;
    struct unit *units, top = *unit;
    struct stream *streams;
    size_t count, stream_count;
    if (unit->level == LEVEL_VILLAGE)
        TRY(unit_store_find(ctx, db, unit->parent, &top));
    bool may = request->role == ROLE_AUDIT;
    if (!may)
        TRY(unit_store_is_within(ctx, db, top.unit, request->session->user.unit, &may));
    if (!may)
        return ERR_OK;
    TRY(unit_store_below(ctx, db, top.unit, &units, &count));
    TRY(stream_store_below(ctx, db, top.unit, &streams, &stream_count));
    view->above = mem_array(ctx->mem, struct shell_unit, 1);
    view->above[view->above_count++] = shell_unit(request, &top, "none");
    view->units = mem_array(ctx->mem, struct shell_unit, count);
    for (size_t i = 0; i < count; i++)
        view->units[view->units_count++] =
            shell_unit(request, &units[i], state_of(streams, stream_count, units[i].unit));
    return ERR_OK;
}

static void
tab_add(struct request *request, struct shell_view *view, struct text title, const char *path,
        bool is_here)
{
    view->tabs = mem_grow(request->ctx->mem, view->tabs, struct shell_tab, view->tabs_count + 1);
    view->tabs[view->tabs_count++] = (struct shell_tab){path, title, is_here};
}

static void
tabs_fill(struct request *request, const struct frame *frame, struct shell_view *view)
{
    static const struct {
        const char *tab;
        struct text title;
        unsigned levels;
    } TABS[] = {
        {"", {"进度", "Progress"}, LEVEL_VILLAGE | LEVEL_TOWN | LEVEL_COUNTY},
        {"acts", {"全部环节", "All acts"}, LEVEL_VILLAGE | LEVEL_TOWN | LEVEL_COUNTY},
        {"roll", {"选民名单", "Roll"}, LEVEL_VILLAGE},
        {"result", {"结果", "Results"}, LEVEL_VILLAGE | LEVEL_TOWN},
        {"log", {"记录", "Record"}, LEVEL_VILLAGE | LEVEL_TOWN | LEVEL_COUNTY},
    };
    for (size_t i = 0; i < COUNT_OF(TABS); i++) {
        if (!(TABS[i].levels & (unsigned)frame->unit->level))
            continue;
        const char *path = mem_printf(request->ctx->mem, "/u/%s%s%s", frame->unit->unit,
                                      TABS[i].tab[0] ? "/" : "", TABS[i].tab);
        tab_add(request, view, TABS[i].title, path,
                frame->tab && strcmp(frame->tab, TABS[i].tab) == 0);
    }
}

static void
menu_fill(struct request *request, struct shell_view *view)
{
    static const struct {
        unsigned roles;
        struct shell_tab tab;
    } MENU[] = {
        {ROLE_ADMIN | ROLE_SECURITY | ROLE_AUDIT, {"/users", {"用户", "Accounts"}, false}},
        {ROLE_AUDIT, {"/security", {"安全日志", "Security log"}, false}},
    };
    view->menu = mem_array(request->ctx->mem, struct shell_tab, COUNT_OF(MENU));
    for (size_t i = 0; i < COUNT_OF(MENU); i++) {
        if (MENU[i].roles & request->role)
            view->menu[view->menu_count++] = MENU[i].tab;
    }
}

static const char *
days_words(struct ctx *ctx, struct date today, struct date day)
{
    const int days = date_days_between(today, day);
    if (days > 0)
        return text_format(ctx, "还有 %d 天", "in %d days", days);
    if (days == 0)
        return text_format(ctx, "就是今天", "today");
    return text_format(ctx, "已过 %d 天", "%d days ago", -days);
}

static enum err
unit_fill(struct request *request, const struct frame *frame, struct shell_view *view)
{
    struct ctx *ctx = request->ctx;
    const struct pack *pack;
    const struct date today = instant_date(ctx->now);
    view->unit_name = frame->unit->name;
    TRY(day_store_get(ctx, request->gate->db, frame->unit->unit, "village", &view->polling_day));
    if (date_is_set(view->polling_day))
        view->days_left = days_words(ctx, today, view->polling_day);
    TRY(gate_pack(ctx, request->gate, frame->unit->unit, today, &pack));
    view->pack = text_pick(ctx, (struct text){pack->national->title_zh, pack->national->title_en});
    tabs_fill(request, frame, view);
    return units_fill(request, frame->unit, view);
}

void
page_show(struct request *request, struct response *response, const struct frame *frame,
          struct html_piece piece)
{
    struct ctx *ctx = request->ctx;
    struct html html;
    struct shell_view view = {
        .lang = ctx->lang == LANG_EN ? "en" : "zh-CN",
        .lang_other = ctx->lang == LANG_EN ? "zh" : "en",
        .title = frame->title,
        .user = "",
        .exercise = request->gate->exercise,
        .polling_day = DATE_NONE,
        .target = strcmp(request->method, "POST") == 0 ? "/" : request->target,
        .body = piece,
    };
    if (request->session) {
        view.user = request->session->user.name;
        view.role = role_title(request->role);
        view.notice = request->session->row.notice;
        menu_fill(request, &view);
    }
    /* Without its frame a page is still a page. */
    if (frame->unit && request->session && unit_fill(request, frame, &view) != ERR_OK)
        failure_clear(ctx);
    html_init(&html, ctx, request->csrf);
    page_shell(&html, &view);
    response->status = 200;
    response->type = "text/html; charset=utf-8";
    response->bytes = html.buf.data;
    response->length = html.buf.length;
}
