/* SPDX-License-Identifier: Apache-2.0 */
#include "act/needs.h"

#include <string.h>

#include "store/committee_store.h"
#include "store/standing_store.h"

static const char *const KEYS[] = {"body", "kind", "round", "list", "subject", "mode"};

/* One alternative of a term, taken apart: act[key=value] or act[key]. */
struct alternative {
    const char *act;
    const char *key;   /* NULL: none */
    const char *value; /* NULL: as in this act's own field */
};

static struct alternative
alternative_parse(struct ctx *ctx, const char *text, size_t length)
{
    struct alternative alternative = {.act = mem_text_n(ctx->mem, text, length)};
    char *bracket = strchr(alternative.act, '[');
    if (!bracket)
        return alternative;
    char *end = strchr(bracket, ']');
    char *equals = strchr(bracket, '=');
    *bracket = '\0';
    if (end)
        *end = '\0';
    if (equals) {
        *equals = '\0';
        alternative.value = equals + 1;
    }
    alternative.key = bracket + 1;
    return alternative;
}

/* The value of a key field of the act being submitted; NULL: it has none, any will do. */
static const char *
own_value(const struct call *call, const char *key)
{
    const json_t *value = json_object_get(call->fields, strcmp(key, "subject") ? key : "person");
    if (json_is_integer(value))
        return mem_printf(call->ctx->mem, "%lld", (long long)json_integer_value(value));
    return json_string_value(value);
}

static void
query_set(struct standing_query *query, const char *key, const char *value)
{
    if (!value)
        return;
    if (strcmp(key, "body") == 0)
        query->body = value;
    else if (strcmp(key, "kind") == 0)
        query->kind = value;
    else if (strcmp(key, "list") == 0)
        query->list = value;
    else if (strcmp(key, "subject") == 0)
        query->subject = value;
}

/* The mode of the election rules adopted, of which the standing index says nothing. */
static enum err
mode_holds(struct call *call, const char *mode, bool *ret_holds)
{
    struct adopted_rules rules;
    const enum err err =
        rules_store_find(call->ctx, call->db, call->unit, "election_rules", &rules);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_holds = err == ERR_OK && strcmp(rules.mode, mode) == 0;
    return ERR_OK;
}

static enum err
alternative_holds(struct call *call, const struct alternative *alternative, bool *ret_holds)
{
    struct standing_query query = {.unit = call->unit, .act = alternative->act, .round = -1};
    struct standing standing;
    if (alternative->key && strcmp(alternative->key, "mode") == 0)
        return mode_holds(call, alternative->value, ret_holds);
    if (alternative->key && strcmp(alternative->key, "round") == 0) {
        const json_t *round = json_object_get(call->fields, "round");
        query.round = json_is_integer(round) ? json_integer_value(round) : -1;
    } else if (alternative->key) {
        query_set(&query, alternative->key,
                  alternative->value ? alternative->value : own_value(call, alternative->key));
    }
    const enum err err = standing_store_last(call->ctx, call->db, &query, &standing);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_holds = err == ERR_OK;
    return ERR_OK;
}

static enum err
term_check(struct call *call, const char *term, struct need *ret_need)
{
    struct need need = {.term = term};
    for (const char *at = term; *at && !need.holds;) {
        const size_t length = strcspn(at, "|");
        const struct alternative alternative = alternative_parse(call->ctx, at, length);
        if (!need.opens)
            need.opens = act_find(alternative.act);
        TRY(alternative_holds(call, &alternative, &need.holds));
        at += length + (at[length] == '|');
    }
    *ret_need = need;
    return ERR_OK;
}

enum err
needs_check(struct call *call, const char *list, struct need **ret_needs, size_t *ret_count)
{
    struct need *needs = NULL;
    size_t count = 0;
    for (const char *at = list + strspn(list, " "); *at; at += strspn(at, " ")) {
        const size_t length = strcspn(at, " ");
        needs = mem_grow(call->ctx->mem, needs, struct need, count + 1);
        TRY(term_check(call, mem_text_n(call->ctx->mem, at, length), &needs[count]));
        count++;
        at += length;
    }
    *ret_needs = needs;
    *ret_count = count;
    return ERR_OK;
}

bool
needs_mentions(const struct act *user, const char *used)
{
    const size_t length = strlen(used);
    for (const char *at = user->needs; (at = strstr(at, used)); at += length) {
        const bool starts = at == user->needs || at[-1] == ' ' || at[-1] == '|';
        if (starts && strchr(" |[", at[length]))
            return true;
    }
    return false;
}

static bool
key_is_known(const char *key)
{
    for (size_t i = 0; i < COUNT_OF(KEYS); i++) {
        if (strcmp(KEYS[i], key) == 0)
            return true;
    }
    return false;
}

static bool
list_is_sound(struct ctx *ctx, const char *list, const char **ret_bad)
{
    for (const char *at = list + strspn(list, " |"); *at; at += strspn(at, " |")) {
        const size_t length = strcspn(at, " |");
        const struct alternative alternative = alternative_parse(ctx, at, length);
        if (!act_find(alternative.act) || (alternative.key && !key_is_known(alternative.key)) ||
            (alternative.key && strcmp(alternative.key, "mode") == 0 && !alternative.value)) {
            *ret_bad = mem_text_n(ctx->mem, at, length);
            return false;
        }
        at += length;
    }
    return true;
}

bool
needs_are_sound(struct ctx *ctx, const struct act *act, const char **ret_bad)
{
    return list_is_sound(ctx, act->needs, ret_bad) && list_is_sound(ctx, act->never, ret_bad);
}
