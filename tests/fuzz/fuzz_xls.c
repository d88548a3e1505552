/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a spreadsheet file, XLS above all: refused with words, or read to the end. */
#include "exchange/book.h"

#include <stddef.h>
#include <stdint.h>

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
const char *__lsan_default_suppressions(void);
const char *__asan_default_suppressions(void);

/* freexl_open 1.0.6 loses 576 bytes of its own on some files it refuses. */
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfreexl";
}

/* It also hands a length of the file to iconv unchecked and reads past its own buffer
 * (SECURITY.md): known, so that the target goes on to look for faults of ours. */
const char *
__asan_default_suppressions(void)
{
    return "interceptor_via_lib:libfreexl";
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);
    const struct book_source source = {"fuzz", NULL, (const char *)bytes, length};
    struct book *book;
    struct book_row row;
    bool more = true;
    enum err err = book_open(ctx, &source, &book);
    if (err == ERR_OK)
        err = book_begin(ctx, book, 0);
    while (err == ERR_OK && more) {
        err = book_next(ctx, book, &row, &more);
        for (size_t i = 0; err == ERR_OK && more && i < row.count; i++)
            ASSERT(utf8_is_valid(row.cells[i].text, row.cells[i].length));
    }
    ASSERT(err == ERR_OK || (ctx->failure.message && ctx->failure.message[0]));
    return 0;
}
