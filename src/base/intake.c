/* SPDX-License-Identifier: Apache-2.0 */
#include "base/intake.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include <glib.h>

#include "base/buf.h"

/* The next and the previous character of valid text. */
static const char *
next(const char *at)
{
    return at + g_utf8_skip[(unsigned char)*at];
}

static const char *
previous(const char *at)
{
    do
        at--;
    while (((unsigned char)*at & 0xc0) == 0x80);
    return at;
}

/* Marks that turn or hide text: a name must read as it is stored. */
static bool
is_hidden(gunichar character)
{
    return (character >= 0x200b && character <= 0x200f) ||
           (character >= 0x202a && character <= 0x202e) ||
           (character >= 0x2060 && character <= 0x206f) || character == 0xfeff ||
           character == 0x2028 || character == 0x2029;
}

static bool
is_blank(gunichar character)
{
    return g_unichar_isspace(character) || character == 0xfeff;
}

static enum err
characters_check(struct ctx *ctx, const char *text, const char *what, bool has_lines)
{
    size_t position = 1;
    for (const char *at = text; *at; at = next(at), position++) {
        const gunichar character = g_utf8_get_char(at);
        if (has_lines && (character == '\n' || character == '\t'))
            continue;
        if (character < 0x20 || (character >= 0x7f && character < 0xa0) || is_hidden(character))
            return FAIL(ctx, ERR_INVALID, "%s：第 %zu 个字符是控制字符 U+%04X",
                        "%s: character %zu is the control character U+%04X", what, position,
                        character);
    }
    return ERR_OK;
}

static const char *
trimmed(struct ctx *ctx, const char *text)
{
    while (*text && is_blank(g_utf8_get_char(text)))
        text = next(text);
    const char *end = text + strlen(text);
    while (end > text) {
        const char *last = previous(end);
        if (!is_blank(g_utf8_get_char(last)))
            break;
        end = last;
    }
    return mem_text_n(ctx->mem, text, (size_t)(end - text));
}

static void
carriage_returns_drop(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (from[0] != '\r' || from[1] != '\n')
            *to++ = *from;
    }
    *to = '\0';
}

static void
glib_freep(char **block)
{
    g_free(*block);
}

struct wanted {
    const char *what;
    bool has_lines;
};

static enum err
normalise(struct ctx *ctx, const char *text, size_t length, struct wanted wanted,
          const char **ret_text)
{
    const char *end = NULL;
    if (!g_utf8_validate_len(text, length, &end))
        return FAIL_HINT(ctx, ERR_INVALID, "请把文件另存为 UTF-8 或 GB18030。",
                         "Save the file as UTF-8 or GB18030.", "%s：第 %zu 个字节起不是 UTF-8 文字",
                         "%s: from byte %zu on this is no UTF-8", wanted.what,
                         (size_t)(end - text) + 1);
    CLEANUP(glib_freep)
    char *composed = g_utf8_normalize(text, (gssize)length, G_NORMALIZE_DEFAULT_COMPOSE);
    if (wanted.has_lines)
        carriage_returns_drop(composed);
    const char *result = trimmed(ctx, composed);
    TRY(characters_check(ctx, result, wanted.what, wanted.has_lines));
    *ret_text = result;
    return ERR_OK;
}

enum err
intake_line(struct ctx *ctx, const char *text, size_t length, const char *what,
            const char **ret_text)
{
    return normalise(ctx, text, length, (struct wanted){what, false}, ret_text);
}

enum err
intake_lines(struct ctx *ctx, const char *text, size_t length, const char *what,
             const char **ret_text)
{
    return normalise(ctx, text, length, (struct wanted){what, true}, ret_text);
}

/* ---- GB18030 ---- */

/* The eight characters that the 2005 and the 2022 edition place the other way round, in both of
 * their codes. In both they are meant as the characters U+9FB4 … U+9FBB. */
struct moved {
    const char *two;  /* 2022, and glibc */
    const char *four; /* 2005, and Python */
    const char *utf8;
};

static const struct moved MOVED[] = {
    {"\xfe\x59", "\x82\x35\x90\x37", "龴"}, {"\xfe\x61", "\x82\x35\x90\x38", "龵"},
    {"\xfe\x66", "\x82\x35\x90\x39", "龶"}, {"\xfe\x67", "\x82\x35\x91\x30", "龷"},
    {"\xfe\x6d", "\x82\x35\x91\x31", "龸"}, {"\xfe\x7e", "\x82\x35\x91\x32", "龹"},
    {"\xfe\x90", "\x82\x35\x91\x33", "龺"}, {"\xfe\xa0", "\x82\x35\x91\x34", "龻"},
};

/* Bytes of the character at `bytes`: 1, 2 or 4. */
static size_t
character_length(const char *bytes, size_t left)
{
    const unsigned char first = (unsigned char)bytes[0];
    if (first < 0x81 || left < 2)
        return 1;
    const bool is_four = bytes[1] >= '0' && bytes[1] <= '9';
    return is_four && left >= 4 ? 4 : 2;
}

static const char *
moved_find(const char *bytes, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(MOVED); i++) {
        if ((length == 2 && memcmp(bytes, MOVED[i].two, 2) == 0) ||
            (length == 4 && memcmp(bytes, MOVED[i].four, 4) == 0))
            return MOVED[i].utf8;
    }
    return NULL;
}

static void
iconv_freep(iconv_t *converter)
{
    if (*converter != (iconv_t)-1)
        iconv_close(*converter);
}

/* Converts a run without moved characters. Returns how many bytes were good. */
static size_t
run_decode(iconv_t converter, const char *bytes, size_t length, struct buf *out)
{
    char chunk[4096];
    char *in = (char *)(uintptr_t)bytes;
    size_t left = length;
    while (left) {
        char *to = chunk;
        size_t room = sizeof chunk;
        const size_t done = iconv(converter, &in, &left, &to, &room);
        buf_add(out, chunk, sizeof chunk - room);
        if (done == (size_t)-1 && errno != E2BIG)
            break;
    }
    return length - left;
}

enum err
intake_gb18030(struct ctx *ctx, const char *bytes, size_t length, const char *what,
               struct intake_text *ret_text)
{
    struct buf out;
    CLEANUP(iconv_freep) iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1)
        return FAIL(ctx, ERR_IO, "本机没有 GB18030 转换表", "this machine cannot convert GB18030");
    buf_init(&out, ctx->mem, length * 2 + 64);
    size_t begin = 0;
    for (size_t at = 0; at <= length;) {
        const size_t step = at < length ? character_length(bytes + at, length - at) : 1;
        const char *moved = at < length ? moved_find(bytes + at, step) : NULL;
        if (moved || at == length) {
            const size_t good = run_decode(converter, bytes + begin, at - begin, &out);
            if (good != at - begin)
                return FAIL(ctx, ERR_INVALID, "%s：第 %zu 个字节起不是 GB18030 文字",
                            "%s: from byte %zu on this is no GB18030", what, begin + good + 1);
            buf_add_text(&out, moved ? moved : "");
            begin = at + step;
        }
        at += step;
    }
    ASSERT(!buf_is_over(&out));
    *ret_text = (struct intake_text){out.data, out.length};
    return ERR_OK;
}
