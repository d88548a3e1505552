/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/entry.h"

#include <string.h>

#include "support/support.h"

static struct entry
an_entry(struct ctx *ctx)
{
    json_t *fields = json_own(ctx->mem, json_object());
    json_object_set_new(fields, "on", json_string("2021-03-20"));
    json_object_set_new(fields, "称呼", json_string("贠\"𠅤\n"));
    json_object_set_new(fields, "count", json_integer(-3));
    return (struct entry){
        .unit = "361023114001",
        .seq = 7,
        .act = "roll.post",
        .at = "2021-03-20T09:00:00+08:00",
        .actor = "ec",
        .fields = fields,
    };
}

static void
the_body_is_canonical_and_complete(void **state)
{
    struct ctx *ctx = *state;
    const struct entry entry = an_entry(ctx);

    const char *body = entry_body(ctx, &entry);

    assert_string_equal(
        body, "{\"act\":\"roll.post\",\"actor\":\"ec\",\"at\":\"2021-03-20T09:00:00+08:00\","
              "\"fields\":{\"count\":-3,\"on\":\"2021-03-20\",\"称呼\":\"贠\\\"𠅤\\n\"},"
              "\"seq\":7,\"unit\":\"361023114001\",\"waivers\":[]}");
    assert_true(json_is_canonical(ctx, body, strlen(body)));
}

static void
the_hash_is_sm3_of_the_hash_before_and_the_body(void **state)
{
    struct ctx *ctx = *state;
    struct entry entry = an_entry(ctx);
    uint8_t expected[SM3_LENGTH];
    memset(entry.prev_hash, 0xab, sizeof entry.prev_hash);
    const char *body = entry_body(ctx, &entry);
    uint8_t *message = mem_array(ctx->mem, uint8_t, 32 + strlen(body));
    memset(message, 0xab, 32);
    memcpy(message + 32, body, strlen(body));
    sm3(message, 32 + strlen(body), expected);

    const struct entry_row row = entry_seal(ctx, &entry);

    assert_memory_equal(row.hash, expected, SM3_LENGTH);
    assert_memory_equal(entry.hash, expected, SM3_LENGTH);
    assert_memory_equal(row.prev_hash, entry.prev_hash, SM3_LENGTH);
}

static void
a_row_reads_back_as_its_entry(void **state)
{
    struct ctx *ctx = *state;
    struct entry entry = an_entry(ctx);
    struct entry back;

    const struct entry_row row = entry_seal(ctx, &entry);
    assert_int_equal(entry_read(ctx, &row, &back), ERR_OK);

    assert_int_equal(back.seq, 7);
    assert_true(json_equal(back.fields, entry.fields));
    assert_int_equal(json_array_size(back.waivers), 0);
    assert_memory_equal(back.hash, entry.hash, SM3_LENGTH);
}

static void
a_body_that_says_something_else_is_refused(void **state)
{
    struct ctx *ctx = *state;
    struct entry entry = an_entry(ctx);
    struct entry back;
    const struct entry_row good = entry_seal(ctx, &entry);
    struct entry_row rows[] = {good, good, good, good, good, good, good};
    rows[0].unit = "361023114002";
    rows[1].seq = 8;
    rows[2].act = "roll.freeze";
    rows[3].at = "2021-03-21T09:00:00+08:00";
    rows[4].actor = "to";
    rows[5].body = "{}";
    rows[6].body = "not JSON";

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_true(entry_read(ctx, &rows[i], &back) != ERR_OK);
        failure_clear(ctx);
    }
    assert_int_equal(entry_read(ctx, &good, &back), ERR_OK);
}

/* The example of docs/formats.md, section 3; its hashes were computed by another program. */
static void
the_example_of_the_format_page_holds(void **state)
{
    struct ctx *ctx = *state;
    struct entry first = {"361023114001", 1, "notice.post", "2021-03-20T09:00:00+08:00", "ec"};
    struct entry second = {"361023114001", 2, "notice.post", "2021-03-21T09:00:00+08:00", "ec"};
    first.fields = json_own(ctx->mem, json_pack("{s:s}", "on", "2021-03-20"));
    second.fields = json_own(ctx->mem, json_pack("{s:s}", "text", "贠\n"));

    (void)entry_seal(ctx, &first);
    memcpy(second.prev_hash, first.hash, SM3_LENGTH);
    (void)entry_seal(ctx, &second);

    assert_string_equal(hex_format(ctx, first.hash, SM3_LENGTH),
                        "e3e8ca3ad0ff953c34d2c64b05e6f465f4ae5567cf8ba83fa00df450fdb42456");
    assert_string_equal(hex_format(ctx, second.hash, SM3_LENGTH),
                        "48e27b989327731632fcd6b8eb923e01d20266b7b695c5e8d0c6bcf839250321");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_body_is_canonical_and_complete),
        TEST(the_hash_is_sm3_of_the_hash_before_and_the_body),
        TEST(a_row_reads_back_as_its_entry),
        TEST(a_body_that_says_something_else_is_refused),
        TEST(the_example_of_the_format_page_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
