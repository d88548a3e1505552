/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packs: the law that varies by year and province, as data. A pack file (packs/NAME.pack) is read
 * into a struct pack_file; files are combined, national first, into one struct pack that the rules
 * read. No rule ever asks which province it is in. Form of the files: docs/formats.md, and the
 * head of packs/cn-2018.pack.
 */
#pragma once

#include "base/date.h"

enum pack_key {
#define X(symbol, name, type, words, star, level, zh, en) PACK_##symbol,
#include "domain/pack_keys.def"
#undef X
    PACK_KEY_COUNT
};

enum pack_type { PACK_INT, PACK_OPT, PACK_BOOL, PACK_WORD, PACK_DAYS, PACK_DATE, PACK_LIST };

struct pack_key_row {
    const char *name;
    enum pack_type type;
    const char *words; /* of a PACK_WORD: "none|near|close|lineal" */
    bool star;         /* older local texts yield to a national one that binds */
    bool national;     /* local packs may not set it */
    struct text title;
};

/* Numbers of the words in pack_keys.def, in their order there (KIN_* is in words.h). */
enum proxy_who { PROXY_NEAR_KIN, PROXY_ANY_REGISTERED };
enum vec_kin { VEC_KIN_ALLOWED, VEC_KIN_WARN, VEC_KIN_FORBIDDEN };
enum vec_leaves { VEC_LEAVES_NOMINATED, VEC_LEAVES_CONFIRMED };
enum list_order { ORDER_BY_VOTES, ORDER_BY_STROKES };
enum order_style { ORDER_SINGLE_FIRST, ORDER_STROKE_BY_STROKE };
enum order_rare { ORDER_RARE_IN_PLACE, ORDER_RARE_LAST };
enum education {
    EDUCATION_NONE,
    EDUCATION_PRIMARY,
    EDUCATION_JUNIOR,
    EDUCATION_SENIOR,
    EDUCATION_COLLEGE,
    EDUCATION_BACHELOR
};
enum ballot_form { BALLOT_EITHER, BALLOT_COMBINED, BALLOT_SEPARATE };
enum void_scope { SCOPE_SECTION, SCOPE_BALLOT };
enum two_posts { TWO_POSTS_PERSON, TWO_POSTS_BALLOT };
enum woman_seat { WOMAN_FIRST, WOMAN_OWN_LINE };
enum stop_round { STOP_SECOND, STOP_ANY };
enum acting_rule { ACTING_REPRESENTATIVES, ACTING_MEMBER };
enum mobile_use { MOBILE_ALLOWED, MOBILE_RESTRICTED, MOBILE_NONE };

/* What a DAYS value counts from: the polling day D, a posting, a receipt, the candidates' list,
 * the day F the new committee is complete, a meeting. */
enum day_base { DAY_NONE, DAY_POLL, DAY_POSTED, DAY_RECEIVED, DAY_LIST, DAY_FORMED, DAY_MEETING };

struct pack_days {
    enum day_base base; /* DAY_NONE: the law fixes no day */
    int offset;         /* days after the base; negative: before */
};

/* "3:5" in a LIST. */
struct pack_pair {
    bool set;
    int from, to;
};

struct pack_value {
    bool set;   /* false in a pack_file: it inherits */
    bool none;  /* "none" */
    int number; /* INT, OPT; BOOL 0 or 1; WORD its place in the words */
    struct pack_days days;
    struct date date;
    const char **list;       /* LIST */
    struct pack_pair *pairs; /* one per item; not set where the item is no pair */
    size_t count;
    const char *text;   /* as written */
    struct text source; /* law and article, or "practice" */
    const char *pack;   /* name of the pack it was taken from */
    int line;           /* in that file */
};

/* One file. Dates: DATE_NONE where the file gives none. */
struct pack_file {
    const char *name;
    const char *title_zh;
    const char *title_en;
    bool national;
    const char *extends; /* national: the pack it changes, or NULL */
    struct date from;    /* national: polling days from … to */
    struct date to;
    struct date dated; /* day of the text */
    struct date binds; /* national: local texts dated earlier yield where the key has a star */
    struct pack_value values[PACK_KEY_COUNT];
};

/* All files of the folder. */
struct pack_shelf {
    struct pack_file **list;
    size_t count;
};

/* The law of one place and day: every key has a value. */
struct pack {
    const char *name; /* "cn-2018+jiangxi" */
    const struct pack_file *national;
    struct pack_value values[PACK_KEY_COUNT];
};

const struct pack_key_row *pack_key_row(enum pack_key key);
bool pack_key_find(const char *name, enum pack_key *ret_key);

/* Reads the text of one file; `file` is its name for messages. ERR_INVALID with file and line. */
enum err pack_parse(struct ctx *ctx, const char *file, const char *text,
                    struct pack_file **ret_file) WARN_UNUSED;
/* The file of that name, or NULL. */
const struct pack_file *pack_shelf_find(const struct pack_shelf *shelf, const char *name);
/* Combines "cn-2018+jiangxi": the national pack first, later ones override. `law` NULL or "auto":
 * the national pack in force on `day`, the newest if `day` is not set. ERR_INVALID (field "law")
 * if a pack is unknown, the first is not national or a later one is. */
enum err pack_combine(struct ctx *ctx, const struct pack_shelf *shelf, const char *law,
                      struct date day, struct pack **ret_pack) WARN_UNUSED;

/* Values. Asking for another type than the key's, or the number of a none, is a bug. */
bool pack_is_none(const struct pack *pack, enum pack_key key);
int pack_int(const struct pack *pack, enum pack_key key);
/* The number of an OPT, `otherwise` if it is none. */
int pack_int_or(const struct pack *pack, enum pack_key key, int otherwise);
bool pack_yes(const struct pack *pack, enum pack_key key);
int pack_word(const struct pack *pack, enum pack_key key);
struct pack_days pack_days(const struct pack *pack, enum pack_key key);
struct date pack_date(const struct pack *pack, enum pack_key key);
/* True if the LIST has that item. */
bool pack_list_has(const struct pack *pack, enum pack_key key, const char *item);
/* Looks `from` up in a LIST of "from:to" items. */
bool pack_table_find(const struct pack *pack, enum pack_key key, int from, int *ret_to);
/* Source of the value: "浙江选举办法 §25", in the context's language. */
const char *pack_source(const struct ctx *ctx, const struct pack *pack, enum pack_key key);
/* The value as written, for people: of list items "中文 // English" the part in the context's
 * language. */
const char *pack_value_words(struct ctx *ctx, const struct pack_value *value);
