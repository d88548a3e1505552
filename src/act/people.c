/* SPDX-License-Identifier: Apache-2.0 */
#include "act/people.h"

#include <string.h>

#include "domain/eligible.h"
#include "domain/kin.h"
#include "store/kin_store.h"
#include "store/person_store.h"
#include "store/prep_store.h"
#include "store/round_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"
#include "store/voter_store.h"

enum err
people_has(struct call *call, const struct people_act *wanted, bool *ret_has)
{
    struct standing standing;
    const struct standing_query query = {
        .unit = call->unit,
        .act = wanted->act,
        .body = wanted->body,
        .list = wanted->list,
        .kind = wanted->kind,
        .subject = wanted->subject,
        .round = -1,
    };
    const enum err err = standing_store_last(call->ctx, call->db, &query, &standing);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_has = err == ERR_OK;
    return ERR_OK;
}

bool
people_body_is(const struct call *call, const char *word)
{
    return call_is(call, "body", word);
}

enum err
people_step(struct call *call, const char *person, const char *step, struct review_step *ret_step)
{
    const struct review_step wanted = {
        .unit = call->unit,
        .body = call_text(call, "body"),
        .person = person,
        .step = step,
    };
    return step_store_get(call->ctx, call->db, &wanted, ret_step);
}

enum err
people_step_put(struct call *call, const char *person, const char *step, const char *result)
{
    const struct review_step row = {
        .unit = call->unit,
        .body = call_text(call, "body"),
        .person = person,
        .step = step,
        .result = result,
        .by_user = call->actor_name,
        .seq = call->seq,
    };
    return step_store_put(call->ctx, call->db, &row);
}

enum err
people_name(struct call *call, const char *person, const char **ret_name)
{
    return person_name(call->ctx, call->db, call->unit, person, ret_name);
}

enum err
people_on_roll(struct call *call, const char *person)
{
    bool registered;
    const char *name;
    TRY(people_name(call, person, &name));
    TRY(voter_store_is_registered(call->ctx, call->db, call->unit, person, &registered));
    if (!registered)
        call_block(call, RULE_NOM_01, "%s 不在登记参加选举的村民名单上",
                   "%s is not on the roll of voters", name)
            ->person = person;
    return ERR_OK;
}

enum err
people_sanctioned(struct call *call, const char *person)
{
    bool barred;
    const char *name;
    TRY(people_name(call, person, &name));
    TRY(sanction_store_bars(call->ctx, call->db, call->unit, person, &barred));
    if (barred)
        call_block(call, RULE_CND_02, "%s 被查处，处理决定有效", "a sanction stands against %s",
                   name)
            ->person = person;
    return ERR_OK;
}

/* --- eligibility --- */

struct case_of {
    struct eligible_facts facts;
    struct sanction party;
    struct sanction admin;
    int64_t years[8];
    struct person_bar *bars;
    size_t bar_count;
};

static const struct {
    const char *word;
    enum sanction_kind kind;
    bool party;
} SANCTIONS[] = {
    {"party_warning", SANCTION_PARTY_WARNING, true},
    {"party_serious_warning", SANCTION_PARTY_SERIOUS_WARNING, true},
    {"party_removal", SANCTION_PARTY_REMOVAL, true},
    {"party_probation", SANCTION_PARTY_PROBATION, true},
    {"party_expulsion", SANCTION_PARTY_EXPULSION, true},
    {"admin_warning", SANCTION_ADMIN_WARNING, false},
    {"admin_demerit", SANCTION_ADMIN_DEMERIT, false},
    {"admin_major_demerit", SANCTION_ADMIN_MAJOR_DEMERIT, false},
    {"admin_demotion", SANCTION_ADMIN_DEMOTION, false},
    {"admin_removal", SANCTION_ADMIN_REMOVAL, false},
    {"admin_dismissal", SANCTION_ADMIN_DISMISSAL, false},
};

static void
sanction_enter(struct case_of *person, const struct person_bar *bar)
{
    for (size_t i = 0; i < COUNT_OF(SANCTIONS); i++) {
        if (strcmp(SANCTIONS[i].word, bar->fact) != 0 || !date_is_set(bar->decided_on))
            continue;
        const struct sanction sanction = {SANCTIONS[i].kind, bar->decided_on};
        if (SANCTIONS[i].party) {
            person->party = sanction;
            person->facts.party_sanction = &person->party;
        } else {
            person->admin = sanction;
            person->facts.admin_sanction = &person->admin;
        }
    }
}

/* One recorded fact that applies and is not cured. */
static void
fact_enter(struct case_of *person, const struct person_bar *bar)
{
    struct eligible_facts *facts = &person->facts;
    const struct {
        const char *word;
        bool *flag;
    } flags[] = {
        {"party_expelled", &facts->party_expelled},
        {"criminal_punishment", &facts->criminal_punishment},
        {"gang", &facts->gang},
        {"cult", &facts->cult},
        {"under_investigation", &facts->under_investigation},
    };
    for (size_t i = 0; i < COUNT_OF(flags); i++) {
        if (strcmp(flags[i].word, bar->fact) == 0)
            *flags[i].flag = true;
    }
    if (strcmp(bar->fact, "bribery_found") == 0)
        facts->bribery_found = bar->decided_on;
    if (strcmp(bar->fact, "violations_open") == 0)
        facts->violations_open++;
    if (strcmp(bar->fact, "assessed_incompetent") == 0 && date_is_set(bar->decided_on) &&
        facts->assessed_count < COUNT_OF(person->years))
        person->years[facts->assessed_count++] = date_to_civil(bar->decided_on).year;
    sanction_enter(person, bar);
}

/* True if a later record says the same thing over again. */
static bool
is_replaced(const struct case_of *person, size_t index)
{
    const struct person_bar *bar = &person->bars[index];
    for (size_t i = index + 1; i < person->bar_count; i++) {
        const struct person_bar *later = &person->bars[i];
        if (strcmp(later->kind, bar->kind) == 0 && strcmp(later->bar, bar->bar) == 0 &&
            strcmp(later->fact, bar->fact) == 0)
            return true;
    }
    return false;
}

static enum err
incumbent_read(struct call *call, const char *person, struct eligible_facts *facts)
{
    struct prep_person *list;
    size_t count;
    TRY(prep_person_list(call->ctx, call->db, call->unit, "incumbent", &list, &count));
    for (size_t i = 0; i < count; i++) {
        bool same;
        enum post post;
        TRY(person_is_same(call->ctx, call->db, call->unit, list[i].person, person, &same));
        if (!same || !post_find(list[i].detail, &post))
            continue;
        facts->has_incumbent_post = true;
        facts->incumbent_post = post;
    }
    return ERR_OK;
}

/* What the register and the records say; *ret_known false: not in the register. */
static enum err
case_read(struct call *call, const char *code, const char *post, struct case_of *ret_case,
          bool *ret_known)
{
    struct person person;
    struct date day;
    const enum err err = person_store_find(call->ctx, call->db, call->unit, code, &person);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_known = err == ERR_OK && date_is_set(person.birth) &&
                 sex_find(person.sex, &ret_case->facts.sex) &&
                 post_find(post, &ret_case->facts.post);
    if (!*ret_known)
        return ERR_OK;
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &day));
    ret_case->facts.ref_day = date_is_set(day) ? day : call->today;
    ret_case->facts.birth = person.birth;
    ret_case->facts.bribery_found = DATE_NONE;
    ret_case->facts.assessed_incompetent = ret_case->years;
    TRY(incumbent_read(call, code, &ret_case->facts));
    return bar_store_list(call->ctx, call->db, call->unit, code, &ret_case->bars,
                          &ret_case->bar_count);
}

/* The standing finding about a bar: "y", "n", or NULL. */
static const char *
finding_on(const struct case_of *person, const char *bar)
{
    const char *applies = NULL;
    for (size_t i = 0; i < person->bar_count; i++) {
        if (strcmp(person->bars[i].kind, "finding") == 0 && strcmp(person->bars[i].bar, bar) == 0)
            applies = person->bars[i].applies;
    }
    return applies;
}

static void
finding_copy(struct call *call, const struct finding *from, enum severity severity,
             const char *person, const char *post)
{
    struct finding *to = finding_add(call->ctx, call->findings, from->rule, severity, from->text);
    to->sub = from->sub;
    to->person = person;
    to->post = post;
    if (severity == SEVERITY_APPROVE)
        to->approval = strcmp(post, "party_secretary") == 0 ? "over_age" : "age_line";
    if (severity == SEVERITY_BLOCK && from->severity == SEVERITY_EXPLAIN)
        finding_todo(call, to, "办理 bar.record（kind=finding，由镇签批人或者联审单位负责人签名）",
                     "enter bar.record (kind=finding, signed by the township or a desk's leader)");
}

/* A finding of the law engine as a finding of the act: what it asks of people is looked up. */
static void
judgement_take(struct call *call, const struct case_of *subject, const struct finding *from,
               const char *person, const char *post)
{
    const char *bar =
        from->rule == RULE_ELG_01 ? "national" : mem_printf(call->ctx->mem, "%d", from->sub);
    const char *found = finding_on(subject, bar);
    const bool asked = from->severity == SEVERITY_EXPLAIN && from->rule != RULE_ELG_03;
    if (asked && found && strcmp(found, "n") == 0)
        return;
    finding_copy(call, from, asked ? SEVERITY_BLOCK : from->severity, person, post);
}

/* Bars a signed finding says apply, whatever the records say. */
static void
findings_against(struct call *call, const struct case_of *subject, const char *person)
{
    for (size_t i = 0; i < subject->bar_count; i++) {
        const struct person_bar *bar = &subject->bars[i];
        if (strcmp(bar->kind, "finding") != 0 || strcmp(bar->applies, "y") != 0 ||
            is_replaced(subject, i))
            continue;
        const bool national = strcmp(bar->bar, "national") == 0;
        struct finding *finding = call_block(
            call, national ? RULE_ELG_01 : RULE_ELG_02, "认定有“%s”项情形（第 %lld 号记录）",
            "found to be under bar %s (entry %lld)", bar->bar, (long long)bar->seq);
        finding->person = person;
        if (!national)
            finding->sub = bar->bar[1] ? 10 : bar->bar[0] - '0';
    }
}

enum err
people_eligible(struct call *call, const char *person, const char *post, bool floor_only)
{
    struct case_of subject = {0};
    struct eligible_result result;
    const char *name;
    bool known;
    TRY(people_name(call, person, &name));
    TRY(case_read(call, person, post, &subject, &known));
    if (!known) {
        call_block(call, RULE_ELG_01, "登记册里没有 %s 的出生日期、性别，不能认定资格",
                   "the register has no birth and sex of %s: eligibility cannot be decided", name)
            ->person = person;
        return ERR_OK;
    }
    for (size_t i = 0; i < subject.bar_count; i++) {
        const struct person_bar *bar = &subject.bars[i];
        if (strcmp(bar->kind, "fact") == 0 && strcmp(bar->applies, "y") == 0 &&
            !date_is_set(bar->cured_on) && !is_replaced(&subject, i))
            fact_enter(&subject, bar);
    }
    eligible_decide(call->ctx, call->pack, &subject.facts, &result);
    for (size_t i = 0; i < result.ruling.findings.count; i++) {
        const struct finding *from = &result.ruling.findings.list[i];
        if (!floor_only || (from->rule == RULE_ELG_01 && from->severity == SEVERITY_BLOCK))
            judgement_take(call, &subject, from, person, post);
    }
    if (!floor_only)
        findings_against(call, &subject, person);
    return ERR_OK;
}

enum err
people_kin(struct call *call, const char *const *persons, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            struct kin_facts facts;
            struct kin_result result;
            TRY(people_name(call, persons[i], &facts.a));
            TRY(people_name(call, persons[j], &facts.b));
            TRY(kin_store_relation(call->ctx, call->db, call->unit, persons[i], persons[j],
                                   &facts.relation));
            kin_decide(call->ctx, call->pack, &facts, &result);
            if (result.avoid)
                call_take(call, &result.ruling.findings, SEVERITY_BLOCK);
        }
    }
    return ERR_OK;
}

enum err
people_pledged(struct call *call, const char *person)
{
    const struct people_act pledge = {.act = "pledge.sign", .kind = "candidate", .subject = person};
    const char *name;
    bool has;
    TRY(people_name(call, person, &name));
    TRY(people_has(call, &pledge, &has));
    if (has)
        return ERR_OK;
    struct finding *finding = call_block(call, RULE_CND_01, "%s 没有签候选人纪律承诺书",
                                         "%s has not signed the candidate's pledge", name);
    finding->person = person;
    finding_todo(call, finding, "先办理 pledge.sign（kind=candidate）",
                 "do pledge.sign (kind=candidate) first");
    return ERR_OK;
}

enum err
people_poll_open(struct call *call)
{
    struct round round;
    const enum err err =
        round_store_last(call->ctx, call->db, call->unit, call_text(call, "body"), "first", &round);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    const enum round_state state = round_state_find(round.state);
    if (state >= ROUND_OPEN && state != ROUND_VOID)
        call_block(call, RULE_SEQ_04, "投票已经开始，候选人不能再变", "the poll is open already");
    return ERR_OK;
}
