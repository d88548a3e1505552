/* SPDX-License-Identifier: Apache-2.0 */
/* GB/T 32905-2016, in the words of its section 5. */
#include "base/sm3_lanes.h"

#include <endian.h>
#include <stdbool.h>
#include <string.h>

/* One 32-bit word of each message. */
typedef uint32_t lanes __attribute__((vector_size(4 * SM3_LANES)));

enum { STATE_WORDS = 8, EXPANDED_WORDS = 68, ROUNDS = 64, EARLY_ROUNDS = 16 };

static const uint32_t INITIAL[STATE_WORDS] = {0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600,
                                              0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e};

/* Macros, because vectors passed by value have another calling convention in each version. */
#define ROTATE(x, n) (((x) << ((n)&31)) | ((x) >> ((32 - (n)) & 31)))
#define P0(x) ((x) ^ ROTATE(x, 9) ^ ROTATE(x, 17))
#define P1(x) ((x) ^ ROTATE(x, 15) ^ ROTATE(x, 23))

size_t
sm3_padded_length(size_t length)
{
    return (length + 9 + SM3_BLOCK - 1) / SM3_BLOCK * SM3_BLOCK;
}

void
sm3_pad(uint8_t *message, size_t length)
{
    const size_t padded = sm3_padded_length(length);
    const uint64_t bits = htobe64((uint64_t)length * 8);
    message[length] = 0x80;
    memset(message + length + 1, 0, padded - length - 1);
    memcpy(message + padded - sizeof bits, &bits, sizeof bits);
}

/* T_j rotated by j, as one round uses it. */
static inline uint32_t
constant_of(int round)
{
    const uint32_t value = round < EARLY_ROUNDS ? 0x79cc4519 : 0x7a879d8a;
    return ROTATE(value, round);
}

/* Compresses one block of each message into `state`. */
static inline __attribute__((always_inline)) void
compress_body(lanes state[STATE_WORDS], const uint8_t *const blocks[SM3_LANES])
{
    lanes w[EXPANDED_WORDS];
    for (int i = 0; i < 16; i++) {
        for (int lane = 0; lane < SM3_LANES; lane++) {
            uint32_t word;
            memcpy(&word, blocks[lane] + 4 * i, sizeof word);
            w[i][lane] = be32toh(word);
        }
    }
    for (int i = 16; i < EXPANDED_WORDS; i++) {
        const lanes x = w[i - 16] ^ w[i - 9] ^ ROTATE(w[i - 3], 15);
        w[i] = P1(x) ^ ROTATE(w[i - 13], 7) ^ w[i - 6];
    }
    lanes a = state[0], b = state[1], c = state[2], d = state[3];
    lanes e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < ROUNDS; i++) {
        const lanes turned = ROTATE(a, 12);
        const lanes sum = turned + e + constant_of(i);
        const lanes ss1 = ROTATE(sum, 7);
        const lanes ff = i < EARLY_ROUNDS ? a ^ b ^ c : (a & b) | ((a | b) & c);
        const lanes gg = i < EARLY_ROUNDS ? e ^ f ^ g : ((f ^ g) & e) ^ g;
        const lanes tt1 = ff + d + (ss1 ^ turned) + (w[i] ^ w[i + 4]);
        const lanes tt2 = gg + h + ss1 + w[i];
        d = c;
        c = ROTATE(b, 9);
        b = a;
        a = tt1;
        h = g;
        g = ROTATE(f, 19);
        f = e;
        e = P0(tt2);
    }
    state[0] ^= a, state[1] ^= b, state[2] ^= c, state[3] ^= d;
    state[4] ^= e, state[5] ^= f, state[6] ^= g, state[7] ^= h;
}

/* The same code for each kind of processor: AVX-512 turns words in one step, AVX2 in three. */
typedef void compress_fn(lanes state[STATE_WORDS], const uint8_t *const blocks[SM3_LANES]);

static void
compress_plain(lanes state[STATE_WORDS], const uint8_t *const blocks[SM3_LANES])
{
    compress_body(state, blocks);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
compress_avx2(lanes state[STATE_WORDS], const uint8_t *const blocks[SM3_LANES])
{
    compress_body(state, blocks);
}

__attribute__((target("avx512f,avx512vl"))) static void
compress_avx512(lanes state[STATE_WORDS], const uint8_t *const blocks[SM3_LANES])
{
    compress_body(state, blocks);
}

static compress_fn *
compress_choose(void)
{
    if (__builtin_cpu_supports("avx512vl"))
        return compress_avx512;
    return __builtin_cpu_supports("avx2") ? compress_avx2 : compress_plain;
}
#else
static compress_fn *
compress_choose(void)
{
    return compress_plain;
}
#endif

static void
store_hash(const lanes state[STATE_WORDS], int lane, uint8_t ret_hash[32])
{
    for (int i = 0; i < STATE_WORDS; i++) {
        const uint32_t word = htobe32(state[i][lane]);
        memcpy(ret_hash + 4 * i, &word, sizeof word);
    }
}

void
sm3_lanes(const struct sm3_message messages[SM3_LANES], uint8_t ret_hashes[SM3_LANES][32])
{
    lanes state[STATE_WORDS];
    const uint8_t *blocks[SM3_LANES];
    compress_fn *const compress = compress_choose();
    size_t longest = 0;
    for (int i = 0; i < STATE_WORDS; i++)
        state[i] = INITIAL[i] - (lanes){0};
    for (int lane = 0; lane < SM3_LANES; lane++) {
        blocks[lane] = messages[lane].blocks;
        if (messages[lane].block_count > longest)
            longest = messages[lane].block_count;
    }
    for (size_t block = 1; block <= longest; block++) {
        compress(state, blocks);
        for (int lane = 0; lane < SM3_LANES; lane++) {
            /* A lane that is done runs on over its last block; its hash is taken now. */
            if (messages[lane].block_count == block)
                store_hash(state, lane, ret_hashes[lane]);
            if (messages[lane].block_count > block)
                blocks[lane] += SM3_BLOCK;
        }
    }
}
