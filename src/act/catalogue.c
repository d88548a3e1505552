/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue as a table, and the words for roles and stages. */
#include <string.h>

#include "act/act.h"

#define ACT(stem, ...) extern const struct act_code act_code_##stem;
#include "act/acts.def"
#undef ACT

static const struct act ACTS[] = {
#define ACT(stem, id, levels, stage, roles, zh, en, once, needs, never, flags)                     \
    {id, levels, stage, roles, {zh, en}, once, needs, never, flags, &act_code_##stem},
#include "act/acts.def"
#undef ACT
};

struct role_row {
    enum role role;
    const char *name; /* as written in app_user.role and on the command line */
    const char *code; /* as written in acts.md */
    struct text title;
};

static const struct role_row ROLES[] = {
    {ROLE_CO, "county_office", "CO", {"县换届办", "county election office"}},
    {ROLE_CS, "county_sign", "CS", {"县签批", "county decision"}},
    {ROLE_DR, "department", "DR", {"联审单位", "review department"}},
    {ROLE_TO, "township_office", "TO", {"镇换届办", "township election office"}},
    {ROLE_TS, "township_sign", "TS", {"镇签批", "township decision"}},
    {ROLE_PB, "party_branch", "PB", {"村党组织", "village Party organisation"}},
    {ROLE_VC, "village_committee", "VC", {"村民委员会", "villagers' committee"}},
    {ROLE_EC, "election_committee", "EC", {"村民选举委员会", "village election committee"}},
    {ROLE_ST, "staff", "ST", {"选举工作人员", "election staff"}},
    {ROLE_SV, "supervisor", "SV", {"监督员", "supervisor"}},
    {ROLE_SYS, "system", "SYS", {"系统", "system"}},
    {ROLE_ADMIN, "admin", "AD", {"系统管理员", "administrator"}},
    {ROLE_PUBLIC, "public", "PU", {"公众", "public"}},
    {ROLE_SECURITY, "security_admin", "SA", {"安全管理员", "security administrator"}},
    {ROLE_AUDIT, "audit_admin", "AA", {"审计管理员", "audit administrator"}},
};

static const struct text STAGES[] = {
    [STAGE_ALWAYS] = {"各阶段", "every stage"},
    [STAGE_PREPARATION] = {"选举准备", "preparation"},
    [STAGE_PEOPLE] = {"人选、联审、候选人", "people, review, candidates"},
    [STAGE_COMMITTEE] = {"选举委员会、办法、选举日", "election committee, rules, polling day"},
    [STAGE_ROLL] = {"登记和名单", "registration and roll"},
    [STAGE_NOMINATION] = {"提名", "nomination"},
    [STAGE_BEFORE_POLL] = {"投票准备", "before the poll"},
    [STAGE_POLL] = {"投票", "the poll"},
    [STAGE_COUNT] = {"计票和结果", "count and outcome"},
    [STAGE_AFTER] = {"后续工作", "after the election"},
    [STAGE_CONDUCT] = {"风气、督导", "conduct and command"},
};

const struct act *
act_list(size_t *ret_count)
{
    *ret_count = COUNT_OF(ACTS);
    return ACTS;
}

const struct act *
act_find(const char *id)
{
    for (size_t i = 0; i < COUNT_OF(ACTS); i++) {
        if (strcmp(ACTS[i].id, id) == 0)
            return &ACTS[i];
    }
    return NULL;
}

const char *
stage_name(const struct ctx *ctx, enum stage stage)
{
    return text_pick(ctx, STAGES[stage]);
}

enum role
role_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(ROLES); i++) {
        if (strcmp(ROLES[i].name, name) == 0 || strcmp(ROLES[i].code, name) == 0)
            return ROLES[i].role;
    }
    return 0;
}

static const struct role_row *
role_row(enum role role)
{
    for (size_t i = 0; i < COUNT_OF(ROLES); i++) {
        if (ROLES[i].role == role)
            return &ROLES[i];
    }
    BUG("a role without a row");
}

const char *
role_name(enum role role)
{
    return role_row(role)->name;
}

struct text
role_title(enum role role)
{
    return role_row(role)->title;
}

bool
role_has_unit(enum role role)
{
    return !(role & (ROLE_ADMIN | ROLE_SECURITY | ROLE_AUDIT | ROLE_PUBLIC));
}
