/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row of a check. Rows that are clean as they stand are taken at once; every other goes through
 * roll_row_read, the reader of the import, so that both know one rule only. quick_row must never
 * take a row that roll_row_read would change or refuse (tests/exchange/test_roll_check.c compares).
 */
#include <string.h>

#include "base/utf8.h"
#include "domain/idcard.h"
#include "exchange/check_parts.h"
#include "exchange/roll_clean.h"
#include "exchange/roll_judge.h"
#include "exchange/roll_reader.h"

enum { LONGEST_PLAIN = 500, LONGEST_NAME = 100, LONGEST_PHONE = 24, ID_LENGTH = 18 };

uint32_t
check_hash(const char *text, size_t length)
{
    uint64_t hash = 0xCBF29CE484222325u ^ length;
    for (; length >= 8; text += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001B3u;
    hash *= 0x9E3779B97F4A7C15u;
    return (uint32_t)(hash >> 32) | 1;
}

struct check_found *
check_found_add(struct check_worker *worker, const struct check_rec *rec, enum roll_fault fault,
                enum roll_column column)
{
    struct check_found *found = VECTOR_ADD(worker->ctx->mem, &worker->founds, struct check_found);
    *found = (struct check_found){
        .at = rec->at,
        .source = (uint8_t)(rec->marks >> MARK_SOURCE_SHIFT),
        .fault = (uint8_t)fault,
        .column = (uint8_t)column,
        .other_source = UINT8_MAX,
    };
    return found;
}

void
check_found_other(struct check_found *found, const struct check_rec *other)
{
    found->other_at = other->at;
    found->other_source = (uint8_t)(other->marks >> MARK_SOURCE_SHIFT);
    found->village = other->village;
}

static uint32_t
village_number(struct check_worker *worker, struct check_memory *memory, const char *text,
               size_t length)
{
    struct roll_check *check = worker->check;
    if (length < sizeof memory->village && length == memory->village_length && length &&
        memcmp(text, memory->village, length) == 0)
        return memory->village_number;
    pthread_mutex_lock(&check->lock);
    const uint32_t number = check_village(check, mem_text_n(check->ctx->mem, text, length));
    pthread_mutex_unlock(&check->lock);
    if (length < sizeof memory->village) {
        memcpy(memory->village, text, length);
        memory->village_length = length;
        memory->village_number = number;
    }
    return number;
}

/* What a row is before it is put away. */
struct taken {
    struct check_rec rec;
    uint32_t birth;
    struct check_span id, sex, born, household, village;
};

static void
village_see(struct check_worker *worker, uint32_t village, uint8_t seen)
{
    if (village >= worker->seen_count) {
        const size_t count = (size_t)village + 256;
        worker->seen = mem_grow(worker->ctx->mem, worker->seen, uint8_t, count);
        memset(worker->seen + worker->seen_count, 0, count - worker->seen_count);
        worker->seen_count = count;
    }
    worker->seen[village] |= seen;
}

/* A person on a roll: the rules that need no other row. */
static void
roll_take(struct check_worker *worker, const struct taken *taken)
{
    const struct check_rec *rec = &taken->rec;
    const uint32_t last = worker->check->last_birth;
    worker->people++;
    village_see(worker, rec->village, SEEN_ROLL);
    worker->women += (rec->marks & MARK_FEMALE) != 0;
    if (last && taken->birth > last)
        (void)check_found_add(worker, rec, ROLL_FAULT_UNDER_AGE,
                              rec->key ? ROLL_COL_ID_NUMBER : ROLL_COL_BIRTH);
}

static void
put_away(struct check_worker *worker, const struct check_source *source, struct taken *taken)
{
    struct check_rec *rec = &taken->rec;
    const uint32_t last = worker->check->last_birth;
    if (!last || (taken->birth && taken->birth <= last))
        rec->marks |= MARK_ADULT;
    if (source->kind == ROLL_KIND_ROLL)
        roll_take(worker, taken);
    if (source->kind == ROLL_KIND_LAST_ROLL && taken->birth > worker->youngest)
        worker->youngest = taken->birth;
    if (source->kind == ROLL_KIND_HOUSEHOLD) {
        if (!(rec->marks & MARK_ADULT))
            return;
        worker->adults++;
        village_see(worker, rec->village, SEEN_REGISTER);
    }
    if (rec->key)
        *VECTOR_ADD(worker->ctx->mem, &worker->parts[source->kind][check_part(rec->key)],
                    struct check_rec) = *rec;
    else
        *VECTOR_ADD(worker->ctx->mem, &worker->loose[source->kind], struct check_loose) =
            (struct check_loose){*rec, taken->birth};
}

static void
house_hash(struct taken *taken, const char *text, size_t length)
{
    if (length)
        taken->rec.household = (check_hash(text, length) ^ taken->rec.village * 0x9E3779B9u) | 1;
}

static bool
all_common(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!(text[i] & 0x80))
            return false;
    }
    return length > 0 && length <= LONGEST_NAME;
}

static bool
all_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    return length <= LONGEST_PHONE;
}

/* The head of a roll that says all by itself: 1, or 2 where nothing is said of a wish. */
static bool
quick_head(const struct check_source *source, const char *text, size_t length,
           struct check_rec *rec)
{
    const bool wish = source->head.places[ROLL_COL_WISH] >= 0;
    if (source->kind != ROLL_KIND_ROLL || length != 1 ||
        !(text[0] == '1' || (text[0] == '2' && !wish)))
        return false;
    rec->marks |= (uint32_t)(text[0] - '0');
    return true;
}

static bool
quick_plain(const struct check_source *source, enum roll_column column, struct check_span cell,
            struct taken *taken)
{
    const bool compared =
        column == ROLL_COL_HOUSEHOLD || column == ROLL_COL_VILLAGE || column == ROLL_COL_GROUP;
    if (cell.length > LONGEST_PLAIN ||
        (compared && cell.length && memchr(cell.text, ' ', cell.length)))
        return false;
    if (column == ROLL_COL_HOUSEHOLD)
        taken->household = cell;
    if (column == ROLL_COL_VILLAGE)
        taken->village = cell;
    return column != ROLL_COL_GROUP || cell.length || source->kind == ROLL_KIND_LAST_ROLL;
}

static bool
quick_cell(const struct check_source *source, enum roll_column column, struct check_span cell,
           struct taken *taken)
{
    switch (roll_column_cell(column)) {
    case ROLL_CELL_NAME:
        taken->rec.name = check_hash(cell.text, cell.length);
        return all_common(cell.text, cell.length);
    case ROLL_CELL_SEX:
        taken->sex = cell;
        return true;
    case ROLL_CELL_DATE:
        taken->born = column == ROLL_COL_BIRTH ? cell : taken->born;
        return column == ROLL_COL_BIRTH || cell.length == 0;
    case ROLL_CELL_ID:
        taken->id = cell;
        return cell.length == ID_LENGTH;
    case ROLL_CELL_PHONE:
        return all_digits(cell.text, cell.length);
    case ROLL_CELL_WORD:
        return column == ROLL_COL_HEAD ? quick_head(source, cell.text, cell.length, &taken->rec)
                                       : cell.length == 0;
    case ROLL_CELL_PLAIN:
        return quick_plain(source, column, cell, taken);
    case ROLL_CELL_SEALED:
        break;
    }
    return true;
}

/* The number, and that sex and birthday beside it say the same in the plainest form. */
static bool
quick_number(struct taken *taken)
{
    const char *id = taken->id.text, *born = taken->born.text;
    if (taken->id.length != ID_LENGTH)
        return false;
    const struct idcard card = idcard_read_18(id, &taken->rec.key);
    if (card.fault != IDCARD_OK)
        return false;
    const char *sex = card.sex == SEX_MALE ? "男" : "女";
    taken->rec.marks |= card.sex == SEX_FEMALE ? MARK_FEMALE : 0;
    taken->birth = check_birth(taken->rec.key);
    if (taken->sex.length && (taken->sex.length != 3 || memcmp(taken->sex.text, sex, 3) != 0))
        return false;
    return taken->born.length == 0 ||
           (taken->born.length == 10 && born[4] == '-' && born[7] == '-' &&
            memcmp(born, id + 6, 4) == 0 && memcmp(born + 5, id + 10, 2) == 0 &&
            memcmp(born + 8, id + 12, 2) == 0);
}

static bool
quick_row(struct check_worker *worker, struct check_memory *memory, const struct check_row *row,
          struct taken *taken)
{
    const struct check_source *source = row->source;
    if (source->kind != ROLL_KIND_ROLL && source->kind != ROLL_KIND_HOUSEHOLD &&
        source->kind != ROLL_KIND_LAST_ROLL)
        return false;
    for (size_t i = 0; i < source->known_count; i++) {
        const size_t place = source->known[i].place;
        struct check_span cell = {"", 0};
        if (place < row->count) {
            const size_t from = place ? row->ends[place - 1] + 1 : row->begin;
            cell = (struct check_span){source->bytes + from, row->ends[place] - from};
        }
        if (!quick_cell(source, source->known[i].column, cell, taken))
            return false;
    }
    if (!quick_number(taken))
        return false;
    taken->rec.village =
        source->head.places[ROLL_COL_VILLAGE] < 0
            ? source->village
            : village_number(worker, memory, taken->village.text, taken->village.length);
    house_hash(taken, taken->household.text, taken->household.length);
    return true;
}

/* The cells as texts; false if they are all blank. */
static bool
cells_copy(struct ctx *ctx, const struct check_row *row, struct sheet_row *ret_row)
{
    const char **cells = mem_array(ctx->mem, const char *, row->count + 1);
    bool any = false;
    size_t from = row->begin, count = 0;
    for (size_t i = 0; i < row->count; i++) {
        const char *text = mem_text_n(ctx->mem, row->source->bytes + from, row->ends[i] - from);
        from = row->ends[i] + 1;
        if (i == 0 && row->source->listed)
            continue;
        cells[count++] = text;
        any = any || !utf8_is_blank(text);
    }
    *ret_row = (struct sheet_row){.cells = cells, .count = count};
    return any;
}

static void
slow_number(struct ctx *ctx, const struct roll_row *row, const char *raw, struct taken *taken)
{
    struct check_rec *rec = &taken->rec;
    const char *number = row->cells[ROLL_COL_ID_NUMBER];
    struct date birth = roll_row_day(row, ROLL_COL_BIRTH);
    if (number[0])
        (void)idcard_read_18(number, &rec->key);
    else if (idcard_old_digits(roll_text_squeeze(ctx, raw), &rec->key))
        rec->marks |= MARK_OLD;
    else if (!utf8_is_blank(raw))
        rec->marks |= MARK_REFUSED;
    if (rec->key) {
        taken->birth = check_birth(rec->key);
        rec->marks |= rec->key % 2 ? 0 : MARK_FEMALE;
    } else if (date_is_set(birth)) {
        const struct civil civil = date_to_civil(birth);
        taken->birth = (uint32_t)(civil.year * 10000 + civil.month * 100 + civil.day);
    }
}

/* What the law says of heads 2 and 3, and of those who have no vote here. */
static void
slow_judge(struct check_worker *worker, struct ctx *ctx, const struct roll_row *row,
           struct taken *taken)
{
    const struct roll_check *check = worker->check;
    const struct check_source *source = &check->sources[taken->rec.marks >> MARK_SOURCE_SHIFT];
    const char *said = row->cells[ROLL_COL_WISH];
    const bool silent = !said[0] && source->head.places[ROLL_COL_WISH] >= 0;
    const enum register_wish wish = silent ? WISH_NO_ANSWER : said[0] == 'n' ? WISH_NO : WISH_YES;
    struct register_result result;
    /* 村民委员会组织法 §38: soldiers and staff of units stationed in a village take no part. */
    if (row->cells[ROLL_COL_STATIONED][0]) {
        (void)check_found_add(worker, &taken->rec, ROLL_FAULT_STATIONED, ROLL_COL_STATIONED);
        return;
    }
    if (row->cells[ROLL_COL_HEAD][0] < '2' || !date_is_set(check->plan.polling_day))
        return;
    struct register_facts facts = roll_row_facts(row, check->plan.polling_day, wish);
    facts.birth = date_add_years(check->plan.polling_day, -100); /* age is tested elsewhere */
    register_decide(ctx, check->plan.pack, &facts, &result);
    const enum roll_fault fault = roll_fault_of(&result, &facts);
    if (fault != ROLL_FAULT_COUNT)
        (void)check_found_add(worker, &taken->rec, fault, ROLL_COL_HEAD);
}

/* Lists of the deprived and of people away. */
static void
slow_marks(const struct roll_check *check, enum roll_kind kind, const struct roll_row *row,
           struct check_rec *rec)
{
    if (kind == ROLL_KIND_DEPRIVED &&
        roll_term_holds(roll_row_day(row, ROLL_COL_DEPRIVED_FROM),
                        roll_row_day(row, ROLL_COL_DEPRIVED_TO), check->plan.polling_day))
        rec->marks |= MARK_HOLDS;
    if (kind == ROLL_KIND_AWAY && row->cells[ROLL_COL_WISH][0] != 'y')
        rec->marks |= row->cells[ROLL_COL_WISH][0] == 'n' ? MARK_NO : MARK_SILENT;
}

static void
slow_row(struct check_worker *worker, struct check_memory *memory, const struct check_row *row,
         struct taken *taken)
{
    CLEANUP(ctx_freep) struct ctx *ctx = ctx_new(worker->ctx->lang);
    const struct check_source *source = row->source;
    struct roll_table table = {.kind = source->kind};
    struct roll_row read = {0};
    struct sheet_row from;
    if (!cells_copy(ctx, row, &from) || roll_row_is_nobody(ctx, &source->head, &from))
        return;
    roll_row_read(ctx, &source->head, &from, &table, &read);
    const int place = source->head.places[ROLL_COL_ID_NUMBER];
    const char *raw = place >= 0 && (size_t)place < from.count ? from.cells[place] : "";
    slow_number(ctx, &read, raw, taken);
    const char *name = read.cells[ROLL_COL_NAME];
    const char *village = read.cells[ROLL_COL_VILLAGE];
    taken->rec.name = check_hash(name, strlen(name));
    taken->rec.village = source->head.places[ROLL_COL_VILLAGE] < 0
                             ? source->village
                             : village_number(worker, memory, village, strlen(village));
    house_hash(taken, read.cells[ROLL_COL_HOUSEHOLD], strlen(read.cells[ROLL_COL_HOUSEHOLD]));
    for (size_t i = 0; i < table.refusal_count; i++)
        (void)check_found_add(worker, &taken->rec, table.refusals[i].fault,
                              table.refusals[i].column);
    if (source->kind == ROLL_KIND_ROLL) {
        taken->rec.marks |= (uint32_t)(read.cells[ROLL_COL_HEAD][0] & MARK_HEAD);
        slow_judge(worker, ctx, &read, taken);
    }
    slow_marks(worker->check, source->kind, &read, &taken->rec);
    put_away(worker, source, taken);
}

bool
check_row_take(struct check_worker *worker, struct check_memory *memory,
               const struct check_row *row)
{
    const struct check_source *source = row->source;
    const struct check_rec rec = {.at = row->begin,
                                  .marks = (uint32_t)row->source_index << MARK_SOURCE_SHIFT};
    struct taken taken = {.rec = rec};
    if (row->count > CHECK_CELLS)
        return source->listed;
    if (row->tame && quick_row(worker, memory, row, &taken)) {
        put_away(worker, source, &taken);
        return true;
    }
    const size_t length = row->ends[row->count - 1] - row->begin;
    if (!source->listed && (length > CHECK_ROW_LONGEST ||
                            (length && !utf8_is_valid(source->bytes + row->begin, length))))
        return false;
    taken = (struct taken){.rec = rec};
    slow_row(worker, memory, row, &taken);
    return true;
}
