/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Personal numbers in the fields of an entry: "id:CIPHER:MAC:1990-01-31:f" and "tel:CIPHER", so
 * that apply, which has no key, finds all it needs and the ledger holds no plain number.
 */
#pragma once

#include "base/crypto.h"

/* ERR_INVALID (IDN-01) for a number that is none. */
enum err roll_seal_id(struct ctx *ctx, const struct field_keys *keys, const char *number,
                      const char **ret_sealed) WARN_UNUSED;
const char *roll_seal_phone(struct ctx *ctx, const struct field_keys *keys, const char *phone);

struct sealed_id {
    const char *cipher;
    const char *mac;
    const char *birth;
    const char *sex;
};
/* False if the text is no such seal. */
bool roll_sealed_id_read(struct ctx *ctx, const char *text, struct sealed_id *ret_sealed);
bool roll_sealed_phone_read(struct ctx *ctx, const char *text, const char **ret_cipher);
