/* SPDX-License-Identifier: Apache-2.0 */
#include "web/pages/sign_in.h"

#include <string.h>

#include "act/gate.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/password.h"
#include "pages.h"
#include "web/app.h"

/* --- signing in --- */

static const char *
ended_words(const struct request *request)
{
    static const struct {
        const char *why;
        struct text words;
    } WORDS[] = {
        {"replaced",
         {"您的账号刚在别处登录，这里已经退出。如果不是您本人，请马上改密码并告诉系统管理员。",
          "Your account was signed in elsewhere, so you are signed out here. If it was not you, "
          "change your password and tell the administrator."}},
        {"idle",
         {"太久没有操作，已经退出，请重新登录。", "You were idle too long: sign in again."}},
        {"closed", {"密码或账号已经变更，请重新登录。", "Your password or account was changed."}},
    };
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (strcmp(request->ended, WORDS[i].why) == 0)
            return text_pick(request->ctx, WORDS[i].words);
    }
    return "";
}

static enum err
sign_in_show(struct request *request, struct response *response, const char *message)
{
    const struct sign_in_view view = {
        .message = message,
        .notice = ended_words(request),
        .name = form_text(request, "name"),
    };
    const struct frame frame = {.title = text_pick(request->ctx, (struct text){"登录", "Sign in"})};
    request->csrf = anonymous_csrf(request, response);
    page_show(request, response, &frame, PIECE(page_sign_in, &view));
    return ERR_OK;
}

enum err
sign_in_page(struct request *request, struct response *response)
{
    bool any;
    TRY(account_any(request->ctx, request->gate->db, &any));
    if (!any)
        response_redirect(response, "/setup");
    else if (request->session)
        response_redirect(response, "/");
    else
        return sign_in_show(request, response, "");
    return ERR_OK;
}

static enum err
enter(struct request *request, struct response *response, const char *name, const char *password)
{
    const char *token;
    const struct sign_in sign_in = {name, password, request->address};
    TRY(account_sign_in(request->ctx, request->gate->db, &sign_in, &token));
    response_redirect(response, "/");
    response_cookie(request, response, SESSION_COOKIE, token, SESSION_TOTAL_SECONDS);
    return ERR_OK;
}

enum err
sign_in_post(struct request *request, struct response *response)
{
    const enum err err =
        enter(request, response, form_text(request, "name"), form_text(request, "password"));
    if (err != ERR_FORBIDDEN && err != ERR_STALE)
        return err;
    TRY(sign_in_show(request, response, request->ctx->failure.message));
    response->status = err_http_status(err);
    return ERR_OK;
}

enum err
sign_out_post(struct request *request, struct response *response)
{
    TRY(account_sign_out(request->ctx, request->gate->db, request->session));
    response_redirect(response, "/sign-in");
    response_cookie(request, response, SESSION_COOKIE, "", -1);
    return ERR_OK;
}

/* --- the password --- */

static enum err
password_show(struct request *request, struct response *response, const char *message)
{
    const struct password_view view = {
        .message = message,
        .must_change = request->session->must_change,
        .length_min = PASSWORD_LENGTH_MIN,
    };
    const struct frame frame = {
        .title = text_pick(request->ctx, (struct text){"修改密码", "Change the password"})};
    page_show(request, response, &frame, PIECE(page_password, &view));
    return ERR_OK;
}

enum err
password_page(struct request *request, struct response *response)
{
    return password_show(request, response, "");
}

static enum err
new_check(struct request *request)
{
    if (strcmp(form_text(request, "new"), form_text(request, "again")) != 0)
        return FAIL(request->ctx, ERR_INVALID, "两次输入的新密码不一样",
                    "the two new passwords are not the same");
    return ERR_OK;
}

static enum err
password_change(struct request *request)
{
    const char *name = request->session->user.name;
    const struct password_set set = {
        .name = name,
        .password = form_text(request, "new"),
        .by = name,
        .address = request->address,
        .keep = request->session->row.id,
    };
    TRY(new_check(request));
    if (strcmp(form_text(request, "old"), set.password) == 0)
        return FAIL(request->ctx, ERR_INVALID, "新密码和现在的一样",
                    "the new password is the old one");
    TRY(account_check_password(
        request->ctx, request->gate->db,
        &(struct sign_in){name, form_text(request, "old"), request->address}));
    return account_set_password(request->ctx, request->gate->db, &set);
}

enum err
password_post(struct request *request, struct response *response)
{
    const enum err err = password_change(request);
    if (err == ERR_OK) {
        response_redirect(response, "/");
        return ERR_OK;
    }
    if (err != ERR_INVALID && err != ERR_FORBIDDEN && err != ERR_STALE)
        return err;
    TRY(password_show(request, response, request->ctx->failure.message));
    response->status = err_http_status(err);
    return ERR_OK;
}

/* --- the first administrator --- */

static enum err
setup_show(struct request *request, struct response *response, const char *message)
{
    const char *name = form_text(request, "name");
    const struct setup_view view = {
        .message = message, .name = name[0] ? name : "admin", .length_min = PASSWORD_LENGTH_MIN};
    const struct frame frame = {
        .title = text_pick(request->ctx, (struct text){"第一次使用", "First use"})};
    request->csrf = anonymous_csrf(request, response);
    page_show(request, response, &frame, PIECE(page_setup, &view));
    return ERR_OK;
}

/* Once anybody has a password there is nothing to set up. */
static enum err
setup_open(struct request *request)
{
    bool any;
    TRY(account_any(request->ctx, request->gate->db, &any));
    return any || !request->app->setup_code ? page_missing(request) : ERR_OK;
}

enum err
setup_page(struct request *request, struct response *response)
{
    TRY(setup_open(request));
    return setup_show(request, response, "");
}

/* The account is there since `init`, or is made; the password is its own: need not be changed. */
static enum err
setup_do(struct request *request)
{
    struct ctx *ctx = request->ctx;
    struct db *db = request->gate->db;
    const char *name = form_text(request, "name");
    const char *code = form_text(request, "code");
    const char *wanted = request->app->setup_code;
    struct user user;
    TRY(new_check(request));
    if (strlen(code) != strlen(wanted) || !bytes_equal(code, wanted, strlen(wanted)))
        return FAIL(ctx, ERR_FORBIDDEN, "验证码不对", "the code is not right");
    TRY(password_check(ctx, name, form_text(request, "new")));
    const enum err err = user_store_find(ctx, db, name, &user);
    if (err == ERR_NOT_FOUND) {
        user = (struct user){.name = name,
                             .role = role_name(ROLE_ADMIN),
                             .unit = "",
                             .created_at = instant_format(ctx, ctx->now),
                             .active = true};
        TRY(account_add(ctx, db, &user, name));
    } else if (err != ERR_OK) {
        return err;
    } else if (role_find(user.role) != ROLE_ADMIN) {
        return FAIL(ctx, ERR_INVALID, "“%s”不是系统管理员", "\"%s\" is no system administrator",
                    name);
    }
    const struct password_set set = {.name = name,
                                     .password = form_text(request, "new"),
                                     .by = name,
                                     .address = request->address};
    return account_set_password(ctx, db, &set);
}

enum err
setup_post(struct request *request, struct response *response)
{
    TRY(setup_open(request));
    const enum err err = setup_do(request);
    if (err == ERR_OK)
        return enter(request, response, form_text(request, "name"), form_text(request, "new"));
    if (err != ERR_INVALID && err != ERR_FORBIDDEN)
        return err;
    TRY(setup_show(request, response, request->ctx->failure.message));
    response->status = err_http_status(err);
    return ERR_OK;
}
