/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing the answer of a law case with what the case expects. */
#pragma once

#include <stdbool.h>

#include <jansson.h>

/* True if every key of `expect` is in `result` with an equal value: objects by the keys expected,
 * lists whole and in order, lists under a key that ends in "_set" as sets. */
bool law_expect_met(const json_t *expect, const json_t *result);
