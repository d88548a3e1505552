/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside of book_xml.h: a scanner for the plain XML that programs write into workbooks (UTF-8, no
 * document type), three times as fast as expat. Refuses what is not well-formed, save that
 * attributes may come twice and names may hold any characters.
 */
#pragma once

#include "exchange/book_xml.h"

/* The token in the window cannot be longer, nor have more attributes. */
enum { PLAIN_TOKEN_MOST = 1024 * 1024, PLAIN_ATTRIBUTES_MOST = 128 };

enum plain_step {
    PLAIN_MORE, /* the window ends inside of a token */
    PLAIN_TOKEN,
    PLAIN_DOCTYPE,
    PLAIN_BROKEN
};

/* True if the part can be scanned: it begins as UTF-8 and does not say otherwise. */
bool book_plain_is(const char *bytes, size_t length);
/* One token of the window [*at, end), which is changed; *at goes behind it. Calls the handlers. */
enum plain_step book_plain_step(struct book_xml *xml, char **at, char *end);
