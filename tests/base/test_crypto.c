/* SPDX-License-Identifier: Apache-2.0 */
#include "base/crypto.h"

#include <string.h>

#include <openssl/evp.h>

#include "base/sm3_lanes.h"
#include "support/support.h"

static const char *
sm3_hex(struct ctx *ctx, const void *bytes, size_t length)
{
    uint8_t hash[SM3_LENGTH];
    sm3(bytes, length, hash);
    return hex_format(ctx, hash, sizeof hash);
}

/* GB/T 32905-2016, appendix A.1 and A.2. */
static const char HASH_ABC[] = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
static const char HASH_ABCD16[] =
    "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732";
static const char ABCD16[] = "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd";

static void
sm3_gives_the_hashes_of_the_standard(void **state)
{
    struct ctx *ctx = *state;

    assert_string_equal(sm3_hex(ctx, "abc", 3), HASH_ABC);
    assert_string_equal(sm3_hex(ctx, ABCD16, 64), HASH_ABCD16);
}

static void
sm3_in_parts_is_sm3_in_one(void **state)
{
    struct ctx *ctx = *state;
    uint8_t hash[SM3_LENGTH];
    struct sm3_state *sm3_state = sm3_new(ctx->mem);

    for (int round = 0; round < 2; round++) {
        sm3_begin(sm3_state);
        sm3_add(sm3_state, "a", 1);
        sm3_add(sm3_state, "bc", 2);
        sm3_end(sm3_state, hash);
        assert_string_equal(hex_format(ctx, hash, sizeof hash), HASH_ABC);
    }
}

static void
sm3_in_lanes_is_sm3_of_every_length(void **state)
{
    struct ctx *ctx = *state;
    enum { LENGTHS = 400 };
    for (size_t begin = 0; begin < LENGTHS; begin += SM3_LANES) {
        struct sm3_message messages[SM3_LANES];
        uint8_t hashes[SM3_LANES][32];
        uint8_t expected[SM3_LANES][32];
        for (size_t lane = 0; lane < SM3_LANES; lane++) {
            /* Lengths far apart in one call, so that lanes end at different blocks. */
            const size_t length = (begin + lane * 57) % LENGTHS;
            const size_t padded = sm3_padded_length(length);
            uint8_t *message = mem_array(ctx->mem, uint8_t, padded);
            for (size_t i = 0; i < length; i++)
                message[i] = (uint8_t)(i * 7 + length);
            sm3(message, length, expected[lane]);
            sm3_pad(message, length);
            messages[lane] = (struct sm3_message){message, padded / SM3_BLOCK};
        }

        sm3_lanes(messages, hashes);

        assert_memory_equal(hashes, expected, sizeof hashes);
    }
}

/* The key and data of RFC 4231 case 2 with SM3; value as Python gives it. */
static void
hmac_sm3_gives_the_known_value(void **state)
{
    struct ctx *ctx = *state;
    uint8_t mac[SM3_LENGTH];
    static const char DATA[] = "what do ya want for nothing?";

    hmac_sm3("Jefe", 4, DATA, strlen(DATA), mac);

    assert_string_equal(hex_format(ctx, mac, sizeof mac),
                        "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
}

/* GB/T 32907-2016, appendix A.1: OpenSSL's SM4 is the SM4 of the standard. */
static void
sm4_gives_the_block_of_the_standard(void **state)
{
    struct ctx *ctx = *state;
    uint8_t key[16];
    uint8_t block[32];
    int length = 0;
    assert_true(hex_parse("0123456789abcdeffedcba9876543210", key, sizeof key));
    EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();

    EVP_EncryptInit_ex2(cipher, EVP_sm4_ecb(), key, NULL, NULL);
    EVP_EncryptUpdate(cipher, block, &length, key, sizeof key);
    EVP_CIPHER_CTX_free(cipher);

    assert_string_equal(hex_format(ctx, block, 16), "681edf34d206965e86b3e94f536e4246");
}

static void
hex_reads_back_and_refuses_the_rest(void **state)
{
    (void)state;
    uint8_t bytes[3];

    assert_true(hex_parse("00fFa0", bytes, 3));
    assert_memory_equal(bytes, "\x00\xff\xa0", 3);
    assert_false(hex_parse("00ffa", bytes, 3));
    assert_false(hex_parse("00ffag", bytes, 3));
    assert_false(hex_parse("00ffa0a0", bytes, 3));
}

/* ---- fields ---- */

static struct field_keys
keys_of(uint8_t first)
{
    struct field_keys keys;
    uint8_t secret[SECRET_LENGTH] = {first};
    field_keys_derive(secret, &keys);
    return keys;
}

static void
an_id_number_comes_back_and_is_not_readable(void **state)
{
    struct ctx *ctx = *state;
    const struct field_keys keys = keys_of(1);
    const char *text = NULL;

    const char *sealed = field_encrypt(ctx, &keys, "id_number", "361099199001011234");

    assert_int_equal(strlen(sealed), 2 * (32 + 18));
    assert_null(strstr(sealed, "3631303939"));
    assert_int_equal(field_decrypt(ctx, &keys, "id_number", sealed, &text), ERR_OK);
    assert_string_equal(text, "361099199001011234");
    assert_string_equal(field_encrypt(ctx, &keys, "id_number", "361099199001011234"), sealed);
}

static void
a_changed_field_does_not_open(void **state)
{
    struct ctx *ctx = *state;
    const struct field_keys keys = keys_of(1);
    char *sealed = mem_text(ctx->mem, field_encrypt(ctx, &keys, "phone", "13900000000"));
    const size_t length = strlen(sealed);
    const char *text = NULL;

    for (size_t i = 0; i < length; i++) {
        const char old = sealed[i];
        sealed[i] = old == '0' ? '1' : '0';
        assert_int_equal(field_decrypt(ctx, &keys, "phone", sealed, &text), ERR_INVALID);
        sealed[i] = old;
    }
    sealed[length - 2] = '\0';
    assert_int_equal(field_decrypt(ctx, &keys, "phone", sealed, &text), ERR_INVALID);
    assert_int_equal(field_decrypt(ctx, &keys, "phone", "", &text), ERR_INVALID);
}

static void
a_field_opens_only_under_its_key_and_label(void **state)
{
    struct ctx *ctx = *state;
    const struct field_keys keys = keys_of(1);
    const struct field_keys others = keys_of(2);
    const char *text = NULL;
    const char *sealed = field_encrypt(ctx, &keys, "phone", "13900000000");

    assert_int_equal(field_decrypt(ctx, &others, "phone", sealed, &text), ERR_INVALID);
    assert_int_equal(field_decrypt(ctx, &keys, "id_number", sealed, &text), ERR_INVALID);
    assert_string_not_equal(identity_mac(ctx, &keys, "1"), identity_mac(ctx, &others, "1"));
    assert_string_equal(identity_mac(ctx, &keys, "1"), identity_mac(ctx, &keys, "1"));
}

/* ---- SM2 ---- */

/* GB/T 32918.5-2017, appendix A.2, recommended curve, id 1234567812345678: its public key and its
 * signature of "message digest", as SubjectPublicKeyInfo and DER. */
static const char STANDARD_KEY[] =
    "3059301306072a8648ce3d020106082a811ccf5501822d03420004"
    "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
static const char STANDARD_SIGNATURE[] =
    "3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";

static struct sm2_key *
standard_key(struct ctx *ctx)
{
    uint8_t der[91];
    char base64[160];
    struct sm2_key *key = NULL;
    assert_true(hex_parse(STANDARD_KEY, der, sizeof der));
    EVP_EncodeBlock((unsigned char *)base64, der, sizeof der);
    const char *pem =
        mem_printf(ctx->mem, "-----BEGIN PUBLIC KEY-----\n%.64s\n%s\n-----END PUBLIC KEY-----\n",
                   base64, base64 + 64);
    assert_int_equal(sm2_key_read(ctx, pem, &key), ERR_OK);
    return key;
}

static void
the_signature_of_the_standard_is_accepted(void **state)
{
    struct ctx *ctx = *state;
    const struct sm2_key *key = standard_key(ctx);
    uint8_t signature[72];
    assert_true(hex_parse(STANDARD_SIGNATURE, signature, sizeof signature));

    assert_true(sm2_is_signed(key, "message digest", 14, signature, sizeof signature));
    assert_false(sm2_is_signed(key, "message digesT", 14, signature, sizeof signature));
    signature[40] ^= 1;
    assert_false(sm2_is_signed(key, "message digest", 14, signature, sizeof signature));
}

static void
a_signature_holds_only_for_its_text_and_key(void **state)
{
    struct ctx *ctx = *state;
    const struct sm2_key *key = sm2_key_generate(ctx);
    const struct sm2_key *other = sm2_key_generate(ctx);
    struct signature signature;
    struct sm2_key *public_key = NULL;

    assert_int_equal(sm2_sign(ctx, key, "公告", 6, &signature), ERR_OK);

    assert_true(sm2_is_signed(key, "公告", 6, signature.bytes, signature.length));
    assert_false(sm2_is_signed(other, "公告", 6, signature.bytes, signature.length));
    assert_false(sm2_is_signed(key, "公告", 5, signature.bytes, signature.length));
    assert_int_equal(sm2_key_read(ctx, sm2_key_public_pem(ctx, key), &public_key), ERR_OK);
    assert_true(sm2_is_signed(public_key, "公告", 6, signature.bytes, signature.length));
    assert_int_equal(sm2_sign(ctx, public_key, "公告", 6, &signature), ERR_INVALID);
}

static void
a_key_survives_its_pem(void **state)
{
    struct ctx *ctx = *state;
    const struct sm2_key *key = sm2_key_generate(ctx);
    struct sm2_key *again = NULL;

    assert_int_equal(sm2_key_read(ctx, sm2_key_private_pem(ctx, key), &again), ERR_OK);

    assert_string_equal(sm2_key_fingerprint(ctx, again), sm2_key_fingerprint(ctx, key));
    assert_int_equal(strlen(sm2_key_fingerprint(ctx, key)), HEX_LENGTH);
    assert_int_equal(sm2_key_read(ctx, "no key", &again), ERR_INVALID);
}

static void
sealer_of_many_gives_what_each_alone_gives(void **state)
{
    struct ctx *ctx = *state;
    const struct field_keys keys = keys_of(3);
    struct field_sealer *sealer = field_sealer_new(ctx->mem, &keys);
    static const char LONGER[] =
        "a longer text, over one block of 64 bytes, and over two of 16 by far";
    static const char *const TEXTS[] = {"", "36109919700101101X", "13812345678",
                                        "36109919700101101X", LONGER};
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        const char *sealed = field_seal(ctx, sealer, "id_number", TEXTS[i]);
        const char *opened = NULL;
        assert_string_equal(sealed, field_encrypt(ctx, &keys, "id_number", TEXTS[i]));
        assert_string_equal(field_seal_identity(ctx, sealer, TEXTS[i]),
                            identity_mac(ctx, &keys, TEXTS[i]));
        assert_int_equal(field_decrypt(ctx, &keys, "id_number", sealed, &opened), ERR_OK);
        assert_string_equal(opened, TEXTS[i]);
    }
}

static void
many_texts_sealed_at_once_are_each_as_alone(void **state)
{
    enum { MANY = 83 };
    struct ctx *ctx = *state;
    const struct field_keys keys = keys_of(5);
    struct field_sealer *sealer = field_sealer_new(ctx->mem, &keys);
    static const char *const LABELS[] = {"id_number", NULL, "phone"};
    struct field_text fields[MANY];
    for (size_t i = 0; i < MANY; i++) {
        char *text = mem_array(ctx->mem, char, i + 1); /* of every length up to two blocks */
        for (size_t k = 0; k < i; k++)
            text[k] = (char)('0' + (i + k) % 10);
        fields[i] = (struct field_text){LABELS[i % COUNT_OF(LABELS)], text, NULL};
    }
    field_seal_all(ctx, sealer, fields, MANY);
    for (size_t i = 0; i < MANY; i++)
        assert_string_equal(fields[i].sealed,
                            fields[i].label
                                ? field_encrypt(ctx, &keys, fields[i].label, fields[i].text)
                                : identity_mac(ctx, &keys, fields[i].text));
    field_seal_all(ctx, sealer, fields, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sm3_gives_the_hashes_of_the_standard),
        TEST(sm3_in_parts_is_sm3_in_one),
        TEST(sm3_in_lanes_is_sm3_of_every_length),
        TEST(hmac_sm3_gives_the_known_value),
        TEST(sm4_gives_the_block_of_the_standard),
        TEST(hex_reads_back_and_refuses_the_rest),
        TEST(an_id_number_comes_back_and_is_not_readable),
        TEST(a_changed_field_does_not_open),
        TEST(a_field_opens_only_under_its_key_and_label),
        TEST(the_signature_of_the_standard_is_accepted),
        TEST(a_signature_holds_only_for_its_text_and_key),
        TEST(a_key_survives_its_pem),
        TEST(sealer_of_many_gives_what_each_alone_gives),
        TEST(many_texts_sealed_at_once_are_each_as_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
