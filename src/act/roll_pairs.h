/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of an import that are right by themselves but not beside others: the words of `roll check`
 * (other_name, namesake, household_absent). They are warnings: people must look.
 */
#pragma once

#include "act/roll_people.h"

/* Of a household register or a roll; household_absent only of a roll. */
enum err roll_pairs_report(struct call *call, const struct roll_people *people,
                           const struct roll_table *table) WARN_UNUSED;
