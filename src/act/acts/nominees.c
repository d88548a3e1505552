/* SPDX-License-Identifier: Apache-2.0 */
/* Nominees and what they answer 候选人初步人选、接受与谢绝 (acts.md 6.2). */
#include <string.h>

#include "act/duty.h"
#include "act/people.h"
#include "domain/calendar.h"
#include "domain/nominate.h"
#include "domain/surplus.h"
#include "store/candidate_store.h"
#include "store/committee_store.h"
#include "store/form_store.h"
#include "store/nomination_store.h"
#include "store/person_store.h"
#include "store/proxy_store.h"
#include "store/round_store.h"
#include "store/seat_store.h"
#include "store/stream_store.h"

/* --- nominees.list --- */

static const struct field NOMINEES_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人选", "person"),
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", PEOPLE_POSTS),
    FIELD(FIELD_INT, "votes_members", 0, "党员推荐票", "members' votes"),
    FIELD(FIELD_INT, "votes_villagers", 0, "村民（代表）推荐票", "villagers' votes"),
    FIELDS_END,
};
static const struct field NOMINEES_LIST_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD_CHOICES("source", FIELD_REQUIRED, "产生方式", "source",
                  "recommended nominated party_nominated self direct"),
    FIELD(FIELD_TEXT, "reason", 0, "理由", "reason"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "人选", "rows", NOMINEES_ROWS),
    FIELDS_END,
};

/* NOM-01: who may nominate to the villagers' committee (组织法 §15; 2025 §18). */
static enum err
source_check(struct call *call)
{
    const struct people_act result = {.act = "nominate.result", .kind = "nomination"};
    bool has;
    if (call_is(call, "source", "direct") && !call_has(call, "reason"))
        call_block(call, RULE_SEQ_01, "直接提名须写明理由", "a direct nomination needs a reason");
    if (!people_body_is(call, "village")) {
        if (call_is(call, "source", "direct"))
            call_explain(call, RULE_PTY_02, "上级直接提名", "nominated by the township directly");
        return ERR_OK;
    }
    if (call_is(call, "source", "direct") || call_is(call, "source", "recommended") ||
        (call_is(call, "source", "party_nominated") &&
         !pack_yes(call->pack, PACK_NOMINATE_BY_PARTY)))
        call_block(call, RULE_NOM_01, "村民委员会候选人由登记参加选举的村民直接提名（%s）",
                   "only registered villagers nominate candidates (%s)",
                   pack_source(call->ctx, call->pack, PACK_NOMINATE_BY_PARTY));
    if (!call_is(call, "source", "nominated"))
        return ERR_OK;
    TRY(people_has(call, &result, &has));
    if (!has)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "还没有有效的提名结果",
                                "there is no valid result of a nomination"),
                     "先办理 nominate.result", "do nominate.result first");
    return ERR_OK;
}

static enum err
listed_before_check(struct call *call)
{
    struct candidate *list;
    size_t count;
    TRY(candidate_store_list(call->ctx, call->db, call->unit, call_text(call, "body"), NULL, &list,
                             &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].source, call_text(call, "source")) != 0 ||
            strcmp(list[i].state, "void") == 0 || call_is(call, "source", "self"))
            continue;
        call_block(call, RULE_SEQ_07, "这种方式的人选已经提出过，以后增补用 candidate.replace",
                   "nominees of this source are listed: later ones come by candidate.replace");
        return ERR_OK;
    }
    return ERR_OK;
}

static enum err
self_check(struct call *call, const json_t *row)
{
    struct candidate candidate;
    if (!call_is(call, "source", "self"))
        return ERR_OK;
    const enum err err =
        candidate_store_find(call->ctx, call->db, call->unit, call_text(call, "body"),
                             row_text(row, "person"), row_text(row, "post"), &candidate);
    if (err == ERR_NOT_FOUND)
        call_block(call, RULE_SEQ_01, "%s 没有自荐这一职务（nominate.self）",
                   "%s did not put himself forward for it (nominate.self)",
                   row_text(row, "person"));
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
nominee_check(struct call *call, size_t index)
{
    const json_t *row = call_row(call, "rows", index);
    const char *person = row_text(row, "person");
    int64_t seats;
    TRY(seat_store_seats(call->ctx, call->db, call->unit, call_text(call, "body"),
                         row_text(row, "post"), &seats));
    if (seats == 0)
        call_block(call, RULE_SEQ_07, "没有 %s 的职数", "there is no seat for %s",
                   row_text(row, "post"));
    for (size_t j = 0; j < index; j++) {
        if (row_is(call_row(call, "rows", j), "person", person))
            call_block(call, RULE_NOM_06, "%s 列了两次：一人一职",
                       "%s is listed twice: one post each", person);
    }
    if (people_body_is(call, "village"))
        TRY(people_on_roll(call, person));
    TRY(people_sanctioned(call, person));
    TRY(people_eligible(call, person, row_text(row, "post"), true));
    return self_check(call, row);
}

/* --- what the nomination came to, with the answers given so far --- */

static enum err
nominee_facts(struct call *call, const struct nomination_vote *vote,
              struct nominate_nominee *ret_nominee)
{
    struct person person = {.sex = ""};
    struct candidate_answer answer = {.answer = ""};
    struct nominate_nominee nominee = {.name = vote->person, .votes = vote->votes};
    enum err err = person_store_find(call->ctx, call->db, call->unit, vote->person, &person);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    (void)sex_find(person.sex, &nominee.sex);
    err = answer_store_find(call->ctx, call->db, call->unit, "village", vote->person, &answer);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (strcmp(answer.answer, "accept") == 0 && post_find(answer.post, &nominee.accepts))
        nominee.choice = NOMINATE_ACCEPTS;
    else if (answer.answer[0] && strcmp(answer.answer, "accept") != 0)
        nominee.choice = NOMINATE_DECLINES;
    *ret_nominee = nominee;
    return ERR_OK;
}

static enum err
post_facts(struct call *call, const struct seat *seat, const struct nomination_vote *votes,
           size_t count, struct nominate_post *ret_post)
{
    struct nominate_nominee *nominees =
        mem_array(call->ctx->mem, struct nominate_nominee, count + 1);
    struct nominate_post post = {.seats = seat->seats, .nominees = nominees};
    (void)post_find(seat->post, &post.post);
    TRY(rules_store_places(call->ctx, call->db, call->unit, seat->post, &post.places));
    if (post.places == 0)
        post.places = seat->seats + 1;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(votes[i].post, seat->post) == 0)
            TRY(nominee_facts(call, &votes[i], &nominees[post.nominee_count++]));
    }
    *ret_post = post;
    return ERR_OK;
}

static enum err
nomination_decide(struct call *call, struct nominate_result *ret_result)
{
    struct seat *seats;
    struct nomination_vote *votes;
    struct nomination nomination;
    size_t seat_count;
    size_t vote_count;
    TRY(nomination_store_find(call->ctx, call->db, call->unit, &nomination));
    TRY(seat_store_list(call->ctx, call->db, call->unit, "village", &seats, &seat_count));
    TRY(vote_store_list(call->ctx, call->db, call->unit, "nomination", &votes, &vote_count));
    struct nominate_post *posts = mem_array(call->ctx->mem, struct nominate_post, seat_count + 1);
    for (size_t i = 0; i < seat_count; i++)
        TRY(post_facts(call, &seats[i], votes, vote_count, &posts[i]));
    /* Whether enough took part was decided by nominate.result, which stands. */
    const struct nominate_facts facts = {
        .registered = nomination.papers,
        .papers = nomination.papers,
        .posts = posts,
        .post_count = seat_count,
    };
    nominate_decide(call->ctx, call->pack, &facts, ret_result);
    return ERR_OK;
}

static bool
is_named(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

static bool
is_listed(const struct call *call, const char *person, const char *post)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        if (row_is(row, "person", person) && row_is(row, "post", post))
            return true;
    }
    return false;
}

/* The list says what the votes say: everybody placed, nobody else. */
static enum err
outcome_check(struct call *call, const struct nominate_outcome *outcome)
{
    const char *post = post_word(outcome->post);
    const char *const *placed = outcome->candidates;
    for (size_t i = 0; i < outcome->candidate_count; i++) {
        const char *name;
        TRY(people_name(call, placed[i], &name));
        if (!is_listed(call, placed[i], post))
            call_block(call,
                       outcome->woman_added && strcmp(outcome->woman_added, placed[i]) == 0
                           ? RULE_NOM_07
                           : RULE_NOM_05,
                       "按得票应列 %s（%s）", "by the votes %s is a nominee (%s)", name, post)
                ->person = placed[i];
    }
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const char *person = row_text(row, "person");
        const char *name;
        if (!row_is(row, "post", post) || is_named(placed, outcome->candidate_count, person))
            continue;
        TRY(people_name(call, person, &name));
        if (is_named(outcome->tied, outcome->tied_count, person))
            call_block(call, RULE_NOM_05, "%s（%s）末位票数相等，须再次投票（round.order re_vote）",
                       "%s (%s) ties at the last place: a re-vote decides (round.order)", name,
                       post);
        else
            call_block(call, RULE_NOM_05, "%s（%s）按得票不在候选人之列",
                       "by the votes %s is no nominee for %s", name, post);
    }
    return ERR_OK;
}

static enum err
nominated_check(struct call *call)
{
    struct nominate_result result;
    if (!people_body_is(call, "village") || !call_is(call, "source", "nominated") ||
        call_has_block(call))
        return ERR_OK;
    TRY(nomination_decide(call, &result));
    if (!result.valid)
        call_take(call, &result.ruling.findings, SEVERITY_BLOCK);
    for (size_t i = 0; i < result.outcome_count; i++)
        TRY(outcome_check(call, &result.outcomes[i]));
    return ERR_OK;
}

/* PTY-02: first proposals are half as many again as the seats. */
static enum err
party_number_check(struct call *call)
{
    struct seat *seats;
    size_t count;
    struct surplus_facts facts = {.body = SURPLUS_PARTY_INITIAL,
                                  .candidates = (int64_t)call_count(call, "rows")};
    struct surplus_result result;
    if (!people_body_is(call, "party"))
        return ERR_OK;
    TRY(seat_store_list(call->ctx, call->db, call->unit, "party", &seats, &count));
    for (size_t i = 0; i < count; i++)
        facts.seats += seats[i].seats;
    if (facts.seats == 0)
        return ERR_OK;
    surplus_decide(call->ctx, call->pack, &facts, &result);
    if (!result.ok)
        call_take(call, &result.ruling.findings, SEVERITY_BLOCK);
    return ERR_OK;
}

static enum err
nominees_list_check(struct call *call)
{
    TRY(source_check(call));
    TRY(listed_before_check(call));
    TRY(party_number_check(call));
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(nominee_check(call, i));
    return nominated_check(call);
}

static enum err
votes_of(struct call *call, const json_t *row, int64_t *ret_votes)
{
    struct nomination_vote *votes;
    size_t count;
    *ret_votes = row_int(row, "votes_villagers") + row_int(row, "votes_members");
    if (!people_body_is(call, "village"))
        return ERR_OK;
    TRY(vote_store_list(call->ctx, call->db, call->unit, "nomination", &votes, &count));
    for (size_t i = 0; i < count; i++) {
        if (row_is(row, "person", votes[i].person) && row_is(row, "post", votes[i].post))
            *ret_votes = votes[i].votes;
    }
    return ERR_OK;
}

static enum err
nominees_list_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        struct candidate_answer answer = {.answer = ""};
        struct candidate candidate = {
            .unit = call->unit,
            .body = call_text(call, "body"),
            .person = row_text(row, "person"),
            .post = row_text(row, "post"),
            .source = call_text(call, "source"),
        };
        TRY(votes_of(call, row, &candidate.votes));
        const enum err err = answer_store_find(call->ctx, call->db, call->unit, candidate.body,
                                               candidate.person, &answer);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        const bool accepted =
            call_is(call, "source", "self") || strcmp(answer.answer, "accept") == 0;
        candidate.state = accepted ? "accepted" : "nominee";
        TRY(candidate_store_put(call->ctx, call->db, &candidate));
        /* 组织法 §15: a candidate holds no proxies (PRX-03). */
        if (people_body_is(call, "village"))
            TRY(proxy_store_end_of_candidate(call->ctx, call->db, call->unit, candidate.person,
                                             call->seq));
    }
    return ERR_OK;
}

ACT_CODE(nominees_list, NOMINEES_LIST_FIELDS, nominees_list_check, nominees_list_apply, NULL);

/* --- candidate.answer --- */

static const struct field CANDIDATE_ANSWER_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "本人", "person"),
    FIELD_CHOICES("answer", FIELD_REQUIRED, "答复", "answer", "accept decline withdraw"),
    FIELD_CHOICES("post", 0, "职务", "post", PEOPLE_POSTS),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELDS_PAPER,
    FIELDS_END,
};

/* Where the person was named: posts in the candidates' table and, before the list, in the votes. */
static enum err
named_count(struct call *call, const char *post, size_t *ret_count)
{
    struct candidate *list;
    struct nomination_vote *votes;
    size_t count;
    size_t found = 0;
    const char *person = call_text(call, "person");
    TRY(candidate_store_list(call->ctx, call->db, call->unit, call_text(call, "body"), NULL, &list,
                             &count));
    for (size_t i = 0; i < count; i++)
        found += strcmp(list[i].person, person) == 0 && (!post || strcmp(list[i].post, post) == 0);
    if (!people_body_is(call, "village"))
        count = 0;
    else
        TRY(vote_store_list(call->ctx, call->db, call->unit, "nomination", &votes, &count));
    for (size_t i = 0; i < count; i++)
        found +=
            strcmp(votes[i].person, person) == 0 && (!post || strcmp(votes[i].post, post) == 0);
    *ret_count = found;
    return ERR_OK;
}

static enum err
accept_check(struct call *call)
{
    struct candidate_answer before = {.answer = ""};
    size_t named;
    const char *post = call_text(call, "post");
    if (!post[0])
        return FAIL_FIELD(call->ctx, "post", "post：接受提名须写明选定的职务",
                          "post: which post is accepted");
    TRY(named_count(call, post, &named));
    if (named == 0)
        call_block(call, RULE_NOM_06, "没有被提名为 %s", "not nominated as %s", post);
    const enum err err = answer_store_find(call->ctx, call->db, call->unit, call_text(call, "body"),
                                           call_text(call, "person"), &before);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (strcmp(before.answer, "accept") == 0 && strcmp(before.post, post) != 0)
        call_block(call, RULE_NOM_06, "已书面选定 %s，一人只能参选一职",
                   "%s was accepted in writing: one post each", before.post);
    return ERR_OK;
}

/* CAL-07: by pack no day, three days before D, or three days after the list. */
static enum err
withdraw_day_check(struct call *call)
{
    struct calendar_bases bases = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                                   DATE_NONE, DATE_NONE, DATE_NONE};
    struct candidate_list posted = {.posted_on = DATE_NONE};
    TRY(day_store_get(call->ctx, call->db, call->unit, call_text(call, "body"),
                      &bases.polling_day));
    const enum err err = list_store_find(call->ctx, call->db, call->unit, call_text(call, "body"),
                                         "formal", &posted);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    bases.list = posted.posted_on;
    const struct date last = calendar_day(call->pack, PACK_WITHDRAWAL_BY, &bases);
    if (date_is_set(last) && date_compare(call_date(call, "on"), last) > 0)
        call_block(call, RULE_CAL_07, "退出最迟 %s（%s）", "the last day to withdraw was %s (%s)",
                   date_format(call->ctx, last),
                   pack_source(call->ctx, call->pack, PACK_WITHDRAWAL_BY));
    return ERR_OK;
}

static enum err
withdraw_check(struct call *call)
{
    struct round round;
    TRY(people_poll_open(call));
    TRY(withdraw_day_check(call));
    const enum err err =
        round_store_last(call->ctx, call->db, call->unit, call_text(call, "body"), "first", &round);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    if (round_state_find(round.state) == ROUND_PRINTED)
        finding_todo(call,
                     call_warn(call, RULE_NOM_08, "选票已印，须重新印制",
                               "the ballots must be printed again"),
                     "办理 candidate.replace、ballot.design、ballot.print",
                     "do candidate.replace, ballot.design, ballot.print");
    return ERR_OK;
}

static enum err
candidate_answer_check(struct call *call)
{
    size_t named;
    call_not_future(call, "on");
    /* Declining is how a member of the committee may stay; whatever else waits for his leaving. */
    if (!call_is(call, "answer", "decline") && call->actor->role == ROLE_EC)
        TRY(duty_leave_check(call));
    TRY(named_count(call, NULL, &named));
    if (call_has_block(call))
        return ERR_OK;
    if (named == 0) {
        call_block(call, RULE_SEQ_01, "%s 没有被提名", "%s is not nominated",
                   call_text(call, "person"));
        return ERR_OK;
    }
    if (call_is(call, "answer", "accept"))
        return accept_check(call);
    if (call_is(call, "answer", "withdraw"))
        TRY(withdraw_check(call));
    return ERR_OK;
}

static bool
is_open_state(const char *state)
{
    return strcmp(state, "nominee") == 0 || strcmp(state, "accepted") == 0;
}

static enum err
accept_apply(struct call *call, struct candidate *candidate)
{
    const bool chosen = call_is(call, "post", candidate->post);
    if (!is_open_state(candidate->state))
        return ERR_OK;
    candidate->state = chosen ? "accepted" : "declined";
    return candidate_store_put(call->ctx, call->db, candidate);
}

static enum err
candidate_answer_apply(struct call *call)
{
    struct candidate *list;
    size_t count;
    const struct candidate_answer answer = {
        .unit = call->unit,
        .body = call_text(call, "body"),
        .person = call_text(call, "person"),
        .answer = call_text(call, "answer"),
        .post = call_text(call, "post"),
    };
    TRY(answer_store_put(call->ctx, call->db, &answer));
    if (!call_is(call, "answer", "accept"))
        return candidate_store_set_state(
            call->ctx, call->db, call->unit, answer.body, answer.person,
            call_is(call, "answer", "decline") ? "declined" : "withdrawn");
    TRY(candidate_store_list(call->ctx, call->db, call->unit, answer.body, NULL, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].person, answer.person) == 0)
            TRY(accept_apply(call, &list[i]));
    }
    return ERR_OK;
}

ACT_CODE(candidate_answer, CANDIDATE_ANSWER_FIELDS, candidate_answer_check, candidate_answer_apply,
         NULL);
