/* SPDX-License-Identifier: Apache-2.0 */
#include "act/origin.h"

#include <stdlib.h>
#include <string.h>

#include "act/kit.h"
#include "store/ledger_store.h"
#include "store/setting_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* That entry `seq` of `unit` had this hash. */
struct mark {
    const char *unit;
    int64_t seq;
    uint8_t hash[SM3_LENGTH];
    const char *by; /* the stream that says it; NULL: people */
    int64_t by_seq;
    const char *where;         /* people: file and line */
    const struct entry *entry; /* by: the whole */
};

struct origins {
    struct ctx *ctx;
    struct gate *gate;
    const struct verify_options *options;
    struct verify_report *report;
    struct entry_row *places; /* entries of interest: without bodies */
    size_t place_count;
    struct mark *marks; /* by unit, seq, by */
    size_t mark_count;
    struct ledger_stream *streams;
    size_t stream_count;
    bool kit; /* the streams above are not here */
};

static void
fault_add(struct origins *origins, const char *where, const char *what)
{
    verify_fault_add(origins->ctx, origins->report, where, what);
}

static bool
is_asked(const struct origins *origins, const char *unit, const char *other)
{
    const char *only = origins->options->unit;
    return !only || strcmp(only, unit) == 0 || (other && strcmp(only, other) == 0);
}

/* --- gathering --- */

static enum err
place_take(struct ctx *ctx, const void *row, void *arg)
{
    struct origins *origins = arg;
    const struct entry_row *borrowed = row;
    const struct act *act = act_find(borrowed->act);
    const bool system =
        strcmp(borrowed->act, "unit.receive") == 0 || strcmp(borrowed->act, "unit.anchor") == 0;
    if (!act || (!system && !(act->flags & (ACT_TO_VILLAGES | ACT_CHECKPOINT))))
        return ERR_OK;
    const struct entry_row kept = {.unit = mem_text(ctx->mem, borrowed->unit),
                                   .seq = borrowed->seq,
                                   .act = act->id,
                                   .at = mem_text(ctx->mem, borrowed->at)};
    origins->places =
        mem_grow(ctx->mem, origins->places, struct entry_row, origins->place_count + 1);
    origins->places[origins->place_count++] = kept;
    return ERR_OK;
}

/* NULL if it does not read: the chain says so. */
static enum err
entry_get(struct origins *origins, const struct entry_row *place, struct entry **ret_entry)
{
    struct entry *entry = mem_new(origins->ctx->mem, struct entry);
    const enum err err =
        ledger_store_find(origins->ctx, origins->gate->db, place->unit, place->seq, entry);
    *ret_entry = err == ERR_OK ? entry : NULL;
    if (err == ERR_STORE || err == ERR_NOT_FOUND)
        failure_clear(origins->ctx);
    return err == ERR_STORE || err == ERR_NOT_FOUND ? ERR_OK : err;
}

static void
mark_add(struct origins *origins, const struct mark *mark)
{
    origins->marks =
        mem_grow(origins->ctx->mem, origins->marks, struct mark, origins->mark_count + 1);
    origins->marks[origins->mark_count++] = *mark;
}

/* unit.receive and unit.anchor name their entry by other fields. */
static enum err
mark_read(struct origins *origins, const struct entry_row *place)
{
    const bool receive = strcmp(place->act, "unit.receive") == 0;
    struct entry *entry;
    TRY(entry_get(origins, place, &entry));
    if (!entry)
        return ERR_OK;
    const char *hash = json_text_of(entry->fields, receive ? "source_hash" : "hash");
    struct mark mark = {
        .unit = json_text_of(entry->fields, receive ? "source_unit" : "village"),
        .seq = row_int(entry->fields, receive ? "source_seq" : "entry"),
        .by = place->unit,
        .by_seq = place->seq,
        .entry = entry,
    };
    if (mark.unit && hash && hex_parse(hash, mark.hash, SM3_LENGTH))
        mark_add(origins, &mark);
    return ERR_OK;
}

static int
mark_compare(const void *a, const void *b)
{
    const struct mark *one = a;
    const struct mark *two = b;
    const int unit = strcmp(one->unit, two->unit);
    if (unit != 0)
        return unit;
    if (one->seq != two->seq)
        return one->seq < two->seq ? -1 : 1;
    return strcmp(one->by ? one->by : "", two->by ? two->by : "");
}

static enum err
marks_gather(struct origins *origins)
{
    const struct verify_options *options = origins->options;
    for (size_t i = 0; i < origins->place_count; i++) {
        const char *act = origins->places[i].act;
        if (strcmp(act, "unit.receive") == 0 || strcmp(act, "unit.anchor") == 0)
            TRY(mark_read(origins, &origins->places[i]));
    }
    for (size_t i = 0; i < options->head_count; i++) {
        struct mark mark = {.unit = options->heads[i].unit,
                            .seq = options->heads[i].seq,
                            .where = options->heads[i].where};
        memcpy(mark.hash, options->heads[i].hash, SM3_LENGTH);
        mark_add(origins, &mark);
    }
    if (origins->mark_count)
        qsort(origins->marks, origins->mark_count, sizeof origins->marks[0], mark_compare);
    return ERR_OK;
}

/* The mark that `by` has of that entry, or NULL. */
static const struct mark *
mark_find(const struct origins *origins, const char *unit, int64_t seq, const char *by)
{
    const struct mark wanted = {.unit = unit, .seq = seq, .by = by};
    return origins->mark_count ? bsearch(&wanted, origins->marks, origins->mark_count,
                                         sizeof origins->marks[0], mark_compare)
                               : NULL;
}

/* --- marks that do not hold --- */

static struct verify_tie *
tie_of(struct origins *origins, const char *unit)
{
    struct verify_report *report = origins->report;
    for (size_t i = 0; i < report->tie_count; i++) {
        if (strcmp(report->ties[i].unit, unit) == 0)
            return &report->ties[i];
    }
    return NULL;
}

static const char *
mark_words(struct origins *origins, const struct mark *mark)
{
    if (!mark->by)
        return mark->where;
    return text_format(origins->ctx, "%s 第 %lld 号记录", "entry %2$lld of %1$s", mark->by,
                       (long long)mark->by_seq);
}

/* What a village received is what the source says, and the source is an act for villages. */
static enum err
extract_check(struct origins *origins, const struct mark *mark)
{
    struct ctx *ctx = origins->ctx;
    const struct entry_row place = {.unit = mark->unit, .seq = mark->seq};
    const json_t *fields = mark->entry->fields;
    const char *named = json_text_of(fields, "act");
    const char *extract = json_text_of(fields, "extract");
    bool binds = false;
    struct entry *source;
    TRY(entry_get(origins, &place, &source));
    if (!source || !named || !extract)
        return ERR_OK;
    const struct act *act = act_find(source->act);
    const bool same = strcmp(named, source->act) == 0 &&
                      strcmp(extract, json_canonical(ctx, source->fields)) == 0;
    if (same && act && act->flags & ACT_TO_VILLAGES)
        TRY(act_binds(ctx, origins->gate, source, mark->by, &binds));
    if (!binds)
        fault_add(origins, mark->by,
                  text_format(ctx, "第 %lld 号记录接收的不是 %s 第 %lld 号记录（%s）的决定",
                              "entry %1$lld does not receive what entry %3$lld of %2$s (%4$s) says",
                              (long long)mark->by_seq, mark->unit, (long long)mark->seq,
                              source->act));
    return ERR_OK;
}

static enum err
mark_check(struct origins *origins, const struct mark *mark)
{
    struct ctx *ctx = origins->ctx;
    uint8_t hash[SM3_LENGTH];
    struct verify_tie *tie = tie_of(origins, mark->unit);
    const bool receive = mark->by && strcmp(mark->entry->act, "unit.receive") == 0;
    if (receive && origins->kit)
        return ERR_OK;
    const enum err err = ledger_store_hash(ctx, origins->gate->db, mark->unit, mark->seq, hash);
    if (err == ERR_NOT_FOUND) {
        fault_add(origins, mark->unit,
                  text_format(ctx, "第 %lld 号记录不在（%s记着它）：记录被截去或删除",
                              "entry %lld is missing, %s knows it: entries were cut off or deleted",
                              (long long)mark->seq, mark_words(origins, mark)));
        return ERR_OK;
    }
    TRY(err);
    if (memcmp(hash, mark->hash, SM3_LENGTH) != 0) {
        fault_add(origins, mark->unit,
                  text_format(ctx, "第 %lld 号记录不是%s记着的那一条（哈希不同）",
                              "entry %lld is not the one %s knows (another hash)",
                              (long long)mark->seq, mark_words(origins, mark)));
        return ERR_OK;
    }
    if (tie && tie->tied_seq < mark->seq)
        tie->tied_seq = mark->seq;
    return receive ? extract_check(origins, mark) : ERR_OK;
}

static enum err
marks_check(struct origins *origins)
{
    for (size_t i = 0; i < origins->mark_count; i++) {
        const struct mark *mark = &origins->marks[i];
        if (is_asked(origins, mark->unit, mark->by))
            TRY(mark_check(origins, mark));
        if (i && mark->by && mark_compare(mark, mark - 1) == 0)
            fault_add(origins, mark->by,
                      text_format(origins->ctx, "%s 第 %lld 号记录接收了两次",
                                  "entry %2$lld of %1$s is there twice", mark->unit,
                                  (long long)mark->seq));
    }
    return ERR_OK;
}

/* --- decisions that did not arrive --- */

/* True if the village was open when the source was entered: its own opening came before. */
static bool
was_open(const struct origins *origins, const struct entry *source, const char *village)
{
    for (size_t i = 0; i < origins->mark_count; i++) {
        const struct mark *mark = &origins->marks[i];
        if (!mark->by || mark->by_seq != 1 || strcmp(mark->by, village) != 0)
            continue;
        return strcmp(mark->unit, source->unit) == 0 ? mark->seq <= source->seq
                                                     : strcmp(mark->entry->at, source->at) < 0;
    }
    return false;
}

/* While a village is taken out a decision waits, and one withdrawn meanwhile never comes. */
static enum err
may_lack(struct origins *origins, const struct entry *source, const char *village, bool *ret_may)
{
    const struct entry_row *taken = NULL;
    struct standing standing = {.state = ""};
    const enum err err =
        standing_store_find(origins->ctx, origins->gate->db, source->unit, source->seq, &standing);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_may = false;
    for (size_t i = 0; i < origins->place_count; i++) {
        const struct entry_row *place = &origins->places[i];
        if (strcmp(place->unit, village) != 0 || strncmp(place->act, "kit.", 4) != 0)
            continue;
        if (strcmp(place->act, "kit.take_out") == 0) {
            taken = place;
            continue;
        }
        if (taken && strcmp(source->at, taken->at) >= 0 && strcmp(source->at, place->at) <= 0)
            *ret_may = strcmp(standing.state, "withdrawn") == 0;
        taken = NULL;
    }
    if (taken && strcmp(source->at, taken->at) >= 0)
        *ret_may = true;
    return ERR_OK;
}

static enum err
arrival_check(struct origins *origins, const struct entry *source, const struct unit *village)
{
    bool binds;
    bool may = false;
    const bool opens = strcmp(source->act, "term.open") == 0;
    TRY(act_binds(origins->ctx, origins->gate, source, village->unit, &binds));
    if (!binds || (!opens && !was_open(origins, source, village->unit)) ||
        mark_find(origins, source->unit, source->seq, village->unit))
        return ERR_OK;
    TRY(may_lack(origins, source, village->unit, &may));
    if (!may)
        fault_add(origins, village->unit,
                  text_format(origins->ctx, "%s没有接收 %s 第 %lld 号记录（%s）",
                              "%1$s has not received entry %3$lld of %2$s (%4$s)", village->name,
                              source->unit, (long long)source->seq, source->act));
    return ERR_OK;
}

static enum err
arrivals_check(struct origins *origins)
{
    struct unit *units;
    size_t count;
    TRY(unit_store_list(origins->ctx, origins->gate->db, &units, &count));
    for (size_t i = 0; i < origins->place_count; i++) {
        struct entry *source;
        if (!(act_find(origins->places[i].act)->flags & ACT_TO_VILLAGES))
            continue;
        TRY(entry_get(origins, &origins->places[i], &source));
        for (size_t k = 0; source && k < count; k++) {
            if (units[k].level == LEVEL_VILLAGE && is_asked(origins, units[k].unit, source->unit))
                TRY(arrival_check(origins, source, &units[k]));
        }
    }
    return ERR_OK;
}

/* --- signed entries the town does not know --- */

/* What was signed in a kit is noted with the return. */
static enum err
anchors_check(struct origins *origins)
{
    const struct entry_row *taken = NULL;
    for (size_t i = 0; i < origins->place_count; i++) {
        const struct entry_row *place = &origins->places[i];
        struct unit unit;
        if (taken && strcmp(taken->unit, place->unit) != 0)
            taken = NULL;
        if (!(act_find(place->act)->flags & ACT_CHECKPOINT))
            continue;
        const bool ends =
            strcmp(place->act, "kit.bring_back") == 0 || strcmp(place->act, "kit.void") == 0;
        const bool away = taken && !ends;
        if (ends)
            taken = NULL;
        else if (strcmp(place->act, "kit.take_out") == 0)
            taken = place;
        TRY(unit_store_find(origins->ctx, origins->gate->db, place->unit, &unit));
        if (away || !is_asked(origins, place->unit, unit.parent) ||
            mark_find(origins, place->unit, place->seq, unit.parent))
            continue;
        fault_add(origins, unit.parent,
                  text_format(origins->ctx, "没有 %s 第 %lld 号记录（%s）的留底：记录被截去或删除",
                              "there is no note of entry %2$lld of %1$s (%3$s): entries were cut "
                              "off or deleted",
                              place->unit, (long long)place->seq, place->act));
    }
    return ERR_OK;
}

static void
ties_begin(struct origins *origins)
{
    struct verify_report *report = origins->report;
    report->ties = mem_array(origins->ctx->mem, struct verify_tie, origins->stream_count + 1);
    for (size_t i = 0; i < origins->stream_count; i++) {
        if (is_asked(origins, origins->streams[i].unit, NULL))
            report->ties[report->tie_count++] =
                (struct verify_tie){origins->streams[i].unit, origins->streams[i].last_seq, 0};
    }
}

enum err
origin_verify(struct ctx *ctx, struct gate *gate, const struct verify_options *options,
              struct verify_report *report)
{
    struct origins origins = {.ctx = ctx, .gate = gate, .options = options, .report = report};
    const char *unit;
    const enum err err = setting_store_find(ctx, gate->db, KIT_UNIT_SETTING, &unit);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    origins.kit = err == ERR_OK;
    TRY(ledger_store_streams(ctx, gate->db, &origins.streams, &origins.stream_count));
    TRY(ledger_store_places(ctx, gate->db, place_take, &origins));
    TRY(marks_gather(&origins));
    ties_begin(&origins);
    TRY(marks_check(&origins));
    if (origins.kit)
        return ERR_OK;
    TRY(arrivals_check(&origins));
    return anchors_check(&origins);
}
