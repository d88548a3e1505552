/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <string.h>
#include <time.h>

enum { ZONE_SECONDS = 8 * 3600, DAY_SECONDS = 86400, TEXT_LENGTH = 25 };

int64_t
clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

int64_t
clock_monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t
clock_processor_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Whole days before the instant, in China. Rounds down before 1970 too. */
static int64_t
day_of(int64_t instant)
{
    const int64_t local = instant + ZONE_SECONDS;
    return local / DAY_SECONDS - (local % DAY_SECONDS < 0 ? 1 : 0);
}

struct date
instant_date(int64_t instant)
{
    return (struct date){(int32_t)day_of(instant)};
}

int64_t
instant_of_date(struct date date)
{
    return (int64_t)date.day * DAY_SECONDS - ZONE_SECONDS;
}

const char *
instant_format(struct ctx *ctx, int64_t instant)
{
    const struct date date = instant_date(instant);
    const struct civil civil = date_to_civil(date);
    const int second = (int)(instant - instant_of_date(date));
    return mem_printf(ctx->mem, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", civil.year, civil.month,
                      civil.day, second / 3600, second / 60 % 60, second % 60);
}

static bool
two_digits(const char *text, int limit, int *ret_value)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return false;
    *ret_value = (text[0] - '0') * 10 + text[1] - '0';
    return *ret_value < limit;
}

bool
instant_parse(const char *text, int64_t *ret_instant)
{
    struct date date = DATE_NONE;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!text || strlen(text) != TEXT_LENGTH || text[10] != 'T' || text[13] != ':' ||
        text[16] != ':' || strcmp(text + 19, "+08:00") != 0)
        return false;
    char day[11] = {0};
    memcpy(day, text, 10);
    if (!date_parse(day, &date) || !two_digits(text + 11, 24, &hour) ||
        !two_digits(text + 14, 60, &minute) || !two_digits(text + 17, 60, &second))
        return false;
    *ret_instant = instant_of_date(date) + hour * 3600 + minute * 60 + second;
    return true;
}
