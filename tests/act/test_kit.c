/* SPDX-License-Identifier: Apache-2.0 */
/* A stream taken out to a kit and brought back (acts.md 6.0 kit.*, H3; refusals 39 and 40). */
#include "act/village.h"

#include "act/kit.h"
#include "act/verify.h"
#include "store/kit_store.h"
#include "store/ledger_store.h"
#include "store/person_store.h"

#define REPRESENTATIVES(favour)                                                                    \
    "{'kind':'representatives','called_on':'2021-01-02','held_on':'2021-01-09','total':46,"        \
    "'present':40,'items':[{'matter':'other','text':'修路','favour':" favour "}]}"
#define TAKE_OUT                                                                                   \
    "{'holder':'外:村主任','machine':'笔记本','people':[{'person':'外:村主任'}],"       \
    "'back_by':'2021-01-20'}"
#define FIRST_DAY "2021-01-05T09:00:00+08:00"
#define LATER_DAY "2021-01-12T09:00:00+08:00"
#define VOID_KIT "{'reason':'lost','text':'途中遗失'}"

/* Home, the kit file, and the kit's own installation once opened. */
struct kits {
    struct village *home;
    struct village kit;
    struct kit_out out;
    struct file_bytes back;
};

static enum err
file_keep(struct ctx *ctx, const struct buf *file, void *arg)
{
    (void)ctx;
    (void)file;
    (void)arg;
    return ERR_OK;
}

static enum err
file_fail(struct ctx *ctx, const struct buf *file, void *arg)
{
    (void)file;
    (void)arg;
    return FAIL(ctx, ERR_IO, "磁盘满", "disk full");
}

static enum err
take_out(struct village *home, const char *at, const char *fields, kit_write_fn *write,
         struct kit_out *out)
{
    struct submission submission = {
        .unit = VILLAGE, .act = "kit.take_out", .user = "to", .fields = json_of(home, fields)};
    assert_true(instant_parse(at, &home->ctx->now));
    failure_clear(home->ctx);
    home->answer = (struct answer){0};
    return kit_out(home->ctx, home->gate, &submission, write, NULL, &home->answer, out);
}

static void
kits_out_at(struct kits *kits, struct village *home, const char *at)
{
    *kits = (struct kits){.home = home};
    const enum err err = take_out(home, at, TAKE_OUT, file_keep, &kits->out);
    if (err != ERR_OK || !home->answer.accepted)
        village_print(home, err);
    assert_int_equal(err, ERR_OK);
    assert_true(home->answer.accepted);
}

static void
kits_out(struct kits *kits, struct village *home)
{
    kits_out_at(kits, home, FIRST_DAY);
}

static struct file_bytes
out_bytes(const struct kits *kits)
{
    return (struct file_bytes){kits->out.file.data, kits->out.file.length};
}

/* The kit's own installation, in memory. */
static void
kits_open(struct kits *kits)
{
    struct ctx *ctx = kits->home->ctx;
    const struct file_bytes bytes = out_bytes(kits);
    struct kit_opened opened;
    assert_int_equal(kit_open_check(ctx, "kit", &bytes, kits->out.token, &opened), ERR_OK);
    kits->kit.ctx = ctx;
    kits->kit.unit = VILLAGE;
    assert_int_equal(db_open(ctx, ":memory:", DB_CREATE, &kits->kit.db), ERR_OK);
    memcpy(kits->kit.key.secret, opened.secret, SECRET_LENGTH);
    field_keys_derive(opened.secret, &kits->kit.key.fields);
    kits->kit.key.pair = opened.pair;
    kits->kit.key.fingerprint = sm2_key_fingerprint(ctx, opened.pair);
    kits->kit.key.public_pem = sm2_key_public_pem(ctx, opened.pair);
    assert_int_equal(gate_new(ctx, kits->kit.db, &kits->kit.key, &kits->kit.gate), ERR_OK);
    assert_int_equal(kit_open_fill(ctx, kits->kit.gate, &opened), ERR_OK);
}

static void
kits_pack(struct kits *kits)
{
    struct buf buf;
    assert_int_equal(kit_pack(kits->home->ctx, kits->kit.gate, &buf), ERR_OK);
    kits->back = (struct file_bytes){buf.data, buf.length};
}

/* Out, one act in the kit, packed. */
static void
kits_through(struct kits *kits, struct village *home)
{
    kits_out(kits, home);
    kits_open(kits);
    village_do(&kits->kit, "2021-01-10T09:00", "vc", "assembly.hold", REPRESENTATIVES("31"));
    kits_pack(kits);
}

static void
kits_close(struct kits *kits)
{
    gate_free(kits->kit.gate);
    if (kits->kit.db)
        db_close(kits->kit.db);
}

static enum err
bring_back(struct village *home, const struct file_bytes *bytes)
{
    uint8_t hash[SM3_LENGTH];
    const struct blob_to_add blob = {bytes->data, bytes->length, NULL};
    sm3(bytes->data, bytes->length, hash);
    const char *fields = mem_printf(home->ctx->mem, "{'file':'sm3:%s','on':'2021-01-12'}",
                                    hex_format(home->ctx, hash, SM3_LENGTH));
    const struct submission submission = {
        .unit = VILLAGE,
        .act = "kit.bring_back",
        .user = "to",
        .fields = json_of(home, fields),
        .blobs = &blob,
        .blob_count = 1,
    };
    assert_true(instant_parse("2021-01-12T09:00:00+08:00", &home->ctx->now));
    failure_clear(home->ctx);
    home->answer = (struct answer){0};
    return act_submit(home->ctx, home->gate, &submission, &home->answer);
}

static int64_t
head_seq(struct village *village)
{
    struct entry head;
    assert_int_equal(ledger_store_head(village->ctx, village->db, VILLAGE, &head), ERR_OK);
    return head.seq;
}

static const char *
stream_state(struct village *village)
{
    struct stream stream;
    assert_int_equal(stream_store_find(village->ctx, village->db, VILLAGE, &stream), ERR_OK);
    return stream.state;
}

static void
refused_whole(struct village *home, const struct file_bytes *bytes)
{
    const int64_t before = head_seq(home);
    assert_int_equal(bring_back(home, bytes), ERR_OK);
    assert_false(home->answer.accepted);
    if (!village_found(home, "SEQ-03"))
        village_print(home, ERR_OK);
    assert_true(village_found(home, "SEQ-03"));
    assert_int_equal(head_seq(home), before);
}

/* The file with `from` replaced by `to` (of the same length) where it first stands. */
static struct file_bytes
altered(struct ctx *ctx, const struct file_bytes *bytes, const char *from, const char *to)
{
    char *copy = mem_array(ctx->mem, char, bytes->length + 1);
    memcpy(copy, bytes->data, bytes->length);
    char *at = memmem(copy, bytes->length, from, strlen(from));
    assert_non_null(at);
    assert_int_equal(strlen(from), strlen(to));
    memcpy(at, to, strlen(to));
    return (struct file_bytes){copy, bytes->length};
}

static void
assert_whole(struct village *village)
{
    /* The town's papers of these tests are not there (FILE_SM3). */
    const struct verify_options options = {.unit = VILLAGE, .threads = 1};
    struct verify_report report;
    assert_int_equal(verify_run(village->ctx, village->gate, &options, &report), ERR_OK);
    for (size_t i = 0; i < report.fault_count; i++)
        print_message("%s: %s\n", report.faults[i].where, report.faults[i].what);
    assert_int_equal(report.fault_count, 0);
}

static void
in_transaction_note(void *arg, int64_t done, int64_t total)
{
    struct village *village = arg;
    assert_true(done <= total);
    assert_true(db_in_transaction(village->db));
    village->unit = "";
}

static void
verify_reads_everything_in_one_go(void **state)
{
    struct village *village = *state;
    struct verify_report report;
    const struct verify_options options = {
        .threads = 1, .progress = in_transaction_note, .progress_arg = village};

    assert_int_equal(verify_run(village->ctx, village->gate, &options, &report), ERR_OK);

    assert_string_equal(village->unit, ""); /* it was asked */
    assert_false(db_in_transaction(village->db));
}

static void
what_the_kit_did_stands_at_home_afterwards(void **state)
{
    struct kits kits;
    kits_through(&kits, *state);
    assert_whole(&kits.kit);

    assert_int_equal(bring_back(kits.home, &kits.back), ERR_OK);

    struct entry entry;
    assert_true(kits.home->answer.accepted);
    assert_int_equal(kits.home->answer.seq, 4);
    assert_int_equal(ledger_store_find(kits.home->ctx, kits.home->db, VILLAGE, 3, &entry), ERR_OK);
    assert_string_equal(entry.act, "assembly.hold");
    assert_string_equal(stream_state(kits.home), "open");
    assert_whole(kits.home);
    kits_close(&kits);
}

static void
person_seed(struct village *village, const char *code, const char *name)
{
    const struct person person = {.unit = VILLAGE,
                                  .person = code,
                                  .name = name,
                                  .sex = "m",
                                  .birth = DATE_NONE,
                                  .nation = "",
                                  .party = "",
                                  .grp = "",
                                  .household = "",
                                  .relation_to_head = "",
                                  .education = "",
                                  .id_cipher = "",
                                  .id_mac = "",
                                  .phone_cipher = ""};
    assert_int_equal(person_store_add(village->ctx, village->db, &person), ERR_OK);
}

/* acts.md §8, 40. */
static void
no_proxy_is_registered_for_a_village_taken_out(void **state)
{
    const char *fields =
        "{'principal':'P00001','proxy':'P00002','relation':'sibling','away':'务工',"
        "'filed_on':'2021-01-10','signed_by':['P00001','P00002']}";
    struct kits kits;
    person_seed(*state, "P00001", "王伟");
    person_seed(*state, "P00002", "王强");
    village_refused(*state, "2021-01-04T09:00", "ec", "proxy.register",
                    "{'principal':'P00001','proxy':'P00002','relation':'sibling','away':'务工',"
                    "'filed_on':'2021-01-04','signed_by':['P00001','P00002']}",
                    "SEQ-01");
    assert_false(village_found(*state, "SEQ-03"));
    kits_out(&kits, *state);
    village_refused(*state, "2021-01-10T09:00", "ec", "proxy.register", fields, "SEQ-03");
}

static void
the_office_does_nothing_for_a_village_taken_out(void **state)
{
    struct kits kits;
    kits_out(&kits, *state);

    village_refused(*state, "2021-01-10T09:00", "vc", "assembly.hold", REPRESENTATIVES("31"),
                    "SEQ-03");
    assert_int_equal(take_out(kits.home, LATER_DAY, TAKE_OUT, file_keep, &kits.out), ERR_OK);
    assert_false(kits.home->answer.accepted);
    assert_true(village_found(kits.home, "SEQ-03"));
}

static void
an_altered_entry_refuses_the_kit_whole(void **state)
{
    struct kits kits;
    kits_through(&kits, *state);

    const struct file_bytes bad =
        altered(kits.home->ctx, &kits.back, "\"present\":40", "\"present\":41");
    refused_whole(kits.home, &bad);
    assert_true(village_found(kits.home, "SEQ-03"));
    const struct file_bytes half = {kits.back.data, kits.back.length / 2};
    refused_whole(kits.home, &half);
    kits_close(&kits);
}

/* Who holds the laptop can make the chain anew, but not the rules of home. */
static void
an_entry_that_breaks_a_rule_refuses_the_kit_whole(void **state)
{
    struct kits kits;
    kits_out(&kits, *state);
    kits_open(&kits);
    struct entry forged = {
        .unit = VILLAGE,
        .seq = 3,
        .act = "assembly.hold",
        .at = "2021-01-10T09:00:00+08:00",
        .actor = "vc",
        .fields = json_of(kits.home,
                          "{'kind':'villagers','called_on':'2021-01-08','held_on':'2021-01-09',"
                          "'total':46,'present':40,'items':[]}"),
    };
    assert_int_equal(ledger_store_append(kits.home->ctx, kits.kit.db, &forged), ERR_OK);
    kits_pack(&kits);

    refused_whole(kits.home, &kits.back);
    kits_close(&kits);
}

static void
a_kit_signed_by_another_key_is_refused(void **state)
{
    struct kits kits;
    kits_out(&kits, *state);
    kits_open(&kits);
    kits.kit.key.pair = kits.home->key.pair;
    kits.kit.key.fingerprint = kits.home->key.fingerprint;
    village_do(&kits.kit, "2021-01-10T09:00", "vc", "assembly.hold", REPRESENTATIVES("31"));
    kits_pack(&kits);

    refused_whole(kits.home, &kits.back);
    kits_close(&kits);
}

static void
the_same_file_again_changes_nothing(void **state)
{
    struct kits kits;
    bool back;
    int64_t seq;
    kits_through(&kits, *state);
    assert_int_equal(bring_back(kits.home, &kits.back), ERR_OK);

    assert_int_equal(kit_is_back(kits.home->ctx, kits.home->db, VILLAGE, &kits.back, &back, &seq),
                     ERR_OK);
    assert_true(back);
    assert_int_equal(seq, 4);
    assert_int_equal(bring_back(kits.home, &kits.back), ERR_OK);
    assert_false(kits.home->answer.accepted);
    assert_true(village_found(kits.home, "SEQ-07"));
    assert_int_equal(head_seq(kits.home), 4);
    kits_close(&kits);
}

static void
a_voided_kit_is_refused_for_ever(void **state)
{
    struct kits kits;
    kits_through(&kits, *state);
    village_do(*state, "2021-01-11T09:00", "to", "kit.void", VOID_KIT);
    assert_string_equal(stream_state(kits.home), "open");

    refused_whole(kits.home, &kits.back);
    struct kits again;
    kits_out_at(&again, *state, LATER_DAY);
    refused_whole(kits.home, &kits.back);
    kits_close(&kits);
}

static void
a_packed_kit_does_nothing_more(void **state)
{
    struct kits kits;
    kits_through(&kits, *state);
    struct buf again;

    village_refused(&kits.kit, "2021-01-10T09:30", "vc", "assembly.hold", REPRESENTATIVES("31"),
                    "SEQ-03");
    assert_int_equal(kit_pack(kits.home->ctx, kits.kit.gate, &again), ERR_OK);
    assert_int_equal(again.length, kits.back.length);
    assert_memory_equal(again.data, kits.back.data, again.length);
    kits_close(&kits);
}

static void
the_file_opens_with_its_token_only_and_tells_no_secret(void **state)
{
    struct kits kits;
    struct kit_opened opened;
    kits_out(&kits, *state);
    struct ctx *ctx = kits.home->ctx;
    const struct file_bytes bytes = out_bytes(&kits);

    assert_int_equal(kit_open_check(ctx, "kit", &bytes, "AAAA-BBBB", &opened), ERR_FORBIDDEN);
    const char *secret = hex_format(ctx, kits.home->key.secret, SECRET_LENGTH);
    assert_null(memmem(bytes.data, bytes.length, secret, strlen(secret)));
    assert_null(memmem(bytes.data, bytes.length, "PRIVATE KEY", 11));
    assert_null(memmem(bytes.data, bytes.length, kits.out.token, strlen(kits.out.token)));
}

static void
a_file_that_cannot_be_written_leaves_the_stream_here(void **state)
{
    struct village *home = *state;
    struct kit_out out;

    assert_int_equal(take_out(home, FIRST_DAY, TAKE_OUT, file_fail, &out), ERR_IO);

    assert_int_equal(head_seq(home), 1);
    assert_string_equal(stream_state(home), "open");
}

static void
the_holder_is_not_who_hands_it_out(void **state)
{
    struct village *home = *state;
    struct kit_out out;

    assert_int_equal(take_out(home, FIRST_DAY,
                              "{'holder':'外:镇换届办','machine':'x','back_by':'2021-01-20',"
                              "'people':[{'person':'外:村主任'}]}",
                              file_keep, &out),
                     ERR_OK);

    assert_false(home->answer.accepted);
    assert_true(village_found(home, "SEQ-08"));
}

static void
a_higher_decision_waits_until_the_kit_is_back(void **state)
{
    struct kits kits;
    struct entry entry;
    kits_through(&kits, *state);
    kits.home->unit = TOWN;
    village_do(kits.home, "2021-01-11T09:00", "to", "meeting.hold",
               "{'kind':'mobilisation','held_on':'2021-01-11','invited':50,'attended':48}");
    kits.home->unit = VILLAGE;
    assert_int_equal(head_seq(kits.home), 2);

    assert_int_equal(bring_back(kits.home, &kits.back), ERR_OK);

    assert_int_equal(head_seq(kits.home), 5);
    assert_int_equal(ledger_store_find(kits.home->ctx, kits.home->db, VILLAGE, 5, &entry), ERR_OK);
    assert_string_equal(entry.act, "unit.receive");
    assert_string_equal(json_text_of(entry.fields, "act"), "meeting.hold");
    assert_whole(kits.home);
    kits_close(&kits);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(verify_reads_everything_in_one_go),
        VILLAGE_TEST(what_the_kit_did_stands_at_home_afterwards),
        VILLAGE_TEST(no_proxy_is_registered_for_a_village_taken_out),
        VILLAGE_TEST(the_office_does_nothing_for_a_village_taken_out),
        VILLAGE_TEST(an_altered_entry_refuses_the_kit_whole),
        VILLAGE_TEST(an_entry_that_breaks_a_rule_refuses_the_kit_whole),
        VILLAGE_TEST(a_kit_signed_by_another_key_is_refused),
        VILLAGE_TEST(the_same_file_again_changes_nothing),
        VILLAGE_TEST(a_voided_kit_is_refused_for_ever),
        VILLAGE_TEST(a_packed_kit_does_nothing_more),
        VILLAGE_TEST(the_file_opens_with_its_token_only_and_tells_no_secret),
        VILLAGE_TEST(a_file_that_cannot_be_written_leaves_the_stream_here),
        VILLAGE_TEST(the_holder_is_not_who_hands_it_out),
        VILLAGE_TEST(a_higher_decision_waits_until_the_kit_is_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
