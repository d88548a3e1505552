/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
require(void *block)
{
    if (!block) {
        fputs("cunxuan: out of memory\n", stderr);
        abort();
    }
    return block;
}

void *
mem_zeroed(const void *mem, size_t size, size_t count, const char *type)
{
    if (count && size > SIZE_MAX / count)
        return require(NULL);
    void *block = require(talloc_named_const(mem, size * count, type));
    memset(block, 0, size * count);
    return block;
}

void *
mem_resized(const void *mem, void *old, size_t size, size_t count, const char *type)
{
    return require(_talloc_realloc_array(mem, old, size, (unsigned)count, type));
}

char *
mem_text(const void *mem, const char *text)
{
    return text ? require(talloc_strdup(mem, text)) : NULL;
}

char *
mem_text_n(const void *mem, const char *text, size_t length)
{
    return require(talloc_strndup(mem, text, length));
}

char *
mem_vprintf(const void *mem, const char *format, va_list args)
{
    return require(talloc_vasprintf(mem, format, args));
}

char *
mem_printf(const void *mem, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = mem_vprintf(mem, format, args);
    va_end(args);
    return text;
}
