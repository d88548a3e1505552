/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Outcomes of rounds: who is elected, what is open, when the body is complete; certificates and
 * sealed packets.
 */
#pragma once

#include "store/db.h"

/* facts, result: canonical JSON, `given` and `result` of a poll question (docs/law-cases.md). */
struct outcome_row {
    const char *unit;
    int64_t round;
    int64_t seq;     /* of outcome.record */
    const char *law; /* "cn-2018+jiangxi" */
    const char *facts;
    const char *result;
    struct date announced_on; /* DATE_NONE: not yet */
};

/* What a round left of one post. */
struct outcome_post {
    const char *unit;
    int64_t round;
    const char *post;
    int64_t place;
    int64_t seats;
    int64_t vacant;
    const char *next; /* done, re_vote, second_poll, woman_seat, may_stop, repeat */
};

/* Somebody who may stand in the next round. */
struct outcome_next {
    const char *unit;
    int64_t round;
    const char *post;
    const char *part; /* tied, second */
    int64_t place;
    const char *person; /* code, or name */
};

struct seated {
    const char *unit;
    int64_t round;
    const char *post;
    int64_t place;
    const char *body;
    const char *person; /* code, or name */
    const char *name;
    const char *sex;
    int64_t votes;
    bool write_in;
    const char *state; /* elected, pending, ineligible, declined, moved, void */
    struct date since; /* announced or confirmed; DATE_NONE before */
    int64_t seq;       /* entry that gave it this state */
};

struct vacancy {
    const char *unit;
    int64_t seq;
    const char *body;
    const char *post;
    int64_t seats;
    const char *acting; /* person, or "" */
    struct date on_day;
};

struct certificate {
    const char *unit;
    const char *no;
    const char *person;
    const char *post;
    struct date term_from;
    struct date term_to;
    struct date on_day;
    int64_t seq;
    const char *state; /* issued, cancelled */
};

struct sealed_packet {
    const char *unit;
    int64_t round;
    const char *kind; /* valid, void, unused, spoiled, proxy_papers, tally_sheets */
    const char *seal_no;
    int64_t papers;
    const char *custodian;
    const char *place;
    struct date keep_until;
    int64_t seq;
};

/* A new outcome of the round, in place of an earlier one (its posts, next and seated go too). */
enum err
outcome_store_set(struct ctx *ctx, struct db *db, const struct outcome_row *outcome) WARN_UNUSED;
/* Forgets the outcome of the round (count.reopen, poll.void). */
enum err
outcome_store_clear(struct ctx *ctx, struct db *db, const char *unit, int64_t round) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err outcome_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                            struct outcome_row *ret_outcome) WARN_UNUSED;
/* Every outcome of the unit (NULL: of all units), by unit and round: for verify and archive. */
enum err outcome_store_list(struct ctx *ctx, struct db *db, const char *unit,
                            struct outcome_row **ret_list, size_t *ret_count) WARN_UNUSED;
/* result.announce. */
enum err outcome_store_announce(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                                struct date day) WARN_UNUSED;

enum err
outcome_store_add_post(struct ctx *ctx, struct db *db, const struct outcome_post *post) WARN_UNUSED;
/* By place. */
enum err outcome_store_posts(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                             struct outcome_post **ret_list, size_t *ret_count) WARN_UNUSED;
/* Sets vacant and next of one post. */
enum err
outcome_store_set_post(struct ctx *ctx, struct db *db, const struct outcome_post *post) WARN_UNUSED;
enum err
outcome_store_add_next(struct ctx *ctx, struct db *db, const struct outcome_next *next) WARN_UNUSED;
/* Of one post, by part and place. */
enum err
outcome_store_next(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                   const char *post, struct outcome_next **ret_list, size_t *ret_count) WARN_UNUSED;
enum err outcome_store_clear_next(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                                  const char *post) WARN_UNUSED;

enum err seated_store_add(struct ctx *ctx, struct db *db, const struct seated *seated) WARN_UNUSED;
/* All winners of a body in any state, by round, post and place. */
enum err seated_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                           struct seated **ret_list, size_t *ret_count) WARN_UNUSED;
/* The last row of the person for that body (post NULL: any); ERR_NOT_FOUND without words. */
enum err
seated_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                  const char *person, const char *post, struct seated *ret_seated) WARN_UNUSED;
/* state, since and seq of one row (unit, round, post, person). */
enum err
seated_store_set_state(struct ctx *ctx, struct db *db, const struct seated *seated) WARN_UNUSED;
/* Everybody elected in the round has won on that day. */
enum err seated_store_announce(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                               struct date day) WARN_UNUSED;
/* sanction.order void_election, office.end: the person is no longer seated in that body; the
 * certificate is cancelled. Rounds ordered before are untouched. */
enum err seated_store_unseat(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                             const char *person, int64_t by_seq) WARN_UNUSED;

enum err
vacancy_store_add(struct ctx *ctx, struct db *db, const struct vacancy *vacancy) WARN_UNUSED;
enum err vacancy_store_list(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                            struct vacancy **ret_list, size_t *ret_count) WARN_UNUSED;

/* One post of a body and how it stands now. open = seats − elected − pending − kept, not below 0.
 */
struct body_post {
    const char *post;
    int64_t seats; /* of the body's first valid round */
    int64_t elected;
    int64_t pending;
    int64_t kept; /* vacant by vacancy.keep */
    int64_t open;
};
/* The posts of a body elected by rounds, in the order of the ballot; none before an outcome. Only
 * announced rounds count. */
enum err body_store_posts(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                          struct body_post **ret_posts, size_t *ret_count) WARN_UNUSED;
/* The day F 产生之日 the body was complete: the last announcement, confirmation or kept vacancy
 * that completed it. DATE_NONE: it is not complete. */
enum err outcome_store_complete(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                                struct date *ret_day) WARN_UNUSED;

/* A number used twice in the unit is ERR_STORE: look first. */
enum err certificate_store_add(struct ctx *ctx, struct db *db,
                               const struct certificate *certificate) WARN_UNUSED;
enum err certificate_store_find(struct ctx *ctx, struct db *db, const char *unit, const char *no,
                                struct certificate *ret_certificate) WARN_UNUSED;
enum err certificate_store_list(struct ctx *ctx, struct db *db, const char *unit,
                                struct certificate **ret_list, size_t *ret_count) WARN_UNUSED;
/* Cancels those of the person (NULL: of everybody in the unit). */
enum err certificate_store_cancel(struct ctx *ctx, struct db *db, const char *unit,
                                  const char *person) WARN_UNUSED;

enum err
packet_store_add(struct ctx *ctx, struct db *db, const struct sealed_packet *packet) WARN_UNUSED;
/* Of the round (-1: of all), by round, kind and seal. */
enum err packet_store_list(struct ctx *ctx, struct db *db, const char *unit, int64_t round,
                           struct sealed_packet **ret_list, size_t *ret_count) WARN_UNUSED;
