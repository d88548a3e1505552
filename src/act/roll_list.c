/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll.h"

#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "domain/stroke.h"
#include "store/roll_swap_store.h"

struct keyed_line {
    const struct voter_line *line;
    size_t group;
    const char *key;
};

static int
keyed_compare(const void *a, const void *b)
{
    const struct keyed_line *first = a;
    const struct keyed_line *second = b;
    if (first->group != second->group)
        return first->group < second->group ? -1 : 1;
    const int order = strcmp(first->key, second->key);
    return order ? order : strcmp(first->line->person, second->line->person);
}

static size_t
group_index(const char *const *groups, size_t count, const char *group)
{
    size_t index = 0;
    while (index < count && strcmp(groups[index], group) != 0)
        index++;
    return index;
}

/* The key of a name, with the surnames swapped that the posting swapped. */
static const char *
name_key(struct ctx *ctx, const char *name, int style, const struct roll_swap *swaps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *swapped = stroke_surname_swap(ctx, name, swaps[i].first, swaps[i].second);
        if (swapped != name)
            return stroke_key(ctx, swapped, style);
    }
    return stroke_key(ctx, name, style);
}

enum err
roll_list(struct ctx *ctx, struct db *db, const struct pack *pack, const char *unit,
          const char *group, struct voter_line **ret_lines, size_t *ret_count)
{
    struct voter_line *lines;
    struct roll_swap *swaps;
    const char **groups;
    size_t count, group_count, swap_count, kept = 0;
    const int style = stroke_style_of(pack);
    TRY(voter_store_lines(ctx, db, unit, NULL, &lines, &count));
    TRY(voter_store_groups(ctx, db, unit, &groups, &group_count));
    TRY(roll_swap_store_list(ctx, db, unit, &swaps, &swap_count));
    struct keyed_line *keyed = mem_array(ctx->mem, struct keyed_line, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (group && strcmp(lines[i].grp, group) != 0)
            continue;
        keyed[kept++] =
            (struct keyed_line){&lines[i], group_index(groups, group_count, lines[i].grp),
                                name_key(ctx, lines[i].name, style, swaps, swap_count)};
    }
    qsort(keyed, kept, sizeof(struct keyed_line), keyed_compare);
    struct voter_line *sorted = mem_array(ctx->mem, struct voter_line, kept + 1);
    for (size_t i = 0; i < kept; i++)
        sorted[i] = *keyed[i].line;
    *ret_lines = sorted;
    *ret_count = kept;
    return ERR_OK;
}

static int
household_compare(const void *a, const void *b)
{
    const struct voter_line *first = a;
    const struct voter_line *second = b;
    const size_t length = strlen(first->household);
    const size_t other = strlen(second->household);
    if ((length == 0) != (other == 0))
        return length == 0 ? 1 : -1;
    if (length != other)
        return length < other ? -1 : 1;
    const int order = strcmp(first->household, second->household);
    return order ? order : strcmp(first->person, second->person);
}

void
roll_list_by_household(struct voter_line *lines, size_t count)
{
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && strcmp(lines[from].grp, lines[to].grp) == 0; to++)
            ;
        qsort(lines + from, to - from, sizeof *lines, household_compare);
    }
}

const char *
roll_list_hash(struct ctx *ctx, const struct voter_line *lines, size_t count)
{
    struct sm3_state *state = sm3_new(ctx->mem);
    uint8_t hash[SM3_LENGTH];
    sm3_begin(state);
    for (size_t i = 0; i < count; i++) {
        const char *parts[] = {lines[i].grp, "\t", lines[i].name,   "\t",
                               lines[i].sex, "\t", lines[i].person, "\n"};
        for (size_t k = 0; k < COUNT_OF(parts); k++)
            sm3_add(state, parts[k], strlen(parts[k]));
    }
    sm3_end(state, hash);
    return hex_format(ctx, hash, SM3_LENGTH);
}
