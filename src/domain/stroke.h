/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The order of names by strokes of the surname (姓氏笔画), as ballots and lists need it (ORD-01,
 * ORD-02; GF 3003-1999). A character's key is strokes, stroke sequence, structure, number in the
 * 通用规范汉字表; a character outside that table comes after all in it, by code point. Spaces and
 * the dot of names (·) are skipped. A name that is the beginning of another comes first.
 *
 * No collation of ICU, of a database or of a language runtime gives this order (ORD-03).
 */
#pragma once

#include "base/ctx.h"

enum stroke_style {
    STROKE_SINGLE_FIRST, /* first character, names of two characters before longer ones, the rest */
    STROKE_BY_STROKE,    /* character by character */
};

/* <0, 0, >0. */
int stroke_compare(const char *a, const char *b, enum stroke_style style);
/* Sorts; equal names keep their order. */
void stroke_sort(struct ctx *ctx, const char **names, size_t count, enum stroke_style style);
/* A text whose order by bytes is this order, for databases: equal to another's exactly if
 * stroke_compare is 0. ASCII. */
const char *stroke_key(struct ctx *ctx, const char *name, enum stroke_style style);
/* True if the surnames (first characters) differ, but not in their strokes: 叶 and 申, 余 and 佘.
 * Offices order such names differently: worth a note and a recorded swap. */
bool stroke_surnames_tie(const char *a, const char *b);
/* Strokes of a character of the table, else 0. */
int stroke_count(uint32_t character);
