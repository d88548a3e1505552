/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll_pairs.h"

#include <stdlib.h>
#include <string.h>

struct pairing {
    struct call *call;
    const struct roll_people *people;
    const struct roll_table *table;
    bool *on; /* by place in people->list: on the roll when the table is taken */
    size_t told[ROLL_FAULT_COUNT];
};

static int
row_compare(const void *a, const void *b)
{
    const struct roll_row *const *first = a;
    const struct roll_row *const *second = b;
    const int order = strcmp((*first)->cells[ROLL_COL_NAME], (*second)->cells[ROLL_COL_NAME]);
    if (order != 0)
        return order;
    return (*first)->line < (*second)->line ? -1 : 1;
}

static enum err
pair_tell(struct pairing *pairing, const char *who, enum roll_column column, enum roll_fault fault,
          const char *detail)
{
    if (pairing->told[fault]++ >= ROLL_FINDINGS_MOST)
        return ERR_OK;
    return roll_fault_report(pairing->call, SEVERITY_WARN, who, column, fault, detail);
}

static const char *
row_words(struct pairing *pairing, const struct roll_row *row)
{
    return text_format(pairing->call->ctx, "第 %lld 行 %s", "row %lld %s", (long long)row->line,
                       row->cells[ROLL_COL_NAME]);
}

/* Same name and birthday, and one of the two has no number. */
static bool
is_namesake(const struct roll_row *a, const struct roll_row *b)
{
    return a->cells[ROLL_COL_BIRTH][0] &&
           strcmp(a->cells[ROLL_COL_BIRTH], b->cells[ROLL_COL_BIRTH]) == 0 &&
           !(a->cells[ROLL_COL_ID_MAC][0] && b->cells[ROLL_COL_ID_MAC][0]);
}

static enum err
namesakes_tell(struct pairing *pairing)
{
    const size_t count = pairing->table->count;
    const struct roll_row **rows =
        mem_array(pairing->call->ctx->mem, const struct roll_row *, count + 1);
    for (size_t i = 0; i < count; i++)
        rows[i] = &pairing->table->rows[i];
    qsort(rows, count, sizeof *rows, row_compare);
    for (size_t i = 1; i < count; i++) {
        for (size_t k = i; k-- > 0 && strcmp(rows[k]->cells[ROLL_COL_NAME],
                                             rows[i]->cells[ROLL_COL_NAME]) == 0;) {
            if (!is_namesake(rows[i], rows[k]))
                continue;
            TRY(pair_tell(pairing, row_words(pairing, rows[i]), ROLL_COL_NAME, ROLL_FAULT_NAMESAKE,
                          mem_printf(pairing->call->ctx->mem, "%lld", (long long)rows[k]->line)));
            break;
        }
    }
    return ERR_OK;
}

/* The number is known here under another name. */
static enum err
names_tell(struct pairing *pairing)
{
    for (size_t i = 0; i < pairing->table->count; i++) {
        const struct roll_row *row = &pairing->table->rows[i];
        const struct person *known = roll_people_match(pairing->people, row);
        if (!known)
            continue;
        pairing->on[known - pairing->people->list] = true;
        if (row->cells[ROLL_COL_ID_MAC][0] && strcmp(known->name, row->cells[ROLL_COL_NAME]) != 0)
            TRY(pair_tell(pairing, row_words(pairing, row), ROLL_COL_NAME, ROLL_FAULT_OTHER_NAME,
                          known->person));
    }
    return ERR_OK;
}

static int
house_compare(const void *a, const void *b)
{
    const struct person *const *first = a;
    const struct person *const *second = b;
    int order = strcmp((*first)->grp, (*second)->grp);
    order = order ? order : strcmp((*first)->household, (*second)->household);
    return order ? order : strcmp((*first)->person, (*second)->person);
}

/* An adult of the register of whom nothing is known that explains why he is not listed. */
static bool
is_unexplained(const struct pairing *pairing, const struct person *person)
{
    const struct roll_people *people = pairing->people;
    const struct away *away = roll_people_away(people, person->person);
    return person->in_register && date_is_set(person->birth) &&
           register_is_adult(person->birth, people->polling_day) &&
           !roll_people_voter(people, person->person) && !away &&
           !roll_people_deprived(people, person->person, person->id_mac);
}

/* A household from `from` on: its end, and the first adult if nobody of it is on the roll. */
static size_t
house_look(const struct pairing *pairing, struct person **list, size_t from,
           const struct person **ret_first)
{
    const struct roll_people *people = pairing->people;
    bool listed = false;
    size_t i = from;
    *ret_first = NULL;
    for (; i < people->count && strcmp(list[i]->grp, list[from]->grp) == 0 &&
           strcmp(list[i]->household, list[from]->household) == 0;
         i++) {
        const struct voter *voter = roll_people_voter(people, list[i]->person);
        listed |=
            pairing->on[list[i] - people->list] ||
            (voter && (strcmp(voter->state, "draft") == 0 || strcmp(voter->state, "listed") == 0));
        if (!*ret_first && is_unexplained(pairing, list[i]))
            *ret_first = list[i];
    }
    if (listed || list[from]->household[0] == '\0')
        *ret_first = NULL;
    return i;
}

/* Households with nobody on the roll once this table is taken. */
static enum err
households_tell(struct pairing *pairing)
{
    struct ctx *ctx = pairing->call->ctx;
    const size_t count = pairing->people->count;
    struct person **list = mem_array(ctx->mem, struct person *, count + 1);
    for (size_t i = 0; i < count; i++)
        list[i] = &pairing->people->list[i];
    qsort(list, count, sizeof *list, house_compare);
    for (size_t i = 0; i < count;) {
        const struct person *first;
        i = house_look(pairing, list, i, &first);
        if (first)
            TRY(pair_tell(pairing,
                          text_format(ctx, "%s %s 户 %s（%s）", "%s household %s %s (%s)",
                                      first->grp, first->household, first->name, first->person),
                          ROLL_COLUMN_COUNT, ROLL_FAULT_HOUSEHOLD_ABSENT, ""));
    }
    return ERR_OK;
}

enum err
roll_pairs_report(struct call *call, const struct roll_people *people,
                  const struct roll_table *table)
{
    struct pairing pairing = {.call = call, .people = people, .table = table};
    pairing.on = mem_array(call->ctx->mem, bool, people->count + 1);
    TRY(names_tell(&pairing));
    TRY(namesakes_tell(&pairing));
    if (table->kind == ROLL_KIND_ROLL && date_is_set(people->polling_day))
        TRY(households_tell(&pairing));
    return ERR_OK;
}
