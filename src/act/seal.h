/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sealed fields (FIELD_SEALED), such as who reported: encrypted at the edge, masked wherever an
 * entry is shown, opened for its handlers only. In the entry: "sealed:" and hex (docs/formats.md).
 */
#pragma once

#include "act/gate.h"
#include "ledger/entry.h"

/* Seals the plain values of the submission's FIELD_SEALED fields, in place. ERR_FORBIDDEN without
 * the key file. */
enum err fields_seal(struct ctx *ctx, const struct gate *gate, const struct field *fields,
                     json_t *object) WARN_UNUSED;
/* A copy of the fields for people to read: sealed values say that they are sealed. */
json_t *fields_masked(struct ctx *ctx, const struct field *fields, const json_t *object);
/* The same fields opened, for `user`: who entered it, or to whom the case was assigned
 * (complaint.handle), with a role that may do the act. ERR_FORBIDDEN for anybody else and without
 * the key file. */
enum err fields_revealed(struct ctx *ctx, const struct gate *gate, const struct entry *entry,
                         const char *user, json_t **ret_fields) WARN_UNUSED;
