/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/idcard.h"

#include "support/days.h"
#include "support/support.h"

static void
lawful_number_gives_birth_and_sex(void **state)
{
    (void)state;
    const struct idcard man = idcard_read("361002196101010017");
    const struct idcard woman = idcard_read("11010519491231002x");
    assert_int_equal(man.fault, IDCARD_OK);
    assert_int_equal(man.birth.day, support_day("1961-01-01").day);
    assert_int_equal(man.sex, SEX_MALE);
    assert_int_equal(woman.fault, IDCARD_OK);
    assert_int_equal(woman.sex, SEX_FEMALE);
    assert_null(idcard_fault_word(IDCARD_OK));
}

static void
faults_are_found_in_their_order(void **state)
{
    (void)state;
    static const struct {
        const char *number, *word;
    } CASES[] = {
        {"", "length"},
        {"36100219610101001", "length"},
        {"3610021961010100177", "length"},
        {"三61002196101010017", "digit"},
        {"3610021961O1010017", "digit"},
        {"36100219610101001Y", "digit"},
        {"X61002196101010017", "digit"},
        {"001002196101010017", "region"},
        {"161002196101010017", "region"},
        {"841002196101010017", "region"},
        {"361002199002290010", "date"},
        {"440524188001010014", "date"},
        {"361002196101010018", "check"},
        {"36100219610101001X", "check"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct idcard card = idcard_read(CASES[i].number);
        assert_string_equal(idcard_fault_word(card.fault), CASES[i].word);
        assert_true(strlen(idcard_fault_text(card.fault).zh) > 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lawful_number_gives_birth_and_sex),
        TEST(faults_are_found_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
