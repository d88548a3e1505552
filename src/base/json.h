/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON by jansson, bound to talloc: what json_read returns lives as long as its context.
 *
 * Canonical form (the form of ledger entries, docs/formats.md): keys in byte order, no white space,
 * integers only, UTF-8 as is, the shortest escapes, no key twice.
 */
#pragma once

#include <jansson.h>

#include "base/ctx.h"

/* Ties a value to mem: it is released with it. Returns the value. */
json_t *json_own(void *mem, json_t *value);
/* Reads one JSON value. Refuses doubled keys, NaN, text that is not UTF-8, nesting over 64 levels.
 * `what` names the thing in the message. ERR_INVALID with line and column. */
enum err json_read(struct ctx *ctx, const char *text, size_t length, const char *what,
                   json_t **ret_value) WARN_UNUSED;
/* The canonical text. The value must hold no real numbers (a bug otherwise). */
const char *json_canonical(struct ctx *ctx, const json_t *value);
/* For people and other programs, keys in the order they were set: on one line, or indented. */
const char *json_line(struct ctx *ctx, const json_t *value);
const char *json_pretty(struct ctx *ctx, const json_t *value);
/* True if the text is exactly its own canonical form. */
bool json_is_canonical(struct ctx *ctx, const char *text, size_t length);
/* Member of an object as text, or NULL if it is absent or no text. */
const char *json_text_of(const json_t *object, const char *key);
