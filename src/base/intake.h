/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text from outside, made fit for the inside once, at the edge: valid UTF-8, NFC, trimmed, without
 * control characters. And GB18030 (2005 and 2022), in which county offices keep their lists.
 */
#pragma once

#include "base/ctx.h"

/* One line of text: NFC, trimmed (also of U+3000 and a BOM), control and bidi control characters
 * refused. `what` names the field in the message. ERR_INVALID. */
enum err intake_line(struct ctx *ctx, const char *text, size_t length, const char *what,
                     const char **ret_text) WARN_UNUSED;

/* The same for text of several lines: \n stays, \r\n becomes \n, tabs stay. */
enum err intake_lines(struct ctx *ctx, const char *text, size_t length, const char *what,
                      const char **ret_text) WARN_UNUSED;

struct intake_text {
    const char *data; /* ends in NUL */
    size_t length;
};
/* GB18030 to UTF-8. The characters whose code moved between the editions (FE59 and its
 * companions; 82359037 and its companions) come out as one and the same. ERR_INVALID with the
 * position of the first wrong byte. */
enum err intake_gb18030(struct ctx *ctx, const char *bytes, size_t length, const char *what,
                        struct intake_text *ret_text) WARN_UNUSED;
