/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/tally_csv.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "domain/majority.h"
#include "domain/names.h"

enum { POSTS = 3, FIRST_POST = 3, VILLAGE_COLUMNS = 8, FIRST_SEATS = 5, CODE_LENGTH = 12 };
enum { OUTPUT_MAX = 1 << 30 };

static const char *const POST_NAMES[POSTS] = {"主任", "副主任", "委员"};

struct slice {
    const char *at;
    size_t length;
};

/* Somebody chosen: as written, with his votes. */
struct chosen {
    struct slice mark;
    int64_t votes;
};

struct contest {
    struct chosen *list;
    size_t count;
    size_t capacity;
    uint8_t slots[UINT8_MAX + 1]; /* place + 1 of a mark of one byte; 0: not met yet */
};

struct village {
    const char *code;
    int64_t registered;
    int64_t seats[POSTS];
    int64_t papers;
    struct contest contests[POSTS];
    size_t order[POSTS]; /* contests with votes, in the order they first got one */
    size_t order_count;
    bool seen;
};

struct tallying {
    struct ctx *ctx;
    struct name_table codes;
    struct village *villages;
    size_t *seen; /* villages by first ballot */
    size_t seen_count;
    struct village *last;
    int64_t line;
};

static enum err
line_refuse(struct tallying *tallying, const char *file)
{
    return FAIL(tallying->ctx, ERR_INVALID, "%s 第 %" PRId64 " 行不对",
                "%s: line %" PRId64 " is not right", file, tallying->line);
}

/* --- villages --- */

static enum err
village_line(struct tallying *tallying, char *line)
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
        return line_refuse(tallying, "villages");
    const size_t number = name_add(tallying->ctx, &tallying->codes, columns[0]);
    tallying->villages =
        mem_grow(tallying->ctx->mem, tallying->villages, struct village, number + 1);
    struct village *village = &tallying->villages[number];
    *village = (struct village){.code = columns[0]};
    bool right = num_parse_i64(columns[1], 1, MAJORITY_MAX, &village->registered);
    for (size_t i = 0; i < POSTS; i++)
        right = right && num_parse_i64(columns[FIRST_SEATS + i], 0, 99, &village->seats[i]);
    return right ? ERR_OK : line_refuse(tallying, "villages");
}

static enum err
villages_read(struct tallying *tallying, const char *text)
{
    char *copy = mem_text(tallying->ctx->mem, text);
    tallying->line = 1;
    char *at = strchr(copy, '\n');
    for (at = at ? at + 1 : NULL; at && *at;) {
        char *end = strchr(at, '\n');
        if (end)
            *end = '\0';
        char *return_mark = strchr(at, '\r');
        if (return_mark)
            *return_mark = '\0';
        tallying->line++;
        TRY(village_line(tallying, at));
        at = end ? end + 1 : NULL;
    }
    tallying->seen = mem_array(tallying->ctx->mem, size_t, tallying->codes.count);
    return ERR_OK;
}

/* --- ballots --- */

static size_t
chosen_add(struct tallying *tallying, struct contest *contest, struct slice mark)
{
    if (contest->count == contest->capacity) {
        contest->capacity = contest->capacity ? 2 * contest->capacity : 8;
        contest->list =
            mem_grow(tallying->ctx->mem, contest->list, struct chosen, contest->capacity);
    }
    contest->list[contest->count] = (struct chosen){mark, 0};
    return contest->count++;
}

static void
vote_add(struct tallying *tallying, struct contest *contest, struct slice mark)
{
    /* Nearly every mark is one digit: its place is remembered. */
    uint8_t *slot = mark.length == 1 ? &contest->slots[(uint8_t)mark.at[0]] : NULL;
    size_t place = slot && *slot ? (size_t)*slot - 1 : 0;
    if (!slot || !*slot) {
        while (place < contest->count &&
               (contest->list[place].mark.length != mark.length ||
                memcmp(contest->list[place].mark.at, mark.at, mark.length) != 0))
            place++;
        if (place == contest->count)
            place = chosen_add(tallying, contest, mark);
    }
    if (slot && place < UINT8_MAX)
        *slot = (uint8_t)(place + 1);
    contest->list[place].votes++;
}

/* One section of `count` marks: blank counts for nobody, more than the seats is void (CNT-03). */
static void
section_count(struct tallying *tallying, struct village *village, size_t post, struct slice section,
              int64_t count)
{
    struct contest *contest = &village->contests[post];
    if (section.length == 0 || count > village->seats[post])
        return;
    if (contest->count == 0)
        village->order[village->order_count++] = post;
    for (size_t from = 0, i = 0; i <= section.length; i++) {
        if (i < section.length && section.at[i] != ';')
            continue;
        vote_add(tallying, contest, (struct slice){section.at + from, i - from});
        from = i + 1;
    }
}

static struct village *
village_find(struct tallying *tallying, const char *code)
{
    if (tallying->last && memcmp(tallying->last->code, code, CODE_LENGTH) == 0)
        return tallying->last;
    char name[CODE_LENGTH + 1] = {0};
    memcpy(name, code, CODE_LENGTH);
    const size_t number = name_find(&tallying->codes, name);
    if (number == NAME_NONE)
        return NULL;
    tallying->last = &tallying->villages[number];
    if (!tallying->last->seen)
        tallying->seen[tallying->seen_count++] = number;
    tallying->last->seen = true;
    return tallying->last;
}

/* One line from *at to `end`, left behind. Columns are taken in passing: no copy is made. */
static enum err
ballot_count(struct tallying *tallying, const char **at, const char *end)
{
    const char *line = *at;
    struct village *village = NULL;
    if (end - line > CODE_LENGTH && line[CODE_LENGTH] == ',')
        village = village_find(tallying, line);
    if (!village)
        return line_refuse(tallying, "ballots");
    village->papers++;
    const char *here = line;
    for (size_t column = 0; column < FIRST_POST + POSTS; column++) {
        const char *from = here;
        int64_t marks = 1;
        while (here < end && *here != ',' && *here != '\n' && *here != '\r')
            marks += *here++ == ';';
        if (column >= FIRST_POST)
            section_count(tallying, village, column - FIRST_POST,
                          (struct slice){from, (size_t)(here - from)}, marks);
        const bool last = column + 1 == FIRST_POST + POSTS;
        if (last == (here < end && *here == ','))
            return line_refuse(tallying, "ballots");
        here += !last;
    }
    here += here < end && *here == '\r';
    if (here < end && *here != '\n')
        return line_refuse(tallying, "ballots");
    *at = here + (here < end);
    return ERR_OK;
}

static enum err
ballots_count(struct tallying *tallying, const char *text, size_t length)
{
    const char *end = text + length;
    const char *at = length ? memchr(text, '\n', length) : NULL;
    tallying->line = 1;
    for (at = at ? at + 1 : end; at < end;) {
        tallying->line++;
        TRY(ballot_count(tallying, &at, end));
    }
    return ERR_OK;
}

/* --- the answer --- */

/* Elected: more than half took part, more than half of the papers, and not more people with as many
 * votes than there are seats (OUT-02, OUT-03). */
static bool
is_elected(const struct village *village, const struct contest *contest, size_t post, int64_t votes)
{
    int64_t as_many = 0;
    for (size_t i = 0; i < contest->count; i++)
        as_many += contest->list[i].votes >= votes;
    return more_than_half(village->papers, village->registered) &&
           more_than_half(votes, village->papers) && as_many <= village->seats[post];
}

static void
village_write(struct buf *out, const struct village *village)
{
    for (size_t k = 0; k < village->order_count; k++) {
        const size_t post = village->order[k];
        const struct contest *contest = &village->contests[post];
        for (size_t i = 0; i < contest->count; i++) {
            const struct chosen *chosen = &contest->list[i];
            const bool elected = is_elected(village, contest, post, chosen->votes);
            buf_add_format(out, "%s,%s,%.*s,%" PRId64 ",%d\n", village->code, POST_NAMES[post],
                           (int)chosen->mark.length, chosen->mark.at, chosen->votes, elected);
        }
    }
}

enum err
tally_csv(struct ctx *ctx, const struct tally_input *input, const char **ret_text,
          size_t *ret_length)
{
    struct tallying tallying = {.ctx = ctx};
    struct buf out;
    buf_init(&out, ctx->mem, OUTPUT_MAX);
    TRY(villages_read(&tallying, input->villages));
    TRY(ballots_count(&tallying, input->ballots, input->ballots_length));
    for (size_t i = 0; i < tallying.seen_count; i++)
        village_write(&out, &tallying.villages[tallying.seen[i]]);
    if (buf_is_over(&out))
        return FAIL(ctx, ERR_LIMIT, "结果太大", "the answer is too large");
    *ret_text = out.data;
    *ret_length = out.length;
    return ERR_OK;
}
