/* SPDX-License-Identifier: Apache-2.0 */
/* The order of acts: who may, in which state of the stream, after what, how often (SEQ-01 … 08). */
#include <string.h>

#include "act/cure.h"
#include "act/duty.h"
#include "act/gate.h"
#include "act/kit.h"
#include "act/needs.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/outcome_store.h"
#include "store/setting_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

static enum level
unit_level(const struct unit *unit)
{
    return (enum level)unit->level;
}

/* The act belongs into the stream of another level. */
static enum err
levels_fail(struct call *call, const struct unit *unit)
{
    static const struct {
        enum level level;
        struct text title;
    } LEVELS[] = {
        {LEVEL_COUNTY, {"县", "county"}},
        {LEVEL_TOWN, {"镇", "township"}},
        {LEVEL_VILLAGE, {"村", "village"}},
    };
    struct ctx *ctx = call->ctx;
    const char *words = "";
    for (size_t i = 0; i < COUNT_OF(LEVELS); i++) {
        if (call->act->levels & LEVELS[i].level)
            words = mem_printf(ctx->mem, "%s%s%s", words,
                               words[0] ? text_pick(ctx, (struct text){"、", ", "}) : "",
                               text_pick(ctx, LEVELS[i].title));
    }
    const char *hint = text_format(ctx, "单位填 %s 的代码或名称（cunxuan unit list）",
                                   "name a unit of level %s (cunxuan unit list)", words);
    return FAIL_HINT(ctx, ERR_INVALID, hint, hint, "“%s”不是 %s 这一级办理的",
                     "\"%s\" is not done for %s", text_pick(ctx, call->act->title), unit->name);
}

enum err
permission_check(struct call *call)
{
    struct ctx *ctx = call->ctx;
    const struct actor *actor = call->actor;
    struct unit unit;
    bool within;
    if (!(call->act->roles & actor->role))
        return FORBID(ctx, call->act->roles, "%s（%s）不能办理“%s”", "%s (%s) may not do \"%s\"",
                      actor->name, text_pick(ctx, role_title(actor->role)),
                      text_pick(ctx, call->act->title));
    TRY(unit_store_is_within(ctx, call->db, call->unit, actor->unit, &within));
    if (!within)
        return FAIL_HINT(ctx, ERR_FORBIDDEN, "换管这个单位的账号（--as）",
                         "use an account whose unit holds this one (--as)",
                         "%s 不管单位 %s（只管 %s 及其以下）",
                         "%s has no power over unit %s (only over %s and below)", actor->name,
                         call->unit, actor->unit);
    TRY(unit_store_resolve(ctx, call->db, call->unit, &unit));
    if (!(call->act->levels & unit_level(&unit)))
        return levels_fail(call, &unit);
    return ERR_OK;
}

static void
deferred_check(struct call *call, const struct stream *stream)
{
    if (strcmp(stream->state, "deferred") != 0 || call->act->flags & ACT_WHILE_DEFERRED)
        return;
    finding_todo(call,
                 call_block(call, RULE_SEQ_02, "%s已暂缓换届：%s",
                            "the election of %s is deferred: %s", stream->name, stream->detail),
                 "先办理恢复换届（defer.resume）", "resume it first (defer.resume)");
}

static void
out_check(struct call *call, const struct stream *stream)
{
    if (strcmp(stream->state, "out") != 0 || call->act->flags & ACT_WHILE_OUT || call->brought)
        return;
    finding_todo(call,
                 call_block(call, RULE_SEQ_03, "%s的村卷已取出，不在这里：%s",
                            "the stream of %s is taken out: %s", stream->name, stream->detail),
                 "在取出的电脑上办理，或带回后再办（kit.bring_back）",
                 "do it on that machine, or after kit.bring_back");
}

static void
sealed_check(struct call *call, const struct stream *stream)
{
    if (strcmp(stream->state, "sealed") != 0 || call->act->flags & ACT_AFTER_SEAL)
        return;
    call_block(call, RULE_SEQ_04, "%s的选举档案已封存", "the election archive of %s is sealed",
               stream->name);
}

/* In a kit only the stream taken out is live, until it is packed for home. */
static enum err
kit_check(struct call *call, bool *ret_here)
{
    const char *unit = "";
    const char *packed = "";
    enum err err = setting_store_find(call->ctx, call->db, KIT_UNIT_SETTING, &unit);
    *ret_here = err == ERR_OK;
    if (err == ERR_OK)
        err = setting_store_find(call->ctx, call->db, KIT_PACKED_SETTING, &packed);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (!*ret_here)
        return ERR_OK;
    if (strcmp(unit, call->unit) != 0)
        call_block(call, RULE_SEQ_03, "这里是 %s 的取出件，不能办理 %s 的事",
                   "this is the kit of %s: nothing can be done for %s here", unit, call->unit);
    else if (packed[0])
        call_block(call, RULE_SEQ_03, "取出件已打包带回，这里不再办理",
                   "the kit is packed for home: nothing more is done here");
    else if (strncmp(call->act->id, "kit.", 4) == 0)
        call_block(call, RULE_SEQ_03, "取出、带回、作废在镇上的系统办理，不在取出件里",
                   "kits are taken out, brought back and voided at home, not in a kit");
    return ERR_OK;
}

static enum err
stream_check(struct call *call)
{
    struct stream stream;
    bool in_kit;
    TRY(kit_check(call, &in_kit));
    const enum err err = stream_store_find(call->ctx, call->db, call->unit, &stream);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    deferred_check(call, &stream);
    if (!in_kit)
        out_check(call, &stream);
    sealed_check(call, &stream);
    return ERR_OK;
}

/* Acts whose absence breaks a rule of its own beside the order. */
static void
need_rule_add(struct call *call, const struct need *missing)
{
    static const struct {
        const char *term;
        enum rule rule;
    } RULES[] = {{"audit.publish", RULE_CAL_12},
                 {"training.hold", RULE_ORG_02},
                 {"pledge.sign[kind=staff]", RULE_CND_01},
                 {"rules.adopt[mode=self_nomination]", RULE_CAL_08}};
    for (size_t i = 0; i < COUNT_OF(RULES); i++) {
        if (strcmp(RULES[i].term, missing->term) == 0)
            call_block(call, RULES[i].rule, "还没有：%s（%s）", "not done yet: %s (%s)",
                       text_pick(call->ctx, missing->opens->title), missing->term);
    }
}

static enum err
needs_find(struct call *call)
{
    struct need *needs;
    size_t count;
    TRY(needs_check(call, call->act->needs, &needs, &count));
    for (size_t i = 0; i < count; i++) {
        if (needs[i].holds)
            continue;
        struct finding *finding = call_block(call, RULE_SEQ_01, "还没有：%s", "not done yet: %s",
                                             text_pick(call->ctx, needs[i].opens->title));
        finding_todo(call, finding, "先办理 %s（要求：%s）", "do %s first (asked: %s)",
                     needs[i].opens->id, needs[i].term);
        need_rule_add(call, &needs[i]);
    }
    TRY(needs_check(call, call->act->never, &needs, &count));
    for (size_t i = 0; i < count; i++) {
        if (needs[i].holds)
            call_block(call, RULE_SEQ_04, "已经办过“%s”（%s），不能再办这一步",
                       "\"%s\" (%s) stands already: this step is closed",
                       text_pick(call->ctx, needs[i].opens->title), needs[i].term);
    }
    return ERR_OK;
}

/* The key fields named in `once`, taken from this submission. */
static struct standing_query
once_query(const struct call *call)
{
    const char *once = call->act->once;
    const json_t *fields = call->fields;
    struct standing_query query = {.unit = call->unit, .act = call->act->id, .round = -1};
    if (strstr(once, "body"))
        query.body = json_text_of(fields, "body");
    if (strstr(once, "kind"))
        query.kind = json_text_of(fields, "kind");
    if (strstr(once, "list"))
        query.list = json_text_of(fields, "list");
    if (strstr(once, "subject"))
        query.subject = json_text_of(fields, "person");
    if (strstr(once, "round"))
        query.round = json_integer_value(json_object_get(fields, "round"));
    return query;
}

static enum err
once_check(struct call *call)
{
    if (!call->act->once[0])
        return ERR_OK;
    const struct standing_query query = once_query(call);
    struct standing standing;
    const enum err err = standing_store_last(call->ctx, call->db, &query, &standing);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    call_block(call, RULE_SEQ_07, "“%s”已经办过（第 %lld 号记录）",
               "\"%s\" is done already (entry %lld)", text_pick(call->ctx, call->act->title),
               (long long)standing.seq);
    return ERR_OK;
}

/* True if some *_seq field of the entry, at the top or in a table, names `seq`. */
static bool
value_names_seq(const json_t *value, int64_t seq)
{
    const char *key;
    json_t *member;
    size_t index;
    json_array_foreach(value, index, member)
    {
        if (value_names_seq(member, seq))
            return true;
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        const size_t length = strlen(key);
        const bool names = length > 4 && strcmp(key + length - 4, "_seq") == 0;
        if ((names && json_integer_value(member) == seq) || value_names_seq(member, seq))
            return true;
    }
    return false;
}

static enum err
later_uses(struct call *call, const struct standing *later, const struct standing *used,
           bool *ret_uses)
{
    const struct act *act = act_find(later->act);
    struct entry entry;
    *ret_uses = act && needs_mentions(act, used->act);
    if (*ret_uses)
        return ERR_OK;
    TRY(ledger_store_find(call->ctx, call->db, call->unit, later->seq, &entry));
    *ret_uses = strcmp(entry.act, "record.attach") != 0 && value_names_seq(entry.fields, used->seq);
    return ERR_OK;
}

enum err
unused_check(struct call *call, int64_t seq)
{
    struct standing used;
    struct standing *all;
    size_t count;
    TRY(standing_store_find(call->ctx, call->db, call->unit, seq, &used));
    TRY(standing_store_all(call->ctx, call->db, call->unit, &all, &count));
    for (size_t i = 0; i < count; i++) {
        bool uses = false;
        if (all[i].seq > seq && strcmp(all[i].state, "stands") == 0)
            TRY(later_uses(call, &all[i], &used, &uses));
        if (!uses)
            continue;
        const struct act *act = act_find(all[i].act);
        call_block(call, RULE_SEQ_04, "第 %lld 号记录（%s）已经用到它",
                   "entry %lld (%s) rests on it already", (long long)all[i].seq,
                   act ? text_pick(call->ctx, act->title) : all[i].act);
        return ERR_OK;
    }
    return ERR_OK;
}

/* The same act again in place of an entry keyed wrongly. */
enum err
corrects_check(struct call *call)
{
    const int64_t seq = json_integer_value(json_object_get(call->fields, "corrects_seq"));
    const char *second = json_text_of(call->fields, "second");
    struct standing standing = {.state = ""};
    if (!seq)
        return ERR_OK;
    const enum err err = standing_store_find(call->ctx, call->db, call->unit, seq, &standing);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || strcmp(standing.act, call->act->id) != 0 ||
        strcmp(standing.state, "replaced") == 0 || strcmp(standing.state, "withdrawn") == 0)
        call_block(call, RULE_SEQ_07, "第 %lld 号记录不是有效的“%s”",
                   "entry %lld is no standing \"%s\"", (long long)seq,
                   text_pick(call->ctx, call->act->title));
    if (!json_text_of(call->fields, "why") || !second)
        call_block(call, RULE_SEQ_08, "更正须写明原因（why）和复核人（second）",
                   "a correction needs why and second (another person)");
    else
        TRY(call_second_check(call));
    return call_has_block(call) ? ERR_OK : unused_check(call, seq);
}

/* VEC-04: a committee with a member who must leave does nothing but let him go. Acts at every stage
 * (records, requests) and the answer by which he declines stay open. */
static enum err
committee_check(struct call *call)
{
    static const char *const OPEN[] = {"vec.leave", "vec.fill", "candidate.answer"};
    if (call->actor->role != ROLE_EC || call->act->stage == STAGE_ALWAYS)
        return ERR_OK;
    for (size_t i = 0; i < COUNT_OF(OPEN); i++) {
        if (strcmp(call->act->id, OPEN[i]) == 0)
            return ERR_OK;
    }
    return duty_leave_check(call);
}

/* VEC-07: the committee's mandate ends with the handover; it still seals what it holds. If a
 * recount or a void vote leaves the new committee incomplete again, the mandate goes on. */
static enum err
mandate_check(struct call *call)
{
    static const char *const KEPT[] = {"ballot.seal", "archive.list", "archive.seal",
                                       "record.attach"};
    struct date complete;
    bool closed;
    if (call->actor->role != ROLE_EC)
        return ERR_OK;
    for (size_t i = 0; i < COUNT_OF(KEPT); i++) {
        if (strcmp(call->act->id, KEPT[i]) == 0)
            return ERR_OK;
    }
    TRY(standing_has(call->ctx, call->db, call->unit, "handover.close", "village", NULL, &closed));
    if (!closed)
        return ERR_OK;
    TRY(outcome_store_complete(call->ctx, call->db, call->unit, "village", &complete));
    if (date_is_set(complete))
        call_block(
            call, RULE_VEC_07, "工作移交已完成，村民选举委员会的职责终止（只保留封存选票和归档）",
            "the handover is done: the election committee's mandate is over but for sealing");
    return ERR_OK;
}

enum err
order_check(struct call *call)
{
    TRY(stream_check(call));
    TRY(committee_check(call));
    TRY(mandate_check(call));
    TRY(needs_find(call));
    return once_check(call);
}
