/* SPDX-License-Identifier: Apache-2.0 */
#include "support/days.h"

#include "support/support.h"

struct date
support_day(const char *text)
{
    struct date date = DATE_NONE;
    if (!date_parse(text, &date))
        fail_msg("%s is no day", text);
    return date;
}
