/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/law_expect.h"

#include <stdint.h>
#include <string.h>

static bool is_met(const json_t *expect, const json_t *result, bool as_set);

static bool
is_set_key(const char *key)
{
    static const char END[] = "_set";
    const size_t length = strlen(key);
    return length >= strlen(END) && strcmp(key + length - strlen(END), END) == 0;
}

static bool
object_is_met(const json_t *expect, const json_t *result)
{
    json_t *object = (json_t *)(uintptr_t)expect;
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        if (!is_met(value, json_object_get(result, key), is_set_key(key)))
            return false;
    }
    return true;
}

static bool
list_is_met(const json_t *expect, const json_t *result)
{
    const size_t count = json_array_size(expect);
    if (count != json_array_size(result))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!is_met(json_array_get(expect, i), json_array_get(result, i), false))
            return false;
    }
    return true;
}

/* Every element of `expect` has its like in `result`; or, turned round, every one of `result` is
 * the like of one expected. */
static bool
set_is_covered(const json_t *expect, const json_t *result, bool turned)
{
    const json_t *outer = turned ? result : expect;
    const json_t *inner = turned ? expect : result;
    for (size_t i = 0; i < json_array_size(outer); i++) {
        const json_t *one = json_array_get(outer, i);
        bool found = false;
        for (size_t k = 0; k < json_array_size(inner) && !found; k++) {
            const json_t *other = json_array_get(inner, k);
            found = turned ? is_met(other, one, false) : is_met(one, other, false);
        }
        if (!found)
            return false;
    }
    return true;
}

static bool
is_met(const json_t *expect, const json_t *result, bool as_set)
{
    if (!result || json_typeof(expect) != json_typeof(result))
        return false;
    if (json_is_object(expect))
        return object_is_met(expect, result);
    if (!json_is_array(expect))
        return json_equal(expect, result);
    if (!as_set)
        return list_is_met(expect, result);
    return set_is_covered(expect, result, false) && set_is_covered(expect, result, true);
}

bool
law_expect_met(const json_t *expect, const json_t *result)
{
    return is_met(expect, result, false);
}
