/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Passwords, kept as argon2id by libsodium (OpenSSL 3.0 has none). 19 MiB and two passes: what
 * OWASP asks for at least, so that thirty people who sign in at once do not fill a small machine.
 */
#pragma once

#include "base/ctx.h"

enum { PASSWORD_LENGTH_MIN = 10, PASSWORD_LENGTH_MAX = 200 };

/* The hash with its salt and parameters, as text. */
const char *password_hash(struct ctx *ctx, const char *password);
/* hash NULL: works as long as with one and says no, so that time does not tell who has an account.
 */
bool password_matches(struct ctx *ctx, const char *hash, const char *password);
/* ERR_INVALID, with the reason, for one that is too short, too long, one letter again and again, a
 * run such as 1234567890, or that holds the account's name. */
enum err password_check(struct ctx *ctx, const char *name, const char *password) WARN_UNUSED;
/* A new one to be told to somebody: 12 letters and digits that are not mistaken for each other. */
const char *password_make(struct ctx *ctx);
