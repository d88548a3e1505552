/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses and forms as they come from outside. */
#include "web/request.h"

#include <string.h>

#include "support/support.h"

static struct request
request_of(struct ctx *ctx, const char *type, const char *body, size_t length)
{
    struct request request = {.ctx = ctx, .cookies = "", .content_type = type};
    buf_init(&request.body, ctx->mem, 1 << 20);
    buf_add(&request.body, body, length);
    return request;
}

static void
an_address_is_taken_apart_and_decoded(void **state)
{
    struct request request = {.ctx = *state};

    assert_int_equal(request_target(&request, "/u/%E5%B8%82/log?from=3&x=a+b%21"), ERR_OK);

    assert_int_equal(request.part_count, 3);
    assert_string_equal(request.parts[1], "市");
    assert_string_equal(query_text(&request, "from"), "3");
    assert_string_equal(query_text(&request, "x"), "a b!");
    assert_string_equal(query_text(&request, "none"), "");
}

static void
the_root_has_no_parts_and_a_slash_at_the_end_is_one_more(void **state)
{
    struct request root = {.ctx = *state};
    struct request slash = {.ctx = *state};

    assert_int_equal(request_target(&root, "/"), ERR_OK);
    assert_int_equal(request_target(&slash, "/users/"), ERR_OK);

    assert_int_equal(root.part_count, 0);
    assert_int_equal(slash.part_count, 2);
}

static void
path_tricks_are_refused(void **state)
{
    static const char *const BAD[] = {
        "/static/../cunxuan.key",
        "/static/..%2f..%2fkey",
        "/%2e%2e/key",
        "/a%00b",
        "/a%0d%0aSet",
        "/a%5cb",
        "/%C0%AE%C0%AE/key",
        "/%zz",
        "/%4",
        "users",
    };
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        struct request request = {.ctx = *state};
        failure_clear(*state);
        if (request_target(&request, BAD[i]) == ERR_OK)
            fail_msg("taken: %s", BAD[i]);
    }
}

static void
a_form_is_read(void **state)
{
    static const char BODY[] = "name=%E5%BC%A0&empty=&flag&places.0.place=a%26b";
    struct request request =
        request_of(*state, "application/x-www-form-urlencoded", BODY, strlen(BODY));

    assert_int_equal(request_form(&request), ERR_OK);

    assert_string_equal(form_text(&request, "name"), "张");
    assert_string_equal(form_text(&request, "places.0.place"), "a&b");
    assert_non_null(pairs_find(&request.form, "flag"));
    assert_null(pairs_find(&request.form, "nothing"));
}

static void
a_form_with_files_is_read(void **state)
{
    static const char BODY[] =
        "--X\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nroll\r\n"
        "--X\r\nContent-Disposition: form-data; name=\"original\"; "
        "filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n\x00\x01\r\n\r\n"
        "--Y\r\n--X\r\nContent-Disposition: form-data; name=\"none\"; "
        "filename=\"\"\r\n\r\n\r\n--X--\r\n";
    struct request request =
        request_of(*state, "multipart/form-data; boundary=X", BODY, sizeof BODY - 1);

    assert_int_equal(request_form(&request), ERR_OK);

    assert_string_equal(form_text(&request, "kind"), "roll");
    assert_int_equal(request.upload_count, 1);
    assert_string_equal(request.uploads[0].file, "a.csv");
    assert_int_equal(request.uploads[0].length, 9);
}

static void
a_broken_form_is_refused(void **state)
{
    static const struct {
        const char *type;
        const char *body;
    } BAD[] = {
        {"application/x-www-form-urlencoded", "a=%FF"},
        {"application/x-www-form-urlencoded", "a=%4"},
        {"text/xml", "<a/>"},
        {"multipart/form-data", "--X\r\n"},
        {"multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"a\""},
        {"multipart/form-data; boundary=X",
         "--X\r\nContent-Disposition: form-data\r\n\r\na\r\n--X--"},
        {"multipart/form-data; boundary=X", "--X"},
    };
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        struct request request = request_of(*state, BAD[i].type, BAD[i].body, strlen(BAD[i].body));
        failure_clear(*state);
        if (request_form(&request) != ERR_INVALID)
            fail_msg("taken: %s", BAD[i].body);
    }
}

static void
more_fields_than_the_limit_are_refused(void **state)
{
    struct ctx *ctx = *state;
    struct request request = request_of(ctx, "application/x-www-form-urlencoded", "", 0);
    for (int i = 0; i <= PAIRS_MAX; i++)
        buf_add_text(&request.body, "a=1&");

    assert_int_equal(request_form(&request), ERR_LIMIT);
}

static void
a_cookie_is_found_by_its_whole_name(void **state)
{
    struct request request = {.ctx = *state, .cookies = "xcunxuan=1; cunxuan=ab; other=2"};

    assert_string_equal(request_cookie(&request, "cunxuan"), "ab");
    assert_string_equal(request_cookie(&request, "other"), "2");
    assert_null(request_cookie(&request, "cunxua"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_address_is_taken_apart_and_decoded),
        TEST(the_root_has_no_parts_and_a_slash_at_the_end_is_one_more),
        TEST(path_tricks_are_refused),
        TEST(a_form_is_read),
        TEST(a_form_with_files_is_read),
        TEST(a_broken_form_is_refused),
        TEST(more_fields_than_the_limit_are_refused),
        TEST(a_cookie_is_found_by_its_whole_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
