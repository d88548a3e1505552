/* SPDX-License-Identifier: Apache-2.0 */
/* Joint review 资格联审 (acts.md 6.2): every desk answers, silence is no consent (ELG-06). */
#include <string.h>

#include "act/cure.h"
#include "act/people.h"
#include "store/candidate_store.h"
#include "store/committee_store.h"
#include "store/nomination_store.h"
#include "store/outcome_store.h"

#define DESKS                                                                                      \
    "village township organisation civil_affairs discipline political_legal united_front "         \
    "petitions court procuratorate police justice natural_resources environment poverty "          \
    "agriculture housing health urban_management"

/* True if the pack asks that desk about this body: the village's own answer is asked only for its
 * committee. */
static bool
desk_is_asked(const struct call *call, const char *desk)
{
    if (strcmp(desk, "village") == 0 && !people_body_is(call, "village"))
        return false;
    return pack_list_has(call->pack, PACK_REVIEW_DESKS, desk);
}

/* --- review.open --- */

static const struct field REVIEW_DESKS_ROWS[] = {
    FIELD_CHOICES("desk", FIELD_REQUIRED, "联审单位", "desk", DESKS),
    FIELDS_END,
};
static const struct field REVIEW_OPEN_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD(FIELD_PERSONS, "persons", FIELD_REQUIRED, "人选", "persons"),
    FIELD_ROWS("desks", FIELD_REQUIRED, "联审单位", "desks", REVIEW_DESKS_ROWS),
    FIELD(FIELD_DATE, "due_on", FIELD_REQUIRED, "截止日期", "due on"),
    FIELDS_END,
};

static void
desks_check(struct call *call)
{
    const struct pack_value *desks = &call->pack->values[PACK_REVIEW_DESKS];
    for (size_t i = 0; i < desks->count; i++) {
        bool found = !desk_is_asked(call, desks->list[i]);
        for (size_t j = 0; j < call_count(call, "desks") && !found; j++)
            found = row_is(call_row(call, "desks", j), "desk", desks->list[i]);
        if (!found)
            call_block(call, RULE_ELG_06, "漏了联审单位 %s", "the desk %s is left out",
                       desks->list[i]);
    }
}

/* The post he would be reviewed for: as a nominee, by the votes (next in line), or as a write-in
 * who waits. "" if for none. */
static enum err
reviewed_post(struct call *call, const char *person, struct candidate *ret_candidate)
{
    struct candidate candidate = {.unit = call->unit,
                                  .body = call_text(call, "body"),
                                  .person = person,
                                  .post = "",
                                  .state = "in_review",
                                  .source = "nominated"};
    struct nomination_vote *votes;
    struct seated seated;
    size_t count = 0;
    if (people_body_is(call, "village"))
        TRY(vote_store_list(call->ctx, call->db, call->unit, "nomination", &votes, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(votes[i].person, person) != 0 ||
            (candidate.post[0] && votes[i].votes <= candidate.votes))
            continue;
        candidate.post = votes[i].post;
        candidate.votes = votes[i].votes;
    }
    const enum err err =
        seated_store_find(call->ctx, call->db, call->unit, candidate.body, person, NULL, &seated);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_OK && strcmp(seated.state, "pending") == 0) {
        candidate.post = seated.post;
        candidate.state = "pending";
        candidate.source = "nominated";
    }
    *ret_candidate = candidate;
    return ERR_OK;
}

static enum err
reviewed_check(struct call *call, const char *person)
{
    const struct people_act sheet = {.act = "person.record", .subject = person};
    struct candidate candidate;
    const char *name;
    bool has;
    bool stands;
    TRY(people_name(call, person, &name));
    TRY(people_has(call, &sheet, &has));
    if (!has)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "%s 没有人选信息", "%s has no sheet", name),
                     "先办理 person.record", "do person.record first");
    TRY(candidate_store_is_nominee(call->ctx, call->db, call->unit, call_text(call, "body"), person,
                                   &stands));
    TRY(reviewed_post(call, person, &candidate));
    if (!stands && candidate.post[0] == '\0')
        call_block(call, RULE_SEQ_01, "%s 不是候选人初步人选，也不是待审查的另选他人",
                   "%s is neither a nominee nor a write-in who waits", name);
    struct review_step concluded;
    TRY(people_step(call, person, "conclusion", &concluded));
    if (concluded.result[0])
        call_block(call, RULE_SEQ_07, "%s 已有联审结论", "the review of %s is concluded", name);
    return ERR_OK;
}

static enum err
review_open_check(struct call *call)
{
    if (date_compare(call_date(call, "due_on"), call->today) < 0)
        call_block(call, RULE_SEQ_06, "截止日期已过", "the day it is due is past");
    desks_check(call);
    for (size_t i = 0; i < call_count(call, "persons"); i++)
        TRY(reviewed_check(call, call_person(call, "persons", i)));
    return ERR_OK;
}

static enum err
review_begin(struct call *call, const char *person)
{
    struct candidate candidate;
    bool stands;
    const char *body = call_text(call, "body");
    TRY(candidate_store_is_nominee(call->ctx, call->db, call->unit, body, person, &stands));
    if (stands) {
        struct candidate *list;
        size_t count;
        TRY(candidate_store_list(call->ctx, call->db, call->unit, body, NULL, &list, &count));
        for (size_t i = 0; i < count; i++) {
            const bool open =
                strcmp(list[i].state, "nominee") == 0 || strcmp(list[i].state, "accepted") == 0;
            if (!open || strcmp(list[i].person, person) != 0)
                continue;
            list[i].state = "in_review";
            TRY(candidate_store_put(call->ctx, call->db, &list[i]));
        }
        return ERR_OK;
    }
    TRY(reviewed_post(call, person, &candidate));
    return candidate.post[0] ? candidate_store_put(call->ctx, call->db, &candidate) : ERR_OK;
}

static enum err
review_open_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "persons"); i++) {
        struct review_opinion row = {
            .unit = call->unit,
            .body = call_text(call, "body"),
            .person = call_person(call, "persons", i),
            .opinion = "asked",
            .seq = call->seq,
        };
        TRY(people_step_put(call, row.person, "opened", call_text(call, "due_on")));
        for (size_t j = 0; j < call_count(call, "desks"); j++) {
            const char *before;
            row.desk = row_text(call_row(call, "desks", j), "desk");
            TRY(opinion_store_get(call->ctx, call->db, &row, &before));
            if (!before[0])
                TRY(opinion_store_put(call->ctx, call->db, &row));
        }
        TRY(review_begin(call, row.person));
    }
    return ERR_OK;
}

ACT_CODE(review_open, REVIEW_OPEN_FIELDS, review_open_check, review_open_apply, NULL);

/* --- review.opinion --- */

static const struct field OPINION_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人选", "person"),
    FIELD_CHOICES("opinion", FIELD_REQUIRED, "意见", "opinion", "pass refuse"),
    FIELD(FIELD_TEXT, "remark", 0, "说明", "remark"),
    FIELD(FIELD_PERSON, "handler", FIELD_REQUIRED, "经办人", "handler"),
    FIELD(FIELD_PERSON, "leader", FIELD_REQUIRED, "负责人", "leader"),
    FIELD(FIELD_DATE, "signed_on", FIELD_REQUIRED, "签字日期", "signed on"),
    FIELDS_END,
};
static const struct field REVIEW_OPINION_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD_CHOICES("desk", FIELD_REQUIRED, "联审单位", "desk", DESKS),
    FIELD_ROWS("rows", FIELD_REQUIRED, "意见", "rows", OPINION_ROWS),
    FIELD_CHOICES("sealed", FIELD_REQUIRED, "盖章", "sealed", "y n"),
    FIELD(FIELD_FILE, "file", FIELD_REQUIRED, "联审表", "sheet"),
    FIELDS_END,
};

/* A desk speaks for itself; the township office enters the sheets of those without an account. */
static void
desk_role_check(struct call *call)
{
    const enum role role = call->actor->role;
    const bool village = call_is(call, "desk", "village");
    const bool own = call->actor->desk && call_is(call, "desk", call->actor->desk);
    if ((role == ROLE_EC) != village || (role == ROLE_DR && !own))
        call_block(call, RULE_ELG_06, "这个账号不能填 %s 的意见",
                   "this account does not speak for %s", call_text(call, "desk"));
}

/* village → township → the county's desks. */
static enum err
desk_order_check(struct call *call, struct review_opinion wanted)
{
    static const char *const FIRST[] = {"village", "township"};
    for (size_t i = 0; i < COUNT_OF(FIRST); i++) {
        const char *opinion;
        if (call_is(call, "desk", FIRST[i]))
            return ERR_OK;
        wanted.desk = FIRST[i];
        TRY(opinion_store_get(call->ctx, call->db, &wanted, &opinion));
        if (strcmp(opinion, "asked") == 0)
            call_block(call, RULE_SEQ_01, "%s 还没有 %s 的初审意见", "%s has no opinion of %s yet",
                       wanted.person, FIRST[i])
                ->person = wanted.person;
    }
    return ERR_OK;
}

static enum err
opinion_row_check(struct call *call, const json_t *row)
{
    struct review_opinion wanted = {
        .unit = call->unit,
        .body = call_text(call, "body"),
        .person = row_text(row, "person"),
        .desk = call_text(call, "desk"),
    };
    struct review_step concluded;
    const char *before;
    TRY(opinion_store_get(call->ctx, call->db, &wanted, &before));
    if (!before[0])
        call_block(call, RULE_SEQ_01, "%s 没有送这个单位联审（review.open）",
                   "%s was not sent to this desk (review.open)", wanted.person);
    if (strcmp(before, "refuse") == 0)
        call_block(call, RULE_ELG_06, "%s：不通过的意见是最终的，不能改为通过",
                   "%s: a refusal is final", wanted.person);
    if (strcmp(before, "pass") == 0 && row_is(row, "opinion", "pass"))
        call_block(call, RULE_SEQ_07, "%s：已有通过的意见", "%s: passed already", wanted.person);
    TRY(people_step(call, wanted.person, "conclusion", &concluded));
    if (concluded.result[0])
        call_block(call, RULE_SEQ_04, "%s 已有联审结论", "the review of %s is concluded",
                   wanted.person);
    if (row_is(row, "opinion", "refuse") && !row_text(row, "remark")[0])
        call_block(call, RULE_ELG_06, "%s：不通过须写明理由", "%s: a refusal gives its reason",
                   wanted.person);
    if (row_is(row, "handler", row_text(row, "leader")))
        call_block(call, RULE_SEQ_08, "经办人和负责人须是两个人",
                   "handler and leader are two people");
    if (date_compare(row_date(row, "signed_on"), call->today) > 0)
        call_block(call, RULE_SEQ_06, "签字日期 %s 还没有到", "signed on %s, which has not come",
                   date_format(call->ctx, row_date(row, "signed_on")));
    return desk_order_check(call, wanted);
}

static enum err
review_opinion_check(struct call *call)
{
    desk_role_check(call);
    if (!call_is(call, "sealed", "y"))
        call_block(call, RULE_ELG_06, "联审意见须盖章", "an opinion is sealed");
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(opinion_row_check(call, call_row(call, "rows", i)));
    return ERR_OK;
}

static enum err
review_opinion_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const struct review_opinion opinion = {
            .unit = call->unit,
            .body = call_text(call, "body"),
            .person = row_text(row, "person"),
            .desk = call_text(call, "desk"),
            .opinion = row_text(row, "opinion"),
            .seq = call->seq,
        };
        TRY(opinion_store_put(call->ctx, call->db, &opinion));
        if (strcmp(opinion.opinion, "refuse") == 0)
            TRY(candidate_store_set_state(call->ctx, call->db, call->unit, opinion.body,
                                          opinion.person, "disqualified"));
    }
    return ERR_OK;
}

ACT_CODE(review_opinion, REVIEW_OPINION_FIELDS, review_opinion_check, review_opinion_apply, NULL);

/* --- review.conclude --- */

static const struct field CONCLUDE_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人选", "person"),
    FIELD_CHOICES("conclusion", FIELD_REQUIRED, "结论", "conclusion", "qualified disqualified"),
    FIELDS_END,
};
static const struct field REVIEW_CONCLUDE_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD_ROWS("rows", FIELD_REQUIRED, "结论", "rows", CONCLUDE_ROWS),
    FIELDS_DOC,
    FIELDS_END,
};

/* The ten bars are the plan's: the village passes them with its rules before they are used. */
static enum err
bars_passed_check(struct call *call)
{
    struct adopted_rules rules = {.bars = ""};
    if (!people_body_is(call, "village") || pack_is_none(call->pack, PACK_ELIGIBLE_BARS))
        return ERR_OK;
    const enum err err =
        rules_store_find(call->ctx, call->db, call->unit, "election_rules", &rules);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || !rules.bars || !rules.bars[0])
        call_block(call, RULE_SEQ_01, "“十不选”还没有由会议通过（rules.adopt，bars）",
                   "the ten bars are not passed yet (rules.adopt, bars)");
    return ERR_OK;
}

struct matrix_row {
    size_t asked;
    size_t refused;
    size_t all;
};

/* Counts the row and names the desks that are silent. */
static enum err
matrix_read(struct call *call, const char *person, bool name_silent, struct matrix_row *ret_row)
{
    struct review_opinion *list;
    size_t count;
    struct matrix_row row = {0};
    const char *name;
    TRY(people_name(call, person, &name));
    TRY(opinion_store_list(call->ctx, call->db, call->unit, call_text(call, "body"), person, &list,
                           &count));
    for (size_t i = 0; i < count; i++) {
        const bool silent = strcmp(list[i].opinion, "asked") == 0;
        row.asked += silent;
        row.refused += strcmp(list[i].opinion, "refuse") == 0;
        if (silent && name_silent)
            call_block(call, RULE_ELG_06, "%s：%s 没有意见，不答复不等于同意",
                       "%s: no opinion of %s; silence is no consent", name, list[i].desk)
                ->person = person;
    }
    row.all = count;
    *ret_row = row;
    return ERR_OK;
}

static enum err
qualified_check(struct call *call, const char *person)
{
    struct matrix_row row;
    struct candidate *list;
    size_t count;
    TRY(matrix_read(call, person, true, &row));
    if (row.all == 0)
        call_block(call, RULE_SEQ_01, "%s 没有送联审（review.open）", "%s was not sent to review",
                   person);
    if (row.refused > 0)
        call_block(call, RULE_ELG_06, "%s 有 %zu 个单位不通过", "%s: refused by %zu desks", person,
                   row.refused)
            ->person = person;
    TRY(people_sanctioned(call, person));
    TRY(candidate_store_list(call->ctx, call->db, call->unit, call_text(call, "body"), NULL, &list,
                             &count));
    for (size_t i = 0; i < count; i++) {
        const bool closed =
            strcmp(list[i].state, "declined") == 0 || strcmp(list[i].state, "withdrawn") == 0;
        if (strcmp(list[i].person, person) == 0 && !closed)
            TRY(people_eligible(call, person, list[i].post, false));
    }
    return ERR_OK;
}

/* Nobody is put out without a desk's refusal or a bar found to apply. */
static enum err
disqualified_check(struct call *call, const char *person)
{
    struct matrix_row row;
    struct person_bar *bars;
    size_t count;
    bool barred = false;
    TRY(matrix_read(call, person, false, &row));
    TRY(bar_store_list(call->ctx, call->db, call->unit, person, &bars, &count));
    for (size_t i = 0; i < count; i++)
        barred = barred || strcmp(bars[i].applies, "y") == 0;
    if (row.refused == 0 && !barred)
        call_block(call, RULE_ELG_06, "%s 没有单位不通过，也没有“十不选”情形",
                   "%s: no desk refused and no bar applies", person);
    return ERR_OK;
}

static enum err
review_conclude_check(struct call *call)
{
    const bool supervision = people_body_is(call, "supervision");
    if (supervision ? call->actor->role == ROLE_CO : call->actor->role == ROLE_TO)
        return FORBID(call->ctx, supervision ? ROLE_TO : ROLE_CO,
                      "村务监督委员会由镇作结论，其余由县作结论",
                      "the township concludes for the supervision committee, the county otherwise");
    TRY(bars_passed_check(call));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        struct review_step before;
        TRY(people_step(call, row_text(row, "person"), "conclusion", &before));
        if (before.result[0])
            call_block(call, RULE_SEQ_07, "%s 已有联审结论", "the review of %s is concluded",
                       row_text(row, "person"));
        if (row_is(row, "conclusion", "qualified"))
            TRY(qualified_check(call, row_text(row, "person")));
        else
            TRY(disqualified_check(call, row_text(row, "person")));
    }
    return ERR_OK;
}

/* Only what was under review becomes qualified: posts declined stay declined. */
static enum err
qualify(struct call *call, const char *person)
{
    struct candidate *list;
    size_t count;
    TRY(candidate_store_list(call->ctx, call->db, call->unit, call_text(call, "body"), "in_review",
                             &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].person, person) != 0)
            continue;
        list[i].state = "qualified";
        TRY(candidate_store_put(call->ctx, call->db, &list[i]));
    }
    return ERR_OK;
}

static enum err
review_conclude_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const char *person = row_text(row, "person");
        TRY(people_step_put(call, person, "conclusion", row_text(row, "conclusion")));
        if (row_is(row, "conclusion", "qualified"))
            TRY(qualify(call, person));
        else
            TRY(candidate_store_set_state(call->ctx, call->db, call->unit, call_text(call, "body"),
                                          person, "disqualified"));
    }
    return ERR_OK;
}

ACT_CODE(review_conclude, REVIEW_CONCLUDE_FIELDS, review_conclude_check, review_conclude_apply,
         NULL);
