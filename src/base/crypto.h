/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The Chinese commercial algorithms by OpenSSL 3.0: SM3 hashes (GB/T 32905), HMAC-SM3, SM4
 * (GB/T 32907) for fields, SM2 signatures (GB/T 32918) always with the id 1234567812345678, as
 * GM/T 0009 says; OpenSSL alone would sign with an empty one. Formats: docs/formats.md.
 */
#pragma once

#include "base/ctx.h"

enum { SM3_LENGTH = 32, HEX_LENGTH = 2 * SM3_LENGTH, SECRET_LENGTH = 32 };

/* ---- SM3 ---- */

void sm3(const void *bytes, size_t length, uint8_t ret_hash[SM3_LENGTH]);

/* Incremental, and the fast way for many short messages: sm3_begin again after sm3_end. One object
 * belongs to one thread. */
struct sm3_state;
struct sm3_state *sm3_new(void *mem); /* released with mem */
void sm3_begin(struct sm3_state *state);
void sm3_add(struct sm3_state *state, const void *bytes, size_t length);
void sm3_end(struct sm3_state *state, uint8_t ret_hash[SM3_LENGTH]);

void hmac_sm3(const void *key, size_t key_length, const void *bytes, size_t length,
              uint8_t ret_mac[SM3_LENGTH]);

/* ---- texts and chance ---- */

/* Lower-case hex, in ctx->mem. */
const char *hex_format(struct ctx *ctx, const void *bytes, size_t length);
/* Exactly `length` bytes from 2·length hex digits of either case. */
bool hex_parse(const char *text, void *ret_bytes, size_t length);
void random_bytes(void *ret_bytes, size_t length);
/* Compares without telling by its time where the difference is. */
bool bytes_equal(const void *a, const void *b, size_t length);

/* ---- personal fields (ID numbers, telephone numbers) ---- */

/* The keys of an installation, derived from its master secret (keyfile.h). */
struct field_keys {
    uint8_t mac_key[SM3_LENGTH];      /* k1 */
    uint8_t cipher_key[16];           /* k2 */
    uint8_t identity_key[SM3_LENGTH]; /* k3 */
};
void field_keys_derive(const uint8_t secret[SECRET_LENGTH], struct field_keys *ret_keys);

/* Encrypts a text deterministically: equal texts under one label give equal results. `label` names
 * the field ("id_number", "phone"): a value moved to another field does not open. Hex text of
 * HMAC-SM3(k1, label ‖ 0 ‖ text) followed by the SM4-CTR(k2, iv = its first 16 bytes) text. */
const char *
field_encrypt(struct ctx *ctx, const struct field_keys *keys, const char *label, const char *text);
/* ERR_INVALID if it was changed, or made under another key or label. */
enum err field_decrypt(struct ctx *ctx, const struct field_keys *keys, const char *label,
                       const char *sealed, const char **ret_text) WARN_UNUSED;
/* The same for any bytes, of a file for example; the text ends in NUL, not counted. */
struct field_bytes {
    const char *text;
    size_t length;
};
const char *field_encrypt_bytes(struct ctx *ctx, const struct field_keys *keys, const char *label,
                                const void *text, size_t length);
enum err field_decrypt_bytes(struct ctx *ctx, const struct field_keys *keys, const char *label,
                             const char *sealed, struct field_bytes *ret_bytes) WARN_UNUSED;
/* HMAC-SM3(k3, number) in hex: finds the same person again without storing the number. */
const char *identity_mac(struct ctx *ctx, const struct field_keys *keys, const char *number);

/* Both for many texts, with the same results: the keys are set up once. One sealer belongs to one
 * thread; released with mem. */
struct field_sealer;
struct field_sealer *field_sealer_new(void *mem, const struct field_keys *keys);
const char *
field_seal(struct ctx *ctx, struct field_sealer *sealer, const char *label, const char *text);
const char *field_seal_identity(struct ctx *ctx, struct field_sealer *sealer, const char *number);
/* Fastest: many short texts side by side. Each gets what field_seal gives, or field_seal_identity
 * where label is NULL. */
struct field_text {
    const char *label;
    const char *text;
    const char *sealed; /* the result */
};
void field_seal_all(struct ctx *ctx, struct field_sealer *sealer, struct field_text *fields,
                    size_t count);

/* ---- SM2 ---- */

/* A key pair, or only a public key; released with the context it was made in. */
struct sm2_key;

struct sm2_key *sm2_key_generate(struct ctx *ctx);
/* Reads a private key (PKCS#8) or a public key (SubjectPublicKeyInfo) in PEM. ERR_INVALID. */
enum err sm2_key_read(struct ctx *ctx, const char *pem, struct sm2_key **ret_key) WARN_UNUSED;
const char *sm2_key_private_pem(struct ctx *ctx, const struct sm2_key *key);
const char *sm2_key_public_pem(struct ctx *ctx, const struct sm2_key *key);
/* SM3 of the DER SubjectPublicKeyInfo, in hex. */
const char *sm2_key_fingerprint(struct ctx *ctx, const struct sm2_key *key);

/* A DER signature. */
struct signature {
    uint8_t bytes[80];
    size_t length;
};
enum err sm2_sign(struct ctx *ctx, const struct sm2_key *key, const void *bytes, size_t length,
                  struct signature *ret_signature) WARN_UNUSED;
bool sm2_is_signed(const struct sm2_key *key, const void *bytes, size_t length,
                   const void *signature, size_t signature_length);
