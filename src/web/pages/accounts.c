/* SPDX-License-Identifier: Apache-2.0 */
#include "web/pages/accounts.h"

#include <string.h>

#include "act/gate.h"
#include "base/clock.h"
#include "base/intake.h"
#include "base/password.h"
#include "pages.h"
#include "store/credential_store.h"
#include "store/security_store.h"
#include "web/app.h"

enum { EVENTS_SHOWN = 1000, NAME_MAX_BYTES = 60 };

/* What is shown above the list. */
struct told {
    const char *message;
    const char *password;
    const char *of;
};

static void
roles_fill(struct ctx *ctx, struct users_view *view)
{
    view->roles = mem_array(ctx->mem, struct role_option, ROLE_AUDIT);
    for (unsigned role = 1; role <= ROLE_AUDIT; role <<= 1) {
        if (role != ROLE_SYS && role != ROLE_PUBLIC)
            view->roles[view->roles_count++] =
                (struct role_option){role_name((enum role)role), role_title((enum role)role)};
    }
}

static enum err
row_view(struct request *request, const struct user *user, struct account_row *ret_row)
{
    struct ctx *ctx = request->ctx;
    struct credential credential;
    struct unit unit = {.name = ""};
    const enum err err = credential_store_find(ctx, request->gate->db, user->name, &credential);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    const enum err found = unit_store_find(ctx, request->gate->db, user->unit, &unit);
    if (found != ERR_OK && found != ERR_NOT_FOUND)
        return found;
    *ret_row = (struct account_row){
        .name = user->name,
        .role = role_title(role_find(user->role)),
        .unit = unit.name,
        .person = user->person ? user->person : "",
        .is_active = user->active,
        .has_password = err == ERR_OK,
        .is_self = strcmp(user->name, request->session->user.name) == 0,
    };
    return ERR_OK;
}

static enum err
users_show(struct request *request, struct response *response, struct told told)
{
    struct ctx *ctx = request->ctx;
    struct user *users;
    size_t count;
    struct users_view view = {
        .message = told.message ? told.message : "",
        .password = told.password ? told.password : "",
        .password_of = told.of ? told.of : "",
        .may_add = request->role == ROLE_ADMIN,
        .may_close = request->role == ROLE_SECURITY,
    };
    TRY(user_store_list(ctx, request->gate->db, &users, &count));
    view.rows = mem_array(ctx->mem, struct account_row, count);
    for (size_t i = 0; i < count; i++)
        TRY(row_view(request, &users[i], &view.rows[view.rows_count++]));
    roles_fill(ctx, &view);
    const struct frame frame = {.title = text_pick(ctx, (struct text){"用户", "Accounts"})};
    page_show(request, response, &frame, PIECE(page_users, &view));
    return ERR_OK;
}

enum err
users_page(struct request *request, struct response *response)
{
    return users_show(request, response, (struct told){NULL, NULL, NULL});
}

static enum err
password_give(struct request *request, const char *name, struct told *told)
{
    const struct password_set set = {
        .name = name,
        .password = password_make(request->ctx),
        .by = request->session->user.name,
        .address = request->address,
    };
    TRY(account_set_password(request->ctx, request->gate->db, &set));
    told->password = set.password;
    told->of = name;
    return ERR_OK;
}

/* A text of the form, made fit; NULL if it was left blank. */
static enum err
field_read(struct request *request, const char *name, const char **ret_text)
{
    const char *typed = form_text(request, name);
    TRY(intake_line(request->ctx, typed, strlen(typed), name, ret_text));
    if (!(*ret_text)[0])
        *ret_text = NULL;
    return ERR_OK;
}

static enum err
unit_read(struct request *request, enum role role, const char **ret_unit)
{
    struct unit unit;
    const char *text;
    *ret_unit = "";
    TRY(field_read(request, "unit", &text));
    if (!role_has_unit(role))
        return ERR_OK;
    if (!text)
        return FAIL_FIELD(request->ctx, "unit", "这个角色要填单位", "this role needs a unit");
    TRY(unit_store_resolve(request->ctx, request->gate->db, text, &unit));
    *ret_unit = unit.unit;
    return ERR_OK;
}

static enum err
user_make(struct request *request, struct told *told)
{
    struct ctx *ctx = request->ctx;
    const enum role role = role_find(form_text(request, "role"));
    struct user user = {.created_at = instant_format(ctx, ctx->now), .active = true};
    TRY(field_read(request, "name", &user.name));
    TRY(field_read(request, "person", &user.person));
    TRY(field_read(request, "desk", &user.desk));
    if (!user.name || strlen(user.name) > NAME_MAX_BYTES)
        return FAIL(ctx, ERR_INVALID, "用户名为空或太长", "the name is empty or too long");
    if (!role || role == ROLE_SYS || role == ROLE_PUBLIC)
        return FAIL(ctx, ERR_INVALID, "没有这个角色", "there is no such role");
    if (role == ROLE_DR && !user.desk)
        return FAIL(ctx, ERR_INVALID, "联审单位的用户要填联审单位", "a department needs its desk");
    user.role = role_name(role);
    TRY(unit_read(request, role, &user.unit));
    TRY(account_add(ctx, request->gate->db, &user, request->session->user.name));
    return password_give(request, user.name, told);
}

static enum err
done_show(struct request *request, struct response *response, enum err err, struct told told)
{
    if (err != ERR_OK && err != ERR_INVALID && err != ERR_NOT_FOUND)
        return err;
    if (err != ERR_OK)
        told = (struct told){.message = request->ctx->failure.message};
    TRY(users_show(request, response, told));
    if (err != ERR_OK)
        response->status = err_http_status(err);
    return ERR_OK;
}

enum err
users_post(struct request *request, struct response *response)
{
    struct told told = {NULL, NULL, NULL};
    const enum err err = user_make(request, &told);
    return done_show(request, response, err, told);
}

enum err
user_password_post(struct request *request, struct response *response)
{
    struct told told = {NULL, NULL, NULL};
    const enum err err = password_give(request, request->arguments[0], &told);
    return done_show(request, response, err, told);
}

enum err
user_active_post(struct request *request, struct response *response)
{
    const char *name = request->arguments[0];
    const bool active = strcmp(form_text(request, "active"), "1") == 0;
    if (strcmp(name, request->session->user.name) == 0)
        return FAIL(request->ctx, ERR_FORBIDDEN, "不能停用自己", "nobody closes his own account");
    TRY(account_set_active(request->ctx, request->gate->db, name, active,
                           request->session->user.name));
    response_redirect(response, "/users");
    return ERR_OK;
}

/* --- the log --- */

static struct text
kind_words(const char *kind)
{
    static const struct {
        const char *kind;
        struct text words;
    } WORDS[] = {
        {"sign_in", {"登录", "signed in"}},
        {"sign_in_failed", {"登录失败", "sign-in failed"}},
        {"locked", {"锁定", "locked"}},
        {"sign_out", {"退出", "signed out"}},
        {"replaced", {"在别处登录，原会话退出", "replaced by a sign-in elsewhere"}},
        {"idle", {"太久不用，退出", "idle, signed out"}},
        {"password_set", {"设初始密码", "first password set"}},
        {"password_changed", {"修改密码", "password changed"}},
        {"added", {"添加用户", "account added"}},
        {"closed", {"停用", "closed"}},
        {"opened", {"启用", "opened"}},
    };
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (strcmp(kind, WORDS[i].kind) == 0)
            return WORDS[i].words;
    }
    return (struct text){kind, kind};
}

enum err
security_page(struct request *request, struct response *response)
{
    struct ctx *ctx = request->ctx;
    struct security_event *events;
    struct security_view view = {.rows_count = 0};
    TRY(security_store_list(ctx, request->gate->db, EVENTS_SHOWN, &events, &view.rows_count));
    view.rows = mem_array(ctx->mem, struct security_row, view.rows_count);
    for (size_t i = 0; i < view.rows_count; i++)
        view.rows[i] =
            (struct security_row){events[i].at, events[i].name, kind_words(events[i].kind),
                                  events[i].address, events[i].detail};
    const struct frame frame = {.title = text_pick(ctx, (struct text){"安全日志", "Security log"})};
    page_show(request, response, &frame, PIECE(page_security, &view));
    return ERR_OK;
}
