/* SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"

#include <string.h>

enum { YEAR_MIN = 1900, YEAR_MAX = 2199, DAYS_PER_ERA = 146097, EPOCH_SHIFT = 719468 };

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_length(int year, int month)
{
    static const int LENGTH[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : LENGTH[month - 1];
}

/* Days since 1970-01-01 of a civil day in the proleptic Gregorian calendar, counted in 400-year
 * eras whose years begin in March, so that the leap day is the last of its year. */
static int32_t
days_from_civil(struct civil civil)
{
    const int year = civil.month <= 2 ? civil.year - 1 : civil.year;
    const int era = year / 400;
    const int year_of_era = year - era * 400;
    const int month_from_march = (civil.month + 9) % 12;
    const int day_of_year = (153 * month_from_march + 2) / 5 + civil.day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - EPOCH_SHIFT;
}

bool
date_is_set(struct date date)
{
    return date.day != INT32_MIN;
}

bool
date_from_civil(struct civil civil, struct date *ret_date)
{
    if (civil.year < YEAR_MIN || civil.year > YEAR_MAX || civil.month < 1 || civil.month > 12)
        return false;
    if (civil.day < 1 || civil.day > month_length(civil.year, civil.month))
        return false;
    ret_date->day = days_from_civil(civil);
    return true;
}

static bool
digits_read(const char *text, int count, int *ret_value)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *ret_value = value;
    return true;
}

bool
date_parse(const char *text, struct date *ret_date)
{
    struct civil civil;
    if (!text || strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    if (!digits_read(text, 4, &civil.year) || !digits_read(text + 5, 2, &civil.month) ||
        !digits_read(text + 8, 2, &civil.day))
        return false;
    return date_from_civil(civil, ret_date);
}

struct civil
date_to_civil(struct date date)
{
    const int shifted = date.day + EPOCH_SHIFT;
    const int era = shifted / DAYS_PER_ERA;
    const int day_of_era = shifted - era * DAYS_PER_ERA;
    const int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = (5 * day_of_year + 2) / 153;
    const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct civil){
        .year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
        .month = month,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
    };
}

const char *
date_format(struct ctx *ctx, struct date date)
{
    if (!date_is_set(date))
        return "";
    const struct civil civil = date_to_civil(date);
    return mem_printf(ctx->mem, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

const char *
date_words(struct ctx *ctx, struct date date)
{
    if (!date_is_set(date))
        return "";
    const struct civil civil = date_to_civil(date);
    return text_format(ctx, "%d年%d月%d日", "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

struct date
date_add_days(struct date date, int days)
{
    return date_is_set(date) ? (struct date){date.day + days} : date;
}

struct date
date_add_months(struct date date, int months)
{
    if (!date_is_set(date))
        return date;
    struct civil civil = date_to_civil(date);
    const int count = civil.year * 12 + civil.month - 1 + months;
    civil.year = count / 12;
    civil.month = count % 12 + 1;
    const int last = month_length(civil.year, civil.month);
    if (civil.day > last)
        civil.day = last;
    return (struct date){days_from_civil(civil)};
}

struct date
date_add_years(struct date date, int years)
{
    return date_add_months(date, years * 12);
}

int
date_compare(struct date a, struct date b)
{
    return (a.day > b.day) - (a.day < b.day);
}

int
date_days_between(struct date a, struct date b)
{
    return b.day - a.day;
}
