/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory: every block belongs to a talloc context and goes with it.
 *
 * One sentence rules the project: a function that returns memory takes the context it comes from
 * (usually inside struct ctx); a function without one returns none. Running out of memory ends the
 * program here, so no caller checks for NULL.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include <talloc.h>

/* One zeroed object, or an array of n zeroed ones, owned by `mem`. */
#define mem_new(mem, type) ((type *)mem_zeroed((mem), sizeof(type), 1, #type))
#define mem_array(mem, type, n) ((type *)mem_zeroed((mem), sizeof(type), (size_t)(n), #type))
/* The array `array` of `type`, now with room for n objects; new ones are not zeroed. */
#define mem_grow(mem, array, type, n)                                                              \
    ((type *)mem_resized((mem), (array), sizeof(type), (size_t)(n), #type))

void *mem_zeroed(const void *mem, size_t size, size_t count, const char *type);
void *mem_resized(const void *mem, void *old, size_t size, size_t count, const char *type);

/* Copies of text. mem_text(NULL) is NULL. */
char *mem_text(const void *mem, const char *text);
char *mem_text_n(const void *mem, const char *text, size_t length);
char *mem_printf(const void *mem, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *mem_vprintf(const void *mem, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
