/* SPDX-License-Identifier: Apache-2.0 */
/* 再次投票、另行选举、重新选举 (acts.md 6.9): round.order. */
#include <inttypes.h>
#include <string.h>

#include "act/count.h"
#include "domain/calendar.h"
#include "store/person_store.h"
#include "store/proxy_store.h"
#include "store/standing_store.h"
#include "store/station_store.h"

static const struct field ORDER_POSTS[] = {
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post",
                  "chair vice_chair member women_member party_secretary party_deputy discipline "
                  "party_committee"),
    FIELD(FIELD_INT, "seats", FIELD_REQUIRED, "应选名额", "seats"),
    FIELD(FIELD_PERSONS, "candidates", FIELD_REQUIRED, "候选人", "candidates"),
    FIELDS_END,
};

static const struct field ROUND_ORDER_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "repeat re_vote second_poll woman_seat"),
    FIELD(FIELD_INT, "after_round", FIELD_REQUIRED, "接第几次投票", "after round"),
    FIELD_ROWS("posts", FIELD_REQUIRED, "职务和候选人", "posts", ORDER_POSTS),
    FIELD(FIELD_DATE, "polling_day", FIELD_REQUIRED, "投票日", "polling day"),
    FIELDS_POSTING,
    FIELDS_END,
};

/* One row of `posts`. */
struct ordering {
    struct call *call;
    struct round after;
    const json_t *row;
    const char *post;
    int64_t seats;
    const json_t *candidates;
    struct outcome_post left; /* what the earlier round left of the post */
};

static size_t
candidates_count(const struct ordering *ordering)
{
    return json_array_size(ordering->candidates);
}

static const char *
candidate_at(const struct ordering *ordering, size_t index)
{
    return json_string_value(json_array_get(ordering->candidates, index));
}

static bool
is_candidate(const struct ordering *ordering, const char *person)
{
    for (size_t i = 0; i < candidates_count(ordering); i++) {
        if (strcmp(candidate_at(ordering, i), person) == 0)
            return true;
    }
    return false;
}

static enum err
left_find(struct ordering *ordering, bool *ret_found)
{
    struct call *call = ordering->call;
    struct outcome_post *posts;
    size_t count;
    *ret_found = false;
    TRY(outcome_store_posts(call->ctx, call->db, call->unit, ordering->after.round, &posts,
                            &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(posts[i].post, ordering->post) == 0) {
            ordering->left = posts[i];
            *ret_found = true;
        }
    }
    return ERR_OK;
}

static bool
after_is_void(const struct round *after)
{
    return round_state_find(after->state) == ROUND_VOID;
}

/* Does the outcome ask for a round of this kind (repeat: only this post's ballots were void)? A
 * vacancy that may be kept may also be voted on.
 */
static bool
kind_is_asked(const struct ordering *ordering)
{
    const char *next = ordering->left.next;
    if (call_is(ordering->call, "kind", next))
        return true;
    return call_is(ordering->call, "kind", "second_poll") && strcmp(next, "may_stop") == 0;
}

/* Somebody computed who is not put up must have said so (candidate.answer). */
static enum err
missing_check(struct ordering *ordering, enum rule rule, const struct outcome_next *computed)
{
    struct call *call = ordering->call;
    struct standing standing;
    const char *name;
    const struct standing_query query = {
        .unit = call->unit, .act = "candidate.answer", .round = -1, .subject = computed->person};
    const enum err err = standing_store_last(call->ctx, call->db, &query, &standing);
    if (err != ERR_NOT_FOUND)
        return err;
    TRY(person_name(call->ctx, call->db, call->unit, computed->person, &name));
    call_block(call, rule, "%s 按得票应为%s候选人，没有列入也没有声明退出",
               "%s stands by votes for %s and neither is listed nor has declined", name,
               post_words(call->ctx, ordering->post));
    return ERR_OK;
}

/* 规程: 再次投票只在票数相等的人中进行；另行选举的候选人按未当选人得票多少确定. */
static enum err
candidates_check(struct ordering *ordering)
{
    struct call *call = ordering->call;
    const bool re_vote = call_is(call, "kind", "re_vote");
    const enum rule rule = re_vote ? RULE_OUT_03 : RULE_OUT_04;
    struct outcome_next *next;
    size_t count;
    size_t known = 0;
    TRY(outcome_store_next(call->ctx, call->db, call->unit, ordering->after.round, ordering->post,
                           &next, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(next[i].part, re_vote ? "tied" : "second") != 0)
            continue;
        if (is_candidate(ordering, next[i].person))
            known++;
        else
            TRY(missing_check(ordering, rule, &next[i]));
    }
    for (size_t i = 0; i < candidates_count(ordering) && known < candidates_count(ordering); i++) {
        bool among = false;
        const char *name;
        for (size_t k = 0; k < count; k++)
            among = among || (strcmp(next[k].part, re_vote ? "tied" : "second") == 0 &&
                              strcmp(next[k].person, candidate_at(ordering, i)) == 0);
        if (among)
            continue;
        TRY(person_name(call->ctx, call->db, call->unit, candidate_at(ordering, i), &name));
        call_block(call, rule, "%s 不在按得票确定的%s候选人之中",
                   "%s is not among those the votes make candidates for %s", name,
                   post_words(call->ctx, ordering->post));
    }
    return ERR_OK;
}

static void
seats_check(struct ordering *ordering)
{
    struct call *call = ordering->call;
    const char *post = post_words(call->ctx, ordering->post);
    if (ordering->seats < 1 || ordering->seats > ordering->left.vacant)
        call_block(call, RULE_OUT_04, "%s缺额 %" PRId64 " 个，不能选 %" PRId64 " 个",
                   "%s: %" PRId64 " vacant, %" PRId64 " seats cannot be voted on", post,
                   ordering->left.vacant, ordering->seats);
    if ((int64_t)candidates_count(ordering) > ordering->seats)
        return;
    if (call_is(call, "kind", "woman_seat"))
        call_explain(call, RULE_NOM_04, "%s候选人 %zu 名，没有差额",
                     "%s: %zu candidates, no more than seats", post, candidates_count(ordering));
    else
        call_block(call, RULE_NOM_04, "%s候选人 %zu 名，不多于应选 %" PRId64 " 名",
                   "%s: %zu candidates for %" PRId64 " seats", post, candidates_count(ordering),
                   ordering->seats);
}

static enum err
post_check(struct ordering *ordering)
{
    struct call *call = ordering->call;
    bool found;
    if (after_is_void(&ordering->after))
        return ERR_OK;
    TRY(left_find(ordering, &found));
    if (!found || !kind_is_asked(ordering)) {
        const enum rule rule = call_is(call, "kind", "woman_seat") ? RULE_OUT_06 : RULE_SEQ_01;
        finding_todo(call,
                     call_block(call, rule,
                                "第 %" PRId64 " 次投票的结果不要求%s这样投票（下一步：%s）",
                                "round %" PRId64 " asks no such vote for %s (next: %s)",
                                ordering->after.round, post_words(call->ctx, ordering->post),
                                found ? ordering->left.next : "-"),
                     "看 cunxuan outcome", "see cunxuan outcome");
        return ERR_OK;
    }
    seats_check(ordering);
    return call_is(call, "kind", "repeat") ? ERR_OK : candidates_check(ordering);
}

/* The day counts from the first poll of the body's election, not from the round before. */
static enum err
first_day(struct call *call, const struct round *after, struct date *ret_day)
{
    struct round at = *after;
    while (at.after_round && strcmp(at.kind, "repeat") != 0)
        TRY(round_store_find(call->ctx, call->db, call->unit, at.after_round, &at));
    *ret_day = at.polling_day;
    return ERR_OK;
}

static enum err
days_check(struct call *call, const struct round *after)
{
    struct date first;
    const struct date day = call_date(call, "polling_day");
    call_not_future(call, "posted_on");
    if (date_compare(day, after->polling_day) < 0 ||
        date_compare(day, call_date(call, "posted_on")) < 0)
        call_block(call, RULE_SEQ_06, "投票日 %s 早于前一次投票或者公告",
                   "polling day %s is before the round before it, or its notice",
                   date_format(call->ctx, day));
    if (call_is(call, "kind", "repeat"))
        return ERR_OK;
    TRY(first_day(call, after, &first));
    const struct calendar_bases bases = {.polling_day = first,
                                         .vec_formed = DATE_NONE,
                                         .posted = DATE_NONE,
                                         .received = DATE_NONE,
                                         .list = DATE_NONE,
                                         .formed = DATE_NONE,
                                         .meeting = DATE_NONE};
    const struct date last = calendar_deadline(call->pack, CALENDAR_SECOND_POLLING_DAY, &bases);
    if (date_is_set(last) && date_compare(day, last) > 0)
        call_approve(call, RULE_CAL_10, "second_poll_late", "投票日 %s 超过期限 %s，须经乡镇批准",
                     "polling day %s is after the last day %s: the township must have agreed",
                     date_format(call->ctx, day), date_format(call->ctx, last));
    return ERR_OK;
}

static void
after_check(struct call *call, const struct round *after, bool forms_void)
{
    const bool repeat = call_is(call, "kind", "repeat");
    if (repeat && !after_is_void(after) && !forms_void)
        call_block(call, RULE_SEQ_01, "第 %" PRId64 " 次投票没有认定无效，不能重新选举",
                   "round %" PRId64 " is not void: no repeat", after->round);
    if (!repeat || forms_void)
        round_need(call, after, ROUND_ANNOUNCED, "result.announce");
}

/* 分职选票: the ballots of some posts were not valid, the others stand. */
static enum err
forms_are_void(struct call *call, const struct round *after, bool *ret_are)
{
    struct round_form *forms;
    size_t count;
    TRY(round_form_store_list(call->ctx, call->db, call->unit, after->round, &forms, &count));
    *ret_are = false;
    for (size_t i = 0; i < count && !after_is_void(after); i++)
        *ret_are = *ret_are || forms[i].void_ground[0];
    return ERR_OK;
}

/* 规程: 受托人成为候选人的，委托终止. */
static enum err
proxies_tell(struct call *call, const json_t *candidates)
{
    for (size_t i = 0; i < json_array_size(candidates); i++) {
        const char *person = json_string_value(json_array_get(candidates, i));
        struct proxy *held;
        size_t count;
        const char *name;
        TRY(proxy_store_held_by(call->ctx, call->db, call->unit, person, &held, &count));
        TRY(person_name(call->ctx, call->db, call->unit, person, &name));
        if (count)
            call_warn(call, RULE_PRX_07, "%s 成为候选人，他受托的 %zu 份委托终止，请告知委托人",
                      "%s becomes a candidate: the %zu proxies held end; tell the principals", name,
                      count);
    }
    return ERR_OK;
}

static enum err
repeat_is_new(struct call *call, const struct round *after)
{
    struct round *rounds;
    size_t count;
    TRY(round_store_list(call->ctx, call->db, call->unit, &rounds, &count));
    for (size_t i = 0; i < count; i++) {
        if (rounds[i].after_round == after->round && strcmp(rounds[i].kind, "repeat") == 0)
            call_block(call, RULE_SEQ_07, "重新选举已经定了（第 %" PRId64 " 次投票）",
                       "the repeat is ordered already (round %" PRId64 ")", rounds[i].round);
    }
    return ERR_OK;
}

static enum err
round_order_check(struct call *call)
{
    struct ordering ordering = {.call = call};
    bool forms_void;
    const enum err err = round_store_find(call->ctx, call->db, call->unit,
                                          call_int(call, "after_round"), &ordering.after);
    if (err == ERR_NOT_FOUND)
        return FAIL_FIELD(call->ctx, "after_round", "没有第 %" PRId64 " 次投票",
                          "there is no round %" PRId64, call_int(call, "after_round"));
    TRY(err);
    TRY(forms_are_void(call, &ordering.after, &forms_void));
    after_check(call, &ordering.after, forms_void);
    if (call_is(call, "kind", "repeat") && !forms_void)
        TRY(repeat_is_new(call, &ordering.after));
    if (call_has_block(call))
        return ERR_OK;
    for (size_t i = 0; i < call_count(call, "posts"); i++) {
        ordering.row = call_row(call, "posts", i);
        ordering.post = row_text(ordering.row, "post");
        ordering.seats = row_int(ordering.row, "seats");
        ordering.candidates = json_object_get(ordering.row, "candidates");
        TRY(post_check(&ordering));
        TRY(proxies_tell(call, ordering.candidates));
    }
    return days_check(call, &ordering.after);
}

static enum err
post_order(struct ordering *ordering, int64_t number)
{
    struct call *call = ordering->call;
    const struct round_post post = {
        .unit = call->unit, .round = number, .post = ordering->post, .seats = ordering->seats};
    const size_t count = candidates_count(ordering);
    const char **persons = mem_array(call->ctx->mem, const char *, count);
    bool found;
    for (size_t i = 0; i < count; i++) {
        persons[i] = candidate_at(ordering, i);
        TRY(proxy_store_end_of_candidate(call->ctx, call->db, call->unit, persons[i], call->seq));
    }
    TRY(round_store_add_post(call->ctx, call->db, call->unit, number, post.post, post.seats));
    TRY(round_store_set_candidates(call->ctx, call->db, &post, persons, count));
    TRY(left_find(ordering, &found));
    if (!found || after_is_void(&ordering->after))
        return ERR_OK;
    ordering->left.next = "ordered";
    return outcome_store_set_post(call->ctx, call->db, &ordering->left);
}

/* The roll is the same for all rounds; after a void one supplements may still come. */
static enum err
round_order_apply(struct call *call)
{
    struct ordering ordering = {.call = call};
    int64_t number;
    TRY(round_store_find(call->ctx, call->db, call->unit, call_int(call, "after_round"),
                         &ordering.after));
    const struct round round = {
        .unit = call->unit,
        .body = ordering.after.body,
        .kind = call_text(call, "kind"),
        .polling_day = call_date(call, "polling_day"),
        .after_round = ordering.after.round,
        .opened_seq = call->seq,
    };
    TRY(round_store_open(call->ctx, call->db, &round, &number));
    if (!call_is(call, "kind", "repeat"))
        TRY(round_store_set_registered(call->ctx, call->db, call->unit, number,
                                       ordering.after.registered));
    for (size_t i = 0; i < call_count(call, "posts"); i++) {
        ordering.row = call_row(call, "posts", i);
        ordering.post = row_text(ordering.row, "post");
        ordering.seats = row_int(ordering.row, "seats");
        ordering.candidates = json_object_get(ordering.row, "candidates");
        TRY(post_order(&ordering, number));
    }
    TRY(station_store_carry_over(call->ctx, call->db, call->unit, ordering.after.round, number));
    return outcome_settle(call, ordering.after.round);
}

ACT_CODE(round_order, ROUND_ORDER_FIELDS, round_order_check, round_order_apply, NULL);
