/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/idcard.h"

#include <string.h>

#include "base/utf8.h"

enum {
    LENGTH = 18,
    BIRTH_AT = 6,
    SEX_AT = 16,
    CHECK_AT = 17,
};

struct fault_row {
    const char *word;
    struct text text;
};

static const struct fault_row FAULTS[IDCARD_FAULT_COUNT] = {
    [IDCARD_OK] = {NULL, {"无误", "correct"}},
    [IDCARD_LENGTH] = {"length", {"身份证号应为18位", "an ID number has 18 characters"}},
    [IDCARD_DIGIT] = {"digit",
                      {"身份证号应为17位数字加一位数字或X",
                       "17 digits and a digit or X are needed"}},
    [IDCARD_REGION] = {"region", {"前两位不是省级代码", "the first two digits are no province"}},
    [IDCARD_DATE] = {"date", {"出生日期不存在", "the date of birth does not exist"}},
    [IDCARD_CHECK] = {"check", {"校验码不符", "the check character is wrong"}},
};

/* First two digits of the provinces (GB/T 2260), as ranges. */
static const struct {
    int first, last;
} REGIONS[] = {{11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}};

static size_t
count_characters(const char *text)
{
    size_t count = 0;
    while (utf8_next(&text))
        count++;
    return count;
}

static bool
is_well_formed(const char *number)
{
    const size_t digits = strspn(number, "0123456789");
    return digits == LENGTH ||
           (digits == CHECK_AT && (number[CHECK_AT] == 'X' || number[CHECK_AT] == 'x'));
}

static int
digits_value(const char *number, int from, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + (number[from + i] - '0');
    return value;
}

static bool
is_region(int code)
{
    for (size_t i = 0; i < COUNT_OF(REGIONS); i++) {
        if (code >= REGIONS[i].first && code <= REGIONS[i].last)
            return true;
    }
    return false;
}

/* GB 11643-1999, ISO 7064 MOD 11-2. */
static char
check_character(const char *number)
{
    static const int WEIGHTS[CHECK_AT] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < CHECK_AT; i++)
        sum += WEIGHTS[i] * (number[i] - '0');
    return "10X98765432"[sum % 11];
}

static bool
read_birth(const char *number, struct date *ret_birth)
{
    const struct civil civil = {
        .year = digits_value(number, BIRTH_AT, 4),
        .month = digits_value(number, BIRTH_AT + 4, 2),
        .day = digits_value(number, BIRTH_AT + 6, 2),
    };
    return date_from_civil(civil, ret_birth);
}

static enum idcard_fault
find_fault(const char *number, struct date *ret_birth)
{
    if (count_characters(number) != LENGTH)
        return IDCARD_LENGTH;
    if (!is_well_formed(number))
        return IDCARD_DIGIT;
    if (!is_region(digits_value(number, 0, 2)))
        return IDCARD_REGION;
    if (!read_birth(number, ret_birth))
        return IDCARD_DATE;
    const char given = number[CHECK_AT] == 'x' ? 'X' : number[CHECK_AT];
    return given == check_character(number) ? IDCARD_OK : IDCARD_CHECK;
}

struct idcard
idcard_read(const char *number)
{
    struct idcard card = {.birth = DATE_NONE};
    card.fault = find_fault(number, &card.birth);
    if (card.fault == IDCARD_OK)
        card.sex = digits_value(number, SEX_AT, 1) % 2 ? SEX_MALE : SEX_FEMALE;
    return card;
}

const char *
idcard_fault_word(enum idcard_fault fault)
{
    return FAULTS[fault].word;
}

struct text
idcard_fault_text(enum idcard_fault fault)
{
    return FAULTS[fault].text;
}
