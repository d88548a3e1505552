/* SPDX-License-Identifier: Apache-2.0 */
/* Small things the acts of registration share. */
#include <string.h>

#include "act/gate.h"
#include "act/roll_people.h"
#include "base/crypto.h"
#include "store/blob_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* The table read last: check and apply of one act read the same, and its name is its hash. */
struct roll_kept {
    const char *name;
    struct roll_table table;
};

static enum err
kept_read(struct ctx *ctx, struct db *blobs, const char *name, struct roll_kept *kept)
{
    struct db_bytes bytes;
    TRY(blob_store_get(ctx, blobs, name + strlen("sm3:"), &bytes));
    return roll_table_parse(ctx, (const char *)bytes.bytes, bytes.length, &kept->table);
}

enum err
roll_blob_read(struct call *call, const char *field, struct roll_table *ret_table)
{
    struct ctx *ctx = call->ctx;
    struct gate *gate = call->gate;
    const char *name = call_text(call, field);
    if (!gate->roll_kept || strcmp(gate->roll_kept->name, name) != 0) {
        talloc_free(gate->roll_kept);
        gate->roll_kept = NULL;
        struct roll_kept *kept = mem_new(gate->mem, struct roll_kept);
        void *outer = ctx->mem;
        kept->name = mem_text(kept, name);
        ctx->mem = kept;
        const enum err err = kept_read(ctx, call->blobs, name, kept);
        ctx->mem = outer;
        TRY(err); /* its words live in `kept`, which goes with the gate */
        gate->roll_kept = kept;
    }
    *ret_table = gate->roll_kept->table;
    return ERR_OK;
}

/* The detail in words: the first of two rows, or the name of the other village. Never who. */
static enum err
detail_words(struct call *call, enum roll_fault fault, const char *detail, const char **ret_words)
{
    struct unit unit;
    *ret_words = "";
    if (!detail[0])
        return ERR_OK;
    if (fault == ROLL_FAULT_OTHER_NAME) { /* a person's code, here */
        *ret_words = text_format(call->ctx, "（%s）", " (%s)", detail);
        return ERR_OK;
    }
    if (fault == ROLL_FAULT_TWICE || fault == ROLL_FAULT_NAMESAKE) {
        *ret_words = text_format(call->ctx, "（第 %s 行）", " (row %s)", detail);
        return ERR_OK;
    }
    const enum err err = unit_store_find(call->ctx, call->db, detail, &unit);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_words = text_format(call->ctx, "（%s）", " (%s)", err == ERR_OK ? unit.name : detail);
    return ERR_OK;
}

enum err
roll_fault_report(struct call *call, enum severity severity, const char *who,
                  enum roll_column column, enum roll_fault fault, const char *detail)
{
    struct ctx *ctx = call->ctx;
    const struct roll_fault_row *row = roll_fault_row(fault);
    const struct rule_row *rule = rule_find(row->rule[0] ? row->rule : "IDN-01");
    const char *more;
    TRY(detail_words(call, fault, detail, &more));
    const char *title = column == ROLL_COLUMN_COUNT
                            ? ""
                            : text_format(ctx, "“%s”", " \"%s\"", roll_column_title(column));
    const char *text =
        mem_printf(ctx->mem, "%s%s%s%s%s", who, title, ctx->lang == LANG_EN ? " " : "",
                   text_pick(ctx, row->wrong), more);
    struct finding *finding = finding_add(ctx, call->findings, rule->rule, severity, text);
    finding->todo = text_pick(ctx, row->cure);
    return ERR_OK;
}

enum err
roll_refusals_report(struct call *call, const struct roll_table *table)
{
    struct ctx *ctx = call->ctx;
    const bool whole = call_is(call, "accept", "whole");
    const enum severity severity = whole ? SEVERITY_BLOCK : SEVERITY_WARN;
    for (size_t i = 0; i < table->refusal_count; i++) {
        const struct roll_refusal *refusal = &table->refusals[i];
        if (i == ROLL_FINDINGS_MOST) {
            finding_add(ctx, call->findings, RULE_IDN_01, severity,
                        text_format(ctx, "还有 %zu 处有误", "and %zu more faults",
                                    table->refusal_count - i));
            break;
        }
        const char *who = text_format(ctx, "第 %lld 行 %s", "row %lld %s", (long long)refusal->line,
                                      refusal->name);
        TRY(roll_fault_report(call, severity, who, refusal->column, refusal->fault,
                              refusal->detail));
    }
    return ERR_OK;
}

struct person
roll_person_new(struct call *call, const struct roll_row *row, const char *code)
{
    struct person person = {
        .unit = call->unit,
        .person = code,
        .name = row->cells[ROLL_COL_NAME],
        .sex = row->cells[ROLL_COL_SEX],
        .birth = DATE_NONE,
        .nation = row->cells[ROLL_COL_NATION],
        .party = row->cells[ROLL_COL_PARTY],
        .grp = row->cells[ROLL_COL_GROUP],
        .household = row->cells[ROLL_COL_HOUSEHOLD],
        .relation_to_head = row->cells[ROLL_COL_RELATION],
        .education = row->cells[ROLL_COL_EDUCATION],
        .id_cipher = row->cells[ROLL_COL_ID_CIPHER],
        .id_mac = row->cells[ROLL_COL_ID_MAC],
        .phone_cipher = row->cells[ROLL_COL_PHONE_CIPHER],
    };
    (void)date_parse(row->cells[ROLL_COL_BIRTH], &person.birth);
    if (person.party[0] == '\0')
        person.party = "none";
    return person;
}

void
roll_day_check(struct call *call, const struct roll_people *people)
{
    if (date_is_set(people->polling_day))
        return;
    finding_todo(call,
                 call_block(call, RULE_SEQ_01, "村民委员会选举日还没有确定，年龄按选举日计算",
                            "the polling day is not fixed; age is counted on it"),
                 "先办理 day.fix（body=village）", "do day.fix (body=village) first");
}

enum err
roll_get(struct call *call, struct roll *ret_roll)
{
    *ret_roll = (struct roll){.unit = call->unit,
                              .state = "open",
                              .from_on = DATE_NONE,
                              .to_on = DATE_NONE,
                              .posted_on = DATE_NONE,
                              .list_hash = ""};
    const enum err err = roll_store_find(call->ctx, call->db, call->unit, ret_roll);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static bool
hangs_in(const struct call *call, const char *group)
{
    for (size_t i = 0; i < call_count(call, "places"); i++) {
        if (strcmp(row_text(call_row(call, "places", i), "group"), group) == 0)
            return true;
    }
    return false;
}

/* 方案: 在村委会所在地和各村民小组同时张榜. A place without a group is the office. */
enum err
roll_places_check(struct call *call)
{
    const char **groups;
    size_t count;
    const char *missing = "";
    size_t missing_count = 0;
    TRY(voter_store_groups(call->ctx, call->db, call->unit, &groups, &count));
    if (!hangs_in(call, ""))
        call_block(call, RULE_REG_06, "没有在村民委员会张榜（地点不填村民小组）",
                   "it does not hang at the village office (a place without a group)");
    for (size_t i = 0; i < count; i++) {
        if (hangs_in(call, groups[i]))
            continue;
        missing = missing_count ? text_format(call->ctx, "%s、%s", "%s, %s", missing, groups[i])
                                : groups[i];
        missing_count++;
    }
    if (missing_count)
        finding_todo(call,
                     call_block(call, RULE_REG_06, "全村 %zu 个村民小组，%zu 个没有张榜：%s",
                                "of %zu groups, %zu have no posting: %s", count, missing_count,
                                missing),
                     "在每个村民小组张榜后再办理", "post it in every group first");
    return ERR_OK;
}

enum err
roll_reopen(struct call *call, struct roll *roll)
{
    const struct standing_query confirmed = {
        .unit = call->unit, .act = "roll.confirm", .round = -1};
    if (strcmp(roll->state, "confirmed") != 0)
        return ERR_OK;
    roll->state = "draft";
    TRY(standing_store_set_matching(call->ctx, call->db, &confirmed, "void"));
    return roll_store_set(call->ctx, call->db, roll);
}

void
roll_frozen_check(struct call *call, const struct roll *roll)
{
    /* 方案: 投票开始后名单冻结; 另行选举 uses the first list. */
    if (roll->frozen_seq)
        call_block(call, RULE_SEQ_04, "已经开始投票（第 %lld 号记录），名单冻结，不再变动",
                   "the poll was opened (entry %lld): the roll is frozen",
                   (long long)roll->frozen_seq);
}

enum err
roll_person_judge(struct call *call, const struct roll_people *people, const struct person *person,
                  const struct roll_subject *subject, enum severity severity)
{
    enum roll_fault fault;
    const char *detail;
    const char *who = text_format(call->ctx, "%s（%s）", "%s (%s)", person->name, person->person);
    if (!date_is_set(people->polling_day))
        return ERR_OK;
    TRY(roll_judge(call->ctx, call->db, call->pack, people, subject, &fault, &detail));
    /* 组织法 §13: heads 1 and 2 are those whose household is registered here. */
    if (fault == ROLL_FAULT_COUNT && subject->head != HEAD_NO_HOUSEHOLD && !person->in_register)
        fault = ROLL_FAULT_NOT_IN_REGISTER;
    if (fault != ROLL_FAULT_COUNT)
        TRY(roll_fault_report(call, severity, who, ROLL_COLUMN_COUNT, fault, detail));
    return ERR_OK;
}

struct voter
roll_voter_of(const struct roll_people *people, const char *person)
{
    const struct voter *known = roll_people_voter(people, person);
    if (known)
        return *known;
    return (struct voter){.unit = people->unit,
                          .person = person,
                          .state = "",
                          .reason = "",
                          .home = "",
                          .resident_since = DATE_NONE,
                          .village_work_since = DATE_NONE,
                          .applied_on = DATE_NONE};
}
