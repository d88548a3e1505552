/* SPDX-License-Identifier: Apache-2.0 */
#include "act/tally_run.h"

#include "base/file.h"
#include "exchange/tally_csv.h"

enum { TALLY_FILE_MAX = 2047 << 20 };

enum err
tally_run(struct ctx *ctx, const char *ballots, const char *villages, const char *out)
{
    CLEANUP(file_unmap) struct file_bytes papers = {0};
    struct file_bytes list;
    struct file_content content = {.mode = 0644};
    const char *text;
    TRY(file_map(ctx, ballots, (struct text){"选票", "ballots"}, TALLY_FILE_MAX, &papers));
    TRY(file_read(ctx, villages, (struct text){"村", "villages"}, TALLY_FILE_MAX, &list));
    const struct tally_input input = {papers.data, papers.length, list.data};
    TRY(tally_csv(ctx, &input, &text, &content.length));
    content.bytes = text;
    return file_write(ctx, out, content);
}
