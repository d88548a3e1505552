/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was read beside the household register: who is deprived of political rights, who lives
 * elsewhere and what he answered, who stood on the last list; and the voters' cards.
 */
#pragma once

#include "store/identity_store.h"

struct deprivation {
    const char *unit;
    int64_t line;
    const char *person; /* "" if not in the register */
    const char *id_mac;
    const char *name;
    struct date from_on;
    struct date to_on; /* last day of the term; DATE_NONE: without end */
    const char *paper;
};
enum err deprivation_store_add(struct ctx *ctx, struct db *db,
                               const struct deprivation *deprivation) WARN_UNUSED;
/* Forgets the unit's list: a new one replaces it. */
enum err deprivation_store_clear(struct ctx *ctx, struct db *db, const char *unit) WARN_UNUSED;
enum err deprivation_store_list(struct ctx *ctx, struct db *db, const char *unit,
                                struct deprivation **ret_list, size_t *ret_count) WARN_UNUSED;
/* True if the person (by code, or by mac unless "") is deprived on the day (组织法 §13). */
enum err
deprivation_store_holds(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                        const char *id_mac, struct date day, bool *ret_holds) WARN_UNUSED;

struct stationed {
    const char *unit;
    const char *person;
};
/* Belongs to a unit stationed in the village 驻村单位人员 (组织法 §38). Saying it twice is once. */
enum err
stationed_store_set(struct ctx *ctx, struct db *db, const struct stationed *stationed) WARN_UNUSED;
enum err stationed_store_list(struct ctx *ctx, struct db *db, const char *unit,
                              struct stationed **ret_list, size_t *ret_count) WARN_UNUSED;

struct away {
    const char *unit;
    const char *person;
    const char *place;
    const char *phone_cipher;
    struct date sent_on; /* DATE_NONE: not notified */
    const char *channel;
    struct date reply_by;
    const char *wish; /* y, n, "" no answer */
    struct date replied_on;
    const char *reply_channel;
};
/* Adds or replaces. */
enum err away_store_set(struct ctx *ctx, struct db *db, const struct away *away) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err away_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                         struct away *ret_away) WARN_UNUSED;
enum err away_store_list(struct ctx *ctx, struct db *db, const char *unit, struct away **ret_list,
                         size_t *ret_count) WARN_UNUSED;

struct last_roll_line {
    const char *unit;
    int64_t line;
    const char *person; /* "" if not in the register when it was read */
    const char *name;
    const char *id_mac; /* "" if it has no number */
    struct date birth;  /* DATE_NONE if not known */
};
enum err
last_roll_store_add(struct ctx *ctx, struct db *db, const struct last_roll_line *line) WARN_UNUSED;
enum err last_roll_store_clear(struct ctx *ctx, struct db *db, const char *unit) WARN_UNUSED;
/* All of the last list, by line. */
enum err last_roll_store_list(struct ctx *ctx, struct db *db, const char *unit,
                              struct last_roll_line **ret_list, size_t *ret_count) WARN_UNUSED;
/* People of the unit who stood on another village's last list: which village. */
enum err last_roll_store_elsewhere(struct ctx *ctx, struct db *db, const char *unit,
                                   struct identity_hits *ret_hits) WARN_UNUSED;
/* Those of the last list who are not on the roll now, by line. */
enum err last_roll_store_gone(struct ctx *ctx, struct db *db, const char *unit,
                              struct last_roll_line **ret_list, size_t *ret_count) WARN_UNUSED;

struct card {
    const char *unit;
    int64_t seq;
    int64_t line;
    const char *grp;
    int64_t printed, delivered, signed_for;
};
enum err card_store_add(struct ctx *ctx, struct db *db, const struct card *card) WARN_UNUSED;
enum err card_store_add_undelivered(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                                    const char *person) WARN_UNUSED;
enum err card_store_list(struct ctx *ctx, struct db *db, const char *unit, struct card **ret_list,
                         size_t *ret_count) WARN_UNUSED;
