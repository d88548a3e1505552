/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a bundle for the independent verifier. An input is a bundle as it is, or the four
 * files after the manifest, parted by lines "%%": tar and manifest are then made to fit, so that
 * what is changed reaches the ledger and the count. */
#include <stdlib.h>
#include <string.h>

#include "verify.h"

enum { BLOCK = 512, PARTS = 4, MANIFEST_MOST = 1024 };

struct tar {
    char *bytes;
    size_t length;
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
file_add(struct tar *tar, const char *name, struct bytes content)
{
    char *header = tar->bytes + tar->length;
    unsigned sum = 0;
    memcpy(header, name, strlen(name));
    memcpy(header + 100, "0000600\0000000000\0000000000", 23);
    snprintf(header + 124, 12, "%011zo", content.length);
    snprintf(header + 136, 12, "%011o", 0U);
    memset(header + 148, ' ', 8);
    header[156] = '0';
    memcpy(header + 257, "ustar\00000", 8);
    for (size_t i = 0; i < BLOCK; i++)
        sum += (unsigned char)header[i];
    snprintf(header + 148, 7, "%06o", sum);
    memcpy(header + BLOCK, content.at, content.length);
    tar->length += BLOCK + (content.length + BLOCK - 1) / BLOCK * BLOCK;
}

static struct bytes
part_take(struct bytes *rest)
{
    const char *end = memmem(rest->at, rest->length, "%%\n", 3);
    const size_t length = end ? (size_t)(end - rest->at) : rest->length;
    const struct bytes part = {rest->at, length};
    rest->at += end ? length + 3 : length;
    rest->length -= end ? length + 3 : length;
    return part;
}

static struct bytes
tar_make(struct bytes rest, struct tar *tar)
{
    static const char *const NAMES[PARTS] = {"ledger.jsonl", "checkpoints.jsonl", "key.pem",
                                             "outcomes.json"};
    char manifest[MANIFEST_MOST];
    char fingerprint[HEX + 1] = "";
    struct bytes parts[PARTS];
    const size_t total = rest.length;
    static const char MANIFEST[] =
        "{\"entries\":1,\"files\":[{\"hash\":\"\",\"name\":\"ledger.jsonl\",\"size\":0},"
        "{\"hash\":\"\",\"name\":\"checkpoints.jsonl\",\"size\":0},"
        "{\"hash\":\"\",\"name\":\"key.pem\",\"size\":0},"
        "{\"hash\":\"\",\"name\":\"outcomes.json\",\"size\":0}],"
        "\"format\":\"cunxuan-bundle 1\",\"head\":\"\",\"key\":\"%s\",\"unit\":\"361023103200\"}";
    for (size_t i = 0; i < PARTS; i++)
        parts[i] = part_take(&rest);
    key_free(key_read(parts[2], fingerprint)); /* so that signatures are looked at */
    snprintf(manifest, sizeof manifest, MANIFEST, fingerprint);
    tar->bytes = calloc(1, total + (PARTS + 1) * 2 * BLOCK + MANIFEST_MOST + 2 * BLOCK);
    file_add(tar, "manifest.json", bytes_of(manifest));
    for (size_t i = 0; i < PARTS; i++)
        file_add(tar, NAMES[i], parts[i]);
    return (struct bytes){tar->bytes, tar->length + 2 * BLOCK};
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char RAW[] = "manifest.json";
    struct tar tar = {NULL, 0};
    struct bytes input = {(const char *)bytes, length};
    words_begin(NULL, false, "fuzz");
    if (length < sizeof RAW || memcmp(bytes, RAW, sizeof RAW) != 0)
        input = tar_make(input, &tar);
    const size_t faults = bundle_check(input);
    memory_give_back();
    free(tar.bytes);
    /* Made-up manifests never hold. */
    if (tar.bytes && faults == 0)
        abort();
    return 0;
}
