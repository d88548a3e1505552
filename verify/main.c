/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cunxuan-verify [--lang zh|en] BUNDLE…
 * Exit: 0 every bundle holds, 1 something is wrong, 2 usage, 5 a file cannot be read.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "verify.h"

enum { EXIT_FAULT = 1, EXIT_USAGE = 2, EXIT_FILE = 5 };

static bool english;

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
file_check(const char *path)
{
    struct bytes bytes;
    int status = EXIT_FILE;
    words_begin(stdout, english, path);
    if (file_load(path, &bytes))
        status = bundle_check(bytes) ? EXIT_FAULT : 0;
    memory_give_back();
    return status;
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
        const int one = file_check(argv[i]);
        status = one > status ? one : status;
    }
    return status;
}
