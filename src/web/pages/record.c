/* SPDX-License-Identifier: Apache-2.0 */
#include "web/pages/record.h"

#include <string.h>

#include "act/gate.h"
#include "act/state_words.h"
#include "base/num.h"
#include "pages.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/round_store.h"
#include "store/standing_store.h"
#include "web/app.h"
#include "web/choice.h"

enum { PAGE_ROWS = 100, HASH_SHOWN = 12 };

static const char *
act_title(struct ctx *ctx, const char *id)
{
    const struct act *act = act_find(id);
    return act ? text_pick(ctx, act->title) : id;
}

/* "" for what stands. */
static const char *
entry_state(struct ctx *ctx, const char *state)
{
    return strcmp(state, "stands") == 0 || !state[0] ? "" : state_words(ctx, STATE_ENTRY, state);
}

/* "2021-03-20T09:00:00+08:00" → "2021-03-20 09:00": all are in the one zone of China. */
static const char *
at_words(struct ctx *ctx, const char *at)
{
    return mem_printf(ctx->mem, "%.10s %.5s", at, strlen(at) > 11 ? at + 11 : "");
}

/* --- all --- */

static struct log_row
row_view(struct ctx *ctx, const struct entry *entry, const struct standing *standing)
{
    return (struct log_row){
        .unit = entry->unit,
        .seq = entry->seq,
        .at = at_words(ctx, entry->at),
        .who = entry->actor,
        .title = act_title(ctx, standing->act),
        .act = standing->act,
        .state = entry_state(ctx, standing->state),
        .hash = mem_printf(ctx->mem, "%.*s…", HASH_SHOWN, hex_format(ctx, entry->hash, SM3_LENGTH)),
    };
}

static const char *
page_link(struct request *request, int64_t from, int64_t last)
{
    if (from < 1 || from > last)
        return "";
    return mem_printf(request->ctx->mem, "/u/%s/log?from=%lld", request->unit.unit,
                      (long long)from);
}

enum err
log_page(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    struct db *db = request->gate->db;
    struct entry head = {.seq = 0};
    int64_t from;
    const enum err err = ledger_store_head(ctx, db, request->unit.unit, &head);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (!num_parse_i64(query_text(request, "from"), 1, INT64_MAX, &from) || from > head.seq)
        from = head.seq;
    struct log_view view = {.unit = request->unit.unit,
                            .name = request->unit.name,
                            .all = head.seq,
                            .newer = page_link(request, from + PAGE_ROWS, head.seq),
                            .older = page_link(request, from - PAGE_ROWS, head.seq)};
    if (from < head.seq && !view.newer[0])
        view.newer = page_link(request, head.seq, head.seq);
    view.rows = mem_array(ctx->mem, struct log_row, PAGE_ROWS);
    for (int64_t seq = from; seq > 0 && seq > from - PAGE_ROWS; seq--) {
        struct entry entry;
        TRY(ledger_store_find(ctx, db, request->unit.unit, seq, &entry));
        struct standing standing = {.act = entry.act, .state = ""};
        const enum err found =
            standing_store_find(ctx, db, request->unit.unit, entry.seq, &standing);
        if (found != ERR_OK && found != ERR_NOT_FOUND)
            return found;
        view.rows[view.rows_count++] = row_view(ctx, &entry, &standing);
    }
    const struct frame frame = {.title = request->unit.name, .unit = &request->unit, .tab = "log"};
    page_show(request, response, &frame, PIECE(page_log, &view));
    return ERR_OK;
}

/* --- one --- */

struct reading {
    struct request *request;
    struct entry_view *view;
};

static void
line_add(struct reading *reading, struct entry_line line)
{
    struct entry_view *view = reading->view;
    view->lines =
        mem_grow(reading->request->ctx->mem, view->lines, struct entry_line, view->lines_count + 1);
    view->lines[view->lines_count++] = line;
}

static const char *
person_words(struct reading *reading, const char *value)
{
    const char *name = value;
    if (person_name(reading->request->ctx, reading->request->gate->db, reading->request->unit.unit,
                    value, &name) != ERR_OK)
        return value;
    return strcmp(name, value) == 0
               ? name
               : mem_printf(reading->request->ctx->mem, "%s（%s）", name, value);
}

static const char *
persons_words(struct reading *reading, const json_t *list)
{
    struct ctx *ctx = reading->request->ctx;
    const char *words = "";
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *value = json_string_value(json_array_get(list, i));
        words = mem_printf(ctx->mem, "%s%s%s", words, i ? "、" : "",
                           value ? person_words(reading, value) : "");
    }
    return words;
}

static const char *
value_words(struct reading *reading, const struct field *field, const json_t *value)
{
    struct ctx *ctx = reading->request->ctx;
    const char *text = json_string_value(value);
    if (json_is_integer(value)) {
        const long long number = json_integer_value(value);
        if (field && field->type == FIELD_MONEY)
            return mem_printf(ctx->mem, "%s%lld.%02lld 元", number < 0 ? "-" : "",
                              (number < 0 ? -number : number) / 100,
                              (number < 0 ? -number : number) % 100);
        return mem_printf(ctx->mem, "%lld", number);
    }
    if (json_is_array(value))
        return persons_words(reading, value);
    if (!text)
        return json_line(ctx, value);
    if (!field)
        return text;
    if (field->type == FIELD_PERSON || field->type == FIELD_VILLAGER)
        return person_words(reading, text);
    if (field->type == FIELD_CHOICE)
        return text_pick(ctx, choice_title(ctx, text));
    return text;
}

static void
columns_add(struct reading *reading, const struct field *columns, const json_t *row)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)row, key, value)
    {
        const struct field *column = columns ? field_find(columns, key) : NULL;
        line_add(reading,
                 (struct entry_line){
                     .label = column ? text_pick(reading->request->ctx, column->label) : key,
                     .value = value_words(reading, column, value),
                     .is_inner = true,
                 });
    }
}

static void
field_add(struct reading *reading, const struct field *field, const char *key, const json_t *value)
{
    struct ctx *ctx = reading->request->ctx;
    const char *label = field ? text_pick(ctx, field->label) : key;
    if (!json_is_array(value) || !json_is_object(json_array_get(value, 0))) {
        line_add(reading,
                 (struct entry_line){.label = label, .value = value_words(reading, field, value)});
        return;
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        line_add(reading, (struct entry_line){
                              .label = mem_printf(ctx->mem, "%s %zu", label, i + 1),
                              .value = "",
                              .is_group = true,
                          });
        columns_add(reading, field ? field->columns : NULL, json_array_get(value, i));
    }
}

/* In the order of the form, then what the form does not know. */
static void
fields_add(struct reading *reading, const struct act *act, const json_t *fields)
{
    const struct field *known = act ? act->code->fields : NULL;
    const char *key;
    json_t *value;
    for (const struct field *field = known; field && field->name; field++) {
        const json_t *member = json_object_get(fields, field->name);
        if (member)
            field_add(reading, field, field->name, member);
    }
    json_object_foreach((json_t *)(uintptr_t)fields, key, value)
    {
        if (!known || !field_find(known, key))
            field_add(reading, NULL, key, value);
    }
}

static void
waivers_fill(struct ctx *ctx, const json_t *waivers, struct entry_view *view)
{
    const size_t count = json_array_size(waivers);
    view->waivers = mem_array(ctx->mem, struct entry_waiver, count);
    for (size_t i = 0; i < count; i++) {
        const json_t *waiver = json_array_get(waivers, i);
        const char *rule = json_text_of(waiver, "rule");
        const char *reason = json_text_of(waiver, "reason");
        const int64_t approval = json_integer_value(json_object_get(waiver, "approval_seq"));
        view->waivers[view->waivers_count++] = (struct entry_waiver){
            .rule = rule ? rule : "",
            .words = reason ? reason
                            : text_format(ctx, "经批准（第 %lld 号记录）", "approved by entry %lld",
                                          (long long)approval),
        };
    }
}

/* 计票: the second hand must not see the first one's figures, nor anybody who could tell him, until
 * the count of the round is closed. */
static enum err
blind_find(struct request *request, const struct entry *entry, bool *ret_blind)
{
    const int64_t number = json_integer_value(json_object_get(entry->fields, "round"));
    struct round round;
    *ret_blind = false;
    if (strcmp(entry->act, "bundle.enter") != 0 ||
        strcmp(entry->actor, request->session->user.name) == 0)
        return ERR_OK;
    const enum err err =
        round_store_find(request->ctx, request->gate->db, request->unit.unit, number, &round);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_blind = err == ERR_NOT_FOUND || round_state_find(round.state) < ROUND_COUNTED;
    return ERR_OK;
}

enum err
entry_page(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    struct entry entry;
    int64_t seq;
    if (!num_parse_i64(request->arguments[1], 1, INT64_MAX, &seq))
        return page_missing(request);
    const enum err err = ledger_store_find(ctx, request->gate->db, request->unit.unit, seq, &entry);
    if (err == ERR_NOT_FOUND)
        return FAIL(ctx, ERR_NOT_FOUND, "%s没有第 %lld 号记录", "%s has no entry %lld",
                    request->unit.name, (long long)seq);
    TRY(err);
    struct standing standing = {.act = entry.act, .state = ""};
    const enum err found =
        standing_store_find(ctx, request->gate->db, request->unit.unit, seq, &standing);
    if (found != ERR_OK && found != ERR_NOT_FOUND)
        return found;
    struct entry_view view = {
        .unit = request->unit.unit,
        .name = request->unit.name,
        .seq = seq,
        .title = act_title(ctx, standing.act),
        .act = entry.act,
        .at = at_words(ctx, entry.at),
        .who = entry.actor,
        .state = entry_state(ctx, standing.state),
        .prev_hash = hex_format(ctx, entry.prev_hash, SM3_LENGTH),
        .hash = hex_format(ctx, entry.hash, SM3_LENGTH),
        .is_new = strcmp(query_text(request, "new"), "1") == 0,
        .json = "",
    };
    struct reading reading = {request, &view};
    TRY(blind_find(request, &entry, &view.is_blind));
    if (!view.is_blind) {
        fields_add(&reading, act_find(entry.act), entry.fields);
        view.json = json_pretty(ctx, entry.fields);
    }
    waivers_fill(ctx, entry.waivers, &view);
    const struct frame frame = {.title = view.title, .unit = &request->unit, .tab = "log"};
    page_show(request, response, &frame, PIECE(page_entry, &view));
    return ERR_OK;
}
