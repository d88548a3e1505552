/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/book_decode.h"

#include <string.h>

#include "base/intake.h"
#include "base/utf8.h"

/* A piece is read at once; what it leaves over is part of a character or, of GB18030, of a line. */
enum { PIECE = 256 * 1024, RAW_MOST = 2 * PIECE, LOST = 0xFFFD };

enum err
book_decoder_begin(struct ctx *ctx, const struct book *book, struct book_decoder *decoder)
{
    char head[3];
    size_t got;
    char *raw = decoder->raw ? decoder->raw : mem_grow(ctx->mem, NULL, char, RAW_MOST);
    *decoder = (struct book_decoder){.book = book, .raw = raw};
    TRY(book_read_at(ctx, book, 0, sizeof head, head, &got));
    if (got >= 2 && memcmp(head, "\xFF\xFE", 2) == 0)
        decoder->encoding = DECODE_UTF16LE;
    else if (got >= 2 && memcmp(head, "\xFE\xFF", 2) == 0)
        decoder->encoding = DECODE_UTF16BE;
    else if (got == 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
        decoder->encoding = DECODE_UTF8;
    else
        return ERR_OK;
    decoder->marked = true;
    decoder->offset = decoder->encoding == DECODE_UTF8 ? 3 : 2;
    return ERR_OK;
}

const char *
book_decoder_word(const struct book_decoder *decoder)
{
    switch (decoder->encoding) {
    case DECODE_UNKNOWN:
    case DECODE_UTF8:
        break;
    case DECODE_GB18030:
        return "GB18030";
    case DECODE_UTF16LE:
    case DECODE_UTF16BE:
        return "UTF-16";
    }
    return "UTF-8";
}

/* Takes `length` raw bytes away from the front. */
static void
raw_drop(struct book_decoder *decoder, size_t length)
{
    memmove(decoder->raw, decoder->raw + length, decoder->raw_length - length);
    decoder->raw_length -= length;
}

static bool
has_wide(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] & 0x80)
            return true;
    }
    return false;
}

static enum err
utf8_refuse(struct ctx *ctx, const struct book_decoder *decoder, size_t good)
{
    const size_t at = decoder->offset - decoder->raw_length + good + 1;
    return FAIL_HINT(ctx, ERR_INVALID, "文件可能只传来一部分，请重新导出",
                     "the file may be cut off; export it again",
                     "%s 是 UTF-8，但第 %zu 个字节起不合 UTF-8",
                     "%s is UTF-8 but from byte %zu on it is not", decoder->book->source.name, at);
}

/* An intact piece may end inside a character; what follows comes with the next one. */
static bool
is_unfinished(const struct book_decoder *decoder, size_t good)
{
    return decoder->raw_length - good < 4 && !decoder->ended && (decoder->raw[good] & 0xC0) == 0xC0;
}

static enum err
utf8_take(struct ctx *ctx, struct book_decoder *decoder, struct buf *text)
{
    const size_t good = utf8_valid_length(decoder->raw, decoder->raw_length);
    if (good < decoder->raw_length && !is_unfinished(decoder, good))
        return utf8_refuse(ctx, decoder, good);
    buf_add(text, decoder->raw, good);
    raw_drop(decoder, good);
    return ERR_OK;
}

/* Cut behind a line end, which is never part of a longer character. */
static enum err
gb18030_take(struct ctx *ctx, struct book_decoder *decoder, struct buf *text)
{
    void *outer = ctx->mem;
    void *inner = talloc_new(outer);
    struct intake_text decoded = {0};
    const char *last = memrchr(decoder->raw, '\n', decoder->raw_length);
    const size_t length =
        decoder->ended || !last ? decoder->raw_length : (size_t)(last - decoder->raw) + 1;
    if (!decoder->ended && !last && decoder->raw_length < RAW_MOST - PIECE)
        return ERR_OK;
    ctx->mem = inner;
    const size_t before = decoder->offset - decoder->raw_length;
    const char *name = decoder->book->source.name;
    const char *what = before ? text_format(ctx, "%s（从第 %zu 个字节算起）",
                                            "%s (counted from byte %zu)", name, before + 1)
                              : name;
    const enum err err = intake_gb18030(ctx, decoder->raw, length, what, &decoded);
    ctx->mem = outer;
    if (err == ERR_OK)
        buf_add(text, decoded.data, decoded.length);
    else
        talloc_steal(outer, inner); /* the failure's words lie in it */
    if (err == ERR_OK)
        talloc_free(inner);
    raw_drop(decoder, length);
    return err;
}

static void
utf16_add(struct buf *text, uint32_t character)
{
    char bytes[4];
    if (character < 0x80) {
        buf_add_char(text, (char)character);
    } else if (character < 0x800) {
        bytes[0] = (char)(0xC0 | character >> 6);
        bytes[1] = (char)(0x80 | (character & 0x3F));
        buf_add(text, bytes, 2);
    } else if (character < 0x10000) {
        bytes[0] = (char)(0xE0 | character >> 12);
        bytes[1] = (char)(0x80 | (character >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (character & 0x3F));
        buf_add(text, bytes, 3);
    } else {
        bytes[0] = (char)(0xF0 | character >> 18);
        bytes[1] = (char)(0x80 | (character >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (character >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (character & 0x3F));
        buf_add(text, bytes, 4);
    }
}

static uint32_t
utf16_unit(const struct book_decoder *decoder, size_t at)
{
    const uint8_t first = (uint8_t)decoder->raw[at];
    const uint8_t second = (uint8_t)decoder->raw[at + 1];
    return decoder->encoding == DECODE_UTF16LE ? (uint32_t)(second << 8 | first)
                                               : (uint32_t)(first << 8 | second);
}

static bool
is_half(uint32_t unit)
{
    return unit >= 0xD800 && unit < 0xE000;
}

/* Half a pair, NUL, or half a unit at the end, becomes U+FFFD: the row with it is refused later. */
static void
utf16_take(struct book_decoder *decoder, struct buf *text)
{
    size_t at = 0;
    for (size_t step; at + 2 <= decoder->raw_length; at += step) {
        const uint32_t unit = utf16_unit(decoder, at);
        const bool whole = at + 4 <= decoder->raw_length;
        if (is_half(unit) && !whole && !decoder->ended)
            break;
        const uint32_t low = is_half(unit) && whole ? utf16_unit(decoder, at + 2) : 0;
        step = unit < 0xDC00 && is_half(low) && low >= 0xDC00 ? 4 : 2;
        if (step == 4)
            utf16_add(text, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
        else
            utf16_add(text, unit == 0 || is_half(unit) ? LOST : unit);
    }
    raw_drop(decoder, at);
    if (decoder->ended && decoder->raw_length)
        utf16_add(text, LOST);
}

/* UTF-8 where the first piece that is not plain ASCII is; else the offices' old encoding. */
static void
encoding_find(struct book_decoder *decoder)
{
    if (decoder->encoding != DECODE_UNKNOWN || !has_wide(decoder->raw, decoder->raw_length))
        return;
    const size_t good = utf8_valid_length(decoder->raw, decoder->raw_length);
    const bool whole = good == decoder->raw_length || is_unfinished(decoder, good);
    /* Cut off inside its last character, a file is still UTF-8, and is refused as such. */
    const bool cut = decoder->ended && decoder->raw_length - good < 4 &&
                     (decoder->raw[good] & 0xE0) == 0xE0 && has_wide(decoder->raw, good);
    decoder->encoding = whole || cut ? DECODE_UTF8 : DECODE_GB18030;
}

enum err
book_decoder_next(struct ctx *ctx, struct book_decoder *decoder, struct buf *text)
{
    size_t got;
    if (decoder->ended)
        return ERR_OK;
    TRY(book_read_at(ctx, decoder->book, decoder->offset, PIECE, decoder->raw + decoder->raw_length,
                     &got));
    const bool wide = decoder->encoding == DECODE_UTF16LE || decoder->encoding == DECODE_UTF16BE;
    if (!wide && got && memchr(decoder->raw + decoder->raw_length, '\0', got))
        return FAIL(ctx, ERR_INVALID, "%s 不是文本文件（含有零字节）",
                    "%s is no text file (it has zero bytes)", decoder->book->source.name);
    decoder->ended = got < PIECE;
    decoder->offset += got;
    decoder->raw_length += got;
    encoding_find(decoder);
    if (wide) {
        utf16_take(decoder, text);
        return ERR_OK;
    }
    if (decoder->encoding == DECODE_GB18030)
        return gb18030_take(ctx, decoder, text);
    return utf8_take(ctx, decoder, text);
}
