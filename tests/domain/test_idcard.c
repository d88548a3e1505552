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

static void
number_of_15_digits_is_the_persons_number_of_today(void **state)
{
    (void)state;
    static const struct {
        const char *old, *now;
    } CASES[] = {
        {"361002610101001", "361002196101010017"}, {"110105491231002", "11010519491231002X"},
        {"361002000101001", "361002190001010012"}, /* 00 is 1900: no card of 15 is of 2000 */
        {"361002991231001", "361002199912310017"}, {"361002960229001", "361002199602290014"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        uint64_t old = 0;
        uint64_t now = 0;
        const struct idcard card = idcard_read_18(CASES[i].now, &now);
        assert_int_equal(card.fault, IDCARD_OK);
        assert_true(idcard_old_digits(CASES[i].old, &old));
        assert_true(old == now);
    }
}

static void
what_is_no_number_of_15_digits_gives_none(void **state)
{
    (void)state;
    static const char *CASES[] = {
        "",
        "36100261010100",     /* 14 */
        "3610026101010011",   /* 16 */
        "361002196101010017", /* 18: has its own reader */
        "36100261010100X",    /* no check character then */
        "3610026101O1001",
        " 61002610101001",
        "三100261010100",
        "001002610101001", /* no province */
        "161002610101001",
        "841002610101001",
        "361002611301001", /* no such day */
        "361002610431001",
        "361002610001001",
        "361002990229001",
        "361002000229001", /* 1900 had no 29th of February */
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        uint64_t digits = 7;
        assert_false(idcard_old_digits(CASES[i], &digits));
        assert_true(digits == 7);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lawful_number_gives_birth_and_sex),
        TEST(faults_are_found_in_their_order),
        TEST(number_of_15_digits_is_the_persons_number_of_today),
        TEST(what_is_no_number_of_15_digits_gives_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
