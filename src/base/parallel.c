/* SPDX-License-Identifier: Apache-2.0 */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { WIDTH_MAX = 16, AHEAD_MAX = WIDTH_MAX + 2 };

struct job {
    size_t count;
    parallel_fn *fn;
    void *arg;
    atomic_size_t next;
};

size_t
parallel_width(void)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (processors < 1)
        return 1;
    return processors < WIDTH_MAX ? (size_t)processors : WIDTH_MAX;
}

static void *
job_work(void *arg)
{
    struct job *job = arg;
    for (size_t i = atomic_fetch_add(&job->next, 1); i < job->count;
         i = atomic_fetch_add(&job->next, 1))
        job->fn(job->arg, i);
    return NULL;
}

void
parallel_run(size_t count, parallel_fn *fn, void *arg)
{
    struct job job = {.count = count, .fn = fn, .arg = arg};
    pthread_t threads[WIDTH_MAX];
    const size_t width = parallel_width();
    const size_t wanted = count < width ? count : width;
    size_t made = 0;
    /* Fewer threads than wanted only make it slower. The caller works too. */
    while (made + 1 < wanted && pthread_create(&threads[made], NULL, job_work, &job) == 0)
        made++;
    job_work(&job);
    for (size_t i = 0; i < made; i++)
        pthread_join(threads[i], NULL);
}

/* ---- making and taking ---- */

struct line_run {
    const struct parallel_line *line;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void *made[AHEAD_MAX]; /* by i modulo ahead */
    size_t ahead;
    size_t next;  /* to be made */
    size_t taken; /* how many were taken */
    bool over;
};

static bool
line_may_make(const struct line_run *run)
{
    return !run->over && run->next < run->line->count && run->next < run->taken + run->ahead;
}

/* Makes the next one. With the lock held, before and after. */
static void
line_make(struct line_run *run)
{
    const size_t i = run->next++;
    pthread_mutex_unlock(&run->lock);
    void *made = run->line->make(run->line->arg, i);
    pthread_mutex_lock(&run->lock);
    run->made[i % run->ahead] = made;
    pthread_cond_broadcast(&run->changed);
}

static void *
line_work(void *arg)
{
    struct line_run *run = arg;
    pthread_mutex_lock(&run->lock);
    while (!run->over && run->next < run->line->count) {
        if (line_may_make(run))
            line_make(run);
        else
            pthread_cond_wait(&run->changed, &run->lock);
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

/* The caller: takes what is ready, else makes one itself, else waits. With the lock held. */
static void
line_take(struct line_run *run)
{
    void **slot = &run->made[run->taken % run->ahead];
    while (!*slot) {
        if (line_may_make(run))
            line_make(run);
        else
            pthread_cond_wait(&run->changed, &run->lock);
    }
    void *made = *slot;
    *slot = NULL;
    pthread_mutex_unlock(&run->lock);
    const bool more = run->line->take(run->line->arg, run->taken, made);
    pthread_mutex_lock(&run->lock);
    run->taken++;
    run->over = run->over || !more;
    pthread_cond_broadcast(&run->changed);
}

void
parallel_line_run(const struct parallel_line *line)
{
    const size_t width = parallel_width();
    struct line_run run = {.line = line, .ahead = width + 2};
    pthread_t threads[WIDTH_MAX];
    size_t made = 0;
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.changed, NULL);
    while (made + 1 < width && pthread_create(&threads[made], NULL, line_work, &run) == 0)
        made++;
    pthread_mutex_lock(&run.lock);
    while (!run.over && run.taken < line->count)
        line_take(&run);
    run.over = true;
    pthread_cond_broadcast(&run.changed);
    pthread_mutex_unlock(&run.lock);
    for (size_t i = 0; i < made; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < run.ahead; i++) {
        if (run.made[i])
            line->drop(run.made[i]);
    }
    pthread_cond_destroy(&run.changed);
    pthread_mutex_destroy(&run.lock);
}
