/* SPDX-License-Identifier: Apache-2.0 */
/* Days in tests: "2021-03-20". */
#pragma once

#include "base/date.h"

/* Fails the test if the text is no day. */
struct date support_day(const char *text);
