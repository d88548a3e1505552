/* SPDX-License-Identifier: Apache-2.0 */
#include "act/law_run.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "exchange/law_case.h"

static void
file_closep(FILE **file)
{
    if (*file && *file != stdin)
        (void)fclose(*file);
    *file = NULL;
}

static enum err
run_file(struct ctx *ctx, const char *name, const struct law_options *options, FILE *out,
         struct law_counts *counts)
{
    FILE *file CLEANUP(file_closep) = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
    if (!file) {
        const int number = errno;
        const struct text hint = errno_cure(number);
        return FAIL_HINT(ctx, number == ENOENT ? ERR_NOT_FOUND : ERR_IO, hint.zh, hint.en,
                         "打不开文件“%s”：%s", "could not open file \"%s\": %s", name,
                         errno_words(ctx, number));
    }
    struct stat status;
    if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode))
        return FAIL(ctx, ERR_IO, "“%s”是文件夹，不是文件", "\"%s\" is a folder, not a file", name);
    return law_answer_stream(ctx, file, options, out, counts);
}

enum err
law_run(struct ctx *ctx, const char *const *files, size_t count,
        const struct law_run_options *options, FILE *out, struct law_run_counts *ret_counts)
{
    static const char *const STANDARD_INPUT[] = {"-"};
    const struct law_options law = {.quiet = options->quiet};
    struct law_counts counts = {0};
    const char *const *names = count ? files : STANDARD_INPUT;
    for (size_t i = 0; i < (count ? count : 1); i++)
        TRY(run_file(ctx, names[i], &law, out, &counts));
    if (fflush(out) != 0)
        return FAIL(ctx, ERR_IO, "写不出结果：%s", "could not write: %s", errno_words(ctx, errno));
    *ret_counts = (struct law_run_counts){counts.passed, counts.failed};
    return ERR_OK;
}
