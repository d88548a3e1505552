/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates confirmed and met 确定候选人、与村民见面 (acts.md 6.2). */
#include <string.h>

#include "act/people.h"
#include "act/state_words.h"
#include "domain/surplus.h"
#include "store/candidate_store.h"
#include "store/committee_store.h"
#include "store/nomination_store.h"
#include "store/person_store.h"
#include "store/proxy_store.h"
#include "store/seat_store.h"
#include "store/stream_store.h"

/* --- candidates.confirm --- */

static const struct field CONFIRM_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "候选人", "person"),
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", PEOPLE_POSTS),
    FIELDS_END,
};
static const struct field CANDIDATES_CONFIRM_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD_CHOICES("list", FIELD_REQUIRED, "名单", "list", "preparatory formal"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "候选人", "rows", CONFIRM_ROWS),
    FIELD(FIELD_SEQ, "vec_meet_seq", 0, "选举委员会会议记录号", "committee meeting"),
    FIELDS_END,
};

static int64_t
rows_for(const struct call *call, const char *post)
{
    int64_t count = 0;
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        count += row_is(call_row(call, "rows", i), "post", post);
    return count;
}

static enum surplus_body
surplus_body_of(const struct call *call)
{
    if (people_body_is(call, "party"))
        return SURPLUS_PARTY_COMMITTEE;
    return people_body_is(call, "party_officers") ? SURPLUS_PARTY_OFFICERS : SURPLUS_VILLAGE;
}

/* The Party's committee is elected as one list, the others post by post. The plan's "one more than
 * the seats" and the regulation's fifth: exactly the greater of both (acts.md 9.19). */
static enum err
party_surplus_check(struct call *call, const struct seat *seats, size_t count)
{
    struct surplus_facts facts = {.body = SURPLUS_PARTY_COMMITTEE,
                                  .candidates = (int64_t)call_count(call, "rows")};
    struct surplus_result result;
    for (size_t i = 0; i < count; i++)
        facts.seats += seats[i].seats;
    surplus_decide(call->ctx, call->pack, &facts, &result);
    const int64_t need = result.need > facts.seats + 1 ? result.need : facts.seats + 1;
    if (facts.candidates < need)
        call_block(call, RULE_PTY_03, "应选 %lld 人，候选人 %lld 人，应为 %lld 人",
                   "%lld seats, %lld candidates: %lld are needed", (long long)facts.seats,
                   (long long)facts.candidates, (long long)need);
    if (facts.candidates > need)
        call_block(call, RULE_PTY_02, "应选 %lld 人，预备人选 %lld 人，多于 %lld 人",
                   "%lld seats, %lld people: more than %lld", (long long)facts.seats,
                   (long long)facts.candidates, (long long)need);
    return ERR_OK;
}

static enum err
surplus_check(struct call *call)
{
    struct seat *seats;
    size_t count;
    TRY(seat_store_list(call->ctx, call->db, call->unit, call_text(call, "body"), &seats, &count));
    if (people_body_is(call, "party"))
        return party_surplus_check(call, seats, count);
    for (size_t i = 0; i < count; i++) {
        struct surplus_facts facts = {.body = surplus_body_of(call),
                                      .seats = seats[i].seats,
                                      .candidates = rows_for(call, seats[i].post)};
        struct surplus_result result;
        (void)post_find(seats[i].post, &facts.post);
        surplus_decide(call->ctx, call->pack, &facts, &result);
        if (!result.ok)
            call_take(call, &result.ruling.findings, SEVERITY_BLOCK);
    }
    return ERR_OK;
}

/* He stands for this post, passed the review, and the last who decides has said yes. */
static enum err
candidate_check(struct call *call, const char *person, const char *post)
{
    struct candidate candidate = {.state = ""};
    struct review_step decided;
    const char *name;
    const char *stage = people_body_is(call, "village") || people_body_is(call, "supervision")
                            ? "township"
                            : "leading_group";
    TRY(people_name(call, person, &name));
    const enum err err = candidate_store_find(call->ctx, call->db, call->unit,
                                              call_text(call, "body"), person, post, &candidate);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || strcmp(candidate.state, "declined") == 0)
        call_block(call, RULE_NOM_06, "%s 没有被提名为 %s，或者选定了另一职",
                   "%s is not nominated as %s, or accepted another post", name, post);
    else if (strcmp(candidate.state, "qualified") != 0 && strcmp(candidate.state, "formal") != 0 &&
             strcmp(candidate.state, "preparatory") != 0)
        call_block(call, RULE_ELG_06, "%s 的状态是 %s，没有联审合格", "%s is %s, not qualified",
                   name, state_words(call->ctx, STATE_PERSON, candidate.state));
    TRY(people_step(call, person, stage, &decided));
    if (strcmp(decided.result, "y") != 0)
        finding_todo(
            call,
            call_block(call, RULE_SEQ_01, "%s 还没有审定同意", "%s is not approved yet", name),
            "先办理 inspect.decide（stage=%s）", "do inspect.decide first (stage=%s)", stage);
    TRY(people_sanctioned(call, person));
    TRY(people_pledged(call, person));
    return people_eligible(call, person, post, false);
}

static enum err
confirm_rows_check(struct call *call)
{
    const size_t count = call_count(call, "rows");
    const char **persons = mem_array(call->ctx->mem, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const json_t *row = call_row(call, "rows", i);
        persons[i] = row_text(row, "person");
        for (size_t j = 0; j < i; j++) {
            if (strcmp(persons[j], persons[i]) == 0)
                call_block(call, RULE_NOM_06, "%s 列了两次：一人一职",
                           "%s is listed twice: one post each", persons[i]);
        }
        TRY(candidate_check(call, persons[i], row_text(row, "post")));
    }
    return people_kin(call, persons, count);
}

/* --- women and the young --- */

static enum err
is_woman(struct call *call, const char *code, bool *ret_is)
{
    struct person person = {.sex = ""};
    const enum err err = person_store_find(call->ctx, call->db, call->unit, code, &person);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_is = strcmp(person.sex, "f") == 0;
    return ERR_OK;
}

/* A woman who stands in the review still and could be a candidate. */
static enum err
woman_waits(struct call *call, bool *ret_waits)
{
    struct candidate *list;
    size_t count;
    bool waits = false;
    TRY(candidate_store_standing(call->ctx, call->db, call->unit, call_text(call, "body"), &list,
                                 &count));
    for (size_t i = 0; i < count && !waits; i++)
        TRY(is_woman(call, list[i].person, &waits));
    *ret_waits = waits;
    return ERR_OK;
}

static enum err
is_young_and_taught(struct call *call, const char *code, bool *ret_is)
{
    struct person person;
    const enum err err = person_store_find(call->ctx, call->db, call->unit, code, &person);
    *ret_is = false;
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    const bool taught =
        strcmp(person.education, "college") == 0 || strcmp(person.education, "bachelor") == 0;
    *ret_is =
        taught && date_compare(person.birth, pack_date(call->pack, PACK_TEAM_YOUNG_BORN_FROM)) >= 0;
    return ERR_OK;
}

static enum err
team_check(struct call *call)
{
    bool woman = false;
    bool young = false;
    bool waits;
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const char *person = row_text(call_row(call, "rows", i), "person");
        bool is;
        TRY(is_woman(call, person, &is));
        woman = woman || is;
        TRY(is_young_and_taught(call, person, &is));
        young = young || is;
    }
    TRY(woman_waits(call, &waits));
    if (!woman && waits && people_body_is(call, "village"))
        call_block(call, RULE_NOM_07, "候选人中没有妇女，有妇女被提名，得票最多的应为候选人",
                   "no woman among the candidates, though one is nominated");
    else if (!woman)
        call_warn(call, RULE_ELG_04, "候选人中没有妇女", "no woman among the candidates");
    if (!young && date_is_set(pack_date(call->pack, PACK_TEAM_YOUNG_BORN_FROM)))
        call_warn(call, RULE_ELG_04, "候选人中没有 35 岁以下大专以上的",
                  "nobody young with college among the candidates");
    return ERR_OK;
}

static enum err
confirm_order_check(struct call *call)
{
    const struct people_act posting = {
        .act = "candidates.post", .body = call_text(call, "body"), .list = call_text(call, "list")};
    int64_t open;
    bool has;
    bool passed;
    TRY(people_has(call, &posting, &has));
    if (has)
        call_block(call, RULE_SEQ_04, "这份名单已张榜，以后用 candidate.replace",
                   "the list is posted: changes come by candidate.replace");
    TRY(objection_store_open(call->ctx, call->db, call->unit, "initial", &open));
    if (open > 0 && people_body_is(call, "village"))
        call_block(call, RULE_SEQ_01, "对初步候选人名单的 %lld 件异议还没有处理",
                   "%lld objections to the initial list are open", (long long)open);
    if (!call_has(call, "vec_meet_seq"))
        return ERR_OK;
    TRY(decision_store_passed(call->ctx, call->db, call->unit, call_int(call, "vec_meet_seq"),
                              &passed));
    if (!passed)
        call_block(call, RULE_VEC_07, "选举委员会会议没有过半数通过",
                   "the committee's meeting passed nothing by a majority");
    return ERR_OK;
}

static enum err
candidates_confirm_check(struct call *call)
{
    TRY(confirm_order_check(call));
    TRY(surplus_check(call));
    TRY(confirm_rows_check(call));
    return team_check(call);
}

static enum err
candidates_confirm_apply(struct call *call)
{
    const char *body = call_text(call, "body");
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        struct candidate candidate;
        TRY(candidate_store_find(call->ctx, call->db, call->unit, body, row_text(row, "person"),
                                 row_text(row, "post"), &candidate));
        candidate.state = call_text(call, "list");
        candidate.place = (int64_t)i + 1;
        TRY(candidate_store_put(call->ctx, call->db, &candidate));
        if (people_body_is(call, "village"))
            TRY(proxy_store_end_of_candidate(call->ctx, call->db, call->unit, candidate.person,
                                             call->seq));
    }
    return ERR_OK;
}

ACT_CODE(candidates_confirm, CANDIDATES_CONFIRM_FIELDS, candidates_confirm_check,
         candidates_confirm_apply, NULL);

/* --- candidates.meet --- */

static const struct field MEET_ROWS[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "候选人", "person"),
    FIELD(FIELD_FILE, "text", 0, "竞职材料", "text"),
    FIELD(FIELD_PERSON, "checked_by", FIELD_REQUIRED, "审核人", "checked by"),
    FIELDS_END,
};
static const struct field CANDIDATES_MEET_FIELDS[] = {
    FIELD(FIELD_DATE, "held_on", FIELD_REQUIRED, "日期", "held on"),
    FIELD(FIELD_TEXT, "place", FIELD_REQUIRED | FIELD_WORDING, "地点", "place"),
    FIELD(FIELD_INT, "present", FIELD_REQUIRED, "到场人数", "present"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "候选人", "rows", MEET_ROWS),
    FIELDS_END,
};

static enum err
meet_row_check(struct call *call, const char *person)
{
    bool formal;
    TRY(candidate_store_is_formal(call->ctx, call->db, call->unit, "village", person, &formal));
    if (!formal)
        call_block(call, RULE_SEQ_01, "%s 不是正式候选人", "%s is no candidate", person);
    return ERR_OK;
}

static bool
was_there(const struct call *call, const char *person)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        if (row_is(call_row(call, "rows", i), "person", person))
            return true;
    }
    return false;
}

/* 组织法 §15: the committee arranges for candidates to meet the voters. */
static enum err
candidates_meet_check(struct call *call)
{
    struct candidate *list;
    struct date day;
    size_t count;
    call_not_future(call, "held_on");
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &day));
    if (pack_yes(call->pack, PACK_MEETING_BEFORE_DAY) && date_is_set(day) &&
        date_compare(call_date(call, "held_on"), day) >= 0)
        call_block(call, RULE_NOM_10, "见面活动在选举日停止", "meetings stop on the polling day");
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(meet_row_check(call, row_text(call_row(call, "rows", i), "person")));
    TRY(candidate_store_list(call->ctx, call->db, call->unit, "village", "formal", &list, &count));
    for (size_t i = 0; i < count; i++) {
        const char *name;
        TRY(people_name(call, list[i].person, &name));
        if (!was_there(call, list[i].person))
            call_warn(call, RULE_NOM_10, "%s 没有到场", "%s was absent", name);
    }
    return ERR_OK;
}

ACT_CODE(candidates_meet, CANDIDATES_MEET_FIELDS, candidates_meet_check, NULL, NULL);
