/* SPDX-License-Identifier: Apache-2.0 */
#include "base/password.h"

#include <sodium/core.h>
#include <sodium/crypto_pwhash.h>
#include <string.h>

#include "base/crypto.h"
#include "base/utf8.h"

enum { PASSES = 2, MEMORY_BYTES = 19 << 20, MADE_LENGTH = 12 };

static void
sodium_begin(void)
{
    if (sodium_init() < 0)
        BUG("libsodium does not start");
}

const char *
password_hash(struct ctx *ctx, const char *password)
{
    char *hash = mem_array(ctx->mem, char, crypto_pwhash_STRBYTES);
    sodium_begin();
    if (crypto_pwhash_str_alg(hash, password, strlen(password), PASSES, MEMORY_BYTES,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        BUG("out of memory");
    return hash;
}

bool
password_matches(struct ctx *ctx, const char *hash, const char *password)
{
    sodium_begin();
    if (!hash) {
        (void)password_hash(ctx, password);
        return false;
    }
    return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

static size_t
letters_count(const char *text)
{
    size_t count = 0;
    while (utf8_next(&text))
        count++;
    return count;
}

/* "aaaaaaaaaa", "1234567890", "0987654321": each letter as far from the one before as the last. */
static bool
is_run(const char *text)
{
    const int step = text[1] - text[0];
    if (step < -1 || step > 1)
        return false;
    for (size_t i = 1; text[i]; i++) {
        const bool turns =
            step && text[i - 1] == (step > 0 ? '9' : '0') && text[i] == (step > 0 ? '0' : '9');
        if (text[i] - text[i - 1] != step && !turns)
            return false;
    }
    return true;
}

enum err
password_check(struct ctx *ctx, const char *name, const char *password)
{
    if (!utf8_is_valid(password, strlen(password)))
        return FAIL_FIELD(ctx, "password", "密码不是 UTF-8 文字", "the password is not UTF-8 text");
    if (letters_count(password) < PASSWORD_LENGTH_MIN)
        return FAIL_FIELD(ctx, "password", "密码至少 %d 个字符",
                          "a password has at least %d letters", PASSWORD_LENGTH_MIN);
    if (strlen(password) > PASSWORD_LENGTH_MAX)
        return FAIL_FIELD(ctx, "password", "密码至多 %d 个字节", "a password has at most %d bytes",
                          PASSWORD_LENGTH_MAX);
    if (is_run(password) || strstr(password, name))
        return FAIL_FIELD(ctx, "password", "密码太容易猜到：不能是连号、重复字符，也不能含用户名",
                          "this password is guessed at once: no runs, no repetition, no user name");
    return ERR_OK;
}

const char *
password_make(struct ctx *ctx)
{
    static const char LETTERS[] = "abcdefghjkmnpqrstuvwxyz23456789";
    char *made = mem_array(ctx->mem, char, MADE_LENGTH + 1);
    for (int i = 0; i < MADE_LENGTH;) {
        uint8_t chance;
        random_bytes(&chance, 1);
        chance &=
            31; /* 31 letters: the last value is drawn again, so that all are equally likely */
        if (chance < sizeof LETTERS - 1)
            made[i++] = LETTERS[chance];
    }
    return made;
}
