/* SPDX-License-Identifier: Apache-2.0 */
#include "web/pages/lists.h"

#include <string.h>

#include "act/count.h"
#include "act/gate.h"
#include "act/results.h"
#include "act/roll.h"
#include "act/state_words.h"
#include "base/clock.h"
#include "base/num.h"
#include "pages.h"
#include "web/app.h"

/* --- the roll --- */

static struct text
roll_state(const char *state)
{
    static const struct {
        const char *state;
        struct text words;
    } WORDS[] = {
        {"open", {"正在登记", "being taken"}},
        {"draft", {"草稿", "draft"}},
        {"confirmed", {"已审核确认", "confirmed"}},
        {"posted", {"已公布", "posted"}},
        {"frozen", {"已冻结（投票开始）", "frozen: the poll was opened"}},
    };
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (strcmp(state, WORDS[i].state) == 0)
            return WORDS[i].words;
    }
    return (struct text){"还没有公布登记", "registration is not announced"};
}

/* Groups to choose from; the page shows one at a time: two hundred names are enough. */
static enum err
choices_fill(struct request *request, struct roll_view *view, const char **ret_group)
{
    struct ctx *ctx = request->ctx;
    const char **groups;
    size_t count;
    int64_t number;
    TRY(voter_store_groups(ctx, request->gate->db, request->unit.unit, &groups, &count));
    view->choices = mem_array(ctx->mem, struct roll_choice, count);
    const bool asked = num_parse_i64(query_text(request, "group"), 1, (int64_t)count, &number);
    *ret_group = count ? groups[asked ? number - 1 : 0] : NULL;
    for (size_t i = 0; i < count; i++) {
        const char *path = mem_printf(ctx->mem, "/u/%s/roll?group=%zu", request->unit.unit, i + 1);
        view->choices[view->choices_count++] =
            (struct roll_choice){groups[i], path, strcmp(groups[i], *ret_group) == 0};
    }
    return ERR_OK;
}

static void
groups_fill(struct ctx *ctx, const struct voter_line *lines, size_t count, const char *wanted,
            struct roll_view *view)
{
    struct roll_group *group = NULL;
    view->groups = mem_array(ctx->mem, struct roll_group, 1);
    for (size_t i = 0; i < count; i++) {
        if (!wanted || strcmp(lines[i].grp, wanted) != 0)
            continue;
        if (!group) {
            group = &view->groups[view->groups_count++];
            group->name = lines[i].grp;
            group->first = (int64_t)i + 1;
            group->people = mem_array(ctx->mem, struct roll_person, count);
        }
        group->people[group->people_count++] = (struct roll_person){
            .number = (int64_t)i + 1,
            .name = lines[i].name,
            .sex = lines[i].sex[0] == 'f' ? (struct text){"女", "f"} : (struct text){"男", "m"},
            .code = lines[i].person,
        };
    }
}

enum err
roll_page(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    struct voter_line *lines;
    const struct pack *pack;
    size_t count;
    const char *group;
    struct roll roll = {.state = ""};
    struct roll_view view = {.unit = request->unit.unit, .name = request->unit.name};
    const enum err err = roll_store_find(ctx, request->gate->db, request->unit.unit, &roll);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    TRY(gate_pack(ctx, request->gate, request->unit.unit, instant_date(ctx->now), &pack));
    TRY(roll_list(ctx, request->gate->db, pack, request->unit.unit, NULL, &lines, &count));
    TRY(choices_fill(request, &view, &group));
    groups_fill(ctx, lines, count, group, &view);
    view.all = (int64_t)count;
    view.hash = roll_list_hash(ctx, lines, count);
    view.state = roll_state(roll.state);
    const struct frame frame = {.title = request->unit.name, .unit = &request->unit, .tab = "roll"};
    page_show(request, response, &frame, PIECE(page_roll, &view));
    return ERR_OK;
}

/* --- results --- */

static struct result_village
village_view(struct ctx *ctx, const struct village_result *result)
{
    struct result_village view = {
        .unit = result->code,
        .name = result->name,
        .state = state_title(STATE_VILLAGE, result->state),
        .registered = result->registered,
        .issued = result->issued,
        .recovered = result->recovered,
        .valid = result->valid,
        .invalid = result->invalid,
        .rounds = result->rounds,
        .happened = result->happened,
    };
    view.seats = mem_array(ctx->mem, struct result_seat_view, result->seat_count);
    for (size_t i = 0; i < result->seat_count; i++)
        view.seats[view.seats_count++] = (struct result_seat_view){
            post_words(ctx, result->seats[i].post), result->seats[i].name, result->seats[i].votes};
    return view;
}

/* The stored question asked again: what is shown is derived now, and compared. */
static enum err
round_view(struct ctx *ctx, const struct outcome_row *row, struct result_round *ret_view)
{
    json_t *given;
    const json_t *result, *answer;
    TRY(json_read(ctx, row->facts, strlen(row->facts), "outcome", &given));
    TRY(outcome_answer(ctx, row->law, given, &result, &answer));
    const json_t *why = json_object_get(answer, "why");
    struct result_round view = {
        .round = row->round,
        .law = row->law,
        .is_same = strcmp(json_canonical(ctx, result), row->result) == 0,
        .why = mem_array(ctx->mem, struct why_line, json_array_size(why)),
        .why_count = json_array_size(why),
    };
    for (size_t i = 0; i < view.why_count; i++)
        view.why[i].text = json_string_value(json_array_get(why, i));
    *ret_view = view;
    return ERR_OK;
}

static enum err
rounds_fill(struct request *request, struct result_view *view)
{
    struct ctx *ctx = request->ctx;
    struct outcome_row *rows;
    size_t count;
    TRY(outcome_store_list(ctx, request->gate->db, request->unit.unit, &rows, &count));
    view->rounds = mem_array(ctx->mem, struct result_round, count);
    for (size_t i = 0; i < count; i++)
        TRY(round_view(ctx, &rows[i], &view->rounds[view->rounds_count++]));
    return ERR_OK;
}

enum err
result_page(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    struct village_result *list;
    size_t count;
    struct result_view view = {.name = request->unit.name,
                               .is_village = request->unit.level == LEVEL_VILLAGE};
    TRY(results_load(ctx, request->gate->db, request->unit.unit, &list, &count));
    view.villages = mem_array(ctx->mem, struct result_village, count);
    for (size_t i = 0; i < count; i++)
        view.villages[view.villages_count++] = village_view(ctx, &list[i]);
    if (view.is_village)
        TRY(rounds_fill(request, &view));
    const struct frame frame = {
        .title = request->unit.name, .unit = &request->unit, .tab = "result"};
    page_show(request, response, &frame, PIECE(page_result, &view));
    return ERR_OK;
}
