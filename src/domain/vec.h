/* SPDX-License-Identifier: Apache-2.0 */
/* The village election committee (村民选举委员会): who leaves, who fills the place, its size
 * (VEC-02, VEC-04, VEC-05; 组织法 §12, 2025 §15). */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"
#include "domain/words.h"

/* kin_nominated: what the nominated person is to the member; RELATION_NONE if nobody is. */
struct vec_member {
    const char *name;
    int64_t votes;
    bool nominated; /* himself; where the pack says so: confirmed as candidate */
    enum relation kin_nominated;
};

struct vec_alternate {
    const char *name;
    int64_t votes;
};

/* The village's own rule of size, in place of the pack's. most: VEC_NO_LIMIT if none. */
struct vec_size_rule {
    int64_t min, max;
};

enum { VEC_NO_LIMIT = -1 };

struct vec_facts {
    const struct vec_member *members;
    size_t member_count;
    const struct vec_alternate *alternates;
    size_t alternate_count;
    const struct vec_size_rule *size_rule; /* NULL: the pack's */
};

/* size: after leaving and filling. ok: no finding of SEVERITY_BLOCK. */
struct vec_result {
    bool ok;
    const char **leaves;
    size_t leave_count;
    const char **fills; /* in the order of votes */
    size_t fill_count;
    int64_t size;
    struct ruling ruling;
};

/* True if the member must leave (VEC-04). */
bool vec_must_leave(const struct pack *pack, const struct vec_member *member);
void vec_decide(struct ctx *ctx, const struct pack *pack, const struct vec_facts *facts,
                struct vec_result *ret_result);
