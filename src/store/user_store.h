/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Accounts. role is one of county_office, county_sign, department, township_office, township_sign,
 * party_branch, village_committee, election_committee, staff, supervisor, admin, public (the table
 * of roles is in act/). An account is never deleted, because entries name it: it is made inactive.
 */
#pragma once

#include "store/db.h"

struct user {
    const char *name;
    const char *role;
    const char *unit;   /* scope: this unit and all below it */
    const char *person; /* or NULL */
    const char *desk;   /* review desk of a department, or NULL */
    const char *created_at;
    bool active;
};

/* ERR_INVALID if the name is taken. */
enum err user_store_add(struct ctx *ctx, struct db *db, const struct user *user) WARN_UNUSED;
/* ERR_NOT_FOUND, without a recorded failure, if there is none. */
enum err user_store_find(struct ctx *ctx, struct db *db, const char *name,
                         struct user *ret_user) WARN_UNUSED;
/* All, by name. */
enum err user_store_list(struct ctx *ctx, struct db *db, struct user **ret_users,
                         size_t *ret_count) WARN_UNUSED;
/* ERR_STALE if there is none of that name. */
enum err
user_store_set_active(struct ctx *ctx, struct db *db, const char *name, bool active) WARN_UNUSED;
