/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/book_plain.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

enum { DECLARATION_MOST = 200, ENTITY_MOST = 12 };

static const struct entity_row {
    const char *name;
    char character;
} ENTITIES[] = {{"amp;", '&'}, {"lt;", '<'}, {"gt;", '>'}, {"quot;", '"'}, {"apos;", '\''}};

bool
book_plain_is(const char *bytes, size_t length)
{
    char head[DECLARATION_MOST + 1] = {0};
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    memcpy(head, bytes, length < DECLARATION_MOST ? length : DECLARATION_MOST);
    if (head[0] != '<' || memchr(head, '\0', 4 < length ? 4 : length))
        return false;
    if (strncmp(head, "<?xml", 5) != 0)
        return true;
    char *end = strstr(head, "?>");
    if (!end)
        return false;
    *end = '\0';
    const char *encoding = strstr(head, "encoding");
    if (!encoding)
        return true;
    encoding += strlen("encoding");
    encoding += strspn(encoding, " \t\r\n='\"");
    return strncasecmp(encoding, "utf-8", 5) == 0 && !strchr("0123456789-", encoding[5]);
}

static bool
is_space(char character)
{
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/* Most are short or not there: quicker than strspn. */
static char *
spaces_skip(char *at)
{
    while (is_space(*at))
        at++;
    return at;
}

static char *
character_write(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    if (code >= 0x10000)
        *to++ = (char)(0xF0 | code >> 18);
    if (code >= 0x800)
        *to++ = (char)(code >= 0x10000 ? 0x80 | (code >> 12 & 0x3F) : 0xE0 | code >> 12);
    *to++ = (char)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3F) : 0xC0 | code >> 6);
    *to++ = (char)(0x80 | (code & 0x3F));
    return to;
}

static bool
is_xml_character(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' || (code >= ' ' && code < 0xD800) ||
           (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code < 0x110000);
}

static int
digit_value(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    const char lower = (char)(character | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
}

/* "#20013;" or "#x4E2D;" → its character; NULL: none. */
static const char *
number_decode(const char *at, const char *end, uint32_t *ret_code)
{
    uint32_t code = 0;
    const int base = at + 1 < end && at[1] == 'x' ? 16 : 10;
    const char *first = at + (base == 16 ? 2 : 1);
    for (at = first; at < end && *at != ';'; at++) {
        const int digit = digit_value(*at);
        if (digit >= base || code > 0x110000)
            return NULL;
        code = code * (uint32_t)base + (uint32_t)digit;
    }
    if (at == first || at == end || !is_xml_character(code))
        return NULL;
    *ret_code = code;
    return at + 1;
}

/* Behind '&'; gives where it goes on, NULL: no such entity. */
static const char *
entity_decode(const char *at, const char *end, char **to)
{
    if (at < end && *at == '#') {
        uint32_t code;
        at = number_decode(at, end, &code);
        *to = at ? character_write(*to, code) : *to;
        return at;
    }
    for (size_t i = 0; i < COUNT_OF(ENTITIES); i++) {
        const size_t length = strlen(ENTITIES[i].name);
        if ((size_t)(end - at) >= length && memcmp(at, ENTITIES[i].name, length) == 0) {
            *(*to)++ = ENTITIES[i].character;
            return at + length;
        }
    }
    return NULL;
}

/* The slow way, for a text with entities, line ends or what may not be. */
static bool
special_decode(char *text, size_t length, bool attribute, size_t *ret_length)
{
    const char *at = text, *end = text + length;
    char *to = text;
    while (at < end) {
        const char character = *at++;
        if (character == '&') {
            at = entity_decode(at, end, &to);
            if (!at)
                return false;
            continue;
        }
        if ((unsigned char)character < ' ' && !is_space(character))
            return false;
        if (character == '\r' && at < end && *at == '\n')
            at++;
        if (is_space(character) && attribute)
            *to++ = ' ';
        else
            *to++ = (char)(character == '\r' ? '\n' : character);
    }
    *ret_length = (size_t)(to - text);
    return true;
}

/* Characters as they are meant, in place; line ends become \n, in an attribute blanks. False if
 * there is one that may not be. */
static bool
text_decode(char *text, size_t length, bool attribute, size_t *ret_length)
{
    unsigned char all = 0;
    bool special = false;
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        all |= byte;
        special = special || byte == '&' || byte < ' ';
    }
    *ret_length = length;
    if (all >= 0x80 && !utf8_is_valid(text, length))
        return false;
    return !special || special_decode(text, length, attribute, ret_length);
}

/* The '>' that ends a tag, past quoted values; NULL: not in the window. */
static char *
tag_end(char *at, const char *end)
{
    for (char quote = '\0'; at < end; at++) {
        if (quote)
            quote = (char)(*at == quote ? '\0' : quote);
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (*at == '>')
            return at;
    }
    return NULL;
}

static char *
name_end(char *at)
{
    while (*at && !is_space(*at) && *at != '=' && *at != '/' && *at != '<')
        at++;
    return at;
}

/* name="value" … up to the NUL at the end of the tag. False if it is no such list. */
static bool
attributes_read(char *at, const char **attributes)
{
    size_t count = 0;
    for (;;) {
        char *name = spaces_skip(at);
        size_t length;
        if (*name == '\0')
            break;
        char *behind = name_end(name);
        char *sign = spaces_skip(behind);
        if (name == at || behind == name || *sign != '=' || count + 2 > 2 * PLAIN_ATTRIBUTES_MOST)
            return false;
        char *value = spaces_skip(sign + 1);
        char *last = *value == '"' || *value == '\'' ? strchr(value + 1, *value) : NULL;
        if (!last || memchr(value, '<', (size_t)(last - value)) ||
            !text_decode(value + 1, (size_t)(last - value - 1), true, &length))
            return false;
        *behind = '\0';
        value[1 + length] = '\0';
        attributes[count++] = name;
        attributes[count++] = value + 1;
        at = last + 1;
    }
    attributes[count] = NULL;
    return true;
}

static enum plain_step
start_tag(struct book_xml *xml, char *at, char *end)
{
    const char *attributes[2 * PLAIN_ATTRIBUTES_MOST + 1];
    const bool empty = end[-1] == '/' && end - 1 > at;
    *end = '\0';
    end[empty ? -1 : 0] = '\0';
    char *behind = name_end(at);
    if (behind == at || memchr(at, '\0', (size_t)(end - at - empty)) ||
        (xml->depth == 0 && xml->rooted))
        return PLAIN_BROKEN;
    const char first = *behind;
    if (first && !is_space(first))
        return PLAIN_BROKEN;
    if (first == '\0')
        attributes[0] = NULL;
    else if (!attributes_read(behind, attributes))
        return PLAIN_BROKEN;
    *behind = '\0';
    xml->rooted = true;
    book_xml_start(xml, at, attributes);
    if (empty && xml->err == ERR_OK)
        return book_xml_end(xml, at) ? PLAIN_TOKEN : PLAIN_BROKEN;
    return PLAIN_TOKEN;
}

static enum plain_step
end_tag(struct book_xml *xml, char *at, char *end)
{
    *end = '\0';
    char *behind = name_end(at);
    if (*behind && *spaces_skip(behind))
        return PLAIN_BROKEN;
    *behind = '\0';
    return book_xml_end(xml, at) ? PLAIN_TOKEN : PLAIN_BROKEN;
}

static enum plain_step
text_give(struct book_xml *xml, char *text, size_t length)
{
    if (!text_decode(text, length, false, &length))
        return PLAIN_BROKEN;
    if (xml->depth == 0 && strspn(text, " \t\r\n") < length)
        return PLAIN_BROKEN;
    if (xml->handlers->text && length)
        xml->handlers->text(xml->data, text, length);
    return PLAIN_TOKEN;
}

/* A token from `at` to its ending words, which stand behind its first `skip` bytes. */
static char *
token_end(const char *at, const char *end, size_t skip, const char *words)
{
    if ((size_t)(end - at) < skip)
        return NULL;
    char *found = memmem(at + skip, (size_t)(end - at) - skip, words, strlen(words));
    return found ? found + strlen(words) : NULL;
}

static bool
begins(const char *at, const char *end, const char *words)
{
    return (size_t)(end - at) >= strlen(words) && memcmp(at, words, strlen(words)) == 0;
}

/* <![CDATA[…]]>: a text in which nothing is decoded. */
static const char CDATA[] = "<![CDATA[";

static enum plain_step
cdata_give(struct book_xml *xml, const char *from, const char *behind)
{
    const char *text = from + strlen(CDATA);
    const size_t length = (size_t)(behind - text) - strlen("]]>");
    if (xml->depth == 0 || !utf8_is_valid(text, length))
        return PLAIN_BROKEN;
    if (length && xml->handlers->text)
        xml->handlers->text(xml->data, text, length);
    return PLAIN_TOKEN;
}

/* "<!…", "<?…". */
static enum plain_step
special_step(struct book_xml *xml, char **at, char *end)
{
    char *from = *at, *behind;
    const bool cdata = begins(from, end, CDATA);
    if (begins(from, end, "<?"))
        behind = token_end(from, end, 2, "?>");
    else if (begins(from, end, "<!--"))
        behind = token_end(from, end, 4, "-->");
    else if (cdata)
        behind = token_end(from, end, strlen(CDATA), "]]>");
    else if ((size_t)(end - from) < strlen(CDATA))
        return PLAIN_MORE;
    else
        return begins(from, end, "<!DOCTYPE") ? PLAIN_DOCTYPE : PLAIN_BROKEN;
    if (!behind)
        return PLAIN_MORE;
    *at = behind;
    return cdata ? cdata_give(xml, from, behind) : PLAIN_TOKEN;
}

enum plain_step
book_plain_step(struct book_xml *xml, char **at, char *end)
{
    char *from = *at;
    if (*from != '<') {
        char *next = memchr(from, '<', (size_t)(end - from));
        if (!next)
            return PLAIN_MORE;
        *at = next;
        return text_give(xml, from, (size_t)(next - from));
    }
    if (end - from < 2)
        return PLAIN_MORE;
    if (from[1] == '!' || from[1] == '?')
        return special_step(xml, at, end);
    const bool ending = from[1] == '/';
    char *last = ending ? memchr(from, '>', (size_t)(end - from)) : tag_end(from + 1, end);
    if (!last)
        return PLAIN_MORE;
    *at = last + 1;
    return ending ? end_tag(xml, from + 2, last) : start_tag(xml, from + 1, last);
}
