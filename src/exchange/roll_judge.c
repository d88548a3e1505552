/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_judge.h"

/* The order is that of the findings. */
enum roll_fault
roll_fault_of(const struct register_result *result, const struct register_facts *facts)
{
    if (result->ruling.findings.count == 0)
        return ROLL_FAULT_COUNT;
    const enum rule rule = result->ruling.findings.list[0].rule;
    if (rule == RULE_REG_01)
        return register_is_adult(facts->birth, facts->polling_day) ? ROLL_FAULT_DEPRIVED
                                                                   : ROLL_FAULT_UNDER_AGE;
    if (rule == RULE_REG_08)
        return ROLL_FAULT_STATIONED;
    if (rule == RULE_REG_03)
        return ROLL_FAULT_DECLINED;
    if (rule == RULE_REG_04)
        return ROLL_FAULT_ELSEWHERE;
    if (facts->hukou_here)
        return ROLL_FAULT_NO_WISH;
    if (!facts->applied)
        return ROLL_FAULT_NOT_APPLIED;
    return facts->assembly_consent ? ROLL_FAULT_NOT_A_YEAR : ROLL_FAULT_NO_CONSENT;
}

bool
roll_term_holds(struct date from, struct date to, struct date day)
{
    const bool begun = !date_is_set(from) || date_compare(from, day) <= 0;
    const bool over = date_is_set(to) && date_compare(to, day) < 0;
    return begun && !over;
}

struct date
roll_row_day(const struct roll_row *row, enum roll_column column)
{
    struct date day = DATE_NONE;
    (void)date_parse(row->cells[column], &day);
    return day;
}

struct register_facts
roll_row_facts(const struct roll_row *row, struct date polling_day, enum register_wish wish)
{
    const int head = row->cells[ROLL_COL_HEAD][0] - '0';
    return (struct register_facts){
        .polling_day = polling_day,
        .birth = roll_row_day(row, ROLL_COL_BIRTH),
        .hukou_here = head != HEAD_NO_HOUSEHOLD,
        .resident_here = head != HEAD_AWAY,
        .resident_since = roll_row_day(row, ROLL_COL_RESIDENT_SINCE),
        .village_work_since = roll_row_day(row, ROLL_COL_WORK_SINCE),
        .wishes = wish,
        .applied = row->cells[ROLL_COL_APPLIED_ON][0] != '\0',
        .assembly_consent = true,
    };
}
