/* SPDX-License-Identifier: Apache-2.0 */
/* The roll posted, its supplements, the voters' cards (acts.md 6.5). */
#include <string.h>

#include "act/roll.h"
#include "act/roll_amend.h"
#include "domain/calendar.h"
#include "domain/stroke.h"
#include "store/candidate_store.h"
#include "store/identity_store.h"
#include "store/proxy_store.h"
#include "store/roll_swap_store.h"
#include "store/staff_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* --- roll.post 公布登记参加选举的村民名单 --- */

/* Surnames of equal strokes: the order found is right, and so is the other; the office chooses. */
static const struct field ROLL_POST_TIES[] = {
    FIELD(FIELD_TEXT, "first", FIELD_REQUIRED, "在前的姓", "surname that goes first"),
    FIELD(FIELD_TEXT, "second", FIELD_REQUIRED, "在后的姓", "surname that follows"),
    FIELD(FIELD_TEXT, "why", FIELD_REQUIRED, "理由", "why"),
    FIELDS_END,
};
static const struct field ROLL_POST_FIELDS[] = {
    FIELDS_POSTING,
    FIELD_ROWS("ties", 0, "笔画相同的姓氏的先后", "ties", ROLL_POST_TIES),
    FIELDS_END,
};

/* 组织法 §14 (2025 §17): 选举日的二十日前. */
static enum err
deadline_check(struct call *call)
{
    struct calendar_bases bases = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                                   DATE_NONE, DATE_NONE, DATE_NONE};
    const struct date posted = call_date(call, "posted_on");
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &bases.polling_day));
    if (!date_is_set(bases.polling_day)) {
        finding_todo(
            call, call_block(call, RULE_SEQ_01, "选举日还没有确定", "the polling day is not fixed"),
            "先办理 day.fix（body=village）", "do day.fix (body=village) first");
        return ERR_OK;
    }
    const struct date last = calendar_deadline(call->pack, CALENDAR_VOTER_LIST_POSTED, &bases);
    if (!date_is_set(last) || date_compare(posted, last) <= 0)
        return ERR_OK;
    finding_todo(call,
                 call_block(call, RULE_CAL_01, "%s 张榜，最迟应为 %s（选举日 %s，%s）",
                            "posted %s, the last day was %s (polling day %s, %s)",
                            date_format(call->ctx, posted), date_format(call->ctx, last),
                            date_format(call->ctx, bases.polling_day),
                            pack_source(call->ctx, call->pack, PACK_ROLL_POSTED_BY)),
                 "推迟选举日（day.change）", "move the polling day (day.change)");
    return ERR_OK;
}

/* ORD-01: only what the strokes leave open may be swapped. */
static void
ties_check(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "ties"); i++) {
        const json_t *row = call_row(call, "ties", i);
        const char *first = row_text(row, "first");
        const char *second = row_text(row, "second");
        if (!stroke_surnames_tie(first, second))
            finding_todo(call,
                         call_block(call, RULE_ORD_01, "%s、%s的先后由笔画、笔顺确定，不能调换",
                                    "the strokes of %s and %s decide their order: no swap", first,
                                    second),
                         "从 ties 中删去这一行", "take this row out of ties");
    }
}

/* Both surnames of a tie on the list and nothing said: the office should know that it may choose.
 */
static enum err
ties_warn(struct call *call)
{
    struct voter_line *lines;
    size_t count;
    TRY(roll_list(call->ctx, call->db, call->pack, call->unit, NULL, &lines, &count));
    for (size_t i = 1; i < count && call_count(call, "ties") == 0; i++) {
        const char *a = lines[i - 1].name;
        const char *b = lines[i].name;
        if (strcmp(lines[i - 1].grp, lines[i].grp) != 0 || !stroke_surnames_tie(a, b))
            continue;
        finding_todo(call,
                     call_warn(call, RULE_ORD_01, "%s、%s的姓氏笔画、笔顺相同，各地排法不一",
                               "the surnames of %s and %s have the same strokes: offices differ", a,
                               b),
                     "要调换的，填 ties 并写明理由", "to swap them fill in ties, and why");
        break;
    }
    return ERR_OK;
}

static enum err
roll_post_check(struct call *call)
{
    struct standing confirmed;
    const struct standing_query query = {.unit = call->unit, .act = "roll.confirm", .round = -1};
    call_not_future(call, "posted_on");
    TRY(standing_store_last(call->ctx, call->db, &query, &confirmed));
    if (date_compare(call_date(call, "posted_on"), confirmed.on_day) < 0)
        call_block(call, RULE_SEQ_06, "张榜日期早于审核确认日期 %s",
                   "posted before the roll was confirmed (%s)",
                   date_format(call->ctx, confirmed.on_day));
    TRY(deadline_check(call));
    ties_check(call);
    TRY(ties_warn(call));
    return roll_places_check(call);
}

static enum err
ties_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "ties"); i++) {
        const json_t *row = call_row(call, "ties", i);
        const struct roll_swap swap = {call->unit, row_text(row, "first"), row_text(row, "second"),
                                       call->seq};
        const char *pair[] = {swap.first, swap.second};
        stroke_sort(call->ctx, pair, COUNT_OF(pair), stroke_style_of(call->pack));
        if (pair[0] != swap.first)
            TRY(roll_swap_store_put(call->ctx, call->db, &swap));
    }
    return ERR_OK;
}

/* The list as it hangs now, frozen by its hash. */
static enum err
list_freeze(struct call *call, struct roll *roll, size_t *ret_count)
{
    struct voter_line *lines;
    TRY(roll_list(call->ctx, call->db, call->pack, call->unit, NULL, &lines, ret_count));
    roll->list_hash = roll_list_hash(call->ctx, lines, *ret_count);
    return ERR_OK;
}

static enum err
roll_post_apply(struct call *call)
{
    struct roll roll;
    size_t count;
    TRY(roll_get(call, &roll));
    TRY(ties_apply(call));
    TRY(list_freeze(call, &roll, &count));
    roll.state = "posted";
    roll.posted_seq = call->seq;
    roll.posted_on = call_date(call, "posted_on");
    roll.posted_count = (int64_t)count;
    return roll_store_set(call->ctx, call->db, &roll);
}

ACT_CODE(roll_post, ROLL_POST_FIELDS, roll_post_check, roll_post_apply, NULL);

/* --- roll.supplement 公布更正、补充名单 --- */

static const struct field ROLL_SUPPLEMENT_FIELDS[] = {
    FIELDS_POSTING,
    FIELDS_END,
};

/* 组织法 §14: 三日内处理并公布结果. */
static void
change_dates_check(struct call *call, const struct roll_change *change)
{
    struct calendar_bases bases = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                                   DATE_NONE, DATE_NONE, DATE_NONE};
    const struct date posted = call_date(call, "posted_on");
    bases.received = change->on_day;
    const struct date last = calendar_day(call->pack, PACK_ROLL_DECISION_BY, &bases);
    if (date_compare(posted, change->on_day) < 0)
        call_block(call, RULE_SEQ_06, "第 %lld 号变动 %s 才决定", "change %lld was decided on %s",
                   (long long)change->seq, date_format(call->ctx, change->on_day));
    if (date_is_set(last) && date_compare(posted, last) > 0)
        call_explain(call, RULE_CAL_03, "第 %lld 号变动 %s 决定，最迟 %s 公布，现在 %s",
                     "change %lld was decided on %s and due by %s; posted %s",
                     (long long)change->seq, date_format(call->ctx, change->on_day),
                     date_format(call->ctx, last), date_format(call->ctx, posted));
}

static enum err
roll_supplement_check(struct call *call)
{
    struct roll_change *changes;
    struct roll roll;
    size_t count;
    TRY(roll_get(call, &roll));
    call_not_future(call, "posted_on");
    roll_frozen_check(call, &roll);
    TRY(roll_change_store_list(call->ctx, call->db, call->unit, "pending", &changes, &count));
    if (count == 0)
        finding_todo(
            call,
            call_block(call, RULE_SEQ_01, "没有待公布的变动", "there is no change to be posted"),
            "先办理 roll.add、roll.strike、roll.amend",
            "do roll.add, roll.strike or roll.amend first");
    for (size_t i = 0; i < count; i++)
        change_dates_check(call, &changes[i]);
    return roll_places_check(call);
}

/* Who is off the list holds and gives no proxies, has no duty and stands for nothing. */
static enum err
struck_ends(struct call *call, const char *person)
{
    TRY(proxy_store_end_of_struck(call->ctx, call->db, call->unit, person, call->seq));
    TRY(staff_store_end(call->ctx, call->db, call->unit, person, "struck"));
    return candidate_store_set_state(call->ctx, call->db, call->unit, "village", person, "struck");
}

static enum err
strike_publish(struct call *call, const struct roll_people *people,
               const struct roll_change *change)
{
    struct voter voter = roll_voter_of(people, change->person);
    const struct person *person = roll_people_find(people, change->person);
    voter.state = "struck";
    voter.reason = change->reason;
    TRY(voter_store_set(call->ctx, call->db, &voter));
    TRY(identity_store_remove(call->ctx, call->db, call->unit, IDENTITY_ROLL, person->id_mac));
    return struck_ends(call, change->person);
}

/* People are loaded again for each change: two may be of one person. */
static enum err
change_publish(struct call *call, const struct roll_change *change)
{
    struct roll_people people;
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    if (strcmp(change->kind, "strike") == 0)
        return strike_publish(call, &people, change);
    if (strcmp(change->kind, "amend") == 0)
        return roll_amend_do(call, &people, change->person, change->reason, change->new_value);
    struct voter voter = roll_voter_of(&people, change->person);
    voter.state = "listed";
    voter.head = change->head;
    voter.reason = change->reason;
    return voter_store_set(call->ctx, call->db, &voter);
}

static enum err
roll_supplement_apply(struct call *call)
{
    struct roll_change *changes;
    struct roll roll;
    size_t count, voters;
    TRY(roll_get(call, &roll));
    TRY(roll_change_store_list(call->ctx, call->db, call->unit, "pending", &changes, &count));
    for (size_t i = 0; i < count; i++)
        TRY(change_publish(call, &changes[i]));
    TRY(roll_change_store_publish(call->ctx, call->db, call->unit, call->seq));
    TRY(list_freeze(call, &roll, &voters));
    return roll_store_set(call->ctx, call->db, &roll);
}

ACT_CODE(roll_supplement, ROLL_SUPPLEMENT_FIELDS, roll_supplement_check, roll_supplement_apply,
         NULL);

/* --- card.issue 发放参选证 --- */

static const struct field CARD_ROWS[] = {
    FIELD(FIELD_INT, "printed", FIELD_REQUIRED, "印制", "printed"),
    FIELD(FIELD_INT, "delivered", FIELD_REQUIRED, "送达", "delivered"),
    FIELD(FIELD_INT, "signed", FIELD_REQUIRED, "签收", "signed for"),
    FIELDS_END,
};

static const struct field CARD_ISSUE_FIELDS[] = {
    FIELD(FIELD_UNIT, "group", FIELD_REQUIRED, "村民小组", "group"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "数量", "counts", CARD_ROWS),
    FIELD(FIELD_PERSONS, "undelivered", 0, "未送达人员", "undelivered"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "发证日期", "issued on"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static void
card_row_check(struct call *call, const json_t *row)
{
    const int64_t printed = row_int(row, "printed");
    const int64_t delivered = row_int(row, "delivered");
    const int64_t signed_for = row_int(row, "signed");
    if (delivered > printed || signed_for > delivered)
        call_block(call, RULE_STK_01, "印制 %lld、送达 %lld、签收 %lld：后一个不能多于前一个",
                   "printed %lld, delivered %lld, signed for %lld: none may exceed the one before",
                   (long long)printed, (long long)delivered, (long long)signed_for);
    else if (signed_for < delivered)
        call_warn(call, RULE_REG_07, "送达 %lld 张，签收 %lld 张",
                  "%lld delivered, %lld signed for", (long long)delivered, (long long)signed_for);
}

static enum err
card_issue_check(struct call *call)
{
    int64_t voters, printed = 0, delivered = 0;
    const char *group = call_text(call, "group");
    const int64_t undelivered = (int64_t)call_count(call, "undelivered");
    call_not_future(call, "on");
    TRY(voter_store_count_group(call->ctx, call->db, call->unit, group, &voters));
    if (voters == 0)
        return FAIL_FIELD(call->ctx, "group", "group：名单上没有村民小组“%s”",
                          "group: the roll has no group \"%s\"", group);
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        card_row_check(call, call_row(call, "rows", i));
        printed += row_int(call_row(call, "rows", i), "printed");
        delivered += row_int(call_row(call, "rows", i), "delivered");
    }
    if (delivered > voters)
        call_block(call, RULE_REG_07, "%s 送达 %lld 张，选民只有 %lld 人：一人一证",
                   "%s: %lld delivered to %lld voters: one card each", group, (long long)delivered,
                   (long long)voters);
    if (printed != delivered + undelivered)
        call_explain(call, RULE_STK_01, "%s 印制 %lld ≠ 送达 %lld + 未送达 %lld",
                     "%s: printed %lld is not delivered %lld + undelivered %lld", group,
                     (long long)printed, (long long)delivered, (long long)undelivered);
    return ERR_OK;
}

static enum err
card_issue_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const struct card card = {.unit = call->unit,
                                  .seq = call->seq,
                                  .line = (int64_t)i + 1,
                                  .grp = call_text(call, "group"),
                                  .printed = row_int(row, "printed"),
                                  .delivered = row_int(row, "delivered"),
                                  .signed_for = row_int(row, "signed")};
        TRY(card_store_add(call->ctx, call->db, &card));
    }
    for (size_t i = 0; i < call_count(call, "undelivered"); i++)
        TRY(card_store_add_undelivered(call->ctx, call->db, call->unit, call->seq,
                                       call_person(call, "undelivered", i)));
    return ERR_OK;
}

ACT_CODE(card_issue, CARD_ISSUE_FIELDS, card_issue_check, card_issue_apply, NULL);
