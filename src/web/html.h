/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing HTML. Templates (pages/x.html, compiled by tools/compile-pages) call these; what a value
 * needs depends on its place, and the compiler of templates knows the place:
 *
 *     text, attribute     html_value      & < > " ' become references
 *     a link              html_link       a path of our own, else "#": no javascript:, no //host
 *     part of a link      html_part       percent-encoded
 *
 * There is no way to write a value unescaped. Values are texts, integers, struct text (both
 * languages) and struct date (as people read it).
 */
#pragma once

#include "base/buf.h"
#include "base/ctx.h"
#include "base/date.h"

struct html {
    struct ctx *ctx;
    struct buf buf;
    const char *csrf; /* token of the session, for forms; "" if nobody is signed in */
};

enum { HTML_MAX = 64 << 20 };

void html_init(struct html *html, struct ctx *ctx, const char *csrf);
/* Text of the template itself. */
void html_raw(struct html *html, const char *text);

#define html_value(html, value)                                                                    \
    _Generic((value),                                                                              \
        const char *: html_put_text,                                                               \
        char *: html_put_text,                                                                     \
        struct text: html_put_words,                                                               \
        struct date: html_put_date,                                                                \
        int: html_put_int,                                                                         \
        long: html_put_int,                                                                        \
        unsigned long: html_put_size)((html), (value))
/* The whole value of href, src, action. */
void html_link(struct html *html, const char *path);
/* Something within a link: /u/{{unit}}/log. */
#define html_part(html, value)                                                                     \
    _Generic((value),                                                                              \
        const char *: html_part_text,                                                              \
        char *: html_part_text,                                                                    \
        int: html_put_int,                                                                         \
        long: html_put_int,                                                                        \
        unsigned long: html_put_size)((html), (value))
/* What {{#if x}} asks. */
#define html_is(value)                                                                             \
    _Generic((value),                                                                              \
        const char *: html_is_text,                                                                \
        char *: html_is_text,                                                                      \
        struct date: date_is_set,                                                                  \
        bool: html_is_true,                                                                        \
        int: html_is_int,                                                                          \
        long: html_is_int,                                                                         \
        unsigned long: html_is_size)(value)

void html_put_text(struct html *html, const char *text);
void html_put_words(struct html *html, struct text text);
void html_put_date(struct html *html, struct date date);
void html_put_int(struct html *html, long value);
void html_put_size(struct html *html, unsigned long value);
void html_part_text(struct html *html, const char *text);
bool html_is_text(const char *text);
bool html_is_true(bool value);
bool html_is_int(long value);
bool html_is_size(unsigned long value);

/* The hidden field of a form that changes something. */
void html_csrf(struct html *html);
/* /static/NAME by number (enum asset_id). */
void html_asset(struct html *html, int asset);

/* A part of a page, to be put into another: {{> name}} for a member of this type. */
struct html_piece {
    void (*write)(struct html *html, const void *view);
    const void *view;
};
void html_put_piece(struct html *html, struct html_piece piece);
