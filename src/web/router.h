/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Routes: one row of routes.def for a page and a method. The row says who may see it; a page never
 * has to ask again.
 */
#pragma once

#include "web/request.h"

/* Who may. There is no default: 0 is no access. */
enum access {
    ACCESS_ANYONE = 1, /* nobody need be signed in */
    ACCESS_SIGNED_IN,
    ACCESS_UNIT,     /* signed in, and {unit} lies within the account's unit */
    ACCESS_SYSTEM,   /* the system administrator 系统管理员: accounts */
    ACCESS_SECURITY, /* the security administrator 安全管理员: closing, unlocking */
    ACCESS_AUDIT,    /* the audit administrator 审计管理员: logs */
    ACCESS_ADMINS,   /* any of the three */
};

enum {
    BODY_SMALL = 256 << 10, /* a form */
    BODY_LARGE = 80 << 20,  /* a form with a register or scans */
};

typedef enum err page_fn(struct request *request, struct response *response);

/* The functions of all rows. */
#define ROUTE(method, pattern, access, body_max, page) page_fn page;
#include "web/routes.def"
#undef ROUTE

struct route {
    const char *method; /* GET or POST */
    const char *pattern;
    enum access access;
    size_t body_max;
    page_fn *page;
};

enum routing { ROUTING_FOUND, ROUTING_NO_PAGE, ROUTING_NO_METHOD };

/* Sets route and arguments of the request; HEAD counts as GET. */
enum routing router_find(struct request *request);
/* All routes, in the order of the table. */
const struct route *router_list(size_t *ret_count);
