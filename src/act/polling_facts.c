/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Facts of earlier stages for the polling day, read from the entries that stand: what seats.fix,
 * candidates.confirm, kin.declare, training.hold … said. Entries are in the ledger's database
 * (call->blobs); what stands is in the tables.
 */
#include <string.h>

#include "act/polling.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/standing_store.h"

struct fact {
    int64_t seq;
    const json_t *fields;
};

/* The standing entries of an act (kind, body, list: NULL any), by seq; of a received one, what it
 * brought. */
static enum err
facts_read(const struct call *call, const struct standing_query *query, struct fact **ret_facts,
           size_t *ret_count)
{
    struct ctx *ctx = call->ctx;
    struct standing *standing;
    size_t count;
    TRY(standing_store_list(ctx, call->db, query, &standing, &count));
    struct fact *facts = mem_array(ctx->mem, struct fact, count);
    for (size_t i = 0; i < count; i++) {
        struct entry entry;
        TRY(ledger_store_find(ctx, call->blobs, call->unit, standing[i].seq, &entry));
        facts[i] = (struct fact){standing[i].seq, entry.fields};
        if (strcmp(entry.act, "unit.receive") == 0) {
            const char *text = row_text(entry.fields, "extract");
            json_t *extract;
            TRY(json_read(ctx, text, strlen(text), "extract", &extract));
            facts[i].fields = extract;
        }
    }
    *ret_facts = facts;
    *ret_count = count;
    return ERR_OK;
}

static struct standing_query
query_of(const struct call *call, const char *act)
{
    return (struct standing_query){.unit = call->unit, .act = act, .round = -1};
}

static enum err
person_same(const struct call *call, const char *a, const char *b, bool *ret_same)
{
    return person_is_same(call->ctx, call->db, call->unit, a, b, ret_same);
}

enum err
polling_seats_fixed(const struct call *call, const char *body, const char *post, int64_t *ret_seats)
{
    struct standing_query query = query_of(call, "seats.fix");
    struct fact *facts;
    size_t count;
    query.body = body;
    *ret_seats = 0;
    TRY(facts_read(call, &query, &facts, &count));
    if (!count)
        return ERR_OK;
    const json_t *posts = json_object_get(facts[count - 1].fields, "posts");
    for (size_t i = 0; i < json_array_size(posts); i++) {
        const json_t *row = json_array_get(posts, i);
        if (row_is(row, "post", post))
            *ret_seats += row_int(row, "seats");
    }
    return ERR_OK;
}

/* A candidate declined, withdrew, was struck: somebody else stands in his place (NOM-08). */
static enum err
replacements_apply(const struct call *call, const char *body, int64_t after, const char *post,
                   struct polling_people *people)
{
    struct standing_query query = query_of(call, "candidate.replace");
    struct fact *facts;
    size_t count;
    query.body = body;
    TRY(facts_read(call, &query, &facts, &count));
    for (size_t i = 0; i < count; i++) {
        const json_t *fields = facts[i].fields;
        struct polling_people kept = {0};
        if (facts[i].seq < after)
            continue;
        for (size_t j = 0; j < people->count; j++) {
            bool out;
            TRY(person_same(call, people->list[j], row_text(fields, "out"), &out));
            if (!out)
                polling_people_add(call, &kept, people->list[j]);
        }
        if (!post || row_is(fields, "post", post))
            polling_people_add(call, &kept, row_text(fields, "in"));
        *people = kept;
    }
    return ERR_OK;
}

enum err
polling_listed(const struct call *call, const char *body, const char *post,
               struct polling_people *people)
{
    struct standing_query query = query_of(call, "candidates.confirm");
    struct fact *facts;
    size_t count;
    query.body = body;
    query.list = "formal";
    TRY(facts_read(call, &query, &facts, &count));
    if (!count)
        return ERR_OK;
    const json_t *rows = json_object_get(facts[count - 1].fields, "rows");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (!post || row_is(row, "post", post))
            polling_people_add(call, people, row_text(row, "person"));
    }
    return replacements_apply(call, body, facts[count - 1].seq, post, people);
}

/* Nominees until they decline; formal candidates until they are replaced. */
enum err
polling_is_nominee(const struct call *call, const char *person, bool *ret_is)
{
    struct standing_query query = query_of(call, "nominees.list");
    struct polling_people people = {0};
    struct fact *facts;
    size_t count;
    bool is = false;
    query.body = "village";
    TRY(facts_read(call, &query, &facts, &count));
    for (size_t i = 0; i < count; i++) {
        const json_t *rows = json_object_get(facts[i].fields, "rows");
        for (size_t j = 0; j < json_array_size(rows); j++)
            polling_people_add(call, &people, row_text(json_array_get(rows, j), "person"));
    }
    TRY(polling_listed(call, "village", NULL, &people));
    for (size_t i = 0; i < people.count && !is; i++)
        TRY(person_same(call, person, people.list[i], &is));
    query = query_of(call, "candidate.answer");
    query.body = "village";
    TRY(facts_read(call, &query, &facts, &count));
    for (size_t i = 0; i < count && is; i++) {
        bool his;
        TRY(person_same(call, person, row_text(facts[i].fields, "person"), &his));
        is = !his || row_is(facts[i].fields, "answer", "accept");
    }
    *ret_is = is;
    return ERR_OK;
}

enum err
polling_without_candidates(const struct call *call, bool *ret_without)
{
    struct standing_query query = query_of(call, "rules.adopt");
    struct fact *facts;
    size_t count;
    query.kind = "election_rules";
    TRY(facts_read(call, &query, &facts, &count));
    *ret_without = count && row_is(facts[count - 1].fields, "mode", "no_candidates");
    return ERR_OK;
}

enum err
polling_kinship_read(const struct call *call, struct polling_kinship *ret_kinship)
{
    const struct standing_query query = query_of(call, "kin.declare");
    struct polling_kinship kinship = {0};
    struct fact *facts;
    size_t count;
    TRY(facts_read(call, &query, &facts, &count));
    kinship.list = mem_array(call->ctx->mem, struct polling_kin, count);
    for (size_t i = 0; i < count; i++) {
        struct polling_kin kin = {.a = row_text(facts[i].fields, "a"),
                                  .b = row_text(facts[i].fields, "b")};
        if (relation_find(row_text(facts[i].fields, "relation"), &kin.relation))
            kinship.list[kinship.count++] = kin;
    }
    *ret_kinship = kinship;
    return ERR_OK;
}

/* The last declaration of a pair counts. Every scope of kin is symmetric, so the side is no matter.
 */
enum relation
polling_relation(const struct polling_kinship *kinship, const char *a, const char *b)
{
    for (size_t i = kinship->count; i > 0; i--) {
        const struct polling_kin *kin = &kinship->list[i - 1];
        if ((strcmp(kin->a, a) == 0 && strcmp(kin->b, b) == 0) ||
            (strcmp(kin->a, b) == 0 && strcmp(kin->b, a) == 0))
            return kin->relation;
    }
    return RELATION_NONE;
}

enum err
polling_is_trained(const struct call *call, const char *person, bool *ret_is)
{
    struct standing_query query = query_of(call, "training.hold");
    struct fact *facts;
    size_t count;
    bool is = false;
    query.kind = "election_staff";
    TRY(facts_read(call, &query, &facts, &count));
    for (size_t i = 0; i < count; i++) {
        const json_t *rows = json_object_get(facts[i].fields, "rows");
        for (size_t j = 0; j < json_array_size(rows) && !is; j++) {
            const json_t *row = json_array_get(rows, j);
            if (row_is(row, "attended", "y"))
                TRY(person_same(call, person, row_text(row, "person"), &is));
        }
    }
    *ret_is = is;
    return ERR_OK;
}

enum err
polling_has_pledged(const struct call *call, const char *person, const char *kind, bool *ret_has)
{
    struct standing_query query = query_of(call, "pledge.sign");
    struct standing *list;
    size_t count;
    bool has = false;
    query.kind = kind;
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
    const struct standing_query query = query_of(call, "sanction.order");
    struct fact *facts;
    size_t count;
    int64_t barred = 0;
    TRY(facts_read(call, &query, &facts, &count));
    for (size_t i = 0; i < count; i++) {
        const json_t *fields = facts[i].fields;
        bool his;
        TRY(person_same(call, person, row_text(fields, "person"), &his));
        if (his && effect_bars(row_text(fields, "effect")))
            barred = facts[i].seq;
        if (row_is(fields, "effect", "lift") && row_int(fields, "lifts_seq") == barred)
            barred = 0;
    }
    *ret_is = barred > 0;
    return ERR_OK;
}

/* True if one of the entries names `seq` in that field (and `word` in `key`, unless NULL). */
static bool
facts_name(const struct fact *facts, size_t count, const char *field, int64_t seq, const char *key,
           const char *word)
{
    for (size_t i = 0; i < count; i++) {
        if (row_int(facts[i].fields, field) == seq && (!key || row_is(facts[i].fields, key, word)))
            return true;
    }
    return false;
}

enum err
polling_objections_open(const struct call *call, bool *ret_open)
{
    const struct standing_query filed = query_of(call, "objection.file");
    const struct standing_query decided = query_of(call, "objection.decide");
    struct fact *facts, *decisions;
    size_t count, decision_count;
    bool open = false;
    TRY(facts_read(call, &filed, &facts, &count));
    TRY(facts_read(call, &decided, &decisions, &decision_count));
    for (size_t i = 0; i < count; i++) {
        /* An objection to a result concerns a round that is over. */
        if (!row_is(facts[i].fields, "subject", "result"))
            open |=
                !facts_name(decisions, decision_count, "objection_seq", facts[i].seq, NULL, NULL);
    }
    *ret_open = open;
    return ERR_OK;
}

enum err
polling_complaints_check(struct call *call)
{
    const struct standing_query taken = query_of(call, "complaint.take");
    const struct standing_query handled = query_of(call, "complaint.handle");
    struct fact *facts, *steps;
    size_t count, step_count;
    TRY(facts_read(call, &taken, &facts, &count));
    TRY(facts_read(call, &handled, &steps, &step_count));
    for (size_t i = 0; i < count; i++) {
        if (row_is(facts[i].fields, "about", "procedure") &&
            !facts_name(steps, step_count, "case_seq", facts[i].seq, "action", "close"))
            call_explain(call, RULE_CND_03, "程序方面的举报（第 %lld 号记录）尚未办结",
                         "a complaint about the procedure (entry %lld) is still open",
                         (long long)facts[i].seq);
    }
    return ERR_OK;
}
