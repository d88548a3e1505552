/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts of earlier stages for the polling day: who stands, seats, training, pledges, sanctions,
 * objections.
 */
#include <string.h>

#include "act/polling.h"
#include "ledger/entry.h"
#include "store/candidate_store.h"
#include "store/committee_store.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/prep_store.h"
#include "store/seat_store.h"
#include "store/standing_store.h"

enum err
polling_seats_fixed(const struct call *call, const char *body, const char *post, int64_t *ret_seats)
{
    return seat_store_seats(call->ctx, call->db, call->unit, body, post, ret_seats);
}

enum err
polling_listed(const struct call *call, const char *body, const char *post,
               struct polling_people *people, bool *ret_placed)
{
    struct candidate *list;
    size_t count;
    *ret_placed = true;
    TRY(candidate_store_list(call->ctx, call->db, call->unit, body, "formal", &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (post && strcmp(list[i].post, post) != 0)
            continue;
        polling_people_add(call, people, list[i].person);
        *ret_placed &= list[i].place > 0;
    }
    return ERR_OK;
}

enum err
polling_is_nominee(const struct call *call, const char *person, bool *ret_is)
{
    return candidate_store_is_nominee(call->ctx, call->db, call->unit, "village", person, ret_is);
}

enum err
polling_without_candidates(const struct call *call, bool *ret_without)
{
    struct adopted_rules rules = {.mode = ""};
    const enum err err =
        rules_store_find(call->ctx, call->db, call->unit, "election_rules", &rules);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_without = err == ERR_OK && strcmp(rules.mode, "no_candidates") == 0;
    return ERR_OK;
}

static enum err
person_same(const struct call *call, const char *a, const char *b, bool *ret_same)
{
    return person_is_same(call->ctx, call->db, call->unit, a, b, ret_same);
}

enum err
polling_is_trained(const struct call *call, const char *person, bool *ret_is)
{
    return prep_person_has(call->ctx, call->db, call->unit, "trained", person, ret_is);
}

enum err
polling_has_pledged(const struct call *call, const char *person, const char *kind, bool *ret_has)
{
    const struct standing_query query = {
        .unit = call->unit, .act = "pledge.sign", .kind = kind, .round = -1};
    struct standing *list;
    size_t count;
    bool has = false;
    TRY(standing_store_list(call->ctx, call->db, &query, &list, &count));
    for (size_t i = 0; i < count && !has; i++)
        TRY(person_same(call, person, list[i].subject, &has));
    *ret_has = has;
    return ERR_OK;
}

/* Effects that leave a person fit for duty: a talk, a question of accountability. */
static bool
effect_bars(const char *effect)
{
    static const char *const MILD[] = {"interview", "accountability", "lookback", "lift"};
    for (size_t i = 0; i < COUNT_OF(MILD); i++) {
        if (strcmp(MILD[i], effect) == 0)
            return false;
    }
    return true;
}

enum err
polling_is_sanctioned(const struct call *call, const char *person, bool *ret_is)
{
    struct prep_person *rows;
    size_t count;
    bool is = false;
    TRY(prep_person_list(call->ctx, call->db, call->unit, "sanctioned", &rows, &count));
    for (size_t i = 0; i < count && !is; i++) {
        struct matter matter;
        bool his;
        TRY(person_same(call, person, rows[i].person, &his));
        if (!his || !effect_bars(rows[i].detail))
            continue;
        TRY(matter_store_find(call->ctx, call->db, call->unit, rows[i].seq, &matter));
        is = matter.closed_seq == 0;
    }
    *ret_is = is;
    return ERR_OK;
}

/* A field of an entry that stands. */
static enum err
entry_field(const struct call *call, int64_t seq, const char *name, const json_t **ret_value)
{
    struct entry entry;
    TRY(ledger_store_find(call->ctx, call->blobs, call->unit, seq, &entry));
    *ret_value = json_object_get(entry.fields, name);
    return ERR_OK;
}

static enum err
is_decided(const struct call *call, int64_t objection_seq, bool *ret_decided)
{
    const struct standing_query query = {
        .unit = call->unit, .act = "objection.decide", .round = -1};
    struct standing *decisions;
    size_t count;
    *ret_decided = false;
    TRY(standing_store_list(call->ctx, call->db, &query, &decisions, &count));
    for (size_t i = 0; i < count && !*ret_decided; i++) {
        const json_t *named;
        TRY(entry_field(call, decisions[i].seq, "objection_seq", &named));
        *ret_decided = json_integer_value(named) == objection_seq;
    }
    return ERR_OK;
}

enum err
polling_objections_open(const struct call *call, bool *ret_open)
{
    const struct standing_query query = {.unit = call->unit, .act = "objection.file", .round = -1};
    struct standing *filed;
    size_t count;
    bool decided = true;
    TRY(standing_store_list(call->ctx, call->db, &query, &filed, &count));
    for (size_t i = 0; i < count && decided; i++) {
        const json_t *subject;
        TRY(entry_field(call, filed[i].seq, "subject", &subject));
        /* An objection to a result concerns a round that is over. */
        if (!json_is_string(subject) || strcmp(json_string_value(subject), "result") != 0)
            TRY(is_decided(call, filed[i].seq, &decided));
    }
    *ret_open = !decided;
    return ERR_OK;
}

enum err
polling_complaints_check(struct call *call)
{
    struct matter *open;
    size_t count;
    TRY(matter_store_open_list(call->ctx, call->db, call->unit, "complaint", &open, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(open[i].about, "procedure") == 0)
            call_explain(call, RULE_CND_03, "程序方面的举报（第 %lld 号记录）尚未办结",
                         "a complaint about the procedure (entry %lld) is still open",
                         (long long)open[i].seq);
    }
    return ERR_OK;
}
