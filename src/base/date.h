/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calendar days, the only way the project computes with dates. A date is a number of days, so
 * comparing and D−n are plain integer arithmetic. Range 1900-01-01 … 2199-12-31. No clock here.
 */
#pragma once

#include "base/ctx.h"

/* Days since 1970-01-01. DATE_NONE: no date. */
struct date {
    int32_t day;
};

#define DATE_NONE ((struct date){INT32_MIN})

struct civil {
    int year, month, day;
};

bool date_is_set(struct date date);
/* Reads exactly YYYY-MM-DD, a day that exists, in range. */
bool date_parse(const char *text, struct date *ret_date);
/* True if year-month-day exists and is in range. */
bool date_from_civil(struct civil civil, struct date *ret_date);
struct civil date_to_civil(struct date date);
/* "2021-03-20"; "" for DATE_NONE. */
const char *date_format(struct ctx *ctx, struct date date);
/* The day as people read it: "2021年3月20日" or "2021-03-20". */
const char *date_words(struct ctx *ctx, struct date date);
struct date date_add_days(struct date date, int days);
/* The same day of the later month, else that month's last day (民法典 §202: 没有对应日的,月末日).
 */
struct date date_add_months(struct date date, int months);
struct date date_add_years(struct date date, int years);
/* <0, 0, >0. Unset dates compare before all others. */
int date_compare(struct date a, struct date b);
/* b − a in days. */
int date_days_between(struct date a, struct date b);
