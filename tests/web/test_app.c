/* SPDX-License-Identifier: Apache-2.0 */
/* From a request to its answer: sessions, permission, CSRF, acts by their forms. No sockets. */
#include "web/app.h"

#include <stdlib.h>

#include "act/account.h"
#include "act/village.h"

#define PASSWORD "village-2021-ok"

/* A browser: the village of act/village.h with accounts that can sign in, and its cookie. */
struct browser {
    struct village *village;
    struct app app;
    struct response response;
    const char *cookies;
    const char *csrf; /* of the last page */
};

static void
password_set(struct village *village, const char *name)
{
    const struct password_set set = {
        .name = name, .password = PASSWORD, .by = "test", .lasting = true};
    assert_int_equal(account_set_password(village->ctx, village->db, &set), ERR_OK);
}

static struct browser
browser_of(struct village *village)
{
    village_user(village, "boss", "admin", "", NULL, NULL);
    village_user(village, "guard", "security_admin", "", NULL, NULL);
    village_user(village, "reader", "audit_admin", "", NULL, NULL);
    assert_true(instant_parse("2021-01-05T09:00:00+08:00", &village->ctx->now));
    return (struct browser){.village = village, .cookies = "", .csrf = ""};
}

/* What the page holds between the two texts, or "". */
static const char *
page_between(struct browser *browser, const char *before, const char *after)
{
    struct ctx *ctx = browser->village->ctx;
    const char *page = mem_text_n(ctx->mem, browser->response.bytes, browser->response.length);
    const char *begin = strstr(page, before);
    if (!begin)
        return "";
    begin += strlen(before);
    const char *end = strstr(begin, after);
    return end ? mem_text_n(ctx->mem, begin, (size_t)(end - begin)) : "";
}

static bool
page_has(struct browser *browser, const char *text)
{
    return memmem(browser->response.bytes, browser->response.length, text, strlen(text));
}

static const char *
header_of(const struct browser *browser, const char *name)
{
    for (size_t i = 0; i < browser->response.header_count; i++) {
        if (strcmp(browser->response.headers[i].name, name) == 0)
            return browser->response.headers[i].value;
    }
    return "";
}

static int
ask(struct browser *browser, const char *method, const char *target, const char *body)
{
    struct ctx *ctx = browser->village->ctx;
    struct request request = {
        .ctx = ctx,
        .gate = browser->village->gate,
        .method = method,
        .target = target,
        .cookies = browser->cookies,
        .content_type = "application/x-www-form-urlencoded",
        .address = "192.0.2.1",
    };
    browser->response = (struct response){0};
    failure_clear(ctx);
    ctx->lang = LANG_ZH;
    if (app_admit(&browser->app, &request, (int64_t)strlen(body), &browser->response))
        return browser->response.status;
    buf_init(&request.body, ctx->mem, request.route->body_max);
    buf_add_text(&request.body, body);
    app_answer(&browser->app, &request, &browser->response);
    const char *cookie = header_of(browser, "Set-Cookie");
    if (cookie[0])
        browser->cookies =
            mem_printf(ctx->mem, "%s; %.*s", browser->cookies, (int)strcspn(cookie, ";"), cookie);
    if (browser->response.status == 200)
        browser->csrf = page_between(browser, "name=\"csrf\" value=\"", "\"");
    return browser->response.status;
}

static int
look(struct browser *browser, const char *target)
{
    return ask(browser, "GET", target, "");
}

static int
post(struct browser *browser, const char *target, const char *body)
{
    return ask(browser, "POST", target,
               mem_printf(browser->village->ctx->mem, "csrf=%s&%s", browser->csrf, body));
}

static int
sign_in_with(struct browser *browser, const char *name, const char *password)
{
    browser->cookies = "";
    assert_int_equal(look(browser, "/sign-in"), 200);
    return post(browser, "/sign-in",
                mem_printf(browser->village->ctx->mem, "name=%s&password=%s", name, password));
}

static void
sign_in(struct browser *browser, const char *name)
{
    password_set(browser->village, name);
    assert_int_equal(sign_in_with(browser, name, PASSWORD), 303);
}

/* --- sessions --- */

/* An address of that pattern: the village for each {…}. */
static const char *
target_of(struct browser *browser, const char *pattern)
{
    const char *target = pattern;
    for (const char *open; (open = strchr(target, '{'));)
        target = mem_printf(browser->village->ctx->mem, "%.*s" VILLAGE "%s", (int)(open - target),
                            target, strchr(open, '}') + 1);
    return target;
}

static void
nobody_sees_a_page_without_signing_in(void **state)
{
    struct browser browser = browser_of(*state);
    size_t count;
    const struct route *routes = router_list(&count);
    password_set(*state, "to");

    for (size_t i = 0; i < count; i++) {
        const char *target = routes[i].pattern;
        if (routes[i].access == ACCESS_ANYONE)
            continue;
        assert_int_equal(ask(&browser, routes[i].method, target_of(&browser, target), ""), 303);
        assert_string_equal(header_of(&browser, "Location"), "/sign-in");
    }
}

static void
a_wrong_password_and_an_unknown_name_look_alike(void **state)
{
    struct browser browser = browser_of(*state);
    password_set(*state, "to");

    assert_int_equal(sign_in_with(&browser, "to", "wrong-password"), 403);
    const char *wrong = page_between(&browser, "role=\"alert\">", "<");
    assert_int_equal(sign_in_with(&browser, "nobody", "wrong-password"), 403);
    assert_string_equal(page_between(&browser, "role=\"alert\">", "<"), wrong);
    assert_string_equal(wrong, "用户名或密码不对");
}

static void
guessing_locks_the_account_longer_each_time(void **state)
{
    struct browser browser = browser_of(*state);
    struct ctx *ctx = browser.village->ctx;
    password_set(*state, "to");

    for (int i = 0; i < LOCK_AFTER; i++)
        assert_int_equal(sign_in_with(&browser, "to", "wrong-password"), 403);
    assert_int_equal(sign_in_with(&browser, "to", PASSWORD), 409);
    ctx->now += LOCK_SECONDS + 1;
    assert_int_equal(sign_in_with(&browser, "to", "wrong-password"), 403);
    ctx->now += LOCK_SECONDS + 1;
    assert_int_equal(sign_in_with(&browser, "to", PASSWORD), 409);
    ctx->now += LOCK_SECONDS;
    assert_int_equal(sign_in_with(&browser, "to", PASSWORD), 303);
}

static void
a_second_sign_in_ends_the_first_with_a_notice_on_both_sides(void **state)
{
    struct browser first = browser_of(*state);
    struct browser second = {.village = *state, .cookies = "", .csrf = ""};
    sign_in(&first, "to");
    assert_int_equal(look(&first, "/u/" TOWN), 200);

    assert_int_equal(sign_in_with(&second, "to", PASSWORD), 303);

    assert_int_equal(look(&second, "/u/" TOWN), 200);
    assert_true(page_has(&second, "192.0.2.1"));
    assert_int_equal(look(&second, "/u/" TOWN), 200);
    assert_false(page_has(&second, "192.0.2.1"));
    assert_int_equal(look(&first, "/u/" TOWN), 303);
    assert_int_equal(look(&first, "/sign-in"), 200);
    assert_true(page_has(&first, "刚在别处登录"));
}

static void
an_idle_session_ends(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "to");
    browser.village->ctx->now += SESSION_IDLE_SECONDS - 1;
    assert_int_equal(look(&browser, "/u/" TOWN), 200);
    browser.village->ctx->now += SESSION_IDLE_SECONDS + 1;

    assert_int_equal(look(&browser, "/u/" TOWN), 303);
}

static void
a_given_password_must_be_changed_first(void **state)
{
    struct browser browser = browser_of(*state);
    const struct password_set set = {.name = "to", .password = PASSWORD, .by = "admin"};
    assert_int_equal(account_set_password(browser.village->ctx, browser.village->db, &set), ERR_OK);
    assert_int_equal(sign_in_with(&browser, "to", PASSWORD), 303);

    assert_int_equal(look(&browser, "/u/" TOWN), 303);
    assert_string_equal(header_of(&browser, "Location"), "/password");
    assert_int_equal(look(&browser, "/password"), 200);
    assert_int_equal(post(&browser, "/password", "old=" PASSWORD "&new=short&again=short"), 400);
    assert_int_equal(
        post(&browser, "/password", "old=" PASSWORD "&new=1234567890&again=1234567890"), 400);
    assert_int_equal(
        post(&browser, "/password", "old=wrong-one-here&new=brand-new-one&again=brand-new-one"),
        403);
    assert_int_equal(
        post(&browser, "/password", "old=" PASSWORD "&new=brand-new-one&again=brand-new-one"), 303);
    assert_int_equal(look(&browser, "/u/" TOWN), 200);
}

static void
signing_out_ends_the_session(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "to");
    const char *cookies = browser.cookies;
    assert_int_equal(look(&browser, "/u/" TOWN), 200);

    assert_int_equal(post(&browser, "/sign-out", ""), 303);

    browser.cookies = cookies;
    assert_int_equal(look(&browser, "/u/" TOWN), 303);
}

static void
a_closed_account_is_out_at_once(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "to");

    assert_int_equal(
        account_set_active(browser.village->ctx, browser.village->db, "to", false, "test"), ERR_OK);

    assert_int_equal(look(&browser, "/u/" TOWN), 303);
    assert_int_equal(sign_in_with(&browser, "to", PASSWORD), 403);
}

/* --- forms and permission --- */

static void
a_form_without_the_token_changes_nothing(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "boss");
    assert_int_equal(look(&browser, "/users"), 200);

    browser.csrf = "";
    assert_int_equal(post(&browser, "/users", "name=new&role=admin"), 403);
    browser.csrf = "0000000000000000000000000000000000000000000000000000000000000000";
    assert_int_equal(post(&browser, "/users", "name=new&role=admin"), 403);

    struct user user;
    assert_int_equal(user_store_find(browser.village->ctx, browser.village->db, "new", &user),
                     ERR_NOT_FOUND);
    assert_int_equal(ask(&browser, "POST", "/sign-in", "name=to&password=" PASSWORD), 403);
}

static void
an_account_stays_within_its_unit(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "ec");

    assert_int_equal(look(&browser, "/u/" VILLAGE), 200);
    assert_int_equal(look(&browser, "/u/" OTHER_VILLAGE), 403);
    assert_int_equal(look(&browser, "/u/" TOWN), 403);
    assert_int_equal(look(&browser, "/users"), 403);
    assert_int_equal(look(&browser, "/security"), 403);
    assert_int_equal(look(&browser, "/u/000000"), 404);
}

static void
the_three_administrators_are_apart(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "boss");
    assert_int_equal(look(&browser, "/users"), 200);
    assert_int_equal(look(&browser, "/security"), 403);
    assert_int_equal(look(&browser, "/u/" VILLAGE), 403);
    assert_int_equal(post(&browser, "/users", "name=new-one&role=staff&unit=" VILLAGE), 200);
    assert_string_not_equal(page_between(&browser, "<code class=\"secret\">", "<"), "");
    assert_int_equal(post(&browser, "/users/new-one/active", "active=0"), 403);

    sign_in(&browser, "guard");
    assert_int_equal(look(&browser, "/users"), 200);
    assert_int_equal(post(&browser, "/users", "name=x&role=admin"), 403);
    assert_int_equal(post(&browser, "/users/new-one/active", "active=0"), 303);
    assert_int_equal(look(&browser, "/u/" VILLAGE), 403);

    sign_in(&browser, "reader");
    assert_int_equal(look(&browser, "/security"), 200);
    assert_true(page_has(&browser, "new-one"));
    assert_int_equal(look(&browser, "/u/" VILLAGE "/log"), 200);
    assert_int_equal(post(&browser, "/users/new-one/active", "active=1"), 403);
}

static void
unknown_pages_and_methods_have_their_answers(void **state)
{
    struct browser browser = browser_of(*state);
    password_set(*state, "to");

    assert_int_equal(look(&browser, "/nothing"), 404);
    assert_int_equal(look(&browser, "/sign-in/"), 404);
    assert_int_equal(ask(&browser, "DELETE", "/sign-in", ""), 405);
    assert_int_equal(ask(&browser, "POST", "/", ""), 405);
    assert_int_equal(look(&browser, "/static/..%2fkey"), 400);
    assert_int_equal(look(&browser, "/static/nothing.css"), 404);
    assert_non_null(strstr(header_of(&browser, "Content-Security-Policy"), "default-src 'none'"));
    assert_string_equal(header_of(&browser, "X-Content-Type-Options"), "nosniff");
}

static void
a_body_over_the_limit_is_not_read(void **state)
{
    struct browser browser = browser_of(*state);
    struct request request = {
        .ctx = browser.village->ctx,
        .gate = browser.village->gate,
        .method = "POST",
        .target = "/sign-in",
        .cookies = "",
    };

    assert_true(app_admit(&browser.app, &request, BODY_SMALL + 1, &browser.response));

    assert_int_equal(browser.response.status, 413);
}

/* --- acts --- */

#define NOTICE                                                                                     \
    "kind=hotline&text=%E4%B8%BE%E6%8A%A5&posted_on=2021-01-05&places.0.place=%E6%9D%91%E9%83%A8"

static void
an_act_is_accepted_through_its_form(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "ec");
    assert_int_equal(look(&browser, "/u/" VILLAGE "/act/notice.post"), 200);

    assert_int_equal(post(&browser, "/u/" VILLAGE "/act/notice.post", NOTICE "&_try=1"), 200);
    assert_true(page_has(&browser, "核对通过"));
    assert_int_equal(post(&browser, "/u/" VILLAGE "/act/notice.post", NOTICE), 303);

    assert_int_equal(look(&browser, header_of(&browser, "Location")), 200);
    assert_true(page_has(&browser, "举报"));
    assert_int_equal(look(&browser, "/u/" VILLAGE "/log"), 200);
    assert_true(page_has(&browser, "ec"));
}

static void
what_was_typed_stays_and_the_field_says_what_is_wrong(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "ec");
    assert_int_equal(look(&browser, "/u/" VILLAGE "/act/notice.post"), 200);

    assert_int_equal(post(&browser, "/u/" VILLAGE "/act/notice.post",
                          "kind=hotline&text=%3Cscript%3E&posted_on=2021-02-30&places.1.place=x"),
                     400);

    assert_true(page_has(&browser, "posted_on-error"));
    assert_true(page_has(&browser, "&lt;script&gt;"));
    assert_false(page_has(&browser, "<script>"));
}

static void
an_act_out_of_order_is_refused_with_its_rule(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "ec");
    assert_int_equal(look(&browser, "/u/" VILLAGE "/act/roll.post"), 200);

    assert_int_equal(
        post(&browser, "/u/" VILLAGE "/act/roll.post", "posted_on=2021-01-05&places.0.place=a"),
        422);

    assert_true(page_has(&browser, "SEQ-01"));
}

static void
an_act_of_another_role_is_forbidden(void **state)
{
    struct browser browser = browser_of(*state);
    sign_in(&browser, "sv");
    assert_int_equal(look(&browser, "/u/" VILLAGE "/act/roll.post"), 200);

    assert_int_equal(
        post(&browser, "/u/" VILLAGE "/act/roll.post", "posted_on=2021-01-05&places.0.place=a"),
        403);
}

static void
every_page_of_a_new_village_is_a_page(void **state)
{
    struct browser browser = browser_of(*state);
    size_t count;
    const struct act *acts = act_list(&count);
    sign_in(&browser, "to");

    for (size_t i = 0; i < count; i++) {
        const char *unit = acts[i].levels & LEVEL_VILLAGE ? VILLAGE : TOWN;
        if (!(acts[i].levels & (LEVEL_VILLAGE | LEVEL_TOWN)) || acts[i].roles == ROLE_SYS)
            continue;
        const char *target =
            mem_printf(browser.village->ctx->mem, "/u/%s/act/%s", unit, acts[i].id);
        assert_int_equal(look(&browser, target), 200);
    }
    assert_int_equal(look(&browser, "/u/" VILLAGE), 200);
    assert_int_equal(look(&browser, "/u/" VILLAGE "/roll"), 200);
    assert_int_equal(look(&browser, "/u/" VILLAGE "/result"), 200);
    assert_int_equal(look(&browser, "/u/" VILLAGE "/acts"), 200);
}

static void
the_first_administrator_needs_the_code_of_the_terminal(void **state)
{
    struct browser browser = browser_of(*state);
    browser.app.setup_code = "12ab34cd";
    assert_int_equal(look(&browser, "/sign-in"), 303);
    assert_string_equal(header_of(&browser, "Location"), "/setup");
    assert_int_equal(look(&browser, "/setup"), 200);

    assert_int_equal(
        post(&browser, "/setup", "code=00000000&name=boss&new=" PASSWORD "&again=" PASSWORD), 403);
    assert_int_equal(
        post(&browser, "/setup", "code=12ab34cd&name=to&new=" PASSWORD "&again=" PASSWORD), 400);
    assert_int_equal(
        post(&browser, "/setup", "code=12ab34cd&name=boss&new=" PASSWORD "&again=" PASSWORD), 303);

    assert_int_equal(look(&browser, "/users"), 200);
    assert_int_equal(look(&browser, "/setup"), 404);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(nobody_sees_a_page_without_signing_in),
        VILLAGE_TEST(a_wrong_password_and_an_unknown_name_look_alike),
        VILLAGE_TEST(guessing_locks_the_account_longer_each_time),
        VILLAGE_TEST(a_second_sign_in_ends_the_first_with_a_notice_on_both_sides),
        VILLAGE_TEST(an_idle_session_ends),
        VILLAGE_TEST(a_given_password_must_be_changed_first),
        VILLAGE_TEST(signing_out_ends_the_session),
        VILLAGE_TEST(a_closed_account_is_out_at_once),
        VILLAGE_TEST(a_form_without_the_token_changes_nothing),
        VILLAGE_TEST(an_account_stays_within_its_unit),
        VILLAGE_TEST(the_three_administrators_are_apart),
        VILLAGE_TEST(unknown_pages_and_methods_have_their_answers),
        VILLAGE_TEST(a_body_over_the_limit_is_not_read),
        VILLAGE_TEST(an_act_is_accepted_through_its_form),
        VILLAGE_TEST(what_was_typed_stays_and_the_field_says_what_is_wrong),
        VILLAGE_TEST(an_act_out_of_order_is_refused_with_its_rule),
        VILLAGE_TEST(an_act_of_another_role_is_forbidden),
        VILLAGE_TEST(every_page_of_a_new_village_is_a_page),
        VILLAGE_TEST(the_first_administrator_needs_the_code_of_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
