/* SPDX-License-Identifier: Apache-2.0 */
/* What roll.amend changes, done at once on a draft and by roll.supplement on a posted roll. */
#pragma once

#include "act/roll_people.h"

/* Writes the new value into the person (or the voter's head). */
enum err roll_amend_do(struct call *call, const struct roll_people *people, const char *person,
                       const char *reason, const char *value) WARN_UNUSED;
