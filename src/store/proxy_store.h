/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proxies 委托投票. One certificate names one principal 委托人 and one proxy 受托人 and holds for
 * all rounds of the villagers' committee vote until it ends (PRX-07). Not posted, it is none
 * (PRX-04).
 */
#pragma once

#include "store/db.h"

struct proxy {
    const char *unit;
    int64_t seq;           /* entry of the certificate 委托投票证, or of the refusal */
    const char *principal; /* person codes */
    const char *proxy;
    const char *relation; /* what the proxy is to the principal */
    int64_t place;        /* k of 3 of this proxy; 0: refused */
    struct date filed_on;
    const char *state;  /* registered, posted, ended, refused */
    const char *reason; /* why it ended (words of proxy.cancel), or the rule of the refusal; "" */
    int64_t ended_seq;  /* entry that ended it; 0: none */
};

enum err proxy_store_add(struct ctx *ctx, struct db *db, const struct proxy *proxy) WARN_UNUSED;
/* ERR_NOT_FOUND without words. */
enum err proxy_store_find(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                          struct proxy *ret_proxy) WARN_UNUSED;
/* All, by seq. */
enum err proxy_store_list(struct ctx *ctx, struct db *db, const char *unit, struct proxy **ret_list,
                          size_t *ret_count) WARN_UNUSED;
/* The certificate that holds (registered or posted) and was given by that principal;
 * ERR_NOT_FOUND without words. */
enum err proxy_store_of_principal(struct ctx *ctx, struct db *db, const char *unit,
                                  const char *principal, struct proxy *ret_proxy) WARN_UNUSED;
/* Those that hold and name that proxy, by seq. */
enum err proxy_store_held_by(struct ctx *ctx, struct db *db, const char *unit, const char *person,
                             struct proxy **ret_list, size_t *ret_count) WARN_UNUSED;
/* How many are in that state. */
enum err proxy_store_count(struct ctx *ctx, struct db *db, const char *unit, const char *state,
                           int64_t *ret_count) WARN_UNUSED;
/* Registered ones become posted. */
enum err proxy_store_post(struct ctx *ctx, struct db *db, const char *unit) WARN_UNUSED;
enum err proxy_store_end(struct ctx *ctx, struct db *db, const char *unit, int64_t seq,
                         const char *reason, int64_t by_seq) WARN_UNUSED;
/* nominees.list, candidates.confirm, candidate.replace, round.order: the person has become a
 * candidate and holds no proxies any more (PRX-03, PRX-07). List them first (proxy_store_held_by)
 * to tell the principals. */
enum err proxy_store_end_of_candidate(struct ctx *ctx, struct db *db, const char *unit,
                                      const char *person, int64_t by_seq) WARN_UNUSED;
/* roll.supplement struck the person: what he gave (principal_struck) and holds (proxy_struck)
 * ends. */
enum err proxy_store_end_of_struck(struct ctx *ctx, struct db *db, const char *unit,
                                   const char *person, int64_t by_seq) WARN_UNUSED;
