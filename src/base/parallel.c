/* SPDX-License-Identifier: Apache-2.0 */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { WIDTH_MAX = 16 };

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
