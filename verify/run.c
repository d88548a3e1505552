/* SPDX-License-Identifier: Apache-2.0 */
/* One bundle from its bytes to its faults; words and memory. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "verify.h"

enum { FAULTS_SHOWN = 50, MEMORY_LACKS = 5 };

static FILE *out;
static bool english;
static size_t faults;
static const char *where = "";

static void words_print(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

static void
words_print(const char *format, va_list args)
{
    if (!out)
        return;
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
    words_print(english ? en : zh, args);
    va_end(args);
}

void
say(const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    words_print(english ? en : zh, args);
    va_end(args);
}

/* What was taken is linked and given back after each bundle. */
struct block {
    struct block *next;
    max_align_t bytes[];
};
static struct block *blocks;

static void memory_end(void) __attribute__((noreturn));

static void
memory_end(void)
{
    fprintf(stderr, "%s: %s\n", where, english ? "out of memory" : "内存不足");
    exit(MEMORY_LACKS);
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

void
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

void
words_begin(FILE *to, bool in_english, const char *name)
{
    out = to;
    english = in_english;
    where = name;
    faults = 0;
}

size_t
bundle_check(struct bytes bytes)
{
    struct bundle bundle;
    struct ledger ledger;
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
    return faults;
}
