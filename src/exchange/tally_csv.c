/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/tally_csv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/parallel.h"
#include "domain/majority.h"
#include "domain/names.h"

enum { POSTS = 3, FIRST_POST = 3, VILLAGE_COLUMNS = 8, FIRST_SEATS = 5, CODE_LENGTH = 12 };
enum {
    OUTPUT_MAX = 1 << 30,
    PART_LEAST = 1 << 20,
    DIGITS = 10,
    FIRST_CHOSEN = 1024,
    LINE_USUAL = 48
};

static const char *const POST_NAMES[POSTS] = {"主任", "副主任", "委员"};

struct slice {
    const char *at;
    size_t length;
};

/* Somebody chosen: as written, with his votes. Small, for there are many: touching new memory is
 * the dearest thing here. */
struct chosen {
    const char *at;
    uint32_t length;
    uint32_t votes;
    uint32_t next; /* place + 1 in the pool of the next one of the contest; 0: none */
};

/* Those chosen, in the order they first got a vote. */
struct contest {
    uint32_t first; /* place + 1 in the pool */
    uint32_t last;
    /* Nearly every mark is one digit: its votes are counted here until the part is done. */
    uint32_t digits[DIGITS];
};

struct village {
    const char *code;
    int64_t registered;
    int64_t seats[POSTS];
};

/* What one part of the ballots says about a village. */
struct counted {
    uint32_t papers;
    uint8_t order_count;
    uint8_t order[POSTS]; /* contests with votes, in the order they first got one */
    struct contest contests[POSTS];
};

/* Villages as the list has them. */
struct village_list {
    struct name_table codes;
    struct village *villages;
    size_t capacity;
};

/* A run of whole lines, counted by one thread in memory of its own. */
struct part {
    void *mem;
    const struct village_list *list;
    const char *text;
    const char *end;
    struct counted *villages; /* as in the list */
    size_t *seen;             /* villages by first ballot */
    size_t seen_count;
    struct chosen *pool;
    size_t pool_count;
    size_t pool_capacity;
    const struct village *village; /* of the last line */
    struct counted *counted;
    int64_t lines; /* counted; if it stopped, the last of them is wrong */
    bool stopped;
};

struct tallying {
    struct ctx *ctx;
    struct village_list list;
    struct part *parts;
    size_t part_count;
};

static enum err
line_refuse(struct ctx *ctx, const char *file, int64_t line)
{
    return FAIL(ctx, ERR_INVALID, "%s 第 %" PRId64 " 行不对", "%s: line %" PRId64 " is not right",
                file, line);
}

/* --- villages --- */

/* False if the line cannot be. */
static bool
village_line(struct ctx *ctx, struct village_list *list, char *line)
{
    const char *columns[VILLAGE_COLUMNS];
    size_t count = 0;
    for (char *at = line; at && count < VILLAGE_COLUMNS;) {
        columns[count++] = at;
        at = strchr(at, ',');
        if (at)
            *at++ = '\0';
    }
    if (count != VILLAGE_COLUMNS || strlen(columns[0]) != CODE_LENGTH)
        return false;
    const size_t number = name_add(ctx, &list->codes, columns[0]);
    if (list->capacity < list->codes.capacity) {
        list->capacity = list->codes.capacity;
        list->villages = mem_grow(ctx->mem, list->villages, struct village, list->capacity);
    }
    struct village *village = &list->villages[number];
    *village = (struct village){.code = columns[0]};
    bool right = num_parse_i64(columns[1], 1, MAJORITY_MAX, &village->registered);
    for (size_t i = 0; i < POSTS; i++)
        right = right && num_parse_i64(columns[FIRST_SEATS + i], 0, 99, &village->seats[i]);
    return right;
}

static enum err
villages_read(struct ctx *ctx, struct village_list *list, const char *text)
{
    char *at = strchr(mem_text(ctx->mem, text), '\n');
    int64_t line = 1;
    for (at = at ? at + 1 : NULL; at && *at;) {
        char *end = strchr(at, '\n');
        if (end)
            *end = '\0';
        char *return_mark = strchr(at, '\r');
        if (return_mark)
            *return_mark = '\0';
        line++;
        if (!village_line(ctx, list, at))
            return line_refuse(ctx, "villages", line);
        at = end ? end + 1 : NULL;
    }
    return ERR_OK;
}

/* --- one part of the ballots --- */

static bool
is_stop(char character)
{
    return character == ',' || character == '\n' || character == '\r';
}

static bool
is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* The next one chosen in the contest, or NULL. NULL comes before the first. */
static struct chosen *
chosen_next(const struct part *part, const struct contest *contest, const struct chosen *chosen)
{
    const uint32_t place = chosen ? chosen->next : contest->first;
    return place ? &part->pool[place - 1] : NULL;
}

static struct chosen *
chosen_add(struct part *part, struct contest *contest, struct slice mark)
{
    if (part->pool_count == part->pool_capacity) {
        part->pool_capacity *= 2;
        part->pool = mem_grow(part->mem, part->pool, struct chosen, part->pool_capacity);
    }
    struct chosen *chosen = &part->pool[part->pool_count++];
    *chosen = (struct chosen){.at = mark.at, .length = (uint32_t)mark.length};
    const uint32_t place = (uint32_t)part->pool_count;
    if (contest->last)
        part->pool[contest->last - 1].next = place;
    else
        contest->first = place;
    contest->last = place;
    return chosen;
}

static struct chosen *
chosen_find(struct part *part, struct contest *contest, struct slice mark)
{
    struct chosen *chosen = chosen_next(part, contest, NULL);
    while (chosen && (chosen->length != mark.length || memcmp(chosen->at, mark.at, mark.length)))
        chosen = chosen_next(part, contest, chosen);
    return chosen ? chosen : chosen_add(part, contest, mark);
}

static struct contest *
contest_of(struct counted *counted, size_t post)
{
    struct contest *contest = &counted->contests[post];
    if (!contest->first)
        counted->order[counted->order_count++] = (uint8_t)post;
    return contest;
}

static void
digit_add(struct part *part, struct contest *contest, const char *mark)
{
    if (contest->digits[*mark - '0']++ == 0)
        (void)chosen_add(part, contest, (struct slice){mark, 1});
}

/* "3" or "1;2;5": returns how many digits, 0 if the section has another form. */
static size_t
digits_count(const char *at)
{
    for (size_t count = 1; is_digit(at[0]); count++, at += 2) {
        if (is_stop(at[1]))
            return count;
        if (at[1] != ';')
            break;
    }
    return 0;
}

/* Marks of any form, at least one, up to `end`. */
static void
marks_add(struct part *part, struct contest *contest, const char *at, const char *end)
{
    for (const char *from = at; at <= end; at++) {
        if (at < end && *at != ';')
            continue;
        if (at - from == 1 && is_digit(*from))
            digit_add(part, contest, from);
        else
            chosen_find(part, contest, (struct slice){from, (size_t)(at - from)})->votes++;
        from = at + 1;
    }
}

/* One section: blank counts for nobody, more marks than seats is void (CNT-03). Returns its end. */
static const char *
section_count(struct part *part, size_t post, const char *at)
{
    const size_t seats = (size_t)part->village->seats[post];
    const size_t digits = digits_count(at);
    if (digits && digits <= seats) {
        struct contest *contest = contest_of(part->counted, post);
        for (size_t i = 0; i < digits; i++)
            digit_add(part, contest, at + 2 * i);
    }
    if (digits)
        return at + 2 * digits - 1;
    const char *end = at;
    size_t marks = 1;
    for (; !is_stop(*end); end++)
        marks += *end == ';';
    if (end > at && marks <= seats)
        marks_add(part, contest_of(part->counted, post), at, end);
    return end;
}

static bool
village_find(struct part *part, const char *code)
{
    if (part->village && memcmp(part->village->code, code, CODE_LENGTH) == 0)
        return true;
    char name[CODE_LENGTH + 1] = {0};
    memcpy(name, code, CODE_LENGTH);
    const size_t number = name_find(&part->list->codes, name);
    if (number == NAME_NONE)
        return false;
    part->village = &part->list->villages[number];
    part->counted = &part->villages[number];
    if (part->counted->papers == 0)
        part->seen[part->seen_count++] = number;
    return true;
}

/* One line from *at, left behind. It ends in '\n', so nothing looks for the end of the text; only
 * the code of the village could reach over it. False if the line cannot be. */
static bool
ballot_count(struct part *part, const char **at)
{
    const char *here = *at;
    if (part->end - here <= CODE_LENGTH || here[CODE_LENGTH] != ',' || !village_find(part, here))
        return false;
    part->counted->papers++;
    here += CODE_LENGTH + 1;
    for (size_t column = 1; column < FIRST_POST; column++) {
        while (!is_stop(*here))
            here++;
        if (*here++ != ',')
            return false;
    }
    for (size_t post = 0; post < POSTS; post++) {
        here = section_count(part, post, here);
        if (post + 1 < POSTS && *here++ != ',')
            return false;
    }
    here += *here == '\r';
    *at = here + 1;
    return *here == '\n';
}

static void
digits_settle(struct part *part, const struct contest *contest)
{
    for (struct chosen *chosen = chosen_next(part, contest, NULL); chosen;
         chosen = chosen_next(part, contest, chosen)) {
        if (chosen->length == 1 && is_digit(chosen->at[0]))
            chosen->votes = contest->digits[chosen->at[0] - '0'];
    }
}

static void
part_count(void *arg, size_t number)
{
    struct part *part = &((struct part *)arg)[number];
    part->villages = mem_array(part->mem, struct counted, part->list->codes.count);
    part->seen = mem_array(part->mem, size_t, part->list->codes.count);
    part->pool_capacity = FIRST_CHOSEN;
    part->pool = mem_grow(part->mem, NULL, struct chosen, part->pool_capacity);
    for (const char *at = part->text; at < part->end && !part->stopped; part->lines++)
        part->stopped = !ballot_count(part, &at);
    for (size_t i = 0; i < part->seen_count; i++) {
        for (size_t post = 0; post < POSTS; post++)
            digits_settle(part, &part->villages[part->seen[i]].contests[post]);
    }
}

/* --- all of them --- */

static void
part_add(struct tallying *tallying, const char *text, const char *end)
{
    struct part *part = &tallying->parts[tallying->part_count++];
    /* Top level: each thread has memory of its own. */
    part->mem = talloc_new(NULL);
    part->list = &tallying->list;
    part->text = text;
    part->end = end;
}

/* Cuts the lines behind the heading into a part for each processor; a last line without an end gets
 * one, in a part of its own. There is at least one part. */
static void
parts_cut(struct tallying *tallying, const char *text, size_t length)
{
    const char *end = text + length;
    const char *at = length ? memchr(text, '\n', length) : NULL;
    at = at ? at + 1 : end;
    const char *last = end > at ? memrchr(at, '\n', (size_t)(end - at)) : NULL;
    const char *whole = last ? last + 1 : at;
    const size_t count = length < PART_LEAST ? 1 : parallel_width();
    tallying->parts = mem_array(tallying->ctx->mem, struct part, count + 1);
    for (size_t i = count; i > 0 && at < whole; i--) {
        const char *stop = at + (size_t)(whole - at) / i;
        stop = i == 1 ? whole : (const char *)memchr(stop, '\n', (size_t)(whole - stop)) + 1;
        part_add(tallying, at, stop);
        at = stop;
    }
    if (whole < end || tallying->part_count == 0) {
        char *line = mem_array(tallying->ctx->mem, char, end - whole + 1);
        memcpy(line, whole, (size_t)(end - whole));
        line[end - whole] = '\n';
        part_add(tallying, line, line + (end - whole) + (whole < end));
    }
}

static void
parts_free(struct tallying *tallying)
{
    for (size_t i = 0; i < tallying->part_count; i++)
        talloc_free(tallying->parts[i].mem);
}

static void
counted_merge(struct part *into, const struct part *from, size_t number)
{
    struct counted *counted = &into->villages[number];
    const struct counted *more = &from->villages[number];
    counted->papers += more->papers;
    for (size_t k = 0; k < more->order_count; k++) {
        const struct contest *contest = &more->contests[more->order[k]];
        struct contest *sum = contest_of(counted, more->order[k]);
        for (const struct chosen *chosen = chosen_next(from, contest, NULL); chosen;
             chosen = chosen_next(from, contest, chosen))
            chosen_find(into, sum, (struct slice){chosen->at, chosen->length})->votes +=
                chosen->votes;
    }
}

/* Into the first part, in the order of the lines. */
static enum err
parts_merge(struct tallying *tallying)
{
    struct part *first = tallying->parts;
    int64_t line = 1;
    for (size_t i = 0; i < tallying->part_count; i++) {
        const struct part *part = &tallying->parts[i];
        line += part->lines;
        if (part->stopped)
            return line_refuse(tallying->ctx, "ballots", line);
        for (size_t k = 0; i > 0 && k < part->seen_count; k++) {
            const size_t number = part->seen[k];
            if (first->villages[number].papers == 0)
                first->seen[first->seen_count++] = number;
            counted_merge(first, part, number);
        }
    }
    return ERR_OK;
}

/* --- the answer --- */

/* Elected: more than half took part, more than half of the papers, and not more people with as many
 * votes than there are seats (OUT-02, OUT-03). */
static bool
is_elected(const struct part *part, const struct contest *contest, const struct village *village,
           const struct chosen *asked)
{
    const struct counted *counted = &part->villages[village - part->list->villages];
    const size_t post = (size_t)(contest - counted->contests);
    int64_t as_many = 0;
    for (const struct chosen *chosen = chosen_next(part, contest, NULL); chosen;
         chosen = chosen_next(part, contest, chosen))
        as_many += chosen->votes >= asked->votes;
    return more_than_half(counted->papers, village->registered) &&
           more_than_half(asked->votes, counted->papers) && as_many <= village->seats[post];
}

static void
village_write(struct buf *out, const struct part *part, size_t number)
{
    const struct village *village = &part->list->villages[number];
    const struct counted *counted = &part->villages[number];
    char end[32];
    for (size_t k = 0; k < counted->order_count; k++) {
        const struct contest *contest = &counted->contests[counted->order[k]];
        for (const struct chosen *chosen = chosen_next(part, contest, NULL); chosen;
             chosen = chosen_next(part, contest, chosen)) {
            buf_add(out, village->code, CODE_LENGTH);
            buf_add_char(out, ',');
            buf_add_text(out, POST_NAMES[counted->order[k]]);
            buf_add_char(out, ',');
            buf_add(out, chosen->at, chosen->length);
            (void)snprintf(end, sizeof end, ",%" PRIu32 ",%d\n", chosen->votes,
                           is_elected(part, contest, village, chosen));
            buf_add_text(out, end);
        }
    }
}

static enum err
answer_write(struct tallying *tallying, struct buf *out)
{
    TRY(parts_merge(tallying));
    const struct part *all = tallying->parts;
    for (size_t i = 0; i < all->seen_count; i++)
        village_write(out, all, all->seen[i]);
    if (buf_is_over(out))
        return FAIL(tallying->ctx, ERR_LIMIT, "结果太大", "the answer is too large");
    return ERR_OK;
}

enum err
tally_csv(struct ctx *ctx, const struct tally_input *input, const char **ret_text,
          size_t *ret_length)
{
    CLEANUP(parts_free) struct tallying tallying = {.ctx = ctx};
    struct buf out;
    buf_init(&out, ctx->mem, OUTPUT_MAX);
    TRY(villages_read(ctx, &tallying.list, input->villages));
    parts_cut(&tallying, input->ballots, input->ballots_length);
    parallel_run(tallying.part_count, part_count, tallying.parts);
    TRY(answer_write(&tallying, &out));
    *ret_text = out.data;
    *ret_length = out.length;
    return ERR_OK;
}
