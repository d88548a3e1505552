/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of the law with a closed list of values: posts, sexes, relations between people. The word
 * in files is the lower-case one of cases and acts ("vice_chair").
 */
#pragma once

#include "base/ctx.h"

enum post {
#define POST(symbol, word, zh, en) POST_##symbol,
#include "domain/words.def"
#undef POST
    POST_COUNT
};

enum relation {
#define RELATION(symbol, word, zh, en) RELATION_##symbol,
#include "domain/words.def"
#undef RELATION
    RELATION_COUNT
};

enum sex { SEX_MALE, SEX_FEMALE };

/* Who counts as kin: none; NEAR 近亲属 of 民法典 §1045; CLOSE 配偶、父母、子女、兄弟姐妹; LINEAL
 * 配偶、直系血亲 (NEAR without siblings). The order is the order of the words in pack_keys.def. */
enum kin_scope { KIN_NONE, KIN_NEAR, KIN_CLOSE, KIN_LINEAL };

/* Posts of the villagers' committee (POST_CHAIR … POST_MEMBER) are `village`. */
bool post_find(const char *word, enum post *ret_post);
const char *post_word(enum post post);
struct text post_title(enum post post);
bool post_is_village(enum post post);
bool relation_find(const char *word, enum relation *ret_relation);
const char *relation_word(enum relation relation);
struct text relation_title(enum relation relation);
/* "m" and "f", nothing else. */
bool sex_find(const char *word, enum sex *ret_sex);
/* True if people so related are kin in the sense of the scope. */
bool kin_in_scope(enum kin_scope scope, enum relation relation);
struct text kin_scope_title(enum kin_scope scope);
