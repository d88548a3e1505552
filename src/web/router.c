/* SPDX-License-Identifier: Apache-2.0 */
#include "web/router.h"

#include <string.h>

static const struct route ROUTES[] = {
#define ROUTE(method, pattern, access, body_max, page) {method, pattern, access, body_max, page},
#include "web/routes.def"
#undef ROUTE
};

/* A row without access does not compile. */
#define ROUTE(method, pattern, access, body_max, page)                                             \
    _Static_assert((access) != 0, "a page without access: " pattern);
#include "web/routes.def"
#undef ROUTE

const struct route *
router_list(size_t *ret_count)
{
    *ret_count = COUNT_OF(ROUTES);
    return ROUTES;
}

static bool
part_matches(const char *pattern, size_t length, const char *part)
{
    return strlen(part) == length && strncmp(pattern, part, length) == 0;
}

/* Whether the path is of that pattern; fills the arguments. */
static bool
pattern_matches(const char *pattern, const struct request *request, const char **arguments)
{
    size_t part = 0, argument = 0;
    for (const char *at = pattern + 1; *at; part++) {
        const size_t length = strcspn(at, "/");
        if (part >= request->part_count)
            return false;
        if (at[0] == '{' && request->parts[part][0])
            arguments[argument++] = request->parts[part];
        else if (!part_matches(at, length, request->parts[part]))
            return false;
        at += length + (at[length] == '/');
    }
    return part == request->part_count;
}

enum routing
router_find(struct request *request)
{
    const char *method = strcmp(request->method, "HEAD") == 0 ? "GET" : request->method;
    enum routing routing = ROUTING_NO_PAGE;
    for (size_t i = 0; i < COUNT_OF(ROUTES); i++) {
        const char *arguments[ARGUMENTS_MAX] = {NULL};
        if (!pattern_matches(ROUTES[i].pattern, request, arguments))
            continue;
        routing = ROUTING_NO_METHOD;
        if (strcmp(ROUTES[i].method, method) != 0)
            continue;
        request->route = &ROUTES[i];
        memcpy(request->arguments, arguments, sizeof arguments);
        return ROUTING_FOUND;
    }
    return routing;
}
