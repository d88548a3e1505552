/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan results: who is elected, village by village. */
#include "act/count.h"
#include "act/results.h"
#include "act/state_words.h"
#include "cli/cli.h"

extern const struct command command_results;

static json_t *
forms_json(const struct village_result *result)
{
    json_t *forms = json_array();
    for (size_t i = 0; i < result->form_count; i++) {
        const struct result_form *form = &result->forms[i];
        json_t *row = json_object();
        json_object_set_new(row, "post", json_string(form->posts));
        json_object_set_new(row, "issued", json_integer(form->issued));
        json_object_set_new(row, "recovered", json_integer(form->recovered));
        json_object_set_new(row, "valid", json_integer(form->valid));
        json_object_set_new(row, "void", json_string(form->void_ground));
        json_array_append_new(forms, row);
    }
    return forms;
}

static json_t *
result_json(const struct village_result *result)
{
    json_t *object = json_object();
    json_t *elected = json_array();
    for (size_t i = 0; i < result->seat_count; i++) {
        json_t *seat = json_object();
        json_object_set_new(seat, "post", json_string(result->seats[i].post));
        json_object_set_new(seat, "name", json_string(result->seats[i].name));
        json_object_set_new(seat, "votes", json_integer(result->seats[i].votes));
        json_array_append_new(elected, seat);
    }
    json_object_set_new(object, "code", json_string(result->code));
    json_object_set_new(object, "name", json_string(result->name));
    json_object_set_new(object, "registered", json_integer(result->registered));
    json_object_set_new(object, "issued", json_integer(result->issued));
    json_object_set_new(object, "recovered", json_integer(result->recovered));
    json_object_set_new(object, "valid", json_integer(result->valid));
    if (result->form_count)
        json_object_set_new(object, "forms", forms_json(result));
    json_object_set_new(object, "elected", elected);
    json_object_set_new(object, "rounds", json_integer(result->rounds));
    json_object_set_new(object, "state", json_string(result->state));
    json_object_set_new(object, "exercise", json_boolean(result->exercise));
    return object;
}

static void
result_print(struct cli *cli, const struct village_result *result)
{
    struct ctx *ctx = cli->ctx;
    fprintf(cli->out, "%s\n",
            text_format(
                ctx, "%s %s  [%s]  登记 %lld  发出 %lld  收回 %lld  有效 %lld  投票 %lld 次",
                "%s %s  [%s]  registered %lld  issued %lld  recovered %lld  valid %lld  "
                "rounds %lld",
                result->code, result->name, state_words(ctx, STATE_VILLAGE, result->state),
                (long long)result->registered, (long long)result->issued,
                (long long)result->recovered, (long long)result->valid, (long long)result->rounds));
    for (size_t i = 0; i < result->form_count; i++) {
        const struct result_form *form = &result->forms[i];
        fprintf(cli->out, "    %s\n",
                text_format(ctx, "%s选票  发出 %lld  收回 %lld  有效 %lld  %s",
                            "ballots for %s  issued %lld  recovered %lld  valid %lld  %s",
                            post_words(ctx, form->posts), (long long)form->issued,
                            (long long)form->recovered, (long long)form->valid, form->void_ground));
    }
    for (size_t i = 0; i < result->seat_count; i++)
        fprintf(cli->out, "    %s  %s  %lld\n", post_words(ctx, result->seats[i].post),
                result->seats[i].name, (long long)result->seats[i].votes);
    if (result->happened[0])
        fprintf(cli->out, "    * %s\n", result->happened);
}

static enum err
results_run(struct cli *cli, int argc, char **argv)
{
    const char *xlsx = NULL;
    gboolean table = FALSE;
    const char *unit = NULL;
    struct village_result *list;
    size_t count;
    bool exercise = false;
    const GOptionEntry entries[] = {
        {"xlsx", 0, 0, G_OPTION_ARG_FILENAME, &xlsx, "XLSX", "FILE"},
        {"table", 0, 0, G_OPTION_ARG_NONE, &table, NULL, NULL},
        {0},
    };
    TRY(cli_options(cli, &command_results, entries, &argc, &argv));
    TRY(cli_count(cli, &command_results, argc, 0, 1));
    TRY(cli_open(cli, DB_READ));
    if (argc)
        TRY(cli_unit(cli, argv[0], &unit));
    TRY(results_load(cli->ctx, cli->db, unit, &list, &count));
    if (xlsx)
        return results_xlsx_write(cli->ctx, xlsx, list, count);
    for (size_t i = 0; i < count; i++)
        exercise = exercise || list[i].exercise;
    if (exercise && (!cli->json || table))
        cli_print_exercise(cli);
    for (size_t i = 0; i < count; i++) {
        if (cli->json && !table)
            cli_print_json(cli, result_json(&list[i]));
        else
            result_print(cli, &list[i]);
    }
    return ERR_OK;
}

COMMAND(results, "[--json|--table|--xlsx FILE] [UNIT]", "选举结果", "results of villages",
        results_run);
