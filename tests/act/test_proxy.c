/* SPDX-License-Identifier: Apache-2.0 */
/* Proxies (acts.md 6.7, refusals 27 and 31; PRX-01 … PRX-06, CAL-06). */
#include "act/poll_village.h"

#include "store/proxy_store.h"
#include "store/station_store.h"

#define REGISTER(principal, proxy, relation, on)                                                   \
    "{'principal':'" principal "','proxy':'" proxy "','relation':'" relation                       \
    "','away':'在外务工','filed_on':'" on "','signed_by':['" principal "','" proxy "']}"
#define POST "{" PLACES("2021-03-18") "}"

static void
the_third_proxy_is_taken_and_the_fourth_refused(void **state)
{
    struct village *village = *state;
    struct proxy proxy;
    village_do(village, "2021-03-12T09:00", "ec", "proxy.register",
               REGISTER("P00021", "P00020", "child", "2021-03-12"));
    village_do(village, "2021-03-12T09:00", "ec", "proxy.register",
               REGISTER("P00022", "P00020", "child", "2021-03-12"));
    const int64_t third = village_do(village, "2021-03-12T09:00", "ec", "proxy.register",
                                     REGISTER("P00023", "P00020", "child", "2021-03-12"));
    assert_int_equal(proxy_store_find(village->ctx, village->db, VILLAGE, third, &proxy), ERR_OK);
    assert_int_equal(proxy.place, 3);
    assert_string_equal(proxy.state, "registered");
    village_refused(village, "2021-03-12T09:00", "ec", "proxy.register",
                    REGISTER("P00024", "P00020", "child", "2021-03-12"), "PRX-02");
}

static void
a_neighbour_or_a_son_in_law_is_no_proxy(void **state)
{
    village_refused(*state, "2021-03-12T09:00", "ec", "proxy.register",
                    REGISTER("P00021", "P00020", "none", "2021-03-12"), "PRX-01");
    village_refused(*state, "2021-03-12T09:00", "ec", "proxy.register",
                    REGISTER("P00021", "P00020", "child_in_law", "2021-03-12"), "PRX-01");
}

static void
a_candidate_holds_no_proxy(void **state)
{
    village_refused(*state, "2021-03-12T09:00", "ec", "proxy.register",
                    REGISTER("P00009", "P00006", "sibling", "2021-03-12"), "PRX-03");
}

static void
nobody_delegates_again(void **state)
{
    village_do(*state, "2021-03-12T09:00", "ec", "proxy.register",
               REGISTER("P00020", "P00021", "spouse", "2021-03-12"));
    village_refused(*state, "2021-03-12T09:10", "ec", "proxy.register",
                    REGISTER("P00022", "P00020", "parent", "2021-03-12"), "PRX-04");
    village_refused(*state, "2021-03-12T09:10", "ec", "proxy.register",
                    REGISTER("P00021", "P00022", "parent", "2021-03-12"), "PRX-04");
    village_refused(*state, "2021-03-12T09:10", "ec", "proxy.register",
                    REGISTER("P00020", "P00022", "child", "2021-03-12"), "SEQ-07");
}

static void
filing_ends_three_days_before(void **state)
{
    village_do(*state, "2021-03-17T09:00", "ec", "proxy.register",
               REGISTER("P00021", "P00020", "child", "2021-03-17"));
    village_refused(*state, "2021-03-18T09:00", "ec", "proxy.register",
                    REGISTER("P00022", "P00020", "child", "2021-03-18"), "CAL-06");
    village_do(*state, "2021-03-18T10:00", "ec", "proxy.refuse",
               "{'principal':'P00022','proxy':'P00020','filed_on':'2021-03-18','rule':'CAL-06',"
               "'told_on':'2021-03-18'}");
}

static void
both_sign_and_are_two(void **state)
{
    village_refused(*state, "2021-03-12T09:00", "ec", "proxy.register",
                    "{'principal':'P00021','proxy':'P00020','relation':'child','away':'务工',"
                    "'filed_on':'2021-03-12','signed_by':['P00021']}",
                    "PRX-01");
    village_refused(*state, "2021-03-12T09:00", "ec", "proxy.register",
                    REGISTER("P00021", "P00021", "child", "2021-03-12"), "PRX-01");
}

static void
there_are_no_proxies_for_nomination(void **state)
{
    struct village *village = *state;
    int64_t number;
    const struct round round = {.unit = VILLAGE,
                                .body = "village",
                                .kind = "nomination",
                                .polling_day = day_of("2021-03-20")};
    assert_int_equal(round_store_open(village->ctx, village->db, &round, &number), ERR_OK);
    village_refused(village, "2021-03-12T09:00", "ec", "proxy.register",
                    "{'round':2,'principal':'P00021','proxy':'P00020','relation':'child',"
                    "'away':'务工','filed_on':'2021-03-12','signed_by':['P00021','P00020']}",
                    "PRX-05");
}

static void
somebody_on_a_mobile_list_gives_no_proxy(void **state)
{
    struct village *village = *state;
    const struct assist assist = {.unit = VILLAGE,
                                  .round = 1,
                                  .kind = "mobile",
                                  .person = "P00021",
                                  .reason = "ill",
                                  .box = 3,
                                  .scribe = ""};
    assert_int_equal(assist_store_put(village->ctx, village->db, &assist), ERR_OK);
    village_refused(village, "2021-03-12T09:00", "ec", "proxy.register",
                    REGISTER("P00021", "P00020", "child", "2021-03-12"), "PRX-01");
}

static void
somebody_with_a_proxy_is_on_no_list_of_scribes(void **state)
{
    village_do(*state, "2021-03-12T09:00", "ec", "proxy.register",
               REGISTER("P00021", "P00020", "child", "2021-03-12"));
    village_refused(*state, "2021-03-12T10:00", "ec", "assist.list",
                    "{'round':1,'kind':'scribe','rows':[{'person':'P00021','reason':'illiterate',"
                    "'scribe':'P00030'}]," PLACES("2021-03-12") "}",
                    "PRX-08");
    village_refused(*state, "2021-03-12T10:00", "ec", "assist.list",
                    "{'round':1,'kind':'scribe','rows':[{'person':'P00022','reason':'illiterate',"
                    "'scribe':'P00009'}]," PLACES("2021-03-12") "}",
                    "PRX-08");
    village_do(*state, "2021-03-12T10:00", "ec", "assist.list",
               "{'round':1,'kind':'scribe','rows':[{'person':'P00022','reason':'illiterate',"
               "'scribe':'P00030'}]," PLACES("2021-03-12") "}");
}

/* Refusal 31. */
static void
a_proxy_not_posted_keeps_the_poll_shut(void **state)
{
    struct village *village = *state;
    village_do(village, "2021-03-11T08:00", "ec", "proxy.register",
               REGISTER("P00021", "P00020", "child", "2021-03-11"));
    poll_prepare(village);
    village_refused(village, "2021-03-20T08:00", "ec", "poll.open", OPEN, "PRX-04");
    const int64_t posting = village_do(village, "2021-03-20T08:00", "ec", "proxy.post", POST);
    village_do(village, "2021-03-20T08:10", "ec", "poll.open", OPEN);
    village_refused(village, "2021-03-20T09:00", "ec", "notice.withdraw",
                    mem_printf(village->ctx->mem,
                               "{'posting_seq':%lld,'reason':'incomplete','text':'漏人',"
                               "'taken_down_on':'2021-03-20','second':'外:王'}",
                               (long long)posting),
                    "SEQ-05");
}

static void
on_the_day_a_proxy_ends_only_before_its_ballot(void **state)
{
    struct village *village = *state;
    struct proxy proxy;
    const int64_t seq = village_do(village, "2021-03-11T08:00", "ec", "proxy.register",
                                   REGISTER("P00021", "P00020", "child", "2021-03-11"));
    const char *plain = mem_printf(village->ctx->mem,
                                   "{'proxy_seq':%lld,'reason':'principal_returned',"
                                   "'on':'2021-03-20'}",
                                   (long long)seq);
    const char *vouched = mem_printf(village->ctx->mem,
                                     "{'proxy_seq':%lld,'reason':'principal_returned',"
                                     "'on':'2021-03-20','not_issued':'y','issuer':'P00017'}",
                                     (long long)seq);
    poll_prepare(village);
    village_do(village, "2021-03-19T10:00", "ec", "proxy.post", POST);
    village_do(village, "2021-03-20T08:00", "ec", "poll.open", OPEN);
    village_refused(village, "2021-03-20T09:00", "ec", "proxy.cancel", plain, "PRX-06");
    village_do(village, "2021-03-20T09:00", "ec", "proxy.cancel", vouched);
    assert_int_equal(proxy_store_find(village->ctx, village->db, VILLAGE, seq, &proxy), ERR_OK);
    assert_string_equal(proxy.state, "ended");
    village_refused(village, "2021-03-20T09:10", "ec", "proxy.cancel", vouched, "SEQ-07");
    village_refused(village, "2021-03-20T10:00", "issuer1", "ballot.issue",
                    "{'round':1,'box':1,'at':'10:00','issued':3,'issued_proxy':1,'scribed':0,"
                    "'spoiled':0}",
                    "POL-04");
}

static void
an_issued_ballot_is_not_taken_back(void **state)
{
    struct village *village = *state;
    const int64_t seq = village_do(village, "2021-03-11T08:00", "ec", "proxy.register",
                                   REGISTER("P00021", "P00020", "child", "2021-03-11"));
    poll_prepare(village);
    village_do(village, "2021-03-19T10:00", "ec", "proxy.post", POST);
    village_do(village, "2021-03-20T08:00", "ec", "poll.open", OPEN);
    village_do(village, "2021-03-20T10:00", "issuer1", "ballot.issue",
               "{'round':1,'box':1,'at':'10:00','issued':3,'issued_proxy':1,'scribed':0,"
               "'spoiled':0}");
    village_refused(village, "2021-03-20T10:10", "ec", "proxy.cancel",
                    mem_printf(village->ctx->mem,
                               "{'proxy_seq':%lld,'reason':'principal_returned',"
                               "'on':'2021-03-20','not_issued':'y','issuer':'P00017'}",
                               (long long)seq),
                    "PRX-06");
}

static void
a_new_candidate_and_a_struck_voter_end_proxies(void **state)
{
    struct village *village = *state;
    struct proxy *list;
    size_t count;
    const int64_t held = village_do(village, "2021-03-12T08:00", "ec", "proxy.register",
                                    REGISTER("P00021", "P00020", "child", "2021-03-12"));
    const int64_t given = village_do(village, "2021-03-12T08:00", "ec", "proxy.register",
                                     REGISTER("P00022", "P00023", "child", "2021-03-12"));
    assert_int_equal(proxy_store_end_of_candidate(village->ctx, village->db, VILLAGE, "P00020", 99),
                     ERR_OK);
    assert_int_equal(proxy_store_end_of_struck(village->ctx, village->db, VILLAGE, "P00022", 100),
                     ERR_OK);
    assert_int_equal(proxy_store_list(village->ctx, village->db, VILLAGE, &list, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].seq, held);
    assert_string_equal(list[0].reason, "proxy_became_candidate");
    assert_int_equal(list[1].seq, given);
    assert_string_equal(list[1].reason, "principal_struck");
    assert_int_equal(list[1].ended_seq, 100);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        POLL_TEST(the_third_proxy_is_taken_and_the_fourth_refused),
        POLL_TEST(a_neighbour_or_a_son_in_law_is_no_proxy),
        POLL_TEST(a_candidate_holds_no_proxy),
        POLL_TEST(nobody_delegates_again),
        POLL_TEST(filing_ends_three_days_before),
        POLL_TEST(both_sign_and_are_two),
        POLL_TEST(there_are_no_proxies_for_nomination),
        POLL_TEST(somebody_on_a_mobile_list_gives_no_proxy),
        POLL_TEST(somebody_with_a_proxy_is_on_no_list_of_scribes),
        POLL_TEST(a_proxy_not_posted_keeps_the_poll_shut),
        POLL_TEST(on_the_day_a_proxy_ends_only_before_its_ballot),
        POLL_TEST(an_issued_ballot_is_not_taken_back),
        POLL_TEST(a_new_candidate_and_a_struck_voter_end_proxies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
