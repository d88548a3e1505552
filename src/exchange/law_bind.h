/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Binding JSON to structs, strictly: a table of fields says which keys an object may have, of
 * which type and range, and where each value goes. Unknown keys, wrong types, `1.0` or `true` for
 * a number, `null`, missing required keys and values outside a list are refused with the place
 * ("posts[1].candidates[0].votes"). All memory belongs to the binder's context.
 *
 *     struct person { struct date birth; bool resident; enum post post; };
 *
 *     static const struct bind_field PERSON_FIELDS[] = {
 *         BIND(struct person, birth, DATE, .required = true),
 *         BIND(struct person, resident, BOOL),
 *         BIND(struct person, post, CHOICE, .required = true, .choices = POSTS),
 *     };
 *     static const struct bind_table PERSON = BIND_TABLE(struct person, PERSON_FIELDS);
 *
 * TO ADD A KEY: a row in the table of its object; nothing else.
 */
#pragma once

#include <stddef.h>

#include "base/date.h"
#include "base/json.h"

enum {
    BIND_COUNT_MAX = 999999999, /* the greatest count of anything */
};

/* Types: what JSON must hold, and the C type of the member. */
enum bind_type {
    BIND_BOOL,  /* true, false        bool; left out: fallback */
    BIND_COUNT, /* integer min…max    int64_t; left out: fallback. max 0 stands for BIND_COUNT_MAX
                 */
    BIND_TEXT,  /* any text           const char *; left out: NULL */
    BIND_NAME,  /* text, not blank    const char *; left out: NULL */
    BIND_DATE,  /* "YYYY-MM-DD"       struct date; left out: DATE_NONE */
    BIND_CHOICE,  /* a word of choices  an enum or int; left out: fallback; null: null_value */
    BIND_OBJECT,  /* object             the struct itself, bound by object; must be required */
    BIND_POINTER, /* object             const struct *; left out: NULL */
    BIND_NAMES,   /* list of names      const char **, and size_t count_at */
    BIND_TEXTS,   /* list of texts      const char **, and size_t count_at */
    BIND_COUNTS,  /* list of integers   int64_t *, and size_t count_at */
    BIND_DATES,   /* list of dates      struct date *, and size_t count_at */
    BIND_CHOICES, /* list of words      int * (or enum *), and size_t count_at */
    BIND_OBJECTS, /* list of objects    struct *, and size_t count_at; elements bound by object */
    BIND_CUSTOM,  /* anything           read by `read`; not called when left out */
};

/* A closed list is an array of these; it ends with word NULL. */
struct bind_choice {
    const char *word;
    int value;
};

struct bind_table;

/* Where the binding stands. `field` is the place of the first thing refused, else NULL. */
struct binder {
    struct ctx *ctx;
    const char *field;
    bool inside; /* the object was made by this program, not written by people */
};

typedef enum err (*bind_read_fn)(struct binder *binder, const json_t *value, void *ret_member);

struct bind_field {
    const char *key;
    enum bind_type type;
    bool required;
    bool inside;            /* only where binder->inside; elsewhere the key is unknown */
    bool nullable;          /* CHOICE: null is allowed and stands for null_value */
    bool unique;            /* NAMES, CHOICES: no word twice */
    const char *unique_key; /* OBJECTS: no two elements with the same text under this key */
    size_t at;              /* offset of the member */
    size_t count_at;        /* lists: offset of the size_t */
    int64_t min, max;
    int64_t fallback;
    int null_value;
    const struct bind_choice *choices;
    const struct bind_table *object;
    bind_read_fn read;
};

/* The fields of one kind of object and the size of its struct. */
struct bind_table {
    const struct bind_field *fields;
    size_t count;
    size_t size;
};

/* A row: the key is the member's name. Further columns follow as designated initialisers. */
#define BIND(owner, member, kind, ...)                                                             \
    {                                                                                              \
        .key = #member, .type = BIND_##kind, .at = offsetof(owner, member), ##__VA_ARGS__          \
    }
/* A row of a list: member and count are both members of owner. */
#define BIND_LIST(owner, member, count, kind, ...)                                                 \
    {                                                                                              \
        .key = #member, .type = BIND_##kind, .at = offsetof(owner, member),                        \
        .count_at = offsetof(owner, count), ##__VA_ARGS__                                          \
    }
#define BIND_TABLE(owner, rows)                                                                    \
    {                                                                                              \
        .fields = (rows), .count = COUNT_OF(rows), .size = sizeof(owner)                           \
    }

/* Binds an object to *ret_object, a struct of table->size bytes, zeroed before. ERR_INVALID, with
 * binder->field and the message in the context's failure. */
enum err bind_object(struct binder *binder, const json_t *value, const struct bind_table *table,
                     void *ret_object) WARN_UNUSED;
/* The parts, for BIND_CUSTOM readers. */
enum err bind_text(struct binder *binder, const json_t *value, const char **ret_text) WARN_UNUSED;
enum err bind_name(struct binder *binder, const json_t *value, const char **ret_name) WARN_UNUSED;
enum err bind_names(struct binder *binder, const json_t *value, bool unique,
                    const char ***ret_names, size_t *ret_count) WARN_UNUSED;
enum err bind_date(struct binder *binder, const json_t *value, struct date *ret_date) WARN_UNUSED;
enum err bind_dates(struct binder *binder, const json_t *value, const struct date **ret_dates,
                    size_t *ret_count) WARN_UNUSED;
/* The value of a word in a closed list that ends with word NULL. */
enum err bind_word(struct binder *binder, const json_t *value, const struct bind_choice *choices,
                   int *ret_value) WARN_UNUSED;
/* A word of a closed list from text; false if it is none of them. */
bool bind_find_word(const struct bind_choice *choices, const char *word, int *ret_value);

/* Puts `place` ("votes" or "[3]") before the place of what was refused; returns err. */
enum err bind_within(struct binder *binder, enum err err, const char *place);
enum err bind_within_index(struct binder *binder, enum err err, size_t index);
/* Refuses the thing being read; `return BIND_REFUSE(binder, "中文…", "English …", args)`. */
#define BIND_REFUSE(binder, zh, en, ...)                                                           \
    ((void)FAIL((binder)->ctx, ERR_INVALID, zh, en, ##__VA_ARGS__), ERR_INVALID)
/* Refuses the field `place` after binding, for rules between fields. */
#define BIND_REFUSE_FIELD(binder, place, zh, en, ...)                                              \
    bind_within((binder), BIND_REFUSE((binder), zh, en, ##__VA_ARGS__), (place))
