/* SPDX-License-Identifier: Apache-2.0 */
/* The signatures of crypto.h. */
#include <string.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/crypto.h"

/* GM/T 0009-2012: the id of a signer who has none of his own. OpenSSL would take an empty one. */
static const char SIGNER_ID[] = "1234567812345678";

struct sm2_key {
    EVP_PKEY *pair;
};

static void
require(bool done)
{
    if (!done)
        BUG("OpenSSL refuses SM2");
}

static void
bio_freep(BIO **bio)
{
    BIO_free(*bio);
}

static void
digest_freep(EVP_MD_CTX **digest)
{
    EVP_MD_CTX_free(*digest);
}

static void
pkey_context_freep(EVP_PKEY_CTX **context)
{
    EVP_PKEY_CTX_free(*context);
}

static int
key_release(struct sm2_key *key)
{
    EVP_PKEY_free(key->pair);
    return 0;
}

static struct sm2_key *
key_new(void *mem, EVP_PKEY *pair)
{
    struct sm2_key *key = mem_new(mem, struct sm2_key);
    key->pair = pair;
    talloc_set_destructor(key, key_release);
    return key;
}

struct sm2_key *
sm2_key_generate(struct ctx *ctx)
{
    EVP_PKEY *pair = EVP_PKEY_Q_keygen(NULL, NULL, "SM2");
    require(pair);
    return key_new(ctx->mem, pair);
}

/* A key that wants a passphrase is none: nobody is asked. */
static int
passphrase_none(char *text, int size, int writing, void *arg)
{
    (void)text, (void)size, (void)writing, (void)arg;
    return -1;
}

enum err
sm2_key_read(struct ctx *ctx, const char *pem, struct sm2_key **ret_key)
{
    CLEANUP(bio_freep) BIO *bio = BIO_new_mem_buf(pem, -1);
    require(bio);
    EVP_PKEY *pair = strstr(pem, "PRIVATE KEY")
                         ? PEM_read_bio_PrivateKey(bio, NULL, passphrase_none, NULL)
                         : PEM_read_bio_PUBKEY(bio, NULL, passphrase_none, NULL);
    if (!pair || !EVP_PKEY_is_a(pair, "SM2")) {
        EVP_PKEY_free(pair);
        return FAIL(ctx, ERR_INVALID, "不是 SM2 密钥（PEM）", "this is no SM2 key in PEM");
    }
    *ret_key = key_new(ctx->mem, pair);
    return ERR_OK;
}

static const char *
bio_text(struct ctx *ctx, BIO *bio)
{
    char *text = NULL;
    const long length = BIO_get_mem_data(bio, &text);
    return mem_text_n(ctx->mem, text, (size_t)length);
}

const char *
sm2_key_private_pem(struct ctx *ctx, const struct sm2_key *key)
{
    CLEANUP(bio_freep) BIO *bio = BIO_new(BIO_s_mem());
    require(bio && PEM_write_bio_PKCS8PrivateKey(bio, key->pair, NULL, NULL, 0, NULL, NULL) == 1);
    return bio_text(ctx, bio);
}

const char *
sm2_key_public_pem(struct ctx *ctx, const struct sm2_key *key)
{
    CLEANUP(bio_freep) BIO *bio = BIO_new(BIO_s_mem());
    require(bio && PEM_write_bio_PUBKEY(bio, key->pair) == 1);
    return bio_text(ctx, bio);
}

const char *
sm2_key_fingerprint(struct ctx *ctx, const struct sm2_key *key)
{
    unsigned char *der = NULL;
    uint8_t hash[SM3_LENGTH];
    const int length = i2d_PUBKEY(key->pair, &der);
    require(length > 0);
    sm3(der, (size_t)length, hash);
    OPENSSL_free(der);
    return hex_format(ctx, hash, sizeof hash);
}

/* The id must be there before the digest begins: it is hashed first. */
static EVP_PKEY_CTX *
signer_new(const struct sm2_key *key, EVP_MD_CTX *digest)
{
    EVP_PKEY_CTX *signer = EVP_PKEY_CTX_new_from_pkey(NULL, key->pair, NULL);
    require(signer && EVP_PKEY_CTX_set1_id(signer, SIGNER_ID, (int)strlen(SIGNER_ID)) == 1);
    EVP_MD_CTX_set_pkey_ctx(digest, signer);
    return signer;
}

enum err
sm2_sign(struct ctx *ctx, const struct sm2_key *key, const void *bytes, size_t length,
         struct signature *ret_signature)
{
    CLEANUP(digest_freep) EVP_MD_CTX *digest = EVP_MD_CTX_new();
    require(digest);
    CLEANUP(pkey_context_freep) EVP_PKEY_CTX *signer = signer_new(key, digest);
    struct signature signature = {.length = sizeof signature.bytes};
    if (EVP_DigestSignInit(digest, NULL, EVP_sm3(), NULL, key->pair) != 1 ||
        EVP_DigestSign(digest, signature.bytes, &signature.length, bytes, length) != 1)
        return FAIL_HINT(ctx, ERR_INVALID, "在有密钥文件的电脑上办理（cunxuan doctor 查看）",
                         "do it where the key file is (see cunxuan doctor)",
                         "这把密钥不能签名（没有私钥）",
                         "this key cannot sign: it has no private part");
    *ret_signature = signature;
    return ERR_OK;
}

bool
sm2_is_signed(const struct sm2_key *key, const void *bytes, size_t length, const void *signature,
              size_t signature_length)
{
    CLEANUP(digest_freep) EVP_MD_CTX *digest = EVP_MD_CTX_new();
    require(digest);
    CLEANUP(pkey_context_freep) EVP_PKEY_CTX *signer = signer_new(key, digest);
    return EVP_DigestVerifyInit(digest, NULL, EVP_sm3(), NULL, key->pair) == 1 &&
           EVP_DigestVerify(digest, signature, signature_length, bytes, length) == 1;
}
