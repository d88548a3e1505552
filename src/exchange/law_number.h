/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a line of JSON in which a number may be larger than any the program knows. */
#pragma once

#include "base/json.h"

/* json_read, but numbers beyond its range are read as 0.5: no integer, so that the field that has
 * one is refused by name, and the rest of the line is still known. */
enum err
law_json_read(struct ctx *ctx, const char *text, size_t length, json_t **ret_value) WARN_UNUSED;
