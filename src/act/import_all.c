/* SPDX-License-Identifier: Apache-2.0 */
#include "act/import_all.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "act/prepare.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/parallel.h"
#include "domain/names.h"
#include "exchange/roll_split.h"
#include "store/stream_store.h"

enum { FILE_MOST = 64 << 20, GROUP_MOST = 32, BEGIN_TRIES = 12 };
/* Another writer waits so long at most. */
enum { GROUP_US = 800 * 1000 };
/* A file of five million people has about 700 MB. */
static const size_t WHOLE_MOST = (size_t)2 << 30;

/* Where one village's register comes from. */
struct source {
    const char *unit;
    const char *name;
    const char *path;             /* a file of its own, or NULL */
    const struct roll_part *part; /* of the whole */
    int64_t bytes;
};

/* Villages written in one transaction; each is a savepoint of it, so each is in whole or not. On
 * SQLite a page that many of them change (the index over the identities of all) is then written
 * once. On PostgreSQL a group is one village: pages are not written by a commit there, and a clash
 * with another writer costs one village only. */
struct group {
    struct ctx *ctx; /* of the answers */
    struct import_told told[GROUP_MOST];
    size_t count;
    int64_t begun_us;
};

struct job {
    struct ctx *ctx;
    struct gate *gate;
    const struct import_all *import;
    struct file_bytes whole;
    struct roll_split split;
    struct source *sources;
    size_t count;
    size_t capacity;
    struct import_progress progress;
    struct import_sum sum;
    struct group group;
    enum err err;
};

/* One village read, with memory of its own. */
struct item {
    struct ctx *ctx;
    enum err err;
    struct read_roll read;
};

/* ---- which villages ---- */

static void
source_add(struct job *job, struct source source)
{
    if (job->count == job->capacity) {
        job->capacity = job->capacity ? 2 * job->capacity : 64;
        job->sources = mem_grow(job->ctx->mem, job->sources, struct source, job->capacity);
    }
    job->sources[job->count++] = source;
    job->progress.bytes += source.bytes;
}

/* A code, a name, or the name of the committee: 市山村委会 is 市山村. */
static enum err
unit_find(struct job *job, const char *written, struct unit *ret_unit)
{
    static const char *const ENDINGS[] = {"民委员会", "委会"};
    struct ctx *ctx = job->ctx;
    const size_t length = strlen(written);
    const enum err err = unit_store_resolve(ctx, job->gate->db, written, ret_unit);
    if (err != ERR_NOT_FOUND)
        return err;
    for (size_t i = 0; i < COUNT_OF(ENDINGS); i++) {
        const size_t ending = strlen(ENDINGS[i]);
        if (length <= ending || strcmp(written + length - ending, ENDINGS[i]) != 0)
            continue;
        failure_clear(ctx);
        return unit_store_resolve(ctx, job->gate->db,
                                  mem_text_n(ctx->mem, written, length - ending), ret_unit);
    }
    return err;
}

static enum err
whole_open(struct job *job, const char *path)
{
    struct ctx *ctx = job->ctx;
    TRY(file_map(ctx, path, (struct text){"名册", "register"}, WHOLE_MOST, &job->whole));
    TRY(roll_split_read(ctx, path, job->whole.data, job->whole.length, &job->split));
    for (size_t i = 0; i < job->split.count; i++) {
        const struct roll_part *part = &job->split.parts[i];
        struct unit unit;
        TRY(unit_find(job, part->village, &unit));
        source_add(job, (struct source){.unit = unit.unit,
                                        .name = unit.name,
                                        .part = part,
                                        .bytes = (int64_t)part->length});
    }
    return ERR_OK;
}

static bool
is_register(const char *name)
{
    static const char *const ENDINGS[] = {".csv", ".txt", ".tsv", ".xlsx", ".xls"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && dot > name && i < COUNT_OF(ENDINGS); i++) {
        if (strcmp(dot, ENDINGS[i]) == 0)
            return true;
    }
    return false;
}

static int
name_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err
folder_names(struct ctx *ctx, const char *path, struct names *ret_names)
{
    struct names names = {0};
    DIR *folder = opendir(path);
    for (struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder)) {
        if (is_register(entry->d_name))
            names_append(ctx, &names, mem_text(ctx->mem, entry->d_name));
    }
    if (folder)
        (void)closedir(folder);
    if (names.count == 0)
        return FAIL_HINT(ctx, folder ? ERR_INVALID : ERR_IO,
                         "每村一个文件，文件名就是村名或村代码，如 市山村.xlsx",
                         "one file a village, named by its name or code, such as 市山村.xlsx",
                         "文件夹“%s”里没有名册", "there are no registers in the folder \"%s\"",
                         path);
    qsort(names.list, names.count, sizeof *names.list, name_compare);
    *ret_names = names;
    return ERR_OK;
}

static enum err
folder_open(struct job *job, const char *folder)
{
    struct ctx *ctx = job->ctx;
    struct names names = {0};
    TRY(folder_names(ctx, folder, &names));
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.list[i];
        const char *path = mem_printf(ctx->mem, "%s/%s", folder, name);
        struct stat status = {0};
        struct unit unit;
        TRY(unit_find(job, mem_text_n(ctx->mem, name, (size_t)(strrchr(name, '.') - name)), &unit));
        (void)stat(path, &status);
        source_add(job,
                   (struct source){
                       .unit = unit.unit, .name = name, .path = path, .bytes = status.st_size});
    }
    return ERR_OK;
}

static int
unit_compare(const void *a, const void *b)
{
    const struct source *const *first = a;
    const struct source *const *second = b;
    return strcmp((*first)->unit, (*second)->unit);
}

/* The code and the name of one village in two places would be two half registers. */
static enum err
twice_check(struct job *job)
{
    const struct source **sorted = mem_array(job->ctx->mem, const struct source *, job->count + 1);
    for (size_t i = 0; i < job->count; i++)
        sorted[i] = &job->sources[i];
    qsort(sorted, job->count, sizeof(struct source *), unit_compare);
    for (size_t i = 1; i < job->count; i++) {
        if (strcmp(sorted[i - 1]->unit, sorted[i]->unit) == 0)
            return FAIL_HINT(job->ctx, ERR_INVALID, "同一个村用同一种写法、放在一个文件里",
                             "write one village in one way and keep it in one file",
                             "%s（%s）出现两次，写法不同", "%s (%s) is there twice",
                             sorted[i]->name, sorted[i]->unit);
    }
    return ERR_OK;
}

/* ---- reading: any thread ---- */

static enum err
source_read(struct ctx *ctx, const struct job *job, const struct source *source,
            struct read_roll *ret_read)
{
    struct file_bytes file;
    struct roll_file roll = {.name = source->name};
    if (source->part) {
        roll.bytes = roll_split_text(ctx, &job->split, source->part, &roll.length);
    } else {
        TRY(file_read(ctx, source->path, (struct text){"名册", "register"}, FILE_MOST, &file));
        roll.bytes = file.data;
        roll.length = file.length;
    }
    TRY(register_read(ctx, job->gate->key, job->import->kind, roll, ret_read));
    /* Lines are those of the file the clerk has before her. */
    for (size_t i = 0; source->part && i < ret_read->table.count; i++)
        ret_read->table.rows[i].line = roll_part_line(source->part, ret_read->table.rows[i].line);
    for (size_t i = 0; source->part && i < ret_read->table.refusal_count; i++)
        ret_read->table.refusals[i].line =
            roll_part_line(source->part, ret_read->table.refusals[i].line);
    register_write(ctx, ret_read);
    return ERR_OK;
}

static void *
item_make(void *arg, size_t i)
{
    const struct job *job = arg;
    struct item *item = mem_new(NULL, struct item);
    item->ctx = ctx_new(job->ctx->lang);
    item->ctx->now = job->ctx->now;
    item->err = source_read(item->ctx, job, &job->sources[i], &item->read);
    return item;
}

static void
item_drop(void *made)
{
    struct item *item = made;
    ctx_free(item->ctx);
    talloc_free(item);
}

/* ---- writing: one thread ---- */

static enum err
item_submit(struct ctx *ctx, struct job *job, struct item *item, struct import_told *told)
{
    const struct import_all *import = job->import;
    const bool roll = strcmp(import->kind, "roll") == 0;
    struct prepared_roll prepared;
    TRY(register_finish(ctx, job->gate, told->unit, &item->read, &prepared));
    told->taken = (int64_t)prepared.taken;
    told->refused = (int64_t)prepared.refused;
    const struct blob_to_add blobs[] = {
        {prepared.original, strlen(prepared.original), prepared.original_name},
        {prepared.rows, strlen(prepared.rows), prepared.rows_name}};
    json_t *fields = json_own(ctx->mem, json_object());
    json_object_set_new(fields, "original", json_string(prepared.original_name));
    json_object_set_new(fields, "rows", json_string(prepared.rows_name));
    json_object_set_new(fields, "accept", json_string(import->accept));
    json_object_set_new(fields, "as_of", json_string(import->as_of));
    if (!roll) {
        json_object_set_new(fields, "kind", json_string(import->kind));
        json_object_set_new(fields, "source", json_string(import->source));
    }
    const struct submission submission = {
        .unit = told->unit,
        .act = roll ? "roll.import" : "register.import",
        .user = import->user,
        .fields = fields,
        .waivers = import->waivers,
        .blobs = blobs,
        .blob_count = COUNT_OF(blobs),
    };
    TRY(act_submit_inside(ctx, job->gate, &submission, &told->answer));
    return told->answer.accepted ? ERR_OK : ERR_REFUSED;
}

struct submitting {
    struct job *job;
    struct item *item;
    struct import_told *told;
};

static enum err
submit_nested(struct ctx *ctx, struct db *db, void *arg)
{
    struct submitting *submitting = arg;
    (void)db;
    return item_submit(ctx, submitting->job, submitting->item, submitting->told);
}

/* Others may be writing: SQLite waits a second each time. */
static enum err
group_begin(struct job *job)
{
    struct db *db = job->gate->db;
    if (db_in_transaction(db))
        return ERR_OK;
    job->group.ctx = ctx_new(job->ctx->lang);
    job->group.ctx->now = job->ctx->now;
    job->group.count = 0;
    job->group.begun_us = clock_monotonic_us();
    for (int tries = 1;; tries++) {
        const enum err err = db_begin(job->ctx, db);
        if (err != ERR_STALE || tries == BEGIN_TRIES)
            return err;
        failure_clear(job->ctx);
    }
}

/* Commits, and only then tells what was accepted. */
static enum err
group_end(struct job *job)
{
    struct group *group = &job->group;
    if (!db_in_transaction(job->gate->db))
        return ERR_OK;
    TRY(db_commit(job->ctx, job->gate->db));
    for (size_t i = 0; i < group->count; i++) {
        const struct import_told *told = &group->told[i];
        job->sum.imported += told->err == ERR_OK;
        job->sum.refused += told->err != ERR_OK;
        job->sum.rows += told->err == ERR_OK ? told->taken : 0;
        job->progress.villages_done++;
        job->progress.bytes_done += told->bytes;
        job->progress.rows_done += told->taken;
        job->import->tell(job->import->arg, told);
    }
    job->import->progress(job->import->arg, &job->progress);
    ctx_freep(&group->ctx);
    return ERR_OK;
}

/* What is the matter with one village only. */
static bool
others_go_on(enum err err)
{
    return err == ERR_OK || err == ERR_REFUSED || err == ERR_INVALID || err == ERR_LIMIT;
}

static enum err
told_fill(struct job *job, struct item *item, struct import_told *told)
{
    struct ctx *ctx = job->group.ctx;
    struct submitting submitting = {job, item, told};
    failure_clear(ctx);
    if (item->err == ERR_OK)
        told->err = db_nested(ctx, job->gate->db, submit_nested, &submitting);
    else
        told->err = item->err;
    const struct failure *failure = item->err ? &item->ctx->failure : &ctx->failure;
    told->words = mem_text(ctx->mem, failure->message);
    if (others_go_on(told->err))
        return ERR_OK;
    return FAIL(job->ctx, told->err, "%s：%s", "%s: %s", told->name, told->words);
}

static enum err
item_write(struct job *job, const struct source *source, struct item *item, bool last)
{
    struct group *group = &job->group;
    TRY(group_begin(job));
    struct import_told *told = &group->told[group->count];
    *told =
        (struct import_told){.unit = source->unit, .name = source->name, .bytes = source->bytes};
    const enum err err = told_fill(job, item, told);
    group->count += err == ERR_OK;
    const bool full = group->count == GROUP_MOST || db_is_postgres(job->gate->db) ||
                      clock_monotonic_us() - group->begun_us > GROUP_US;
    if (err != ERR_OK || last || full) {
        /* Those before the one with the trouble are whole. */
        const enum err end = group_end(job);
        return err != ERR_OK ? err : end;
    }
    return ERR_OK;
}

static bool
item_take(void *arg, size_t i, void *made)
{
    struct job *job = arg;
    job->err = item_write(job, &job->sources[i], made, i + 1 == job->count);
    item_drop(made);
    return job->err == ERR_OK;
}

static enum err
job_run(struct job *job)
{
    struct stat status;
    const char *path = job->import->path;
    const bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    TRY(folder ? folder_open(job, path) : whole_open(job, path));
    TRY(twice_check(job));
    job->progress.villages = (int64_t)job->count;
    const struct parallel_line line = {
        .count = job->count,
        .make = item_make,
        .take = item_take,
        .drop = item_drop,
        .arg = job,
    };
    parallel_line_run(&line);
    return job->err;
}

enum err
import_all_run(struct ctx *ctx, struct gate *gate, const struct import_all *import,
               struct import_sum *ret_sum)
{
    struct job job = {.ctx = ctx, .gate = gate, .import = import};
    const enum err err = job_run(&job);
    db_rollback(gate->db);
    if (job.group.ctx)
        ctx_freep(&job.group.ctx);
    file_unmap(&job.whole);
    *ret_sum = job.sum;
    return err;
}
