/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same work on many things, on all processors. The caller gives each piece a place of its own
 * for its result, so that the answer does not depend on who finished first. Pieces share no memory
 * context: talloc is not made for that.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Processors of this machine: how many pieces are worth making. At least 1. */
size_t parallel_width(void);

/* fn(arg, i) for every i below count, each once, the next free one by whoever is free; returns when
 * all are done. With one processor, or for a single piece, no thread is made. */
typedef void parallel_fn(void *arg, size_t i);
void parallel_run(size_t count, parallel_fn *fn, void *arg);

/* Work in a row: make(arg, i) on all processors, a few ahead, and take(arg, i, made) for each in
 * order, by the caller alone. When take says false no more is made; what was made but not taken
 * goes to drop. For making while something slow and single (a database) takes. */
struct parallel_line {
    size_t count;
    void *(*make)(void *arg, size_t i); /* never NULL */
    bool (*take)(void *arg, size_t i, void *made);
    void (*drop)(void *made);
    void *arg;
};
void parallel_line_run(const struct parallel_line *line);
