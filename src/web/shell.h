/* SPDX-License-Identifier: Apache-2.0 */
/* The frame around every page: where we are, who is signed in, the units. */
#pragma once

#include "web/html.h"

/* A unit in the list at the left or a step above it. state: none, open, deferred, out, sealed. */
struct shell_unit {
    const char *code;
    const char *name;
    const char *state;
    struct text state_words;
    bool is_here;
};

/* One of the pages of a unit. */
struct shell_tab {
    const char *path;
    struct text title;
    bool is_here;
};

struct shell_view {
    const char *lang;       /* zh-CN, en */
    const char *lang_other; /* zh, en: to change to */
    const char *title;
    const char *user; /* "" if nobody is signed in */
    struct text role;
    bool exercise;
    const char *notice; /* the address of the session this one replaced; "" */
    const char *unit_name;
    struct date polling_day;
    const char *days_left; /* in words; "" */
    const char *pack;      /* title of the law in force; "" */
    struct shell_unit *above;
    size_t above_count;
    struct shell_unit *units;
    size_t units_count;
    struct shell_tab *tabs;
    size_t tabs_count;
    struct shell_tab *menu; /* pages of no unit: accounts, log */
    size_t menu_count;
    const char *target; /* the way back after a change of language */
    struct html_piece body;
};
