/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SM3 of many messages side by side, one in each lane of a vector register: a chain of a million
 * entries is checked several times faster than with one message after another. There is a
 * version for each kind of processor; the right one is chosen at run time.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { SM3_LANES = 8, SM3_BLOCK = 64 };

/* Bytes a message of that length has with its padding: a multiple of SM3_BLOCK. */
size_t sm3_padded_length(size_t length);
/* Writes the padding behind a message; `message` has room for its padded length. */
void sm3_pad(uint8_t *message, size_t length);

/* A padded message. */
struct sm3_message {
    const uint8_t *blocks;
    size_t block_count; /* at least 1 */
};

/* Hashes SM3_LANES messages at once; fastest when they are equally long. To hash fewer, name one
 * of them several times. */
void sm3_lanes(const struct sm3_message messages[SM3_LANES], uint8_t ret_hashes[SM3_LANES][32]);
