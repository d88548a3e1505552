/* SPDX-License-Identifier: Apache-2.0 */
/* Duties that bind across stages: kinship between persons, and who must leave the committee. */
#pragma once

#include "act/act.h"
#include "domain/words.h"

/* True if the kinship graph says that a and b are kin within the scope. */
enum err duty_are_kin(struct call *call, const char *a, const char *b, enum kin_scope scope,
                      bool *ret_kin) WARN_UNUSED;
/* VEC-04: a member nominated (or, by pack, whose kin is) must leave. Until vec.leave says so every
 * other act of the committee is refused: adds the finding. Called by the gate. */
enum err duty_leave_check(struct call *call) WARN_UNUSED;
