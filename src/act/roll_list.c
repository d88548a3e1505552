/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll.h"

#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "domain/stroke.h"

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

enum err
roll_list(struct ctx *ctx, struct db *db, const struct pack *pack, const char *unit,
          const char *group, struct voter_line **ret_lines, size_t *ret_count)
{
    struct voter_line *lines;
    const char **groups;
    size_t count, group_count, kept = 0;
    TRY(voter_store_lines(ctx, db, unit, NULL, &lines, &count));
    TRY(voter_store_groups(ctx, db, unit, &groups, &group_count));
    const enum stroke_style style = pack_word(pack, PACK_ORDER_STYLE) == ORDER_SINGLE_FIRST
                                        ? STROKE_SINGLE_FIRST
                                        : STROKE_BY_STROKE;
    struct keyed_line *keyed = mem_array(ctx->mem, struct keyed_line, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (group && strcmp(lines[i].grp, group) != 0)
            continue;
        keyed[kept++] =
            (struct keyed_line){&lines[i], group_index(groups, group_count, lines[i].grp),
                                stroke_key(ctx, lines[i].name, style)};
    }
    qsort(keyed, kept, sizeof(struct keyed_line), keyed_compare);
    struct voter_line *sorted = mem_array(ctx->mem, struct voter_line, kept + 1);
    for (size_t i = 0; i < kept; i++)
        sorted[i] = *keyed[i].line;
    *ret_lines = sorted;
    *ret_count = kept;
    return ERR_OK;
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
