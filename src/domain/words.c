/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/words.h"

struct word {
    const char *word;
    struct text title;
};

static const struct word POSTS[] = {
#define POST(symbol, word, zh, en) [POST_##symbol] = {word, {zh, en}},
#include "domain/words.def"
#undef POST
};

static const struct word RELATIONS[] = {
#define RELATION(symbol, word, zh, en) [RELATION_##symbol] = {word, {zh, en}},
#include "domain/words.def"
#undef RELATION
};

static const struct text SCOPES[] = {
    [KIN_NONE] = {"不要求回避", "no kin rule"},
    [KIN_NEAR] = {"近亲属（配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女）",
                  "near relatives (spouse, parents, children, siblings, grandparents, "
                  "grandchildren)"},
    [KIN_CLOSE] = {"配偶、父母、子女、兄弟姐妹", "spouse, parents, children, siblings"},
    [KIN_LINEAL] = {"配偶、直系亲属", "spouse and lineal relatives"},
};

/* Bit r: relation r is within the scope. */
#define BIT(relation) (1u << RELATION_##relation)
#define LINEAL_BITS (BIT(SPOUSE) | BIT(PARENT) | BIT(CHILD) | BIT(GRANDPARENT) | BIT(GRANDCHILD))

static const unsigned SCOPE_BITS[] = {
    [KIN_NONE] = 0,
    [KIN_NEAR] = LINEAL_BITS | BIT(SIBLING),
    [KIN_CLOSE] = BIT(SPOUSE) | BIT(PARENT) | BIT(CHILD) | BIT(SIBLING),
    [KIN_LINEAL] = LINEAL_BITS,
};

static bool
word_find(const struct word *words, unsigned count, const char *word, unsigned *ret_index)
{
    for (unsigned i = 0; word && i < count; i++) {
        if (strcmp(words[i].word, word) != 0)
            continue;
        *ret_index = i;
        return true;
    }
    return false;
}

bool
post_find(const char *word, enum post *ret_post)
{
    unsigned index = 0;
    if (!word_find(POSTS, POST_COUNT, word, &index))
        return false;
    *ret_post = (enum post)index;
    return true;
}

const char *
post_word(enum post post)
{
    return POSTS[post].word;
}

struct text
post_title(enum post post)
{
    return POSTS[post].title;
}

bool
post_is_village(enum post post)
{
    return post <= POST_MEMBER;
}

bool
relation_find(const char *word, enum relation *ret_relation)
{
    unsigned index = 0;
    if (!word_find(RELATIONS, RELATION_COUNT, word, &index))
        return false;
    *ret_relation = (enum relation)index;
    return true;
}

const char *
relation_word(enum relation relation)
{
    return RELATIONS[relation].word;
}

struct text
relation_title(enum relation relation)
{
    return RELATIONS[relation].title;
}

bool
sex_find(const char *word, enum sex *ret_sex)
{
    if (!word || (strcmp(word, "m") != 0 && strcmp(word, "f") != 0))
        return false;
    *ret_sex = word[0] == 'm' ? SEX_MALE : SEX_FEMALE;
    return true;
}

bool
kin_in_scope(enum kin_scope scope, enum relation relation)
{
    return (SCOPE_BITS[scope] >> relation & 1u) != 0;
}

struct text
kin_scope_title(enum kin_scope scope)
{
    return SCOPES[scope];
}
