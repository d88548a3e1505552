/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/register.h"

/* Years of age (组织法 §13) and of residence (same article, head 3). */
enum { ADULT_YEARS = 18, RESIDENCE_YEARS = 1 };

bool
register_is_adult(struct date birth, struct date day)
{
    return date_compare(date_add_years(birth, ADULT_YEARS), day) <= 0;
}

struct date
register_last_birth(struct date day)
{
    /* A day later than any answer; the 29th of February makes it a day or two. */
    struct date birth = date_add_days(date_add_years(day, -ADULT_YEARS), 2);
    while (!register_is_adult(birth, day))
        birth = date_add_days(birth, -1);
    return birth;
}

static void
decide_person(struct ctx *ctx, const struct pack *pack, const struct register_facts *facts,
              struct ruling *ruling)
{
    const bool adult = register_is_adult(facts->birth, facts->polling_day);
    ruling_test(ctx, ruling, RULE_REG_01, !adult,
                text_format(ctx, "%s出生，满 18 周岁之日 %s %s 选举日 %s",
                            "born %s, 18 on %s, which is %s polling day %s",
                            date_words(ctx, facts->birth),
                            date_words(ctx, date_add_years(facts->birth, ADULT_YEARS)),
                            adult ? "≤" : ">", date_words(ctx, facts->polling_day)));
    if (facts->deprived)
        ruling_test(ctx, ruling, RULE_REG_01, true,
                    text_format(ctx, "被剥夺政治权利", "deprived of political rights"));
    if (facts->registered_elsewhere)
        ruling_test(ctx, ruling, RULE_REG_04, true,
                    text_format(ctx, "已在其他村登记", "registered in another village"));
    if (facts->stationed) /* 组织法 §38 */
        ruling_test(
            ctx, ruling, RULE_REG_08, true,
            text_format(ctx, "是驻村单位人员", "belongs to a unit stationed in the village"));
    if (facts->unable)
        ruling_test(ctx, ruling, RULE_REG_05, pack_yes(pack, PACK_REGISTER_UNABLE_LEFT_OUT),
                    text_format(ctx, "丧失行为能力（%s）", "unable to act (%s)",
                                pack_source(ctx, pack, PACK_REGISTER_UNABLE_LEFT_OUT)));
}

/* Household here, living elsewhere: on the roll only by his own wish. */
static enum register_head
decide_away(struct ctx *ctx, const struct register_facts *facts, struct ruling *ruling)
{
    if (facts->wishes == WISH_YES) {
        ruling_note(ctx, ruling, RULE_REG_02,
                    text_format(ctx, "户籍在本村、不在本村居住，本人表示参加选举",
                                "household here, lives elsewhere, wishes to take part"));
        return HEAD_AWAY;
    }
    const bool declined = facts->wishes == WISH_NO || facts->reply_due_passed;
    ruling_test(ctx, ruling, declined ? RULE_REG_03 : RULE_REG_02, true,
                declined ? text_format(ctx, "不在本村居住，表示不参加或者逾期未答复",
                                       "lives elsewhere, declined or did not answer in time")
                         : text_format(ctx, "不在本村居住，尚未答复是否参加",
                                       "lives elsewhere and has not answered yet"));
    return HEAD_NONE;
}

static bool
is_full_year(struct date since, struct date day)
{
    return date_is_set(since) && date_compare(date_add_years(since, RESIDENCE_YEARS), day) <= 0;
}

static enum register_head
decide_no_household(struct ctx *ctx, const struct pack *pack, const struct register_facts *facts,
                    struct ruling *ruling)
{
    const bool resident =
        facts->resident_here && is_full_year(facts->resident_since, facts->polling_day);
    const bool worked = pack_yes(pack, PACK_REGISTER_VILLAGE_WORK) &&
                        is_full_year(facts->village_work_since, facts->polling_day);
    const bool head = (resident || worked) && facts->applied && facts->assembly_consent;
    const struct text yes = {"是", "yes"};
    const struct text no = {"否", "no"};
    ruling_test(ctx, ruling, RULE_REG_02, !head,
                text_format(ctx,
                            "户籍不在本村：居住满一年%s，村务工作满一年%s，本人申请%s，会议同意%s",
                            "no household here: a year's residence %s, a year's village work %s, "
                            "applied %s, meeting consents %s",
                            text_pick(ctx, resident ? yes : no), text_pick(ctx, worked ? yes : no),
                            text_pick(ctx, facts->applied ? yes : no),
                            text_pick(ctx, facts->assembly_consent ? yes : no)));
    return head ? HEAD_NO_HOUSEHOLD : HEAD_NONE;
}

static enum register_head
decide_head(struct ctx *ctx, const struct pack *pack, const struct register_facts *facts,
            struct ruling *ruling)
{
    if (!facts->hukou_here)
        return decide_no_household(ctx, pack, facts, ruling);
    if (!facts->resident_here)
        return decide_away(ctx, facts, ruling);
    ruling_note(ctx, ruling, RULE_REG_02,
                text_format(ctx, "户籍在本村并且在本村居住", "household here and lives here"));
    return HEAD_RESIDENT;
}

void
register_decide(struct ctx *ctx, const struct pack *pack, const struct register_facts *facts,
                struct register_result *ret_result)
{
    struct register_result result = {0};
    decide_person(ctx, pack, facts, &result.ruling);
    const enum register_head head = decide_head(ctx, pack, facts, &result.ruling);
    result.registered = result.ruling.findings.count == 0;
    result.head = result.registered ? head : HEAD_NONE;
    *ret_result = result;
}
