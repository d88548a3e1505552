/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/pack.h"

#include "domain/rule.h"
#include "domain/words.h"
#include "support/packs.h"
#include "support/support.h"

static const char *const LOCAL_HEAD = "pack = x\nlevel = local\ntitle = 某\ntitle_en = X\n"
                                      "dated = 2020-01-01\n";

/* Parses a local pack with the given entries, gives back the message of its failure or NULL. */
static const char *
message_of(struct ctx *ctx, const char *entries)
{
    struct pack_file *file = NULL;
    failure_clear(ctx);
    const char *text = mem_printf(ctx->mem, "%s%s", LOCAL_HEAD, entries);
    if (pack_parse(ctx, "x.pack", text, &file) == ERR_OK)
        return NULL;
    assert_int_equal(ctx->failure.err, ERR_INVALID);
    return ctx->failure.message;
}

static const char *
combine_message(struct ctx *ctx, const struct pack_shelf *shelf, const char *law, struct date day)
{
    struct pack *pack = NULL;
    failure_clear(ctx);
    if (pack_combine(ctx, shelf, law, day, &pack) == ERR_OK)
        return NULL;
    assert_string_equal(ctx->failure.field, "law");
    return ctx->failure.message;
}

static struct date
day(const char *text)
{
    struct date date = DATE_NONE;
    assert_true(date_parse(text, &date));
    return date;
}

static void
every_shipped_value_names_its_source(void **state)
{
    struct ctx *ctx = *state;
    const struct pack_shelf *shelf = support_shelf(ctx);
    for (size_t i = 0; i < shelf->count; i++) {
        for (size_t key = 0; key < PACK_KEY_COUNT; key++) {
            const struct pack_value *value = &shelf->list[i]->values[key];
            if (!value->set)
                continue;
            assert_true(value->source.zh[0] != '\0');
            assert_true(value->source.en[0] != '\0');
        }
    }
}

static void
every_key_a_rule_reads_exists(void **state)
{
    struct ctx *ctx = *state;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const char *keys = rule_row((enum rule)i)->keys;
        while (*keys) {
            const size_t length = strcspn(keys, " ");
            enum pack_key key = PACK_KEY_COUNT;
            const char *name = mem_text_n(ctx->mem, keys, length);
            if (!pack_key_find(name, &key))
                fail_msg("%s reads %s", rule_row((enum rule)i)->id, name);
            keys += length + (keys[length] ? 1 : 0);
        }
    }
}

static void
local_pack_overrides_and_inherits(void **state)
{
    struct ctx *ctx = *state;
    const struct pack *pack = support_pack(ctx, "cn-2018+zhejiang");

    assert_int_equal(pack_int(pack, PACK_PROXY_CAP), 3);
    assert_int_equal(pack_days(pack, PACK_PROXY_FILED_BY).base, DAY_POLL);
    assert_int_equal(pack_days(pack, PACK_PROXY_FILED_BY).offset, -3);
    assert_int_equal(pack_word(pack, PACK_KIN_AFTER_POLL), KIN_CLOSE);
    assert_int_equal(pack_word(pack, PACK_PROXY_WHO), PROXY_NEAR_KIN);
    assert_int_equal(pack_int(pack, PACK_VEC_MOST), 9);
    assert_true(pack_yes(pack, PACK_REGISTER_VILLAGE_WORK));
    assert_true(pack_is_none(pack, PACK_SURPLUS_CHAIR_MOST));
    assert_string_equal(pack_source(ctx, pack, PACK_NOMINATE_MAJORITY), "浙江选举办法 §18");
    ctx->lang = LANG_EN;
    assert_string_equal(pack_source(ctx, pack, PACK_NOMINATE_MAJORITY), "Zhejiang rules §18");
    assert_string_equal(pack->values[PACK_TERM_YEARS].pack, "cn-2018");
    assert_string_equal(pack->name, "cn-2018+zhejiang");
}

static void
local_text_older_than_2026_yields_on_starred_values(void **state)
{
    struct ctx *ctx = *state;
    const struct pack *pack = support_pack(ctx, "cn-2025+zhejiang");

    assert_int_equal(pack_word(pack, PACK_KIN_AFTER_POLL), KIN_NEAR);
    assert_int_equal(pack_word(pack, PACK_VEC_LEAVES_FOR_KIN), KIN_NEAR);
    assert_int_equal(pack_word(pack, PACK_TWO_POSTS_SCOPE), TWO_POSTS_BALLOT);
    assert_int_equal(pack_word(pack, PACK_PROXY_WHO), PROXY_ANY_REGISTERED);
}

static void
local_text_of_2026_overrides_starred_values(void **state)
{
    struct ctx *ctx = *state;
    struct pack_shelf *shelf = support_shelf(ctx);
    const char *text = "pack = new\nlevel = local\ntitle = 新\ntitle_en = N\ndated = 2026-05-01\n"
                       "kin.after_poll = close | 新办法 §1 | new rules §1\n";
    assert_int_equal(pack_parse(ctx, "new.pack", text, &shelf->list[2]), ERR_OK);
    struct pack *pack = NULL;

    assert_int_equal(pack_combine(ctx, shelf, "cn-2025+new", DATE_NONE, &pack), ERR_OK);

    assert_int_equal(pack_word(pack, PACK_KIN_AFTER_POLL), KIN_CLOSE);
}

static void
national_pack_goes_by_day(void **state)
{
    struct ctx *ctx = *state;
    const struct pack_shelf *shelf = support_shelf(ctx);
    struct pack *pack = NULL;

    assert_int_equal(pack_combine(ctx, shelf, "auto", day("2025-12-31"), &pack), ERR_OK);
    assert_string_equal(pack->name, "cn-2018");
    assert_int_equal(pack_combine(ctx, shelf, NULL, day("2026-01-01"), &pack), ERR_OK);
    assert_string_equal(pack->name, "cn-2025");
    assert_int_equal(pack_combine(ctx, shelf, "auto", DATE_NONE, &pack), ERR_OK);
    assert_string_equal(pack->name, "cn-2025");
    assert_int_equal(pack_combine(ctx, shelf, "cn-2018", day("2026-01-01"), &pack), ERR_OK);
    assert_string_equal(pack->name, "cn-2018");
}

static void
list_of_packs_is_one_national_then_local_ones(void **state)
{
    struct ctx *ctx = *state;
    struct pack_shelf *shelf = support_shelf(ctx);

    assert_non_null(combine_message(ctx, shelf, "cn-2018+atlantis", DATE_NONE));
    assert_non_null(combine_message(ctx, shelf, "jiangxi", DATE_NONE));
    assert_non_null(combine_message(ctx, shelf, "cn-2018+cn-2025", DATE_NONE));
    assert_non_null(combine_message(ctx, shelf, "", DATE_NONE));
    assert_non_null(combine_message(ctx, shelf, "cn-2018+", DATE_NONE));
    assert_non_null(combine_message(ctx, shelf, "auto+jiangxi", DATE_NONE));
    assert_null(combine_message(ctx, shelf, "cn-2018+jiangxi+beijing", DATE_NONE));
    struct pack_shelf empty = {0};
    assert_non_null(combine_message(ctx, &empty, "auto", DATE_NONE));
}

static void
extending_pack_needs_a_whole_base(void **state)
{
    struct ctx *ctx = *state;
    struct pack_shelf *shelf = support_shelf(ctx);
    const struct pack_file *base = shelf->list[0];
    shelf->list[0]->extends = "cn-2025";
    assert_non_null(combine_message(ctx, shelf, "cn-2025", DATE_NONE));
    assert_non_null(combine_message(ctx, shelf, "auto", day("2026-02-01")));
    shelf->list[1]->extends = "none";
    assert_non_null(combine_message(ctx, shelf, "cn-2025", DATE_NONE));
    shelf->list[0]->extends = NULL;
    shelf->list[1]->extends = NULL;
    assert_non_null(strstr(combine_message(ctx, shelf, "cn-2025", DATE_NONE), "缺少"));
    assert_string_equal(base->name, "cn-2018");
}

static void
bad_entries_are_refused_with_file_and_line(void **state)
{
    struct ctx *ctx = *state;
    static const char *const BAD[] = {
        "proxy.cap = three | s | s\n",
        "proxy.cap = none | s | s\n",
        "proxy.cap = 3\n",
        "proxy.cap = 3 | \n",
        "proxy.cap = 3 | s\n",
        "proxy.cap = 3 | s | \n",
        "proxy.cap = 3 |  | s\n",
        "proxy.cap = 3 | s | 依据\n",
        "proxy.cap = 3 | s | s | s\n",
        "proxy.cap = 1000001 | s | s\n",
        "proxy.hat = 3 | s | s\n",
        "proxy.on_site = maybe | s | s\n",
        "proxy.who = cousins | s | s\n",
        "proxy.filed_by = E-3 | s | s\n",
        "proxy.filed_by = D-x | s | s\n",
        "proxy.filed_by = D- | s | s\n",
        "age.new_head = 1976 | s | s\n",
        "review.desks = a;;b | s | s\n",
        "proxy.cap 3 | s | s\n",
        "proxy.cap =\n",
        "term.years = 5 | s | s\n",
        "level = city\n",
        "colour = red\n",
        "dated = yesterday\n",

        "to = 2020\n",
        "binds = 2020\n",
        "from = 2020\n",
    };
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        const char *message = message_of(ctx, BAD[i]);
        if (!message)
            fail_msg("accepted: %s", BAD[i]);
        assert_non_null(strstr(message, "x.pack:6"));
    }
    const char *twice = message_of(ctx, "proxy.cap = 3 | s | s\nproxy.cap = 3 | s | s\n");
    assert_non_null(strstr(twice, "x.pack:7"));
    assert_non_null(strstr(twice, "第 6 行"));
}

static void
list_items_for_people_have_both_languages(void **state)
{
    struct ctx *ctx = *state;
    const struct pack *pack = support_pack(ctx, "cn-2018+jiangxi");
    const struct pack_value *bars = &pack->values[PACK_ELIGIBLE_BARS];

    assert_int_equal(bars->count, 10);
    const char *zh = pack_value_words(ctx, bars);
    assert_non_null(strstr(zh, "非法组织参与集体上访，影响社会稳定; 道德品行低劣"));
    assert_null(strstr(zh, "//"));
    ctx->lang = LANG_EN;
    const char *en = pack_value_words(ctx, bars);
    assert_non_null(strstr(en, "disturbs order; of low morals, much complained of by the people;"));
    assert_null(strstr(en, "上访"));
    assert_string_equal(pack_value_words(ctx, &pack->values[PACK_PARTY_INITIAL_TABLE]), "3:5; 5:7");
}

static void
head_must_be_whole(void **state)
{
    struct ctx *ctx = *state;
    struct pack_file *file = NULL;
    static const char *const BAD[] = {
        "",
        "pack = x\nlevel = local\ntitle = t\ntitle_en = t\ndated = 2020-01-01\n"
        "from = 2020-01-01\n",
        "pack = x\nlevel = local\ntitle = t\ntitle_en = t\n",
        "level = local\ntitle = t\ntitle_en = t\ndated = 2020-01-01\n",
        "pack = x\nlevel = national\ntitle = t\ntitle_en = t\ndated = 2020-01-01\n",
        "pack = x\nlevel = national\ntitle = t\ntitle_en = t\ndated = 2020-01-01\n"
        "from = 2020-01-01\n",
    };
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        failure_clear(ctx);
        assert_int_equal(pack_parse(ctx, "x", BAD[i], &file), ERR_INVALID);
    }
}

static void
values_of_every_type_are_read(void **state)
{
    struct ctx *ctx = *state;
    struct pack_shelf *shelf = support_shelf(ctx);
    const char *text = mem_printf(ctx->mem, "%s%s", LOCAL_HEAD,
                                  "# a comment\n"
                                  "proxy.filed_by = D | s | s\r\n"
                                  "withdrawal.by = list+3 | s | s\n"
                                  "second_poll.by = none | s | s\n"
                                  "result.by = F-2 | s | s\n"
                                  "\n"
                                  "surplus.chair_most = none | s | s\n"
                                  "surplus.vice_most = 4 | s | s\n"
                                  "age.new_head = none | s | s\n"
                                  "age.new_member = 1976-01-01 | s | s\n"
                                  "review.desks = village;\n"
                                  "  police;\n"
                                  "\tcourt | 方案 | plan\n"
                                  "party.initial_table = 3:5; x:1; 5:y; 7; 9:12 | s | s");
    assert_int_equal(pack_parse(ctx, "x.pack", text, &shelf->list[2]), ERR_OK);
    struct pack *pack = NULL;
    assert_int_equal(pack_combine(ctx, shelf, "cn-2018+x", DATE_NONE, &pack), ERR_OK);

    assert_int_equal(pack_days(pack, PACK_PROXY_FILED_BY).offset, 0);
    assert_int_equal(pack_days(pack, PACK_WITHDRAWAL_BY).base, DAY_LIST);
    assert_int_equal(pack_days(pack, PACK_WITHDRAWAL_BY).offset, 3);
    assert_int_equal(pack_days(pack, PACK_SECOND_POLL_BY).base, DAY_NONE);
    assert_int_equal(pack_days(pack, PACK_RESULT_BY).base, DAY_FORMED);
    assert_true(pack_is_none(pack, PACK_SURPLUS_CHAIR_MOST));
    assert_int_equal(pack_int(pack, PACK_SURPLUS_VICE_MOST), 4);
    assert_false(date_is_set(pack_date(pack, PACK_AGE_NEW_HEAD)));
    assert_int_equal(pack_date(pack, PACK_AGE_NEW_MEMBER).day, day("1976-01-01").day);
    assert_true(pack_list_has(pack, PACK_REVIEW_DESKS, "court"));
    assert_false(pack_list_has(pack, PACK_REVIEW_DESKS, "health"));
    int to = 0;
    assert_true(pack_table_find(pack, PACK_PARTY_INITIAL_TABLE, 9, &to));
    assert_int_equal(to, 12);
    assert_false(pack_table_find(pack, PACK_PARTY_INITIAL_TABLE, 7, &to));
    assert_string_equal(pack_key_row(PACK_PROXY_CAP)->name, "proxy.cap");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_shipped_value_names_its_source),
        TEST(every_key_a_rule_reads_exists),
        TEST(local_pack_overrides_and_inherits),
        TEST(local_text_older_than_2026_yields_on_starred_values),
        TEST(local_text_of_2026_overrides_starred_values),
        TEST(national_pack_goes_by_day),
        TEST(list_of_packs_is_one_national_then_local_ones),
        TEST(extending_pack_needs_a_whole_base),
        TEST(bad_entries_are_refused_with_file_and_line),
        TEST(list_items_for_people_have_both_languages),
        TEST(head_must_be_whole),
        TEST(values_of_every_type_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
