/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A growing buffer with a maximum given at the start. Going over the maximum is sticky: everything
 * after it is dropped and buf_is_over() says so, to be asked once at the end. Always ends in NUL.
 */
#pragma once

#include "base/ctx.h"

struct buf {
    void *mem;
    char *data;
    size_t length;   /* bytes in use, without the NUL */
    size_t capacity; /* bytes allocated */
    size_t maximum;  /* bytes allowed */
    bool over;
};

void buf_init(struct buf *buf, void *mem, size_t maximum);
void buf_add(struct buf *buf, const void *bytes, size_t length);
void buf_add_text(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char character);
void buf_add_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool buf_is_over(const struct buf *buf);
