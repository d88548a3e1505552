/* SPDX-License-Identifier: Apache-2.0 */
#include "web/plain.h"

#include "support/support.h"

static void
ids_of_acts_become_their_titles(void **state)
{
    assert_string_equal(plain_words(*state, "先办 seats.fix[body=village]|day.fix（x）"),
                        "先办 “确定职数和岗位”或“确定选举日”（x）");
    assert_string_equal(plain_words(*state, "see vec.post."), "see “公布选举委员会名单”.");
}

static void
other_words_stay(void **state)
{
    assert_string_equal(plain_words(*state, "a.b vec.postal 3.5 P00012 [x] ..."),
                        "a.b vec.postal 3.5 P00012 [x] ...");
    assert_string_equal(plain_words(*state, ""), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ids_of_acts_become_their_titles),
        TEST(other_words_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
