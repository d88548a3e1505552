/* SPDX-License-Identifier: Apache-2.0 */
/* Putting records right 撤回误录、更正笔误、补充附件: nothing is edited, each is an act of its own.
 */
#include <string.h>

#include "act/cure.h"
#include "act/gate.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* The entry an act speaks of: it exists, stands, and the actor's role may do its act. *ret_act is
 * NULL (and a finding made) if not. */
static enum err
entry_named(struct call *call, const char *name, struct entry *ret_entry,
            const struct act **ret_act)
{
    struct ctx *ctx = call->ctx;
    struct standing standing;
    const int64_t seq = call_int(call, name);
    *ret_act = NULL;
    const enum err err = standing_store_find(ctx, call->db, call->unit, seq, &standing);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || strcmp(standing.state, "stands") != 0) {
        call_block(call, RULE_SEQ_01, "第 %lld 号记录不存在或已不有效",
                   "entry %lld does not exist or does not stand", (long long)seq);
        return ERR_OK;
    }
    TRY(ledger_store_find(ctx, call->db, call->unit, seq, ret_entry));
    const struct act *act = act_find(ret_entry->act);
    if (!act || !(act->roles & call->actor->role))
        return FORBID(ctx, act ? act->roles : 0U, "只有能办理该环节的人才能更正它",
                      "only who may do that act may put it right");
    *ret_act = act;
    return ERR_OK;
}

/* --- record.withdraw 撤回误录 --- */

static const struct field RECORD_WITHDRAW_FIELDS[] = {
    FIELD(FIELD_SEQ, "entry_seq", FIELD_REQUIRED, "记录号", "entry"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason",
                  "wrong_unit wrong_person double not_done wrong_date"),
    FIELD(FIELD_TEXT, "text", FIELD_REQUIRED | FIELD_WORDING, "说明", "text"),
    FIELD(FIELD_PERSON, "second", FIELD_REQUIRED, "复核人", "second person"),
    FIELDS_END,
};

static enum err
record_withdraw_check(struct call *call)
{
    struct entry entry;
    struct unit unit;
    const struct act *act;
    TRY(entry_named(call, "entry_seq", &entry, &act));
    TRY(call_second_check(call));
    TRY(unit_store_resolve(call->ctx, call->db, call->unit, &unit));
    if (!act)
        return ERR_OK;
    if (act->flags & ACT_FIXED || act->stage == STAGE_POLL || act->stage == STAGE_COUNT)
        call_block(call, RULE_SEQ_04, "“%s”不能撤回", "\"%s\" cannot be withdrawn",
                   text_pick(call->ctx, act->title));
    else if (act->flags & ACT_POSTING)
        finding_todo(call,
                     call_block(call, RULE_SEQ_04, "公告不能用误录撤回",
                                "a posting is not withdrawn like a record"),
                     "用 notice.withdraw", "use notice.withdraw");
    else if (act->flags & ACT_TO_VILLAGES && unit.level != LEVEL_VILLAGE)
        finding_todo(call,
                     call_block(call, RULE_SEQ_04, "“%s”已经送达各村的村卷，不能撤回",
                                "\"%s\" stands in the villages' streams already",
                                text_pick(call->ctx, act->title)),
                     "再办一次同一环节，以后办的为准",
                     "do the same act again: the later one holds");
    return unused_check(call, call_int(call, "entry_seq"));
}

ACT_CODE(record_withdraw, RECORD_WITHDRAW_FIELDS, record_withdraw_check, NULL, NULL);

/* --- record.correct 更正笔误 --- */

static const struct field RECORD_CORRECT_FIELDS[] = {
    FIELD(FIELD_SEQ, "entry_seq", FIELD_REQUIRED, "记录号", "entry"),
    FIELD(FIELD_TEXT, "field", FIELD_REQUIRED, "字段", "field"),
    FIELD(FIELD_TEXT, "old", FIELD_REQUIRED, "原内容", "old"),
    FIELD(FIELD_TEXT, "new", FIELD_REQUIRED, "新内容", "new"),
    FIELD(FIELD_TEXT, "reason", FIELD_REQUIRED, "原因", "reason"),
    FIELD(FIELD_PERSON, "second", FIELD_REQUIRED, "复核人", "second person"),
    FIELDS_END,
};

static enum err
record_correct_check(struct call *call)
{
    struct entry entry;
    const struct act *act;
    TRY(entry_named(call, "entry_seq", &entry, &act));
    TRY(call_second_check(call));
    if (!act)
        return ERR_OK;
    const char *name = call_text(call, "field");
    const struct field *field = field_find(act->code->fields, name);
    if (!field || !(field->flags & FIELD_WORDING)) {
        struct finding *finding =
            call_block(call, RULE_SEQ_04, "字段“%s”有规则要读，不能当笔误更正",
                       "field \"%s\" is read by rules: it is no slip of the pen", name);
        finding_todo(call, finding,
                     "改办该环节的更正（corrects_seq）、撤回误录，或其专门的更正环节",
                     "use the same act with corrects_seq, record.withdraw, or the act that "
                     "corrects it");
        return ERR_OK;
    }
    const char *old = json_text_of(entry.fields, name);
    if (!old || strcmp(old, call_text(call, "old")) != 0)
        return FAIL_FIELD(call->ctx, "old", "old：与原记录不符（原记录为“%s”）",
                          "old: not what the entry says (\"%s\")", old ? old : "");
    return ERR_OK;
}

ACT_CODE(record_correct, RECORD_CORRECT_FIELDS, record_correct_check, NULL, NULL);

/* --- record.attach 补充附件 --- */

static const struct field RECORD_ATTACH_FIELDS[] = {
    FIELD(FIELD_SEQ, "entry_seq", FIELD_REQUIRED, "记录号", "entry"),
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", "signed_paper photo minutes other"),
    FIELD(FIELD_FILE, "file", FIELD_REQUIRED, "文件", "file"),
    FIELD(FIELD_DATE, "taken_on", 0, "拍摄日期", "taken on"),
    FIELDS_END,
};

static enum err
record_attach_check(struct call *call)
{
    struct entry entry;
    const struct act *act;
    call_not_future(call, "taken_on");
    return entry_named(call, "entry_seq", &entry, &act);
}

ACT_CODE(record_attach, RECORD_ATTACH_FIELDS, record_attach_check, NULL, NULL);
