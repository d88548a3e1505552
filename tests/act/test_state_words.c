/* SPDX-License-Identifier: Apache-2.0 */
#include "act/state_words.h"

#include <string.h>

#include "store/box_store.h"
#include "store/round_store.h"
#include "support/support.h"

/* True if the state has a row: its Chinese is not the word of the tables. */
static bool
is_named(enum state_kind kind, const char *word)
{
    const struct text title = state_title(kind, word);
    return strcmp(title.zh, word) != 0 && !strchr(title.en, '_');
}

static void
every_state_of_a_vote_and_a_box_has_its_words(void **state)
{
    (void)state;
    for (int i = 0; i < ROUND_STATE_COUNT; i++)
        assert_true(is_named(STATE_ROUND, round_state_word((enum round_state)i)));
    static const char *const BOXES[] = {"set", "sealed", "open", "closed", "gathered", "opened"};
    for (size_t i = 0; i < COUNT_OF(BOXES); i++) {
        assert_int_not_equal(box_state_find(BOXES[i]), BOX_STATE_COUNT);
        assert_true(is_named(STATE_BOX, BOXES[i]));
    }
    assert_int_equal(BOX_STATE_COUNT, COUNT_OF(BOXES));
}

static void
one_word_means_what_its_kind_says(void **state)
{
    struct ctx *ctx = *state;
    ctx->lang = LANG_ZH;
    assert_string_equal(state_words(ctx, STATE_VILLAGE, "registering"), "正在登记");
    assert_string_equal(state_words(ctx, STATE_ENTRY, "void"), "无效");
    assert_string_equal(state_words(ctx, STATE_PERSON, "void"), "当选无效");
    ctx->lang = LANG_EN;
    assert_string_equal(state_words(ctx, STATE_VILLAGE, "handed_over"), "handed over");
}

static void
unknown_word_is_shown_as_it_is(void **state)
{
    assert_string_equal(state_words(*state, STATE_BUNDLE, "registering"), "registering");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_state_of_a_vote_and_a_box_has_its_words),
        TEST(one_word_means_what_its_kind_says),
        TEST(unknown_word_is_shown_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
