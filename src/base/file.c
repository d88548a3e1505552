/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

static void
fd_close(const int *fd)
{
    const int number = errno; /* the caller's, told after this */
    if (*fd >= 0)
        (void)close(*fd);
    errno = number;
}

/* What errno means for the person, and what helps. */
static const struct {
    int number;
    struct text words;
    struct text cure;
} ERRORS[] = {
    {ENOENT,
     {"没有这个文件或文件夹", "no such file or folder"},
     {"请检查路径是否写对。", "Check the path."}},
    {ENOTDIR,
     {"路径中间有一段不是文件夹", "a part of the path is no folder"},
     {"请检查路径是否写对。", "Check the path: a part of it is no folder."}},
    {ENAMETOOLONG,
     {"文件名太长", "the name is too long"},
     {"请换一个短一些的名字。", "Choose a shorter name."}},
    {EISDIR,
     {"这是文件夹", "it is a folder"},
     {"请写出文件夹里的那个文件。", "Name the file inside it."}},
    {EACCES,
     {"没有权限", "no permission"},
     {"请检查文件和文件夹的权限。", "Check the rights of the file and its folder."}},
    {EPERM,
     {"系统不允许", "the system does not allow it"},
     {"请检查文件和文件夹的权限。", "Check the rights of the file and its folder."}},
    {ENOSPC,
     {"磁盘已满", "the disk is full"},
     {"请腾出空间后再试；原文件没有改动。",
      "Free some space and try again; the old file is unchanged."}},
    {EDQUOT,
     {"磁盘配额已用完", "the disk quota is used up"},
     {"请腾出空间后再试；原文件没有改动。",
      "Free some space and try again; the old file is unchanged."}},
    {EFBIG,
     {"文件超过允许的大小", "the file would be larger than allowed"},
     {"请放宽文件大小的限制后再试；原文件没有改动。",
      "Raise the limit on the size of files; the old file is unchanged."}},
    {EROFS,
     {"磁盘只读", "the disk is read-only"},
     {"请换一个可写的位置。", "Choose a place that can be written to."}},
    {EADDRINUSE,
     {"端口已被别的程序占用", "the port is taken by another program"},
     {"另选一个端口。", "Choose another port."}},
    {EADDRNOTAVAIL,
     {"本机没有这个地址", "this machine has no such address"},
     {"请检查地址。", "Check the address."}},
};

const char *
errno_words(const struct ctx *ctx, int number)
{
    for (size_t i = 0; i < COUNT_OF(ERRORS); i++) {
        if (ERRORS[i].number == number)
            return text_pick(ctx, ERRORS[i].words);
    }
    return g_strerror(number);
}

struct text
errno_cure(int number)
{
    for (size_t i = 0; i < COUNT_OF(ERRORS); i++) {
        if (ERRORS[i].number == number)
            return ERRORS[i].cure;
    }
    return (struct text){"请检查磁盘是否完好。", "Check the health of the disk."};
}

static enum err
refuse_read(struct ctx *ctx, const char *path, struct text what, int number)
{
    const struct text hint = errno_cure(number);
    return FAIL_HINT(ctx, number == ENOENT ? ERR_NOT_FOUND : ERR_IO, hint.zh, hint.en,
                     "读不了%s“%s”：%s", "cannot read the %s \"%s\": %s", text_pick(ctx, what),
                     path, errno_words(ctx, number));
}

static enum err
refuse_write(struct ctx *ctx, const char *path, int number)
{
    const struct text hint = errno_cure(number);
    return FAIL_HINT(ctx, ERR_IO, hint.zh, hint.en, "写不了文件“%s”：%s",
                     "cannot write the file \"%s\": %s", path, errno_words(ctx, number));
}

static enum err
refuse_large(struct ctx *ctx, const char *path, struct text what, size_t maximum)
{
    return FAIL_HINT(ctx, ERR_LIMIT, "请确认选对了文件，或把它分成几份。",
                     "Check that it is the right file, or split it.", "%s“%s”超过 %zu 字节的上限",
                     "the %s \"%s\" is larger than %zu bytes", text_pick(ctx, what), path, maximum);
}

/* Reads to the end, one byte beyond the maximum at most: the size may have grown since stat. */
static ssize_t
read_all(int fd, char *data, size_t size)
{
    size_t length = 0;
    while (length < size) {
        const ssize_t got = read(fd, data + length, size - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        length += (size_t)got;
    }
    return (ssize_t)length;
}

enum err
file_open(struct ctx *ctx, const char *path, struct text what, size_t maximum, int *ret_fd,
          size_t *ret_size)
{
    struct stat status;
    /* A named pipe would hang the open. */
    CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) != 0)
        return refuse_read(ctx, path, what, errno);
    if (S_ISDIR(status.st_mode))
        return FAIL_HINT(ctx, ERR_IO, "请写出文件夹里的那个文件。", "Name the file inside it.",
                         "%s“%s”是文件夹，不是文件", "the %s \"%s\" is a folder, not a file",
                         text_pick(ctx, what), path);
    if (!S_ISREG(status.st_mode))
        return FAIL(ctx, ERR_IO, "%s“%s”不是普通文件", "the %s \"%s\" is not a regular file",
                    text_pick(ctx, what), path);
    if ((uint64_t)status.st_size > maximum)
        return refuse_large(ctx, path, what, maximum);
    *ret_fd = fd;
    *ret_size = (size_t)status.st_size;
    fd = -1;
    return ERR_OK;
}

enum err
file_read(struct ctx *ctx, const char *path, struct text what, size_t maximum,
          struct file_bytes *ret_bytes)
{
    CLEANUP(fd_close) int fd = -1;
    size_t size;
    TRY(file_open(ctx, path, what, maximum, &fd, &size));
    /* Not zeroed: that would touch a large file's memory twice. */
    char *data = mem_grow(ctx->mem, NULL, char, size + 2);
    const ssize_t length = read_all(fd, data, size + 1);
    if (length < 0)
        return refuse_read(ctx, path, what, errno);
    data[length] = '\0';
    *ret_bytes = (struct file_bytes){data, (size_t)length};
    return ERR_OK;
}

enum err
file_map(struct ctx *ctx, const char *path, struct text what, size_t maximum,
         struct file_bytes *ret_bytes)
{
    CLEANUP(fd_close) int fd = -1;
    size_t size;
    TRY(file_open(ctx, path, what, maximum, &fd, &size));
    void *data = NULL;
    if (size)
        data = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (data == MAP_FAILED)
        return refuse_read(ctx, path, what, errno);
    *ret_bytes = (struct file_bytes){data, size};
    return ERR_OK;
}

void
file_unmap(struct file_bytes *bytes)
{
    if (bytes->data)
        munmap(bytes->data, bytes->length);
    *bytes = (struct file_bytes){NULL, 0};
}

static bool
write_all(int fd, const char *bytes, size_t length)
{
    while (length) {
        const ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        length -= (size_t)put;
    }
    return true;
}

static bool
folder_sync(struct ctx *ctx, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder = !slash          ? "."
                         : slash == path ? "/"
                                         : mem_text_n(ctx->mem, path, (size_t)(slash - path));
    CLEANUP(fd_close) const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* Some file systems cannot sync a folder, and say EINVAL. */
    return fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
}

static bool
write_new(const char *path, struct file_content content)
{
    CLEANUP(fd_close)
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)content.mode);
    return fd >= 0 && write_all(fd, content.bytes, content.length) &&
           fchmod(fd, (mode_t)content.mode) == 0 && fsync(fd) == 0;
}

enum err
file_write(struct ctx *ctx, const char *path, struct file_content content)
{
    const char *beside = mem_printf(ctx->mem, "%s.%d.new", path, (int)getpid());
    (void)unlink(beside);
    if (!write_new(beside, content) || rename(beside, path) != 0) {
        const int number = errno;
        (void)unlink(beside);
        return refuse_write(ctx, path, number);
    }
    if (!folder_sync(ctx, path))
        return refuse_write(ctx, path, errno);
    return ERR_OK;
}

enum err
file_draft_begin(struct ctx *ctx, const char *path, unsigned mode, struct file_draft *ret_draft)
{
    const char *beside = mem_printf(ctx->mem, "%s.%d.new", path, (int)getpid());
    (void)unlink(beside);
    if (!write_new(beside, (struct file_content){"", 0, mode}))
        return refuse_write(ctx, path, errno);
    *ret_draft = (struct file_draft){path, beside};
    return ERR_OK;
}

enum err
file_draft_end(struct ctx *ctx, const struct file_draft *draft, bool whole)
{
    CLEANUP(fd_close) const int fd = whole ? open(draft->beside, O_WRONLY | O_CLOEXEC) : -1;
    const bool kept = whole && fd >= 0 && fsync(fd) == 0 && rename(draft->beside, draft->path) == 0;
    const int number = errno;
    if (!kept)
        (void)unlink(draft->beside);
    if (whole && !kept)
        return refuse_write(ctx, draft->path, number);
    if (whole && !folder_sync(ctx, draft->path))
        return refuse_write(ctx, draft->path, errno);
    return ERR_OK;
}

enum err
folder_make(struct ctx *ctx, const char *path)
{
    if (g_mkdir_with_parents(path, 0700) != 0)
        return refuse_write(ctx, path, errno);
    return ERR_OK;
}

bool
file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}
