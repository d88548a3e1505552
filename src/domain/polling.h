/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The arithmetic of the polling day before the count: staff, ballot forms, stock, reports of boxes
 * (BAL-02 … BAL-04, POL-02, POL-04, STK-01). Counts are of ballots, or of sets with a form per
 * post.
 */
#pragma once

#include "domain/finding.h"
#include "domain/pack.h"
#include "domain/words.h"

/* Somebody who is to be staff or a scribe, and one candidate. */
struct polling_person {
    const char *name;
    const char *candidate;  /* the candidate's name */
    bool is_candidate;      /* they are one person */
    enum relation relation; /* what one is to the other */
};

/* POL-02: no candidate, nor kin of one within the pack's scope, is staff. */
void polling_staff_check(struct ctx *ctx, const struct pack *pack,
                         const struct polling_person *person, struct findings *findings);
/* PRX-08: no candidate, nor a near relative of one, writes for another (代写). */
void polling_scribe_check(struct ctx *ctx, const struct polling_person *person,
                          struct findings *findings);
/* POL-02: fewer monitors at a box than the pack asks; a warning where it only advises. */
void polling_monitors_check(struct ctx *ctx, const struct pack *pack, int64_t box, int64_t monitors,
                            struct findings *findings);

/* One post on a ballot. */
struct polling_lines {
    enum post post;
    int64_t seats;
    int64_t lines; /* empty lines: 另选他人, or all there is without candidates */
    bool with_candidates;
};

/* BAL-02, BAL-04: as many empty lines as seats, at least. */
void
polling_lines_check(struct ctx *ctx, const struct polling_lines *lines, struct findings *findings);
/* BAL-03: one ballot for all posts, or one for each. */
void polling_layout_check(struct ctx *ctx, const struct pack *pack, bool combined, int64_t posts,
                          struct findings *findings);

/* BAL-01, STK-01: what is printed in all of one form. */
struct polling_print {
    int64_t printed; /* with this one */
    int64_t spoiled;
    int64_t registered; /* R */
};
void
polling_print_check(struct ctx *ctx, const struct polling_print *print, struct findings *findings);

/* One box as reported. */
struct polling_box {
    int64_t box;
    int64_t allotted;
    int64_t issued;
    int64_t issued_proxy; /* ⊂ issued */
    int64_t scribed;      /* ⊂ issued */
    int64_t spoiled;
    int64_t unused; /* −1: not counted yet */
    int64_t form;   /* of a ballot for each post: which one; 0: all posts on one */
};

/* The whole round, this report in it. */
struct polling_sums {
    int64_t issued;
    int64_t issued_proxy;
    int64_t proxies; /* posted certificates */
    int64_t registered;
    int64_t form; /* as in polling_box */
};

/* POL-04 and STK-01 within one box. */
void polling_box_check(struct ctx *ctx, const struct polling_box *box, struct findings *findings);
/* POL-04: sums never fall; `later` was reported after `earlier`. */
void polling_order_check(struct ctx *ctx, const struct polling_box *earlier,
                         const struct polling_box *later, struct findings *findings);
/* POL-04: no more ballots than voters, no more for principals than certificates. */
void
polling_sums_check(struct ctx *ctx, const struct polling_sums *sums, struct findings *findings);

/* What is left when the poll closes: counted, against what the boxes and the stock say. */
struct polling_rest {
    int64_t unused, spoiled, reserve;
    int64_t boxes_unused, boxes_spoiled, stock_reserve;
    int64_t form; /* as in polling_box */
};
/* STK-01: more than there can be is refused, any other difference is to be explained. */
void
polling_rest_check(struct ctx *ctx, const struct polling_rest *rest, struct findings *findings);
