/* SPDX-License-Identifier: Apache-2.0 */
/* Newcomers 非户籍人员: the assembly's consent, asked by roll.consent and roll.add. */
#include "act/roll_people.h"
#include "store/request_store.h"

enum err
roll_assembly_check(struct call *call, int64_t assembly_seq, struct date *ret_held_on)
{
    struct assembly_item item = {.held_on = DATE_NONE};
    const enum err err =
        assembly_store_find(call->ctx, call->db, call->unit, assembly_seq, "head3_consent", &item);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || !item.passed)
        finding_todo(call,
                     call_block(call, RULE_REG_02, "第 %lld 号记录的会议没有通过同意登记的事项",
                                "the assembly of entry %lld passed no consent",
                                (long long)assembly_seq),
                     "先由村民会议或者村民代表会议表决（assembly.hold，事项 head3_consent）",
                     "let an assembly vote on it first (assembly.hold, matter head3_consent)");
    *ret_held_on = item.held_on;
    return ERR_OK;
}

void
roll_newcomer_check(struct call *call, const struct roll_newcomer *newcomer)
{
    if (date_compare(newcomer->applied_on, call->today) > 0)
        call_block(call, RULE_SEQ_06, "%s 的申请日期还没有到", "%s applied in the future",
                   newcomer->name);
    /* 组织法 §13 三项: first his application, then the assembly's consent. */
    if (date_is_set(newcomer->held_on) && date_compare(newcomer->held_on, newcomer->applied_on) < 0)
        call_block(call, RULE_REG_02, "%s %s 才申请，会议 %s 已经开过，没有议过他",
                   "%s applied on %s, after the assembly of %s", newcomer->name,
                   date_format(call->ctx, newcomer->applied_on),
                   date_format(call->ctx, newcomer->held_on));
    if (pack_yes(call->pack, PACK_REGISTER_CERTIFICATE) && !newcomer->certificate)
        call_block(call, RULE_REG_02, "%s 没有户籍所在村未登记的证明（%s）",
                   "%s has no certificate of his home village (%s)", newcomer->name,
                   pack_source(call->ctx, call->pack, PACK_REGISTER_CERTIFICATE));
}
