/* SPDX-License-Identifier: Apache-2.0 */
/* SM3 and SM2 by OpenSSL (docs/formats.md §1, §6). */
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

#include "verify.h"

static const char SIGNER[] = "1234567812345678";

struct key {
    EVP_PKEY *pkey;
};

void
hash_two(struct bytes a, struct bytes b, unsigned char ret_hash[HASH])
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    memset(ret_hash, 0, HASH);
    if (!md || !EVP_DigestInit_ex(md, EVP_sm3(), NULL) || !EVP_DigestUpdate(md, a.at, a.length) ||
        !EVP_DigestUpdate(md, b.at, b.length) || !EVP_DigestFinal_ex(md, ret_hash, NULL))
        fault("本机 OpenSSL 没有 SM3", "OpenSSL here has no SM3");
    EVP_MD_CTX_free(md);
}

void
hex_of(const unsigned char *bytes, size_t length, char *ret_text)
{
    static const char DIGITS[] = "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        ret_text[2 * i] = DIGITS[bytes[i] >> 4];
        ret_text[2 * i + 1] = DIGITS[bytes[i] & 15];
    }
    ret_text[2 * length] = '\0';
}

bool
hex_read(struct bytes text, unsigned char *ret_bytes, size_t length)
{
    static const char DIGITS[] = "0123456789abcdef";
    if (text.length != 2 * length)
        return false;
    for (size_t i = 0; i < 2 * length; i++) {
        const char *digit = text.at[i] ? strchr(DIGITS, text.at[i]) : NULL;
        if (!digit)
            return false;
        const unsigned char value = (unsigned char)(digit - DIGITS);
        ret_bytes[i / 2] =
            i & 1 ? (unsigned char)(ret_bytes[i / 2] | value) : (unsigned char)(value << 4);
    }
    return true;
}

bool
hash_is(struct bytes bytes, struct bytes hex)
{
    unsigned char hash[HASH];
    char text[HEX + 1];
    hash_two(bytes, bytes_of(""), hash);
    hex_of(hash, HASH, text);
    return bytes_say(hex, text);
}

/* A key that wants a passphrase is none: nobody is asked. */
static int
passphrase_none(char *text, int size, int writing, void *arg)
{
    (void)text, (void)size, (void)writing, (void)arg;
    return -1;
}

struct key *
key_read(struct bytes pem, char ret_fingerprint[HEX + 1])
{
    enum { PEM_MOST = 4096 };
    BIO *bio = pem.length <= PEM_MOST ? BIO_new_mem_buf(pem.at, (int)pem.length) : NULL;
    EVP_PKEY *pkey = bio ? PEM_read_bio_PUBKEY(bio, NULL, passphrase_none, NULL) : NULL;
    unsigned char *der = NULL;
    unsigned char hash[HASH];
    BIO_free(bio);
    ERR_clear_error();
    const int length = pkey && EVP_PKEY_is_a(pkey, "SM2") ? i2d_PUBKEY(pkey, &der) : 0;
    if (length <= 0) {
        EVP_PKEY_free(pkey);
        return NULL;
    }
    hash_two((struct bytes){(const char *)der, (size_t)length}, bytes_of(""), hash);
    hex_of(hash, HASH, ret_fingerprint);
    OPENSSL_free(der);
    struct key *key = take(1, sizeof *key);
    key->pkey = pkey;
    return key;
}

void
key_free(struct key *key)
{
    if (key)
        EVP_PKEY_free(key->pkey);
}

bool
key_signed(const struct key *key, struct bytes text, struct bytes signature)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    EVP_PKEY_CTX *pctx = EVP_PKEY_CTX_new(key->pkey, NULL);
    bool is = md && pctx && EVP_PKEY_CTX_set1_id(pctx, SIGNER, (int)strlen(SIGNER)) > 0;
    if (is)
        EVP_MD_CTX_set_pkey_ctx(md, pctx);
    is = is && EVP_DigestVerifyInit(md, NULL, EVP_sm3(), NULL, key->pkey) > 0 &&
         EVP_DigestVerify(md, (const unsigned char *)signature.at, signature.length,
                          (const unsigned char *)text.at, text.length) == 1;
    EVP_MD_CTX_free(md);
    EVP_PKEY_CTX_free(pctx);
    ERR_clear_error();
    return is;
}
