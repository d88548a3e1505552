/* SPDX-License-Identifier: Apache-2.0 */
/* Any act by its form: shown, checked, submitted; and the list of all acts of a unit. */
#include "web/pages/act.h"

#include <string.h>

#include "act/prepare.h"
#include "pages.h"
#include "web/act_form.h"
#include "web/app.h"
#include "web/pages/village.h"
#include "web/plain.h"

/* What a form came to. */
struct handling {
    struct act_form form;
    struct answer answer;
    const char *message; /* "" */
    const char *final_error;
    const char *more; /* table that gets new rows; NULL */
    bool is_tried;
    int status;
};

/* Acts that no record.withdraw takes back, but for what is entered by the hundred. */
static bool
is_final(const struct act *act)
{
    return act->flags & ACT_FIXED && act->roles != ROLE_ST;
}

static struct finding_view
finding_view(const struct handling *handling, const struct finding *finding)
{
    const struct act_form *form = &handling->form;
    struct ctx *ctx = form->request->ctx;
    const struct rule_row *row = rule_row(finding->rule);
    const char *rule = rule_id(ctx, finding->rule, finding->sub);
    const char *reason = pairs_find(&form->values, mem_printf(ctx->mem, "reason.%s", rule));
    return (struct finding_view){
        .rule = rule,
        .article = text_pick(ctx, row->article),
        .severity = severity_word(finding->severity),
        .severity_title = severity_title(finding->severity),
        .text = plain_words(ctx, finding->text),
        .todo = finding->todo ? plain_words(ctx, finding->todo) : "",
        .asks_reason = finding->severity == SEVERITY_EXPLAIN,
        .reason = reason ? reason : "",
        .asks_approval = finding->severity == SEVERITY_APPROVE,
        .approval_path =
            mem_printf(ctx->mem, "/u/%s/act/approval.request?kind=%s", form->request->unit.unit,
                       finding->approval ? finding->approval : ""),
    };
}

static enum err
act_show(struct handling *handling, struct response *response)
{
    struct act_form *form = &handling->form;
    struct request *request = form->request;
    struct ctx *ctx = request->ctx;
    const struct act *act = form->act;
    const struct findings *findings = &handling->answer.findings;
    struct act_view view = {
        .unit = request->unit.unit,
        .unit_name = request->unit.name,
        .id = act->id,
        .title = act->title,
        .roles = roles_words(ctx, act->roles),
        .may = act->roles & request->role,
        .takes_files = act_takes_files(act->code->fields),
        .is_tried = handling->is_tried,
        .would_pass = handling->answer.accepted,
        .message = handling->message,
        .is_final = is_final(act),
        .final_error = handling->final_error,
    };
    view.findings = mem_array(ctx->mem, struct finding_view, findings->count);
    for (size_t i = 0; i < findings->count; i++)
        view.findings[view.findings_count++] = finding_view(handling, &findings->list[i]);
    TRY(act_form_view(form, handling->more, &view.fields, &view.fields_count));
    const struct frame frame = {
        .title = text_pick(ctx, act->title), .unit = &request->unit, .tab = "acts"};
    page_show(request, response, &frame, PIECE(page_act, &view));
    if (handling->status)
        response->status = handling->status;
    return ERR_OK;
}

/* The act of the path, if it is done for units of this level. */
static enum err
handling_begin(struct request *request, struct handling *ret_handling)
{
    const struct act *act = act_find(request->arguments[1]);
    if (!act || !(act->levels & (unsigned)request->unit.level) || act->roles == ROLE_SYS)
        return page_missing(request);
    *ret_handling = (struct handling){
        .form = {.request = request, .act = act}, .message = "", .final_error = ""};
    return ERR_OK;
}

enum err
act_page(struct request *request, struct response *response)
{
    struct handling handling;
    TRY(handling_begin(request, &handling));
    TRY(act_form_propose(&handling.form));
    return act_show(&handling, response);
}

/* --- submitting --- */

/* Refused before the gate: what was typed stays, the fields say why. */
static enum err
fields_refuse(struct handling *handling, struct response *response)
{
    struct ctx *ctx = handling->form.request->ctx;
    handling->status = err_http_status(ERR_INVALID);
    handling->message =
        text_format(ctx, "有 %zu 处填写有误，请看下面标出的地方",
                    "%zu fields are not right: see below", handling->form.error_count);
    return act_show(handling, response);
}

static void
errors_add(struct act_form *form, const json_t *fields)
{
    struct field_error *errors;
    size_t count;
    fields_check(form->request->ctx, form->act->code->fields, fields, &errors, &count);
    for (size_t i = 0; i < count; i++)
        act_form_error(form, errors[i].field, errors[i].text);
}

static bool
name_is_typed(const struct handling *handling)
{
    const struct request *request = handling->form.request;
    return !is_final(handling->form.act) || handling->is_tried ||
           strcmp(form_text(request, "_name"), request->unit.name) == 0;
}

/* ERR_INVALID: a failure to be shown with the form, or errors at fields. */
static enum err
act_hand_in(struct handling *handling)
{
    struct act_form *form = &handling->form;
    struct request *request = form->request;
    struct ctx *ctx = request->ctx;
    struct submission submission = {
        .unit = request->unit.unit,
        .act = form->act->id,
        .user = request->session->user.name,
        .fields = act_form_fields(form),
        .waivers = act_form_waivers(form),
        .try_only = handling->is_tried,
    };
    submission.blobs = form->blobs;
    submission.blob_count = form->blob_count;
    if (form->error_count)
        return ERR_INVALID;
    TRY(submission_prepare(ctx, request->gate, &submission));
    errors_add(form, submission.fields);
    if (form->error_count)
        return ERR_INVALID;
    if (!name_is_typed(handling)) {
        handling->final_error = text_format(ctx, "名称不一致", "this is not the name of the unit");
        return FAIL(ctx, ERR_INVALID, "请在最下面输入单位名称“%s”确认",
                    "type the name \"%s\" at the end to confirm", request->unit.name);
    }
    return act_submit(ctx, request->gate, &submission, &handling->answer);
}

/* Findings whose field is in the form stand beside it too. */
static void
findings_place(struct handling *handling)
{
    const struct findings *findings = &handling->answer.findings;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->list[i].field)
            act_form_error(&handling->form, findings->list[i].field,
                           plain_words(handling->form.request->ctx, findings->list[i].text));
    }
}

static enum err
answer_show(struct handling *handling, struct response *response)
{
    struct request *request = handling->form.request;
    if (handling->answer.accepted && !handling->is_tried) {
        response_redirect(response,
                          mem_printf(request->ctx->mem, "/u/%s/entry/%lld?new=1",
                                     request->unit.unit, (long long)handling->answer.seq));
        return ERR_OK;
    }
    findings_place(handling);
    if (handling->is_tried)
        return act_show(handling, response);
    handling->status = err_http_status(ERR_REFUSED);
    handling->message = text_format(request->ctx, "不予受理：下面的规则没有满足，什么都没有写入",
                                    "refused by the rules below; nothing was written");
    return act_show(handling, response);
}

enum err
act_post(struct request *request, struct response *response)
{
    struct handling handling;
    TRY(handling_begin(request, &handling));
    handling.form.values = request->form;
    handling.is_tried = form_text(request, "_try")[0];
    handling.more = pairs_find(&request->form, "_more");
    if (handling.more)
        return act_show(&handling, response);
    const enum err err = act_hand_in(&handling);
    if (err == ERR_OK)
        return answer_show(&handling, response);
    if (handling.form.error_count)
        return fields_refuse(&handling, response);
    if (err != ERR_INVALID && err != ERR_STALE && err != ERR_NOT_FOUND)
        return err;
    if (request->ctx->failure.field)
        act_form_error(&handling.form, request->ctx->failure.field, request->ctx->failure.message);
    handling.status = err_http_status(err);
    handling.message = request->ctx->failure.message ? request->ctx->failure.message
                                                     : text_pick(request->ctx, err_title(err));
    failure_clear(request->ctx);
    return act_show(&handling, response);
}

/* --- all acts --- */

enum err
acts_page(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    size_t count;
    const struct act *acts = act_list(&count);
    struct acts_view view = {.unit = request->unit.unit, .name = request->unit.name};
    view.stages = mem_array(ctx->mem, struct acts_stage, STAGE_CONDUCT + 1);
    for (int number = STAGE_ALWAYS; number <= STAGE_CONDUCT; number++) {
        struct acts_stage stage = {.title = stage_name(ctx, (enum stage)number)};
        stage.acts = mem_array(ctx->mem, struct acts_row, count);
        for (size_t i = 0; i < count; i++) {
            if ((int)acts[i].stage == number && acts[i].levels & (unsigned)request->unit.level &&
                acts[i].roles != ROLE_SYS)
                stage.acts[stage.acts_count++] =
                    (struct acts_row){acts[i].id, acts[i].title, roles_words(ctx, acts[i].roles),
                                      acts[i].roles & request->role};
        }
        if (stage.acts_count)
            view.stages[view.stages_count++] = stage;
    }
    const struct frame frame = {.title = request->unit.name, .unit = &request->unit, .tab = "acts"};
    page_show(request, response, &frame, PIECE(page_acts, &view));
    return ERR_OK;
}
