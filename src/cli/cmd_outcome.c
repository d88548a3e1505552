/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan outcome, cunxuan board: how an outcome follows, and a count as it goes on. */
#include <inttypes.h>
#include <string.h>

#include "act/count.h"
#include "act/gate.h"
#include "act/state_words.h"
#include "base/clock.h"
#include "base/num.h"
#include "cli/cli.h"
#include "store/person_store.h"

extern const struct command command_outcome;
extern const struct command command_board;

static enum err
round_argument(struct cli *cli, const char *text, int64_t *ret_round)
{
    if (!num_parse_i64(text, 1, INT64_MAX, ret_round))
        return FAIL(cli->ctx, ERR_USAGE, "第几次投票应为正整数", "a round is a positive number");
    return ERR_OK;
}

/* --- outcome --- */

/* The stored question is asked again: what is printed is derived now, and compared. */
static enum err
outcome_print(struct cli *cli, const struct outcome_row *row)
{
    struct ctx *ctx = cli->ctx;
    json_t *given;
    const json_t *result, *answer;
    TRY(json_read(ctx, row->facts, strlen(row->facts), "outcome", &given));
    TRY(outcome_answer(ctx, row->law, given, &result, &answer));
    const bool same = strcmp(json_canonical(ctx, result), row->result) == 0;
    if (cli->json) {
        json_t *object = json_object();
        json_object_set_new(object, "unit", json_string(row->unit));
        json_object_set_new(object, "round", json_integer(row->round));
        json_object_set_new(object, "law", json_string(row->law));
        json_object_set(object, "given", given);
        json_object_set(object, "result", (json_t *)json_object_get(answer, "result"));
        json_object_set(object, "why", json_object_get(answer, "why"));
        json_object_set_new(object, "same", json_boolean(same));
        cli_print_json(cli, object);
    } else {
        const json_t *why = json_object_get(answer, "why");
        fprintf(cli->out, "%s\n",
                text_format(ctx, "第 %" PRId64 " 次投票（%s）", "round %" PRId64 " (%s)",
                            row->round, row->law));
        for (size_t i = 0; i < json_array_size(why); i++)
            fprintf(cli->out, "  %s\n", json_string_value(json_array_get(why, i)));
    }
    if (same)
        return ERR_OK;
    return FAIL(ctx, ERR_NO, "第 %" PRId64 " 次投票的结果与重新推导的不一致",
                "the outcome of round %" PRId64 " is not what its facts give", row->round);
}

static enum err
outcome_run(struct cli *cli, int argc, char **argv)
{
    struct outcome_row *rows;
    size_t count;
    const char *unit;
    int64_t round = 0;
    bool found = false;
    TRY(cli_options(cli, &command_outcome, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_outcome, argc, 1, 2));
    if (argc == 2)
        TRY(round_argument(cli, argv[1], &round));
    TRY(cli_open(cli, DB_READ));
    TRY(cli_unit(cli, argv[0], &unit));
    TRY(outcome_store_list(cli->ctx, cli->db, unit, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (round && rows[i].round != round)
            continue;
        TRY(outcome_print(cli, &rows[i]));
        found = true;
    }
    if (!found)
        return FAIL(cli->ctx, ERR_NOT_FOUND, "%s 还没有确认过结果", "%s has no outcome yet", unit);
    return ERR_OK;
}

COMMAND(outcome, "UNIT [ROUND]", "选举结果是怎样推导出来的", "how an outcome follows", outcome_run);

/* --- board --- */

/* 正正丅: five strokes a sign, as the tally is written on the wall; in English ||||| ||. */
static const char *
strokes(struct ctx *ctx, int64_t votes)
{
    static const struct text PARTS[] = {
        {"", ""}, {"一", "|"}, {"丅", "||"}, {"下", "|||"}, {"止", "||||"}};
    const char *text = "";
    int64_t left = votes;
    for (; left >= (int64_t)COUNT_OF(PARTS); left -= (int64_t)COUNT_OF(PARTS))
        text = text_format(ctx, "%s正", "%s||||| ", text);
    return mem_printf(ctx->mem, "%s%s", text, text_pick(ctx, PARTS[left]));
}

static enum err
post_print(struct cli *cli, const struct tally_form *form, size_t place,
           const struct tally_sum *sum)
{
    struct ctx *ctx = cli->ctx;
    const struct ballot_tally *tally = &sum->posts[place];
    fprintf(cli->out, "%s\n",
            text_format(ctx, "\n%s（应选 %d 名）  有效 %d  无效 %d  空白 %d",
                        "\n%s (%d seats)  valid %d  void %d  blank %d",
                        post_words(ctx, form->posts[place].word), (int)form->posts[place].seats,
                        (int)tally->valid, (int)tally->void_count, (int)tally->blank));
    for (size_t i = 0; i < tally->vote_count; i++) {
        const char *name;
        TRY(person_name(ctx, cli->db, form->round.unit, tally->votes[i].name, &name));
        fprintf(cli->out, "  %-12s%s %6" PRId64 "  %s\n", name,
                i < form->posts[place].count ? "" : "*", tally->votes[i].votes,
                strokes(ctx, tally->votes[i].votes));
    }
    return ERR_OK;
}

/* Bundles not closed, and what of them is to be entered again: ballots, never values. */
static enum err
open_bundles_print(struct cli *cli, const struct round *round)
{
    struct ctx *ctx = cli->ctx;
    struct bundle *bundles;
    struct bundle_diff *diffs;
    size_t count, diff_count;
    TRY(bundle_store_list(ctx, cli->db, round->unit, round->round, &bundles, &count));
    TRY(bundle_store_diffs(ctx, cli->db, round->unit, round->round, 0, &diffs, &diff_count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(bundles[i].state, "equal") == 0 || strcmp(bundles[i].state, "settled") == 0)
            continue;
        fprintf(cli->out, "%s",
                text_format(ctx, "  第 %d 捆 %d 张：%s，第 %d 遍",
                            "  bundle %d of %d: %s, attempt %d", (int)bundles[i].bundle,
                            (int)bundles[i].size, state_words(ctx, STATE_BUNDLE, bundles[i].state),
                            (int)bundles[i].attempt));
        for (size_t k = 0; k < diff_count; k++) {
            if (diffs[k].bundle == bundles[i].bundle)
                fprintf(cli->out, "  [%" PRId64 " %s]", diffs[k].ballot, diffs[k].field);
        }
        fputc('\n', cli->out);
    }
    return ERR_OK;
}

/* 规程: 过半数当选；另行选举不少于三分之一. Asked of the law engine with no candidates. */
static enum err
threshold_find(struct call *call, const struct round *round, struct poll_papers papers,
               int64_t *ret_threshold)
{
    struct poll_facts facts = {
        .registered = round->registered,
        .issued = papers.issued,
        .recovered = papers.recovered,
        .combined = true,
        .re_vote = strcmp(round->kind, "re_vote") == 0,
    };
    struct poll_result result = {0};
    *ret_threshold = 0;
    if (round->registered == 0)
        return ERR_OK;
    TRY(outcome_stage(call, round, &facts.round));
    TRY(poll_decide(call->ctx, call->pack, &facts, &result));
    *ret_threshold = result.threshold;
    return ERR_OK;
}

/* 分职选票: the ballots of each post by themselves. */
static enum err
forms_print(struct cli *cli, struct call *call, const struct tally_form *form,
            const struct tally_sum *sum)
{
    struct ctx *ctx = cli->ctx;
    for (size_t i = 0; i < form->form_count; i++) {
        const struct round_form *of = &form->forms[i];
        const struct tally_form part = tally_form_part(ctx, form, of->form);
        const struct poll_papers papers = {of->issued, of->recovered, 0};
        int64_t threshold;
        TRY(threshold_find(call, &form->round, papers, &threshold));
        fprintf(cli->out, "%s\n",
                text_format(ctx,
                            "  %s选票  发出 %d  收回 %d  已计 %d（有效 %d 无效 %d）  当选至少 %d "
                            "票  %s",
                            "  ballots for %s  issued %d  recovered %d  counted %d (valid %d void "
                            "%d)  elected from %d votes  %s",
                            part.count ? post_words(ctx, part.posts[0].word) : "-", (int)of->issued,
                            (int)of->recovered, (int)sum->parts[i].papers, (int)sum->parts[i].valid,
                            (int)sum->parts[i].invalid, (int)threshold, of->void_ground));
    }
    return ERR_OK;
}

static void
whole_print(struct cli *cli, const struct round *round, const struct tally_sum *sum,
            int64_t threshold)
{
    struct ctx *ctx = cli->ctx;
    fprintf(cli->out, "%s\n",
            text_format(ctx,
                        "第 %d 次投票 [%s]  登记 %d  发出 %d  收回 %d  已计 %d（有效 %d 无效 %d）"
                        "  未计 %d  当选至少 %d 票",
                        "round %d [%s]  registered %d  issued %d  recovered %d  counted %d (valid "
                        "%d void %d)  left %d  elected from %d votes",
                        (int)round->round, state_words(ctx, STATE_ROUND, round->state),
                        (int)round->registered, (int)round->issued, (int)round->recovered,
                        (int)sum->papers, (int)sum->valid, (int)sum->invalid,
                        (int)(round->recovered - sum->papers), (int)threshold));
}

static enum err
board_print(struct cli *cli, struct call *call, const struct tally_form *form)
{
    const struct round *round = &form->round;
    struct tally_sum sum;
    int64_t threshold;
    TRY(tally_sum_load(call, form, 0, "a", &sum));
    if (form->form_count) {
        fprintf(cli->out, "%s\n",
                text_format(cli->ctx, "第 %d 次投票 [%s]  登记 %d", "round %d [%s]  registered %d",
                            (int)round->round, state_words(cli->ctx, STATE_ROUND, round->state),
                            (int)round->registered));
        TRY(forms_print(cli, call, form, &sum));
    } else {
        const struct poll_papers papers = {round->issued, round->recovered, 0};
        TRY(threshold_find(call, round, papers, &threshold));
        whole_print(cli, round, &sum, threshold);
    }
    for (size_t i = 0; i < form->count; i++)
        TRY(post_print(cli, form, i, &sum));
    return open_bundles_print(cli, round);
}

static enum err
board_run(struct cli *cli, int argc, char **argv)
{
    struct tally_form form;
    struct call call = {.ctx = cli->ctx};
    int64_t round;
    TRY(cli_options(cli, &command_board, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_board, argc, 2, 2));
    TRY(round_argument(cli, argv[1], &round));
    TRY(cli_open(cli, DB_READ));
    TRY(cli_unit(cli, argv[0], &call.unit));
    call.db = cli->db;
    TRY(gate_pack(cli->ctx, cli->gate, call.unit, instant_date(cli->ctx->now), &call.pack));
    TRY(tally_form_load(cli->ctx, cli->db, call.unit, round, &form));
    return board_print(cli, &call, &form);
}

COMMAND(board, "UNIT ROUND", "计票板（正字）", "the board of a count", board_run);
