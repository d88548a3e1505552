/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cunxuan-verify [--lang zh|en] BUNDLE…
 * Exit: 0 every bundle holds, 1 something is wrong, 2 usage, 5 a file cannot be read.
 */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify.h"

enum { EXIT_FAULT = 1, EXIT_USAGE = 2, EXIT_FILE = 5, FAULTS_SHOWN = 50 };

static bool english;
static size_t faults;
static const char *where = "";

static void
words_print(FILE *out, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

static void
words_print(FILE *out, const char *format, va_list args)
{
    fprintf(out, "%s: ", where);
    vfprintf(out, format, args);
    fputc('\n', out);
}

void
fault(const char *zh, const char *en, ...)
{
    va_list args;
    if (++faults > FAULTS_SHOWN)
        return;
    va_start(args, en);
    words_print(stdout, english ? en : zh, args);
    va_end(args);
}

void
say(const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    words_print(stdout, english ? en : zh, args);
    va_end(args);
}

/* What was taken is linked and given back after each bundle. */
struct block {
    struct block *next;
    max_align_t bytes[];
};
static struct block *blocks;

static void
memory_end(void)
{
    fprintf(stderr, "%s: %s\n", where, english ? "out of memory" : "内存不足");
    exit(EXIT_FILE);
}

void *
take(size_t count, size_t size)
{
    size_t length;
    if (__builtin_mul_overflow(count, size, &length) ||
        __builtin_add_overflow(length, sizeof(struct block), &length))
        memory_end();
    struct block *block = calloc(1, length);
    if (!block)
        memory_end();
    block->next = blocks;
    blocks = block;
    return block->bytes;
}

/* A bigger piece with what was in the old one; callers double it, so copying is cheap. */
void *
more(void *old, size_t count, size_t size)
{
    char *bytes = take(count, size);
    if (old)
        memcpy(bytes, old, (count / 2) * size);
    return bytes;
}

static void
memory_give_back(void)
{
    while (blocks) {
        struct block *next = blocks->next;
        free(blocks);
        blocks = next;
    }
}

struct bytes
bytes_of(const char *text)
{
    return (struct bytes){text, strlen(text)};
}

bool
bytes_are(struct bytes a, struct bytes b)
{
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

bool
bytes_say(struct bytes a, const char *text)
{
    return bytes_are(a, bytes_of(text));
}

static bool
file_read_all(FILE *file, struct bytes *ret_bytes)
{
    long length = -1;
    if (fseek(file, 0, SEEK_END) == 0)
        length = ftell(file);
    if (length < 0 || length == LONG_MAX || fseek(file, 0, SEEK_SET) != 0)
        return false;
    char *bytes = take((size_t)length + 1, 1);
    if (fread(bytes, 1, (size_t)length, file) != (size_t)length)
        return false;
    *ret_bytes = (struct bytes){bytes, (size_t)length};
    return true;
}

static bool
file_load(const char *path, struct bytes *ret_bytes)
{
    FILE *file = fopen(path, "rb");
    const bool read = file && file_read_all(file, ret_bytes);
    if (!read)
        fprintf(stderr, "%s: %s (%s)\n", path, english ? "cannot be read" : "打不开或读不全",
                strerror(errno));
    if (file)
        fclose(file);
    return read;
}

static int
bundle_check(const char *path)
{
    struct bytes bytes;
    struct bundle bundle;
    struct ledger ledger;
    where = path;
    faults = 0;
    if (!file_load(path, &bytes))
        return EXIT_FILE;
    if (bundle_open(bytes, &bundle)) {
        ledger_check(&bundle, &ledger);
        opening_check(&ledger);
        checkpoints_check(&bundle, &ledger);
        blobs_check(&bundle, &ledger);
        outcomes_check(&bundle, &ledger);
        const struct bytes unit = json_text(&bundle.manifest, "unit");
        say("单位 %.*s，记录 %zu 条，附件 %zu 个", "unit %.*s, %zu entries, %zu blobs",
            (int)unit.length, unit.at, ledger.count, bundle.count - 5);
    }
    if (faults)
        say("不符 %zu 处", "%zu faults", faults);
    else
        say("全部核对相符", "everything holds");
    memory_give_back();
    return faults ? EXIT_FAULT : 0;
}

static int
usage(void)
{
    fputs("cunxuan-verify [--lang zh|en] BUNDLE…\n", stderr);
    return EXIT_USAGE;
}

int
main(int argc, char **argv)
{
    int status = 0;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "--lang") == 0) {
        english = strcmp(argv[2], "en") == 0;
        if (!english && strcmp(argv[2], "zh") != 0)
            return usage();
        first = 3;
    }
    if (first >= argc || argv[first][0] == '-')
        return usage();
    for (int i = first; i < argc; i++) {
        const int one = bundle_check(argv[i]);
        status = one > status ? one : status;
    }
    return status;
}
