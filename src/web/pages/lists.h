/* SPDX-License-Identifier: Apache-2.0 */
/* The roll of a village, and results with how they follow. */
#pragma once

#include "base/ctx.h"

struct roll_person {
    int64_t number;
    const char *name;
    struct text sex;
    const char *code;
};

struct roll_group {
    const char *name;
    int64_t first; /* number of its first person */
    struct roll_person *people;
    size_t people_count;
};

struct roll_choice {
    const char *name;
    const char *path;
    bool is_here;
};

struct roll_view {
    const char *unit;
    const char *name;
    struct text state;
    const char *state_word;
    int64_t all;
    const char *hash;
    struct roll_choice *choices;
    size_t choices_count;
    struct roll_group *groups;
    size_t groups_count;
};

struct result_seat_view {
    const char *post;
    const char *name;
    int64_t votes;
};

struct result_village {
    const char *unit;
    const char *name;
    struct text state;
    int64_t registered, issued, recovered, valid, invalid, rounds;
    struct result_seat_view *seats;
    size_t seats_count;
    const char *happened;
};

struct why_line {
    const char *text;
};

struct result_round {
    int64_t round;
    const char *law;
    bool is_same; /* derived again now, it is what the record says */
    struct why_line *why;
    size_t why_count;
};

struct result_view {
    const char *name;
    struct result_village *villages;
    size_t villages_count;
    bool is_village;
    struct result_round *rounds;
    size_t rounds_count;
};
