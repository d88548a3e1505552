/* SPDX-License-Identifier: Apache-2.0 */
/* Acts that no other file of tests both takes and refuses: what is said no to, and the right way.
 */
#include "act/prepared.h"

static void
a_term_is_not_opened_for_a_village_twice(void **state)
{
    struct village *village = *state;
    assert_int_equal(village_submit(village, TOWN, "2020-12-11T09:00", "to", "term.open",
                                    "{'term_no':11,'packs':'jiangxi','villages':[{'unit':'" VILLAGE
                                    "','bodies':'village','last_term_to':'2021-03-31'}]," DOC "}",
                                    NULL),
                     ERR_OK);
    assert_false(village->answer.accepted);
    assert_true(village_found(village, "SEQ-07"));
}

static void
nothing_out_no_kit_to_void(void **state)
{
    village_refused(*state, "2021-01-11T09:00", "to", "kit.void",
                    "{'reason':'lost','text':'途中遗失'}", "SEQ-01");
}

static void
a_list_of_no_committee_is_not_posted(void **state)
{
    village_refused(*state, "2021-02-02T09:00", "vc", "vec.post", "{" POSTED("2021-02-02") "}",
                    "SEQ-01");
}

static void
a_paper_is_added_to_an_entry_that_stands(void **state)
{
    struct village *village = *state;
    prepared_committee(village);
    const int64_t seq =
        village_do(village, "2021-02-05T09:00", "ec", "vec.meet",
                   "{'held_on':'2021-02-05','present':['委甲','委乙','委丙','委丁'],"
                   "'items':[{'matter':'名单','favour':4,'against':0}]}");
    village_refused(village, "2021-02-05T11:00", "ec", "record.attach",
                    mem_printf(village->ctx->mem,
                               "{'entry_seq':%lld,'kind':'minutes','file':'" FILE_SM3 "'}",
                               (long long)seq + 100),
                    "SEQ-01");
    village_do(village, "2021-02-05T11:00", "ec", "record.attach",
               mem_printf(village->ctx->mem,
                          "{'entry_seq':%lld,'kind':'minutes','file':'" FILE_SM3 "'}",
                          (long long)seq));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(a_term_is_not_opened_for_a_village_twice),
        VILLAGE_TEST(nothing_out_no_kit_to_void),
        VILLAGE_TEST(a_list_of_no_committee_is_not_posted),
        VILLAGE_TEST(a_paper_is_added_to_an_entry_that_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
