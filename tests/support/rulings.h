/* SPDX-License-Identifier: Apache-2.0 */
/* What a ruling must say in tests. */
#pragma once

#include "domain/ruling.h"

/* The broken rules of one severity, each once, in order: "PRX-01 CAL-06"; "" if none. */
const char *support_rules(struct ctx *ctx, const struct ruling *ruling, enum severity severity);
/* All of them, whatever their severity. */
const char *support_all_rules(struct ctx *ctx, const struct ruling *ruling);
