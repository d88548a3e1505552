/* SPDX-License-Identifier: Apache-2.0 */
#include "web/app.h"

#include <string.h>

#include "act/gate.h"
#include "base/crypto.h"
#include "pages.h"
#include "web/pages/error.h"

/* No inline script or style, nothing from elsewhere, in nobody's frame. data: are the small marks
 * in Tabler's style. */
static const struct header SECURITY_HEADERS[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
     "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
};

static void
headers_add(const struct request *request, struct response *response)
{
    bool cached = false;
    for (size_t i = 0; i < response->header_count; i++)
        cached = cached || strcmp(response->headers[i].name, "Cache-Control") == 0;
    for (size_t i = 0; i < COUNT_OF(SECURITY_HEADERS); i++)
        response_header(response, SECURITY_HEADERS[i].name, SECURITY_HEADERS[i].value);
    if (!cached)
        response_header(response, "Cache-Control", "no-store");
    if (request->is_secure)
        response_header(response, "Strict-Transport-Security", "max-age=31536000");
}

void
response_cookie(struct request *request, struct response *response, const char *name,
                const char *value, int64_t seconds)
{
    const char *age = seconds < 0 ? "; Max-Age=0" : "";
    if (seconds > 0)
        age = mem_printf(request->ctx->mem, "; Max-Age=%lld", (long long)seconds);
    response_header(response, "Set-Cookie",
                    mem_printf(request->ctx->mem, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
                               name, value, age, request->is_secure ? "; Secure" : ""));
}

const char *
anonymous_csrf(struct request *request, struct response *response)
{
    uint8_t bytes[SECRET_LENGTH];
    const char *token = request_cookie(request, FORM_COOKIE);
    if (token && strlen(token) == 2 * sizeof bytes)
        return token;
    random_bytes(bytes, sizeof bytes);
    token = hex_format(request->ctx, bytes, sizeof bytes);
    response_cookie(request, response, FORM_COOKIE, token, 0);
    return token;
}

enum err
page_forbidden(struct request *request)
{
    return FAIL(request->ctx, ERR_FORBIDDEN, "您的账号不能打开这个网页",
                "your account may not see this page");
}

enum err
page_missing(struct request *request)
{
    return FAIL(request->ctx, ERR_NOT_FOUND, "没有这个网页", "there is no such page");
}

/* --- errors --- */

static void
error_show(struct request *request, struct response *response, int status)
{
    struct ctx *ctx = request->ctx;
    const struct failure *failure = &ctx->failure;
    const char *title = text_pick(ctx, err_title(failure->err));
    const struct error_view view = {
        .status = status,
        .title = title,
        .message = failure->message ? failure->message : "",
        .hint = failure->hint ? failure->hint : "",
    };
    const struct frame frame = {.title = title};
    page_show(request, response, &frame, PIECE(page_error, &view));
    response->status = status;
}

static void
failure_show(struct request *request, struct response *response, enum err err)
{
    if (request->ctx->failure.err == ERR_OK)
        (void)FAIL(request->ctx, err, "%s", "%s", text_pick(request->ctx, err_title(err)));
    error_show(request, response, err_http_status(err));
}

void
app_too_large(struct request *request, struct response *response)
{
    failure_clear(request->ctx);
    (void)FAIL(request->ctx, ERR_LIMIT, "送来的内容太大", "what was sent is too large");
    error_show(request, response, 413);
    headers_add(request, response);
}

static void
error_method(struct request *request, struct response *response)
{
    (void)FAIL(request->ctx, ERR_USAGE, "这个网页不能这样用", "this page is not used like that");
    error_show(request, response, 405);
    response_header(response, "Allow", "GET, HEAD, POST");
}

/* --- who asks --- */

static void
language_read(struct request *request)
{
    const char *lang = request_cookie(request, LANGUAGE_COOKIE);
    request->ctx->lang = lang && strcmp(lang, "en") == 0 ? LANG_EN : LANG_ZH;
}

static enum err
session_read(struct request *request)
{
    const char *token = request_cookie(request, SESSION_COOKIE);
    struct session *session = mem_new(request->ctx->mem, struct session);
    if (!token)
        return ERR_OK;
    const enum err err =
        account_session(request->ctx, request->gate->db, token, session, &request->ended);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    request->session = session;
    request->role = role_find(session->user.role);
    request->csrf = session->row.csrf;
    return ERR_OK;
}

/* {unit} of the pattern, and whether it lies within the account's unit. The audit administrator
 * reads everything; the other two have no business with an election. */
static enum err
unit_read(struct request *request)
{
    struct ctx *ctx = request->ctx;
    bool within = request->role == ROLE_AUDIT;
    const enum err err =
        unit_store_find(ctx, request->gate->db, request->arguments[0], &request->unit);
    if (err == ERR_NOT_FOUND)
        return page_missing(request);
    TRY(err);
    if (!within)
        TRY(unit_store_is_within(ctx, request->gate->db, request->unit.unit,
                                 request->session->user.unit, &within));
    return within ? ERR_OK : page_forbidden(request);
}

/* Who may, by the route's row. */
static bool
role_may(enum access access, enum role role)
{
    switch (access) {
    case ACCESS_ANYONE:
    case ACCESS_SIGNED_IN:
    case ACCESS_UNIT:
        return true;
    case ACCESS_SYSTEM:
        return role == ROLE_ADMIN;
    case ACCESS_SECURITY:
        return role == ROLE_SECURITY;
    case ACCESS_AUDIT:
        return role == ROLE_AUDIT;
    case ACCESS_ADMINS:
        return role == ROLE_ADMIN || role == ROLE_SECURITY || role == ROLE_AUDIT;
    }
    return false;
}

/* The first thing to do with an initial password is to change it. */
static bool
must_change_first(const struct request *request)
{
    static const char *const OPEN[] = {"/password", "/sign-out", "/language", "/static/{file}"};
    if (!request->session || !request->session->must_change)
        return false;
    for (size_t i = 0; i < COUNT_OF(OPEN); i++) {
        if (strcmp(request->route->pattern, OPEN[i]) == 0)
            return false;
    }
    return true;
}

static enum err
access_check(struct request *request, struct response *response, bool *ret_answered)
{
    const enum access access = request->route->access;
    *ret_answered = true;
    if (access != ACCESS_ANYONE && !request->session) {
        response_redirect(response, "/sign-in");
        return ERR_OK;
    }
    if (must_change_first(request)) {
        response_redirect(response, "/password");
        return ERR_OK;
    }
    *ret_answered = false;
    if (!role_may(access, request->role))
        return page_forbidden(request);
    return access == ACCESS_UNIT ? unit_read(request) : ERR_OK;
}

static enum err
admit(struct request *request, struct response *response, bool *ret_answered)
{
    const enum routing routing = router_find(request);
    *ret_answered = false;
    /* Files are the same for everybody. */
    if (routing == ROUTING_FOUND && strncmp(request->route->pattern, "/static/", 8) == 0)
        return ERR_OK;
    TRY(session_read(request));
    switch (routing) {
    case ROUTING_NO_PAGE:
        return page_missing(request);
    case ROUTING_NO_METHOD:
        error_method(request, response);
        *ret_answered = true;
        return ERR_OK;
    case ROUTING_FOUND:
        break;
    }
    return access_check(request, response, ret_answered);
}

bool
app_admit(const struct app *app, struct request *request, int64_t length, struct response *response)
{
    bool answered = false;
    request->app = app;
    request->is_secure = app->is_secure;
    request->csrf = "";
    request->ended = "";
    language_read(request);
    enum err err = request_target(request, request->target);
    if (err == ERR_OK)
        err = admit(request, response, &answered);
    if (err != ERR_OK)
        failure_show(request, response, err);
    else if (!answered && length > (int64_t)request->route->body_max)
        app_too_large(request, response);
    else if (!answered)
        return false;
    headers_add(request, response);
    return true;
}

/* --- the page --- */

/* A form of another site, or of an old session, does not know the token. */
static enum err
csrf_check(struct request *request, struct response *response)
{
    const char *sent = form_text(request, "csrf");
    const char *wanted = request->session ? request->csrf : anonymous_csrf(request, response);
    if (strlen(sent) == strlen(wanted) && bytes_equal(sent, wanted, strlen(wanted)))
        return ERR_OK;
    return FAIL_HINT(request->ctx, ERR_FORBIDDEN, "请返回上一页，刷新后再提交",
                     "go back, load the page again, then send it",
                     "这个表单已经过期，或不是从本系统的网页提交的",
                     "this form is out of date or does not come from a page of ours");
}

static enum err
page_run(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    struct db *db = request->gate->db;
    if (strcmp(request->route->method, "POST") == 0) {
        TRY(request_form(request));
        TRY(csrf_check(request, response));
        return request->route->page(request, response);
    }
    if (request->route->access == ACCESS_ANYONE)
        return request->route->page(request, response);
    /* What only looks cannot change anything. */
    TRY(db_set_read_only(ctx, db, true));
    const enum err err = request->route->page(request, response);
    TRY(db_set_read_only(ctx, db, false));
    TRY(err);
    /* "You were signed in elsewhere" stood on this page: once is enough. */
    if (request->session && request->session->row.notice[0] && response->status == 200)
        TRY(session_store_noticed(ctx, db, request->session->row.id));
    return ERR_OK;
}

void
app_answer(const struct app *app, struct request *request, struct response *response)
{
    (void)app;
    const enum err err = page_run(request, response);
    if (err != ERR_OK) {
        response->header_count = 0;
        failure_show(request, response, err);
    }
    headers_add(request, response);
}
