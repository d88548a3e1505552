/* SPDX-License-Identifier: Apache-2.0 */
#include "base/parallel.h"

#include <stdatomic.h>

#include "support/support.h"

enum { PIECES = 1000 };

static void
piece_do(void *arg, size_t i)
{
    atomic_int *done = arg;
    atomic_fetch_add(&done[i], (int)i + 1);
}

static void
every_piece_is_done_once(void **state)
{
    atomic_int done[PIECES] = {0};
    (void)state;
    parallel_run(PIECES, piece_do, done);
    for (int i = 0; i < PIECES; i++)
        assert_int_equal(done[i], i + 1);
}

static void
no_piece_and_one_piece_need_no_thread(void **state)
{
    atomic_int done[1] = {0};
    (void)state;
    parallel_run(0, piece_do, done);
    assert_int_equal(done[0], 0);
    parallel_run(1, piece_do, done);
    assert_int_equal(done[0], 1);
    assert_in_range(parallel_width(), 1, 1000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_piece_is_done_once),
        TEST(no_piece_and_one_piece_need_no_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
