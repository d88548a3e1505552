/* SPDX-License-Identifier: Apache-2.0 */
/* The file, in text: line 1 the format, line 2 the secret in hex, then the private key in PEM. */
#include "base/keyfile.h"

#include <string.h>
#include <sys/stat.h>

#include <openssl/crypto.h>

#include "base/file.h"

enum { KEYFILE_MAX = 4096 };

static const char FIRST_LINE[] = "cunxuan-key 1\n";
static const char SECRET_WORD[] = "secret ";

enum err
keyfile_write(struct ctx *ctx, const char *path, const uint8_t secret[SECRET_LENGTH],
              const struct sm2_key *pair)
{
    if (file_exists(path))
        return FAIL_HINT(ctx, ERR_IO, "旧密钥一旦被盖掉，身份证号就再也解不开。",
                         "Without the old key no ID number could be read again.",
                         "密钥文件“%s”已经存在，不会覆盖",
                         "the key file \"%s\" exists and is not replaced", path);
    char *text = mem_printf(ctx->mem, "%s%s%s\n%s", FIRST_LINE, SECRET_WORD,
                            hex_format(ctx, secret, SECRET_LENGTH), sm2_key_private_pem(ctx, pair));
    const struct file_content content = {.bytes = text, .length = strlen(text), .mode = 0600};
    const enum err err = file_write(ctx, path, content);
    OPENSSL_cleanse(text, content.length);
    return err;
}

enum err
keyfile_create(struct ctx *ctx, const char *path)
{
    uint8_t secret[SECRET_LENGTH];
    random_bytes(secret, sizeof secret);
    const enum err err = keyfile_write(ctx, path, secret, sm2_key_generate(ctx));
    OPENSSL_cleanse(secret, sizeof secret);
    return err;
}

static enum err
rights_check(struct ctx *ctx, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_mode & 077)
        return FAIL_HINT(ctx, ERR_FORBIDDEN, "请执行 chmod 600 后再试。",
                         "Run chmod 600 on it and try again.",
                         "密钥文件“%s”的权限是 %04o，别人也能读，不予使用",
                         "the key file \"%s\" has mode %04o: others can read it", path,
                         (unsigned)status.st_mode & 07777);
    return ERR_OK;
}

static enum err
refuse_content(struct ctx *ctx, const char *path)
{
    return FAIL_HINT(ctx, ERR_INVALID, "请从备份恢复密钥文件。", "Restore it from a backup.",
                     "“%s”不是完好的密钥文件", "\"%s\" is no whole key file", path);
}

enum err
keyfile_open(struct ctx *ctx, const char *path, struct keyfile **ret_keyfile)
{
    static const struct text WHAT = {"密钥文件", "key file"};
    const size_t head = strlen(FIRST_LINE) + strlen(SECRET_WORD);
    struct file_bytes file;
    struct sm2_key *pair = NULL;
    uint8_t secret[SECRET_LENGTH];
    TRY(rights_check(ctx, path));
    TRY(file_read(ctx, path, WHAT, KEYFILE_MAX, &file));
    if (file.length < head + HEX_LENGTH + 1 ||
        strncmp(file.data, FIRST_LINE, strlen(FIRST_LINE)) != 0 ||
        strncmp(file.data + strlen(FIRST_LINE), SECRET_WORD, strlen(SECRET_WORD)) != 0 ||
        !hex_parse(mem_text_n(ctx->mem, file.data + head, HEX_LENGTH), secret, sizeof secret))
        return refuse_content(ctx, path);
    if (sm2_key_read(ctx, file.data + head + HEX_LENGTH + 1, &pair) != ERR_OK) {
        failure_clear(ctx);
        return refuse_content(ctx, path);
    }
    struct keyfile *keyfile = mem_new(ctx->mem, struct keyfile);
    memcpy(keyfile->secret, secret, sizeof secret);
    field_keys_derive(secret, &keyfile->fields);
    keyfile->pair = pair;
    keyfile->fingerprint = sm2_key_fingerprint(ctx, pair);
    keyfile->public_pem = sm2_key_public_pem(ctx, pair);
    OPENSSL_cleanse(secret, sizeof secret);
    *ret_keyfile = keyfile;
    return ERR_OK;
}
