/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A request and its answer, as pages see them: no sockets, no HTTP library. Everything lives in
 * request->ctx->mem, which goes when the answer is sent.
 */
#pragma once

#include "act/account.h"
#include "act/act.h"
#include "base/buf.h"
#include "store/stream_store.h"

struct route;
struct app;
struct gate;

/* A named value of the query or of a form, decoded; UTF-8, no NUL. */
struct pair {
    const char *name;
    const char *value;
};

struct pairs {
    struct pair *list;
    size_t count;
};

/* A file sent with a form. */
struct upload {
    const char *name; /* of the field */
    const char *file; /* as the browser calls it */
    const char *bytes;
    size_t length;
};

enum { PATH_PARTS_MAX = 8, PAIRS_MAX = 20000, ARGUMENTS_MAX = 3 };

struct request {
    struct ctx *ctx;
    struct gate *gate; /* of the worker */
    const char *method;
    const char *target;                /* as asked: path and query */
    const char *parts[PATH_PARTS_MAX]; /* the path, taken apart and decoded */
    size_t part_count;
    struct pairs query;
    struct pairs form;
    struct upload *uploads;
    size_t upload_count;
    const char *cookies; /* header; "" if none */
    const char *content_type;
    const char *address; /* of the browser */
    bool is_secure;      /* reached by https (setting) */
    bool takes_gzip;
    struct buf body;

    const struct route *route;
    const char *arguments[ARGUMENTS_MAX]; /* what stands for {…} in the route's pattern, in order */
    const struct session *session;        /* NULL: nobody is signed in */
    enum role role;                       /* 0: nobody */
    struct unit unit;                     /* of routes with {unit} */
    const struct app *app;
    const char *csrf;  /* what forms of this answer carry; "" if none */
    const char *ended; /* why the session that the browser showed is over; "" */
};

struct header {
    const char *name;
    const char *value;
};

enum { HEADERS_MAX = 16 };

struct response {
    int status;
    const char *type; /* Content-Type */
    const void *bytes;
    size_t length;
    struct header headers[HEADERS_MAX];
    size_t header_count;
};

/* Takes a raw target ("/u/3610/log?x=1") apart. ERR_INVALID for broken escapes, hidden characters,
 * "." and "..", a slash or NUL within a part. */
enum err request_target(struct request *request, const char *target) WARN_UNUSED;
/* Reads request->body by its content type into form and uploads. ERR_INVALID, ERR_LIMIT. */
enum err request_form(struct request *request) WARN_UNUSED;
/* The first value of that name, or NULL. */
const char *pairs_find(const struct pairs *pairs, const char *name);
/* The same, "" if there is none. */
const char *form_text(const struct request *request, const char *name);
const char *query_text(const struct request *request, const char *name);
/* The value of a cookie, or NULL. */
const char *request_cookie(const struct request *request, const char *name);

void response_header(struct response *response, const char *name, const char *value);
/* 303: the browser goes on by GET. `path` is one of our own. */
void response_redirect(struct response *response, const char *path);
