/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The law's word on a person of a register or roll as a fault of his row (REG-01 … REG-04): one
 * place for the import, for the confirmation and for the check of files without a database.
 */
#pragma once

#include "domain/register.h"
#include "exchange/roll_table.h"

/* The first finding of register_decide as a fault; ROLL_FAULT_COUNT if there is none. */
enum roll_fault
roll_fault_of(const struct register_result *result, const struct register_facts *facts);
/* 剥夺政治权利: from the first to the last day of the term; a day not known sets no bound. */
bool roll_term_holds(struct date from, struct date to, struct date day);
/* A cell as a day, DATE_NONE if blank. */
struct date roll_row_day(const struct roll_row *row, enum roll_column column);
/* The facts of a row of a roll by itself: who stands under head 2 has said that he takes part
 * unless `wish` says otherwise; the assembly's consent is asked later (roll.consent). */
struct register_facts
roll_row_facts(const struct roll_row *row, struct date polling_day, enum register_wish wish);
