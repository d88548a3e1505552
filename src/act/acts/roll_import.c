/* SPDX-License-Identifier: Apache-2.0 */
/* roll.import 导入登记册 (acts.md 6.5). */
#include <string.h>

#include "act/roll_batch.h"
#include "act/roll_pairs.h"
#include "store/identity_store.h"

static const struct field ROLL_IMPORT_FIELDS[] = {
    FIELD(FIELD_FILE, "original", FIELD_REQUIRED, "原始文件", "original file"),
    FIELD(FIELD_FILE, "rows", FIELD_REQUIRED, "规整名册", "normalised rows"),
    FIELD_CHOICES("accept", FIELD_REQUIRED, "有误的行", "rows with errors", "whole good_rows"),
    FIELD(FIELD_DATE, "as_of", FIELD_REQUIRED, "截至日期", "as of"),
    FIELDS_END,
};

static const char *
row_words(struct call *call, const struct roll_row *row)
{
    return text_format(call->ctx, "第 %lld 行 %s", "row %lld %s", (long long)row->line,
                       row->cells[ROLL_COL_NAME]);
}

/* The rows the edge took are judged again here: between there and now another village may have
 * taken the same person (REG-04). */
static enum err
rows_check(struct call *call, const struct roll_people *people, const struct roll_table *table)
{
    size_t told = 0, unknown = 0;
    const char *first = "";
    for (size_t i = 0; i < table->count; i++) {
        const struct roll_row *row = &table->rows[i];
        const struct person *known = roll_people_match(people, row);
        enum roll_fault fault;
        const char *detail;
        TRY(roll_judge_row(call->ctx, call->db, call->pack, people, row, &fault, &detail));
        if (fault != ROLL_FAULT_COUNT && told++ < ROLL_FINDINGS_MOST)
            TRY(roll_fault_report(call, SEVERITY_BLOCK, row_words(call, row), ROLL_COLUMN_COUNT,
                                  fault, detail));
        if ((!known || !known->in_register) && row->cells[ROLL_COL_HEAD][0] != '3' &&
            unknown++ == 0)
            first = row_words(call, row);
    }
    if (unknown)
        finding_todo(call,
                     call_warn(call, RULE_REG_02, "%zu 人户籍册里没有（如%s）",
                               "%zu people are not in the household register (%s …)", unknown,
                               first),
                     "改正户籍册后重新导入；审核确认时仍没有的不能列入",
                     "correct the register and import it again; who is not there by roll.confirm "
                     "cannot be listed");
    return ERR_OK;
}

static enum err
roll_import_check(struct call *call)
{
    struct roll_table table;
    struct roll_people people;
    call_not_future(call, "as_of");
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    roll_day_check(call, &people);
    TRY(roll_blob_read(call, "rows", &table));
    if (table.kind != ROLL_KIND_ROLL)
        return FAIL_FIELD(call->ctx, "rows", "rows 不是登记册", "rows is no roll");
    TRY(roll_refusals_report(call, &table));
    TRY(roll_people_look(call->ctx, call->db, &people, &table));
    if (date_is_set(people.polling_day))
        TRY(rows_check(call, &people, &table));
    return roll_pairs_report(call, &people, &table);
}

static struct date
cell_day(const struct roll_row *row, enum roll_column column)
{
    struct date day = DATE_NONE;
    (void)date_parse(row->cells[column], &day);
    return day;
}

/* Who was on the draft before keeps his consent. */
static void
row_apply(struct call *call, const struct roll_people *people, const struct roll_row *row,
          struct roll_batch *batch, int64_t *last)
{
    struct ctx *ctx = call->ctx;
    const struct person *known = roll_people_match(people, row);
    const struct voter *before = known ? roll_people_voter(people, known->person) : NULL;
    const struct person added =
        known ? *known : roll_person_new(call, row, roll_person_code(ctx, ++*last));
    if (!known)
        roll_batch_person(batch, &added);
    const struct voter voter = {
        .unit = call->unit,
        .person = added.person,
        .state = "draft",
        .head = row->cells[ROLL_COL_HEAD][0] - '0',
        .reason = "",
        .home = row->cells[ROLL_COL_HOME],
        .resident_since = cell_day(row, ROLL_COL_RESIDENT_SINCE),
        .village_work_since = cell_day(row, ROLL_COL_WORK_SINCE),
        .applied_on = cell_day(row, ROLL_COL_APPLIED_ON),
        .consent_seq = before ? before->consent_seq : 0,
    };
    roll_batch_voter(batch, &voter);
    roll_batch_identity(batch, added.id_mac, added.person);
}

static enum err
roll_import_apply(struct call *call)
{
    struct roll_table table;
    struct roll_people people;
    struct roll roll;
    TRY(roll_blob_read(call, "rows", &table));
    TRY(roll_people_load(call->ctx, call->db, call->unit, &people));
    int64_t last = roll_people_last(&people);
    struct roll_batch *batch = roll_batch_new(call, IDENTITY_ROLL, people.voter_count == 0);
    for (size_t i = 0; i < table.count; i++)
        row_apply(call, &people, &table.rows[i], batch, &last);
    TRY(roll_batch_write(call, batch));
    TRY(roll_get(call, &roll));
    TRY(roll_reopen(call, &roll));
    roll.state = "draft";
    return roll_store_set(call->ctx, call->db, &roll);
}

ACT_CODE(roll_import, ROLL_IMPORT_FIELDS, roll_import_check, roll_import_apply, NULL);
