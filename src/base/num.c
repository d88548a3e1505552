/* SPDX-License-Identifier: Apache-2.0 */
#include "base/num.h"

bool
num_parse_i64(const char *text, int64_t min, int64_t max, int64_t *ret_value)
{
    const bool negative = text && text[0] == '-';
    const char *digit = text ? text + (negative ? 1 : 0) : "";
    if (!*digit)
        return false;
    int64_t value = 0;
    for (; *digit; digit++) {
        if (*digit < '0' || *digit > '9')
            return false;
        if (__builtin_mul_overflow(value, (int64_t)10, &value) ||
            __builtin_sub_overflow(value, (int64_t)(*digit - '0'), &value))
            return false;
    }
    if (!negative && value == INT64_MIN)
        return false;
    value = negative ? value : -value;
    if (value < min || value > max)
        return false;
    *ret_value = value;
    return true;
}
