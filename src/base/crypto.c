/* SPDX-License-Identifier: Apache-2.0 */
#include "base/crypto.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

enum { SM4_BLOCK = 16 };

/* OpenSSL fails here only when it is broken or out of memory, never because of input. */
static void
require(bool done)
{
    if (!done)
        BUG("OpenSSL refuses SM3 or SM4");
}

struct sm3_state {
    EVP_MD *algorithm;
    EVP_MD_CTX *digest;
};

static int
state_release(struct sm3_state *state)
{
    EVP_MD_CTX_free(state->digest);
    EVP_MD_free(state->algorithm);
    return 0;
}

struct sm3_state *
sm3_new(void *mem)
{
    struct sm3_state *state = mem_new(mem, struct sm3_state);
    talloc_set_destructor(state, state_release);
    /* Fetched once: a fetch per message costs more than hashing it. */
    state->algorithm = EVP_MD_fetch(NULL, "SM3", NULL);
    state->digest = EVP_MD_CTX_new();
    require(state->algorithm && state->digest);
    return state;
}

void
sm3_begin(struct sm3_state *state)
{
    require(EVP_DigestInit_ex2(state->digest, state->algorithm, NULL) == 1);
}

void
sm3_add(struct sm3_state *state, const void *bytes, size_t length)
{
    require(EVP_DigestUpdate(state->digest, bytes, length) == 1);
}

void
sm3_end(struct sm3_state *state, uint8_t ret_hash[SM3_LENGTH])
{
    require(EVP_DigestFinal_ex(state->digest, ret_hash, NULL) == 1);
}

void
sm3(const void *bytes, size_t length, uint8_t ret_hash[SM3_LENGTH])
{
    require(EVP_Digest(bytes, length, ret_hash, NULL, EVP_sm3(), NULL) == 1);
}

void
hmac_sm3(const void *key, size_t key_length, const void *bytes, size_t length,
         uint8_t ret_mac[SM3_LENGTH])
{
    require(EVP_Q_mac(NULL, "HMAC", NULL, "SM3", NULL, key, key_length, bytes, length, ret_mac,
                      SM3_LENGTH, NULL) != NULL);
}

const char *
hex_format(struct ctx *ctx, const void *bytes, size_t length)
{
    static const char DIGIT[] = "0123456789abcdef";
    const uint8_t *byte = bytes;
    char *text = mem_array(ctx->mem, char, 2 * length + 1);
    for (size_t i = 0; i < length; i++) {
        text[2 * i] = DIGIT[byte[i] >> 4];
        text[2 * i + 1] = DIGIT[byte[i] & 15];
    }
    return text;
}

static int
hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const char lower = (char)(digit | 32);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool
hex_parse(const char *text, void *ret_bytes, size_t length)
{
    uint8_t *byte = ret_bytes;
    if (strlen(text) != 2 * length)
        return false;
    for (size_t i = 0; i < length; i++) {
        const int high = hex_value(text[2 * i]);
        const int low = hex_value(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        byte[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

void
random_bytes(void *ret_bytes, size_t length)
{
    require(RAND_bytes(ret_bytes, (int)length) == 1);
}

bool
bytes_equal(const void *a, const void *b, size_t length)
{
    return CRYPTO_memcmp(a, b, length) == 0;
}

/* ---- personal fields ---- */

void
field_keys_derive(const uint8_t secret[SECRET_LENGTH], struct field_keys *ret_keys)
{
    uint8_t cipher[SM3_LENGTH];
    hmac_sm3(secret, SECRET_LENGTH, "cunxuan field mac", 17, ret_keys->mac_key);
    hmac_sm3(secret, SECRET_LENGTH, "cunxuan field cipher", 20, cipher);
    hmac_sm3(secret, SECRET_LENGTH, "cunxuan identity", 16, ret_keys->identity_key);
    memcpy(ret_keys->cipher_key, cipher, sizeof ret_keys->cipher_key);
}

static void
field_mac(void *mem, const struct field_keys *keys, const char *label, const void *text,
          size_t text_length, uint8_t ret_mac[SM3_LENGTH])
{
    const size_t label_length = strlen(label) + 1;
    const size_t length = label_length + text_length;
    char *message = mem_array(mem, char, length + 1);
    memcpy(message, label, label_length);
    if (text_length)
        memcpy(message + label_length, text, text_length);
    hmac_sm3(keys->mac_key, sizeof keys->mac_key, message, length, ret_mac);
    OPENSSL_cleanse(message, length);
    talloc_free(message);
}

/* CTR: the same operation in both directions. */
static void
sm4_ctr(const uint8_t key[SM4_BLOCK], const uint8_t iv[SM4_BLOCK], const void *in, size_t length,
        uint8_t *out)
{
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
    int written = 0;
    require(cipher && EVP_EncryptInit_ex2(cipher, EVP_sm4_ctr(), key, iv, NULL) == 1 &&
            EVP_EncryptUpdate(cipher, out, &written, in, (int)length) == 1 &&
            (size_t)written == length);
    EVP_CIPHER_CTX_free(cipher);
}

const char *
field_encrypt_bytes(struct ctx *ctx, const struct field_keys *keys, const char *label,
                    const void *text, size_t length)
{
    uint8_t *sealed = mem_array(ctx->mem, uint8_t, SM3_LENGTH + length + 1);
    field_mac(ctx->mem, keys, label, text, length, sealed);
    sm4_ctr(keys->cipher_key, sealed, text, length, sealed + SM3_LENGTH);
    const char *hex = hex_format(ctx, sealed, SM3_LENGTH + length);
    talloc_free(sealed);
    return hex;
}

const char *
field_encrypt(struct ctx *ctx, const struct field_keys *keys, const char *label, const char *text)
{
    return field_encrypt_bytes(ctx, keys, label, text, strlen(text));
}

enum err
field_decrypt_bytes(struct ctx *ctx, const struct field_keys *keys, const char *label,
                    const char *sealed, struct field_bytes *ret_bytes)
{
    const size_t length = strlen(sealed) / 2;
    uint8_t *bytes = mem_array(ctx->mem, uint8_t, length + 1);
    uint8_t mac[SM3_LENGTH] = {0};
    char *text = NULL;
    if (length >= SM3_LENGTH && hex_parse(sealed, bytes, length)) {
        text = mem_array(ctx->mem, char, length - SM3_LENGTH + 1);
        sm4_ctr(keys->cipher_key, bytes, bytes + SM3_LENGTH, length - SM3_LENGTH, (uint8_t *)text);
        field_mac(ctx->mem, keys, label, text, length - SM3_LENGTH, mac);
    }
    if (!text || !bytes_equal(mac, bytes, SM3_LENGTH))
        return FAIL_HINT(ctx, ERR_INVALID, "请使用建库时的密钥文件 cunxuan.key。",
                         "Use the key file cunxuan.key this database was made with.",
                         "加密字段无法解开：内容被改动，或密钥不符",
                         "cannot open an encrypted field: it was changed, or the key is another");
    *ret_bytes = (struct field_bytes){text, length - SM3_LENGTH};
    return ERR_OK;
}

enum err
field_decrypt(struct ctx *ctx, const struct field_keys *keys, const char *label, const char *sealed,
              const char **ret_text)
{
    struct field_bytes bytes;
    TRY(field_decrypt_bytes(ctx, keys, label, sealed, &bytes));
    if (strlen(bytes.text) != bytes.length)
        return FAIL(ctx, ERR_INVALID, "加密字段不是文字", "the encrypted field is no text");
    *ret_text = bytes.text;
    return ERR_OK;
}

const char *
identity_mac(struct ctx *ctx, const struct field_keys *keys, const char *number)
{
    uint8_t mac[SM3_LENGTH];
    hmac_sm3(keys->identity_key, sizeof keys->identity_key, number, strlen(number), mac);
    return hex_format(ctx, mac, sizeof mac);
}
