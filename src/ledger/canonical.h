/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A strict scanner of canonical JSON, for checking millions of entries without building values: it
 * agrees with json_is_canonical (a test compares them) and is many times faster. No memory.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A part of a text. */
struct span {
    const char *data;
    size_t length;
};

/* Whether the text is one canonical JSON value. */
bool canonical_is(struct span text);

/* The members of an entry's body; texts as written, between the quotes. */
struct entry_scan {
    struct span act;
    struct span actor;
    struct span at;
    struct span unit;
    int64_t seq;
};
/* Whether the text is the canonical body of an entry (entry.h); fills in what it says. */
bool canonical_entry(struct span body, struct entry_scan *ret_scan);
/* Whether a text as written between quotes means `text`. */
bool canonical_means(struct span written, const char *text);
