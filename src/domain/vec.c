/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/vec.h"

#include <stdlib.h>

bool
vec_must_leave(const struct pack *pack, const struct vec_member *member)
{
    const enum kin_scope scope = (enum kin_scope)pack_word(pack, PACK_VEC_LEAVES_FOR_KIN);
    return member->nominated || kin_in_scope(scope, member->kin_nominated);
}

static void
find_leaves(struct ctx *ctx, const struct pack *pack, const struct vec_facts *facts,
            struct vec_result *result)
{
    result->leaves = mem_array(ctx->mem, const char *, facts->member_count);
    for (size_t i = 0; i < facts->member_count; i++) {
        const struct vec_member *member = &facts->members[i];
        const bool leaves = vec_must_leave(pack, member);
        if (leaves)
            result->leaves[result->leave_count++] = member->name;
        if (member->nominated)
            ruling_note(
                ctx, &result->ruling, RULE_VEC_04,
                text_format(ctx, "%s本人被提名，退出", "%s is nominated and leaves", member->name));
        else if (member->kin_nominated != RELATION_NONE)
            ruling_note(ctx, &result->ruling, RULE_VEC_04,
                        text_format(ctx, "%s的%s被提名：%s（%s）",
                                    "%s, whose %s is nominated, %s (%s)", member->name,
                                    text_pick(ctx, relation_title(member->kin_nominated)),
                                    leaves ? text_format(ctx, "退出", "leaves")
                                           : text_format(ctx, "不必退出", "stays"),
                                    pack_source(ctx, pack, PACK_VEC_LEAVES_FOR_KIN)));
    }
}

/* Most votes first; equal votes keep the order given (the array's own). */
static int
compare_alternates(const void *a, const void *b)
{
    const struct vec_alternate *first = *(const struct vec_alternate *const *)a;
    const struct vec_alternate *second = *(const struct vec_alternate *const *)b;
    if (first->votes != second->votes)
        return first->votes > second->votes ? -1 : 1;
    return (first > second) - (first < second);
}

static void
find_fills(struct ctx *ctx, const struct vec_facts *facts, struct vec_result *result)
{
    const struct vec_alternate **order =
        mem_array(ctx->mem, const struct vec_alternate *, facts->alternate_count);
    for (size_t i = 0; i < facts->alternate_count; i++)
        order[i] = &facts->alternates[i];
    qsort(order, facts->alternate_count, sizeof(struct vec_alternate *), compare_alternates);
    result->fills = mem_array(ctx->mem, const char *, facts->alternate_count);
    while (result->fill_count < facts->alternate_count &&
           result->fill_count < result->leave_count) {
        const struct vec_alternate *alternate = order[result->fill_count];
        result->fills[result->fill_count++] = alternate->name;
        ruling_note(ctx, &result->ruling, RULE_VEC_05,
                    text_format(ctx, "%s（%lld 票）按得票递补",
                                "%s (%lld votes) fills a place by votes", alternate->name,
                                (long long)alternate->votes));
    }
    const size_t open = result->leave_count - result->fill_count;
    if (open > 0)
        ruling_test_as(
            ctx, &result->ruling, RULE_VEC_05, SEVERITY_WARN, true,
            text_format(ctx, "%zu 个缺额无人递补，另行推选", "%zu places stay open", open));
}

static struct vec_size_rule
size_rule(const struct pack *pack, const struct vec_facts *facts)
{
    if (facts->size_rule)
        return *facts->size_rule;
    return (struct vec_size_rule){
        .min = pack_int(pack, PACK_VEC_LEAST),
        .max = pack_is_none(pack, PACK_VEC_MOST) ? VEC_NO_LIMIT : pack_int(pack, PACK_VEC_MOST),
    };
}

/* 规程: an odd number is preferred. */
static bool
is_even(int64_t number)
{
    return (number & 1) == 0;
}

static void
judge_size(struct ctx *ctx, const struct pack *pack, const struct vec_facts *facts,
           struct vec_result *result)
{
    const struct vec_size_rule rule = size_rule(pack, facts);
    const int64_t size = result->size;
    const bool few = size < rule.min;
    const bool many = rule.max != VEC_NO_LIMIT && size > rule.max;
    ruling_test_as(ctx, &result->ruling, RULE_VEC_02, SEVERITY_BLOCK, few || many,
                   rule.max == VEC_NO_LIMIT
                       ? text_format(ctx, "选举委员会 %lld 人，应不少于 %lld 人",
                                     "%lld members, at least %lld", (long long)size,
                                     (long long)rule.min)
                       : text_format(ctx, "选举委员会 %lld 人，应为 %lld 至 %lld 人",
                                     "%lld members, from %lld to %lld", (long long)size,
                                     (long long)rule.min, (long long)rule.max));
    if (is_even(size))
        ruling_test_as(ctx, &result->ruling, RULE_VEC_02, SEVERITY_WARN, true,
                       text_format(ctx, "%lld 人为偶数，以奇数为宜",
                                   "%lld is even; an odd number is preferred", (long long)size));
    if (!pack_is_none(pack, PACK_VEC_SOFT_LEAST) && size < pack_int(pack, PACK_VEC_SOFT_LEAST))
        ruling_test_as(ctx, &result->ruling, RULE_VEC_02, SEVERITY_WARN, true,
                       text_format(ctx, "%lld 人，一般不少于 %d 人",
                                   "%lld members, usually not fewer than %d", (long long)size,
                                   pack_int(pack, PACK_VEC_SOFT_LEAST)));
    result->ok = !few && !many;
}

void
vec_decide(struct ctx *ctx, const struct pack *pack, const struct vec_facts *facts,
           struct vec_result *ret_result)
{
    struct vec_result result = {0};
    find_leaves(ctx, pack, facts, &result);
    find_fills(ctx, facts, &result);
    result.size = (int64_t)(facts->member_count - result.leave_count + result.fill_count);
    judge_size(ctx, pack, facts, &result);
    *ret_result = result;
}
