/* SPDX-License-Identifier: Apache-2.0 */
#include "act/upheld.h"

#include <string.h>

#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/nomination_store.h"
#include "store/person_store.h"
#include "store/standing_store.h"

/* Whom the objection is about: no table keeps it, the entry does. Nobody named: anybody. */
static enum err
is_about(const struct call *call, int64_t seq, const char *person, bool *ret_is)
{
    struct entry entry;
    TRY(ledger_store_find(call->ctx, call->blobs, call->unit, seq, &entry));
    const json_t *persons = json_object_get(entry.fields, "persons");
    bool is = !person || json_array_size(persons) == 0;
    for (size_t i = 0; i < json_array_size(persons) && !is; i++)
        TRY(person_is_same(call->ctx, call->db, call->unit,
                           json_string_value(json_array_get(persons, i)), person, &is));
    *ret_is = is;
    return ERR_OK;
}

static void
missing_block(struct call *call, int64_t seq)
{
    finding_todo(call,
                 call_block(call, RULE_SEQ_01, "第 %lld 号记录不是对此有效的异议",
                            "entry %lld is no objection to this that stands", (long long)seq),
                 "objection_seq 填受理异议（objection.file）的记录号，没有异议的不填",
                 "objection_seq is the entry of objection.file; leave it out if there was none");
}

static void
decision_check(struct call *call, const struct objection *objection)
{
    const bool upheld =
        strcmp(objection->decision, "upheld") == 0 || strcmp(objection->decision, "partly") == 0;
    if (upheld)
        return;
    if (!objection->decision[0])
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "第 %lld 号异议还没有处理决定",
                                "the objection of entry %lld is not decided",
                                (long long)objection->seq),
                     "先作出处理决定（objection.decide）", "decide it first (objection.decide)");
    else
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "第 %lld 号异议没有成立（第 %lld 号记录：%s）",
                                "the objection of entry %lld was not upheld (entry %lld: %s)",
                                (long long)objection->seq, (long long)objection->decided_seq,
                                objection->decision),
                     "不成立的异议不引起变动；另有事由的不填 objection_seq",
                     "it changes nothing; where there is another reason, leave objection_seq out");
}

enum err
upheld_check(struct call *call, const char *subjects, const char *person)
{
    struct objection objection;
    struct standing standing;
    bool about;
    if (!call_has(call, "objection_seq"))
        return ERR_OK;
    const int64_t seq = call_int(call, "objection_seq");
    enum err err = objection_store_find(call->ctx, call->db, call->unit, seq, &objection);
    if (err == ERR_OK)
        err = standing_store_find(call->ctx, call->db, call->unit, seq, &standing);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || strcmp(standing.state, "stands") != 0 ||
        !field_choice_has(subjects, objection.subject)) {
        missing_block(call, seq);
        return ERR_OK;
    }
    decision_check(call, &objection);
    TRY(is_about(call, seq, person, &about));
    if (!about)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "第 %lld 号异议说的是别人",
                                "the objection of entry %lld is about somebody else",
                                (long long)seq),
                     "核对异议的记录号和 person", "check the number of the objection and person");
    return ERR_OK;
}
