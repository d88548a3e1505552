/* SPDX-License-Identifier: Apache-2.0 */
/* Acts at every stage 各阶段通用 (acts.md 6.0), but for records and requests. */
#include <string.h>

#include "act/cure.h"
#include "act/gate.h"
#include "act/needs.h"
#include "domain/assembly.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/request_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* --- term.open 启动换届 --- */

static const struct field TERM_VILLAGES[] = {
    FIELD(FIELD_UNIT, "unit", FIELD_REQUIRED, "村", "village"),
    FIELD(FIELD_TEXT, "bodies", FIELD_REQUIRED, "选举的组织", "bodies elected"),
    FIELD(FIELD_DATE, "last_term_to", FIELD_REQUIRED, "上届任期至", "last term to"),
    FIELDS_END,
};

static const struct field TERM_OPEN_FIELDS[] = {
    FIELD(FIELD_INT, "term_no", FIELD_REQUIRED, "届次", "term number"),
    FIELD(FIELD_TEXT, "packs", 0, "地方规则包", "local packs"),
    FIELD_ROWS("villages", FIELD_REQUIRED, "村", "villages", TERM_VILLAGES),
    FIELD_CHOICES("exercise", FIELD_BY_GATE, "演练", "exercise", "yes"),
    FIELDS_DOC,
    FIELDS_END,
};

/* A row of the village table: the unit exists, lies below the town, and was not opened before. */
static enum err
term_village_check(struct call *call, const json_t *row)
{
    struct ctx *ctx = call->ctx;
    const char *code = row_text(row, "unit");
    struct unit unit;
    struct stream stream;
    bool within;
    TRY(unit_store_resolve(ctx, call->db, code, &unit));
    TRY(unit_store_is_within(ctx, call->db, unit.unit, call->unit, &within));
    if (!within || unit.level != LEVEL_VILLAGE || strcmp(unit.unit, code) != 0)
        return FAIL_FIELD(ctx, "villages", "villages：%s 不是本镇的村（要填村代码）",
                          "villages: %s is no village of this town (give its code)", code);
    const enum err err = stream_store_find(ctx, call->db, code, &stream);
    if (err == ERR_OK)
        call_block(call, RULE_SEQ_07, "%s的换届已经启动", "the term of %s is opened already",
                   unit.name);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
term_open_check(struct call *call)
{
    struct pack *pack;
    struct stream stream;
    const char *local = call_text(call, "packs");
    call_not_future(call, "doc_on");
    const enum err err = stream_store_find(call->ctx, call->db, call->unit, &stream);
    if (err == ERR_OK && strcmp(stream.packs, local) != 0)
        call_block(call, RULE_SEQ_07, "本镇已启动换届，规则包为“%s”",
                   "this town is open already, with packs \"%s\"", stream.packs);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (local[0])
        TRY(pack_combine(call->ctx, &call->gate->shelf,
                         mem_printf(call->ctx->mem, "%s+%s", call->pack->national->name, local),
                         DATE_NONE, &pack));
    for (size_t i = 0; i < call_count(call, "villages"); i++)
        TRY(term_village_check(call, call_row(call, "villages", i)));
    return ERR_OK;
}

static enum err
stream_write(struct call *call, struct date last_term_to)
{
    struct unit unit;
    struct stream known;
    const enum err err = stream_store_find(call->ctx, call->db, call->unit, &known);
    if (err != ERR_NOT_FOUND)
        return err;
    TRY(unit_store_resolve(call->ctx, call->db, call->unit, &unit));
    const struct stream stream = {
        .unit = call->unit,
        .name = unit.name,
        .state = "open",
        .term_no = call_int(call, "term_no"),
        .packs = call_text(call, "packs"),
        .last_term_to = last_term_to,
        .exercise = call_is(call, "exercise", "yes"),
        .detail = "",
    };
    return stream_store_open(call->ctx, call->db, &stream);
}

static enum err
term_open_apply(struct call *call)
{
    return stream_write(call, DATE_NONE);
}

static enum err
term_open_receive(struct call *call)
{
    struct date last = DATE_NONE;
    for (size_t i = 0; i < call_count(call, "villages"); i++) {
        const json_t *row = call_row(call, "villages", i);
        if (row_is(row, "unit", call->unit))
            last = row_date(row, "last_term_to");
    }
    return stream_write(call, last);
}

ACT_CODE(term_open, TERM_OPEN_FIELDS, term_open_check, term_open_apply, term_open_receive);

/* --- unit.receive 接收上级决定: written by the gate alone --- */

static const struct field UNIT_RECEIVE_FIELDS[] = {
    FIELD(FIELD_UNIT, "source_unit", FIELD_REQUIRED, "上级单位", "source unit"),
    FIELD(FIELD_SEQ, "source_seq", FIELD_REQUIRED, "上级记录号", "source entry"),
    FIELD(FIELD_TEXT, "source_hash", FIELD_REQUIRED, "上级记录哈希", "source hash"),
    FIELD(FIELD_TEXT, "act", FIELD_REQUIRED, "环节", "act"),
    FIELD(FIELD_TEXT, "extract", FIELD_REQUIRED, "内容", "extract"),
    FIELDS_END,
};

ACT_CODE(unit_receive, UNIT_RECEIVE_FIELDS, NULL, NULL, NULL);

/* --- unit.anchor 村卷留底: written by the gate alone --- */

static const struct field UNIT_ANCHOR_FIELDS[] = {
    FIELD(FIELD_UNIT, "village", FIELD_REQUIRED, "村", "village"),
    FIELD(FIELD_INT, "entry", FIELD_REQUIRED, "村卷记录号", "entry of its stream"),
    FIELD(FIELD_TEXT, "hash", FIELD_REQUIRED, "该记录的哈希", "hash of that entry"),
    FIELDS_END,
};

ACT_CODE(unit_anchor, UNIT_ANCHOR_FIELDS, NULL, NULL, NULL);

/* --- assembly.hold 会议 --- */

static const struct field ASSEMBLY_ITEMS[] = {
    FIELD_CHOICES("matter", FIELD_REQUIRED, "事项", "matter",
                  "vec_method vec_members work_plan election_rules seats head3_consent staff "
                  "no_candidates deferral vacancy acting bodies mechanism recall resignation "
                  "by_election other"),
    FIELD(FIELD_TEXT, "text", FIELD_REQUIRED | FIELD_WORDING, "内容", "text"),
    FIELD(FIELD_INT, "favour", FIELD_REQUIRED, "赞成", "in favour"),
    FIELD(FIELD_INT, "against", 0, "反对", "against"),
    FIELD(FIELD_INT, "abstain", 0, "弃权", "abstaining"),
    FIELDS_END,
};

static const struct field ASSEMBLY_HOLD_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "会议种类", "kind",
                  "villagers households representatives group"),
    FIELD(FIELD_DATE, "called_on", FIELD_REQUIRED, "通知日期", "called on"),
    FIELD(FIELD_DATE, "held_on", FIELD_REQUIRED, "召开日期", "held on"),
    FIELD(FIELD_INT, "total", FIELD_REQUIRED, "应到人数", "entitled to attend"),
    FIELD(FIELD_INT, "present", FIELD_REQUIRED, "实到人数", "present"),
    FIELD_ROWS("items", FIELD_REQUIRED, "表决事项", "items", ASSEMBLY_ITEMS),
    FIELD(FIELD_UNIT, "group", 0, "村民小组", "group"),
    FIELD(FIELD_FILE, "minutes", 0, "会议记录", "minutes"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

static const char *const ASSEMBLY_WORDS[] = {
    [ASSEMBLY_VILLAGERS] = "villagers",
    [ASSEMBLY_HOUSEHOLDS] = "households",
    [ASSEMBLY_REPRESENTATIVES] = "representatives",
    [ASSEMBLY_GROUP] = "group",
};

static enum assembly_kind
assembly_kind_of(const struct call *call)
{
    for (size_t i = 0; i < COUNT_OF(ASSEMBLY_WORDS); i++) {
        if (call_is(call, "kind", ASSEMBLY_WORDS[i]))
            return (enum assembly_kind)i;
    }
    BUG("a kind of assembly the field list does not allow");
}

/* 村民委员会组织法 §21: 十日前通知村民会议; 2025: in special circumstances shorter, with a reason.
 */
static void
assembly_notice_check(struct call *call)
{
    const struct date called = call_date(call, "called_on");
    const struct date held = call_date(call, "held_on");
    const int days = date_days_between(called, held);
    if (days < 0)
        call_block(call, RULE_SEQ_06, "通知日期在召开日期之后", "called after it was held");
    const struct pack_days called_by = pack_days(call->pack, PACK_ASSEMBLY_CALLED_BY);
    if (days < 0 || !call_is(call, "kind", "villagers") || called_by.base == DAY_NONE)
        return;
    const int asked = -called_by.offset;
    if (days >= asked)
        return;
    if (!pack_yes(call->pack, PACK_ASSEMBLY_SHORT_NOTICE))
        call_block(call, RULE_CAL_13, "村民会议只提前 %d 天通知，须提前 %d 天",
                   "the assembly was called %d days ahead, %d are asked", days, asked);
    else
        call_explain(call, RULE_CAL_13, "村民会议只提前 %d 天通知，须提前 %d 天",
                     "the assembly was called %d days ahead, %d are asked", days, asked);
}

static enum err
assembly_hold_check(struct call *call)
{
    call_not_future(call, "held_on");
    assembly_notice_check(call);
    if (call_is(call, "kind", "group") && !call_has(call, "group"))
        call_block(call, RULE_SEQ_06, "小组会议要填村民小组（group）",
                   "a group's assembly needs its group");
    if (call_int(call, "present") > call_int(call, "total"))
        return FAIL_FIELD(call->ctx, "present", "present：实到人数多于应到人数",
                          "present: more than are entitled to attend");
    for (size_t i = 0; i < call_count(call, "items"); i++) {
        const json_t *item = call_row(call, "items", i);
        const int64_t votes =
            row_int(item, "favour") + row_int(item, "against") + row_int(item, "abstain");
        if (votes > call_int(call, "present"))
            return FAIL_FIELD(call->ctx, "items", "items[%zu]：表决数多于实到人数",
                              "items[%zu]: more votes than people present", i + 1);
    }
    return ERR_OK;
}

static enum err
assembly_hold_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "items"); i++) {
        const json_t *row = call_row(call, "items", i);
        struct assembly_result result;
        const struct assembly_facts facts = {
            .kind = assembly_kind_of(call),
            .total = call_int(call, "total"),
            .present = call_int(call, "present"),
            .favour = row_int(row, "favour"),
        };
        assembly_decide(call->ctx, &facts, &result);
        const struct assembly_item item = {
            .unit = call->unit,
            .seq = call->seq,
            .item = (int64_t)i + 1,
            .kind = call_text(call, "kind"),
            .held_on = call_date(call, "held_on"),
            .matter = row_text(row, "matter"),
            .grp = call_text(call, "group"),
            .favour = row_int(row, "favour"),
            .present = call_int(call, "present"),
            .passed = result.passed,
        };
        TRY(assembly_store_add(call->ctx, call->db, &item));
    }
    return ERR_OK;
}

ACT_CODE(assembly_hold, ASSEMBLY_HOLD_FIELDS, assembly_hold_check, assembly_hold_apply, NULL);

/* --- notice.post, notice.withdraw 张贴、撤回公告 --- */

static const struct field NOTICE_POST_FIELDS[] = {
    FIELD_CHOICES("kind", FIELD_REQUIRED, "公告种类", "kind",
                  "void_ballot_rules hotline discipline epidemic result_delay meeting_call other"),
    FIELD(FIELD_TEXT, "text", FIELD_REQUIRED | FIELD_WORDING, "正文", "text"),
    FIELDS_POSTING,
    FIELDS_END,
};

static enum err
notice_post_check(struct call *call)
{
    call_not_future(call, "posted_on");
    return ERR_OK;
}

ACT_CODE(notice_post, NOTICE_POST_FIELDS, notice_post_check, NULL, NULL);

static const struct field NOTICE_WITHDRAW_FIELDS[] = {
    FIELD(FIELD_SEQ, "posting_seq", FIELD_REQUIRED, "公告记录号", "posting"),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason",
                  "wrong_content incomplete wrong_place wrong_date"),
    FIELD(FIELD_TEXT, "text", FIELD_REQUIRED | FIELD_WORDING, "说明", "text"),
    FIELD(FIELD_DATE, "taken_down_on", FIELD_REQUIRED, "取下日期", "taken down on"),
    FIELD(FIELD_FILE, "photo", 0, "照片", "photo"),
    FIELD(FIELD_PERSON, "second", FIELD_REQUIRED, "复核人", "second person"),
    FIELDS_END,
};

/* Legal effect 生效 also comes when the last day for making the posting has passed: the roll D−20,
 * the formal list and the polling notice by the pack's days. */
static enum err
posting_last_day(struct call *call, const struct standing *posting, struct date *ret_day)
{
    struct date day;
    struct pack_days days = {DAY_NONE, 0};
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &day));
    if (strcmp(posting->act, "roll.post") == 0)
        days = pack_days(call->pack, PACK_ROLL_POSTED_BY);
    else if (strcmp(posting->act, "candidates.post") == 0 && strcmp(posting->list, "formal") == 0)
        days = pack_days(call->pack, PACK_CANDIDATES_POSTED_BY);
    else if (strcmp(posting->act, "poll.notice") == 0)
        days = pack_days(call->pack, PACK_NOTICE_POSTED_BY);
    *ret_day =
        date_is_set(day) && days.base == DAY_POLL ? date_add_days(day, days.offset) : DATE_NONE;
    return ERR_OK;
}

static enum err
notice_withdraw_check(struct call *call)
{
    struct ctx *ctx = call->ctx;
    struct standing posting = {.state = ""};
    struct date last;
    const int64_t seq = call_int(call, "posting_seq");
    const enum err err = standing_store_find(ctx, call->db, call->unit, seq, &posting);
    const struct act *act = err == ERR_OK ? act_find(posting.act) : NULL;
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (!act || !(act->flags & ACT_POSTING) || strcmp(posting.state, "stands") != 0) {
        call_block(call, RULE_SEQ_01, "第 %lld 号记录不是有效的公告",
                   "entry %lld is no standing posting", (long long)seq);
        return ERR_OK;
    }
    if (!(act->roles & call->actor->role))
        return FORBID(ctx, act->roles, "公告由谁张贴，由谁撤回",
                      "a posting is withdrawn by who may post it");
    call_not_future(call, "taken_down_on");
    TRY(call_second_check(call));
    TRY(posting_last_day(call, &posting, &last));
    if (date_is_set(last) && date_compare(call->today, last) > 0)
        call_block(call, RULE_SEQ_05, "公告已生效：最后期限 %s 已过",
                   "the posting has taken effect: its last day %s is past", date_format(ctx, last));
    const size_t before = call->findings->count;
    TRY(unused_check(call, seq));
    /* The use of a posting by a later act is its legal effect. */
    if (call->findings->count > before)
        call->findings->list[before].rule = RULE_SEQ_05;
    return ERR_OK;
}

ACT_CODE(notice_withdraw, NOTICE_WITHDRAW_FIELDS, notice_withdraw_check, NULL, NULL);
