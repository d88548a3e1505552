/* SPDX-License-Identifier: Apache-2.0 */
/* The village election committee 村民选举委员会 (acts.md 6.4): elected, posted, left, filled,
 * meeting. */
#include <string.h>

#include "act/duty.h"
#include "act/gate.h"
#include "domain/majority.h"
#include "domain/vec.h"
#include "store/committee_store.h"
#include "store/person_store.h"
#include "store/prep_store.h"
#include "store/request_store.h"
#include "store/standing_store.h"

/* --- vec.elect 推选 --- */

static const struct field VEC_ASSEMBLIES[] = {
    FIELD(FIELD_SEQ, "assembly_seq", FIELD_REQUIRED, "会议记录号", "assembly"),
    FIELDS_END,
};
static const struct field VEC_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "成员", "person"),
    FIELD(FIELD_INT, "votes", FIELD_REQUIRED, "得票", "votes"),
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", "chair vice_chair member"),
    FIELDS_END,
};
static const struct field VEC_ALTERNATES[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "候补", "person"),
    FIELD(FIELD_INT, "votes", FIELD_REQUIRED, "得票", "votes"),
    FIELDS_END,
};
static const struct field VEC_ELECT_FIELDS[] = {
    FIELD_CHOICES("method", FIELD_REQUIRED, "推选方式", "method",
                  "villagers representatives groups"),
    FIELD_ROWS("assemblies", FIELD_REQUIRED, "会议", "assemblies", VEC_ASSEMBLIES),
    FIELD(FIELD_DATE, "elected_on", FIELD_REQUIRED, "推选日期", "elected on"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "成员", "members", VEC_ROWS),
    FIELD_ROWS("alternates", 0, "候补", "alternates", VEC_ALTERNATES),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* Both matters must have passed, in one of the assemblies named. */
static enum err
assemblies_check(struct call *call)
{
    static const char *const MATTERS[] = {"vec_method", "vec_members"};
    for (size_t m = 0; m < COUNT_OF(MATTERS); m++) {
        bool passed = false;
        for (size_t i = 0; i < call_count(call, "assemblies"); i++) {
            struct assembly_item item;
            const int64_t seq = row_int(call_row(call, "assemblies", i), "assembly_seq");
            const enum err err =
                assembly_store_find(call->ctx, call->db, call->unit, seq, MATTERS[m], &item);
            if (err != ERR_OK && err != ERR_NOT_FOUND)
                return err;
            passed = passed || (err == ERR_OK && item.passed);
        }
        if (!passed)
            call_block(
                call, RULE_VEC_01, "所列会议没有通过 %s（法定人数或者票数不够，或没有这一项）",
                "no assembly named passed %s (no quorum, no majority or no such item)", MATTERS[m]);
    }
    return ERR_OK;
}

static enum err
size_check(struct call *call)
{
    struct ctx *ctx = call->ctx;
    const size_t count = call_count(call, "rows");
    struct vec_member *members = mem_array(ctx->mem, struct vec_member, count);
    struct vec_result result;
    for (size_t i = 0; i < count; i++)
        members[i] = (struct vec_member){
            .name = row_text(call_row(call, "rows", i), "person"),
            .votes = row_int(call_row(call, "rows", i), "votes"),
            .kin_nominated = RELATION_NONE,
        };
    const struct vec_facts facts = {.members = members, .member_count = count};
    vec_decide(ctx, call->pack, &facts, &result);
    for (size_t i = 0; i < result.ruling.findings.count; i++) {
        const struct finding *finding = &result.ruling.findings.list[i];
        *finding_add(ctx, call->findings, finding->rule, finding->severity, finding->text) =
            *finding;
    }
    return ERR_OK;
}

/* VEC-03: near relatives do not serve together (seed: 不得; 规程: 不宜), pack vec.kin. */
static enum err
members_kin_check(struct call *call)
{
    const int rule = pack_word(call->pack, PACK_VEC_KIN);
    if (rule == VEC_KIN_ALLOWED)
        return ERR_OK;
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        for (size_t j = 0; j < i; j++) {
            const char *a = row_text(call_row(call, "rows", i), "person");
            const char *b = row_text(call_row(call, "rows", j), "person");
            bool kin;
            if (strcmp(a, b) == 0)
                call_block(call, RULE_SEQ_07, "%s 列了两次", "%s is listed twice", a);
            TRY(duty_are_kin(call, a, b, KIN_NEAR, &kin));
            if (kin && rule == VEC_KIN_FORBIDDEN)
                call_block(call, RULE_VEC_03, "%s 与 %s 是近亲属，不得同时担任",
                           "%s and %s are near relatives", a, b);
            else if (kin)
                call_warn(call, RULE_VEC_03, "%s 与 %s 是近亲属，不宜同时担任",
                          "%s and %s are near relatives", a, b);
        }
    }
    return ERR_OK;
}

/* CAL-12: the audit's result is public at latest the day before. */
static enum err
audit_day_check(struct call *call)
{
    struct standing posting;
    const struct standing_query query = {.unit = call->unit, .act = "audit.publish", .round = -1};
    TRY(standing_store_last(call->ctx, call->db, &query, &posting));
    if (pack_yes(call->pack, PACK_AUDIT_BEFORE_VEC) &&
        date_compare(posting.on_day, call_date(call, "elected_on")) >= 0)
        call_block(call, RULE_CAL_12, "审计结果 %s 才公布，选举委员会最早次日推选",
                   "the audit was published on %s: the committee is elected the day after at the "
                   "earliest",
                   date_format(call->ctx, posting.on_day));
    return ERR_OK;
}

static enum err
rectify_check(struct call *call)
{
    struct matter *open;
    size_t count;
    TRY(matter_store_open_list(call->ctx, call->db, call->unit, "rectify", &open, &count));
    for (size_t i = 0; i < count; i++) {
        const bool issue = strcmp(open[i].about, "audit_issue") == 0;
        if (issue)
            call_warn(call, RULE_ORG_05, "审计问题（第 %lld 号）还没有了结",
                      "audit issue %lld is open", (long long)open[i].seq);
        else
            call_block(call, RULE_ORG_05, "第 %lld 号整顿还没有销号", "rectification %lld is open",
                       (long long)open[i].seq);
    }
    return ERR_OK;
}

static enum err
vec_elect_check(struct call *call)
{
    size_t chairs = 0;
    call_not_future(call, "elected_on");
    TRY(audit_day_check(call));
    TRY(rectify_check(call));
    TRY(assemblies_check(call));
    TRY(size_check(call));
    TRY(members_kin_check(call));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        bool barred;
        chairs += row_is(row, "post", "chair");
        TRY(sanction_store_bars(call->ctx, call->db, call->unit, row_text(row, "person"), &barred));
        if (barred)
            call_block(call, RULE_CND_02, "%s 被查处，不能担任", "%s is under a sanction",
                       row_text(row, "person"));
    }
    if (chairs != 1)
        call_block(call, RULE_VEC_02, "应有主任一人，填了 %zu 人", "one chair is needed, not %zu",
                   chairs);
    return ERR_OK;
}

static enum err
member_put(struct call *call, const json_t *row, const char *kind, size_t place)
{
    const bool member = strcmp(kind, "member") == 0;
    const struct committee_member record = {
        .unit = call->unit,
        .person = row_text(row, "person"),
        .kind = kind,
        .post = member ? row_text(row, "post") : "member",
        .votes = row_int(row, "votes"),
        .place = (int64_t)place + 1,
        .state = member ? "in" : "waiting",
    };
    return committee_store_put(call->ctx, call->db, &record);
}

static enum err
vec_elect_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(member_put(call, call_row(call, "rows", i), "member", i));
    for (size_t i = 0; i < call_count(call, "alternates"); i++)
        TRY(member_put(call, call_row(call, "alternates", i), "alternate", i));
    return ERR_OK;
}

ACT_CODE(vec_elect, VEC_ELECT_FIELDS, vec_elect_check, vec_elect_apply, NULL);

/* --- vec.post --- */

static const struct field VEC_POST_FIELDS[] = {FIELDS_POSTING, FIELDS_END};

static enum err
vec_post_check(struct call *call)
{
    call_not_future(call, "posted_on");
    return ERR_OK;
}

ACT_CODE(vec_post, VEC_POST_FIELDS, vec_post_check, NULL, NULL);

/* --- vec.leave 退出 --- */

static const struct field VEC_LEAVE_FIELDS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "成员", "person"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason",
                  "nominated kin_nominated resigned died absent_twice dismissed"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELD(FIELD_DATE, "nominated_on", 0, "被提名日期", "nominated on"),
    FIELD(FIELD_SEQ, "assembly_seq", 0, "会议记录号", "assembly"),
    FIELDS_END,
};

static enum err
vec_leave_check(struct call *call)
{
    struct committee_member member;
    struct assembly_item item;
    call_not_future(call, "on");
    const enum err err =
        committee_store_find(call->ctx, call->db, call->unit, call_text(call, "person"), &member);
    if (err == ERR_NOT_FOUND) {
        call_block(call, RULE_SEQ_01, "%s 不在选举委员会", "%s is not on the committee",
                   call_text(call, "person"));
        return ERR_OK;
    }
    TRY(err);
    if (!call_is(call, "reason", "dismissed"))
        return ERR_OK;
    /* Only who elected him dismisses him (VEC-06). */
    const enum err found = assembly_store_find(
        call->ctx, call->db, call->unit, call_int(call, "assembly_seq"), "vec_members", &item);
    if (found != ERR_OK && found != ERR_NOT_FOUND)
        return found;
    if (found == ERR_NOT_FOUND || !item.passed)
        call_block(call, RULE_VEC_06, "撤换成员须经会议通过（assembly_seq）",
                   "a member is dismissed by an assembly (assembly_seq)");
    return ERR_OK;
}

static enum err
vec_leave_apply(struct call *call)
{
    struct committee_member member;
    TRY(committee_store_find(call->ctx, call->db, call->unit, call_text(call, "person"), &member));
    return committee_store_set_state(call->ctx, call->db, call->unit, member.person, "left");
}

ACT_CODE(vec_leave, VEC_LEAVE_FIELDS, vec_leave_check, vec_leave_apply, NULL);

/* --- vec.fill 递补 --- */

static const struct field VEC_FILL_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "递补人", "person"),
    FIELD_CHOICES("by", FIELD_REQUIRED, "方式", "by", "order elected"),
    FIELDS_END,
};
static const struct field VEC_FILL_FIELDS[] = {
    FIELD_ROWS("rows", FIELD_REQUIRED, "递补", "rows", VEC_FILL_ROWS),
    FIELD(FIELD_SEQ, "assembly_seq", 0, "会议记录号", "assembly"),
    FIELD(FIELD_PERSON, "chair", 0, "主任", "chair"),
    FIELD(FIELD_PERSON, "vice_chair", 0, "副主任", "vice-chair"),
    FIELDS_POSTING,
    FIELDS_END,
};

/* VEC-05: the alternates are called in the order of their votes. */
static enum err
fill_order_check(struct call *call)
{
    struct committee_member *waiting;
    size_t count;
    size_t called = 0;
    TRY(committee_store_waiting(call->ctx, call->db, call->unit, &waiting, &count));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        if (!row_is(row, "by", "order"))
            continue;
        bool same = false;
        if (called < count)
            TRY(person_is_same(call->ctx, call->db, call->unit, waiting[called].person,
                               row_text(row, "person"), &same));
        if (!same)
            call_block(call, RULE_VEC_05, "应按得票递补：下一位是 %s",
                       "alternates are called by votes: the next is %s",
                       called < count ? waiting[called].person : "—");
        called++;
    }
    return ERR_OK;
}

static enum err
fill_elected_check(struct call *call)
{
    struct assembly_item item;
    bool elected = false;
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        elected = elected || row_is(call_row(call, "rows", i), "by", "elected");
    if (!elected)
        return ERR_OK;
    const enum err err = assembly_store_find(call->ctx, call->db, call->unit,
                                             call_int(call, "assembly_seq"), "vec_members", &item);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || !item.passed)
        call_block(call, RULE_VEC_01, "另行推选须经会议通过（assembly_seq）",
                   "an election needs an assembly that passed it (assembly_seq)");
    return ERR_OK;
}

static enum err
vec_fill_check(struct call *call)
{
    int64_t places;
    struct committee_member *members;
    size_t count;
    call_not_future(call, "posted_on");
    TRY(committee_store_open_places(call->ctx, call->db, call->unit, &places));
    if ((int64_t)call_count(call, "rows") > places)
        call_block(call, RULE_VEC_05, "空缺 %lld 个，递补了 %zu 人",
                   "%lld places are open, not %zu", (long long)places, call_count(call, "rows"));
    TRY(fill_order_check(call));
    TRY(fill_elected_check(call));
    TRY(committee_store_members(call->ctx, call->db, call->unit, &members, &count));
    const int64_t size = (int64_t)(count + call_count(call, "rows"));
    if (size < pack_int(call->pack, PACK_VEC_LEAST))
        call_warn(call, RULE_VEC_02, "递补后只有 %lld 人，少于 %d 人",
                  "only %lld members, below %d", (long long)size,
                  pack_int(call->pack, PACK_VEC_LEAST));
    else if (size % 2 == 0)
        call_warn(call, RULE_VEC_02, "递补后 %lld 人，以奇数为宜", "%lld members: odd is better",
                  (long long)size);
    return ERR_OK;
}

static enum err
officer_set(struct call *call, const char *field)
{
    struct committee_member member;
    if (!call_has(call, field))
        return ERR_OK;
    const enum err err =
        committee_store_find(call->ctx, call->db, call->unit, call_text(call, field), &member);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    member.post = field;
    return committee_store_put(call->ctx, call->db, &member);
}

static enum err
vec_fill_apply(struct call *call)
{
    struct committee_member *waiting;
    size_t count;
    TRY(committee_store_waiting(call->ctx, call->db, call->unit, &waiting, &count));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        struct committee_member member = {
            .unit = call->unit,
            .person = row_text(call_row(call, "rows", i), "person"),
            .kind = "alternate",
            .post = "member",
            .place = call->seq,
            .state = "in",
        };
        for (size_t j = 0; j < count; j++) {
            bool same;
            TRY(person_is_same(call->ctx, call->db, call->unit, waiting[j].person, member.person,
                               &same));
            if (same) {
                member = waiting[j];
                member.state = "in";
            }
        }
        TRY(committee_store_put(call->ctx, call->db, &member));
    }
    TRY(officer_set(call, "chair"));
    return officer_set(call, "vice_chair");
}

ACT_CODE(vec_fill, VEC_FILL_FIELDS, vec_fill_check, vec_fill_apply, NULL);

/* --- vec.meet 会议 --- */

static const struct field VEC_MEET_ITEMS[] = {
    FIELD(FIELD_TEXT, "matter", FIELD_REQUIRED, "事项", "matter"),
    FIELD(FIELD_INT, "favour", FIELD_REQUIRED, "赞成", "in favour"),
    FIELD(FIELD_INT, "against", FIELD_REQUIRED, "反对", "against"),
    FIELDS_END,
};
static const struct field VEC_MEET_FIELDS[] = {
    FIELD(FIELD_DATE, "held_on", FIELD_REQUIRED, "日期", "held on"),
    FIELD(FIELD_PERSONS, "present", FIELD_REQUIRED, "到会成员", "present"),
    FIELD_ROWS("items", FIELD_REQUIRED, "表决事项", "items", VEC_MEET_ITEMS),
    FIELD(FIELD_FILE, "minutes", 0, "会议记录", "minutes"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static enum err
vec_meet_check(struct call *call)
{
    const int64_t present = (int64_t)call_count(call, "present");
    call_not_future(call, "held_on");
    for (int64_t i = 0; i < present; i++) {
        struct committee_member member;
        const char *person = call_person(call, "present", (size_t)i);
        const enum err err = committee_store_find(call->ctx, call->db, call->unit, person, &member);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        if (err == ERR_NOT_FOUND)
            call_block(call, RULE_VEC_07, "%s 不是现任成员", "%s is no member in office", person);
    }
    for (size_t i = 0; i < call_count(call, "items"); i++) {
        const json_t *item = call_row(call, "items", i);
        if (row_int(item, "favour") + row_int(item, "against") > present)
            return FAIL_FIELD(call->ctx, "items", "items[%zu]：表决数多于到会人数",
                              "items[%zu]: more votes than people present", i + 1);
    }
    return ERR_OK;
}

static enum err
vec_meet_apply(struct call *call)
{
    struct committee_member *members;
    size_t count;
    TRY(committee_store_members(call->ctx, call->db, call->unit, &members, &count));
    for (size_t i = 0; i < call_count(call, "items"); i++) {
        const json_t *item = call_row(call, "items", i);
        const struct committee_decision decision = {
            .unit = call->unit,
            .seq = call->seq,
            .item = (int64_t)i + 1,
            .matter = row_text(item, "matter"),
            .favour = row_int(item, "favour"),
            .members = (int64_t)count,
            .passed = more_than_half(row_int(item, "favour"), (int64_t)count),
        };
        TRY(decision_store_add(call->ctx, call->db, &decision));
    }
    return ERR_OK;
}

ACT_CODE(vec_meet, VEC_MEET_FIELDS, vec_meet_check, vec_meet_apply, NULL);
