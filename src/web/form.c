/* SPDX-License-Identifier: Apache-2.0 */
#include "web/form.h"

#include <string.h>

#include "base/utf8.h"

enum { BOUNDARY_MAX = 70 };

static int
hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

static enum err
refuse(struct ctx *ctx)
{
    return FAIL(ctx, ERR_INVALID, "表单或网址的编码不对", "the form or address is badly encoded");
}

enum err
form_decode(struct ctx *ctx, struct form_slice slice, enum form_plus plus, const char **ret_text)
{
    char *text = mem_array(ctx->mem, char, slice.length + 1);
    size_t used = 0;
    for (size_t i = 0; i < slice.length; i++) {
        char character = slice.bytes[i];
        if (character == '%') {
            const bool has_two = slice.length - i > 2;
            const int first = has_two ? hex_digit(slice.bytes[i + 1]) : -1;
            const int second = has_two ? hex_digit(slice.bytes[i + 2]) : -1;
            if (first < 0 || second < 0)
                return refuse(ctx);
            character = (char)(first * 16 + second);
            i += 2;
        } else if (character == '+' && plus == FORM_PLUS_IS_SPACE) {
            character = ' ';
        }
        text[used++] = character;
    }
    if (!utf8_is_valid(text, used))
        return refuse(ctx);
    *ret_text = text;
    return ERR_OK;
}

static enum err
pair_add(struct ctx *ctx, struct pairs *pairs, struct pair pair)
{
    if (pairs->count == PAIRS_MAX)
        return FAIL(ctx, ERR_LIMIT, "表单的项目太多", "the form has too many fields");
    /* Room is doubled: a table of a thousand rows comes as thousands of fields. */
    if ((pairs->count & (pairs->count - 1)) == 0)
        pairs->list =
            mem_grow(ctx->mem, pairs->list, struct pair, pairs->count ? 2 * pairs->count : 1);
    pairs->list[pairs->count++] = pair;
    return ERR_OK;
}

static const char *
find_byte(const char *bytes, const char *end, char byte)
{
    const char *found = memchr(bytes, byte, (size_t)(end - bytes));
    return found ? found : end;
}

enum err
form_read_encoded(struct ctx *ctx, const char *bytes, size_t length, struct pairs *pairs)
{
    const char *end = bytes + length;
    for (const char *at = bytes; at < end;) {
        const char *next = find_byte(at, end, '&');
        const char *equals = find_byte(at, next, '=');
        struct pair pair = {.value = ""};
        TRY(form_decode(ctx, (struct form_slice){at, (size_t)(equals - at)}, FORM_PLUS_IS_SPACE,
                        &pair.name));
        if (equals < next)
            TRY(form_decode(ctx, (struct form_slice){equals + 1, (size_t)(next - equals - 1)},
                            FORM_PLUS_IS_SPACE, &pair.value));
        if (next > at)
            TRY(pair_add(ctx, pairs, pair));
        at = next + 1;
    }
    return ERR_OK;
}

/* --- multipart --- */

/* name="…" of a Content-Disposition line; NULL if it has none. */
static const char *
parameter_find(struct ctx *ctx, const char *line, const char *name)
{
    const char *key = mem_printf(ctx->mem, "; %s=\"", name);
    const char *begin = strstr(line, key);
    if (!begin)
        return NULL;
    begin += strlen(key);
    const char *end = strchr(begin, '"');
    return end ? mem_text_n(ctx->mem, begin, (size_t)(end - begin)) : NULL;
}

static enum err
part_take(struct request *request, const char *head, struct form_slice content)
{
    struct ctx *ctx = request->ctx;
    const char *name = parameter_find(ctx, head, "name");
    const char *file = parameter_find(ctx, head, "filename");
    if (!name || !utf8_is_valid(name, strlen(name)))
        return refuse(ctx);
    if (!file) {
        if (!utf8_is_valid(content.bytes, content.length))
            return refuse(ctx);
        const char *value = mem_text_n(ctx->mem, content.bytes, content.length);
        return pair_add(ctx, &request->form, (struct pair){name, value});
    }
    if (!file[0] && content.length == 0)
        return ERR_OK;
    request->uploads =
        mem_grow(ctx->mem, request->uploads, struct upload, request->upload_count + 1);
    request->uploads[request->upload_count++] =
        (struct upload){name, file, content.bytes, content.length};
    return ERR_OK;
}

static const char *
boundary_find(struct ctx *ctx, const char *type)
{
    const char *begin = strstr(type, "boundary=");
    if (!begin)
        return NULL;
    begin += strlen("boundary=");
    if (*begin == '"')
        begin++;
    const size_t length = strcspn(begin, "\"; ,");
    if (length == 0 || length > BOUNDARY_MAX)
        return NULL;
    return mem_printf(ctx->mem, "--%.*s", (int)length, begin);
}

static const char *
find_bytes(const char *bytes, const char *end, const char *wanted, size_t length)
{
    return memmem(bytes, (size_t)(end - bytes), wanted, length);
}

/* One part: "\r\n", its head, an empty line, its content up to "\r\n--boundary". */
static enum err
part_read(struct request *request, const char *boundary, const char **at, const char *end)
{
    struct ctx *ctx = request->ctx;
    const char *delimiter = mem_printf(ctx->mem, "\r\n%s", boundary);
    const char *content = find_bytes(*at, end, "\r\n\r\n", 4);
    if (!content)
        return refuse(ctx);
    const char *head = mem_text_n(ctx->mem, *at, (size_t)(content - *at));
    content += 4;
    const char *next = find_bytes(content, end, delimiter, strlen(delimiter));
    if (!next)
        return refuse(ctx);
    TRY(part_take(request, head, (struct form_slice){content, (size_t)(next - content)}));
    *at = next + strlen(delimiter);
    return ERR_OK;
}

enum err
form_read_multipart(struct request *request)
{
    struct ctx *ctx = request->ctx;
    const char *boundary = boundary_find(ctx, request->content_type);
    const char *at = request->body.data;
    const char *end = at + request->body.length;
    if (!boundary || strncmp(at, boundary, strlen(boundary)) != 0)
        return refuse(ctx);
    at += strlen(boundary);
    while (end - at < 2 || strncmp(at, "--", 2) != 0) {
        if (request->form.count + request->upload_count >= PAIRS_MAX)
            return FAIL(ctx, ERR_LIMIT, "表单的项目太多", "the form has too many fields");
        TRY(part_read(request, boundary, &at, end));
    }
    return ERR_OK;
}
