/* SPDX-License-Identifier: Apache-2.0 */
/* 档案 (acts.md 6.11): archive.list, archive.seal, archive.move. */
#include <string.h>

#include "act/act.h"
#include "ledger/entry.h"
#include "store/archive_store.h"
#include "store/ledger_store.h"
#include "store/outcome_store.h"
#include "store/prep_store.h"
#include "store/round_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* 规程: 村民委员会选举工作档案十类 (ARC-02); class 1 is the first. */
static const struct text CLASSES[] = {
    {"选举委员会名单和选举材料", "election committee's list and election material"},
    {"选举委员会会议记录", "election committee's minutes"},
    {"选举公告", "notices"},
    {"选民登记册", "voter register"},
    {"候选人名单及得票数", "candidates and their votes"},
    {"选票、委托投票证、选票统计、报告单", "ballots, proxy papers, statistics, report sheets"},
    {"选举大会议程和工作人员名单", "agenda of the poll and list of staff"},
    {"当选人名单", "list of the elected"},
    {"选举工作总结", "summary"},
    {"其他材料", "other material"},
};

/* --- archive.list --- */

static const struct field ARCHIVE_ROWS[] = {
    FIELD(FIELD_INT, "class", FIELD_REQUIRED, "类别（1…10）", "class (1…10)"),
    FIELD(FIELD_TEXT, "title", FIELD_REQUIRED | FIELD_WORDING, "材料名称", "title"),
    FIELD(FIELD_SEQ, "entry_seq", 0, "记录号", "entry"),
    FIELD(FIELD_INT, "pages", 0, "页数", "pages"),
    FIELD(FIELD_TEXT, "missing", FIELD_WORDING, "缺失原因", "why it is missing"),
    FIELDS_END,
};

static const struct field ARCHIVE_LIST_FIELDS[] = {
    FIELD_ROWS("rows", FIELD_REQUIRED, "目录", "rows", ARCHIVE_ROWS),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* A paper is there (pages, or the entry that holds it) or the row says why not. */
static enum err
row_check(struct call *call, size_t index, bool seen[COUNT_OF(CLASSES)])
{
    const json_t *row = call_row(call, "rows", index);
    const int64_t klass = row_int(row, "class");
    const bool missing = row_text(row, "missing")[0] != '\0';
    if (klass < 1 || klass > (int64_t)COUNT_OF(CLASSES))
        return FAIL_FIELD(call->ctx, mem_printf(call->ctx->mem, "rows[%zu].class", index),
                          "rows[%zu]：类别是 1 … %zu", "rows[%zu]: classes are 1 … %zu", index,
                          COUNT_OF(CLASSES));
    seen[klass - 1] = true;
    if (row_int(row, "entry_seq") >= call->seq)
        call_block(call, RULE_SEQ_01, "rows[%zu]：还没有第 %lld 号记录",
                   "rows[%zu]: there is no entry %lld", index,
                   (long long)row_int(row, "entry_seq"));
    if (missing)
        call_warn(call, RULE_ARC_02, "第 %lld 类缺：%s（%s）", "class %lld lacks %s (%s)",
                  (long long)klass, row_text(row, "title"), row_text(row, "missing"));
    else if (!row_int(row, "pages") && !row_int(row, "entry_seq"))
        finding_todo(call,
                     call_block(call, RULE_ARC_02, "rows[%zu]（%s）没有页数，也没有记录号",
                                "rows[%zu] (%s) has neither pages nor an entry", index,
                                row_text(row, "title")),
                     "填 pages 或 entry_seq；确实没有的在 missing 写明原因",
                     "give pages or entry_seq; if it is not there, say why in missing");
    return ERR_OK;
}

static enum err
archive_list_check(struct call *call)
{
    bool seen[COUNT_OF(CLASSES)] = {false};
    for (size_t i = 0; i < call_count(call, "rows"); i++)
        TRY(row_check(call, i, seen));
    for (size_t i = 0; i < COUNT_OF(CLASSES); i++) {
        if (!seen[i])
            finding_todo(call,
                         call_block(call, RULE_ARC_02, "缺第 %zu 类：%s",
                                    "class %zu is missing: %s", i + 1,
                                    text_pick(call->ctx, CLASSES[i])),
                         "列入该类材料；没有的在 missing 写明原因",
                         "list its papers; if there are none, say why in missing");
    }
    return ERR_OK;
}

static enum err
archive_list_apply(struct call *call)
{
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        const struct archive_item item = {
            .unit = call->unit,
            .seq = call->seq,
            .place = (int64_t)i + 1,
            .klass = row_int(row, "class"),
            .title = row_text(row, "title"),
            .entry_seq = row_int(row, "entry_seq"),
            .pages = row_int(row, "pages"),
            .missing = row_text(row, "missing"),
        };
        TRY(archive_store_add_item(call->ctx, call->db, &item));
    }
    return ERR_OK;
}

ACT_CODE(archive_list, ARCHIVE_LIST_FIELDS, archive_list_check, archive_list_apply, NULL);

/* --- archive.seal --- */

static const struct field ARCHIVE_SEAL_FIELDS[] = {
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "封存日期", "on"),
    FIELD(FIELD_PERSON, "custodian", FIELD_REQUIRED, "保管人", "custodian"),
    FIELD(FIELD_DATE, "keep_until", FIELD_REQUIRED, "保存至", "keep until"),
    FIELD(FIELD_INT, "copies", FIELD_REQUIRED, "份数", "copies"),
    FIELDS_END,
};

/* A vote whose papers exist: recovered, whether it was valid or not. */
static enum err
packets_check(struct call *call, const struct round *round)
{
    bool sealed;
    if (strcmp(round->kind, "nomination") == 0 || round->recovered == 0)
        return ERR_OK;
    TRY(standing_has_round(call->ctx, call->db, call->unit, "ballot.seal", round->round, &sealed));
    if (!sealed)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "第 %lld 次投票的选票还没有封存",
                                "the ballots of round %lld are not sealed",
                                (long long)round->round),
                     "先办理 ballot.seal round=%lld", "do ballot.seal round=%lld first",
                     (long long)round->round);
    return ERR_OK;
}

static enum err
rounds_check(struct call *call)
{
    struct round *rounds;
    size_t count;
    struct date complete;
    const struct round *last = NULL;
    TRY(round_store_list(call->ctx, call->db, call->unit, &rounds, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(packets_check(call, &rounds[i]));
        if (strcmp(rounds[i].body, "village") == 0 && strcmp(rounds[i].kind, "nomination") != 0)
            last = &rounds[i];
    }
    TRY(outcome_store_complete(call->ctx, call->db, call->unit, "village", &complete));
    if (!last || strcmp(last->state, "settled") != 0 || !date_is_set(complete))
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "最后一次投票还没有了结",
                                "the last round is not settled"),
                     "先办理 cunxuan next 所列的环节", "do first what cunxuan next lists");
    return ERR_OK;
}

/* True if a standing objection.decide names that objection. */
static enum err
is_decided(struct call *call, const struct standing *decisions, size_t count, int64_t seq,
           bool *ret_decided)
{
    *ret_decided = false;
    for (size_t i = 0; i < count && !*ret_decided; i++) {
        struct entry entry;
        TRY(ledger_store_find(call->ctx, call->db, call->unit, decisions[i].seq, &entry));
        *ret_decided = json_integer_value(json_object_get(entry.fields, "objection_seq")) == seq;
    }
    return ERR_OK;
}

static enum err
objections_check(struct call *call)
{
    const struct standing_query filed = {.unit = call->unit, .act = "objection.file", .round = -1};
    const struct standing_query decided = {
        .unit = call->unit, .act = "objection.decide", .round = -1};
    struct standing *objections, *decisions;
    size_t count, decision_count;
    TRY(standing_store_list(call->ctx, call->db, &filed, &objections, &count));
    TRY(standing_store_list(call->ctx, call->db, &decided, &decisions, &decision_count));
    for (size_t i = 0; i < count; i++) {
        bool is;
        TRY(is_decided(call, decisions, decision_count, objections[i].seq, &is));
        if (!is)
            finding_todo(call,
                         call_block(call, RULE_SEQ_01, "第 %lld 号记录的异议还没有处理决定",
                                    "the objection of entry %lld is not decided",
                                    (long long)objections[i].seq),
                         "先作出处理决定（objection.decide）",
                         "decide it first (objection.decide)");
    }
    return ERR_OK;
}

/* 组织法 §34、规程: kept at least three years (more where the pack says so) from the polling day.
 */
static enum err
keeping_check(struct call *call)
{
    struct date day;
    const int years = pack_int(call->pack, PACK_ARCHIVE_YEARS);
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &day));
    if (!date_is_set(day))
        return ERR_OK;
    const struct date least = date_add_years(day, years);
    if (date_compare(call_date(call, "keep_until"), least) < 0)
        call_block(call, RULE_ARC_01, "档案至少保存 %d 年，到 %s",
                   "the archive is kept %d years, to %s", years, date_format(call->ctx, least));
    if (call_int(call, "copies") < 1)
        call_block(call, RULE_ARC_01, "至少一份", "at least one copy is kept");
    return ERR_OK;
}

/* Only the first seal has a day in the plan; what came later is sealed when it is there. */
static enum err
plan_day_check(struct call *call)
{
    struct task *tasks;
    size_t count;
    TRY(task_store_list(call->ctx, call->db, call->unit, &tasks, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(tasks[i].act, "archive.seal") != 0 || !date_is_set(tasks[i].due_on) ||
            date_compare(call_date(call, "on"), tasks[i].due_on) <= 0)
            continue;
        call_explain(call, RULE_ARC_02, "方案要求 %s 前封存档案（%s）",
                     "the plan asks for the seal by %s (%s)",
                     date_format(call->ctx, tasks[i].due_on), tasks[i].title);
        return ERR_OK;
    }
    return ERR_OK;
}

static enum err
list_last(struct call *call, struct standing *ret_list)
{
    const struct standing_query query = {.unit = call->unit, .act = "archive.list", .round = -1};
    return standing_store_last(call->ctx, call->db, &query, ret_list);
}

static enum err
archive_seal_check(struct call *call)
{
    struct archive_seal *seals;
    size_t count;
    struct standing list;
    call_not_future(call, "on");
    TRY(archive_store_seals(call->ctx, call->db, call->unit, &seals, &count));
    TRY(list_last(call, &list));
    TRY(keeping_check(call));
    TRY(objections_check(call));
    TRY(rounds_check(call));
    if (count == 0)
        return plan_day_check(call);
    if (list.seq < seals[count - 1].seq)
        finding_todo(call,
                     call_block(call, RULE_SEQ_07, "上次封存（第 %lld 号记录）以后没有新的目录",
                                "nothing was listed since the last seal (entry %lld)",
                                (long long)seals[count - 1].seq),
                     "补充封存先编目录（archive.list）",
                     "list the supplement first (archive.list)");
    return ERR_OK;
}

static enum err
archive_seal_apply(struct call *call)
{
    struct standing list;
    TRY(list_last(call, &list));
    const struct archive_seal seal = {
        .unit = call->unit,
        .seq = call->seq,
        .on_day = call_date(call, "on"),
        .custodian = call_text(call, "custodian"),
        .keep_until = call_date(call, "keep_until"),
        .copies = call_int(call, "copies"),
        .list_seq = list.seq,
    };
    TRY(archive_store_add_seal(call->ctx, call->db, &seal));
    return stream_store_set_state(call->ctx, call->db, call->unit, "sealed",
                                  date_format(call->ctx, seal.on_day));
}

ACT_CODE(archive_seal, ARCHIVE_SEAL_FIELDS, archive_seal_check, archive_seal_apply, NULL);

/* --- archive.move --- */

static const struct field ARCHIVE_MOVE_FIELDS[] = {
    FIELD_CHOICES("action", FIELD_REQUIRED, "办理", "action", "transfer lend return destroy"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELD(FIELD_PERSON, "to", FIELD_REQUIRED, "接收人", "to"),
    FIELD(FIELD_TEXT, "reason", FIELD_REQUIRED | FIELD_WORDING, "事由", "reason"),
    FIELDS_DOC,
    FIELDS_END,
};

/* Who has the archive: one copy of the papers, so one holder at a time. */
static void
custody_check(struct call *call, const struct archive_move *last)
{
    const bool lent = last && strcmp(last->action, "lend") == 0;
    if (last && strcmp(last->action, "destroy") == 0)
        call_block(call, RULE_SEQ_07, "档案已于 %s 销毁", "the archive was destroyed on %s",
                   date_format(call->ctx, last->on_day));
    else if (call_is(call, "action", "return") && !lent)
        call_block(call, RULE_SEQ_07, "档案没有借出", "the archive is not lent");
    else if (lent && !call_is(call, "action", "return"))
        call_block(call, RULE_SEQ_07, "档案借给 %s，还没有归还",
                   "the archive is lent to %s and not back", last->holder);
    if (last && date_compare(call_date(call, "on"), last->on_day) < 0)
        call_block(call, RULE_SEQ_06, "早于上一次交接 %s", "before the last move (%s)",
                   date_format(call->ctx, last->on_day));
}

static void
destroy_check(struct call *call, const struct archive_seal *seals, size_t count)
{
    for (size_t i = 0; call_is(call, "action", "destroy") && i < count; i++) {
        if (date_compare(call_date(call, "on"), seals[i].keep_until) <= 0)
            call_block(call, RULE_ARC_01, "保存期到 %s，届满前不得销毁",
                       "kept until %s: not destroyed before that",
                       date_format(call->ctx, seals[i].keep_until));
    }
}

static enum err
archive_move_check(struct call *call)
{
    struct archive_seal *seals;
    struct archive_move *moves;
    size_t count, move_count;
    bool own;
    call_not_future(call, "on");
    TRY(archive_store_seals(call->ctx, call->db, call->unit, &seals, &count));
    TRY(archive_store_moves(call->ctx, call->db, call->unit, &moves, &move_count));
    if (count && date_compare(call_date(call, "on"), seals[0].on_day) < 0)
        call_block(call, RULE_SEQ_06, "早于封存日 %s", "before the seal (%s)",
                   date_format(call->ctx, seals[0].on_day));
    custody_check(call, move_count ? &moves[move_count - 1] : NULL);
    destroy_check(call, seals, count);
    TRY(call_is_actor(call, call_text(call, "to"), &own));
    if (own)
        call_block(call, RULE_SEQ_08, "交接须是两个人：接收人不能是经办人",
                   "a move is between two people: who records it is not the receiver");
    return ERR_OK;
}

static enum err
archive_move_apply(struct call *call)
{
    const struct archive_move move = {
        .unit = call->unit,
        .seq = call->seq,
        .action = call_text(call, "action"),
        .on_day = call_date(call, "on"),
        .holder = call_text(call, "to"),
    };
    return archive_store_add_move(call->ctx, call->db, &move);
}

ACT_CODE(archive_move, ARCHIVE_MOVE_FIELDS, archive_move_check, archive_move_apply, NULL);
