/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts, and the security log. Three administrators: the system's makes accounts and gives first
 * passwords, the security's closes and opens them, the audit's reads what both did. */
#pragma once

#include "base/ctx.h"

struct account_row {
    const char *name;
    struct text role;
    const char *unit;
    const char *person;
    bool is_active;
    bool has_password;
    bool is_self;
};

struct role_option {
    const char *word;
    struct text title;
};

struct users_view {
    const char *message;  /* "" */
    const char *password; /* just made, to be told once; "" */
    const char *password_of;
    bool may_add;
    bool may_close;
    struct role_option *roles;
    size_t roles_count;
    struct account_row *rows;
    size_t rows_count;
};

struct security_row {
    const char *at;
    const char *name;
    struct text kind;
    const char *address;
    const char *detail;
};

struct security_view {
    struct security_row *rows;
    size_t rows_count;
};
