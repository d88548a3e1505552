/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_check.h"

#include <string.h>

#include "base/buf.h"
#include "domain/idcard.h"
#include "domain/register.h"
#include "exchange/check_parts.h"
#include "exchange/roll_clean.h"

static const struct {
    const char *word;
    struct text title;
} CHANGES[] = {
#define X(symbol, word, zh, en) [ROLL_CHANGE_##symbol] = {word, {zh, en}},
#include "exchange/roll_changes.def"
#undef X
};

/* What is told but is for people to judge. Everything else keeps a row off the roll. */
static const enum roll_fault WARNINGS[] = {
    ROLL_FAULT_NAMESAKE, ROLL_FAULT_SILENT,     ROLL_FAULT_HOUSEHOLD_ABSENT, ROLL_FAULT_GONE,
    ROLL_FAULT_ADDED,    ROLL_FAULT_GONE_MOVED, ROLL_FAULT_NO_GROUP,
};

bool
roll_fault_blocks(enum roll_fault fault)
{
    for (size_t i = 0; i < COUNT_OF(WARNINGS); i++) {
        if (WARNINGS[i] == fault)
            return false;
    }
    return true;
}

const char *
roll_change_word(enum roll_change change)
{
    return CHANGES[change].word;
}

struct text
roll_change_title(enum roll_change change)
{
    return CHANGES[change].title;
}

static void *
scan_start(void *arg)
{
    check_scan(arg);
    return NULL;
}

static void *
compare_start(void *arg)
{
    check_compare(arg);
    return NULL;
}

/* The caller is the first thread. */
static enum err
threads_run(struct roll_check *check, void *(*start)(void *))
{
    int started = 1;
    check->next = 0;
    while (started < check->threads && pthread_create(&check->workers[started].thread, NULL, start,
                                                      &check->workers[started]) == 0)
        started++;
    (void)start(&check->workers[0]);
    for (int i = 1; i < started; i++)
        pthread_join(check->workers[i].thread, NULL);
    return ERR_OK;
}

static void
workers_make(struct roll_check *check)
{
    check->workers = mem_array(check->ctx->mem, struct check_worker, check->threads);
    for (int i = 0; i < check->threads; i++) {
        check->workers[i].check = check;
        check->workers[i].ctx = ctx_new(check->ctx->lang);
    }
}

static void
workers_free(struct roll_check *check)
{
    for (int i = 0; check->workers && i < check->threads; i++)
        ctx_freep(&check->workers[i].ctx);
    check->workers = NULL;
}

/* True if a source turned out to need the general reader: it is read again, and all is scanned
 * anew. Rare, so nothing is kept of the first time. */
static enum err
irregular_reopen(struct roll_check *check, bool *ret_again)
{
    *ret_again = false;
    for (size_t i = 0; i < check->plan.count; i++) {
        if (!check->sources[i].irregular)
            continue;
        TRY(check_source_open(check, i, true));
        *ret_again = true;
    }
    return ERR_OK;
}

/* The threads' memory goes when all is compared; lines are asked for later. */
static void
samples_keep(struct roll_check *check)
{
    for (size_t i = 0; i < check->chunk_count; i++) {
        struct check_chunk *chunk = &check->chunks[i];
        size_t *samples = mem_array(check->ctx->mem, size_t, chunk->sample_count + 1);
        memcpy(samples, chunk->samples, chunk->sample_count * sizeof *samples);
        chunk->samples = samples;
    }
}

static enum err
all_scan(struct roll_check *check)
{
    for (size_t i = 0; i < check->plan.count; i++)
        TRY(check_source_open(check, i, check->plan.plain));
    for (bool again = true; again;) {
        workers_free(check);
        workers_make(check);
        check_chunks_make(check);
        TRY(threads_run(check, scan_start));
        TRY(irregular_reopen(check, &again));
    }
    samples_keep(check);
    return ERR_OK;
}

static uint32_t
day_number(struct date day)
{
    const struct civil civil = date_to_civil(day);
    return (uint32_t)(civil.year * 10000 + civil.month * 100 + civil.day);
}

/* The day of birth that parts who could be on the last roll from who was too young: by its polling
 * day, else by the youngest on it. */
static uint32_t
last_term_of(const struct roll_check *check)
{
    uint32_t youngest = 0;
    if (date_is_set(check->plan.last_day))
        return day_number(register_last_birth(check->plan.last_day));
    for (int i = 0; i < check->threads; i++) {
        if (check->workers[i].youngest > youngest)
            youngest = check->workers[i].youngest;
    }
    return youngest;
}

static void
villages_join(struct roll_check *check)
{
    bool common = false;
    check->seen = mem_array(check->ctx->mem, uint8_t, check->villages.count + 1);
    for (int i = 0; i < check->threads; i++) {
        const struct check_worker *worker = &check->workers[i];
        for (size_t k = 0; k < worker->seen_count && k < check->villages.count; k++)
            check->seen[k] |= worker->seen[k];
    }
    for (size_t i = 0; i < check->villages.count; i++) {
        common |= check->seen[i] == (SEEN_ROLL | SEEN_REGISTER);
        check->counts.villages += check->seen[i] & SEEN_ROLL;
    }
    /* A roll by names and a register by codes, say: then a village is no help in comparing. */
    check->villages_apart = !common && !check->seen[0];
}

static void
counts_join(struct roll_check *check)
{
    for (int i = 0; i < check->threads; i++) {
        check->counts.people += check->workers[i].people;
        check->counts.women += check->workers[i].women;
        check->counts.adults += check->workers[i].adults;
    }
    for (size_t i = 0; i < check->founds.count; i++)
        check->counts.faults[check->founds.list[i].fault]++;
    for (size_t i = 0; i < check->changes.count; i++)
        check->counts.changes[check->changes.list[i].fault]++;
    check->counts.has_register = check->has[ROLL_KIND_HOUSEHOLD];
    check->counts.villages_apart = check->counts.has_register && check->villages_apart;
    check->counts.has_last = check->has[ROLL_KIND_LAST_ROLL];
}

static enum err
all_check(struct roll_check *check)
{
    TRY(all_scan(check));
    villages_join(check);
    check->last_term = last_term_of(check);
    TRY(threads_run(check, compare_start));
    check_settle(check);
    counts_join(check);
    return ERR_OK;
}

enum err
roll_check_run(struct ctx *ctx, const struct roll_check_plan *plan, struct roll_check **ret_check)
{
    struct roll_check *check = mem_new(ctx->mem, struct roll_check);
    check->ctx = ctx;
    check->plan = *plan;
    check->threads = plan->threads < 1               ? 1
                     : plan->threads > CHECK_THREADS ? CHECK_THREADS
                                                     : plan->threads;
    if (plan->count == 0 || plan->count >= UINT8_MAX)
        return FAIL(ctx, ERR_LIMIT, "一次检查 1 至 254 个文件", "1 to 254 files at a time");
    check->sources = mem_array(ctx->mem, struct check_source, plan->count);
    if (date_is_set(plan->polling_day))
        check->last_birth = day_number(register_last_birth(plan->polling_day));
    (void)name_add(ctx, &check->villages, "");
    pthread_mutex_init(&check->lock, NULL);
    const enum err err = all_check(check);
    pthread_mutex_destroy(&check->lock);
    workers_free(check);
    if (err == ERR_OK)
        *ret_check = check;
    return err;
}

const struct roll_check_counts *
roll_check_counts(const struct roll_check *check)
{
    return &check->counts;
}

size_t
roll_check_count(const struct roll_check *check)
{
    return check->founds.count;
}

bool
roll_check_blocks(const struct roll_check *check)
{
    for (size_t i = 0; i < ROLL_FAULT_COUNT; i++) {
        if (check->counts.faults[i] && roll_fault_blocks((enum roll_fault)i))
            return true;
    }
    return false;
}

static const char *
cell_clean(struct ctx *ctx, const struct check_source *source, size_t at, enum roll_column column)
{
    const struct check_span cell = check_cell(source, at, column);
    const char *raw = mem_text_n(ctx->mem, cell.text, cell.length);
    const char *text = "";
    enum roll_fault fault;
    if (!roll_cell_clean(ctx, column, raw, &text, &fault))
        text = roll_text_squeeze(ctx, raw);
    return text;
}

/* Enough to find the row again, not enough to be the number: birthday and order stay hidden. */
static const char *
id_mask(struct ctx *ctx, const char *number)
{
    enum { HEAD = 6, TAIL = 4, SHORTEST = 14 };
    const size_t length = strlen(number);
    if (length == 0)
        return "";
    if (length < SHORTEST)
        return mem_printf(ctx->mem, "****(%zu)", length);
    return mem_printf(ctx->mem, "%.*s%.*s%s", HEAD, number, (int)length - HEAD - TAIL,
                      "**********************************", number + length - TAIL);
}

static const char *
letters(struct ctx *ctx, size_t column)
{
    if (column < 26)
        return mem_printf(ctx->mem, "%c", (char)('A' + column));
    return mem_printf(ctx->mem, "%c%c", (char)('A' + column / 26 - 1), (char)('A' + column % 26));
}

static const char *
other_words(struct ctx *ctx, const struct roll_check *check, const struct check_found *found)
{
    const char *village = check->villages.names[found->village];
    if (found->other_source == UINT8_MAX)
        return village;
    const struct check_source *other = &check->sources[found->other_source];
    const char *slash = strrchr(other->path, '/');
    const long long line = (long long)check_line(check, found->other_source, found->other_at);
    const bool same = found->other_source == found->source;
    return text_format(ctx, "%s%s%s第 %lld 行", "%s%s%srow %lld", village, village[0] ? " " : "",
                       same ? "" : mem_printf(ctx->mem, "%s ", slash ? slash + 1 : other->path),
                       line);
}

static void
finding_make(struct ctx *ctx, const struct roll_check *check, const struct check_found *found,
             struct roll_check_finding *ret_finding)
{
    const struct check_source *source = &check->sources[found->source];
    const bool sheet = found->fault == ROLL_FAULT_NO_GROUP;
    struct roll_check_finding finding = {
        .file = source->path,
        .sheet = source->sheet,
        .kind = source->kind,
        .source = found->source,
        .line = check_line(check, found->source, found->at),
        .column = (enum roll_column)found->column,
        .fault = (enum roll_fault)found->fault,
        .blocks = roll_fault_blocks((enum roll_fault)found->fault),
        .cell = "",
        .name = "",
        .id = "",
        .village = check->villages.names[source->village],
        .detail = other_words(ctx, check, found),
    };
    if (sheet)
        finding.line = source->first_line - 1;
    if (!sheet) {
        finding.name = cell_clean(ctx, source, found->at, ROLL_COL_NAME);
        finding.id = id_mask(ctx, cell_clean(ctx, source, found->at, ROLL_COL_ID_NUMBER));
    }
    if (!sheet && source->head.places[ROLL_COL_VILLAGE] >= 0)
        finding.village = cell_clean(ctx, source, found->at, ROLL_COL_VILLAGE);
    if (found->column < ROLL_COLUMN_COUNT && source->head.places[found->column] >= 0)
        finding.cell =
            mem_printf(ctx->mem, "%s%lld", letters(ctx, (size_t)source->head.places[found->column]),
                       (long long)finding.line);
    *ret_finding = finding;
}

void
roll_check_finding(struct ctx *ctx, const struct roll_check *check, size_t index,
                   struct roll_check_finding *ret_finding)
{
    finding_make(ctx, check, &check->founds.list[index], ret_finding);
}

size_t
roll_check_change_count(const struct roll_check *check)
{
    return check->changes.count;
}

void
roll_check_change(struct ctx *ctx, const struct roll_check *check, size_t index,
                  struct roll_check_finding *ret_finding, enum roll_change *ret_change)
{
    const struct check_found *change = &check->changes.list[index];
    const struct check_found found = {.at = change->at,
                                      .source = change->source,
                                      .other_source = UINT8_MAX,
                                      .fault = ROLL_FAULT_ADDED,
                                      .column = ROLL_COLUMN_COUNT};
    finding_make(ctx, check, &found, ret_finding);
    ret_finding->blocks = false;
    *ret_change = (enum roll_change)change->fault;
}

const char *
roll_check_words(struct ctx *ctx, const struct roll_check_finding *finding)
{
    const struct roll_fault_row *row = roll_fault_row(finding->fault);
    const char *title =
        finding->column == ROLL_COLUMN_COUNT
            ? ""
            : text_format(ctx, "“%s”", "\"%s\" ", roll_column_title(finding->column));
    const char *more =
        finding->detail[0] ? text_format(ctx, "（%s）", " (%s)", finding->detail) : "";
    return mem_printf(ctx->mem, "%s%s%s", title, text_pick(ctx, row->wrong), more);
}
