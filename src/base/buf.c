/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <string.h>

/* Small: most buffers hold one cell of a table. */
enum { FIRST_CAPACITY = 48 };

void
buf_init(struct buf *buf, void *mem, size_t maximum)
{
    *buf = (struct buf){.mem = mem, .maximum = maximum, .capacity = FIRST_CAPACITY};
    buf->data = mem_array(mem, char, buf->capacity);
}

void
buf_add(struct buf *buf, const void *bytes, size_t length)
{
    if (buf->over || length > buf->maximum - buf->length) {
        buf->over = true;
        return;
    }
    if (buf->length + length + 1 > buf->capacity) {
        while (buf->length + length + 1 > buf->capacity)
            buf->capacity *= 2;
        buf->data = mem_grow(buf->mem, buf->data, char, buf->capacity);
    }
    memcpy(buf->data + buf->length, bytes, length);
    buf->length += length;
    buf->data[buf->length] = '\0';
}

void
buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void
buf_add_char(struct buf *buf, char character)
{
    buf_add(buf, &character, 1);
}

void
buf_add_format(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = mem_vprintf(buf->mem, format, args);
    va_end(args);
    buf_add_text(buf, text);
    talloc_free(text);
}

bool
buf_is_over(const struct buf *buf)
{
    return buf->over;
}
