/* SPDX-License-Identifier: Apache-2.0 */
/* Whose signature decides a bar 十不选认定: the township's signer or the leader of a review desk.
 */
#include <string.h>

#include "act/people.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"
#include "store/user_store.h"

/* The person of an account of the township's signers or of a department over this village. */
static enum err
is_account(const struct call *call, const char *signer, bool *ret_is)
{
    struct user *users;
    size_t count;
    bool is = false;
    TRY(user_store_list(call->ctx, call->db, &users, &count));
    for (size_t i = 0; i < count && !is; i++) {
        bool within;
        const enum role role = role_find(users[i].role);
        if (!users[i].active || !(role == ROLE_TS || role == ROLE_DR) || !users[i].person ||
            !users[i].person[0])
            continue;
        TRY(unit_store_is_within(call->ctx, call->db, call->unit, users[i].unit, &within));
        if (within)
            TRY(person_is_same(call->ctx, call->db, call->unit, users[i].person, signer, &is));
    }
    *ret_is = is;
    return ERR_OK;
}

/* Desks without an account are known by the leaders of their opinions. */
static enum err
is_leader(const struct call *call, const char *signer, bool *ret_is)
{
    const struct standing_query query = {.unit = call->unit, .act = "review.opinion", .round = -1};
    struct standing *opinions;
    size_t count;
    bool is = false;
    TRY(standing_store_list(call->ctx, call->db, &query, &opinions, &count));
    for (size_t i = 0; i < count && !is; i++) {
        struct entry entry;
        TRY(ledger_store_find(call->ctx, call->blobs, call->unit, opinions[i].seq, &entry));
        const json_t *rows = json_object_get(entry.fields, "rows");
        for (size_t j = 0; j < json_array_size(rows) && !is; j++)
            TRY(person_is_same(call->ctx, call->db, call->unit,
                               row_text(json_array_get(rows, j), "leader"), signer, &is));
    }
    *ret_is = is;
    return ERR_OK;
}

enum err
people_signer_decides(struct call *call, const char *field, bool *ret_does)
{
    bool does = false;
    for (size_t i = 0; i < call_count(call, field) && !does; i++) {
        const char *signer = call_person(call, field, i);
        TRY(is_account(call, signer, &does));
        if (!does)
            TRY(is_leader(call, signer, &does));
    }
    *ret_does = does;
    return ERR_OK;
}
