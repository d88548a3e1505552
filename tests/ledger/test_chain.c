/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/chain.h"

#include <string.h>

#include "support/support.h"

enum { STREAMS = 3, LENGTH = 40 };

struct streams {
    struct entry_row rows[STREAMS * LENGTH];
    size_t count;
};

/* Three streams of forty entries with bodies of many lengths, one of them long. */
static struct streams *
some_streams(struct ctx *ctx)
{
    static const char *const UNIT[STREAMS] = {"361023114001", "361023114002", "361023114003"};
    struct streams *streams = mem_new(ctx->mem, struct streams);
    for (int stream = 0; stream < STREAMS; stream++) {
        uint8_t hash[SM3_LENGTH] = {0};
        for (int64_t seq = 1; seq <= LENGTH; seq++) {
            char *text = mem_array(ctx->mem, char, 8001);
            memset(text, 'x', seq == 20 ? 8000 : (size_t)seq * 7);
            json_t *fields = json_own(ctx->mem, json_pack("{s:s}", "text", text));
            struct entry entry = {UNIT[stream], seq,   "note", "2021-03-20T09:00:00+08:00",
                                  "ec",         fields};
            memcpy(entry.prev_hash, hash, SM3_LENGTH);
            streams->rows[streams->count++] = entry_seal(ctx, &entry);
            memcpy(hash, entry.hash, SM3_LENGTH);
        }
    }
    return streams;
}

static struct chain_result
check_all(struct ctx *ctx, const struct streams *streams, int threads)
{
    struct chain_check *check = chain_check_new(ctx->mem, threads);
    for (size_t i = 0; i < streams->count; i++)
        chain_check_add(check, &streams->rows[i]);
    return chain_check_end(check);
}

static void
whole_streams_are_sound(void **state)
{
    struct ctx *ctx = *state;
    const struct streams *streams = some_streams(ctx);

    for (int threads = 1; threads <= 4; threads++) {
        const struct chain_result result = check_all(ctx, streams, threads);
        assert_int_equal(result.entries, STREAMS * LENGTH);
        assert_int_equal(result.streams, STREAMS);
        assert_int_equal(result.break_count, 0);
    }
}

static void
every_single_flipped_bit_is_found_and_named(void **state)
{
    struct ctx *ctx = *state;
    struct streams *streams = some_streams(ctx);
    const size_t at = LENGTH + 4; /* the fifth entry of the second stream */
    struct entry_row *row = &streams->rows[at];
    char *body = mem_text(ctx->mem, row->body);
    const size_t length = strlen(body);
    row->body = body;

    for (size_t bit = 0; bit < length * 8; bit++) {
        struct ctx *inner = ctx_new(LANG_EN);
        body[bit / 8] = (char)(body[bit / 8] ^ 1 << bit % 8);
        const struct chain_result result = check_all(inner, streams, 1);
        body[bit / 8] = (char)(body[bit / 8] ^ 1 << bit % 8);
        assert_int_equal(result.break_count, 1);
        assert_int_equal(result.breaks[0].seq, 5);
        assert_string_equal(result.breaks[0].unit, "361023114002");
        assert_int_equal(result.breaks[0].fault, CHAIN_HASH);
        ctx_free(inner);
    }
}

static void
a_flipped_bit_of_a_stored_hash_is_found(void **state)
{
    struct ctx *ctx = *state;
    struct streams *streams = some_streams(ctx);

    streams->rows[10].hash[31] ^= 0x80;
    struct chain_result result = check_all(ctx, streams, 2);
    assert_int_equal(result.break_count, 1);
    assert_int_equal(result.breaks[0].seq, 11);
    assert_int_equal(result.breaks[0].fault, CHAIN_HASH);
    streams->rows[10].hash[31] ^= 0x80;

    streams->rows[10].prev_hash[0] ^= 1;
    result = check_all(ctx, streams, 2);
    assert_int_equal(result.break_count, 1);
    assert_int_equal(result.breaks[0].seq, 11);
    assert_int_equal(result.breaks[0].fault, CHAIN_LINK);
}

static void
a_removed_or_doubled_entry_is_found(void **state)
{
    struct ctx *ctx = *state;
    struct streams *streams = some_streams(ctx);

    memmove(&streams->rows[5], &streams->rows[6], (streams->count - 6) * sizeof streams->rows[0]);
    streams->count--;
    struct chain_result result = check_all(ctx, streams, 2);
    assert_int_equal(result.break_count, 1);
    assert_int_equal(result.breaks[0].seq, 7);
    assert_int_equal(result.breaks[0].fault, CHAIN_SEQ);

    streams->rows[5] = streams->rows[4];
    result = check_all(ctx, streams, 2);
    assert_int_equal(result.breaks[0].seq, 5);
    assert_int_equal(result.breaks[0].fault, CHAIN_SEQ);
}

static void
a_replaced_entry_breaks_the_link_after_it(void **state)
{
    struct ctx *ctx = *state;
    struct streams *streams = some_streams(ctx);
    struct entry entry;
    assert_int_equal(entry_read(ctx, &streams->rows[8], &entry), ERR_OK);

    entry.actor = "somebody else";
    streams->rows[8] = entry_seal(ctx, &entry);
    const struct chain_result result = check_all(ctx, streams, 2);

    assert_int_equal(result.break_count, 1);
    assert_int_equal(result.breaks[0].seq, 10);
    assert_int_equal(result.breaks[0].fault, CHAIN_LINK);
}

static void
a_changed_column_is_found(void **state)
{
    struct ctx *ctx = *state;
    struct streams *streams = some_streams(ctx);

    streams->rows[0].act = "not";
    streams->rows[LENGTH].actor = "to";
    streams->rows[2 * LENGTH + 1].at = "2021-03-20T09:00:01+08:00";
    const struct chain_result result = check_all(ctx, streams, 2);

    assert_int_equal(result.break_count, 3);
    assert_int_equal(result.breaks[0].fault, CHAIN_COLUMN);
    assert_int_equal(result.breaks[1].fault, CHAIN_COLUMN);
    assert_int_equal(result.breaks[2].seq, 2);
    assert_non_null(strstr(chain_break_words(ctx, &result.breaks[2]), "361023114003 第 2 号"));
}

/* Somebody who computes the hashes anew but does not keep the form. */
static void
a_body_out_of_form_is_found_though_its_hash_is_right(void **state)
{
    struct ctx *ctx = *state;
    struct streams *streams = some_streams(ctx);
    struct entry_row *row = &streams->rows[STREAMS * LENGTH - 1];

    row->body = mem_printf(ctx->mem, "%s ", row->body);
    entry_hash(row->prev_hash, row->body, strlen(row->body), row->hash);
    const struct chain_result result = check_all(ctx, streams, 1);

    assert_int_equal(result.break_count, 1);
    assert_int_equal(result.breaks[0].fault, CHAIN_FORM);
}

static void
a_check_given_up_in_the_middle_leaves_nothing_running(void **state)
{
    struct ctx *ctx = *state;
    const struct streams *streams = some_streams(ctx);
    struct chain_check *check = chain_check_new(ctx->mem, 3);
    for (size_t i = 0; i < streams->count; i++)
        chain_check_add(check, &streams->rows[i]);

    assert_int_equal(talloc_free(check), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(whole_streams_are_sound),
        TEST(every_single_flipped_bit_is_found_and_named),
        TEST(a_flipped_bit_of_a_stored_hash_is_found),
        TEST(a_removed_or_doubled_entry_is_found),
        TEST(a_replaced_entry_breaks_the_link_after_it),
        TEST(a_changed_column_is_found),
        TEST(a_body_out_of_form_is_found_though_its_hash_is_right),
        TEST(a_check_given_up_in_the_middle_leaves_nothing_running),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
