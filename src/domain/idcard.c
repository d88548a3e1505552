/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/idcard.h"

#include <string.h>

#include "base/utf8.h"

enum {
    LENGTH = 18,
    BIRTH_AT = 6,
    SEX_AT = 16,
    CHECK_AT = 17,
    OLD_LENGTH = 15,
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

/* GB 11643-1999, ISO 7064 MOD 11-2: the remainder of the weighted digits names the character. */
static const int WEIGHTS[CHECK_AT] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
static const char CHECKS[] = "10X98765432";

struct idcard
idcard_read_18(const char *bytes, uint64_t *ret_digits)
{
    struct idcard card = {.fault = IDCARD_DIGIT, .birth = DATE_NONE};
    uint64_t digits = 0;
    int sum = 0;
    bool bad = false;
    for (int i = 0; i < CHECK_AT; i++) {
        const int digit = bytes[i] - '0';
        bad |= digit < 0 || digit > 9;
        digits = digits * 10 + (uint64_t)digit;
        sum += WEIGHTS[i] * digit;
    }
    const char last = bytes[CHECK_AT] == 'x' ? 'X' : bytes[CHECK_AT];
    if (bad || !(last == 'X' || (last >= '0' && last <= '9')))
        return card;
    *ret_digits = digits;
    card.fault = IDCARD_REGION;
    if (!is_region(digits_value(bytes, 0, 2)))
        return card;
    card.fault = IDCARD_DATE;
    if (!read_birth(bytes, &card.birth))
        return card;
    card.fault = last == CHECKS[sum % 11] ? IDCARD_OK : IDCARD_CHECK;
    if (card.fault == IDCARD_OK)
        card.sex = (bytes[SEX_AT] - '0') % 2 ? SEX_MALE : SEX_FEMALE;
    return card;
}

struct idcard
idcard_read(const char *number)
{
    struct idcard card = {.fault = IDCARD_LENGTH, .birth = DATE_NONE};
    uint64_t digits;
    if (count_characters(number) != LENGTH)
        return card;
    card.fault = IDCARD_DIGIT;
    return strlen(number) == LENGTH ? idcard_read_18(number, &digits) : card;
}

bool
idcard_old_digits(const char *number, uint64_t *ret_digits)
{
    char full[LENGTH + 1];
    if (strlen(number) != OLD_LENGTH || strspn(number, "0123456789") != OLD_LENGTH)
        return false;
    /* GB 11643-1989 had two digits for the year, all of this and the last century's: 19xx. */
    memcpy(full, number, BIRTH_AT);
    memcpy(full + BIRTH_AT, "19", 2);
    memcpy(full + BIRTH_AT + 2, number + BIRTH_AT, OLD_LENGTH - BIRTH_AT + 1);
    struct date birth;
    if (!is_region(digits_value(full, 0, 2)) || !read_birth(full, &birth))
        return false;
    uint64_t digits = 0;
    for (int i = 0; i < CHECK_AT; i++)
        digits = digits * 10 + (uint64_t)(full[i] - '0');
    *ret_digits = digits;
    return true;
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
