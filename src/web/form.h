/* SPDX-License-Identifier: Apache-2.0 */
/* Forms as browsers send them: name=value&…, and multipart/form-data (RFC 7578) where files come
 * with them. Values are UTF-8 without NUL, or the form is refused. */
#pragma once

#include "web/request.h"

struct form_slice {
    const char *bytes;
    size_t length;
};

enum form_plus { FORM_PLUS_STAYS, FORM_PLUS_IS_SPACE };

/* %41 → A. ERR_INVALID for broken escapes, NUL, bytes that are no UTF-8. */
enum err form_decode(struct ctx *ctx, struct form_slice slice, enum form_plus plus,
                     const char **ret_text) WARN_UNUSED;
/* Adds to `pairs`. ERR_INVALID; ERR_LIMIT for more than PAIRS_MAX. */
enum err form_read_encoded(struct ctx *ctx, const char *bytes, size_t length,
                           struct pairs *pairs) WARN_UNUSED;
/* Reads request->body into its form and uploads; files not chosen (no name, empty) are left out.
 * The bytes of uploads are those of the body. */
enum err form_read_multipart(struct request *request) WARN_UNUSED;
