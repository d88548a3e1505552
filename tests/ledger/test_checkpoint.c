/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/checkpoint.h"

#include <string.h>

#include "support/support.h"

static struct keyfile
a_keyfile(struct ctx *ctx)
{
    const struct sm2_key *pair = sm2_key_generate(ctx);
    return (struct keyfile){.pair = pair, .fingerprint = sm2_key_fingerprint(ctx, pair)};
}

static struct checkpoint
a_checkpoint(void)
{
    return (struct checkpoint){
        .unit = "361023114001",
        .seq = 3,
        .hash = {1, 2, 3},
        .at = "2021-03-20T09:00:00+08:00",
    };
}

static void
the_signed_text_is_the_one_of_the_format(void **state)
{
    struct ctx *ctx = *state;
    struct checkpoint checkpoint = a_checkpoint();
    checkpoint.key_fingerprint = "f0";

    assert_string_equal(
        checkpoint_text(ctx, &checkpoint),
        "{\"at\":\"2021-03-20T09:00:00+08:00\",\"hash\":\"0102030000000000000000000000"
        "000000000000000000000000000000000000\",\"key\":\"f0\",\"seq\":3,"
        "\"unit\":\"361023114001\"}");
}

static void
a_signed_checkpoint_is_accepted_and_any_change_is_not(void **state)
{
    struct ctx *ctx = *state;
    const struct keyfile keyfile = a_keyfile(ctx);
    const struct keyfile other = a_keyfile(ctx);
    struct checkpoint good = a_checkpoint();

    assert_int_equal(checkpoint_sign(ctx, &keyfile, &good), ERR_OK);

    assert_true(checkpoint_is_signed(ctx, keyfile.pair, &good));
    assert_false(checkpoint_is_signed(ctx, other.pair, &good));
    struct checkpoint changed[] = {good, good, good, good, good};
    changed[0].unit = "361023114002";
    changed[1].seq = 4;
    changed[2].hash[31] = 1;
    changed[3].at = "2021-03-20T09:00:01+08:00";
    changed[4].signature.bytes[20] ^= 1;
    for (size_t i = 0; i < COUNT_OF(changed); i++)
        assert_false(checkpoint_is_signed(ctx, keyfile.pair, &changed[i]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_signed_text_is_the_one_of_the_format),
        TEST(a_signed_checkpoint_is_accepted_and_any_change_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
