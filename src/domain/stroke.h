/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The order of names by strokes of the surname (姓氏笔画), as ballots and lists need it (ORD-01,
 * ORD-02; GF 3003-1999). A character's key is strokes, stroke sequence, structure, number in the
 * 通用规范汉字表. A rare character, outside that table, comes after all in it by code point, or,
 * if the style says so, in its place by strokes and sequence after those of the table with the
 * same. Spaces and the dot of names (·) are skipped. A name that is the beginning of another comes
 * first.
 *
 * No collation of ICU, of a database or of a language runtime gives this order (ORD-03).
 */
#pragma once

#include "domain/pack.h"

/* Flags. */
enum stroke_style {
    /* First character, then names of two characters before longer ones, then the rest. */
    STROKE_SINGLE_FIRST = 0,
    /* Character by character. */
    STROKE_BY_STROKE = 1,
    /* Rare characters (data/strokes_wide.tsv) where their strokes put them. */
    STROKE_RARE_IN_PLACE = 2,
};

/* The style of lists: keys order.style and order.rare of the pack. */
int stroke_style_of(const struct pack *pack);

/* <0, 0, >0. */
int stroke_compare(const char *a, const char *b, int style);
/* Sorts; equal names keep their order. */
void stroke_sort(struct ctx *ctx, const char **names, size_t count, int style);
/* A text whose order by bytes is this order, for databases: equal to another's exactly if
 * stroke_compare is 0. ASCII. */
const char *stroke_key(struct ctx *ctx, const char *name, int style);
/* True if the surnames (first characters) differ, but not in their strokes: 叶 and 申, 余 and 佘.
 * Offices order such names differently: worth a note and a recorded swap. */
bool stroke_surnames_tie(const char *a, const char *b);
/* The name with its first character exchanged where it is that of `a` or `b`: sorting these gives
 * the order with the two surnames swapped. */
const char *stroke_surname_swap(struct ctx *ctx, const char *name, const char *a, const char *b);
/* Strokes of a character of the tables, else 0. */
int stroke_count(uint32_t character);
