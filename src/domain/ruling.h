/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a rule function hands back beside its answer: the rules broken and the sentences that show
 * how it got there. Zeroed is empty.
 */
#pragma once

#include "domain/finding.h"

struct ruling {
    struct findings findings;
    struct derivation why;
};

/* A sentence that breaks nothing. */
void ruling_note(struct ctx *ctx, struct ruling *ruling, enum rule rule, const char *text);
/* A sentence, to which is added whether the rule is kept; if `broken` also a finding, of the rule's
 * own severity. */
void
ruling_test(struct ctx *ctx, struct ruling *ruling, enum rule rule, bool broken, const char *text);
/* The same with a severity that the rule's row does not have. */
void ruling_test_as(struct ctx *ctx, struct ruling *ruling, enum rule rule, enum severity severity,
                    bool broken, const char *text);
/* A finding of a part of a rule (ELG-02.5), with its sentence. */
void ruling_break_part(struct ctx *ctx, struct ruling *ruling, enum rule rule, int part,
                       enum severity severity, const char *text);
