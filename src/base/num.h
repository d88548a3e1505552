/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers read from text. The only way in: no atoi, no strtol elsewhere. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Reads an optional '-' and decimal digits, nothing else, within min … max. */
bool num_parse_i64(const char *text, int64_t min, int64_t max, int64_t *ret_value);
