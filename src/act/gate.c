/* SPDX-License-Identifier: Apache-2.0 */
#include "act/gate.h"

#include <string.h>

#include "act/cure.h"
#include "base/clock.h"
#include "base/keyfile.h"
#include "exchange/pack_files.h"
#include "ledger/checkpoint.h"
#include "ledger/entry.h"
#include "store/blob_store.h"
#include "store/checkpoint_store.h"
#include "store/ledger_store.h"
#include "store/request_store.h"
#include "store/setting_store.h"
#include "store/stream_store.h"
#include "store/user_store.h"

/* One submission on its way through the gate. */
struct passage {
    struct gate *gate;
    const struct submission *submission;
    struct answer *answer;
    struct actor actor;
    json_t *waivers; /* those used: what the entry will say */
};

enum err
gate_new(struct ctx *ctx, struct db *db, const struct keyfile *key, struct gate **ret_gate)
{
    struct gate *gate = mem_new(NULL, struct gate);
    const char *exercise = NULL;
    void *outer = ctx->mem;
    gate->mem = gate;
    gate->db = db;
    gate->key = key;
    ctx->mem = gate->mem;
    enum err err = pack_shelf_load(ctx, &gate->shelf);
    if (err == ERR_OK) {
        const enum err found = setting_store_find(ctx, db, "exercise", &exercise);
        err = found == ERR_NOT_FOUND ? ERR_OK : found;
    }
    ctx->mem = outer;
    if (err != ERR_OK) {
        gate_free(gate);
        return err;
    }
    gate->exercise = exercise && strcmp(exercise, "1") == 0;
    *ret_gate = gate;
    return ERR_OK;
}

void
gate_free(struct gate *gate)
{
    talloc_free(gate);
}

void
gate_freep(struct gate **gate)
{
    if (*gate)
        gate_free(*gate);
    *gate = NULL;
}

/* Combined packs are kept in the gate: there are two national and a handful of local ones. */
static enum err
pack_get(struct ctx *ctx, struct gate *gate, const char *law, const struct pack **ret_pack)
{
    struct pack *pack;
    for (size_t i = 0; i < gate->pack_count; i++) {
        if (strcmp(gate->packs[i]->name, law) == 0) {
            *ret_pack = gate->packs[i];
            return ERR_OK;
        }
    }
    void *outer = ctx->mem;
    ctx->mem = gate->mem;
    const enum err err = pack_combine(ctx, &gate->shelf, law, DATE_NONE, &pack);
    ctx->mem = outer;
    TRY(err);
    gate->packs = mem_grow(gate->mem, gate->packs, struct pack *, gate->pack_count + 1);
    gate->packs[gate->pack_count++] = pack;
    *ret_pack = pack;
    return ERR_OK;
}

enum err
gate_pack(struct ctx *ctx, struct gate *gate, const char *unit, struct date today,
          const struct pack **ret_pack)
{
    struct stream stream = {.packs = ""};
    struct date day = DATE_NONE;
    struct pack *national;
    TRY(day_store_get(ctx, gate->db, unit, "village", &day));
    const enum err err = stream_store_find(ctx, gate->db, unit, &stream);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    TRY(pack_combine(ctx, &gate->shelf, "auto", date_is_set(day) ? day : today, &national));
    const char *law = stream.packs[0] ? mem_printf(ctx->mem, "%s+%s", national->name, stream.packs)
                                      : national->name;
    return pack_get(ctx, gate, law, ret_pack);
}

static enum err
actor_find(struct ctx *ctx, struct db *db, const char *name, struct actor *ret_actor)
{
    struct user user;
    const enum err err = user_store_find(ctx, db, name, &user);
    if (err == ERR_NOT_FOUND || (err == ERR_OK && !user.active))
        return FAIL_HINT(ctx, ERR_FORBIDDEN,
                         "用 --as 指定已有用户，或由管理员用 cunxuan user add 添加",
                         "name a user with --as, or have one made by cunxuan user add",
                         "没有用户“%s”，或已停用", "there is no active user \"%s\"", name);
    TRY(err);
    *ret_actor = (struct actor){
        .name = user.name,
        .role = role_find(user.role),
        .unit = user.unit,
        .person = user.person ? user.person : "",
        .desk = user.desk ? user.desk : "",
    };
    return ERR_OK;
}

static enum err
fields_refuse(struct ctx *ctx, const struct act *act, const struct field_error *errors,
              size_t count)
{
    const char *hint = cure_fields(ctx, act);
    const char *words = "";
    for (size_t i = 0; i < count; i++)
        words = mem_printf(ctx->mem, "%s%s%s: %s", words, i ? "; " : "", errors[i].field,
                           errors[i].text);
    return failure_field(
        ctx, errors[0].field,
        FAIL_HINT(ctx, ERR_INVALID, hint, hint, "填写有误：%s", "fields are not right: %s", words));
}

/* A paper named in a record must be there; what a kit brings is tested with the kit. */
static enum err
files_check(struct call *call, const struct field *fields, const json_t *object)
{
    for (const struct field *field = fields; field->name; field++) {
        const json_t *value = json_object_get(object, field->name);
        const char *name = json_string_value(value);
        size_t index;
        json_t *row;
        bool has;
        if (field->type == FIELD_TABLE) {
            json_array_foreach(value, index, row) TRY(files_check(call, field->columns, row));
        } else if (field->type == FIELD_FILE && name) {
            TRY(blob_store_has(call->ctx, call->db, name + strlen("sm3:"), &has));
            if (!has)
                return FAIL_HINT(call->ctx, ERR_INVALID, "给出文件的路径，由程序存入",
                                 "give the path of the file: the program keeps it",
                                 "%s：没有附件 %.16s…", "%s: there is no blob %.16s…", field->name,
                                 name);
        }
    }
    return ERR_OK;
}

/* What the gate alone says in an entry: that this is an exercise 演练, whose clock may be set. */
static enum err
gate_fields_write(struct call *call, json_t *fields)
{
    for (const struct field *field = call->act->code->fields; field->name; field++) {
        if (!(field->flags & FIELD_BY_GATE))
            continue;
        if (json_object_get(fields, field->name) && !call->gate->exercise)
            return FAIL_FIELD(call->ctx, field->name, "%s：由系统填写",
                              "%s: written by the program", field->name);
        ASSERT(strcmp(field->name, "exercise") == 0);
        if (call->gate->exercise)
            json_object_set_new(fields, field->name, json_string("yes"));
    }
    return ERR_OK;
}

static enum err
fields_prepare(struct call *call, json_t *fields)
{
    struct ctx *ctx = call->ctx;
    struct field_error *errors;
    size_t count;
    if (!call->brought)
        TRY(gate_fields_write(call, fields));
    fields_check(ctx, call->act->code->fields, fields, &errors, &count);
    if (count)
        return fields_refuse(ctx, call->act, errors, count);
    if (!call->brought)
        TRY(files_check(call, call->act->code->fields, fields));
    return persons_resolve(ctx, call->db, call->unit, call->act->code->fields, fields);
}

static const char *
waiver_reason(const json_t *waivers, const char *rule)
{
    size_t index;
    json_t *waiver;
    json_array_foreach(waivers, index, waiver)
    {
        const char *named = json_text_of(waiver, "rule");
        const char *reason = json_text_of(waiver, "reason");
        if (named && reason && reason[0] && strcmp(named, rule) == 0)
            return reason;
    }
    return NULL;
}

static void
waiver_use(struct passage *passage, const char *rule, const char *key, json_t *value)
{
    size_t index;
    json_t *waiver;
    json_array_foreach(passage->waivers, index, waiver)
    {
        const char *named = json_text_of(waiver, "rule");
        if (named && strcmp(named, rule) == 0 && json_equal(json_object_get(waiver, key), value)) {
            json_decref(value);
            return;
        }
    }
    waiver = json_object();
    json_object_set_new(waiver, "rule", json_string(rule));
    json_object_set_new(waiver, key, value);
    json_array_append_new(passage->waivers, waiver);
}

static enum err
approval_settle(struct call *call, struct passage *passage, const struct finding *finding,
                bool *ret_refused)
{
    struct request request;
    const char *rule = rule_id(call->ctx, finding->rule, finding->sub);
    const enum err err = request_store_covering(call->ctx, call->db,
                                                &(struct request_wanted){.unit = call->unit,
                                                                         .kind = finding->approval,
                                                                         .person = finding->person,
                                                                         .post = finding->post,
                                                                         .day = call->today},
                                                &request);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_OK)
        waiver_use(passage, rule, "approval_seq", json_integer(request.seq));
    else
        *ret_refused = true;
    return ERR_OK;
}

/* Weighs the findings: block refuses; approve needs a granted request; explain needs a reason
 * given. */
static enum err
findings_settle(struct call *call, struct passage *passage, bool *ret_refused)
{
    *ret_refused = false;
    for (size_t i = 0; i < call->findings->count; i++) {
        const struct finding *finding = &call->findings->list[i];
        const char *rule = rule_id(call->ctx, finding->rule, finding->sub);
        const char *reason;
        switch (finding->severity) {
        case SEVERITY_BLOCK:
            *ret_refused = true;
            break;
        case SEVERITY_APPROVE:
            TRY(approval_settle(call, passage, finding, ret_refused));
            break;
        case SEVERITY_EXPLAIN:
            reason = waiver_reason(passage->submission->waivers, rule);
            if (reason)
                waiver_use(passage, rule, "reason", json_string(reason));
            else
                *ret_refused = true;
            break;
        case SEVERITY_WARN:
            break;
        }
    }
    return ERR_OK;
}

static enum err
checkpoint_write(struct call *call, const uint8_t hash[SM3_LENGTH])
{
    struct checkpoint checkpoint = {.unit = call->unit, .seq = call->seq, .at = call->at};
    memcpy(checkpoint.hash, hash, SM3_LENGTH);
    TRY(checkpoint_sign(call->ctx, call->key, &checkpoint));
    return checkpoint_store_add(call->ctx, call->db, &checkpoint);
}

static enum err
entry_write(struct call *call, struct passage *passage)
{
    struct ctx *ctx = call->ctx;
    struct gate *gate = passage->gate;
    struct entry entry = {
        .unit = call->unit,
        .seq = call->seq,
        .act = call->act->id,
        .at = call->at,
        .actor = call->actor_name,
        .fields = passage->submission->fields,
        .waivers = passage->waivers,
    };
    TRY(ledger_store_append(ctx, gate->db, &entry));
    TRY(entry_apply(ctx, gate, gate->db, &entry, "stands"));
    if (call->act->flags & ACT_REPLAY)
        TRY(unit_replay(ctx, gate, gate->db, call->unit, 0));
    if (call->act->flags & ACT_CHECKPOINT && gate->key)
        TRY(checkpoint_write(call, entry.hash));
    if (call->act->flags & ACT_CHECKPOINT)
        TRY(act_anchor(ctx, gate, &entry));
    if (call->act->flags & ACT_TO_VILLAGES)
        TRY(act_spread(ctx, gate, &entry));
    if (call->act->code->after)
        TRY(call->act->code->after(call));
    passage->answer->accepted = true;
    passage->answer->seq = call->seq;
    passage->answer->hash = hex_format(ctx, entry.hash, SM3_LENGTH);
    return ERR_OK;
}

/* The clock of this machine must not lie before the last entry of the stream. */
static enum err
head_find(struct call *call)
{
    struct ctx *ctx = call->ctx;
    struct entry head = {.seq = 0};
    const enum err err = ledger_store_head(ctx, call->db, call->unit, &head);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_OK && strcmp(call->at, head.at) < 0)
        return FAIL_HINT(ctx, ERR_INVALID, "请校正电脑的日期和时间",
                         "set the clock of this machine", "电脑时间 %s 早于上一条记录 %s",
                         "the clock says %s, before the last entry (%s)", call->at, head.at);
    call->seq = head.seq + 1;
    return ERR_OK;
}

static enum err
call_check(struct call *call, json_t *fields)
{
    const int64_t corrects = json_integer_value(json_object_get(fields, "corrects_seq"));
    TRY(fields_prepare(call, fields));
    TRY(corrects_check(call));
    if (call_has_block(call))
        return ERR_OK;
    if (corrects)
        TRY(unit_replay(call->ctx, call->gate, call->db, call->unit, corrects));
    TRY(order_check(call));
    if (call_has_block(call) || !call->act->code->check)
        return ERR_OK;
    return call->act->code->check(call);
}

/* Blobs first, so that checks can read them; a refusal rolls them back. */
static enum err
blobs_write(struct ctx *ctx, struct db *db, const struct submission *submission)
{
    for (size_t i = 0; i < submission->blob_count; i++) {
        const struct blob_to_add *blob = &submission->blobs[i];
        const char *name;
        if (blob->name)
            TRY(blob_store_put_named(ctx, db, blob->name + strlen("sm3:"), blob->bytes,
                                     blob->length));
        else
            TRY(blob_store_put(ctx, db, blob->bytes, blob->length, &name));
    }
    return ERR_OK;
}

static enum err
passage_run(struct ctx *ctx, struct db *db, void *arg)
{
    struct passage *passage = arg;
    const struct submission *submission = passage->submission;
    struct gate *gate = passage->gate;
    bool refused;
    *passage->answer = (struct answer){0};
    passage->waivers = json_own(ctx->mem, json_array());
    TRY(actor_find(ctx, db, submission->user, &passage->actor));
    struct call call = {
        .ctx = ctx,
        .db = db,
        .blobs = db,
        .gate = gate,
        .act = act_find(submission->act),
        .unit = submission->unit,
        .at = instant_format(ctx, ctx->now),
        .today = instant_date(ctx->now),
        .actor_name = passage->actor.name,
        .actor = &passage->actor,
        .fields = submission->fields,
        .waivers = submission->waivers,
        .findings = &passage->answer->findings,
        .key = gate->key,
    };
    TRY(permission_check(&call));
    TRY(blobs_write(ctx, db, submission));
    if (call.act->code->before)
        TRY(call.act->code->before(&call));
    cures_fill(&call);
    if (call_has_block(&call))
        return ERR_REFUSED;
    TRY(head_find(&call));
    TRY(gate_pack(ctx, gate, call.unit, call.today, &call.pack));
    TRY(call_check(&call, submission->fields));
    TRY(findings_settle(&call, passage, &refused));
    cures_fill(&call);
    if (refused)
        return ERR_REFUSED;
    TRY(entry_write(&call, passage));
    return submission->try_only ? ERR_REFUSED : ERR_OK;
}

/* The reasons an entry gave are those it is weighed with again. */
static enum err
recheck_settle(struct call *call, const struct entry *entry)
{
    const struct submission submission = {.waivers = entry->waivers};
    struct passage passage = {
        .submission = &submission,
        .waivers = json_own(call->ctx->mem, json_array()),
    };
    bool refused;
    /* REG-04 against the other villages is a matter for home, not a fault of the kit. */
    for (size_t i = 0; i < call->findings->count; i++) {
        if (call->findings->list[i].rule == RULE_REG_04)
            call->findings->list[i].severity = SEVERITY_WARN;
    }
    TRY(findings_settle(call, &passage, &refused));
    if (refused && !call_has_block(call))
        call_block(call, RULE_SEQ_03, "第 %lld 号记录缺少批准或理由",
                   "entry %lld lacks an approval or a reason", (long long)entry->seq);
    return ERR_OK;
}

static enum err
recheck_run(struct call *call, const struct actor *actor, const struct entry *entry)
{
    json_t *fields = json_own(call->ctx->mem, json_deep_copy(entry->fields));
    call->actor = actor;
    call->fields = fields;
    TRY(permission_check(call));
    TRY(gate_pack(call->ctx, call->gate, call->unit, call->today, &call->pack));
    TRY(call_check(call, fields));
    return recheck_settle(call, entry);
}

enum err
entry_recheck(struct ctx *ctx, struct gate *gate, const struct entry *entry,
              struct findings *findings)
{
    const int64_t now = ctx->now;
    struct actor actor;
    int64_t at;
    if (!act_find(entry->act) || !instant_parse(entry->at, &at))
        return FAIL(ctx, ERR_INVALID, "第 %lld 号记录的环节或时间不对",
                    "entry %lld: bad act or time", (long long)entry->seq);
    TRY(actor_find(ctx, gate->db, entry->actor, &actor));
    struct call call = {
        .ctx = ctx,
        .db = gate->db,
        .blobs = gate->db,
        .gate = gate,
        .act = act_find(entry->act),
        .unit = entry->unit,
        .seq = entry->seq,
        .at = entry->at,
        .today = instant_date(at),
        .actor_name = actor.name,
        .waivers = entry->waivers,
        .findings = findings,
        .key = gate->key,
        .brought = true,
    };
    ctx->now = at;
    const enum err err = recheck_run(&call, &actor, entry);
    ctx->now = now;
    return err;
}

static enum err
act_known(struct ctx *ctx, const struct submission *submission)
{
    if (!act_find(submission->act))
        return FAIL_HINT(ctx, ERR_USAGE, "用 cunxuan acts 查看全部环节",
                         "cunxuan acts lists all acts", "没有环节“%s”", "there is no act \"%s\"",
                         submission->act);
    return ERR_OK;
}

enum err
act_submit_inside(struct ctx *ctx, struct gate *gate, const struct submission *submission,
                  struct answer *ret_answer)
{
    struct passage passage = {.gate = gate, .submission = submission, .answer = ret_answer};
    TRY(act_known(ctx, submission));
    const enum err err = passage_run(ctx, gate->db, &passage);
    if (err != ERR_OK)
        cure_failure(ctx, act_find(submission->act));
    return err;
}

enum err
act_submit(struct ctx *ctx, struct gate *gate, const struct submission *submission,
           struct answer *ret_answer)
{
    struct passage passage = {.gate = gate, .submission = submission, .answer = ret_answer};
    TRY(act_known(ctx, submission));
    /* ERR_REFUSED rolls the transaction back; the answer tells why. */
    const enum err err = db_transaction(ctx, gate->db, passage_run, &passage);
    if (err != ERR_OK)
        cure_failure(ctx, act_find(submission->act));
    return err == ERR_REFUSED && ctx->failure.err == ERR_OK ? ERR_OK : err;
}
