/* SPDX-License-Identifier: Apache-2.0 */
/* The file as such: tar and manifest (docs/formats.md §8). Every byte has one allowed value. */
#include <stdio.h>
#include <string.h>

#include "verify.h"

enum { BLOCK = 512, NAME = 100 };

static void
octal_put(char *at, size_t digits, uint64_t value)
{
    for (size_t i = digits; i > 0; i--, value >>= 3)
        at[i - 1] = (char)('0' + (value & 7));
}

/* The one header a file of that name and size can have. */
static void
header_make(struct bytes name, uint64_t size, char header[BLOCK])
{
    unsigned sum = 0;
    memset(header, 0, BLOCK);
    memcpy(header, name.at, name.length);
    memcpy(header + 100, "0000600\0000000000\0000000000", 23);
    octal_put(header + 124, 11, size);
    octal_put(header + 136, 11, 0);
    memset(header + 148, ' ', 8);
    header[156] = '0';
    memcpy(header + 257, "ustar\00000", 8);
    for (size_t i = 0; i < BLOCK; i++)
        sum += (unsigned char)header[i];
    octal_put(header + 148, 6, sum);
    header[154] = '\0';
}

static bool
size_read(const char *at, uint64_t *ret_size)
{
    *ret_size = 0;
    for (size_t i = 0; i < 11; i++) {
        if (at[i] < '0' || at[i] > '7')
            return false;
        *ret_size = *ret_size * 8 + (uint64_t)(at[i] - '0');
    }
    return true;
}

static bool
zeros(struct bytes bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        if (bytes.at[i])
            return false;
    }
    return true;
}

/* Reads one file at *at and moves on; false if the bytes are not as they must be. */
static bool
file_read(struct bytes all, size_t *at, struct file *ret_file)
{
    char header[BLOCK];
    uint64_t size;
    const char *from = all.at + *at;
    if (all.length - *at < BLOCK || !size_read(from + 124, &size) ||
        size > all.length - *at - BLOCK)
        return false;
    struct file file = {{from, strnlen(from, NAME)}, {from + BLOCK, (size_t)size}};
    if (file.name.length == 0 || file.name.length == NAME)
        return false;
    header_make(file.name, size, header);
    const size_t pad = (BLOCK - (size_t)size % BLOCK) % BLOCK;
    if (memcmp(header, from, BLOCK) != 0 || all.length - *at - BLOCK - size < pad ||
        !zeros((struct bytes){file.content.at + size, pad}))
        return false;
    *at += BLOCK + (size_t)size + pad;
    *ret_file = file;
    return true;
}

static bool
tar_read(struct bytes all, struct bundle *bundle)
{
    size_t at = 0;
    while (all.length - at > 2 * BLOCK) {
        struct file file;
        if (!file_read(all, &at, &file)) {
            fault("第 %zu 字节起不是本格式的 tar", "no tar of this format from byte %zu on", at);
            return false;
        }
        if ((bundle->count & (bundle->count - 1)) == 0)
            bundle->files = more(bundle->files, bundle->count ? 2 * bundle->count : 1, sizeof file);
        bundle->files[bundle->count++] = file;
    }
    if (all.length - at != 2 * BLOCK || !zeros((struct bytes){all.at + at, 2 * BLOCK})) {
        fault("文件末尾不是两个全零块", "the file does not end in two blocks of zeros");
        return false;
    }
    return true;
}

/* Row `index` of the manifest describes file `index` + 1. */
static void
row_check(const struct json *row, const struct file *file)
{
    if (!json_has_only(row, "hash name size") || !bytes_are(json_text(row, "name"), file->name))
        fault("manifest.json 与文件清单不符：%.*s", "manifest.json does not list %.*s in its place",
              (int)file->name.length, file->name.at);
    else if (json_int(row, "size") != (int64_t)file->content.length ||
             !hash_is(file->content, json_text(row, "hash")))
        fault("%.*s 的长度或杂凑值不符", "%.*s has another size or hash", (int)file->name.length,
              file->name.at);
}

bool
bundle_open(struct bytes bytes, struct bundle *ret_bundle)
{
    static const char *const FIRST[] = {"manifest.json", "ledger.jsonl", "checkpoints.jsonl",
                                        "key.pem", "outcomes.json"};
    struct bundle bundle = {0};
    if (!tar_read(bytes, &bundle))
        return false;
    for (size_t i = 0; i < sizeof FIRST / sizeof FIRST[0]; i++) {
        if (i >= bundle.count || !bytes_say(bundle.files[i].name, FIRST[i])) {
            fault("缺文件或次序不对：%s", "missing or out of place: %s", FIRST[i]);
            return false;
        }
    }
    if (!json_parse(bundle.files[0].content, &bundle.manifest) ||
        !json_has_only(&bundle.manifest, "entries files format head key unit") ||
        !bytes_say(json_text(&bundle.manifest, "format"), "cunxuan-bundle 1")) {
        fault("manifest.json 不合规范", "manifest.json is not as it must be");
        return false;
    }
    const struct json *rows = json_get(&bundle.manifest, "files");
    if (rows->type != JSON_LIST || rows->count != bundle.count - 1) {
        fault("manifest.json 的文件数不符", "manifest.json lists another number of files");
        return false;
    }
    for (size_t i = 0; i < rows->count; i++)
        row_check(&rows->items[i], &bundle.files[i + 1]);
    *ret_bundle = bundle;
    return true;
}

const struct bytes *
bundle_file(const struct bundle *bundle, const char *name)
{
    for (size_t i = 0; i < bundle->count; i++) {
        if (bytes_say(bundle->files[i].name, name))
            return &bundle->files[i].content;
    }
    return NULL;
}
