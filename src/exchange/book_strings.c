/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "exchange/book_xlsx.h"

enum { TEXTS_MOST = 256 * 1024 * 1024, COUNT_MOST = 8 * 1000 * 1000 };

struct strings_reading {
    struct book_strings *strings;
    struct book_xml *xml;
    void *mem;
    size_t start; /* of the text being read */
    int phonetic; /* depth inside of rPh */
    bool collecting;
    bool too_many;
};

static int
hex_value(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    const char lower = (char)(character | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The four digits of _xHHHH_, or -1. Halves of pairs and NUL are nobody's character. */
static int
escape_read(const char *text, size_t length)
{
    int value = 0;
    if (length < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        const int digit = hex_value(text[i]);
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value == 0 || (value >= 0xD800 && value < 0xE000) ? -1 : value;
}

size_t
book_text_unescape(char *text, size_t length)
{
    size_t to = 0;
    if (!memchr(text, '_', length))
        return length;
    for (size_t i = 0; i < length;) {
        const int value = text[i] == '_' ? escape_read(text + i, length - i) : -1;
        if (value < 0) {
            text[to++] = text[i++];
            continue;
        }
        if (value >= 0x800)
            text[to++] = (char)(0xE0 | value >> 12);
        if (value >= 0x80)
            text[to++] = (char)(value >= 0x800 ? 0x80 | (value >> 6 & 0x3F) : 0xC0 | value >> 6);
        text[to++] = (char)(value >= 0x80 ? 0x80 | (value & 0x3F) : value);
        i += 7;
    }
    text[to] = '\0';
    return to;
}

static void
on_start(void *data, const char *name, const char **attributes)
{
    struct strings_reading *reading = data;
    (void)attributes;
    if (strcmp(name, "t") == 0)
        reading->collecting = reading->phonetic == 0;
    else if (strcmp(name, "rPh") == 0)
        reading->phonetic++;
}

static void
string_end(struct strings_reading *reading)
{
    struct book_strings *strings = reading->strings;
    struct buf *texts = &strings->texts;
    if (strings->count + 2 > strings->capacity) {
        strings->capacity = strings->capacity ? 2 * strings->capacity : 1024;
        strings->starts = mem_grow(reading->mem, strings->starts, uint32_t, strings->capacity);
    }
    if (!buf_is_over(texts))
        texts->length = reading->start + book_text_unescape(texts->data + reading->start,
                                                            texts->length - reading->start);
    buf_add_char(texts, '\0');
    strings->starts[strings->count++] = (uint32_t)reading->start;
    strings->starts[strings->count] = (uint32_t)texts->length;
    reading->start = texts->length;
    if (buf_is_over(texts) || strings->count >= COUNT_MOST)
        reading->too_many = true;
}

static void
on_end(void *data, const char *name)
{
    struct strings_reading *reading = data;
    if (strcmp(name, "t") == 0)
        reading->collecting = false;
    else if (strcmp(name, "rPh") == 0)
        reading->phonetic--;
    else if (strcmp(name, "si") == 0)
        string_end(reading);
    if (reading->too_many)
        book_xml_fail(reading->xml, FAIL(reading->xml->ctx, ERR_LIMIT, "表格中的文字过多",
                                         "the spreadsheet holds too much text"));
}

static void
on_text(void *data, const char *text, size_t length)
{
    struct strings_reading *reading = data;
    if (reading->collecting)
        buf_add(&reading->strings->texts, text, length);
}

static const struct book_xml_handlers HANDLERS = {on_start, on_end, on_text};

enum err
book_strings_read(struct ctx *ctx, struct book_zip *zip, const char *part, void *mem,
                  struct book_strings *ret_strings)
{
    struct book_strings strings = {0};
    struct strings_reading reading = {.strings = &strings, .mem = mem};
    buf_init(&strings.texts, mem, TEXTS_MOST);
    const enum err err = book_xml_open(ctx, zip, part, &HANDLERS, &reading, &reading.xml);
    if (err != ERR_NOT_FOUND) {
        TRY(err);
        TRY(book_xml_run(ctx, reading.xml));
        book_xml_close(reading.xml);
    }
    *ret_strings = strings;
    return ERR_OK;
}
