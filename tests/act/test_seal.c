/* SPDX-License-Identifier: Apache-2.0 */
/* Who reported is sealed: not in the record in plain, masked on screen, read by its handler. */
#include "act/village.h"

#include "act/prepare.h"
#include "act/seal.h"
#include "store/ledger_store.h"

#define NOW "2021-01-15T09:00"
#define COMPLAINT                                                                                  \
    "{'channel':'letter','received_on':'2021-01-15','about':'bribery','persons':['外:李某'],"   \
    "'reporter':'举报人王某某','text':'送礼','due_on':'2021-01-25'}"

/* The entry of a complaint handed in at the edge, as the command line does. */
static struct entry
complaint_take(struct village *village)
{
    struct ctx *ctx = village->ctx;
    struct entry entry;
    struct submission submission = {.unit = VILLAGE,
                                    .act = "complaint.take",
                                    .user = "to",
                                    .fields = json_of(village, COMPLAINT)};
    assert_true(instant_parse(NOW ":00+08:00", &ctx->now));
    assert_int_equal(submission_prepare(ctx, village->gate, &submission), ERR_OK);
    assert_int_equal(act_submit(ctx, village->gate, &submission, &village->answer), ERR_OK);
    assert_true(village->answer.accepted);
    assert_int_equal(ledger_store_find(ctx, village->db, VILLAGE, village->answer.seq, &entry),
                     ERR_OK);
    return entry;
}

static const char *
read_by(struct village *village, const struct entry *entry, const char *user)
{
    json_t *fields;
    failure_clear(village->ctx);
    const enum err err = fields_revealed(village->ctx, village->gate, entry, user, &fields);
    if (err == ERR_OK)
        return json_text_of(fields, "reporter");
    assert_int_equal(err, ERR_FORBIDDEN);
    assert_non_null(village->ctx->failure.hint);
    return "";
}

static void
a_reporter_is_in_no_record_in_plain(void **state)
{
    struct village *village = *state;
    const struct entry first = complaint_take(village);
    const struct entry second = complaint_take(village);

    assert_null(strstr(json_canonical(village->ctx, first.fields), "王某某"));
    /* Nor can one see that two reports come from one hand. */
    assert_string_not_equal(json_text_of(first.fields, "reporter"),
                            json_text_of(second.fields, "reporter"));
    json_t *shown =
        fields_masked(village->ctx, act_find("complaint.take")->code->fields, first.fields);
    assert_string_equal(json_text_of(shown, "reporter"), "（保密）");
    assert_string_equal(json_text_of(shown, "text"), "送礼");
}

struct search {
    const char *text;
    bool found;
};

static enum err
row_search(struct ctx *ctx, const struct db_table_row *row, void *arg)
{
    struct search *search = arg;
    (void)ctx;
    for (size_t i = 0; i < row->count; i++) {
        if (row->values[i].length &&
            memmem(row->values[i].bytes, row->values[i].length, search->text, strlen(search->text)))
            search->found = true;
    }
    return ERR_OK;
}

static bool
is_in_a_table(struct village *village, const char *text)
{
    static const char *const KEPT[] = {"ledger", "blob", "checkpoint", "app_user", "setting"};
    struct search search = {text, false};
    const char **tables;
    size_t count;
    for (size_t i = 0; i < COUNT_OF(KEPT); i++)
        assert_int_equal(
            db_dump_table(village->ctx, village->db, KEPT[i], NULL, row_search, &search), ERR_OK);
    assert_int_equal(db_derived_tables(village->ctx, village->db, &tables, &count), ERR_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(
            db_dump_table(village->ctx, village->db, tables[i], NULL, row_search, &search), ERR_OK);
    return search.found;
}

/* Nor is it in a derived table, now or after a replay. */
static void
a_reporter_is_in_no_table_in_plain(void **state)
{
    struct village *village = *state;
    (void)complaint_take(village);
    assert_true(is_in_a_table(village, "送礼"));
    assert_false(is_in_a_table(village, "王某某"));

    assert_int_equal(db_begin(village->ctx, village->db), ERR_OK);
    assert_int_equal(unit_replay(village->ctx, village->gate, village->db, VILLAGE, 0), ERR_OK);
    assert_int_equal(db_commit(village->ctx, village->db), ERR_OK);

    assert_false(is_in_a_table(village, "王某某"));
}

static void
the_gate_takes_no_reporter_in_plain(void **state)
{
    struct village *village = *state;
    assert_int_equal(village_submit(village, VILLAGE, NOW, "to", "complaint.take", COMPLAINT, NULL),
                     ERR_INVALID);
    assert_non_null(strstr(village->ctx->failure.message, "reporter"));
    assert_null(strstr(village->ctx->failure.message, "王某某"));
}

static void
only_the_handler_reads_who_reported(void **state)
{
    struct village *village = *state;
    const struct entry entry = complaint_take(village);
    assert_string_equal(read_by(village, &entry, "to"), "举报人王某某");
    assert_string_equal(read_by(village, &entry, "co"), "");
    assert_string_equal(read_by(village, &entry, "ts"), "");
    assert_string_equal(read_by(village, &entry, "sv"), "");
    assert_string_equal(read_by(village, &entry, "ec"), "");
    assert_string_equal(read_by(village, &entry, NULL), "");

    village_do(village, "2021-01-16T09:00", "to", "complaint.handle",
               mem_printf(village->ctx->mem,
                          "{'case_seq':%lld,'action':'assign','person':'外:县换届办',"
                          "'text':'转县','on':'2021-01-16'}",
                          (long long)entry.seq));

    assert_string_equal(read_by(village, &entry, "co"), "举报人王某某");
    assert_string_equal(read_by(village, &entry, "ts"), "");
}

static void
a_sealed_value_changed_does_not_open(void **state)
{
    struct village *village = *state;
    struct entry entry = complaint_take(village);
    json_t *fields;
    char *changed = mem_text(village->ctx->mem, json_text_of(entry.fields, "reporter"));
    char *last = changed + strlen(changed) - 1;
    *last = *last == '0' ? '1' : '0';
    json_object_set_new(entry.fields, "reporter", json_string(changed));
    assert_int_equal(fields_revealed(village->ctx, village->gate, &entry, "to", &fields),
                     ERR_INVALID);
}

static void
who_is_accused_does_not_handle_it(void **state)
{
    struct village *village = *state;
    const struct entry entry = complaint_take(village);
    village_refused(village, "2021-01-16T09:00", "to", "complaint.handle",
                    mem_printf(village->ctx->mem,
                               "{'case_seq':%lld,'action':'assign','person':'外:李某',"
                               "'text':'转办','on':'2021-01-16'}",
                               (long long)entry.seq),
                    "SEQ-08");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(a_reporter_is_in_no_record_in_plain),
        VILLAGE_TEST(a_reporter_is_in_no_table_in_plain),
        VILLAGE_TEST(the_gate_takes_no_reporter_in_plain),
        VILLAGE_TEST(only_the_handler_reads_who_reported),
        VILLAGE_TEST(a_sealed_value_changed_does_not_open),
        VILLAGE_TEST(who_is_accused_does_not_handle_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
