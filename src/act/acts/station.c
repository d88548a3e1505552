/* SPDX-License-Identifier: Apache-2.0 */
/* Where it is voted, and who is helped (acts.md 6.7): station.set, assist.list, poll.notice. */
#include <string.h>

#include "act/polling.h"
#include "domain/calendar.h"
#include "domain/polling.h"
#include "store/kin_store.h"
#include "store/person_store.h"
#include "store/proxy_store.h"
#include "store/staff_store.h"
#include "store/standing_store.h"
#include "store/station_store.h"
#include "store/voter_store.h"

/* --- station.set 设中心会场、投票站、票箱 --- */

static const struct field STATION_BOXES[] = {
    FIELD(FIELD_INT, "box", FIELD_REQUIRED, "票箱号", "box"),
    FIELDS_END,
};

static const struct field STATION_ROUTE[] = {
    FIELD(FIELD_TIME, "at", FIELD_REQUIRED, "时间", "at"),
    FIELD(FIELD_TEXT, "place", FIELD_REQUIRED, "地点", "place"),
    FIELDS_END,
};

static const struct field STATION_SET_FIELDS[] = {
    FIELD(FIELD_INT, "round", 0, "轮次", "round"),
    FIELD(FIELD_TEXT, "name", FIELD_REQUIRED, "名称", "name"),
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "central station mobile"),
    FIELD(FIELD_TEXT, "place", FIELD_REQUIRED, "地点", "place"),
    FIELD(FIELD_TIME, "opens", FIELD_REQUIRED, "开始时间", "opens"),
    FIELD(FIELD_TIME, "closes", FIELD_REQUIRED, "结束时间", "closes"),
    FIELD_ROWS("boxes", FIELD_REQUIRED, "票箱", "boxes", STATION_BOXES),
    FIELD(FIELD_INT, "booths", FIELD_REQUIRED, "秘密写票处数", "booths"),
    FIELD_ROWS("route", 0, "路线", "route", STATION_ROUTE),
    FIELD(FIELD_TEXT, "reason", FIELD_WORDING, "理由", "reason"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static enum err
station_central_check(struct call *call, const struct round *round)
{
    struct station *list;
    size_t count;
    TRY(station_store_list(call->ctx, call->db, call->unit, round->round, &list, &count));
    for (size_t i = 0; i < count; i++) {
        const bool other = strcmp(list[i].name, call_text(call, "name")) != 0;
        if (other && strcmp(list[i].kind, "central") == 0 && call_is(call, "kind", "central"))
            call_block(call, RULE_POL_01, "中心会场已设：%s", "there is a central venue: %s",
                       list[i].name);
    }
    return ERR_OK;
}

static enum err
station_boxes_check(struct call *call, const struct round *round)
{
    struct box box;
    for (size_t i = 0; i < call_count(call, "boxes"); i++) {
        const int64_t number = row_int(call_row(call, "boxes", i), "box");
        if (number < 1)
            return FAIL_FIELD(call->ctx, "boxes", "boxes：票箱号从 1 起",
                              "boxes: numbers begin with 1");
        const enum err err =
            box_store_find(call->ctx, call->db, call->unit, round->round, number, &box);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        if (err == ERR_OK && strcmp(box.station, call_text(call, "name")) != 0)
            call_block(call, RULE_SEQ_07, "%lld 号票箱已设在 %s", "box %lld is at %s already",
                       (long long)number, box.station);
        for (size_t j = 0; j < i; j++) {
            if (row_int(call_row(call, "boxes", j), "box") == number)
                call_block(call, RULE_SEQ_07, "%lld 号票箱填了两次", "box %lld is named twice",
                           (long long)number);
        }
    }
    return ERR_OK;
}

/* POL-03: some packs know no mobile box, some ask the township's consent. */
static void
mobile_check(struct call *call)
{
    const enum mobile_use use = (enum mobile_use)pack_word(call->pack, PACK_MOBILE_USE);
    if (!call_is(call, "kind", "mobile"))
        return;
    if (use == MOBILE_NONE)
        call_block(call, RULE_POL_03, "本地不设流动票箱（%s）", "no mobile boxes here (%s)",
                   pack_source(call->ctx, call->pack, PACK_MOBILE_USE));
    else if (pack_yes(call->pack, PACK_MOBILE_APPROVAL))
        finding_todo(call,
                     call_approve(call, RULE_POL_03, "mobile_box", "设流动票箱须经乡镇批准（%s）",
                                  "a mobile box needs the township's consent (%s)",
                                  pack_source(call->ctx, call->pack, PACK_MOBILE_APPROVAL)),
                     "先办理请示（approval.request，kind=mobile_box），由乡镇批准",
                     "ask first (approval.request kind=mobile_box); the township grants it");
}

static enum err
station_set_check(struct call *call)
{
    struct round round;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found || polling_block_opened(call, &round))
        return ERR_OK;
    if (call_count(call, "boxes") == 0)
        call_block(call, RULE_POL_01, "每个投票点至少有一个票箱", "each place has a box");
    if (call_int(call, "booths") < 1 && !call_is(call, "kind", "mobile"))
        call_block(call, RULE_POL_01, "须设秘密写票处，booths 为 0",
                   "there must be a secret writing place, booths is 0");
    if (strcmp(call_text(call, "opens"), call_text(call, "closes")) >= 0)
        call_block(call, RULE_SEQ_06, "开始时间 %s 不早于结束时间 %s", "opens at %s, not before %s",
                   call_text(call, "opens"), call_text(call, "closes"));
    if (polling_reached(&round, ROUND_NOTICED))
        finding_todo(call,
                     call_warn(call, RULE_CAL_05, "投票公告已公布，设站有变动",
                               "the notice of the poll is posted; stations change"),
                     "另行公布投票公告（poll.notice）", "post the notice anew (poll.notice)");
    mobile_check(call);
    TRY(station_central_check(call, &round));
    return station_boxes_check(call, &round);
}

static enum err
station_set_apply(struct call *call)
{
    struct round round;
    TRY(polling_round_find(call, &round));
    const json_t *route = json_object_get(call->fields, "route");
    const struct station station = {
        .unit = call->unit,
        .round = round.round,
        .name = call_text(call, "name"),
        .kind = call_text(call, "kind"),
        .place = call_text(call, "place"),
        .opens = call_text(call, "opens"),
        .closes = call_text(call, "closes"),
        .booths = call_int(call, "booths"),
        .route = route ? json_canonical(call->ctx, route) : "",
        .reason = call_text(call, "reason"),
        .seq = call->seq,
    };
    TRY(station_store_put(call->ctx, call->db, &station));
    TRY(box_store_clear_station(call->ctx, call->db, call->unit, round.round, station.name));
    for (size_t i = 0; i < call_count(call, "boxes"); i++)
        TRY(box_store_put(call->ctx, call->db, call->unit, round.round,
                          row_int(call_row(call, "boxes", i), "box"), station.name, station.kind));
    return ERR_OK;
}

ACT_CODE(station_set, STATION_SET_FIELDS, station_set_check, station_set_apply, NULL);

/* --- assist.list 流动票箱、代写人员名单 --- */

static const struct field ASSIST_ROWS[] = {
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "村民", "person"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason", "old ill disabled remote illiterate"),
    FIELD(FIELD_INT, "box", 0, "票箱号", "box"),
    FIELD(FIELD_PERSON, "scribe", 0, "代写人", "scribe"),
    FIELDS_END,
};

static const struct field ASSIST_LIST_FIELDS[] = {
    FIELD(FIELD_INT, "round", 0, "轮次", "round"),
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "mobile scribe"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "名单", "rows", ASSIST_ROWS),
    FIELDS_POSTING,
    FIELDS_END,
};

static enum err
assist_person_check(struct call *call, const char *person)
{
    struct proxy proxy;
    const char *name;
    bool registered = false;
    const bool mobile = call_is(call, "kind", "mobile");
    TRY(person_name(call->ctx, call->db, call->unit, person, &name));
    TRY(voter_store_is_registered(call->ctx, call->db, call->unit, person, &registered));
    if (!registered)
        call_block(call, mobile ? RULE_POL_03 : RULE_PRX_08, "%s 不在登记参加选举的村民名单上",
                   "%s is not on the roll", name);
    const enum err err = proxy_store_of_principal(call->ctx, call->db, call->unit, person, &proxy);
    if (err == ERR_OK)
        call_block(call, mobile ? RULE_POL_03 : RULE_PRX_08, "%s 已委托他人投票（第 %lld 号记录）",
                   "%s has given a proxy (entry %lld)", name, (long long)proxy.seq);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

/* PRX-08: the scribe is tested against every candidate. */
static enum err
scribe_check(struct call *call, const struct round *round, const char *scribe)
{
    struct polling_people people;
    struct polling_person person = {0};
    TRY(person_name(call->ctx, call->db, call->unit, scribe, &person.name));
    TRY(polling_candidates(call, round, NULL, &people));
    for (size_t i = 0; i < people.count; i++) {
        TRY(person_is_same(call->ctx, call->db, call->unit, scribe, people.list[i],
                           &person.is_candidate));
        TRY(person_name(call->ctx, call->db, call->unit, people.list[i], &person.candidate));
        TRY(kin_store_relation(call->ctx, call->db, call->unit, scribe, people.list[i],
                               &person.relation));
        polling_scribe_check(call->ctx, &person, call->findings);
    }
    return ERR_OK;
}

static enum err
assist_row_check(struct call *call, const struct round *round, const json_t *row)
{
    const int64_t number = row_int(row, "box");
    struct box box;
    bool found = true;
    TRY(assist_person_check(call, row_text(row, "person")));
    if (number)
        TRY(polling_box(call, round, number, &box, &found));
    if (call_is(call, "kind", "mobile") && (!number || (found && strcmp(box.kind, "mobile") != 0)))
        call_block(call, RULE_POL_03, "流动票箱名单须写明流动票箱号",
                   "the list of a mobile box names the mobile box");
    if (row_text(row, "scribe")[0])
        TRY(scribe_check(call, round, row_text(row, "scribe")));
    else if (call_is(call, "kind", "scribe"))
        call_block(call, RULE_PRX_08, "代写名单须写明代写人",
                   "the list of scribes names the scribe");
    return ERR_OK;
}

static enum err
assist_list_check(struct call *call)
{
    struct round round;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found || polling_block_opened(call, &round))
        return ERR_OK;
    call_not_future(call, "posted_on");
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(assist_row_check(call, &round, call_row(call, "rows", i)));
    return ERR_OK;
}

static enum err
assist_list_apply(struct call *call)
{
    struct round round;
    TRY(polling_round_find(call, &round));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const struct assist assist = {
            .unit = call->unit,
            .round = round.round,
            .kind = call_text(call, "kind"),
            .person = row_text(row, "person"),
            .reason = row_text(row, "reason"),
            .box = row_int(row, "box"),
            .scribe = row_text(row, "scribe"),
            .seq = call->seq,
        };
        TRY(assist_store_put(call->ctx, call->db, &assist));
    }
    return ERR_OK;
}

ACT_CODE(assist_list, ASSIST_LIST_FIELDS, assist_list_check, assist_list_apply, NULL);

/* --- poll.notice 公布投票时间、地点、方式 --- */

static const struct field POLL_NOTICE_FIELDS[] = {
    FIELD(FIELD_INT, "round", FIELD_REQUIRED, "轮次", "round"),
    FIELD(FIELD_TIME, "opens", FIELD_REQUIRED, "开始时间", "opens"),
    FIELD(FIELD_TIME, "closes", FIELD_REQUIRED, "结束时间", "closes"),
    FIELD(FIELD_TEXT, "method", FIELD_REQUIRED | FIELD_WORDING, "投票方式", "method"),
    FIELD(FIELD_TEXT, "count_place", FIELD_REQUIRED | FIELD_WORDING, "计票地点", "count place"),
    FIELDS_POSTING,
    FIELDS_END,
};

/* CAL-05 binds the first round; for a later one the law is silent (acts.md 9.10). */
static void
notice_day_check(struct call *call, const struct round *round)
{
    const struct calendar_bases bases = {.polling_day = round->polling_day};
    const struct date last = calendar_deadline(call->pack, CALENDAR_POLLING_NOTICE_POSTED, &bases);
    const struct date posted = call_date(call, "posted_on");
    if (!date_is_set(round->polling_day) || !date_is_set(last) || date_compare(posted, last) <= 0)
        return;
    const char *const words = date_words(call->ctx, last);
    if (round->after_round)
        call_warn(call, RULE_CAL_05, "本轮投票公告公布日 %s > %s",
                  "the notice of this round is posted on %s > %s", date_words(call->ctx, posted),
                  words);
    else
        finding_todo(call,
                     call_block(call, RULE_CAL_05, "投票公告公布日 %s > 最后一日 %s（%s）",
                                "posted on %s > last day %s (%s)", date_words(call->ctx, posted),
                                words, pack_source(call->ctx, call->pack, PACK_NOTICE_POSTED_BY)),
                     "变更选举日（day.change），再公布",
                     "change the polling day (day.change) first");
}

/* What must be settled before it can be announced. */
static enum err
notice_needs_check(struct call *call, const struct round *round)
{
    struct station *stations;
    struct staff *staff;
    size_t count;
    bool without;
    TRY(station_store_list(call->ctx, call->db, call->unit, round->round, &stations, &count));
    if (!count || strcmp(stations[0].kind, "central") != 0)
        call_block(call, RULE_SEQ_01, "还没有设中心会场（station.set）",
                   "there is no central venue yet (station.set)");
    TRY(staff_store_list(call->ctx, call->db, call->unit, round->round, &staff, &count));
    if (!count)
        call_block(call, RULE_SEQ_01, "还没有确定工作人员（staff.appoint）",
                   "no staff is appointed yet (staff.appoint)");
    const struct standing_query query = {.unit = call->unit,
                                         .act = "candidates.post",
                                         .body = round->body,
                                         .round = -1,
                                         .list = "formal"};
    struct standing standing;
    const enum err err = standing_store_last(call->ctx, call->db, &query, &standing);
    TRY(polling_without_candidates(call, &without));
    if (err == ERR_NOT_FOUND && !without && !round->after_round)
        call_block(call, RULE_SEQ_01, "正式候选人名单还没有公布（candidates.post list=formal）",
                   "the formal list is not posted yet (candidates.post list=formal)");
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
poll_notice_check(struct call *call)
{
    struct round round;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found || polling_block_opened(call, &round))
        return ERR_OK;
    call_not_future(call, "posted_on");
    if (strcmp(call_text(call, "opens"), call_text(call, "closes")) >= 0)
        call_block(call, RULE_SEQ_06, "开始时间 %s 不早于结束时间 %s", "opens at %s, not before %s",
                   call_text(call, "opens"), call_text(call, "closes"));
    notice_day_check(call, &round);
    return notice_needs_check(call, &round);
}

static enum err
poll_notice_apply(struct call *call)
{
    struct round round;
    TRY(polling_round_find(call, &round));
    if (strcmp(round.state, round_state_word(ROUND_ORDERED)) != 0)
        return ERR_OK;
    return round_store_set_state(call->ctx, call->db, call->unit, round.round, ROUND_NOTICED);
}

ACT_CODE(poll_notice, POLL_NOTICE_FIELDS, poll_notice_check, poll_notice_apply, NULL);
