/* SPDX-License-Identifier: Apache-2.0 */
/* field_encrypt and identity_mac for many texts: HMAC begins each time from a state in which the
 * padded key is hashed already, SM4 keeps its round keys. */
#include <string.h>

#include <openssl/evp.h>

#include "base/crypto.h"

enum { SM3_BLOCK_LENGTH = 64, INNER_PAD = 0x36, OUTER_PAD = 0x5c };

struct hmac_start {
    EVP_MD_CTX *inner;
    EVP_MD_CTX *outer;
};

struct field_sealer {
    EVP_MD *algorithm;
    EVP_MD_CTX *digest;
    EVP_CIPHER_CTX *cipher;
    struct hmac_start mac;
    struct hmac_start identity;
};

static void
require(bool done)
{
    if (!done)
        BUG("OpenSSL refuses SM3 or SM4");
}

static int
sealer_release(struct field_sealer *sealer)
{
    EVP_MD_CTX *const digests[] = {sealer->digest, sealer->mac.inner, sealer->mac.outer,
                                   sealer->identity.inner, sealer->identity.outer};
    for (size_t i = 0; i < COUNT_OF(digests); i++)
        EVP_MD_CTX_free(digests[i]);
    EVP_CIPHER_CTX_free(sealer->cipher);
    EVP_MD_free(sealer->algorithm);
    return 0;
}

static EVP_MD_CTX *
start_make(const EVP_MD *algorithm, const uint8_t key[SM3_LENGTH], uint8_t pad)
{
    uint8_t block[SM3_BLOCK_LENGTH];
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    for (size_t i = 0; i < sizeof block; i++)
        block[i] = (uint8_t)(pad ^ (i < SM3_LENGTH ? key[i] : 0));
    require(digest && EVP_DigestInit_ex2(digest, algorithm, NULL) == 1 &&
            EVP_DigestUpdate(digest, block, sizeof block) == 1);
    OPENSSL_cleanse(block, sizeof block);
    return digest;
}

static struct hmac_start
hmac_start_make(const EVP_MD *algorithm, const uint8_t key[SM3_LENGTH])
{
    return (struct hmac_start){start_make(algorithm, key, INNER_PAD),
                               start_make(algorithm, key, OUTER_PAD)};
}

struct field_sealer *
field_sealer_new(void *mem, const struct field_keys *keys)
{
    struct field_sealer *sealer = mem_new(mem, struct field_sealer);
    talloc_set_destructor(sealer, sealer_release);
    sealer->algorithm = EVP_MD_fetch(NULL, "SM3", NULL);
    sealer->digest = EVP_MD_CTX_new();
    sealer->cipher = EVP_CIPHER_CTX_new();
    require(sealer->algorithm && sealer->digest && sealer->cipher);
    sealer->mac = hmac_start_make(sealer->algorithm, keys->mac_key);
    sealer->identity = hmac_start_make(sealer->algorithm, keys->identity_key);
    require(EVP_EncryptInit_ex2(sealer->cipher, EVP_sm4_ctr(), keys->cipher_key, NULL, NULL) == 1);
    return sealer;
}

/* HMAC of label and text, one after the other. */
static void
hmac_run(struct field_sealer *sealer, const struct hmac_start *start, const char *label,
         size_t label_length, const char *text, uint8_t ret_mac[SM3_LENGTH])
{
    uint8_t inner[SM3_LENGTH];
    require(EVP_MD_CTX_copy_ex(sealer->digest, start->inner) == 1 &&
            EVP_DigestUpdate(sealer->digest, label, label_length) == 1 &&
            EVP_DigestUpdate(sealer->digest, text, strlen(text)) == 1 &&
            EVP_DigestFinal_ex(sealer->digest, inner, NULL) == 1 &&
            EVP_MD_CTX_copy_ex(sealer->digest, start->outer) == 1 &&
            EVP_DigestUpdate(sealer->digest, inner, sizeof inner) == 1 &&
            EVP_DigestFinal_ex(sealer->digest, ret_mac, NULL) == 1);
}

const char *
field_seal(struct ctx *ctx, struct field_sealer *sealer, const char *label, const char *text)
{
    const size_t length = strlen(text);
    uint8_t small[256];
    uint8_t *sealed = SM3_LENGTH + length <= sizeof small
                          ? small
                          : mem_array(ctx->mem, uint8_t, SM3_LENGTH + length);
    int written = 0;
    hmac_run(sealer, &sealer->mac, label, strlen(label) + 1, text, sealed);
    require(EVP_EncryptInit_ex2(sealer->cipher, NULL, NULL, sealed, NULL) == 1 &&
            EVP_EncryptUpdate(sealer->cipher, sealed + SM3_LENGTH, &written, (const uint8_t *)text,
                              (int)length) == 1 &&
            (size_t)written == length);
    return hex_format(ctx, sealed, SM3_LENGTH + length);
}

const char *
field_seal_identity(struct ctx *ctx, struct field_sealer *sealer, const char *number)
{
    uint8_t mac[SM3_LENGTH];
    hmac_run(sealer, &sealer->identity, "", 0, number, mac);
    return hex_format(ctx, mac, sizeof mac);
}
