/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of a poll in few words, and what is asked of the result. */
#pragma once

#include "domain/poll.h"

#include "support/packs.h"
#include "support/support.h"

#define JX "cn-2018+jiangxi"
#define ZJ "cn-2018+zhejiang"

#define MAN(who, n, ...)                                                                           \
    {                                                                                              \
        .name = (who), .sex = SEX_MALE, .votes = (n), .registered = true, .age_ok = true,          \
        ##__VA_ARGS__                                                                              \
    }
#define WOMAN(who, n, ...)                                                                         \
    {                                                                                              \
        .name = (who), .sex = SEX_FEMALE, .votes = (n), .registered = true, .age_ok = true,        \
        ##__VA_ARGS__                                                                              \
    }
/* Somebody not on the roll, or too young. */
#define BARRED(who, n, on_roll, of_age)                                                            \
    {                                                                                              \
        .name = (who), .sex = SEX_MALE, .votes = (n), .registered = (on_roll), .age_ok = (of_age)  \
    }
#define KIN(...) .kin = {(const char *[]){__VA_ARGS__}, COUNT_OF(((const char *[]){__VA_ARGS__}))}
#define LINE(which, n, ...)                                                                        \
    {                                                                                              \
        .post = POST_##which, .seats = (n), .candidates = (struct poll_candidate[]){__VA_ARGS__},  \
        .count = COUNT_OF(((struct poll_candidate[]){__VA_ARGS__}))                                \
    }
/* 1000 registered, 800 ballots: 401 elect in the first round, 267 in the second. */
#define FACTS(which, ...)                                                                          \
    {                                                                                              \
        .registered = 1000, .issued = 800, .recovered = 800, .round = (which), .combined = true,   \
        .posts = (struct poll_post[]){__VA_ARGS__},                                                \
        .post_count = COUNT_OF(((struct poll_post[]){__VA_ARGS__}))                                \
    }
/* An expression, so that the list lives as long as the test. */
#define BEFORE(facts, ...)                                                                         \
    ((facts).before = (struct poll_before[]){__VA_ARGS__},                                         \
     (facts).before_count = COUNT_OF(((struct poll_before[]){__VA_ARGS__})))

__attribute__((unused)) static struct poll_result
decide(struct ctx *ctx, const char *law, const struct poll_facts *facts)
{
    struct poll_result result = {0};
    if (poll_decide(ctx, support_pack(ctx, law), facts, &result) != ERR_OK)
        fail_msg("%s", ctx->failure.message);
    assert_true(result.why.count >= 2);
    return result;
}

/* "elected|pending|tied|vacant|next|second candidates" of one post. */
__attribute__((unused)) static void
assert_post(struct ctx *ctx, const struct poll_result *result, size_t place, const char *expected)
{
    const struct poll_outcome *post = &result->outcomes[place];
    const char *said =
        mem_printf(ctx->mem, "%s|%s|%s|%d|%s|%s", names_join(ctx, &post->elected),
                   names_join(ctx, &post->pending), names_join(ctx, &post->tied), (int)post->vacant,
                   poll_next_word(post->next), names_join(ctx, &post->second_candidates));
    assert_string_equal(said, expected);
}

__attribute__((unused)) static void
assert_refused(struct ctx *ctx, const struct poll_facts *facts, const char *field)
{
    struct poll_result result = {0};
    failure_clear(ctx);
    assert_int_equal(poll_decide(ctx, support_pack(ctx, "cn-2018"), facts, &result), ERR_INVALID);
    assert_string_equal(ctx->failure.field, field);
}
