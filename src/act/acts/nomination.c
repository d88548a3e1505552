/* SPDX-License-Identifier: Apache-2.0 */
/* Nomination 提名 (acts.md 6.6). */
#include <string.h>

#include "act/people.h"
#include "domain/calendar.h"
#include "domain/majority.h"
#include "store/candidate_store.h"
#include "store/committee_store.h"
#include "store/nomination_store.h"
#include "store/round_store.h"
#include "store/seat_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"
#include "store/voter_store.h"

/* --- nominate.announce 提名公告 --- */

/* `places` are those of the nomination; the notice hangs there too. */
static const struct field NOMINATE_ANNOUNCE_FIELDS[] = {
    FIELD(FIELD_DATE, "from_on", FIELD_REQUIRED, "提名开始日", "from"),
    FIELD(FIELD_DATE, "to_on", FIELD_REQUIRED, "提名截止日", "to"),
    FIELD_CHOICES("method", FIELD_REQUIRED, "方式", "method", "assembly stations door"),
    FIELD_ROWS("places", FIELD_REQUIRED, "提名、张贴地点", "places", FIELD_POSTING_PLACES),
    FIELD(FIELD_DATE, "posted_on", FIELD_REQUIRED, "张贴日期", "posted on"),
    FIELD(FIELD_TIME, "posted_at", FIELD_WORDING, "张贴时间", "posted at"),
    FIELD(FIELD_DATE, "until", 0, "张贴至", "until"),
    FIELDS_END,
};

static enum err
nominate_announce_check(struct call *call)
{
    int64_t open;
    call_not_future(call, "posted_on");
    if (date_compare(call_date(call, "to_on"), call_date(call, "from_on")) < 0)
        call_block(call, RULE_SEQ_06, "截止日早于开始日", "the nomination ends before it begins");
    if (date_compare(call_date(call, "from_on"), call_date(call, "posted_on")) < 0)
        call_block(call, RULE_SEQ_06, "提名开始早于公告张贴",
                   "the nomination begins before the notice hangs");
    TRY(objection_store_open(call->ctx, call->db, call->unit, "roll", &open));
    if (open > 0)
        call_warn(call, RULE_CAL_02, "选民名单还有 %lld 件申诉没有处理",
                  "%lld objections to the roll are open", (long long)open);
    return ERR_OK;
}

static enum err
nominate_announce_apply(struct call *call)
{
    struct seat *seats;
    size_t count;
    const struct date from = call_date(call, "from_on");
    const struct date to = call_date(call, "to_on");
    const struct round round = {
        .unit = call->unit,
        .body = "village",
        .kind = "nomination",
        .polling_day = date_compare(from, to) == 0 ? to : DATE_NONE,
        .opened_seq = call->seq,
    };
    struct nomination nomination = {
        .unit = call->unit, .seq = call->seq, .from_on = from, .to_on = to};
    TRY(round_store_open(call->ctx, call->db, &round, &nomination.round));
    TRY(round_store_set_state(call->ctx, call->db, call->unit, nomination.round, ROUND_NOTICED));
    TRY(seat_store_list(call->ctx, call->db, call->unit, "village", &seats, &count));
    for (size_t i = 0; i < count; i++)
        TRY(round_store_add_post(call->ctx, call->db, call->unit, nomination.round, seats[i].post,
                                 seats[i].seats));
    return nomination_store_put(call->ctx, call->db, &nomination);
}

ACT_CODE(nominate_announce, NOMINATE_ANNOUNCE_FIELDS, nominate_announce_check,
         nominate_announce_apply, NULL);

/* --- nominate.self 自荐 --- */

static const struct field NOMINATE_SELF_FIELDS[] = {
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "自荐人", "person"),
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", "chair vice_chair member women_member"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "报名日期", "on"),
    FIELDS_PAPER,
    FIELDS_END,
};

static enum err
self_mode_check(struct call *call)
{
    struct adopted_rules rules = {.mode = ""};
    struct calendar_bases bases = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                                   DATE_NONE, DATE_NONE, DATE_NONE};
    const enum err err =
        rules_store_find(call->ctx, call->db, call->unit, "election_rules", &rules);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (!pack_yes(call->pack, PACK_SELF_NOMINATION_MAY) ||
        strcmp(rules.mode, "self_nomination") != 0)
        call_block(call, RULE_CAL_08, "本地规则或者本村选举办法没有自荐竞职的方式",
                   "self-nomination is no mode of this place's law or of the village's rules");
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &bases.polling_day));
    const struct date last = calendar_day(call->pack, PACK_SELF_NOMINATION_BY, &bases);
    if (date_is_set(last) && date_compare(call_date(call, "on"), last) > 0)
        call_block(call, RULE_CAL_08, "自荐最迟 %s", "self-nomination ended on %s",
                   date_format(call->ctx, last));
    return ERR_OK;
}

static enum err
nominate_self_check(struct call *call)
{
    const char *person = call_text(call, "person");
    const struct people_act before = {.act = "nominate.self", .subject = person};
    bool has;
    call_not_future(call, "on");
    TRY(self_mode_check(call));
    TRY(people_has(call, &before, &has));
    if (has)
        call_block(call, RULE_CAL_08, "一人只能报一个职务", "one post each");
    TRY(people_on_roll(call, person));
    TRY(people_sanctioned(call, person));
    return people_eligible(call, person, call_text(call, "post"), true);
}

static enum err
nominate_self_apply(struct call *call)
{
    const struct candidate candidate = {
        .unit = call->unit,
        .body = "village",
        .person = call_text(call, "person"),
        .post = call_text(call, "post"),
        .state = "accepted",
        .source = "self",
    };
    return candidate_store_put(call->ctx, call->db, &candidate);
}

ACT_CODE(nominate_self, NOMINATE_SELF_FIELDS, nominate_self_check, nominate_self_apply, NULL);

/* --- nominate.result 提名、预选结果 --- */

static const struct field RESULT_ROWS[] = {
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", "chair vice_chair member women_member"),
    FIELD(FIELD_VILLAGER, "person", FIELD_REQUIRED, "被提名人", "person"),
    FIELD(FIELD_INT, "votes", FIELD_REQUIRED, "得票", "votes"),
    FIELDS_END,
};
static const struct field NOMINATE_RESULT_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "nomination primary"),
    FIELD(FIELD_DATE, "held_on", FIELD_REQUIRED, "日期", "held on"),
    FIELD(FIELD_INT, "electors", 0, "应参加人数", "electors"),
    FIELD(FIELD_INT, "papers_issued", FIELD_REQUIRED, "发出提名票", "papers issued"),
    FIELD(FIELD_INT, "papers_recovered", FIELD_REQUIRED, "收回提名票", "papers recovered"),
    FIELD(FIELD_INT, "void", FIELD_REQUIRED, "无效票", "void papers"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "得票", "rows", RESULT_ROWS),
    FIELD(FIELD_FILE, "sheets", 0, "计票单", "sheets"),
    FIELD(FIELD_PERSONS, "counted_by", FIELD_REQUIRED, "计票人", "counted by"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static enum err
result_order_check(struct call *call)
{
    struct nomination nomination;
    const struct people_act concluded = {.act = "review.conclude", .body = "village"};
    bool has;
    if (call_is(call, "kind", "primary")) {
        TRY(people_has(call, &concluded, &has));
        if (!has)
            call_block(call, RULE_SEQ_01, "预选前须有联审结论（review.conclude）",
                       "a primary needs the review concluded (review.conclude)");
        return ERR_OK;
    }
    const enum err err = nomination_store_find(call->ctx, call->db, call->unit, &nomination);
    if (err == ERR_NOT_FOUND) {
        call_block(call, RULE_SEQ_01, "还没有提名公告（nominate.announce）",
                   "the nomination is not announced (nominate.announce)");
        return ERR_OK;
    }
    TRY(err);
    if (date_compare(call_date(call, "held_on"), nomination.to_on) < 0)
        call_block(call, RULE_SEQ_06, "提名 %s 才截止", "the nomination ends on %s",
                   date_format(call->ctx, nomination.to_on));
    return ERR_OK;
}

/* CNT-01 for papers: not more back than out, not more out than electors. */
static enum err
papers_check(struct call *call)
{
    int64_t registered;
    const int64_t issued = call_int(call, "papers_issued");
    const int64_t recovered = call_int(call, "papers_recovered");
    const bool primary = call_is(call, "kind", "primary");
    TRY(voter_store_count(call->ctx, call->db, call->unit, &registered));
    const int64_t electors = primary ? call_int(call, "electors") : registered;
    if (call_int(call, "void") > recovered)
        return FAIL_FIELD(call->ctx, "void", "void：无效票多于收回的票",
                          "void: more void papers than were recovered");
    if (recovered > issued)
        call_block(call, RULE_CNT_01, "收回 %lld > 发出 %lld，提名无效，须重新提名",
                   "recovered %lld > issued %lld: void, to be repeated", (long long)recovered,
                   (long long)issued);
    if (issued > electors)
        call_block(call, RULE_CNT_01, "发出 %lld > 应参加 %lld", "issued %lld > electors %lld",
                   (long long)issued, (long long)electors);
    return ERR_OK;
}

/* NOM-02: on each paper at most as many names for a post as it has seats. */
static enum err
sums_check(struct call *call)
{
    struct seat *seats;
    size_t count;
    const int64_t valid = call_int(call, "papers_recovered") - call_int(call, "void");
    TRY(seat_store_list(call->ctx, call->db, call->unit, "village", &seats, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t sum = 0;
        for (size_t j = 0; j < call_count(call, "rows"); j++) {
            const json_t *row = call_row(call, "rows", j);
            sum += row_is(row, "post", seats[i].post) ? row_int(row, "votes") : 0;
        }
        if (sum > seats[i].seats * valid)
            call_block(call, RULE_NOM_02, "%s 共得 %lld 票 > 应选 %lld × 有效票 %lld",
                       "%s: %lld votes > %lld seats × %lld valid papers", seats[i].post,
                       (long long)sum, (long long)seats[i].seats, (long long)valid);
    }
    return ERR_OK;
}

static enum err
result_rows_check(struct call *call)
{
    const int64_t valid = call_int(call, "papers_recovered") - call_int(call, "void");
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const char *person = row_text(row, "person");
        int64_t seats;
        TRY(people_on_roll(call, person));
        TRY(seat_store_seats(call->ctx, call->db, call->unit, "village", row_text(row, "post"),
                             &seats));
        if (seats == 0)
            call_block(call, RULE_NOM_02, "没有 %s 的职数", "there is no seat for %s",
                       row_text(row, "post"));
        if (row_int(row, "votes") > valid)
            call_block(call, RULE_NOM_02, "%s 得 %lld 票，多于有效票 %lld",
                       "%s has %lld votes, valid papers are %lld", person,
                       (long long)row_int(row, "votes"), (long long)valid);
        for (size_t j = 0; j < i; j++) {
            const json_t *other = call_row(call, "rows", j);
            if (row_is(other, "person", person) && row_is(other, "post", row_text(row, "post")))
                call_block(call, RULE_SEQ_07, "%s 同一职务列了两次", "%s is listed twice", person);
        }
    }
    return ERR_OK;
}

/* Whether enough took part (NOM-03: more than half of the roll where the pack asks it; a primary
 * two thirds of the representatives). A fact, so it is written either way. */
static enum err
turnout_holds(struct call *call, bool *ret_holds)
{
    int64_t registered;
    const int64_t recovered = call_int(call, "papers_recovered");
    if (call_is(call, "kind", "primary")) {
        *ret_holds = at_least(recovered, call_int(call, "electors"), 2, 3);
        return ERR_OK;
    }
    TRY(voter_store_count(call->ctx, call->db, call->unit, &registered));
    *ret_holds = recovered > 0 && (!pack_yes(call->pack, PACK_NOMINATE_MAJORITY) ||
                                   more_than_half(recovered, registered));
    return ERR_OK;
}

static enum err
nominate_result_check(struct call *call)
{
    bool holds;
    call_not_future(call, "held_on");
    if (call_is(call, "kind", "primary") && call_int(call, "electors") < 1)
        return FAIL_FIELD(call->ctx, "electors", "electors：预选须填应参加人数",
                          "electors: a primary has electors");
    TRY(result_order_check(call));
    TRY(papers_check(call));
    TRY(sums_check(call));
    TRY(result_rows_check(call));
    TRY(turnout_holds(call, &holds));
    if (!holds)
        finding_todo(call,
                     call_warn(call, RULE_NOM_03, "参加提名 %lld 人，未达到规定人数，提名无效",
                               "%lld took part: not enough, the nomination is void",
                               (long long)call_int(call, "papers_recovered")),
                     "重新提名（nominate.announce）", "nominate again (nominate.announce)");
    return ERR_OK;
}

/* Not valid: neither the result nor its notice stands, so that both may be done again. */
static enum err
result_void(struct call *call, const struct nomination *nomination)
{
    TRY(standing_store_set(call->ctx, call->db, call->unit, call->seq, "void"));
    if (!nomination->seq)
        return ERR_OK;
    TRY(standing_store_set(call->ctx, call->db, call->unit, nomination->seq, "void"));
    return round_store_set_void(call->ctx, call->db, call->unit, nomination->round, "NOM-03");
}

static enum err
nomination_settle(struct call *call, struct nomination *nomination)
{
    const struct round counted = {
        .unit = call->unit,
        .round = nomination->round,
        .valid = call_int(call, "papers_recovered") - call_int(call, "void"),
        .invalid = call_int(call, "void"),
    };
    nomination->papers = call_int(call, "papers_recovered");
    TRY(nomination_store_put(call->ctx, call->db, nomination));
    TRY(round_store_set_counted(call->ctx, call->db, &counted));
    return round_store_set_state(call->ctx, call->db, call->unit, nomination->round, ROUND_SETTLED);
}

static enum err
nominate_result_apply(struct call *call)
{
    struct nomination nomination = {.seq = 0};
    bool holds;
    if (call_is(call, "kind", "nomination"))
        TRY(nomination_store_find(call->ctx, call->db, call->unit, &nomination));
    TRY(turnout_holds(call, &holds));
    if (!holds)
        return result_void(call, &nomination);
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const struct nomination_vote vote = {
            .unit = call->unit,
            .kind = call_text(call, "kind"),
            .post = row_text(row, "post"),
            .person = row_text(row, "person"),
            .votes = row_int(row, "votes"),
        };
        TRY(vote_store_add(call->ctx, call->db, &vote));
    }
    return nomination.seq ? nomination_settle(call, &nomination) : ERR_OK;
}

ACT_CODE(nominate_result, NOMINATE_RESULT_FIELDS, nominate_result_check, nominate_result_apply,
         NULL);
