/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/tar.h"

#include <string.h>

enum { BLOCK = 512, NAME_MAX_BYTES = 99, SIZE_DIGITS = 11, CHECKSUM_DIGITS = 6 };

/* The header of POSIX 1003.1 ustar, in its places. */
struct tar_header {
    char name[100];
    char mode[8];
    char uid[8];
    char gid[8];
    char size[12];
    char mtime[12];
    char checksum[8];
    char type;
    char link[100];
    char magic[6];
    char version[2];
    char rest[247];
};
_Static_assert(sizeof(struct tar_header) == BLOCK, "a header is one block");

static const char MAGIC[6] = "ustar";

static void
octal_put(char *field, int digits, uint64_t value)
{
    for (int i = digits - 1; i >= 0; i--) {
        field[i] = (char)('0' + (value & 7));
        value >>= 3;
    }
}

static bool
octal_get(const char *field, int digits, uint64_t *ret_value)
{
    uint64_t value = 0;
    for (int i = 0; i < digits; i++) {
        if (field[i] < '0' || field[i] > '7')
            return false;
        value = value << 3 | (uint64_t)(field[i] - '0');
    }
    *ret_value = value;
    return true;
}

/* Sum of all bytes, the checksum itself counted as blanks. */
static uint64_t
header_sum(const struct tar_header *header)
{
    struct tar_header copy = *header;
    unsigned char bytes[BLOCK];
    uint64_t sum = 0;
    memset(copy.checksum, ' ', sizeof copy.checksum);
    memcpy(bytes, &copy, BLOCK);
    for (size_t i = 0; i < BLOCK; i++)
        sum += bytes[i];
    return sum;
}

static size_t
padding(size_t length)
{
    return (BLOCK - length % BLOCK) % BLOCK;
}

void
tar_add(struct buf *buf, const char *name, const void *bytes, size_t length)
{
    static const char ZEROS[BLOCK];
    struct tar_header header = {.type = '0'};
    ASSERT(strlen(name) <= NAME_MAX_BYTES);
    memcpy(header.name, name, strlen(name));
    memcpy(header.mode, "0000600", 8);
    memcpy(header.uid, "0000000", 8);
    memcpy(header.gid, "0000000", 8);
    memcpy(header.mtime, "00000000000", 12);
    octal_put(header.size, SIZE_DIGITS, length);
    memcpy(header.magic, MAGIC, sizeof MAGIC);
    memcpy(header.version, "00", 2);
    octal_put(header.checksum, CHECKSUM_DIGITS, header_sum(&header));
    header.checksum[7] = ' ';
    buf_add(buf, &header, BLOCK);
    buf_add(buf, bytes, length);
    buf_add(buf, ZEROS, padding(length));
}

void
tar_end(struct buf *buf)
{
    static const char ZEROS[2 * BLOCK];
    buf_add(buf, ZEROS, sizeof ZEROS);
}

const struct tar_member *
tar_find(const struct tar_member *members, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(members[i].name, name) == 0)
            return &members[i];
    }
    return NULL;
}

/* A file being read. */
struct tar {
    const char *what;
    const char *data;
    size_t length;
    size_t at;
    struct tar_member *members;
    size_t count;
};

static enum err
refuse(struct ctx *ctx, const struct tar *tar)
{
    return FAIL_HINT(ctx, ERR_INVALID, "文件可能没有拷完整，请重新拷贝。",
                     "It may have been copied in part: copy it again.",
                     "“%s”不是完好的 tar 文件（第 %zu 字节处）",
                     "\"%s\" is no whole tar file (at byte %zu)", tar->what, tar->at);
}

static bool
is_zero(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i])
            return false;
    }
    return true;
}

static bool
name_is_right(const struct tar_header *header)
{
    return header->name[0] && header->name[0] != '/' && !header->name[NAME_MAX_BYTES] &&
           !strstr(header->name, "..");
}

static bool
header_is_right(const struct tar_header *header, size_t left, size_t *ret_size)
{
    uint64_t size;
    uint64_t sum;
    if (!octal_get(header->checksum, CHECKSUM_DIGITS, &sum) || sum != header_sum(header) ||
        memcmp(header->magic, MAGIC, sizeof MAGIC) != 0 || header->type != '0' ||
        !octal_get(header->size, SIZE_DIGITS, &size) || size > left || !name_is_right(header))
        return false;
    *ret_size = (size_t)size;
    return *ret_size + padding(*ret_size) <= left;
}

static enum err
member_read(struct ctx *ctx, struct tar *tar)
{
    struct tar_header header;
    size_t size;
    memcpy(&header, tar->data + tar->at, BLOCK);
    if (!header_is_right(&header, tar->length - tar->at - BLOCK, &size) ||
        tar_find(tar->members, tar->count, header.name))
        return refuse(ctx, tar);
    tar->members = mem_grow(ctx->mem, tar->members, struct tar_member, tar->count + 1);
    tar->members[tar->count++] = (struct tar_member){
        .name = mem_text(ctx->mem, header.name),
        .bytes = tar->data + tar->at + BLOCK,
        .length = size,
    };
    tar->at += BLOCK + size + padding(size);
    return ERR_OK;
}

enum err
tar_read(struct ctx *ctx, const char *what, const void *data, size_t length,
         struct tar_member **ret_members, size_t *ret_count)
{
    struct tar tar = {.what = what, .data = data, .length = length};
    while (tar.at + BLOCK <= length && !is_zero(tar.data + tar.at, BLOCK))
        TRY(member_read(ctx, &tar));
    if (length - tar.at != 2 * BLOCK || !is_zero(tar.data + tar.at, 2 * BLOCK))
        return refuse(ctx, &tar);
    *ret_members = tar.members;
    *ret_count = tar.count;
    return ERR_OK;
}
