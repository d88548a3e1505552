/* SPDX-License-Identifier: Apache-2.0 */
#include "act/account.h"

#include <string.h>

#include "act/kit.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/password.h"
#include "store/credential_store.h"
#include "store/security_store.h"
#include "store/setting_store.h"

enum { TOKEN_BYTES = 32, SEEN_SECONDS = 60, FORGET_SECONDS = 30 * 24 * 60 * 60 };

static enum err
event_add(struct ctx *ctx, struct db *db, const char *name, const char *kind, const char *address,
          const char *detail)
{
    const struct security_event event = {
        .name = name, .kind = kind, .address = address ? address : "", .detail = detail};
    return security_store_add(ctx, db, &event);
}

static const char *
token_make(struct ctx *ctx)
{
    uint8_t bytes[TOKEN_BYTES];
    random_bytes(bytes, sizeof bytes);
    return hex_format(ctx, bytes, sizeof bytes);
}

static const char *
token_hash(struct ctx *ctx, const char *token)
{
    uint8_t hash[SM3_LENGTH];
    sm3(token, strlen(token), hash);
    return hex_format(ctx, hash, SM3_LENGTH);
}

/* --- passwords --- */

struct setting_password {
    const struct password_set *set;
    const char *hash;
};

static enum err
password_write(struct ctx *ctx, struct db *db, void *arg)
{
    const struct setting_password *setting = arg;
    const struct password_set *set = setting->set;
    const bool own = strcmp(set->by, set->name) == 0;
    struct session_row kept = {.id = NULL};
    const struct credential credential = {
        .name = set->name,
        .hash = setting->hash,
        .must_change = !own && !set->lasting,
        .changed_at = instant_format(ctx, ctx->now),
    };
    TRY(credential_store_put(ctx, db, &credential));
    if (set->keep)
        TRY(session_store_find(ctx, db, set->keep, &kept));
    TRY(session_store_end(ctx, db, set->name, "closed"));
    if (kept.id) {
        kept.id = mem_text(ctx->mem, kept.id);
        TRY(session_store_reopen(ctx, db, kept.id));
    }
    return event_add(ctx, db, set->name, own ? "password_changed" : "password_set", set->address,
                     set->by);
}

enum err
account_set_password(struct ctx *ctx, struct db *db, const struct password_set *set)
{
    struct user user;
    struct setting_password setting = {.set = set};
    const enum err err = user_store_find(ctx, db, set->name, &user);
    if (err == ERR_NOT_FOUND)
        return FAIL(ctx, ERR_NOT_FOUND, "没有用户“%s”", "there is no user \"%s\"", set->name);
    TRY(err);
    TRY(password_check(ctx, set->name, set->password));
    setting.hash = password_hash(ctx, set->password);
    return db_transaction(ctx, db, password_write, &setting);
}

/* --- signing in --- */

struct entering {
    const struct sign_in *sign_in;
    struct credential credential;
    const char *token;
};

static int64_t
lock_seconds(int64_t failed)
{
    int64_t seconds = LOCK_SECONDS;
    if (failed < LOCK_AFTER)
        return 0;
    for (int64_t i = LOCK_AFTER; i < failed && seconds < LOCK_SECONDS_MAX; i++)
        seconds *= 2;
    return seconds < LOCK_SECONDS_MAX ? seconds : LOCK_SECONDS_MAX;
}

/* Reads the counter again inside the transaction: many guesses at once must all count. */
static enum err
failure_count(struct ctx *ctx, struct db *db, void *arg)
{
    const struct sign_in *sign_in = arg;
    struct credential credential;
    const enum err err = credential_store_find(ctx, db, sign_in->name, &credential);
    if (err == ERR_NOT_FOUND)
        return event_add(ctx, db, sign_in->name, "sign_in_failed", sign_in->address, "");
    TRY(err);
    const int64_t failed = credential.failed + 1;
    const int64_t seconds = lock_seconds(failed);
    TRY(credential_store_set_failed(ctx, db, sign_in->name, failed,
                                    seconds ? ctx->now + seconds : 0));
    TRY(event_add(ctx, db, sign_in->name, "sign_in_failed", sign_in->address, ""));
    if (!seconds)
        return ERR_OK;
    return event_add(ctx, db, sign_in->name, "locked", sign_in->address,
                     mem_printf(ctx->mem, "%lld s", (long long)seconds));
}

static enum err
session_begin(struct ctx *ctx, struct db *db, void *arg)
{
    struct entering *entering = arg;
    const struct sign_in *sign_in = entering->sign_in;
    struct session_row before = {.address = ""};
    const enum err err = session_store_live(ctx, db, sign_in->name, &before);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    entering->token = token_make(ctx);
    const struct session_row row = {
        .id = token_hash(ctx, entering->token),
        .name = sign_in->name,
        .csrf = token_make(ctx),
        .address = sign_in->address,
        .began = ctx->now,
        .seen = ctx->now,
        .ended = "",
        .notice = before.address,
    };
    if (err == ERR_OK)
        TRY(event_add(ctx, db, sign_in->name, "replaced", before.address, sign_in->address));
    TRY(session_store_end(ctx, db, sign_in->name, "replaced"));
    TRY(session_store_forget(ctx, db, ctx->now - FORGET_SECONDS));
    TRY(session_store_add(ctx, db, &row));
    if (entering->credential.failed)
        TRY(credential_store_set_failed(ctx, db, sign_in->name, 0, 0));
    return event_add(ctx, db, sign_in->name, "sign_in", sign_in->address, "");
}

enum err
account_any(struct ctx *ctx, struct db *db, bool *ret_any)
{
    int64_t count;
    TRY(credential_store_count(ctx, db, &count));
    *ret_any = count > 0;
    return ERR_OK;
}

static enum err
password_test(struct ctx *ctx, struct db *db, struct entering *entering)
{
    const struct sign_in *sign_in = entering->sign_in;
    struct user user = {.active = false};
    const enum err found = user_store_find(ctx, db, sign_in->name, &user);
    if (found != ERR_OK && found != ERR_NOT_FOUND)
        return found;
    const enum err err = credential_store_find(ctx, db, sign_in->name, &entering->credential);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_OK && entering->credential.locked_until > ctx->now) {
        const int64_t left = entering->credential.locked_until - ctx->now;
        return FAIL(ctx, ERR_STALE, "密码错误次数太多，请 %lld 分钟后再试",
                    "too many wrong passwords: try again in %lld minutes",
                    (long long)(left / 60 + 1));
    }
    const char *hash = err == ERR_OK ? entering->credential.hash : NULL;
    if (password_matches(ctx, hash, sign_in->password) && user.active)
        return ERR_OK;
    struct sign_in failed = *sign_in;
    TRY(db_transaction(ctx, db, failure_count, &failed));
    return FAIL(ctx, ERR_FORBIDDEN, "用户名或密码不对", "wrong name or password");
}

enum err
account_sign_in(struct ctx *ctx, struct db *db, const struct sign_in *sign_in,
                const char **ret_token)
{
    struct entering entering = {.sign_in = sign_in};
    TRY(password_test(ctx, db, &entering));
    TRY(db_transaction(ctx, db, session_begin, &entering));
    *ret_token = entering.token;
    return ERR_OK;
}

enum err
account_check_password(struct ctx *ctx, struct db *db, const struct sign_in *sign_in)
{
    struct entering entering = {.sign_in = sign_in};
    return password_test(ctx, db, &entering);
}

/* --- sessions --- */

static enum err
idle_end(struct ctx *ctx, struct db *db, void *arg)
{
    const struct session_row *row = arg;
    TRY(session_store_end(ctx, db, row->name, "idle"));
    return event_add(ctx, db, row->name, "idle", row->address, "");
}

static enum err
session_touch(struct ctx *ctx, struct db *db, const struct session_row *row)
{
    if (ctx->now - row->seen < SEEN_SECONDS)
        return ERR_OK;
    return session_store_seen(ctx, db, row->id, ctx->now);
}

enum err
account_session(struct ctx *ctx, struct db *db, const char *token, struct session *ret_session,
                const char **ret_ended)
{
    struct session session = {.must_change = false};
    struct credential credential;
    *ret_ended = "";
    TRY(session_store_find(ctx, db, token_hash(ctx, token), &session.row));
    *ret_ended = session.row.ended;
    if (session.row.ended[0])
        return ERR_NOT_FOUND;
    if (ctx->now - session.row.seen > SESSION_IDLE_SECONDS ||
        ctx->now - session.row.began > SESSION_TOTAL_SECONDS) {
        TRY(db_transaction(ctx, db, idle_end, &session.row));
        *ret_ended = "idle";
        return ERR_NOT_FOUND;
    }
    TRY(user_store_find(ctx, db, session.row.name, &session.user));
    if (!session.user.active)
        return ERR_NOT_FOUND;
    TRY(credential_store_find(ctx, db, session.row.name, &credential));
    session.must_change = credential.must_change;
    TRY(session_touch(ctx, db, &session.row));
    *ret_session = session;
    return ERR_OK;
}

static enum err
sign_out(struct ctx *ctx, struct db *db, void *arg)
{
    const struct session_row *row = arg;
    TRY(session_store_end(ctx, db, row->name, "signed_out"));
    return event_add(ctx, db, row->name, "sign_out", row->address, "");
}

enum err
account_sign_out(struct ctx *ctx, struct db *db, const struct session *session)
{
    struct session_row row = session->row;
    return db_transaction(ctx, db, sign_out, &row);
}

/* --- accounts --- */

struct changing {
    const struct user *user;
    const char *name;
    const char *by;
    bool active;
};

static enum err
active_set(struct ctx *ctx, struct db *db, void *arg)
{
    const struct changing *changing = arg;
    TRY(user_store_set_active(ctx, db, changing->name, changing->active));
    if (!changing->active)
        TRY(session_store_end(ctx, db, changing->name, "closed"));
    return event_add(ctx, db, changing->name, changing->active ? "opened" : "closed", "",
                     changing->by);
}

enum err
account_set_active(struct ctx *ctx, struct db *db, const char *name, bool active, const char *by)
{
    struct changing changing = {.name = name, .by = by, .active = active};
    return db_transaction(ctx, db, active_set, &changing);
}

static enum err
user_add(struct ctx *ctx, struct db *db, void *arg)
{
    const struct changing *changing = arg;
    const struct user *user = changing->user;
    const char *kit;
    const enum err in_kit = setting_store_find(ctx, db, KIT_UNIT_SETTING, &kit);
    if (in_kit == ERR_OK)
        return FAIL(ctx, ERR_FORBIDDEN, "取出件里只有随带人员的账号，不能添加",
                    "a kit has the accounts it came with: none can be added");
    if (in_kit != ERR_NOT_FOUND)
        return in_kit;
    TRY(user_store_add(ctx, db, user));
    return event_add(ctx, db, user->name, "added", "",
                     mem_printf(ctx->mem, "%s %s, %s", user->role, user->unit, changing->by));
}

enum err
account_add(struct ctx *ctx, struct db *db, const struct user *user, const char *by)
{
    struct changing changing = {.user = user, .by = by};
    return db_transaction(ctx, db, user_add, &changing);
}
