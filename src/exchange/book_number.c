/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/book_number.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"

enum {
    DIGITS_MOST = 40,
    EXPONENT_MOST = 400,
    EXACT_DIGITS = 15, /* what a double keeps */
    SERIAL_1970 = 25569,
    SERIAL_MARCH_1900 = 61, /* below it Excel counts a 1900-02-29 that never was */
    DAYS_1904 = 1462,
    DAY_SECONDS = 86400,
    NANO_DIGITS = 9,
};

/* value = 0.DIGITS × 10^point; digits without zeros at either end. */
struct decimal {
    char digits[DIGITS_MOST + 1];
    int count;
    int point;
    bool negative;
};

static bool
is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static bool
exponent_read(const char *at, struct decimal *decimal)
{
    int exponent = 0;
    const bool negative = *at == '-';
    at += *at == '-' || *at == '+';
    if (!is_digit(*at))
        return false;
    for (; is_digit(*at); at++)
        exponent = exponent < EXPONENT_MOST ? exponent * 10 + (*at - '0') : exponent;
    decimal->point += negative ? -exponent : exponent;
    return *at == '\0';
}

static void
digit_add(struct decimal *decimal, char digit, bool fraction)
{
    if (decimal->count == 0 && digit == '0') {
        decimal->point -= fraction;
        return;
    }
    if (decimal->count < DIGITS_MOST)
        decimal->digits[decimal->count++] = digit;
    decimal->point += !fraction;
}

static bool
decimal_read(const char *raw, struct decimal *ret_decimal)
{
    struct decimal decimal = {.negative = *raw == '-'};
    bool fraction = false, any = false;
    const char *at = raw + (*raw == '-' || *raw == '+');
    for (; is_digit(*at) || (*at == '.' && !fraction); at++) {
        if (*at == '.') {
            fraction = true;
            continue;
        }
        any = true;
        digit_add(&decimal, *at, fraction);
    }
    if (!any || (*at && *at != 'e' && *at != 'E') || (*at && !exponent_read(at + 1, &decimal)))
        return false;
    while (decimal.count && decimal.digits[decimal.count - 1] == '0')
        decimal.count--;
    *ret_decimal = decimal;
    return true;
}

static struct book_number
number_text(const char *raw, enum book_cell_kind kind)
{
    struct book_number number = {.kind = kind};
    (void)snprintf(number.text, sizeof number.text, "%s", raw);
    return number;
}

/* "3.6109919810505E+17", as spreadsheet programs show it. */
static struct book_number
scientific_text(const struct decimal *decimal)
{
    struct book_number number = {.kind = BOOK_CELL_NUMBER};
    const int shown = decimal->count < EXACT_DIGITS + 2 ? decimal->count : EXACT_DIGITS + 2;
    (void)snprintf(number.text, sizeof number.text, "%s%c.%.*sE+%d", decimal->negative ? "-" : "",
                   decimal->digits[0], shown > 1 ? shown - 1 : 1,
                   shown > 1 ? decimal->digits + 1 : "0", decimal->point - 1);
    return number;
}

struct book_number
book_number_read(const char *raw)
{
    struct decimal decimal;
    struct book_number number = {.kind = BOOK_CELL_NUMBER};
    if (!decimal_read(raw, &decimal))
        return number_text(raw, BOOK_CELL_TEXT);
    if (decimal.count == 0)
        return number_text("0", BOOK_CELL_NUMBER);
    if (decimal.point > EXACT_DIGITS)
        return scientific_text(&decimal);
    if (decimal.point < decimal.count)
        return number_text(raw, BOOK_CELL_NUMBER);
    char *to = number.text;
    if (decimal.negative)
        *to++ = '-';
    for (int i = 0; i < decimal.point; i++)
        *to++ = (char)(i < decimal.count ? decimal.digits[i] : '0');
    return number;
}

/* `length` digits from place `from` on (0 is the first behind the point's left end). */
static int64_t
digits_value(const struct decimal *decimal, int from, int length)
{
    int64_t value = 0;
    for (int i = from; i < from + length; i++)
        value = value * 10 + (i >= 0 && i < decimal->count ? decimal->digits[i] - '0' : 0);
    return value;
}

static struct book_number
moment_text(struct civil civil, int64_t seconds)
{
    struct book_number moment = {.kind = BOOK_CELL_DATE};
    const int hour = (int)(seconds / 3600), minute = (int)(seconds / 60 % 60);
    const int second = (int)(seconds % 60);
    if (civil.year == 0)
        (void)snprintf(moment.text, sizeof moment.text, "%02d:%02d:%02d", hour, minute, second);
    else if (seconds == 0)
        (void)snprintf(moment.text, sizeof moment.text, "%04d-%02d-%02d", civil.year, civil.month,
                       civil.day);
    else
        (void)snprintf(moment.text, sizeof moment.text, "%04d-%02d-%02d %02d:%02d:%02d", civil.year,
                       civil.month, civil.day, hour, minute, second);
    return moment;
}

/* The day of a serial; false if it is none of 1900 … 2199. */
static bool
serial_day(int64_t serial, struct date *ret_date)
{
    struct date first, last;
    ASSERT(date_from_civil((struct civil){1900, 1, 1}, &first) &&
           date_from_civil((struct civil){2199, 12, 31}, &last));
    if (serial == SERIAL_MARCH_1900 - 1)
        return false;
    const int64_t day = serial + (serial < SERIAL_MARCH_1900) - SERIAL_1970;
    if (day < first.day || day > last.day)
        return false;
    *ret_date = (struct date){(int32_t)day};
    return true;
}

struct book_number
book_number_moment(const char *raw, bool base_1904)
{
    struct decimal decimal;
    struct date date;
    const struct book_number plain = book_number_read(raw);
    if (plain.kind != BOOK_CELL_NUMBER || !decimal_read(raw, &decimal) || decimal.negative ||
        decimal.point > 7 || decimal.point < -NANO_DIGITS)
        return plain;
    int64_t day = decimal.point > 0 ? digits_value(&decimal, 0, decimal.point) : 0;
    const int64_t nano = digits_value(&decimal, decimal.point, NANO_DIGITS);
    int64_t seconds = (nano * DAY_SECONDS + 500000000) / 1000000000;
    day += seconds == DAY_SECONDS;
    seconds = seconds == DAY_SECONDS ? 0 : seconds;
    if (day == 0 && decimal.count && !base_1904)
        return moment_text((struct civil){0}, seconds);
    if (!serial_day(day + (base_1904 ? DAYS_1904 : 0), &date))
        return plain;
    return moment_text(date_to_civil(date), seconds);
}

/* Two digits, or -1. */
static int
pair_read(const char *text)
{
    return is_digit(text[0]) && is_digit(text[1]) ? (text[0] - '0') * 10 + text[1] - '0' : -1;
}

struct book_number
book_number_iso(const char *raw)
{
    char day[11] = {0};
    struct date date;
    int64_t seconds = 0;
    if (strlen(raw) < 10)
        return number_text(raw, BOOK_CELL_TEXT);
    memcpy(day, raw, 10);
    if (!date_parse(day, &date))
        return number_text(raw, BOOK_CELL_TEXT);
    if (strlen(raw) >= 19 && (raw[10] == 'T' || raw[10] == ' ')) {
        const int hour = pair_read(raw + 11), minute = pair_read(raw + 14);
        const int second = pair_read(raw + 17);
        if (hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60)
            seconds = hour * 3600 + minute * 60 + second;
    }
    return moment_text(date_to_civil(date), seconds);
}

/* Behind what a format shows literally: "…", \x, _x, *x, [Red]; [h] is a time. */
static const char *
literal_skip(const char *at)
{
    if (*at == '"' || *at == '[') {
        const char *end = strchr(at + 1, *at == '"' ? '"' : ']');
        const bool elapsed = *at == '[' && strchr("hms", at[1] | 0x20) && at[1];
        if (elapsed)
            return at + 1;
        return end ? end + 1 : at + strlen(at);
    }
    if ((*at == '\\' || *at == '_' || *at == '*') && at[1])
        return at + 2;
    return at;
}

bool
book_format_is_date(const char *code)
{
    if (strncmp(code, "General", 7) == 0 || strncmp(code, "Standard", 8) == 0)
        return false;
    for (const char *at = code; *at;) {
        const char *behind = literal_skip(at);
        if (behind != at) {
            at = behind;
            continue;
        }
        if (strchr("ymdhs", *at | 0x20))
            return true;
        at++;
    }
    return false;
}

bool
book_format_id_is_date(int64_t id)
{
    /* ECMA-376 part 1, 18.8.30: 27 … 36 and 50 … 58 are days in the Chinese and Japanese editions.
     */
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58);
}
