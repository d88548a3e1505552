/* SPDX-License-Identifier: Apache-2.0 */
/* poll.open 验箱、启封选票、宣布开始投票 (acts.md 6.8): everything before is looked at once more,
 * then roll, proxies, candidates and staff are frozen. */
#include <string.h>

#include "act/polling.h"
#include "domain/calendar.h"
#include "domain/polling.h"
#include "domain/surplus.h"
#include "store/form_store.h"
#include "store/proxy_store.h"
#include "store/staff_store.h"
#include "store/standing_store.h"
#include "store/station_store.h"
#include "store/voter_store.h"

static const struct field OPEN_BOXES[] = {
    FIELD(FIELD_INT, "box", FIELD_REQUIRED, "票箱号", "box"),
    FIELD(FIELD_TEXT, "seal_no", FIELD_REQUIRED, "封条号", "seal number"),
    FIELD(FIELD_PERSONS, "shown_empty_by", FIELD_REQUIRED, "验箱人", "shown empty by"),
    FIELDS_END,
};

static const struct field POLL_OPEN_FIELDS[] = {
    FIELD(FIELD_INT, "round", FIELD_REQUIRED, "轮次", "round"),
    FIELD(FIELD_TIME, "at", FIELD_REQUIRED, "时间", "at"),
    FIELD_ROWS("boxes", FIELD_REQUIRED, "票箱", "boxes", OPEN_BOXES),
    FIELD(FIELD_PERSONS, "unsealed_by", FIELD_REQUIRED, "启封选票的人", "ballots unsealed by"),
    FIELD(FIELD_INT, "present", 0, "到会人数", "present"),
    FIELDS_END,
};

static bool
is_nomination(const struct round *round)
{
    return strcmp(round->kind, "nomination") == 0;
}

static enum err
stands(struct call *call, const char *act, const char *list, int64_t round,
       struct standing *ret_first, bool *ret_stands)
{
    const struct standing_query query = {
        .unit = call->unit, .act = act, .round = round, .list = list};
    struct standing *found;
    size_t count;
    TRY(standing_store_list(call->ctx, call->db, &query, &found, &count));
    *ret_stands = count > 0;
    if (count)
        *ret_first = found[0];
    return ERR_OK;
}

/* SEQ-06: only on D. A later round on another day than the one before has no notice: a warning. */
static enum err
day_check(struct call *call, const struct round *round)
{
    struct standing notice;
    struct round before;
    bool noticed;
    if (date_is_set(round->polling_day) && date_compare(round->polling_day, call->today) != 0)
        call_block(call, RULE_SEQ_06, "今天 %s 不是本轮选举日 %s",
                   "today is %s, the polling day is %s", date_words(call->ctx, call->today),
                   date_words(call->ctx, round->polling_day));
    if (is_nomination(round)) {
        TRY(stands(call, "nominate.announce", NULL, -1, &notice, &noticed));
        if (!noticed)
            call_block(call, RULE_SEQ_01, "还没有公布提名办法（nominate.announce）",
                       "the nomination is not announced yet (nominate.announce)");
        return ERR_OK;
    }
    TRY(stands(call, "poll.notice", NULL, round->round, &notice, &noticed));
    if (noticed)
        return ERR_OK;
    if (!round->after_round) {
        call_block(call, RULE_SEQ_01, "还没有公布投票时间、地点、方式（poll.notice）",
                   "the notice of the poll is not posted yet (poll.notice)");
        return ERR_OK;
    }
    TRY(round_store_find(call->ctx, call->db, call->unit, round->after_round, &before));
    if (date_compare(before.polling_day, round->polling_day) != 0)
        call_warn(call, RULE_CAL_05, "另日再投票，没有再公布投票公告",
                  "another polling day, and no new notice");
    return ERR_OK;
}

/* POL-01: one central venue, a secret writing place wherever it is voted. */
static enum err
places_check(struct call *call, const struct round *round)
{
    struct station *stations;
    size_t count;
    TRY(station_store_list(call->ctx, call->db, call->unit, round->round, &stations, &count));
    if (!count || strcmp(stations[0].kind, "central") != 0)
        call_block(call, RULE_POL_01, "没有中心会场", "there is no central venue");
    for (size_t i = 0; i < count; i++) {
        if (stations[i].booths < 1 && strcmp(stations[i].kind, "mobile") != 0)
            call_block(call, RULE_POL_01, "%s 没有秘密写票处", "%s has no secret writing place",
                       stations[i].name);
    }
    return ERR_OK;
}

static const json_t *
box_row(struct call *call, int64_t box)
{
    for (size_t i = 0; i < call_count(call, "boxes"); i++) {
        if (row_int(call_row(call, "boxes", i), "box") == box)
            return call_row(call, "boxes", i);
    }
    return NULL;
}

static enum err
box_check(struct call *call, const struct round *round, const struct box *box)
{
    int64_t monitors, general, issuers, anywhere;
    const json_t *row = box_row(call, box->box);
    if (!row || json_array_size(json_object_get(row, "shown_empty_by")) == 0)
        call_block(call, RULE_POL_05, "%lld 号票箱没有当众验箱", "box %lld was not shown empty",
                   (long long)box->box);
    if (!box->allotted)
        call_block(call, RULE_SEQ_01, "%lld 号票箱还没有领用选票（ballot.allot）",
                   "box %lld has no ballots yet (ballot.allot)", (long long)box->box);
    TRY(staff_store_count(call->ctx, call->db, call->unit, round->round, "monitor", box->box,
                          &monitors));
    TRY(staff_store_count(call->ctx, call->db, call->unit, round->round, "monitor", 0, &general));
    TRY(staff_store_count(call->ctx, call->db, call->unit, round->round, "issuer", box->box,
                          &issuers));
    TRY(staff_store_count(call->ctx, call->db, call->unit, round->round, "issuer", 0, &anywhere));
    if (monitors + general == 0 || issuers + anywhere == 0)
        call_block(call, RULE_POL_02, "%lld 号票箱没有监票人或者发票人",
                   "box %lld has no monitor or no issuer", (long long)box->box);
    else
        polling_monitors_check(call->ctx, call->pack, box->box, monitors + general, call->findings);
    return ERR_OK;
}

static enum err
boxes_check(struct call *call, const struct round *round)
{
    struct box *boxes;
    size_t count;
    TRY(box_store_list(call->ctx, call->db, call->unit, round->round, &boxes, &count));
    if (!count)
        call_block(call, RULE_POL_01, "本轮没有票箱", "the round has no box");
    for (size_t i = 0; i < count; i++)
        TRY(box_check(call, round, &boxes[i]));
    for (size_t i = 0; i < call_count(call, "boxes"); i++) {
        struct box box;
        bool found;
        TRY(polling_box(call, round, row_int(call_row(call, "boxes", i), "box"), &box, &found));
    }
    return ERR_OK;
}

/* PRX-04: a proxy that is not posted is none; before the poll every one is settled. */
static enum err
proxies_check(struct call *call)
{
    int64_t waiting = 0;
    TRY(proxy_store_count(call->ctx, call->db, call->unit, "registered", &waiting));
    if (waiting)
        finding_todo(call,
                     call_block(call, RULE_PRX_04, "有 %lld 件委托尚未公布",
                                "%lld proxies are not posted", (long long)waiting),
                     "先公布委托名单（proxy.post），或者终止委托（proxy.cancel）",
                     "post them (proxy.post) or end them (proxy.cancel)");
    return ERR_OK;
}

/* BAL-03: with a ballot for each post, none of the round's posts may be without. */
static enum err
posts_check(struct call *call, const struct round *round, const struct form_post *posts,
            size_t count)
{
    static const enum post POSTS[] = {POST_CHAIR, POST_VICE_CHAIR, POST_WOMEN_MEMBER, POST_MEMBER};
    for (size_t i = 0; i < COUNT_OF(POSTS); i++) {
        int64_t seats;
        bool carried = false;
        TRY(polling_seats(call, round, post_word(POSTS[i]), &seats));
        for (size_t k = 0; k < count; k++)
            carried |= strcmp(posts[k].post, post_word(POSTS[i])) == 0;
        if (seats && !carried)
            finding_todo(call,
                         call_block(call, RULE_BAL_03, "没有选%s的选票",
                                    "there is no ballot to elect a %s",
                                    text_pick(call->ctx, post_title(POSTS[i]))),
                         "设计并印制（ballot.design、ballot.print）",
                         "design and print it (ballot.design, ballot.print)");
    }
    return ERR_OK;
}

/* Every ballot in use is printed, and its names are still those who stand. */
static enum err
forms_check(struct call *call, const struct round *round)
{
    struct form *forms;
    struct form_post *posts;
    struct round_candidate *struck;
    size_t count;
    TRY(form_store_list(call->ctx, call->db, call->unit, round->round, &forms, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(forms[i].state, "designed") == 0)
            call_block(call, RULE_SEQ_01, "%lld 号选票样式还没有印制（ballot.print）",
                       "form %lld is not printed yet (ballot.print)", (long long)forms[i].form);
    }
    TRY(form_store_posts(call->ctx, call->db, call->unit, round->round, 0, &posts, &count));
    if (!count)
        call_block(call, RULE_SEQ_01, "本轮没有选票样式（ballot.design）",
                   "the round has no ballot form (ballot.design)");
    else
        TRY(posts_check(call, round, posts, count));
    TRY(round_store_candidates(call->ctx, call->db, call->unit, round->round, NULL, &struck,
                               &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(struck[i].state, "struck") == 0)
            finding_todo(call,
                         call_block(call, RULE_SEQ_04, "选票上有已被取消资格的候选人 %s",
                                    "the ballot bears a struck candidate, %s", struck[i].person),
                         "重新设计、印制选票（ballot.design、ballot.print）",
                         "design and print anew (ballot.design, ballot.print)");
    }
    return ERR_OK;
}

/* NOM-04 等额: an equal number is no election (组织法 §15). A re-vote 再次投票 is between the tied.
 */
static enum err
surplus_check(struct call *call, const struct round *round)
{
    struct form_post *posts;
    size_t count;
    bool without;
    TRY(polling_without_candidates(call, &without));
    /* One woman alone for the seat kept for one was explained when the round was ordered. */
    if (is_nomination(round) || strcmp(round->kind, "re_vote") == 0 ||
        strcmp(round->kind, "woman_seat") == 0 || (without && !round->after_round))
        return ERR_OK;
    TRY(form_store_posts(call->ctx, call->db, call->unit, round->round, 0, &posts, &count));
    for (size_t i = 0; i < count; i++) {
        struct form_candidate *names;
        size_t named;
        struct surplus_facts facts = {.body = SURPLUS_VILLAGE, .seats = posts[i].seats};
        struct surplus_result result;
        if (!post_find(posts[i].post, &facts.post) || !post_is_village(facts.post))
            continue;
        TRY(form_store_candidates(call->ctx, call->db, call->unit, round->round, posts[i].post,
                                  &names, &named));
        facts.candidates = (int64_t)named;
        surplus_decide(call->ctx, call->pack, &facts, &result);
        /* The pack's most is for the first list; a second poll has whom the count named. */
        if (facts.candidates < result.need || !round->after_round)
            call_take(call, &result.ruling.findings, SEVERITY_BLOCK);
    }
    return ERR_OK;
}

/* CAL-01 … CAL-05 as they stand for the day it really is. A list posted late with leave to do so
 * was weighed when it was posted; what is tested is the first posting. */
static enum err
calendar_check(struct call *call, const struct round *round)
{
    struct calendar_facts facts = {.polling_day = round->polling_day};
    struct calendar_result result;
    struct standing roll, list, notice;
    bool has_roll, has_list, has_notice;
    if (round->after_round || is_nomination(round))
        return ERR_OK;
    TRY(stands(call, "roll.post", NULL, -1, &roll, &has_roll));
    TRY(stands(call, "candidates.post", "formal", -1, &list, &has_list));
    TRY(stands(call, "poll.notice", NULL, round->round, &notice, &has_notice));
    if (has_roll && date_is_set(roll.on_day))
        facts.events[CALENDAR_VOTER_LIST_POSTED] = (struct calendar_dates){&roll.on_day, 1};
    if (has_list && date_is_set(list.on_day))
        facts.events[CALENDAR_CANDIDATES_POSTED] = (struct calendar_dates){&list.on_day, 1};
    if (has_notice && date_is_set(notice.on_day))
        facts.events[CALENDAR_POLLING_NOTICE_POSTED] = (struct calendar_dates){&notice.on_day, 1};
    calendar_decide(call->ctx, call->pack, &facts, &result);
    call_take(call, &result.ruling.findings, SEVERITY_BLOCK);
    return ERR_OK;
}

static enum err
settled_check(struct call *call, const struct round *round)
{
    struct standing first;
    bool met;
    bool open;
    TRY(polling_objections_open(call, &open));
    if (open && !is_nomination(round))
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "还有异议没有处理决定",
                                "an objection is not decided yet"),
                     "先作出处理决定（objection.decide）", "decide it first (objection.decide)");
    TRY(stands(call, "candidates.meet", NULL, -1, &first, &met));
    if (!met && !is_nomination(round) && !round->after_round)
        call_warn(call, RULE_NOM_10, "没有组织候选人与村民见面",
                  "the candidates have not met the voters");
    return polling_complaints_check(call);
}

static enum err
poll_open_check(struct call *call)
{
    struct round round;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found || polling_block_opened(call, &round))
        return ERR_OK;
    if (call_count(call, "unsealed_by") == 0)
        call_block(call, RULE_POL_05, "选票须当众启封", "the ballots are unsealed in public");
    TRY(day_check(call, &round));
    TRY(places_check(call, &round));
    TRY(boxes_check(call, &round));
    if (!is_nomination(&round))
        TRY(proxies_check(call));
    TRY(forms_check(call, &round));
    TRY(surplus_check(call, &round));
    TRY(calendar_check(call, &round));
    return settled_check(call, &round);
}

static enum err
poll_open_apply(struct call *call)
{
    struct round round;
    int64_t registered;
    TRY(polling_round_find(call, &round));
    for (size_t i = 0; i < call_count(call, "boxes"); i++) {
        const json_t *row = call_row(call, "boxes", i);
        TRY(box_store_set_state(call->ctx, call->db, call->unit, round.round, row_int(row, "box"),
                                BOX_OPEN, row_text(row, "seal_no")));
    }
    TRY(voter_store_count(call->ctx, call->db, call->unit, &registered));
    TRY(round_store_set_registered(call->ctx, call->db, call->unit, round.round, registered));
    /* A nomination freezes nothing: the roll is supplemented until the poll itself (REG-06). */
    if (!is_nomination(&round))
        TRY(voter_store_freeze(call->ctx, call->db, call->unit, call->seq));
    return round_store_set_state(call->ctx, call->db, call->unit, round.round, ROUND_OPEN);
}

ACT_CODE(poll_open, POLL_OPEN_FIELDS, poll_open_check, poll_open_apply, NULL);
