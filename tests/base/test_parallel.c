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

/* What a line makes: the number, and whether it was let go. */
struct line_state {
    int values[PIECES];
    size_t taken;
    size_t stop_at;
};

static atomic_int line_out;

static void *
number_make(void *arg, size_t i)
{
    struct line_state *line = arg;
    line->values[i] = (int)i;
    atomic_fetch_add(&line_out, 1);
    return &line->values[i];
}

static bool
number_take(void *arg, size_t i, void *made)
{
    struct line_state *line = arg;
    assert_ptr_equal(made, &line->values[i]);
    assert_int_equal(i, line->taken);
    line->taken++;
    atomic_fetch_sub(&line_out, 1);
    return line->taken != line->stop_at;
}

static void
number_drop(void *made)
{
    (void)made;
    atomic_fetch_sub(&line_out, 1);
}

static void
things_of_a_line_are_taken_in_order(void **state)
{
    static struct line_state line;
    (void)state;
    line = (struct line_state){0};
    parallel_line_run(
        &(struct parallel_line){PIECES, number_make, number_take, number_drop, &line});
    assert_int_equal(line.taken, PIECES);
    assert_int_equal(line_out, 0);
}

static void
line_that_stops_leaves_nothing_made(void **state)
{
    static struct line_state line;
    (void)state;
    line = (struct line_state){.stop_at = 17};
    parallel_line_run(
        &(struct parallel_line){PIECES, number_make, number_take, number_drop, &line});
    assert_int_equal(line.taken, 17);
    assert_int_equal(line_out, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_piece_is_done_once),
        TEST(no_piece_and_one_piece_need_no_thread),
        TEST(things_of_a_line_are_taken_in_order),
        TEST(line_that_stops_leaves_nothing_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
