/* SPDX-License-Identifier: Apache-2.0 */
/* 工作移交 (acts.md 6.11): handover.item, handover.close. */
#include <string.h>

#include "act/act.h"
#include "act/cure.h"
#include "domain/calendar.h"
#include "store/archive_store.h"
#include "store/outcome_store.h"

/* 组织法 §20: 印章、办公场所、办公用具、集体财务账目、固定资产、工作档案、债权债务及其他遗留问题.
 */
#define HANDOVER_KINDS                                                                             \
    "seal office tools accounts funds fixed_assets resources claims_debts contracts archives "     \
    "other"

static const struct {
    const char *word;
    struct text title;
} KINDS[] = {
    {"seal", {"印章", "seals"}},
    {"office", {"办公场所", "offices"}},
    {"tools", {"办公用具", "office equipment"}},
    {"accounts", {"财务账目", "accounts"}},
    {"funds", {"资金", "funds"}},
    {"fixed_assets", {"固定资产", "fixed assets"}},
    {"resources", {"集体资源", "resources"}},
    {"claims_debts", {"债权债务", "claims and debts"}},
    {"contracts", {"合同", "contracts"}},
    {"archives", {"工作档案", "archives"}},
    {"other", {"其他遗留问题", "other matters"}},
};

/* --- handover.item --- */

static const struct field HANDOVER_ITEM_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", "party village"),
    FIELD_CHOICES("kind", FIELD_REQUIRED, "种类", "kind", HANDOVER_KINDS),
    FIELD(FIELD_TEXT, "what", FIELD_REQUIRED | FIELD_WORDING, "移交内容（没有的写“无”）",
          "what (write none if nothing)"),
    FIELD(FIELD_INT, "count", 0, "数量", "count"),
    FIELD(FIELD_MONEY, "amount", 0, "金额（分）", "amount (fen)"),
    FIELD(FIELD_PERSON, "given_by", FIELD_REQUIRED, "移交人", "given by"),
    FIELD(FIELD_PERSON, "received_by", FIELD_REQUIRED, "接收人", "received by"),
    FIELD(FIELD_PERSON, "witness", 0, "村民选举委员会主持人", "election committee's witness"),
    FIELD(FIELD_PERSON, "supervised_by", FIELD_REQUIRED, "乡镇监交人", "township supervisor"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELD(FIELD_TEXT, "problem", FIELD_WORDING, "遗留问题", "problem"),
    FIELD(FIELD_DATE, "settle_by", 0, "解决期限", "settle by"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* Nothing is handed over to a body that is not there; afterwards it has ten days (CAL-11). */
static enum err
day_check(struct call *call)
{
    struct calendar_bases bases = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                                   DATE_NONE, DATE_NONE, DATE_NONE};
    const struct date on = call_date(call, "on");
    call_not_future(call, "on");
    TRY(outcome_store_complete(call->ctx, call->db, call->unit, call_text(call, "body"),
                               &bases.formed));
    if (!date_is_set(bases.formed)) {
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "新一届还没有全部产生",
                                "the new body is not complete yet"),
                     "先把选举办完（cunxuan next 查看）",
                     "finish the election first (see cunxuan next)");
        return ERR_OK;
    }
    if (date_compare(on, bases.formed) < 0)
        call_block(call, RULE_SEQ_06, "移交日 %s 早于新一届产生之日 %s",
                   "handed over on %s, before the new body was complete (%s)",
                   date_format(call->ctx, on), date_format(call->ctx, bases.formed));
    const struct date last = calendar_deadline(call->pack, CALENDAR_HANDOVER_DONE, &bases);
    if (date_is_set(last) && date_compare(on, last) > 0)
        call_explain(call, RULE_CAL_11, "新一届 %s 产生，应在 %s 前完成移交",
                     "the new body was complete on %s: the handover is due by %s",
                     date_format(call->ctx, bases.formed), date_format(call->ctx, last));
    return ERR_OK;
}

/* 组织法 §20: 由村民选举委员会主持，由乡镇监督: three sides sign, each a person of his own. */
static void
sides_check(struct call *call)
{
    static const char *const SIDES[] = {"given_by", "received_by", "supervised_by", "witness"};
    if (call_is(call, "body", "village") && !call_has(call, "witness"))
        call_block(call, RULE_HND_01,
                   "村民委员会的移交由村民选举委员会主持：缺主持人签字（witness）",
                   "the election committee leads the handover: its signature (witness) is missing");
    for (size_t i = 0; i < COUNT_OF(SIDES); i++) {
        for (size_t k = 0; k < i; k++) {
            if (call_has(call, SIDES[i]) &&
                strcmp(call_text(call, SIDES[i]), call_text(call, SIDES[k])) == 0)
                call_block(call, RULE_SEQ_08, "%s 和 %s 须是两个人", "%s and %s are two people",
                           SIDES[k], SIDES[i]);
        }
    }
}

static enum err
handover_item_check(struct call *call)
{
    sides_check(call);
    return day_check(call);
}

static enum err
handover_item_apply(struct call *call)
{
    const struct handover_item item = {
        .unit = call->unit,
        .seq = call->seq,
        .body = call_text(call, "body"),
        .kind = call_text(call, "kind"),
        .what = call_text(call, "what"),
        .problem = call_text(call, "problem"),
        .settle_by = call_date(call, "settle_by"),
        .on_day = call_date(call, "on"),
    };
    return handover_store_add(call->ctx, call->db, &item);
}

ACT_CODE(handover_item, HANDOVER_ITEM_FIELDS, handover_item_check, handover_item_apply, NULL);

/* --- handover.close --- */

static const struct field HANDOVER_CLOSE_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", "party village"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELDS_END,
};

static bool
has_kind(const struct handover_item *items, size_t count, const char *kind)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(items[i].kind, kind) == 0)
            return true;
    }
    return false;
}

/* HND-01: every kind is entered, or said to be nothing. */
static void
items_check(struct call *call, const struct handover_item *items, size_t count)
{
    for (size_t i = 0; i < COUNT_OF(KINDS); i++) {
        if (!has_kind(items, count, KINDS[i].word))
            finding_todo(call,
                         call_block(call, RULE_HND_01, "还没有移交：%s", "not handed over: %s",
                                    text_pick(call->ctx, KINDS[i].title)),
                         "办理 handover.item kind=%s，没有的写“无”",
                         "do handover.item kind=%s; write none if there is nothing", KINDS[i].word);
    }
    for (size_t i = 0; i < count; i++) {
        if (date_compare(call_date(call, "on"), items[i].on_day) < 0)
            call_block(call, RULE_SEQ_06, "第 %lld 号记录 %s 才移交",
                       "entry %lld was handed over on %s only", (long long)items[i].seq,
                       date_format(call->ctx, items[i].on_day));
        if (items[i].problem[0])
            call_explain(call, RULE_HND_01, "第 %lld 号记录有遗留问题：%s",
                         "entry %lld leaves a problem: %s", (long long)items[i].seq,
                         items[i].problem);
    }
}

static enum err
handover_close_check(struct call *call)
{
    struct handover_item *items;
    size_t count;
    const bool party = call_is(call, "body", "party");
    const enum role role = call->actor->role;
    if (role != ROLE_TO && role != (party ? ROLE_PB : ROLE_EC))
        return FORBID(call->ctx, ROLE_TO | (party ? ROLE_PB : ROLE_EC),
                      "村党组织的移交由村党组织办理，村委会的由选举委员会办理",
                      "the Party closes its own handover, the election committee the village's");
    TRY(day_check(call));
    TRY(handover_store_list(call->ctx, call->db, call->unit, call_text(call, "body"), &items,
                            &count));
    items_check(call, items, count);
    return ERR_OK;
}

/* That it stands is its effect: the committee's mandate is over (act/order.c). */
ACT_CODE(handover_close, HANDOVER_CLOSE_FIELDS, handover_close_check, NULL, NULL);
