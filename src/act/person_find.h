/* SPDX-License-Identifier: Apache-2.0 */
/* One person looked up by number or by name, by somebody whose duty covers the village. */
#pragma once

#include "act/gate.h"

struct person_found {
    const char *unit;
    const char *village;
    const char *person;
    const char *name; /* masked: the first character */
    const char *sex;
    int32_t birth_year; /* 0 if unknown */
    const char *grp;
    const char *household;
    bool on_register;
    bool on_roll;
};

/* What is asked: the number, or the name in one village. */
struct person_asked {
    const char *number; /* or NULL */
    const char *name;   /* or NULL */
    const char *unit;   /* with name: the village's code */
};

/* ERR_FORBIDDEN unless the user works on registers (township, county, election committee, Party
 * branch); only villages of his own unit are shown. ERR_INVALID for a number that is none. */
enum err person_look_up(struct ctx *ctx, struct gate *gate, const char *user,
                        const struct person_asked *asked, struct person_found **ret_list,
                        size_t *ret_count) WARN_UNUSED;
