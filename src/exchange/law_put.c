/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/law_case.h"

/* Closed lists are made from domain/words.def; `domain` finds the same words. */
const struct bind_choice LAW_VILLAGE_POSTS[] = {
    {"chair", POST_CHAIR},
    {"vice_chair", POST_VICE_CHAIR},
    {"women_member", POST_WOMEN_MEMBER},
    {"member", POST_MEMBER},
    {NULL, 0},
};

const struct bind_choice LAW_POSTS[] = {
#define POST(symbol, word, zh, en) {word, POST_##symbol},
#include "domain/words.def"
#undef POST
    {NULL, 0},
};

const struct bind_choice LAW_RELATIONS[] = {
#define RELATION(symbol, word, zh, en) {word, RELATION_##symbol},
#include "domain/words.def"
#undef RELATION
    {NULL, 0},
};

const struct bind_choice LAW_SEXES[] = {
    {"m", SEX_MALE},
    {"f", SEX_FEMALE},
    {NULL, 0},
};

void
law_put_bool(json_t *object, const char *key, bool value)
{
    json_object_set_new(object, key, json_boolean(value));
}

void
law_put_count(json_t *object, const char *key, int64_t value)
{
    json_object_set_new(object, key, json_integer(value));
}

void
law_put_null(json_t *object, const char *key)
{
    json_object_set_new(object, key, json_null());
}

void
law_put_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, text ? json_string(text) : json_null());
}

void
law_put_date(struct ctx *ctx, json_t *object, const char *key, struct date date)
{
    law_put_text(object, key, date_is_set(date) ? date_format(ctx, date) : NULL);
}

void
law_put_names(json_t *object, const char *key, const char *const *names, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(names[i]));
    json_object_set_new(object, key, list);
}

void
law_put_all_rules(struct ctx *ctx, json_t *object, const char *key, const struct findings *findings)
{
    size_t count = 0;
    const char **rules = findings_rules(ctx, findings, &count);
    law_put_names(object, key, rules, count);
}

void
law_put_rules(struct ctx *ctx, json_t *object, const char *key, const struct findings *findings,
              enum severity severity)
{
    struct findings chosen = {.list = mem_array(ctx->mem, struct finding, findings->count)};
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->list[i].severity == severity)
            chosen.list[chosen.count++] = findings->list[i];
    }
    law_put_all_rules(ctx, object, key, &chosen);
}

void
law_add_why(struct law_question *question, const struct derivation *why)
{
    json_t *list = question->why;
    for (size_t i = 0; i < why->count; i++)
        json_array_append_new(list, json_string(why->list[i]));
}
