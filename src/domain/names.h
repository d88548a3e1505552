/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names as numbers: each distinct text gets the next number, found again in constant time. Names
 * are compared exactly, byte by byte.
 */
#pragma once

#include "base/ctx.h"

/* A list of names; not owned. */
struct names {
    const char **list;
    size_t count;
};

#define NAME_NONE ((size_t)-1)

/* Zeroed is empty; grows in ctx->mem. The texts are not copied. */
struct name_table {
    const char **names; /* by number */
    size_t count;
    size_t *slots; /* number + 1; 0: free */
    size_t slot_count;
    size_t capacity;
};

/* The number of the name, a new one if it is not there yet. */
size_t name_add(struct ctx *ctx, struct name_table *table, const char *name);
/* NAME_NONE if it is not there. */
size_t name_find(const struct name_table *table, const char *name);
/* True if a name stands twice in the list; *ret_place is the place of the second. */
bool names_double(struct ctx *ctx, const struct names *names, size_t *ret_place);
void names_append(struct ctx *ctx, struct names *names, const char *name);
bool names_have(const struct names *names, const char *name);
/* "甲、乙" or "A, B". */
const char *names_join(struct ctx *ctx, const struct names *names);
