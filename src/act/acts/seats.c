/* SPDX-License-Identifier: Apache-2.0 */
/* Seats, sheets of persons, kinship, bars 职数、人选信息、近亲属、“十不选” (acts.md 6.2). */
#include <string.h>

#include "act/people.h"
#include "store/candidate_store.h"
#include "store/kin_store.h"
#include "store/person_store.h"
#include "store/request_store.h"
#include "store/seat_store.h"

/* --- seats.fix --- */

static const struct field SEATS_POSTS[] = {
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", PEOPLE_POSTS),
    FIELD(FIELD_INT, "seats", FIELD_REQUIRED, "应选名额", "seats"),
    FIELD_CHOICES("typed", FIELD_REQUIRED, "专设", "typed",
                  "open woman young_college veteran_officer party_builder"),
    FIELDS_END,
};
static const struct field SEATS_FIX_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD_ROWS("posts", FIELD_REQUIRED, "职数", "posts", SEATS_POSTS),
    FIELD(FIELD_INT, "paid_posts", 0, "定工干部职数", "paid posts"),
    FIELD(FIELD_SEQ, "assembly_seq", 0, "会议记录号", "assembly"),
    FIELDS_END,
};

static bool
is_village_body(const struct call *call)
{
    return people_body_is(call, "village") || people_body_is(call, "supervision");
}

static void
seat_rows_check(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "posts"); i++) {
        const json_t *row = call_row(call, "posts", i);
        enum post post;
        if (!post_find(row_text(row, "post"), &post) ||
            post_is_village(post) != is_village_body(call))
            call_block(call, RULE_SEQ_07, "%s 不是这个组织的职务", "%s is no post of this body",
                       row_text(row, "post"));
        if (row_int(row, "seats") < 1)
            call_block(call, RULE_SEQ_07, "%s 的名额至少为 1", "%s needs a seat at least",
                       row_text(row, "post"));
        for (size_t j = 0; j < i; j++) {
            if (row_is(call_row(call, "posts", j), "post", row_text(row, "post")))
                call_block(call, RULE_SEQ_07, "%s 列了两次", "%s is listed twice",
                           row_text(row, "post"));
        }
    }
}

static int64_t
seats_total(const struct call *call)
{
    int64_t total = 0;
    for (size_t i = 0; i < call_count(call, "posts"); i++)
        total += row_int(call_row(call, "posts", i), "seats");
    return total;
}

/* 组织法 §6 (three to seven); 指导意见 (supervision three to five); the plan (both 3–7). */
static enum err
seats_size_check(struct call *call)
{
    const int64_t total = seats_total(call);
    struct seat *other = NULL;
    size_t count = 0;
    int64_t both = total;
    if (people_body_is(call, "village") && (total < pack_int(call->pack, PACK_COMMITTEE_LEAST) ||
                                            total > pack_int(call->pack, PACK_COMMITTEE_MOST)))
        call_block(call, RULE_ELG_04, "村民委员会应有 %d 至 %d 人，填了 %lld 人",
                   "the villagers' committee has %d to %d seats, not %lld",
                   pack_int(call->pack, PACK_COMMITTEE_LEAST),
                   pack_int(call->pack, PACK_COMMITTEE_MOST), (long long)total);
    if (people_body_is(call, "supervision") &&
        (total < pack_int(call->pack, PACK_SUPERVISE_LEAST) ||
         total > pack_int(call->pack, PACK_SUPERVISE_MOST)))
        call_block(call, RULE_SUP_01, "村务监督委员会应有 %d 至 %d 人，填了 %lld 人",
                   "the supervision committee has %d to %d seats, not %lld",
                   pack_int(call->pack, PACK_SUPERVISE_LEAST),
                   pack_int(call->pack, PACK_SUPERVISE_MOST), (long long)total);
    if (!people_body_is(call, "village") && !people_body_is(call, "party"))
        return ERR_OK;
    TRY(seat_store_list(call->ctx, call->db, call->unit,
                        people_body_is(call, "village") ? "party" : "village", &other, &count));
    for (size_t i = 0; i < count; i++)
        both += other[i].seats;
    const int most = pack_int_or(call->pack, PACK_TEAM_MOST, 0);
    /* One person may hold posts in both (交叉任职): only a reason is asked. */
    if (most && both > most)
        call_explain(call, RULE_ORG_06, "两委职数共 %lld，超过 %d（交叉任职的请说明）",
                     "both committees together have %lld seats, above %d (say who holds two)",
                     (long long)both, most);
    return ERR_OK;
}

static enum err
paid_posts_check(struct call *call)
{
    int64_t people;
    if (pack_is_none(call->pack, PACK_TEAM_SMALL) || !call_has(call, "paid_posts"))
        return ERR_OK;
    TRY(person_store_count(call->ctx, call->db, call->unit, &people));
    int band = pack_int_or(call->pack, PACK_TEAM_LARGE, 0);
    if (people < pack_int_or(call->pack, PACK_TEAM_MIDDLE_BELOW, 0))
        band = pack_int_or(call->pack, PACK_TEAM_MIDDLE, band);
    if (people < pack_int_or(call->pack, PACK_TEAM_SMALL_BELOW, 0))
        band = pack_int_or(call->pack, PACK_TEAM_SMALL, band);
    /* Before the register is read the population is not known. */
    if (people > 0 && call_int(call, "paid_posts") > band)
        call_explain(call, RULE_ORG_06, "定工干部 %lld 职，按人口 %lld 人不超过 %d",
                     "%lld paid posts; with %lld people at most %d",
                     (long long)call_int(call, "paid_posts"), (long long)people, band);
    return ERR_OK;
}

static void
party_posts_check(struct call *call)
{
    bool discipline = false;
    const int64_t total = seats_total(call);
    if (!people_body_is(call, "party"))
        return;
    for (size_t i = 0; i < call_count(call, "posts"); i++)
        discipline = discipline || row_is(call_row(call, "posts", i), "post", "discipline");
    if (!discipline)
        call_explain(call, RULE_ELG_04, "党组织没有设纪检委员", "no discipline post");
    if (total < 3 || total > 9)
        call_warn(call, RULE_PTY_09, "党组织 %lld 人（支部 3–5，党委、总支 5–7，不超过 9）",
                  "%lld members (branch 3–5, committee 5–7, at most 9)", (long long)total);
}

static enum err
seats_frozen_check(struct call *call)
{
    struct candidate *list;
    size_t count;
    const struct people_act announced = {.act = "nominate.announce"};
    bool has = false;
    if (people_body_is(call, "village"))
        TRY(people_has(call, &announced, &has));
    TRY(candidate_store_list(call->ctx, call->db, call->unit, call_text(call, "body"), NULL, &list,
                             &count));
    if (has || count > 0)
        call_block(call, RULE_SEQ_04, "提名公告已贴出或者已有候选人初步人选，职数不能再改",
                   "the nomination is announced or nominees exist: seats are frozen");
    return ERR_OK;
}

static enum err
seats_fix_check(struct call *call)
{
    struct assembly_item item = {.passed = false};
    seat_rows_check(call);
    TRY(seats_size_check(call));
    TRY(paid_posts_check(call));
    party_posts_check(call);
    TRY(seats_frozen_check(call));
    if (!people_body_is(call, "village"))
        return ERR_OK;
    const enum err err = assembly_store_find(call->ctx, call->db, call->unit,
                                             call_int(call, "assembly_seq"), "seats", &item);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (!item.passed)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "会议没有通过职数（assembly_seq）",
                                "no assembly named passed the seats (assembly_seq)"),
                     "先开会表决（assembly.hold，matter=seats）",
                     "hold an assembly first (assembly.hold, matter=seats)");
    return ERR_OK;
}

static enum err
seats_fix_apply(struct call *call)
{
    TRY(seat_store_clear(call->ctx, call->db, call->unit, call_text(call, "body")));
    for (size_t i = 0; i < call_count(call, "posts"); i++) {
        const json_t *row = call_row(call, "posts", i);
        const struct seat seat = {
            .unit = call->unit,
            .body = call_text(call, "body"),
            .post = row_text(row, "post"),
            .place = (int64_t)i + 1,
            .seats = row_int(row, "seats"),
            .typed = row_text(row, "typed"),
        };
        TRY(seat_store_put(call->ctx, call->db, &seat));
    }
    return ERR_OK;
}

ACT_CODE(seats_fix, SEATS_FIX_FIELDS, seats_fix_check, seats_fix_apply, NULL);

/* --- person.record 人选信息登记 --- */

static const struct field PERSON_POSTS_HELD[] = {
    FIELD(FIELD_TEXT, "post", FIELD_REQUIRED, "职务", "post"),
    FIELD(FIELD_DATE, "from", 0, "自", "from"),
    FIELD(FIELD_DATE, "to", 0, "至", "to"),
    FIELDS_END,
};
static const struct field PERSON_RECORD_FIELDS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人选", "person"),
    FIELD_CHOICES("education", FIELD_REQUIRED, "文化程度", "education",
                  "primary junior senior college bachelor"),
    FIELD(FIELD_TEXT, "nation", FIELD_WORDING, "民族", "nation"),
    FIELD(FIELD_DATE, "party_on", 0, "入党时间", "joined the Party on"),
    FIELD_ROWS("posts_held", 0, "任职经历", "posts held", PERSON_POSTS_HELD),
    FIELD_CHOICES("source", FIELD_REQUIRED, "来源", "source", PEOPLE_SOURCES),
    FIELD_CHOICES("pay_elsewhere", FIELD_REQUIRED, "是否另领报酬", "paid elsewhere", "y n"),
    FIELD(FIELD_TEXT, "resume", FIELD_WORDING, "简历", "resume"),
    FIELD(FIELD_FILE, "photo", 0, "照片", "photo"),
    FIELDS_END,
};

static enum err
person_record_check(struct call *call)
{
    static const char *const BODIES[] = {"party", "party_officers", "discipline", "village",
                                         "supervision"};
    struct person person;
    const char *code = call_text(call, "person");
    for (size_t i = 0; i < COUNT_OF(BODIES); i++) {
        const struct review_step wanted = {
            .unit = call->unit, .body = BODIES[i], .person = code, .step = "conclusion"};
        struct review_step step;
        TRY(step_store_get(call->ctx, call->db, &wanted, &step));
        if (step.result[0])
            call_block(call, RULE_SEQ_04, "联审已有结论（第 %lld 号记录），人选信息不能再改",
                       "the review is concluded (entry %lld): the sheet is closed",
                       (long long)step.seq);
    }
    const enum err err = person_store_find(call->ctx, call->db, call->unit, code, &person);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_OK && person.id_mac[0] == '\0')
        call_warn(call, RULE_IDN_01, "%s 没有公民身份号码", "%s has no identity number",
                  person.name);
    if (call_is(call, "pay_elsewhere", "y"))
        call_warn(call, RULE_ORG_06, "另领报酬：不得领取双份报酬",
                  "paid elsewhere: nobody is paid twice");
    return ERR_OK;
}

static enum err
person_record_apply(struct call *call)
{
    struct person person;
    const struct person_sheet sheet = {
        .unit = call->unit,
        .person = call_text(call, "person"),
        .education = call_text(call, "education"),
        .source = call_text(call, "source"),
        .pay_elsewhere = call_text(call, "pay_elsewhere"),
        .seq = call->seq,
    };
    TRY(sheet_store_put(call->ctx, call->db, &sheet));
    const enum err err = person_store_find(call->ctx, call->db, call->unit, sheet.person, &person);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    person.education = sheet.education;
    return person_store_update(call->ctx, call->db, &person);
}

ACT_CODE(person_record, PERSON_RECORD_FIELDS, person_record_check, person_record_apply, NULL);

/* --- kin.declare 近亲属关系申报 --- */

static const struct field KIN_DECLARE_FIELDS[] = {
    FIELD(FIELD_PERSON, "a", FIELD_REQUIRED, "甲", "a"),
    FIELD(FIELD_PERSON, "b", FIELD_REQUIRED, "乙", "b"),
    FIELD_CHOICES("relation", FIELD_REQUIRED, "乙是甲的", "b is a's",
                  "none spouse parent child sibling grandparent grandchild child_in_law "
                  "parent_in_law sibling_in_law uncle_aunt nephew_niece"),
    FIELD_CHOICES("source", FIELD_REQUIRED, "来源", "source",
                  "household_register declared third_party"),
    FIELD(FIELD_FILE, "evidence", 0, "证明", "evidence"),
    FIELDS_END,
};

/* A parent or grandparent is older. */
static void
kin_age_check(struct call *call, enum relation relation, struct date a, struct date b)
{
    const bool older = relation == RELATION_PARENT || relation == RELATION_GRANDPARENT;
    const bool younger = relation == RELATION_CHILD || relation == RELATION_GRANDCHILD;
    if (!date_is_set(a) || !date_is_set(b))
        return;
    if ((older && date_compare(b, a) >= 0) || (younger && date_compare(a, b) >= 0))
        call_block(call, RULE_SEQ_07, "年龄不可能：甲 %s 出生，乙 %s 出生",
                   "impossible by age: a was born on %s, b on %s", date_format(call->ctx, a),
                   date_format(call->ctx, b));
}

/* Nobody has two fathers or two mothers: whom the graph has as a parent of that sex. */
static enum err
kin_parent_check(struct call *call, const char *child, const struct person *parent)
{
    struct kin_row *rows;
    size_t count;
    TRY(kin_store_of(call->ctx, call->db, call->unit, child, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct person other;
        if (strcmp(rows[i].relation, "parent") != 0 || strcmp(rows[i].b, parent->person) == 0)
            continue;
        const enum err err = person_store_find(call->ctx, call->db, call->unit, rows[i].b, &other);
        if (err == ERR_NOT_FOUND)
            continue;
        TRY(err);
        if (parent->sex[0] && strcmp(other.sex, parent->sex) == 0)
            call_block(call, RULE_SEQ_07, "已记有同一性别的父母：%s",
                       "there is a parent already: %s", other.name);
    }
    return ERR_OK;
}

static enum err
kin_declare_check(struct call *call)
{
    struct person a = {.birth = DATE_NONE, .sex = "", .person = ""};
    struct person b = a;
    enum relation relation = RELATION_NONE;
    (void)relation_find(call_text(call, "relation"), &relation);
    if (call_is(call, "a", call_text(call, "b")))
        call_block(call, RULE_SEQ_07, "甲、乙是同一个人", "a and b are one person");
    enum err err = person_store_find(call->ctx, call->db, call->unit, call_text(call, "a"), &a);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    err = person_store_find(call->ctx, call->db, call->unit, call_text(call, "b"), &b);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    kin_age_check(call, relation, a.birth, b.birth);
    if (relation == RELATION_PARENT && err == ERR_OK)
        TRY(kin_parent_check(call, call_text(call, "a"), &b));
    if (relation == RELATION_CHILD && a.person[0])
        TRY(kin_parent_check(call, call_text(call, "b"), &a));
    return ERR_OK;
}

static enum err
kin_declare_apply(struct call *call)
{
    enum relation relation = RELATION_NONE;
    (void)relation_find(call_text(call, "relation"), &relation);
    return kin_store_put(call->ctx, call->db, call->unit, call_text(call, "a"),
                         call_text(call, "b"), relation);
}

ACT_CODE(kin_declare, KIN_DECLARE_FIELDS, kin_declare_check, kin_declare_apply, NULL);

/* --- bar.record --- */

static const struct field BAR_RECORD_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "fact finding"),
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人选", "person"),
    FIELD_CHOICES("bar", 0, "情形", "bar", "national 1 2 3 4 5 6 7 8 9 10"),
    FIELD_CHOICES("fact", 0, "事实", "fact",
                  "party_expelled criminal_punishment gang cult under_investigation bribery_found "
                  "assessed_incompetent violations_open party_warning party_serious_warning "
                  "party_removal party_probation party_expulsion admin_warning admin_demerit "
                  "admin_major_demerit admin_demotion admin_removal admin_dismissal"),
    FIELD(FIELD_DATE, "decided_on", 0, "决定日期", "decided on"),
    FIELD(FIELD_DATE, "cured_on", 0, "整改、解除日期", "cured on"),
    FIELD(FIELD_DATE, "ref_day", FIELD_REQUIRED, "计算截止日", "reference day"),
    FIELD_CHOICES("applies", FIELD_REQUIRED, "是否属于", "applies", "y n"),
    FIELD(FIELD_PERSONS, "signed_by", FIELD_REQUIRED, "签名人", "signed by"),
    FIELD(FIELD_TEXT, "doc_no", FIELD_WORDING, "文号", "document number"),
    FIELD(FIELD_DATE, "doc_on", 0, "文件日期", "document date"),
    FIELD(FIELD_FILE, "file", 0, "文件扫描件", "document"),
    FIELDS_END,
};

/* ELG-02: bars that no record decides are found by somebody who answers for it. */
static enum err
signer_check(struct call *call)
{
    bool decides;
    TRY(people_signer_decides(call, "signed_by", &decides));
    if (!decides)
        finding_todo(
            call,
            call_block(call, RULE_ELG_02, "认定须由镇党委、镇政府签批人或者联审单位负责人签名",
                       "a finding is signed by the township's signer or a review desk's leader"),
            "signed_by 填镇签批账号本人，或者已出具联审意见的单位负责人",
            "put into signed_by the person of the township's signing account, or the leader who "
            "signed a desk's opinion");
    return ERR_OK;
}

static enum err
bar_record_check(struct call *call)
{
    const bool finding = call_is(call, "kind", "finding");
    call_not_future(call, "decided_on");
    call_not_future(call, "cured_on");
    if (finding && !call_has(call, "bar"))
        return FAIL_FIELD(call->ctx, "bar", "bar：认定须写明是哪一项", "bar: which bar is it");
    if (!finding && !call_has(call, "fact"))
        return FAIL_FIELD(call->ctx, "fact", "fact：事实须写明种类", "fact: which fact is it");
    if (date_is_set(call_date(call, "cured_on")) && date_is_set(call_date(call, "decided_on")) &&
        date_compare(call_date(call, "cured_on"), call_date(call, "decided_on")) < 0)
        call_block(call, RULE_SEQ_06, "解除日期早于决定日期", "cured before it was decided");
    return finding ? signer_check(call) : ERR_OK;
}

static enum err
bar_record_apply(struct call *call)
{
    const struct person_bar bar = {
        .unit = call->unit,
        .seq = call->seq,
        .person = call_text(call, "person"),
        .kind = call_text(call, "kind"),
        .bar = call_text(call, "bar"),
        .fact = call_text(call, "fact"),
        .decided_on = call_date(call, "decided_on"),
        .cured_on = call_date(call, "cured_on"),
        .applies = call_text(call, "applies"),
    };
    return bar_store_add(call->ctx, call->db, &bar);
}

ACT_CODE(bar_record, BAR_RECORD_FIELDS, bar_record_check, bar_record_apply, NULL);
