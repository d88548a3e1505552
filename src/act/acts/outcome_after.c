/* SPDX-License-Identifier: Apache-2.0 */
/* 确认另选他人、缺额暂缺、选举无效 (acts.md 6.9): elected.confirm, vacancy.keep, poll.void. */
#include <inttypes.h>
#include <string.h>

#include "act/count.h"
#include "act/state_words.h"
#include "store/candidate_store.h"
#include "store/nomination_store.h"
#include "store/request_store.h"
#include "store/review_store.h"
#include "store/standing_store.h"

#define VILLAGE_POSTS                                                                              \
    "chair vice_chair member women_member party_secretary party_deputy discipline party_committee"

/* --- elected.confirm --- */

static const struct field ELECTED_CONFIRM_FIELDS[] = {
    FIELD_ROUND,
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "姓名", "person"),
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", VILLAGE_POSTS),
    FIELD_CHOICES("decision", FIELD_REQUIRED, "决定", "decision", "confirmed ineligible declined"),
    FIELD(FIELD_SEQ, "review_seq", 0, "联审结论记录", "review"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELD(FIELD_PERSONS, "signed_by", 0, "签名人", "signed by"),
    FIELD(FIELD_FILE, "paper", 0, "纸件扫描件", "paper"),
    FIELDS_END,
};

static enum err
review_check(struct call *call, const struct seated *seated)
{
    const struct review_step wanted = {
        .unit = call->unit, .body = seated->body, .person = seated->person, .step = "conclusion"};
    struct review_step concluded;
    TRY(step_store_get(call->ctx, call->db, &wanted, &concluded));
    const bool reviewed =
        strcmp(concluded.result, "qualified") == 0 &&
        (!call_has(call, "review_seq") || call_int(call, "review_seq") == concluded.seq);
    if (!reviewed && pack_yes(call->pack, PACK_WRITE_IN_REVIEW))
        finding_todo(call,
                     call_block(call, RULE_OUT_10, "%s 还没有审查结论，不能确认当选",
                                "%s has not been reviewed and cannot be confirmed", seated->name),
                     "办理 review.open 到 review.conclude", "do review.open to review.conclude");
    return ERR_OK;
}

static enum err
elected_confirm_check(struct call *call)
{
    struct tally_form form;
    struct seated seated;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_ANNOUNCED, "result.announce");
    call_not_future(call, "on");
    if (call_has_block(call))
        return ERR_OK;
    const enum err err =
        seated_store_find(call->ctx, call->db, call->unit, form.round.body,
                          call_text(call, "person"), call_text(call, "post"), &seated);
    if (err == ERR_NOT_FOUND || (err == ERR_OK && seated.round != form.round.round)) {
        call_block(call, RULE_SEQ_01, "%s 在本次投票中没有得到这个职务",
                   "%s won no such seat in this round", call_text(call, "person"));
        return ERR_OK;
    }
    TRY(err);
    const bool pending = strcmp(seated.state, "pending") == 0;
    if (!pending &&
        !(strcmp(seated.state, "elected") == 0 && call_is(call, "decision", "declined")))
        call_block(call, RULE_SEQ_07, "%s 不在待确认之列（%s）", "%s is not to be confirmed (%s)",
                   seated.name, state_words(call->ctx, STATE_PERSON, seated.state));
    else if (call_is(call, "decision", "confirmed"))
        TRY(review_check(call, &seated));
    return ERR_OK;
}

static enum err
elected_confirm_apply(struct call *call)
{
    struct seated seated;
    struct round round;
    TRY(round_store_find(call->ctx, call->db, call->unit, call_int(call, "round"), &round));
    TRY(seated_store_find(call->ctx, call->db, call->unit, round.body, call_text(call, "person"),
                          call_text(call, "post"), &seated));
    const bool confirmed = call_is(call, "decision", "confirmed");
    seated.state = confirmed ? "elected" : call_text(call, "decision");
    seated.since = confirmed ? call_date(call, "on") : DATE_NONE;
    seated.seq = call->seq;
    TRY(seated_store_set_state(call->ctx, call->db, &seated));
    if (!confirmed) {
        TRY(outcome_lower_return(call, &seated));
        TRY(outcome_reopen_seat(call, &seated));
    } else {
        TRY(outcome_lower_leave(call, round.round));
    }
    return outcome_settle(call, round.round);
}

ACT_CODE(elected_confirm, ELECTED_CONFIRM_FIELDS, elected_confirm_check, elected_confirm_apply,
         NULL);

/* --- vacancy.keep --- */

static const struct field VACANCY_KEEP_FIELDS[] = {
    FIELD_ROUND,
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", VILLAGE_POSTS),
    FIELD(FIELD_INT, "seats", FIELD_REQUIRED, "缺额", "seats"),
    FIELD(FIELD_SEQ, "assembly_seq", 0, "会议记录", "assembly"),
    FIELD(FIELD_PERSON, "acting", 0, "主持工作的人", "acting"),
    FIELDS_END,
};

static enum err
post_of_round(struct call *call, int64_t round, const char *word, struct outcome_post *ret_post)
{
    struct outcome_post *posts;
    size_t count;
    TRY(outcome_store_posts(call->ctx, call->db, call->unit, round, &posts, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(posts[i].post, word) == 0) {
            *ret_post = posts[i];
            return ERR_OK;
        }
    }
    return ERR_NOT_FOUND;
}

static enum err
meeting_check(struct call *call)
{
    struct assembly_item item = {0};
    enum err err = ERR_NOT_FOUND;
    if (!pack_yes(call->pack, PACK_STOP_MEETING))
        return ERR_OK;
    if (call_has(call, "assembly_seq"))
        err = assembly_store_find(call->ctx, call->db, call->unit, call_int(call, "assembly_seq"),
                                  "vacancy", &item);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (!item.passed)
        call_block(call, RULE_OUT_05, "暂缺须经会议决定（assembly.hold，事项 vacancy）",
                   "an assembly decides on a vacancy (assembly.hold, matter vacancy)");
    return ERR_OK;
}

/* 规程: 当选人已达三人以上，不足名额可以暂缺. */
static enum err
vacancy_keep_check(struct call *call)
{
    struct tally_form form;
    struct outcome_post post;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    round_need(call, &form.round, ROUND_ANNOUNCED, "result.announce");
    if (call_has_block(call))
        return ERR_OK;
    const enum err err = post_of_round(call, form.round.round, call_text(call, "post"), &post);
    if (err == ERR_NOT_FOUND)
        return FAIL_FIELD(call->ctx, "post", "本次投票没有这个职务", "the round has no such post");
    TRY(err);
    if (strcmp(post.next, "may_stop") != 0)
        call_block(call, RULE_OUT_05, "%s缺额 %" PRId64 " 个，现在还不能暂缺（下一步：%s）",
                   "%s: %" PRId64 " vacant, but one may not stop here (next: %s)",
                   post_words(call->ctx, post.post), post.vacant, post.next);
    else if (call_int(call, "seats") != post.vacant)
        call_block(call, RULE_OUT_05, "缺额是 %" PRId64 " 个，填了 %" PRId64 " 个",
                   "%" PRId64 " seats are vacant, %" PRId64 " given", post.vacant,
                   call_int(call, "seats"));
    return meeting_check(call);
}

static enum err
vacancy_keep_apply(struct call *call)
{
    struct outcome_post post;
    struct round round;
    TRY(round_store_find(call->ctx, call->db, call->unit, call_int(call, "round"), &round));
    TRY(post_of_round(call, round.round, call_text(call, "post"), &post));
    const struct vacancy vacancy = {
        .unit = call->unit,
        .seq = call->seq,
        .body = round.body,
        .post = post.post,
        .seats = call_int(call, "seats"),
        .acting = call_text(call, "acting"),
        .on_day = call->today,
    };
    post.next = "kept";
    TRY(vacancy_store_add(call->ctx, call->db, &vacancy));
    TRY(outcome_store_set_post(call->ctx, call->db, &post));
    return outcome_settle(call, round.round);
}

ACT_CODE(vacancy_keep, VACANCY_KEEP_FIELDS, vacancy_keep_check, vacancy_keep_apply, NULL);

/* --- poll.void --- */

static const struct field POLL_VOID_FIELDS[] = {
    FIELD_ROUND,
    FIELD_CHOICES("ground", FIELD_REQUIRED, "情形", "ground",
                  "vec_unlawful candidates_unlawful turnout equal_number recovered_over_issued "
                  "no_open_count not_announced other"),
    FIELD(FIELD_TEXT, "grounds", FIELD_REQUIRED, "事实和理由", "grounds"),
    FIELD(FIELD_DATE, "decided_on", FIELD_REQUIRED, "决定日期", "decided on"),
    FIELDS_DOC,
    FIELDS_END,
};

/* What falls with the round, and what must be done anew by the ground. */
struct fallen {
    const char *ground; /* NULL: any */
    const char *act;
    const char *body; /* NULL: the entries of the round */
    bool nomination;  /* falls with a round of nomination, whatever the ground */
};

static const struct fallen FALLEN[] = {
    {NULL, "outcome.record", NULL, false},
    {NULL, "result.announce", NULL, false},
    {NULL, "elected.confirm", NULL, false},
    {NULL, "vacancy.keep", NULL, false},
    {NULL, "result.post", "village", false},
    {NULL, "certificate.issue", "", false},
    {"vec_unlawful", "vec.elect", "", false},
    {"vec_unlawful", "vec.post", "", false},
    {"candidates_unlawful", "nominate.announce", "", true},
    {"candidates_unlawful", "nominate.result", "", true},
    {"candidates_unlawful", "nominees.list", "village", false},
    {"candidates_unlawful", "candidates.confirm", "village", false},
    {"candidates_unlawful", "candidates.post", "village", false},
};

static bool
is_nomination(const struct round *round)
{
    return strcmp(round->kind, "nomination") == 0;
}

/* OUT-12 is said of a vote once. A nomination whose nominees are listed lives on in them: what was
 * unlawful about it is a ground against the vote (候选人的产生不合法). */
static enum err
settled_check(struct call *call, const struct round *round)
{
    bool listed;
    if (round_state_find(round->state) == ROUND_VOID) {
        finding_todo(call,
                     call_block(call, RULE_SEQ_07, "第 %" PRId64 " 次投票已认定无效（%s）",
                                "round %" PRId64 " is void already (%s)", round->round,
                                round->void_ground),
                     "再办的是 %s", "what comes next is %s",
                     is_nomination(round) ? "nominate.announce" : "round.order kind=repeat");
        return ERR_OK;
    }
    if (!is_nomination(round))
        return ERR_OK;
    TRY(standing_has(call->ctx, call->db, call->unit, "nominees.list", round->body, NULL, &listed));
    if (listed)
        finding_todo(
            call,
            call_block(call, RULE_SEQ_04, "提名已有结果，初步候选人已经提出，不能再宣布提名无效",
                       "the nominees are listed: the nomination is closed"),
            "提名违法的，对选举投票办理 poll.void ground=candidates_unlawful",
            "if it was unlawful, void the vote itself: poll.void ground=candidates_unlawful");
    return ERR_OK;
}

static enum err
poll_void_check(struct call *call)
{
    struct tally_form form;
    TRY(tally_form_load(call->ctx, call->db, call->unit, call_int(call, "round"), &form));
    TRY(settled_check(call, &form.round));
    if (call_has_block(call))
        return ERR_OK;
    round_need(call, &form.round, ROUND_OPEN,
               is_nomination(&form.round) ? "nominate.result" : "poll.open");
    call_not_future(call, "decided_on");
    if (date_compare(call_date(call, "decided_on"), form.round.polling_day) < 0)
        finding_todo(call,
                     call_block(call, RULE_SEQ_06, "决定日期早于选举日 %s",
                                "decided before the polling day %s",
                                date_format(call->ctx, form.round.polling_day)),
                     "核对 decided_on", "check decided_on");
    return ERR_OK;
}

static enum err
fallen_unsay(struct call *call, const struct round *round)
{
    const bool nomination = is_nomination(round);
    for (size_t i = 0; i < COUNT_OF(FALLEN); i++) {
        const struct fallen *row = &FALLEN[i];
        const bool falls =
            nomination ? row->nomination : !row->ground || call_is(call, "ground", row->ground);
        if (!falls)
            continue;
        struct standing_query query = {.unit = call->unit, .act = row->act, .round = -1};
        if (!row->body)
            query.round = round->round;
        else if (row->body[0])
            query.body = row->body;
        TRY(standing_store_set_matching(call->ctx, call->db, &query, "void"));
    }
    if (!nomination && !call_is(call, "ground", "candidates_unlawful"))
        return ERR_OK;
    TRY(vote_store_clear(call->ctx, call->db, call->unit));
    return candidate_store_void(call->ctx, call->db, call->unit, round->body);
}

/* Numbers are kept; nobody is elected by the round. */
static enum err
poll_void_apply(struct call *call)
{
    struct round round;
    struct seated *seated;
    size_t count;
    TRY(round_store_find(call->ctx, call->db, call->unit, call_int(call, "round"), &round));
    TRY(seated_store_list(call->ctx, call->db, call->unit, round.body, &seated, &count));
    for (size_t i = 0; i < count; i++) {
        if (seated[i].round != round.round)
            continue;
        seated[i].state = "void";
        seated[i].seq = call->seq;
        TRY(seated_store_set_state(call->ctx, call->db, &seated[i]));
        TRY(certificate_store_cancel(call->ctx, call->db, call->unit, seated[i].person));
        TRY(outcome_lower_return(call, &seated[i]));
    }
    TRY(fallen_unsay(call, &round));
    return round_store_set_void(call->ctx, call->db, call->unit, round.round,
                                call_text(call, "ground"));
}

ACT_CODE(poll_void, POLL_VOID_FIELDS, poll_void_check, poll_void_apply, NULL);
