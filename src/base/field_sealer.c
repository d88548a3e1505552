/* SPDX-License-Identifier: Apache-2.0 */
/* field_encrypt and identity_mac for many texts: HMAC begins each time from a state in which the
 * padded key is hashed already, SM4 keeps its round keys. */
#include <string.h>

#include <openssl/evp.h>

#include "base/crypto.h"
#include "base/sm3_lanes.h"

enum { INNER_PAD = 0x36, OUTER_PAD = 0x5c };

struct hmac_start {
    EVP_MD_CTX *inner;
    EVP_MD_CTX *outer;
    uint8_t inner_block[SM3_BLOCK]; /* the padded key, for the lanes */
    uint8_t outer_block[SM3_BLOCK];
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
    OPENSSL_cleanse(&sealer->mac, sizeof sealer->mac);
    OPENSSL_cleanse(&sealer->identity, sizeof sealer->identity);
    return 0;
}

static EVP_MD_CTX *
start_make(const EVP_MD *algorithm, const uint8_t key[SM3_LENGTH], uint8_t pad,
           uint8_t ret_block[SM3_BLOCK])
{
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    for (size_t i = 0; i < SM3_BLOCK; i++)
        ret_block[i] = (uint8_t)(pad ^ (i < SM3_LENGTH ? key[i] : 0));
    require(digest && EVP_DigestInit_ex2(digest, algorithm, NULL) == 1 &&
            EVP_DigestUpdate(digest, ret_block, SM3_BLOCK) == 1);
    return digest;
}

static void
hmac_start_make(const EVP_MD *algorithm, const uint8_t key[SM3_LENGTH],
                struct hmac_start *ret_start)
{
    ret_start->inner = start_make(algorithm, key, INNER_PAD, ret_start->inner_block);
    ret_start->outer = start_make(algorithm, key, OUTER_PAD, ret_start->outer_block);
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
    hmac_start_make(sealer->algorithm, keys->mac_key, &sealer->mac);
    hmac_start_make(sealer->algorithm, keys->identity_key, &sealer->identity);
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

/* The text behind its MAC, which is the first counter. */
static const char *
text_seal(struct ctx *ctx, struct field_sealer *sealer, const uint8_t mac[SM3_LENGTH],
          const char *text)
{
    const size_t length = strlen(text);
    uint8_t small[256];
    uint8_t *sealed = SM3_LENGTH + length <= sizeof small
                          ? small
                          : mem_array(ctx->mem, uint8_t, SM3_LENGTH + length);
    int written = 0;
    memcpy(sealed, mac, SM3_LENGTH);
    require(EVP_EncryptInit_ex2(sealer->cipher, NULL, NULL, sealed, NULL) == 1 &&
            EVP_EncryptUpdate(sealer->cipher, sealed + SM3_LENGTH, &written, (const uint8_t *)text,
                              (int)length) == 1 &&
            (size_t)written == length);
    return hex_format(ctx, sealed, SM3_LENGTH + length);
}

const char *
field_seal(struct ctx *ctx, struct field_sealer *sealer, const char *label, const char *text)
{
    uint8_t mac[SM3_LENGTH];
    hmac_run(sealer, &sealer->mac, label, strlen(label) + 1, text, mac);
    return text_seal(ctx, sealer, mac, text);
}

const char *
field_seal_identity(struct ctx *ctx, struct field_sealer *sealer, const char *number)
{
    uint8_t mac[SM3_LENGTH];
    hmac_run(sealer, &sealer->identity, "", 0, number, mac);
    return hex_format(ctx, mac, sizeof mac);
}

/* ---- many at once ---- */

enum { LANE_BLOCKS = 2, LANE_ROOM = SM3_BLOCK - 9 /* of padding */ };

static size_t
label_length(const struct field_text *field)
{
    return field->label ? strlen(field->label) + 1 : 0;
}

static bool
fits_lane(const struct field_text *field)
{
    return label_length(field) + strlen(field->text) <= LANE_ROOM;
}

static const struct hmac_start *
start_of(const struct field_sealer *sealer, const struct field_text *field)
{
    return field->label ? &sealer->mac : &sealer->identity;
}

/* HMAC of up to SM3_LANES fields that fit; lanes without a field repeat the first. */
static void
lanes_run(const struct field_sealer *sealer, struct field_text *const *fields, size_t count,
          uint8_t ret_macs[SM3_LANES][SM3_LENGTH])
{
    uint8_t blocks[SM3_LANES][LANE_BLOCKS * SM3_BLOCK];
    uint8_t inner[SM3_LANES][SM3_LENGTH];
    struct sm3_message messages[SM3_LANES];
    for (size_t i = 0; i < SM3_LANES; i++) {
        const struct field_text *field = fields[i < count ? i : 0];
        const size_t label = label_length(field), length = strlen(field->text);
        memcpy(blocks[i], start_of(sealer, field)->inner_block, SM3_BLOCK);
        if (label)
            memcpy(blocks[i] + SM3_BLOCK, field->label, label);
        memcpy(blocks[i] + SM3_BLOCK + label, field->text, length);
        sm3_pad(blocks[i], SM3_BLOCK + label + length);
        messages[i] = (struct sm3_message){blocks[i], LANE_BLOCKS};
    }
    sm3_lanes(messages, inner);
    for (size_t i = 0; i < SM3_LANES; i++) {
        memcpy(blocks[i], start_of(sealer, fields[i < count ? i : 0])->outer_block, SM3_BLOCK);
        memcpy(blocks[i] + SM3_BLOCK, inner[i], SM3_LENGTH);
        sm3_pad(blocks[i], SM3_BLOCK + SM3_LENGTH);
    }
    sm3_lanes(messages, ret_macs);
    OPENSSL_cleanse(blocks, sizeof blocks);
}

static void
lanes_seal(struct ctx *ctx, struct field_sealer *sealer, struct field_text *const *fields,
           size_t count)
{
    uint8_t macs[SM3_LANES][SM3_LENGTH];
    if (count == 0)
        return;
    lanes_run(sealer, fields, count, macs);
    for (size_t i = 0; i < count; i++)
        fields[i]->sealed = fields[i]->label ? text_seal(ctx, sealer, macs[i], fields[i]->text)
                                             : hex_format(ctx, macs[i], SM3_LENGTH);
}

void
field_seal_all(struct ctx *ctx, struct field_sealer *sealer, struct field_text *fields,
               size_t count)
{
    struct field_text *lanes[SM3_LANES];
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        struct field_text *field = &fields[i];
        if (fits_lane(field))
            lanes[filled++] = field;
        else if (field->label)
            field->sealed = field_seal(ctx, sealer, field->label, field->text);
        else
            field->sealed = field_seal_identity(ctx, sealer, field->text);
        if (filled == SM3_LANES) {
            lanes_seal(ctx, sealer, lanes, filled);
            filled = 0;
        }
    }
    lanes_seal(ctx, sealer, lanes, filled);
}
