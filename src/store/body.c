/* SPDX-License-Identifier: Apache-2.0 */
/* How a body stands over all of its rounds. No SQL of its own. */
#include <string.h>

#include "store/outcome_store.h"
#include "store/round_store.h"

/* Everything known of a body. */
struct body_view {
    struct ctx *ctx;
    struct round *rounds;
    size_t round_count;
    struct seated *seated;
    size_t seated_count;
    struct vacancy *vacancies;
    size_t vacancy_count;
};

static bool
round_is_announced(const struct body_view *view, int64_t number)
{
    for (size_t i = 0; i < view->round_count; i++) {
        if (view->rounds[i].round == number)
            return strcmp(view->rounds[i].state, "announced") == 0 ||
                   strcmp(view->rounds[i].state, "settled") == 0;
    }
    return false;
}

static enum err
view_load(struct ctx *ctx, struct db *db, const char *unit, const char *body,
          struct body_view *ret_view)
{
    struct body_view view = {.ctx = ctx};
    TRY(round_store_list(ctx, db, unit, &view.rounds, &view.round_count));
    TRY(seated_store_list(ctx, db, unit, body, &view.seated, &view.seated_count));
    TRY(vacancy_store_list(ctx, db, unit, body, &view.vacancies, &view.vacancy_count));
    *ret_view = view;
    return ERR_OK;
}

/* The round whose seats are the body's: the last announced one of kind first or repeat. */
static int64_t
base_round(const struct body_view *view, const char *body)
{
    int64_t number = 0;
    for (size_t i = 0; i < view->round_count; i++) {
        const struct round *round = &view->rounds[i];
        const bool base = strcmp(round->kind, "first") == 0 ||
                          (strcmp(round->kind, "repeat") == 0 && number == 0);
        if (base && strcmp(round->body, body) == 0 && round_is_announced(view, round->round))
            number = round->round;
    }
    return number;
}

static void
post_fill(const struct body_view *view, struct body_post *post)
{
    for (size_t i = 0; i < view->seated_count; i++) {
        const struct seated *seated = &view->seated[i];
        if (strcmp(seated->post, post->post) != 0 || !round_is_announced(view, seated->round))
            continue;
        post->elected += strcmp(seated->state, "elected") == 0;
        post->pending += strcmp(seated->state, "pending") == 0;
    }
    for (size_t i = 0; i < view->vacancy_count; i++) {
        if (strcmp(view->vacancies[i].post, post->post) == 0)
            post->kept += view->vacancies[i].seats;
    }
    const int64_t open = post->seats - post->elected - post->pending - post->kept;
    post->open = open > 0 ? open : 0;
}

static enum err
posts_of(struct ctx *ctx, struct db *db, const struct body_view *view, int64_t base,
         const char *unit, struct body_post **ret_posts, size_t *ret_count)
{
    struct outcome_post *from = NULL;
    size_t count = 0;
    if (base)
        TRY(outcome_store_posts(ctx, db, unit, base, &from, &count));
    struct body_post *posts = mem_array(ctx->mem, struct body_post, count);
    for (size_t i = 0; i < count; i++) {
        posts[i] = (struct body_post){.post = from[i].post, .seats = from[i].seats};
        post_fill(view, &posts[i]);
    }
    *ret_posts = posts;
    *ret_count = count;
    return ERR_OK;
}

enum err
body_store_posts(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                 struct body_post **ret_posts, size_t *ret_count)
{
    struct body_view view;
    TRY(view_load(ctx, db, unit, body, &view));
    return posts_of(ctx, db, &view, base_round(&view, body), unit, ret_posts, ret_count);
}

static struct date
later(struct date a, struct date b)
{
    return date_compare(a, b) < 0 ? b : a;
}

enum err
outcome_store_complete(struct ctx *ctx, struct db *db, const char *unit, const char *body,
                       struct date *ret_day)
{
    struct body_view view;
    struct body_post *posts;
    size_t count;
    struct date day = DATE_NONE;
    TRY(view_load(ctx, db, unit, body, &view));
    TRY(posts_of(ctx, db, &view, base_round(&view, body), unit, &posts, &count));
    bool complete = count > 0;
    for (size_t i = 0; i < count; i++)
        complete = complete && posts[i].open == 0 && posts[i].pending == 0;
    for (size_t i = 0; complete && i < view.seated_count; i++) {
        if (strcmp(view.seated[i].state, "elected") == 0)
            day = later(day, view.seated[i].since);
    }
    for (size_t i = 0; complete && i < view.vacancy_count; i++)
        day = later(day, view.vacancies[i].on_day);
    *ret_day = day;
    return ERR_OK;
}
