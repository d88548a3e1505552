/* SPDX-License-Identifier: Apache-2.0 */
#include "web/html.h"

#include <string.h>

#include "web/asset.h"

void
html_init(struct html *html, struct ctx *ctx, const char *csrf)
{
    *html = (struct html){.ctx = ctx, .csrf = csrf};
    buf_init(&html->buf, ctx->mem, HTML_MAX);
}

void
html_raw(struct html *html, const char *text)
{
    buf_add_text(&html->buf, text);
}

void
html_put_text(struct html *html, const char *text)
{
    static const struct {
        char character;
        const char *reference;
    } REFERENCES[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"},
    };
    for (const char *at = text ? text : ""; *at;) {
        const size_t plain = strcspn(at, "&<>\"'");
        buf_add(&html->buf, at, plain);
        at += plain;
        for (size_t i = 0; *at && i < COUNT_OF(REFERENCES); i++) {
            if (REFERENCES[i].character == *at) {
                buf_add_text(&html->buf, REFERENCES[i].reference);
                at++;
                break;
            }
        }
    }
}

void
html_put_words(struct html *html, struct text text)
{
    html_put_text(html, text_pick(html->ctx, text));
}

void
html_put_date(struct html *html, struct date date)
{
    if (date_is_set(date))
        html_put_text(html, date_words(html->ctx, date));
}

void
html_put_int(struct html *html, long value)
{
    buf_add_format(&html->buf, "%ld", value);
}

void
html_put_size(struct html *html, unsigned long value)
{
    buf_add_format(&html->buf, "%lu", value);
}

void
html_part_text(struct html *html, const char *text)
{
    static const char PLAIN[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    for (const char *at = text ? text : ""; *at; at++) {
        if (strchr(PLAIN, *at))
            buf_add_char(&html->buf, *at);
        else
            buf_add_format(&html->buf, "%%%02X", (unsigned char)*at);
    }
}

void
html_link(struct html *html, const char *path)
{
    const bool ours = path && path[0] == '/' && path[1] != '/' && path[1] != '\\';
    const bool here = path && (path[0] == '#' || path[0] == '?');
    html_put_text(html, ours || here ? path : "#");
}

bool
html_is_text(const char *text)
{
    return text && text[0];
}

bool
html_is_true(bool value)
{
    return value;
}

bool
html_is_int(long value)
{
    return value != 0;
}

bool
html_is_size(unsigned long value)
{
    return value != 0;
}

void
html_csrf(struct html *html)
{
    html_raw(html, "<input type=\"hidden\" name=\"csrf\" value=\"");
    html_put_text(html, html->csrf);
    html_raw(html, "\">");
}

void
html_asset(struct html *html, int asset)
{
    html_raw(html, "/static/");
    html_raw(html, ASSETS[asset].name);
}

void
html_put_piece(struct html *html, struct html_piece piece)
{
    if (piece.write)
        piece.write(html, piece.view);
}
