/* SPDX-License-Identifier: Apache-2.0 */
#include "web/choice.h"

#include <string.h>

#include "act/act.h"
#include "support/support.h"

/* Names the words of these fields that have no row. */
static size_t
missing_count(struct ctx *ctx, const struct field *fields)
{
    size_t missing = 0;
    for (const struct field *field = fields; field->name; field++) {
        if (field->columns)
            missing += missing_count(ctx, field->columns);
        for (const char *at = field->choices ? field->choices : ""; *at;) {
            const size_t length = strcspn(at, " ");
            const char *word = mem_text_n(ctx->mem, at, length);
            if (!choice_is_known(word)) {
                print_message("no row in src/web/choices.def: %s\n", word);
                missing++;
            }
            at += length + (at[length] == ' ');
        }
    }
    return missing;
}

static void
every_choice_of_every_act_has_its_chinese(void **state)
{
    size_t count;
    const struct act *acts = act_list(&count);

    for (size_t i = 0; i < count; i++)
        assert_int_equal(missing_count(*state, acts[i].code->fields), 0);

    assert_string_equal(choice_title(*state, "vice_chair").zh, "副主任");
    assert_string_equal(choice_title(*state, "vice_chair").en, "vice chair");
    assert_string_equal(choice_title(*state, "not_a_word").zh, "not a word");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_choice_of_every_act_has_its_chinese),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
