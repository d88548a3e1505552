/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/canonical.h"

#include <string.h>

enum { DEPTH_MAX = 64 };

struct scan {
    const unsigned char *at;
    const unsigned char *end;
    int depth;
};

static bool scan_value(struct scan *scan);

static bool
scan_byte(struct scan *scan, char byte)
{
    if (scan->at == scan->end || *scan->at != (unsigned char)byte)
        return false;
    scan->at++;
    return true;
}

static bool
scan_literal(struct scan *scan, const char *literal, size_t length)
{
    if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, literal, length) != 0)
        return false;
    scan->at += length;
    return true;
}

#define LITERAL(scan, text) scan_literal((scan), (text), sizeof(text) - 1)

/* Well-formed characters of several bytes (Unicode, table 3-7): the first byte, how many bytes, the
 * second byte; those after it are 80 … BF. Chinese first. */
struct wide {
    unsigned char first_least, first_most;
    unsigned char length;
    unsigned char second_least, second_most;
};

static const struct wide WIDE[] = {
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xee, 0xef, 3, 0x80, 0xbf}, {0xc2, 0xdf, 2, 0x80, 0xbf},
    {0xe0, 0xe0, 3, 0xa0, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xf0, 0xf0, 4, 0x90, 0xbf},
    {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static const struct wide *
wide_find(unsigned char first)
{
    for (size_t i = 0; i < sizeof WIDE / sizeof WIDE[0]; i++) {
        if (first >= WIDE[i].first_least && first <= WIDE[i].first_most)
            return &WIDE[i];
    }
    return NULL;
}

static bool
scan_wide(struct scan *scan)
{
    const unsigned char *at = scan->at;
    const struct wide *wide = wide_find(at[0]);
    if (!wide || scan->end - at < wide->length || at[1] < wide->second_least ||
        at[1] > wide->second_most)
        return false;
    for (int i = 2; i < wide->length; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return false;
    }
    scan->at += wide->length;
    return true;
}

/* The value of an upper-case hex digit, or 99. */
static unsigned
hex_value(unsigned char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10u : 99;
}

/* \u00XX, only for the control characters that have no letter. */
static bool
scan_control(struct scan *scan)
{
    const unsigned char *at = scan->at;
    if (scan->end - at < 6 || memcmp(at, "\\u00", 4) != 0 || at[4] > '1')
        return false;
    const unsigned value = hex_value(at[4]) * 16 + hex_value(at[5]);
    scan->at += 6;
    return value > 0 && value < 0x20 && !strchr("\b\t\n\f\r", (int)value);
}

static bool
scan_escape(struct scan *scan)
{
    if (scan->end - scan->at < 2)
        return false;
    if (scan->at[1] == 'u')
        return scan_control(scan);
    const bool is_letter = memchr("\"\\bfnrt", scan->at[1], 7) != NULL;
    scan->at += 2;
    return is_letter;
}

static bool
scan_text(struct scan *scan, struct span *ret_text)
{
    if (!scan_byte(scan, '"'))
        return false;
    const unsigned char *begin = scan->at;
    while (scan->at < scan->end && *scan->at != '"') {
        const unsigned char byte = *scan->at;
        bool good = byte >= 0x20;
        if (byte == '\\')
            good = scan_escape(scan);
        else if (byte >= 0x80)
            good = scan_wide(scan);
        else
            scan->at++;
        if (!good)
            return false;
    }
    *ret_text = (struct span){(const char *)begin, (size_t)(scan->at - begin)};
    return scan_byte(scan, '"');
}

static bool
scan_integer(struct scan *scan, int64_t *ret_value)
{
    const bool negative = scan_byte(scan, '-');
    const unsigned char *begin = scan->at;
    int64_t value = 0;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') {
        if (__builtin_mul_overflow(value, (int64_t)10, &value) ||
            __builtin_sub_overflow(value, (int64_t)(*scan->at - '0'), &value))
            return false;
        scan->at++;
    }
    const bool is_zero = scan->at - begin == 1 && *begin == '0';
    if (scan->at == begin || (*begin == '0' && (!is_zero || negative)) ||
        (!negative && value == INT64_MIN))
        return false;
    *ret_value = negative ? value : -value;
    return true;
}

/* Steps over one meant byte of a text as written. Its escapes mean single bytes. */
static unsigned char
meant_byte(const char **at)
{
    static const char LETTERS[] = "bfnrt";
    static const char MEANT[] = "\b\f\n\r\t";
    const unsigned char first = (unsigned char)*(*at)++;
    if (first != '\\')
        return first;
    const char letter = *(*at)++;
    if (letter == 'u') {
        *at += 4;
        return (unsigned char)(hex_value((unsigned char)(*at)[-2]) * 16 +
                               hex_value((unsigned char)(*at)[-1]));
    }
    const char *found = strchr(LETTERS, letter);
    return (unsigned char)(found ? MEANT[found - LETTERS] : letter);
}

static bool
has_escape(struct span text)
{
    return memchr(text.data, '\\', text.length) != NULL;
}

/* Whether a < b in the order of the meant bytes. */
static bool
is_before(struct span a, struct span b)
{
    const char *at = a.data;
    const char *other = b.data;
    if (!has_escape(a) && !has_escape(b)) {
        const int order = memcmp(at, other, a.length < b.length ? a.length : b.length);
        return order ? order < 0 : a.length < b.length;
    }
    while (at < a.data + a.length && other < b.data + b.length) {
        const unsigned char left = meant_byte(&at);
        const unsigned char right = meant_byte(&other);
        if (left != right)
            return left < right;
    }
    return at == a.data + a.length && other < b.data + b.length;
}

static bool
scan_members(struct scan *scan)
{
    struct span last = {NULL, 0};
    if (scan_byte(scan, '}'))
        return true;
    do {
        struct span key;
        if (!scan_text(scan, &key) || (last.data && !is_before(last, key)) ||
            !scan_byte(scan, ':') || !scan_value(scan))
            return false;
        last = key;
    } while (scan_byte(scan, ','));
    return scan_byte(scan, '}');
}

static bool
scan_items(struct scan *scan)
{
    if (scan_byte(scan, ']'))
        return true;
    do {
        if (!scan_value(scan))
            return false;
    } while (scan_byte(scan, ','));
    return scan_byte(scan, ']');
}

static bool
scan_nested(struct scan *scan)
{
    if (scan->depth == DEPTH_MAX)
        return false;
    const bool is_object = *scan->at == '{';
    scan->depth++;
    scan->at++;
    const bool good = is_object ? scan_members(scan) : scan_items(scan);
    scan->depth--;
    return good;
}

static bool
scan_value(struct scan *scan)
{
    struct span text;
    int64_t number;
    if (scan->at == scan->end)
        return false;
    switch (*scan->at) {
    case '{':
    case '[':
        return scan_nested(scan);
    case '"':
        return scan_text(scan, &text);
    case 't':
        return LITERAL(scan, "true");
    case 'f':
        return LITERAL(scan, "false");
    case 'n':
        return LITERAL(scan, "null");
    default:
        return scan_integer(scan, &number);
    }
}

static struct scan
scan_of(struct span text)
{
    const unsigned char *data = (const unsigned char *)text.data;
    return (struct scan){.at = data, .end = data + text.length};
}

bool
canonical_is(struct span text)
{
    struct scan scan = scan_of(text);
    return scan_value(&scan) && scan.at == scan.end;
}

static bool
scan_of_kind(struct scan *scan, char kind)
{
    return scan->at < scan->end && *scan->at == (unsigned char)kind && scan_value(scan);
}

static bool
scan_before_fields(struct scan *scan, struct entry_scan *ret_scan)
{
    return LITERAL(scan, "{\"act\":") && scan_text(scan, &ret_scan->act) &&
           LITERAL(scan, ",\"actor\":") && scan_text(scan, &ret_scan->actor) &&
           LITERAL(scan, ",\"at\":") && scan_text(scan, &ret_scan->at);
}

static bool
scan_after_fields(struct scan *scan, struct entry_scan *ret_scan)
{
    return LITERAL(scan, ",\"seq\":") && scan_integer(scan, &ret_scan->seq) &&
           LITERAL(scan, ",\"unit\":") && scan_text(scan, &ret_scan->unit) &&
           LITERAL(scan, ",\"waivers\":") && scan_of_kind(scan, '[') && LITERAL(scan, "}");
}

bool
canonical_entry(struct span body, struct entry_scan *ret_scan)
{
    struct scan scan = scan_of(body);
    scan.depth = 1;
    return scan_before_fields(&scan, ret_scan) && LITERAL(&scan, ",\"fields\":") &&
           scan_of_kind(&scan, '{') && scan_after_fields(&scan, ret_scan) && scan.at == scan.end;
}

bool
canonical_means(struct span written, const char *text)
{
    if (!has_escape(written))
        return strlen(text) == written.length && memcmp(text, written.data, written.length) == 0;
    const char *at = written.data;
    while (at < written.data + written.length) {
        if (meant_byte(&at) != (unsigned char)*text || !*text)
            return false;
        text++;
    }
    return *text == '\0';
}
