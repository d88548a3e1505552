/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The poll (acts.md 6.8): ballot.issue, poll.pause, box.close, poll.close, box.gather. Reports are
 * sums so far of a box: who took a ballot, and when, is nowhere (BAL-01). The arithmetic of ballots
 * is in act/stock.c.
 */
#include <string.h>

#include "act/polling.h"
#include "act/state_words.h"
#include "act/stock.h"
#include "store/form_store.h"
#include "store/staff_store.h"
#include "store/standing_store.h"
#include "store/station_store.h"

/* An account of staff has the power of its duty (acts.md §2). */
static enum err
duty_check(struct call *call, const struct round *round, const char *duty, struct text title)
{
    bool has = false;
    if (call->actor->role != ROLE_ST)
        return ERR_OK;
    if (call->actor->person[0])
        TRY(staff_store_has_duty(call->ctx, call->db, call->unit, round->round, call->actor->person,
                                 duty, &has));
    if (!has)
        call_block(call, RULE_SEQ_01, "%s 不是本轮的%s（staff.appoint）",
                   "%s is no %s of this round (staff.appoint)", call->actor->name,
                   text_pick(call->ctx, title));
    return ERR_OK;
}

/* The round is open and the box too. */
static enum err
open_box(struct call *call, struct round *ret_round, struct box *ret_box, bool *ret_found)
{
    TRY(polling_round(call, ret_round, ret_found));
    if (!*ret_found)
        return ERR_OK;
    TRY(polling_box(call, ret_round, call_int(call, "box"), ret_box, ret_found));
    if (!*ret_found)
        return ERR_OK;
    if (box_state_find(ret_box->state) != BOX_OPEN) {
        call_block(call, RULE_SEQ_01, "%lld 号票箱没有开放（现为 %s）",
                   "box %lld is not open (it is %s)", (long long)ret_box->box,
                   state_words(call->ctx, STATE_BOX, ret_box->state));
        *ret_found = false;
    }
    return ERR_OK;
}

static const struct field ISSUE_FORMS[] = {
    FIELD_FORM,
    FIELDS_FIGURES,
    FIELDS_END,
};

/* --- ballot.issue 发票报告（累计） --- */

static const struct field BALLOT_ISSUE_FIELDS[] = {
    FIELDS_REPORT,
    FIELD_FORMS(ISSUE_FORMS),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static enum err
ballot_issue_check(struct call *call)
{
    struct round round;
    struct box box;
    bool found;
    TRY(open_box(call, &round, &box, &found));
    if (!found)
        return ERR_OK;
    TRY(duty_check(call, &round, "issuer", (struct text){"发票人", "issuer"}));
    return box_report_check(call, &round, &box, false);
}

static enum err
ballot_issue_apply(struct call *call)
{
    struct round round;
    TRY(polling_round_find(call, &round));
    return box_report_apply(call, &round);
}

ACT_CODE(ballot_issue, BALLOT_ISSUE_FIELDS, ballot_issue_check, ballot_issue_apply, NULL);

/* --- poll.pause 中断、恢复投票 --- */

static const struct field PAUSE_SEALS[] = {
    FIELD(FIELD_INT, "box", FIELD_REQUIRED, "票箱号", "box"),
    FIELD(FIELD_TEXT, "seal_no", FIELD_REQUIRED, "封条号", "seal number"),
    FIELDS_END,
};

static const struct field POLL_PAUSE_FIELDS[] = {
    FIELD(FIELD_INT, "round", FIELD_REQUIRED, "轮次", "round"),
    FIELD_CHOICES("action", FIELD_REQUIRED, "动作", "action", "suspend resume"),
    FIELD(FIELD_TIME, "at", FIELD_REQUIRED, "时间", "at"),
    FIELD(FIELD_TEXT, "reason", FIELD_REQUIRED | FIELD_WORDING, "原因", "reason"),
    FIELD_ROWS("seals", 0, "封条", "seals", PAUSE_SEALS),
    FIELDS_END,
};

static const char *
pause_seal(const struct call *call, int64_t box)
{
    for (size_t i = 0; i < call_count(call, "seals"); i++) {
        if (row_int(call_row(call, "seals", i), "box") == box)
            return row_text(call_row(call, "seals", i), "seal_no");
    }
    return NULL;
}

static enum err
poll_pause_check(struct call *call)
{
    struct round round;
    struct box *boxes;
    size_t count;
    size_t touched = 0;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found)
        return ERR_OK;
    const bool suspend = call_is(call, "action", "suspend");
    TRY(box_store_list(call->ctx, call->db, call->unit, round.round, &boxes, &count));
    for (size_t i = 0; i < count; i++) {
        if (box_state_find(boxes[i].state) != (suspend ? BOX_OPEN : BOX_SEALED))
            continue;
        touched++;
        if (suspend && !pause_seal(call, boxes[i].box))
            call_block(call, RULE_POL_05, "中断期间 %lld 号票箱须加封",
                       "box %lld must be sealed meanwhile", (long long)boxes[i].box);
    }
    if (!touched)
        call_block(call, RULE_SEQ_07, "没有可以中断或者恢复的票箱",
                   "no box can be suspended or resumed");
    call_explain(call, RULE_POL_05, "投票中断或者恢复，须说明原因",
                 "the poll is suspended or resumed: say why");
    if (!suspend && date_compare(call->today, round.polling_day) != 0)
        call_approve(call, RULE_SEQ_06, "day_change", "另日恢复投票，须经批准（选举日 %s）",
                     "resumed on another day than %s: this needs an approval",
                     date_words(call->ctx, round.polling_day));
    return ERR_OK;
}

static enum err
poll_pause_apply(struct call *call)
{
    struct round round;
    struct box *boxes;
    size_t count;
    const bool suspend = call_is(call, "action", "suspend");
    TRY(polling_round_find(call, &round));
    TRY(box_store_list(call->ctx, call->db, call->unit, round.round, &boxes, &count));
    for (size_t i = 0; i < count; i++) {
        if (box_state_find(boxes[i].state) == (suspend ? BOX_OPEN : BOX_SEALED))
            TRY(box_store_set_state(call->ctx, call->db, call->unit, round.round, boxes[i].box,
                                    suspend ? BOX_SEALED : BOX_OPEN,
                                    pause_seal(call, boxes[i].box)));
    }
    return ERR_OK;
}

ACT_CODE(poll_pause, POLL_PAUSE_FIELDS, poll_pause_check, poll_pause_apply, NULL);

/* --- box.close 停止投票、封箱 --- */

static const struct field CLOSE_FORMS[] = {
    FIELD_FORM,
    FIELDS_FIGURES,
    FIELD(FIELD_INT, "unused", FIELD_REQUIRED, "剩余选票", "left over"),
    FIELDS_END,
};

static const struct field BOX_CLOSE_FIELDS[] = {
    FIELDS_REPORT,
    FIELD(FIELD_INT, "unused", FIELD_REQUIRED, "剩余选票", "left over"),
    FIELD(FIELD_TEXT, "seal_no", FIELD_REQUIRED, "封条号", "seal number"),
    FIELD(FIELD_PERSONS, "monitors", FIELD_REQUIRED, "监票人", "monitors"),
    FIELD_FORMS(CLOSE_FORMS),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* Before the hour that was announced: a warning. */
static enum err
early_check(struct call *call, const struct round *round, const struct box *box)
{
    struct station station;
    const enum err err =
        station_store_find(call->ctx, call->db, call->unit, round->round, box->station, &station);
    if (err == ERR_OK && strcmp(call_text(call, "at"), station.closes) < 0)
        call_warn(call, RULE_POL_04, "%s 封箱，早于公布的结束时间 %s",
                  "closed at %s, before the announced hour %s", call_text(call, "at"),
                  station.closes);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
box_close_check(struct call *call)
{
    struct round round;
    struct box box;
    bool found;
    TRY(open_box(call, &round, &box, &found));
    if (!found)
        return ERR_OK;
    TRY(duty_check(call, &round, "monitor", (struct text){"监票人", "monitor"}));
    if (call_count(call, "monitors") == 0)
        call_block(call, RULE_POL_04, "封箱须有监票人签名", "monitors sign when a box is closed");
    TRY(early_check(call, &round, &box));
    return box_report_check(call, &round, &box, true);
}

static enum err
box_close_apply(struct call *call)
{
    struct round round;
    TRY(polling_round_find(call, &round));
    const int64_t box = call_int(call, "box");
    TRY(box_report_apply(call, &round));
    TRY(box_unused_apply(call, &round));
    return box_store_set_state(call->ctx, call->db, call->unit, round.round, box, BOX_CLOSED,
                               call_text(call, "seal_no"));
}

ACT_CODE(box_close, BOX_CLOSE_FIELDS, box_close_check, box_close_apply, NULL);

/* --- poll.close 投票结束、清点封存余票 --- */

static const struct field REST_FORMS[] = {
    FIELD_FORM,
    FIELD(FIELD_INT, "unused", FIELD_REQUIRED, "各票箱剩余选票", "left over at the boxes"),
    FIELD(FIELD_INT, "spoiled", FIELD_REQUIRED, "写废选票", "spoiled by voters"),
    FIELD(FIELD_INT, "reserve", FIELD_REQUIRED, "备用选票", "reserve"),
    FIELDS_END,
};

static const struct field POLL_CLOSE_FIELDS[] = {
    FIELD(FIELD_INT, "round", FIELD_REQUIRED, "轮次", "round"),
    FIELD(FIELD_TIME, "at", FIELD_REQUIRED, "时间", "at"),
    FIELD(FIELD_INT, "unused", FIELD_REQUIRED, "各票箱剩余选票", "left over at the boxes"),
    FIELD(FIELD_INT, "spoiled", FIELD_REQUIRED, "写废选票", "spoiled by voters"),
    FIELD(FIELD_INT, "reserve", FIELD_REQUIRED, "备用选票", "reserve"),
    FIELD_CHOICES("fate", FIELD_REQUIRED, "处理", "fate", "sealed destroyed"),
    FIELD(FIELD_TEXT, "seal_no", FIELD_WORDING, "封条号", "seal number"),
    FIELD(FIELD_PERSONS, "witnesses", FIELD_REQUIRED, "监督人", "witnesses"),
    FIELD_FORMS(REST_FORMS),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static enum err
poll_close_check(struct call *call)
{
    struct round round;
    int64_t open;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found)
        return ERR_OK;
    TRY(box_store_count_before(call->ctx, call->db, call->unit, round.round, BOX_CLOSED, &open));
    if (open) {
        call_block(call, RULE_SEQ_01, "还有 %lld 个票箱没有封箱（box.close）",
                   "%lld boxes are not closed yet (box.close)", (long long)open);
        return ERR_OK;
    }
    if (call_count(call, "witnesses") == 0)
        call_block(call, RULE_BAL_01, "清点余票须有监督人", "witnesses see the rest counted");
    if (call_is(call, "fate", "sealed") && !call_has(call, "seal_no"))
        call_block(call, RULE_BAL_01, "余票封存须有封条号", "what is sealed has a seal number");
    return poll_rest_check(call, &round);
}

static enum err
poll_close_apply(struct call *call)
{
    struct round round;
    struct box_totals totals;
    int64_t away;
    TRY(polling_round_find(call, &round));
    TRY(box_store_totals(call->ctx, call->db, call->unit, round.round, &totals));
    const struct poll_close close = {
        .unit = call->unit,
        .round = round.round,
        .issued = totals.issued,
        .issued_proxy = totals.issued_proxy,
        .scribed = totals.scribed,
        .spoiled = call_int(call, "spoiled"),
        .unused = call_int(call, "unused"),
        .reserve = call_int(call, "reserve"),
        .fate = call_text(call, "fate"),
        .seal_no = call_text(call, "seal_no"),
    };
    TRY(poll_close_store_add(call->ctx, call->db, &close));
    TRY(poll_rest_apply(call, &round));
    TRY(round_store_set_issued(call->ctx, call->db, call->unit, round.round, totals.issued));
    TRY(box_store_count_before(call->ctx, call->db, call->unit, round.round, BOX_GATHERED, &away));
    return round_store_set_state(call->ctx, call->db, call->unit, round.round,
                                 away ? ROUND_CLOSED : ROUND_GATHERED);
}

ACT_CODE(poll_close, POLL_CLOSE_FIELDS, poll_close_check, poll_close_apply, NULL);

/* --- box.gather 票箱集中到会场 --- */

static const struct field BOX_GATHER_FIELDS[] = {
    FIELD(FIELD_INT, "round", FIELD_REQUIRED, "轮次", "round"),
    FIELD(FIELD_INT, "box", FIELD_REQUIRED, "票箱号", "box"),
    FIELD(FIELD_TIME, "arrived_at", FIELD_REQUIRED, "到达时间", "arrived at"),
    FIELD_CHOICES("seal_ok", FIELD_REQUIRED, "封条完好", "seal whole", "y n"),
    FIELD(FIELD_PERSONS, "escorts", FIELD_REQUIRED, "护送人", "escorts"),
    FIELD(FIELD_SEQ, "vec_meet_seq", 0, "选举委员会会议记录号", "committee's meeting"),
    FIELDS_END,
};

static enum err
seal_check(struct call *call)
{
    struct standing meeting = {.act = "", .state = ""};
    if (call_is(call, "seal_ok", "y"))
        return ERR_OK;
    call_explain(call, RULE_POL_03, "票箱封条不完好，须说明", "the seal is broken: say why");
    const enum err err = standing_store_find(call->ctx, call->db, call->unit,
                                             call_int(call, "vec_meet_seq"), &meeting);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (strcmp(meeting.act, "vec.meet") != 0 || strcmp(meeting.state, "stands") != 0)
        call_block(call, RULE_POL_03, "封条不完好的票箱，须由选举委员会会议决定（vec_meet_seq）",
                   "the committee decides on a box with a broken seal (vec_meet_seq)");
    return ERR_OK;
}

static enum err
box_gather_check(struct call *call)
{
    struct round round;
    struct box box;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (found)
        TRY(polling_box(call, &round, call_int(call, "box"), &box, &found));
    if (!found)
        return ERR_OK;
    const enum box_state state = box_state_find(box.state);
    if (state < BOX_CLOSED)
        call_block(call, RULE_SEQ_01, "%lld 号票箱还没有封箱（box.close）",
                   "box %lld is not closed yet (box.close)", (long long)box.box);
    else if (state > BOX_CLOSED)
        call_block(call, RULE_SEQ_07, "%lld 号票箱已经到会场", "box %lld is at the venue already",
                   (long long)box.box);
    if (date_is_set(round.polling_day) && date_compare(call->today, round.polling_day) != 0)
        call_block(call, RULE_POL_03, "票箱须当日集中（选举日 %s）",
                   "boxes are brought in on the same day (%s)",
                   date_words(call->ctx, round.polling_day));
    if (call_count(call, "escorts") == 0)
        call_block(call, RULE_POL_03, "票箱须有人护送", "a box is escorted");
    return seal_check(call);
}

static enum err
box_gather_apply(struct call *call)
{
    struct round round;
    int64_t away;
    TRY(polling_round_find(call, &round));
    TRY(box_store_set_state(call->ctx, call->db, call->unit, round.round, call_int(call, "box"),
                            BOX_GATHERED, NULL));
    TRY(box_store_count_before(call->ctx, call->db, call->unit, round.round, BOX_GATHERED, &away));
    if (away || !polling_reached(&round, ROUND_CLOSED))
        return ERR_OK;
    return round_store_set_state(call->ctx, call->db, call->unit, round.round, ROUND_GATHERED);
}

ACT_CODE(box_gather, BOX_GATHER_FIELDS, box_gather_check, box_gather_apply, NULL);
