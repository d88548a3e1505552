/* SPDX-License-Identifier: Apache-2.0 */
/* 公布当选名单、颁发证书、封存 (acts.md 6.9): result.post, certificate.issue, ballot.seal. */
#include <inttypes.h>
#include <string.h>

#include "act/count.h"
#include "act/state_words.h"
#include "domain/calendar.h"
#include "store/prep_store.h"
#include "store/request_store.h"
#include "store/standing_store.h"

/* --- result.post --- */

static const struct field RESULT_POST_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "哪个组织", "body",
                  "party party_officers discipline village supervision representatives"),
    FIELDS_POSTING,
    FIELDS_END,
};

/* The day the last round of the body was announced; DATE_NONE if none was. */
static enum err
announced_day(struct call *call, const char *body, struct date *ret_day)
{
    struct outcome_row *outcomes;
    size_t count;
    *ret_day = DATE_NONE;
    TRY(outcome_store_list(call->ctx, call->db, call->unit, &outcomes, &count));
    for (size_t i = 0; i < count; i++) {
        struct round round;
        TRY(round_store_find(call->ctx, call->db, call->unit, outcomes[i].round, &round));
        if (strcmp(round.body, body) == 0 && date_compare(*ret_day, outcomes[i].announced_on) < 0)
            *ret_day = outcomes[i].announced_on;
    }
    return ERR_OK;
}

static enum err
party_check(struct call *call)
{
    struct request request;
    if (!call_is(call, "body", "party"))
        return ERR_OK;
    const enum err err = request_store_covering(
        call->ctx, call->db,
        &(struct request_wanted){
            .unit = call->unit, .kind = "party_result", .state = "granted", .day = call->today},
        &request);
    if (err == ERR_NOT_FOUND) {
        call_block(call, RULE_PTY_08, "党组织选举结果还没有批复（party_result）",
                   "the Party result has not been approved (party_result)");
        return ERR_OK;
    }
    return err;
}

static enum err
result_post_check(struct call *call)
{
    struct date day;
    const char *body = call_text(call, "body");
    bool elected;
    call_not_future(call, "posted_on");
    TRY(announced_day(call, body, &day));
    TRY(standing_has(call->ctx, call->db, call->unit, "body.elect", body, NULL, &elected));
    if (!date_is_set(day) && !elected)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "还没有公布过选举结果",
                                "no result of this body has been announced"),
                     "先办理 result.announce（或 body.elect）",
                     "do result.announce (or body.elect) first");
    else if (date_is_set(day) && date_compare(call_date(call, "posted_on"), day) < 0)
        call_block(call, RULE_SEQ_06, "张贴日期早于当场公布 %s",
                   "posted before it was announced (%s)", date_format(call->ctx, day));
    else if (date_is_set(day) &&
             date_compare(call_date(call, "posted_on"), date_add_days(day, 1)) > 0)
        call_warn(call, RULE_CAL_09, "当选名单应在公布结果的当日或者次日张贴（%s 公布）",
                  "the list is posted the same or the next day (announced %s)",
                  date_format(call->ctx, day));
    return party_check(call);
}

ACT_CODE(result_post, RESULT_POST_FIELDS, result_post_check, NULL, NULL);

/* --- certificate.issue --- */

static const struct field CERTIFICATE_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "姓名", "person"),
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post",
                  "chair vice_chair member women_member party_secretary party_deputy discipline "
                  "party_committee"),
    FIELD(FIELD_TEXT, "no", FIELD_REQUIRED, "证书编号", "number"),
    FIELD(FIELD_DATE, "term_from", FIELD_REQUIRED, "任期自", "term from"),
    FIELD(FIELD_DATE, "term_to", FIELD_REQUIRED, "任期至", "term to"),
    FIELDS_END,
};

static const struct field CERTIFICATE_ISSUE_FIELDS[] = {
    FIELD_ROWS("rows", FIELD_REQUIRED, "证书", "certificates", CERTIFICATE_ROWS),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "颁发日期", "on"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static enum err
seated_any(struct call *call, const char *person, const char *post, struct seated *ret_seated)
{
    static const char *const BODIES[] = {"village", "party", "party_officers", "discipline"};
    for (size_t i = 0; i < COUNT_OF(BODIES); i++) {
        const enum err err =
            seated_store_find(call->ctx, call->db, call->unit, BODIES[i], person, post, ret_seated);
        if (err != ERR_NOT_FOUND)
            return err;
    }
    return ERR_NOT_FOUND;
}

static enum err
sanction_check(struct call *call, const struct seated *seated)
{
    bool bars;
    TRY(sanction_store_bars(call->ctx, call->db, call->unit, seated->person, &bars));
    if (bars)
        finding_todo(call,
                     call_block(call, RULE_CND_02, "%s 被取消资格或者当选无效，不颁发证书",
                                "%s is struck or his election is void: no certificate",
                                seated->name),
                     "从 rows 中去掉此人", "take the person off the rows");
    return ERR_OK;
}

static enum err
number_check(struct call *call, size_t index)
{
    struct certificate certificate;
    const char *no = row_text(call_row(call, "rows", index), "no");
    for (size_t i = 0; i < index; i++) {
        if (row_is(call_row(call, "rows", i), "no", no))
            return FAIL_FIELD(call->ctx, "rows", "证书编号 %s 用了两次", "number %s is used twice",
                              no);
    }
    const enum err err = certificate_store_find(call->ctx, call->db, call->unit, no, &certificate);
    if (err == ERR_OK)
        call_block(call, RULE_SEQ_07, "证书编号 %s 已经用过", "certificate %s is issued already",
                   no);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
certificate_check(struct call *call, size_t index)
{
    struct seated seated;
    bool posted;
    const json_t *row = call_row(call, "rows", index);
    TRY(number_check(call, index));
    if (date_compare(row_date(row, "term_from"), row_date(row, "term_to")) >= 0)
        call_block(call, RULE_SEQ_06, "任期起止不对", "the term ends before it begins");
    const enum err err = seated_any(call, row_text(row, "person"), row_text(row, "post"), &seated);
    if (err == ERR_NOT_FOUND) {
        call_block(call, RULE_OUT_10, "%s 没有当选%s", "%s is not elected %s",
                   row_text(row, "person"), post_words(call->ctx, row_text(row, "post")));
        return ERR_OK;
    }
    TRY(err);
    if (strcmp(seated.state, "elected") != 0 || !date_is_set(seated.since)) {
        call_block(call, RULE_OUT_10, "%s 还没有确认当选（%s）",
                   "%s is not confirmed as elected (%s)", seated.name,
                   state_words(call->ctx, STATE_PERSON, seated.state));
        return ERR_OK;
    }
    TRY(standing_has(call->ctx, call->db, call->unit, "result.post", seated.body, NULL, &posted));
    if (!posted)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "当选名单还没有张贴",
                                "the list of the elected is not posted"),
                     "先办理 result.post", "do result.post first");
    return sanction_check(call, &seated);
}

static enum err
issue_day_check(struct call *call)
{
    struct calendar_bases bases = {.polling_day = DATE_NONE,
                                   .vec_formed = DATE_NONE,
                                   .posted = DATE_NONE,
                                   .received = DATE_NONE,
                                   .list = DATE_NONE,
                                   .formed = DATE_NONE,
                                   .meeting = DATE_NONE};
    TRY(outcome_store_complete(call->ctx, call->db, call->unit, "village", &bases.formed));
    if (!date_is_set(bases.formed))
        return ERR_OK;
    const struct date last = calendar_deadline(call->pack, CALENDAR_CERTIFICATES_ISSUED, &bases);
    if (date_is_set(last) && date_compare(call_date(call, "on"), last) > 0)
        call_explain(call, RULE_CAL_11, "新一届 %s 产生，证书应在 %s 前颁发",
                     "the new committee was complete on %s: certificates are due by %s",
                     date_format(call->ctx, bases.formed), date_format(call->ctx, last));
    return ERR_OK;
}

static enum err
certificate_issue_check(struct call *call)
{
    call_not_future(call, "on");
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(certificate_check(call, i));
    return issue_day_check(call);
}

static enum err
certificate_issue_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const struct certificate certificate = {
            .unit = call->unit,
            .no = row_text(row, "no"),
            .person = row_text(row, "person"),
            .post = row_text(row, "post"),
            .term_from = row_date(row, "term_from"),
            .term_to = row_date(row, "term_to"),
            .on_day = call_date(call, "on"),
            .seq = call->seq,
            .state = "issued",
        };
        TRY(certificate_store_add(call->ctx, call->db, &certificate));
    }
    return ERR_OK;
}

ACT_CODE(certificate_issue, CERTIFICATE_ISSUE_FIELDS, certificate_issue_check,
         certificate_issue_apply, NULL);

/* --- ballot.seal --- */

static const struct field PACKET_ROWS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind",
                  "valid void unused spoiled proxy_papers tally_sheets"),
    FIELD(FIELD_INT, "count", FIELD_REQUIRED, "张数", "count"),
    FIELD(FIELD_TEXT, "seal_no", FIELD_REQUIRED, "封条号", "seal"),
    FIELD(FIELD_INT, "form", 0, "选票样式号（分职选票的有效、无效票）",
          "form (a ballot for each post)"),
    FIELDS_END,
};

static const struct field BALLOT_SEAL_FIELDS[] = {
    FIELD_ROUND,
    FIELD_ROWS("packets", FIELD_REQUIRED, "封包", "packets", PACKET_ROWS),
    FIELD(FIELD_PERSON, "custodian", FIELD_REQUIRED, "保管人", "custodian"),
    FIELD(FIELD_TEXT, "place", FIELD_REQUIRED | FIELD_WORDING, "存放地点", "place"),
    FIELD(FIELD_DATE, "keep_until", FIELD_REQUIRED, "保存至", "keep until"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "封存日期", "on"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static bool
is_counted_paper(const json_t *row)
{
    return row_is(row, "kind", "valid") || row_is(row, "kind", "void");
}

static const struct round_form *
form_numbered(const struct tally_form *form, int64_t number)
{
    for (size_t i = 0; i < form->form_count; i++) {
        if (form->forms[i].form == number)
            return &form->forms[i];
    }
    return NULL;
}

/* With a ballot for each post 分职选票 a packet of ballots says of which form they are. */
static enum err
packets_need_forms(struct call *call, const struct tally_form *form)
{
    for (size_t i = 0; i < call_count(call, "packets"); i++) {
        const json_t *row = call_row(call, "packets", i);
        const bool given = json_object_get(row, "form") != NULL;
        if (given && !form_numbered(form, row_int(row, "form")))
            return FAIL_FIELD(call->ctx, "packets", "本次投票没有分职的 %" PRId64 " 号选票",
                              "no form %" PRId64 " of a ballot for each post in this round",
                              row_int(row, "form"));
        if (!given && form->form_count && is_counted_paper(row))
            return FAIL_FIELD(call->ctx, "packets",
                              "分职选票：有效、无效票按样式分别封存，填写 form",
                              "a ballot for each post: valid and void ballots are sealed form by "
                              "form, give form");
    }
    return ERR_OK;
}

/* 规程: 封存 = 有效票 + 无效票 = 收回票. `form` 0: one ballot carries all posts. */
static void
stock_check(struct call *call, int64_t form, int64_t recovered)
{
    int64_t sealed = 0;
    const char *of =
        form ? text_format(call->ctx, "%" PRId64 " 号选票：", "form %" PRId64 ": ", form) : "";
    for (size_t i = 0; i < call_count(call, "packets"); i++) {
        const json_t *row = call_row(call, "packets", i);
        if (is_counted_paper(row) && (!form || row_int(row, "form") == form))
            sealed += row_int(row, "count");
    }
    if (sealed > recovered)
        call_block(call, RULE_STK_01, "%s封存有效、无效票 %" PRId64 " 张，多于收回 %" PRId64 " 张",
                   "%s%" PRId64 " valid and void sealed, more than %" PRId64 " recovered", of,
                   sealed, recovered);
    else if (sealed < recovered)
        call_explain(call, RULE_STK_01,
                     "%s封存有效、无效票 %" PRId64 " 张，少于收回 %" PRId64 " 张",
                     "%s%" PRId64 " valid and void sealed, fewer than %" PRId64 " recovered", of,
                     sealed, recovered);
}

/* 组织法 §34: 选票由 … 保存至少三年. */
static enum err
ballot_seal_check(struct call *call)
{
    struct tally_form form;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    const struct round *round = &form.round;
    if (round_state_find(round->state) != ROUND_VOID)
        round_need(call, round, ROUND_ANNOUNCED, "result.announce");
    call_not_future(call, "on");
    const int years = pack_int(call->pack, PACK_ARCHIVE_YEARS);
    const struct date least = date_add_years(round->polling_day, years);
    if (date_compare(call_date(call, "keep_until"), least) < 0)
        call_block(call, RULE_ARC_01, "选票至少保存 %d 年，到 %s",
                   "ballots are kept %d years, to %s", years, date_format(call->ctx, least));
    TRY(packets_need_forms(call, &form));
    for (size_t i = 0; i < form.form_count; i++)
        stock_check(call, form.forms[i].form, form.forms[i].recovered);
    if (!form.form_count)
        stock_check(call, 0, round->recovered);
    return ERR_OK;
}

static enum err
ballot_seal_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "packets"); i++) {
        const json_t *row = call_row(call, "packets", i);
        const struct sealed_packet packet = {
            .unit = call->unit,
            .round = call_int(call, "round"),
            .kind = row_text(row, "kind"),
            .seal_no = row_text(row, "seal_no"),
            .papers = row_int(row, "count"),
            .custodian = call_text(call, "custodian"),
            .place = call_text(call, "place"),
            .keep_until = call_date(call, "keep_until"),
            .seq = call->seq,
        };
        TRY(packet_store_add(call->ctx, call->db, &packet));
    }
    return ERR_OK;
}

ACT_CODE(ballot_seal, BALLOT_SEAL_FIELDS, ballot_seal_check, ballot_seal_apply, NULL);
