/* SPDX-License-Identifier: Apache-2.0 */
/* People of a village, as its household register and roll name them. */
#pragma once

#include "store/db.h"

struct person {
    const char *unit;
    const char *person; /* code: P00001 … in the order of the register */
    const char *name;
    const char *sex;   /* m, f, or "" if unknown */
    struct date birth; /* DATE_NONE if unknown */
    const char *nation;
    const char *party;     /* full, probationary, none */
    const char *grp;       /* village group 村民小组 */
    const char *household; /* number of the household 户号 */
    const char *relation_to_head;
    const char *education; /* primary, junior, senior, college, bachelor, or "" */
    bool in_register;      /* hukou 户籍 here */
    const char *id_cipher; /* encrypted number; "" if none */
    const char *id_mac;    /* keyed hash, hex; "" if none */
    const char *phone_cipher;
};

enum err person_store_add(struct ctx *ctx, struct db *db, const struct person *person) WARN_UNUSED;
/* Many new ones at once. */
enum err person_store_add_all(struct ctx *ctx, struct db *db, const struct person *list,
                              size_t count) WARN_UNUSED;
/* Replaces the row of the same code. */
enum err
person_store_update(struct ctx *ctx, struct db *db, const struct person *person) WARN_UNUSED;
/* By code; ERR_NOT_FOUND without words. */
enum err person_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *code,
                           struct person *ret_person) WARN_UNUSED;
enum err person_store_named(struct ctx *ctx, struct db *db, const char *unit, const char *name,
                            struct person **ret_list, size_t *ret_count) WARN_UNUSED;
enum err person_store_list(struct ctx *ctx, struct db *db, const char *unit,
                           struct person **ret_list, size_t *ret_count) WARN_UNUSED;
enum err person_store_count(struct ctx *ctx, struct db *db, const char *unit,
                            int64_t *ret_count) WARN_UNUSED;
/* The name for a value of a person field: of the code, else the value itself (somebody from
 * outside, without the "外:" that marks him). Never fails to give a name. */
enum err person_name(struct ctx *ctx, struct db *db, const char *unit, const char *value,
                     const char **ret_name) WARN_UNUSED;
/* True if two values of person fields mean one person: the same code, or the same name where one of
 * them was entered before the register was read. */
enum err person_is_same(struct ctx *ctx, struct db *db, const char *unit, const char *a,
                        const char *b, bool *ret_same) WARN_UNUSED;
