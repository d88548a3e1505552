/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signing in: passwords, lock-out, sessions. Accounts are no part of the record of an election:
 * what happens to them is written to the security log. All functions run in a transaction of their
 * own.
 */
#pragma once

#include "store/session_store.h"
#include "store/user_store.h"

enum {
    SESSION_IDLE_SECONDS = 30 * 60,       /* without a request */
    SESSION_TOTAL_SECONDS = 12 * 60 * 60, /* from sign-in */
    LOCK_AFTER = 5,                       /* wrong passwords */
    LOCK_SECONDS = 60,                    /* doubled by each further one … */
    LOCK_SECONDS_MAX = 60 * 60,           /* … up to this */
};

/* Sets a password. by: who sets it; if not the account itself, the password must be changed at the
 * next sign-in unless `lasting`. Ends the account's sessions but `keep` (an id, or NULL).
 * ERR_INVALID for a bad password, ERR_NOT_FOUND for an unknown account. */
struct password_set {
    const char *name;
    const char *password;
    const char *by;
    const char *address;
    const char *keep;
    bool lasting; /* of a demonstration: need not be changed */
};
enum err
account_set_password(struct ctx *ctx, struct db *db, const struct password_set *set) WARN_UNUSED;

struct sign_in {
    const char *name;
    const char *password;
    const char *address;
};
/* Whether anybody has a password yet: if not, the first administrator is to be made. */
enum err account_any(struct ctx *ctx, struct db *db, bool *ret_any) WARN_UNUSED;
/* Tests the password and begins a session in place of the account's other ones; `ret_token` is what
 * the browser keeps. ERR_FORBIDDEN, with one and the same words for an unknown account and a wrong
 * password; ERR_STALE while it is locked. */
enum err account_sign_in(struct ctx *ctx, struct db *db, const struct sign_in *sign_in,
                         const char **ret_token) WARN_UNUSED;

/* The same test without a session: for somebody signed in who changes his password. Wrong ones
 * count towards the lock. */
enum err
account_check_password(struct ctx *ctx, struct db *db, const struct sign_in *sign_in) WARN_UNUSED;

/* A session as a request has it. */
struct session {
    struct session_row row;
    struct user user;
    bool must_change;
};
/* The session of a token. ERR_NOT_FOUND (`ret_ended` says why it is over: replaced, idle, …; "" if
 * it never was) without words. Marks it as seen once a minute. */
enum err account_session(struct ctx *ctx, struct db *db, const char *token,
                         struct session *ret_session, const char **ret_ended) WARN_UNUSED;
enum err
account_sign_out(struct ctx *ctx, struct db *db, const struct session *session) WARN_UNUSED;
/* Closes or opens an account; closing ends its sessions. */
enum err account_set_active(struct ctx *ctx, struct db *db, const char *name, bool active,
                            const char *by) WARN_UNUSED;
/* Adds an account and writes it to the log. ERR_FORBIDDEN in a kit: it has the accounts it came
 * with.
 */
enum err
account_add(struct ctx *ctx, struct db *db, const struct user *user, const char *by) WARN_UNUSED;
