/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-8 text, one character at a time. Texts inside the program are valid UTF-8: they are tested
 * where they come in.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character at *text, which moves behind it; 0 at the end. A byte that begins no character is
 * returned as U+FFFD. */
uint32_t utf8_next(const char **text);
/* Blank as people see it: spaces of every kind, tabs, line ends. */
bool utf8_is_space(uint32_t character);
/* True for "" and for texts of nothing but spaces. */
bool utf8_is_blank(const char *text);
/* True if the bytes are well-formed UTF-8 (no surrogates, no overlong forms) without NUL. */
bool utf8_is_valid(const char *text, size_t length);
/* How many bytes from the start are well-formed: `length` if all are. */
size_t utf8_valid_length(const char *text, size_t length);
