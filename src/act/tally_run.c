/* SPDX-License-Identifier: Apache-2.0 */
#include "act/tally_run.h"

#include <string.h>

#include "base/file.h"
#include "exchange/tally_csv.h"

enum { TALLY_FILE_MAX = 2047 << 20 };

/* Both have a heading, and the list of villages is text. */
static enum err
heading_check(struct ctx *ctx, const char *path, const struct file_bytes *file, bool is_text)
{
    if (!file->length || !memchr(file->data, '\n', file->length) ||
        (is_text && strlen(file->data) != file->length))
        return FAIL_HINT(ctx, ERR_INVALID, "第一行应为表头，UTF-8 文字，见 docs/formats.md",
                         "line 1 is the heading; UTF-8 text", "“%s”不是完好的表",
                         "\"%s\" is no whole table", path);
    return ERR_OK;
}

enum err
tally_run(struct ctx *ctx, const char *ballots, const char *villages, const char *out)
{
    CLEANUP(file_unmap) struct file_bytes papers = {0};
    struct file_bytes list;
    struct file_content content = {.mode = 0644};
    const char *text;
    TRY(file_map(ctx, ballots, (struct text){"选票", "ballots"}, TALLY_FILE_MAX, &papers));
    TRY(file_read(ctx, villages, (struct text){"村", "villages"}, TALLY_FILE_MAX, &list));
    TRY(heading_check(ctx, ballots, &papers, false));
    TRY(heading_check(ctx, villages, &list, true));
    const struct tally_input input = {papers.data, papers.length, list.data};
    TRY(tally_csv(ctx, &input, &text, &content.length));
    content.bytes = text;
    return file_write(ctx, out, content);
}
