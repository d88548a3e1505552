/* SPDX-License-Identifier: Apache-2.0 */
/* Taking a stream out and bringing it back 取出、带回、作废 (acts.md 6.0, H3). */
#include <string.h>

#include "act/kit.h"
#include "store/blob_store.h"
#include "store/checkpoint_store.h"
#include "store/identity_store.h"
#include "store/kit_store.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/request_store.h"
#include "store/stream_store.h"

/* --- kit.take_out --- */

static const struct field KIT_PEOPLE[] = {
    FIELD(FIELD_PERSON, "person", FIELD_REQUIRED, "人员", "person"),
    FIELD(FIELD_TEXT, "duty", 0, "职责", "duty"),
    FIELDS_END,
};

static const struct field KIT_TAKE_OUT_FIELDS[] = {
    FIELD(FIELD_PERSON, "holder", FIELD_REQUIRED, "持有人", "holder"),
    FIELD(FIELD_TEXT, "machine", FIELD_REQUIRED | FIELD_WORDING, "电脑", "machine"),
    FIELD_ROWS("people", FIELD_REQUIRED, "随带人员", "people", KIT_PEOPLE),
    FIELD(FIELD_DATE, "back_by", FIELD_REQUIRED, "带回期限", "back by"),
    FIELD(FIELD_TEXT, "token_hash", 0, "口令凭证的哈希", "hash of the proof"),
    FIELD(FIELD_TEXT, "public_key", 0, "取出件公钥", "public key of the kit"),
    FIELDS_END,
};

static enum err
requests_warn(struct call *call)
{
    struct request *requests;
    size_t count;
    TRY(request_store_list(call->ctx, call->db, call->unit, &requests, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(requests[i].state, "asked") == 0)
            call_warn(call, RULE_SEQ_03, "第 %lld 号请示（%s）尚未批复，取出后要带回才能批复",
                      "request %lld (%s) is open and cannot be decided before the return",
                      (long long)requests[i].seq, requests[i].kind);
    }
    return ERR_OK;
}

static enum err
kit_take_out_check(struct call *call)
{
    struct sm2_key *key;
    bool own;
    if (!call_has(call, "token_hash") || !call_has(call, "public_key"))
        return FAIL_HINT(call->ctx, ERR_INVALID, "用 cunxuan kit out UNIT --out FILE …",
                         "use cunxuan kit out UNIT --out FILE …", "取出村卷要同时生成取出件",
                         "taking out makes the kit's file as well");
    TRY(sm2_key_read(call->ctx, call_text(call, "public_key"), &key));
    if (date_compare(call_date(call, "back_by"), call->today) < 0)
        call_block(call, RULE_SEQ_06, "带回期限早于今天", "back_by lies in the past");
    /* Two people: who hands out, who takes. */
    TRY(call_is_actor(call, call_text(call, "holder"), &own));
    if (own)
        call_block(call, RULE_SEQ_08, "持有人须是经办人以外的人",
                   "the holder must be another person than who hands it out");
    return requests_warn(call);
}

static enum err
kit_take_out_apply(struct call *call)
{
    struct ctx *ctx = call->ctx;
    struct sm2_key *key;
    const char *holder;
    TRY(sm2_key_read(ctx, call_text(call, "public_key"), &key));
    TRY(person_name(ctx, call->db, call->unit, call_text(call, "holder"), &holder));
    const struct kit kit = {
        .unit = call->unit,
        .seq = call->seq,
        .holder = call_text(call, "holder"),
        .machine = call_text(call, "machine"),
        .back_by = call_date(call, "back_by"),
        .taken_at = call->at,
        .token_hash = call_text(call, "token_hash"),
        .public_key = call_text(call, "public_key"),
        .fingerprint = sm2_key_fingerprint(ctx, key),
        .state = "out",
        .file = "",
    };
    TRY(kit_store_add(ctx, call->db, &kit));
    return stream_store_set_state(ctx, call->db, call->unit, "out",
                                  mem_printf(ctx->mem, "%s · %s · ≤ %s", holder, kit.machine,
                                             json_text_of(call->fields, "back_by")));
}

ACT_CODE(kit_take_out, KIT_TAKE_OUT_FIELDS, kit_take_out_check, kit_take_out_apply, NULL);

/* --- kit.bring_back --- */

static const struct field KIT_BRING_BACK_FIELDS[] = {
    FIELD(FIELD_FILE, "file", FIELD_REQUIRED, "取出件", "file"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "带回日期", "on"),
    FIELDS_END,
};

/* A fault of the file refuses it whole: the words of the failure become the finding. */
static enum err
fault_find(struct call *call, enum err err)
{
    struct ctx *ctx = call->ctx;
    if (err != ERR_INVALID && err != ERR_FORBIDDEN && err != ERR_NOT_FOUND && err != ERR_STORE)
        return err;
    const char *words = ctx->failure.message ? ctx->failure.message : err_name(err);
    failure_clear(ctx);
    call_block(call, RULE_SEQ_03, "取出件不予接收：%s", "the kit is refused: %s", words);
    return ERR_OK;
}

static enum err
blob_is_here(struct ctx *ctx, const char *name, void *arg)
{
    bool has;
    TRY(blob_store_has(ctx, arg, name, &has));
    if (!has)
        return FAIL(ctx, ERR_INVALID, "缺少附件 %.12s…", "the blob %.12s… is missing", name);
    return ERR_OK;
}

static enum err
row_bring(struct call *call, const struct entry_row *row)
{
    struct ctx *ctx = call->ctx;
    struct findings findings = {0};
    struct entry entry;
    TRY(entry_read(ctx, row, &entry));
    TRY(blob_names_each(ctx, entry.fields, blob_is_here, call->db));
    TRY(entry_recheck(ctx, call->gate, &entry, &findings));
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.list[i];
        if (finding->severity == SEVERITY_BLOCK)
            return FAIL(ctx, ERR_INVALID, "第 %lld 号记录（%s）不合规则 %s：%s",
                        "entry %lld (%s) breaks %s: %s", (long long)row->seq, row->act,
                        rule_id(ctx, finding->rule, finding->sub), finding->text);
        if (finding->rule == RULE_REG_04)
            call_warn(call, RULE_REG_04, "第 %lld 号记录：%s", "entry %lld: %s",
                      (long long)row->seq, finding->text);
    }
    TRY(ledger_store_add_row(ctx, call->db, row));
    TRY(entry_apply(ctx, call->gate, call->db, &entry, "stands"));
    return act_find(row->act)->flags & ACT_REPLAY
               ? unit_replay(ctx, call->gate, call->db, call->unit, 0)
               : ERR_OK;
}

/* Every checkpoint is by the key that was registered, and the last entry has one. */
static enum err
signatures_check(struct call *call, const struct kit_file *file, const struct kit *kit)
{
    struct ctx *ctx = call->ctx;
    struct sm2_key *key;
    int64_t last = 0;
    TRY(sm2_key_read(ctx, kit->public_key, &key));
    for (size_t i = 0; i < file->checkpoint_count; i++) {
        const struct checkpoint *checkpoint = &file->checkpoints[i];
        if (strcmp(checkpoint->key_fingerprint, kit->fingerprint) != 0 ||
            !checkpoint_is_signed(ctx, key, checkpoint))
            return FAIL(ctx, ERR_INVALID, "第 %lld 号记录的签名不是取出件的密钥签的",
                        "the signature at entry %lld is not by the kit's key",
                        (long long)checkpoint->seq);
        last = checkpoint->seq > last ? checkpoint->seq : last;
    }
    if (file->row_count && last != file->rows[file->row_count - 1].seq)
        return FAIL(ctx, ERR_INVALID, "最后一条记录没有取出件的签名",
                    "the last entry is not signed by the kit");
    return ERR_OK;
}

static enum err
origin_check(struct call *call, const struct kit_file *file, const struct kit *kit)
{
    struct ctx *ctx = call->ctx;
    struct entry head;
    const char *proof = json_text_of(file->manifest, "proof");
    TRY(ledger_store_head(ctx, call->db, call->unit, &head));
    if (strcmp(file->kind, "back") != 0)
        return FAIL(ctx, ERR_INVALID,
                    "这是取出时的文件，不是带回的（在取出的电脑上运行 cunxuan kit pack）",
                    "this is the file taken out, not one packed by cunxuan kit pack");
    if (strcmp(file->unit, call->unit) != 0)
        return FAIL(ctx, ERR_INVALID, "取出件是 %s 的", "the kit is of %s", file->unit);
    if (json_integer_value(json_object_get(file->manifest, "seq")) != kit->seq || !proof ||
        strcmp(kit_hash(ctx, proof), kit->token_hash) != 0)
        return FAIL(ctx, ERR_INVALID, "不是现在取出的那一份（口令凭证不符或已作废）",
                    "it is not the kit that is out now (wrong proof, or voided)");
    if (file->row_count && (file->rows[0].seq != head.seq + 1 ||
                            !bytes_equal(file->rows[0].prev_hash, head.hash, SM3_LENGTH)))
        return FAIL(ctx, ERR_INVALID, "新记录接不上这里的第 %lld 号记录",
                    "its entries do not follow entry %lld here", (long long)head.seq);
    return ERR_OK;
}

static enum err
file_bring(struct call *call, const struct kit *kit)
{
    struct ctx *ctx = call->ctx;
    struct kit_file file;
    struct db_bytes bytes;
    TRY(blob_store_get(ctx, call->blobs, call_text(call, "file") + 4, &bytes));
    TRY(kit_file_read(ctx, "file", bytes.bytes, bytes.length, &file));
    TRY(origin_check(call, &file, kit));
    TRY(signatures_check(call, &file, kit));
    for (size_t i = 0; i < file.blob_count; i++) {
        const char *name;
        TRY(blob_store_put(ctx, call->db, file.blobs[i].bytes, file.blobs[i].length, &name));
    }
    for (size_t i = 0; i < file.row_count; i++)
        TRY(row_bring(call, &file.rows[i]));
    for (size_t i = 0; i < file.checkpoint_count; i++)
        TRY(checkpoint_store_add(ctx, call->db, &file.checkpoints[i]));
    return ERR_OK;
}

/* Whether a kit is out; the entries of the file are added before kit.bring_back gets its number. */
static enum err
kit_bring_back_before(struct call *call)
{
    struct kit kit = {.state = ""};
    const enum err err = kit_store_last(call->ctx, call->db, call->unit, &kit);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (strcmp(kit.state, "out") != 0) {
        call_block(call, strcmp(kit.state, "back") == 0 ? RULE_SEQ_07 : RULE_SEQ_03,
                   "这个村现在没有取出件（已带回、已作废或没有取出）",
                   "no kit of this village is out (brought back, voided or never taken)");
        return ERR_OK;
    }
    if (strncmp(call_text(call, "file"), "sm3:", 4) != 0)
        return ERR_OK; /* the field check says so */
    return fault_find(call, file_bring(call, &kit));
}

static enum err
kit_bring_back_check(struct call *call)
{
    call_not_future(call, "on");
    return ERR_OK;
}

/* A village deferred or sealed in the kit stays so. */
static enum err
kit_end(struct call *call, const char *state, const char *file)
{
    struct stream stream;
    struct kit kit;
    TRY(kit_store_last(call->ctx, call->db, call->unit, &kit));
    kit.state = state;
    kit.file = file;
    kit.ended_seq = call->seq;
    TRY(kit_store_end(call->ctx, call->db, &kit));
    TRY(stream_store_find(call->ctx, call->db, call->unit, &stream));
    if (strcmp(stream.state, "out") != 0)
        return ERR_OK;
    return stream_store_set_state(call->ctx, call->db, call->unit, "open", "");
}

static enum err
kit_bring_back_apply(struct call *call)
{
    return kit_end(call, "back", call_text(call, "file"));
}

static enum err
waiting_deliver(struct call *call)
{
    struct kit kit;
    TRY(kit_store_last(call->ctx, call->db, call->unit, &kit));
    return act_deliver(call->ctx, call->gate, call->unit, kit.taken_at, call->at);
}

extern const struct act_code act_code_kit_bring_back;
const struct act_code act_code_kit_bring_back = {
    .fields = KIT_BRING_BACK_FIELDS,
    .check = kit_bring_back_check,
    .apply = kit_bring_back_apply,
    .before = kit_bring_back_before,
    .after = waiting_deliver,
};

/* --- kit.void --- */

static const struct field KIT_VOID_FIELDS[] = {
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason", "lost broken stolen cancelled"),
    FIELD(FIELD_TEXT, "text", FIELD_REQUIRED | FIELD_WORDING, "说明", "text"),
    FIELD(FIELD_TEXT, "doc_no", FIELD_WORDING, "文号", "document number"),
    FIELD(FIELD_DATE, "doc_on", 0, "文件日期", "document date"),
    FIELD(FIELD_FILE, "file", 0, "文件扫描件", "document"),
    FIELDS_END,
};

static enum err
kit_void_check(struct call *call)
{
    struct kit kit = {.state = ""};
    const enum err err = kit_store_last(call->ctx, call->db, call->unit, &kit);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (strcmp(kit.state, "out") != 0)
        call_block(call, RULE_SEQ_07, "这个村现在没有取出件", "no kit of this village is out");
    call_not_future(call, "doc_on");
    return ERR_OK;
}

static enum err
kit_void_apply(struct call *call)
{
    return kit_end(call, "void", "");
}

extern const struct act_code act_code_kit_void;
const struct act_code act_code_kit_void = {
    .fields = KIT_VOID_FIELDS,
    .check = kit_void_check,
    .apply = kit_void_apply,
    .after = waiting_deliver,
};
