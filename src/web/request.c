/* SPDX-License-Identifier: Apache-2.0 */
#include "web/request.h"

#include <string.h>

#include "base/utf8.h"
#include "web/form.h"

static bool
part_is_safe(const char *part)
{
    if (strcmp(part, ".") == 0 || strcmp(part, "..") == 0)
        return false;
    for (const char *at = part; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7F || *at == '/' || *at == '\\')
            return false;
    }
    return true;
}

static enum err
part_add(struct request *request, const char *text, size_t length)
{
    const char *part;
    if (request->part_count == PATH_PARTS_MAX)
        return FAIL(request->ctx, ERR_NOT_FOUND, "没有这个网页", "there is no such page");
    TRY(form_decode(request->ctx, (struct form_slice){text, length}, FORM_PLUS_STAYS, &part));
    if (!part_is_safe(part))
        return FAIL(request->ctx, ERR_INVALID, "网址不对", "the address is not right");
    request->parts[request->part_count++] = part;
    return ERR_OK;
}

enum err
request_target(struct request *request, const char *target)
{
    const size_t path = strcspn(target, "?#");
    if (target[0] != '/')
        return FAIL(request->ctx, ERR_INVALID, "网址不对", "the address is not right");
    request->target = target;
    for (size_t at = 1; at < path;) {
        const size_t length = strcspn(target + at, "/?#");
        TRY(part_add(request, target + at, length));
        at += length + 1;
        /* "/u/1/" is another page than "/u/1": one address for one thing. */
        if (at == path && target[at - 1] == '/')
            TRY(part_add(request, "", 0));
    }
    if (target[path] != '?')
        return ERR_OK;
    const char *query = target + path + 1;
    return form_read_encoded(request->ctx, query, strcspn(query, "#"), &request->query);
}

enum err
request_form(struct request *request)
{
    static const char ENCODED[] = "application/x-www-form-urlencoded";
    static const char MULTIPART[] = "multipart/form-data";
    const char *type = request->content_type;
    if (request->body.length == 0)
        return ERR_OK;
    if (strncmp(type, ENCODED, sizeof ENCODED - 1) == 0)
        return form_read_encoded(request->ctx, request->body.data, request->body.length,
                                 &request->form);
    if (strncmp(type, MULTIPART, sizeof MULTIPART - 1) == 0)
        return form_read_multipart(request);
    return FAIL(request->ctx, ERR_INVALID, "不认识的表单类型", "unknown type of form");
}

const char *
pairs_find(const struct pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++) {
        if (strcmp(pairs->list[i].name, name) == 0)
            return pairs->list[i].value;
    }
    return NULL;
}

const char *
form_text(const struct request *request, const char *name)
{
    const char *value = pairs_find(&request->form, name);
    return value ? value : "";
}

const char *
query_text(const struct request *request, const char *name)
{
    const char *value = pairs_find(&request->query, name);
    return value ? value : "";
}

const char *
request_cookie(const struct request *request, const char *name)
{
    const size_t length = strlen(name);
    for (const char *at = request->cookies; *at;) {
        at += strspn(at, "; ");
        const size_t size = strcspn(at, ";");
        if (size > length && strncmp(at, name, length) == 0 && at[length] == '=')
            return mem_text_n(request->ctx->mem, at + length + 1, size - length - 1);
        at += size;
    }
    return NULL;
}

void
response_header(struct response *response, const char *name, const char *value)
{
    ASSERT(response->header_count < HEADERS_MAX);
    response->headers[response->header_count++] = (struct header){name, value};
}

void
response_redirect(struct response *response, const char *path)
{
    response->status = 303;
    response->type = "text/plain; charset=utf-8";
    response->bytes = "";
    response->length = 0;
    response_header(response, "Location", path);
}
