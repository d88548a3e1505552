/* SPDX-License-Identifier: Apache-2.0 */
/*
 * J8: how long the check of a chain of entries takes.
 *
 * usage: bench-chain make FILE N      makes a database with N entries in 24 streams, and FILE.flat,
 *                                     the same messages for the limit: length, bytes, hash
 *        bench-chain check FILE T     reads the ledger of the database and checks it on T threads
 *        bench-chain limit FILE T     the limit: OpenSSL's SM3 over FILE.flat, nothing else
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/num.h"
#include "ledger/chain.h"
#include "store/ledger_store.h"

enum { STREAMS = 24, THREADS_MAX = 64 };

struct making {
    int64_t count;
    FILE *flat;
};

static json_t *
fields_of(struct ctx *ctx, int64_t number)
{
    return json_own(ctx->mem, json_pack("{s:s, s:s, s:I, s:s, s:s}", "on", "2021-03-20", "place",
                                        "村委会公告栏", "number", number, "by", "p000123", "text",
                                        "关于公布选民名单的公告"));
}

static enum err
stream_make(struct ctx *ctx, struct db *db, const struct making *making, int stream)
{
    uint8_t hash[SM3_LENGTH] = {0};
    const int64_t length = making->count / STREAMS + (stream < making->count % STREAMS ? 1 : 0);
    for (int64_t seq = 1; seq <= length; seq++) {
        CLEANUP(ctx_freep) struct ctx *inner = ctx_new(ctx->lang);
        struct entry entry = {
            .unit = mem_printf(inner, "3610231140%02d", stream),
            .seq = seq,
            .act = "notice.post",
            .at = "2021-03-20T09:00:00+08:00",
            .actor = "选委会",
            .fields = fields_of(inner, seq),
        };
        memcpy(entry.prev_hash, hash, SM3_LENGTH);
        const struct entry_row row = entry_seal(inner, &entry);
        memcpy(hash, row.hash, SM3_LENGTH);
        TRY(ledger_store_add_row(inner, db, &row));
        const uint32_t size = (uint32_t)(SM3_LENGTH + strlen(row.body));
        fwrite(&size, sizeof size, 1, making->flat);
        fwrite(row.prev_hash, SM3_LENGTH, 1, making->flat);
        fwrite(row.body, strlen(row.body), 1, making->flat);
        fwrite(row.hash, SM3_LENGTH, 1, making->flat);
    }
    return ERR_OK;
}

static enum err
streams_make(struct ctx *ctx, struct db *db, void *arg)
{
    for (int stream = 0; stream < STREAMS; stream++)
        TRY(stream_make(ctx, db, arg, stream));
    return ERR_OK;
}

static enum err
run_make(struct ctx *ctx, const char *path, int64_t count)
{
    CLEANUP(db_closep) struct db *db = NULL;
    struct making making = {.count = count};
    making.flat = fopen(mem_printf(ctx->mem, "%s.flat", path), "wb");
    if (!making.flat)
        return FAIL(ctx, ERR_IO, "写不了“%s.flat”", "cannot write \"%s.flat\"", path);
    TRY(db_open(ctx, path, DB_CREATE, &db));
    const enum err err = db_transaction(ctx, db, streams_make, &making);
    fclose(making.flat);
    return err;
}

static enum err
add_row(struct ctx *ctx, const void *row, void *arg)
{
    (void)ctx;
    chain_check_add(arg, row);
    return ERR_OK;
}

static enum err
run_check(struct ctx *ctx, const char *path, int64_t threads)
{
    CLEANUP(db_closep) struct db *db = NULL;
    TRY(db_open(ctx, path, DB_READ, &db));
    const int64_t begin = clock_monotonic_us();
    const int64_t processor = clock_processor_us();
    struct chain_check *check = chain_check_new(ctx->mem, (int)threads);
    TRY(ledger_store_each(ctx, db, NULL, add_row, check));
    const struct chain_result result = chain_check_end(check);
    const int64_t end = clock_monotonic_us();
    printf("check  %lld entries, %zu bad, %lld threads: %lld ms, %lld ms of processor\n",
           (long long)result.entries, result.break_count, (long long)threads,
           (long long)(end - begin) / 1000, (long long)(clock_processor_us() - processor) / 1000);
    return result.break_count ? ERR_NO : ERR_OK;
}

/* ---- the limit ---- */

struct part {
    const uint8_t *begin;
    const uint8_t *end;
    int64_t entries;
    int64_t bad;
};

static const uint8_t *
message_next(const uint8_t *message)
{
    uint32_t size;
    memcpy(&size, message, sizeof size);
    return message + sizeof size + size + SM3_LENGTH;
}

static void *
part_hash(void *arg)
{
    struct part *part = arg;
    struct sm3_state *state = sm3_new(NULL);
    for (const uint8_t *message = part->begin; message < part->end;
         message = message_next(message)) {
        uint8_t hash[SM3_LENGTH];
        uint32_t size;
        memcpy(&size, message, sizeof size);
        sm3_begin(state);
        sm3_add(state, message + sizeof size, size);
        sm3_end(state, hash);
        part->bad += memcmp(hash, message + sizeof size + size, SM3_LENGTH) != 0;
        part->entries++;
    }
    talloc_free(state);
    return NULL;
}

/* Cuts the messages into parts of about the same number of bytes. */
static void
parts_cut(const uint8_t *data, size_t length, struct part *parts, int64_t count)
{
    const uint8_t *at = data;
    for (int64_t i = 0; i < count; i++) {
        parts[i].begin = at;
        while (at < data + length / (size_t)count * (size_t)(i + 1) && at < data + length)
            at = message_next(at);
        if (i == count - 1)
            at = data + length;
        parts[i].end = at;
    }
}

static enum err
run_limit(struct ctx *ctx, const char *path, int64_t threads)
{
    struct part parts[THREADS_MAX] = {0};
    pthread_t ids[THREADS_MAX];
    struct stat status;
    const int fd = open(mem_printf(ctx->mem, "%s.flat", path), O_RDONLY);
    if (fd < 0 || fstat(fd, &status) != 0)
        return FAIL(ctx, ERR_IO, "读不了“%s.flat”", "cannot read \"%s.flat\"", path);
    const size_t length = (size_t)status.st_size;
    const uint8_t *data = mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (data == MAP_FAILED)
        return FAIL(ctx, ERR_IO, "读不了“%s.flat”", "cannot read \"%s.flat\"", path);
    parts_cut(data, length, parts, threads);
    int64_t entries = 0;
    int64_t bad = 0;
    const int64_t begin = clock_monotonic_us();
    const int64_t processor = clock_processor_us();
    for (int64_t i = 0; i < threads; i++)
        pthread_create(&ids[i], NULL, part_hash, &parts[i]);
    for (int64_t i = 0; i < threads; i++) {
        pthread_join(ids[i], NULL);
        entries += parts[i].entries;
        bad += parts[i].bad;
    }
    const int64_t end = clock_monotonic_us();
    printf("limit  %lld entries, %lld bad, %lld threads: %lld ms, %lld ms of processor\n",
           (long long)entries, (long long)bad, (long long)threads, (long long)(end - begin) / 1000,
           (long long)(clock_processor_us() - processor) / 1000);
    return bad ? ERR_NO : ERR_OK;
}

typedef enum err run_fn(struct ctx *ctx, const char *path, int64_t number);

static const struct {
    const char *name;
    int64_t most;
    run_fn *run;
} MODES[] = {
    {"make", INT32_MAX, run_make},
    {"check", THREADS_MAX, run_check},
    {"limit", THREADS_MAX, run_limit},
};

int
main(int argc, char **argv)
{
    CLEANUP(ctx_freep) struct ctx *ctx = ctx_new(LANG_EN);
    int64_t number = 0;
    for (size_t i = 0; i < COUNT_OF(MODES); i++) {
        if (argc != 4 || strcmp(argv[1], MODES[i].name) != 0 ||
            !num_parse_i64(argv[3], 1, MODES[i].most, &number))
            continue;
        const enum err err = MODES[i].run(ctx, argv[2], number);
        if (err != ERR_OK && ctx->failure.message)
            fprintf(stderr, "bench-chain: %s\n", ctx->failure.message);
        return err_exit_status(err);
    }
    fputs("usage: bench-chain make|check|limit FILE N\n", stderr);
    return err_exit_status(ERR_USAGE);
}
