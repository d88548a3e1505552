/* SPDX-License-Identifier: Apache-2.0 */
/* Pages without content of their own: where an account begins, the language, files. */
#include <string.h>

#include "act/gate.h"
#include "web/app.h"
#include "web/asset.h"

enum { YEAR_SECONDS = 365 * 24 * 60 * 60 };

/* An account begins at its unit; an administrator at the accounts. */
enum err
home_page(struct request *request, struct response *response)
{
    const char *unit = request->session->user.unit;
    response_redirect(response, unit[0] ? mem_printf(request->ctx->mem, "/u/%s", unit) : "/users");
    return ERR_OK;
}

/* Only a path of our own: not "//host", and nothing that ends a header. */
static bool
path_is_ours(const char *path)
{
    if (path[0] != '/' || path[1] == '/' || path[1] == '\\')
        return false;
    for (const char *at = path; *at; at++) {
        if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7F)
            return false;
    }
    return true;
}

enum err
language_page(struct request *request, struct response *response)
{
    const char *back = query_text(request, "back");
    const char *to = strcmp(query_text(request, "to"), "en") == 0 ? "en" : "zh";
    response_redirect(response, path_is_ours(back) ? back : "/");
    response_cookie(request, response, LANGUAGE_COOKIE, to, YEAR_SECONDS);
    return ERR_OK;
}

enum err
static_page(struct request *request, struct response *response)
{
    const struct asset *asset = asset_find(request->arguments[0]);
    if (!asset)
        return page_missing(request);
    const char *begin = request->takes_gzip ? asset->gzip : asset->plain;
    const char *end = request->takes_gzip ? asset->gzip_end : asset->plain_end;
    response->status = 200;
    response->type = asset->type;
    response->bytes = begin;
    response->length = (size_t)(end - begin);
    response_header(response, "Cache-Control", "public, max-age=31536000, immutable");
    response_header(response, "Vary", "Accept-Encoding");
    if (request->takes_gzip)
        response_header(response, "Content-Encoding", "gzip");
    return ERR_OK;
}
