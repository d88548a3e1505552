/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a request to its answer: route, session, permission, CSRF, page, error page. Knows no
 * sockets: server_mhd.c and the tests call it alike.
 */
#pragma once

#include "web/html.h"
#include "web/router.h"

/* What all workers share; never changed once the server runs. */
struct app {
    bool is_secure;         /* browsers come by https: cookies are marked Secure */
    const char *setup_code; /* shown at the terminal, asked for by /setup; NULL: set up already */
    int64_t clock_offset;   /* of an exercise's clock, seconds; else 0 */
};

/* Decides from the head of a request whether its body is wanted. True: the answer is ready (error,
 * redirect, too large) and the body is not to be read. length: of the body as announced, 0 if none
 * or unknown. */
bool app_admit(const struct app *app, struct request *request, int64_t length,
               struct response *response);
/* The answer to an admitted request whose body is complete. */
void app_answer(const struct app *app, struct request *request, struct response *response);
/* The answer when the body grew over route->body_max. */
void app_too_large(struct request *request, struct response *response);

/* --- for pages --- */

/* What of the frame around a page is the page's own. */
struct frame {
    const char *title;
    const struct unit *unit; /* NULL: belongs to none */
    const char *tab;         /* which of the unit's pages: way, log, roll, result, acts */
};
/* Answers with a page: `write` is a page_x of pages.h. */
void page_show(struct request *request, struct response *response, const struct frame *frame,
               struct html_piece piece);
#define PIECE(function, view)                                                                      \
    ((struct html_piece){(void (*)(struct html *, const void *))function, view})
/* ERR_FORBIDDEN with words. */
enum err page_forbidden(struct request *request) WARN_UNUSED;
/* ERR_NOT_FOUND with words. */
enum err page_missing(struct request *request) WARN_UNUSED;
/* Set-Cookie with everything a cookie of ours has; seconds 0: until the browser closes, -1: gone.
 */
void response_cookie(struct request *request, struct response *response, const char *name,
                     const char *value, int64_t seconds);
/* The token forms carry before anybody is signed in; makes the cookie if there is none. */
const char *anonymous_csrf(struct request *request, struct response *response);

#define SESSION_COOKIE "cunxuan_session"
#define FORM_COOKIE "cunxuan_form"
#define LANGUAGE_COOKIE "cunxuan_lang"
