/* SPDX-License-Identifier: Apache-2.0 */
/* 确认选举结果、当场公布 (acts.md 6.9): outcome.record, result.announce. */
#include <inttypes.h>
#include <string.h>

#include "act/count.h"
#include "domain/majority.h"

/* --- outcome.record --- */

static const struct field OUTCOME_RECORD_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_SEQ, "vec_meet_seq", 0, "选举委员会会议记录", "committee meeting"),
    FIELD(FIELD_INT, "favour", 0, "同意", "in favour"),
    FIELD(FIELD_INT, "against", 0, "不同意", "against"),
    FIELDS_END,
};

/* An audit drawn must have agreed (H9). */
static enum err
audit_check(struct call *call, int64_t round)
{
    struct tally_audit audit;
    const enum err err = tally_audit_store_last(call->ctx, call->db, call->unit, round, &audit);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    if (strcmp(audit.state, "agrees") != 0)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "计票抽查（第 %" PRId64 " 号记录）还没有相符",
                                "the tally audit (entry %" PRId64 ") does not agree yet",
                                audit.seq),
                     "办理 tally_audit.record，或 count.reopen 复核",
                     "do tally_audit.record, or count.reopen");
    return ERR_OK;
}

static void
warnings_tell(struct call *call, const json_t *result)
{
    const json_t *warnings = json_object_get(result, "warnings_set");
    for (size_t i = 0; i < json_array_size(warnings); i++) {
        const struct rule_row *rule = rule_find(json_string_value(json_array_get(warnings, i)));
        ASSERT(rule);
        call_warn(call, rule->rule, "%s", "%s", text_pick(call->ctx, rule->title));
    }
}

static enum err
outcome_record_check(struct call *call)
{
    struct tally_form form;
    struct outcome_facts facts;
    const json_t *result, *answer;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_COUNTED, "count.close");
    round_not_past(call, &form.round, ROUND_COUNTED);
    if (strcmp(form.round.kind, "nomination") == 0)
        finding_todo(call,
                     call_block(call, RULE_SEQ_07, "提名票没有当选人", "nomination elects nobody"),
                     "办理 nominate.result", "do nominate.result");
    if (call_has_block(call))
        return ERR_OK;
    if (strcmp(form.round.body, "village") != 0)
        return FAIL_FIELD(call->ctx, "round", "本环节只办理村民委员会选举",
                          "this act serves the villagers' committee only");
    TRY(audit_check(call, form.round.round));
    const int64_t favour = call_int(call, "favour");
    if (call_has(call, "favour") && !more_than_half(favour, favour + call_int(call, "against")))
        call_warn(call, RULE_VEC_07, "选举委员会同意 %" PRId64 " 人，没有过半数",
                  "only %" PRId64 " of the election committee agree", favour);
    TRY(outcome_facts_load(call, &form, &facts));
    TRY(outcome_answer(call->ctx, call->pack->name, facts.given, &result, &answer));
    warnings_tell(call, result);
    return ERR_OK;
}

/* One post of the answer on its way into the tables. */
struct storing {
    struct call *call;
    const struct tally_form *form;
    const struct outcome_facts *facts;
    const char *post;
    const json_t *result;
    int64_t place;
};

static int64_t
votes_of(const struct storing *storing, const char *name)
{
    const json_t *posts = json_object_get(storing->facts->given, "posts");
    for (size_t i = 0; i < json_array_size(posts); i++) {
        const json_t *post = json_array_get(posts, i);
        const json_t *candidates = json_object_get(post, "candidates");
        for (size_t k = 0; strcmp(json_text_of(post, "post"), storing->post) == 0 &&
                           k < json_array_size(candidates);
             k++) {
            const json_t *candidate = json_array_get(candidates, k);
            if (strcmp(json_text_of(candidate, "name"), name) == 0)
                return json_integer_value(json_object_get(candidate, "votes"));
        }
    }
    return 0;
}

static enum err
seated_store(struct storing *storing, const char *state)
{
    const json_t *names = json_object_get(storing->result, state);
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        const struct outcome_who *who = outcome_who_find(storing->facts, name);
        ASSERT(who);
        const struct seated seated = {
            .unit = storing->call->unit,
            .round = storing->form->round.round,
            .post = storing->post,
            .place = ++storing->place,
            .body = storing->form->round.body,
            .person = who->person,
            .name = name,
            .sex = who->sex,
            .votes = votes_of(storing, name),
            .write_in = who->write_in,
            .state = state,
            .since = DATE_NONE,
            .seq = storing->call->seq,
        };
        TRY(seated_store_add(storing->call->ctx, storing->call->db, &seated));
    }
    return ERR_OK;
}

static enum err
next_store(struct storing *storing, const char *part, const json_t *names)
{
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        const struct outcome_who *who = outcome_who_find(storing->facts, name);
        const struct outcome_next next = {
            .unit = storing->call->unit,
            .round = storing->form->round.round,
            .post = storing->post,
            .part = part,
            .place = (int64_t)i + 1,
            .person = who ? who->person : name,
        };
        TRY(outcome_store_add_next(storing->call->ctx, storing->call->db, &next));
    }
    return ERR_OK;
}

/* After a re-vote: what was open beyond the seats voted on stays open. */
static enum err
rest_take(struct storing *storing, struct outcome_post *post, const json_t **second)
{
    const struct round *round = &storing->form->round;
    struct outcome_post *before;
    size_t count;
    if (strcmp(round->kind, "re_vote") != 0)
        return ERR_OK;
    TRY(outcome_store_posts(storing->call->ctx, storing->call->db, storing->call->unit,
                            round->after_round, &before, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(before[i].post, post->post) == 0)
            post->vacant += before[i].vacant - post->seats;
    }
    if (post->vacant == 0 || strcmp(post->next, "re_vote") == 0)
        return ERR_OK;
    return outcome_rest(storing->call, round, post, second);
}

static enum err
post_store(struct storing *storing, size_t place)
{
    struct call *call = storing->call;
    const json_t *second = json_object_get(storing->result, "second_candidates");
    const size_t on_form = tally_post_find(storing->form, storing->post);
    struct outcome_post post = {
        .unit = call->unit,
        .round = storing->form->round.round,
        .post = storing->post,
        .place = (int64_t)place + 1,
        .seats = storing->form->posts[on_form].seats,
        .vacant = json_integer_value(json_object_get(storing->result, "vacant")),
        .next = json_text_of(storing->result, "next"),
    };
    TRY(seated_store(storing, "elected"));
    TRY(seated_store(storing, "pending"));
    TRY(rest_take(storing, &post, &second));
    TRY(next_store(storing, "tied", json_object_get(storing->result, "tied")));
    TRY(next_store(storing, "second", second));
    return outcome_store_add_post(call->ctx, call->db, &post);
}

static enum err
outcome_record_apply(struct call *call)
{
    struct tally_form form;
    struct outcome_facts facts;
    const json_t *result, *answer;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    TRY(outcome_facts_load(call, &form, &facts));
    TRY(outcome_answer(call->ctx, call->pack->name, facts.given, &result, &answer));
    const struct outcome_row row = {
        .unit = call->unit,
        .round = form.round.round,
        .seq = call->seq,
        .law = call->pack->name,
        .facts = json_canonical(call->ctx, facts.given),
        .result = json_canonical(call->ctx, result),
        .announced_on = DATE_NONE,
    };
    TRY(outcome_store_set(call->ctx, call->db, &row));
    const json_t *posts = json_object_get(result, "posts");
    for (size_t i = 0; i < json_array_size(posts); i++) {
        struct storing storing = {.call = call, .form = &form, .facts = &facts};
        storing.result = json_array_get(posts, i);
        storing.post = json_text_of(storing.result, "post");
        TRY(post_store(&storing, i));
    }
    return round_store_set_state(call->ctx, call->db, call->unit, form.round.round, ROUND_DERIVED);
}

ACT_CODE(outcome_record, OUTCOME_RECORD_FIELDS, outcome_record_check, outcome_record_apply, NULL);

/* --- result.announce --- */

static const struct field RESULT_ANNOUNCE_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "公布日期", "on"),
    FIELD(FIELD_TIME, "at", FIELD_REQUIRED, "公布时间", "at"),
    FIELD(FIELD_TEXT, "place", FIELD_REQUIRED | FIELD_WORDING, "公布地点", "place"),
    FIELD(FIELD_PERSON, "read_by", FIELD_REQUIRED, "宣读人", "read by"),
    FIELD(FIELD_INT, "present", 0, "在场人数", "present"),
    FIELD(FIELD_PERSONS, "elected", 0, "宣布当选的人", "read out as elected"),
    FIELDS_END,
};

static const struct seated *
seated_of(const struct seated *list, size_t count, int64_t round, const char *person)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].round == round && strcmp(list[i].person, person) == 0)
            return &list[i];
    }
    return NULL;
}

/* 方案: 另选他人得票达到当选票数的，当场只公布得票，审查合格后再确认当选. */
static enum err
read_out_check(struct call *call, const struct round *round)
{
    struct seated *seated;
    size_t count;
    TRY(seated_store_list(call->ctx, call->db, call->unit, round->body, &seated, &count));
    for (size_t i = 0; i < call_count(call, "elected"); i++) {
        const char *person = call_person(call, "elected", i);
        const struct seated *row = seated_of(seated, count, round->round, person);
        if (!row)
            call_block(call, RULE_CNT_08, "%s 按计票结果没有当选", "%s is not elected by the count",
                       person);
        else if (strcmp(row->state, "pending") == 0)
            finding_todo(call,
                         call_block(call, RULE_OUT_10, "%s 是另选他人，待审查，现在只能公布得票",
                                    "%s is a write-in under review: votes only are read out now",
                                    row->name),
                         "审查合格后办理 elected.confirm", "after the review, do elected.confirm");
    }
    return ERR_OK;
}

static enum err
result_announce_check(struct call *call)
{
    struct tally_form form;
    const struct date on = call_date(call, "on");
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_DERIVED, "outcome.record");
    round_not_past(call, &form.round, ROUND_DERIVED);
    call_not_future(call, "on");
    if (call_has_block(call))
        return ERR_OK;
    const struct date day = form.round.polling_day;
    if (date_compare(on, day) < 0)
        call_block(call, RULE_SEQ_06, "公布日 %s 早于选举日 %s", "announced on %s, before D (%s)",
                   date_format(call->ctx, on), date_format(call->ctx, day));
    else if (date_compare(on, day) > 0)
        call_approve(call, RULE_CAL_09, "result_delay",
                     "%s 公布，不是选举日 %s 当场公布，须经乡镇批准",
                     "announced on %s, not on the spot (%s): the township must have agreed",
                     date_format(call->ctx, on), date_format(call->ctx, day));
    return read_out_check(call, &form.round);
}

static enum err
result_announce_apply(struct call *call)
{
    const int64_t round = call_int(call, "round");
    const struct date on = call_date(call, "on");
    TRY(outcome_store_announce(call->ctx, call->db, call->unit, round, on));
    TRY(seated_store_announce(call->ctx, call->db, call->unit, round, on));
    TRY(round_store_set_state(call->ctx, call->db, call->unit, round, ROUND_ANNOUNCED));
    TRY(outcome_lower_leave(call, round));
    return outcome_settle(call, round);
}

ACT_CODE(result_announce, RESULT_ANNOUNCE_FIELDS, result_announce_check, result_announce_apply,
         NULL);
