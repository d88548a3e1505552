/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a person stands on the roll of voters (REG-01 … REG-05; 组织法 §13, 2025 §16). */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"

enum register_wish { WISH_NO_ANSWER, WISH_NO, WISH_YES };

/* The three kinds of people on the roll (三类登记对象). */
enum register_head {
    HEAD_NONE,
    HEAD_RESIDENT,     /* household here and living here */
    HEAD_AWAY,         /* household here, living elsewhere, wishes to take part */
    HEAD_NO_HOUSEHOLD, /* no household here, a year's residence, applied, meeting consents */
};

/* Dates that are not known are DATE_NONE. birth is not after polling_day. */
struct register_facts {
    struct date polling_day, birth;
    bool hukou_here, resident_here;
    struct date resident_since, village_work_since;
    enum register_wish wishes;
    bool reply_due_passed; /* the day to answer is over */
    bool applied, assembly_consent;
    bool deprived;             /* of political rights, 剥夺政治权利 */
    bool registered_elsewhere; /* on the roll of another village */
    bool stationed;            /* belongs to a unit stationed in the village 驻村单位人员 */
    bool unable;               /* 丧失行为能力, where the pack leaves such people out */
};

struct register_result {
    bool registered;
    enum register_head head; /* HEAD_NONE unless registered */
    struct ruling ruling;    /* every rule that stands against the person */
};

/* True if the person is of full age (18) on the day: on the birthday itself. */
bool register_is_adult(struct date birth, struct date day);
/* The last day of birth of those who are of full age on the day. */
struct date register_last_birth(struct date day);
void register_decide(struct ctx *ctx, const struct pack *pack, const struct register_facts *facts,
                     struct register_result *ret_result);
