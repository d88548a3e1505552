/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Figures keyed wrongly and mended by the same act with corrects_seq (acts.md §1), act by act of
 * 6.5–6.9: who may not, when it is too late, what the tables say afterwards.
 */
#include "act/ledger_village.h"

#include "store/box_store.h"
#include "store/bundle_store.h"
#include "store/form_store.h"
#include "store/proxy_store.h"
#include "store/register_store.h"
#include "store/round_store.h"
#include "store/station_store.h"

#define STATION(name, kind, box, booths)                                                           \
    "'round':1,'name':'" name "','kind':'" kind "','place':'村委会','opens':'08:00',"           \
    "'closes':'12:00','boxes':[{'box':" #box "}],'booths':" #booths
#define STAFF                                                                                      \
    "{'round':1,'rows':[{'person':'P00001','duty':'chief_monitor','box':1},"                       \
    "{'person':'P00002','duty':'monitor','box':1},{'person':'P00003','duty':'monitor','box':1},"   \
    "{'person':'P00004','duty':'monitor','box':2},{'person':'P00005','duty':'monitor','box':2},"   \
    "{'person':'P00006','duty':'monitor','box':2},{'person':'P00007','duty':'issuer','box':1},"    \
    "{'person':'P00008','duty':'issuer','box':2}]," HUNG("2021-03-12") "}"
#define DESIGN(lines)                                                                              \
    "'round':1,'form':1,'layout':'combined','size':'A4','posts':[{'post':'chair',"                 \
    "'write_in_lines':1},{'post':'member','write_in_lines':" #lines "}]"
#define PRINT(printed)                                                                             \
    "'round':1,'form':1,'printed':" #printed ",'spoiled':1,'printer':'厂',"                       \
    "'witnesses':['外:监督员'],'seal_no':'Y1','on':'2021-03-12'"
#define ALLOT(first, second)                                                                       \
    "'round':1,'rows':[{'box':1,'form':1,'count':" #first                                          \
    ",'received_by':'P00007','seal_no':'A1'},{'box':2,'form':1,'count':" #second                   \
    ",'received_by':'P00008','seal_no':'A2'}]"
#define OPEN                                                                                       \
    "{'round':1,'at':'08:00','boxes':[{'box':1,'seal_no':'K1','shown_empty_by':['P00001']},"       \
    "{'box':2,'seal_no':'K2','shown_empty_by':['P00004']}],'unsealed_by':['P00001']}"
#define ISSUE(box, issued)                                                                         \
    "'round':1,'box':" #box ",'at':'10:00','issued':" #issued                                      \
    ",'issued_proxy':0,'scribed':0,'spoiled':0"
#define CLOSE(box, issued, spoiled, unused)                                                        \
    "'round':1,'box':" #box ",'at':'12:00','issued':" #issued                                      \
    ",'issued_proxy':0,'scribed':0,'spoiled':" #spoiled ",'unused':" #unused                       \
    ",'seal_no':'F1','monitors':['P00001']"
#define CLOSE_POLL(fate)                                                                           \
    "'round':1,'at':'12:20','unused':2,'spoiled':1,'reserve':0,'fate':'" fate                      \
    "','seal_no':'Z1','witnesses':['外:监督员']"
#define RECOVER(box, recovered)                                                                    \
    "'round':1,'box':" #box ",'recovered':" #recovered                                             \
    ",'not_official':0,'at':'12:50','opened_by':['P00001']"
#define COUNT(size) "'round':1,'bundle_size':" #size ",'mixed':'y','public':'y','at':'13:00'"
#define WHY ",'why':'录错','second':'外:复核人'"

/* An act that corrects another: fields without braces. */
struct mend {
    const char *now;
    const char *user;
    const char *act;
    const char *fields;
    int64_t wrong; /* entry */
};

static const char *
mend_fields(struct village *village, const struct mend *mend, int64_t seq, const char *why)
{
    return TEXT(village, "{%s,'corrects_seq':%lld%s}", mend->fields, (long long)seq, why);
}

/* SEQ-08 without why, without a second, by one person alone; SEQ-07 for what is no such entry. */
static void
mend_refusals(struct village *village, const struct mend *mend)
{
    static const char *const ALONE[] = {"", ",'why':'录错'", ",'second':'外:复核人'"};
    const char *self = strcmp(mend->user, "ec") == 0       ? "外:选委会主任"
                       : strcmp(mend->user, "issuer") == 0 ? "P00007"
                                                           : "P00001";
    for (size_t i = 0; i < COUNT_OF(ALONE); i++)
        village_refused(village, mend->now, mend->user, mend->act,
                        mend_fields(village, mend, mend->wrong, ALONE[i]), "SEQ-08");
    village_refused(
        village, mend->now, mend->user, mend->act,
        mend_fields(village, mend, mend->wrong, TEXT(village, ",'why':'录错','second':'%s'", self)),
        "SEQ-08");
    village_refused(village, mend->now, mend->user, mend->act, mend_fields(village, mend, 1, WHY),
                    "SEQ-07");
    village_refused(village, mend->now, mend->user, mend->act,
                    mend_fields(village, mend, 9999, WHY), "SEQ-07");
}

/* Refused as above, then done; the old entry is replaced and cannot be corrected again. */
static int64_t
mend_do(struct village *village, const struct mend *mend)
{
    struct standing old;
    mend_refusals(village, mend);
    const int64_t seq = village_do(village, mend->now, mend->user, mend->act,
                                   mend_fields(village, mend, mend->wrong, WHY));
    assert_int_equal(standing_store_find(village->ctx, village->db, VILLAGE, mend->wrong, &old),
                     ERR_OK);
    assert_string_equal(old.state, "replaced");
    village_refused(village, mend->now, mend->user, mend->act,
                    mend_fields(village, mend, mend->wrong, WHY), "SEQ-07");
    ledger_is_whole(village);
    return seq;
}

static void
mend_late(struct village *village, const struct mend *mend, const char *rule)
{
    village_refused(village, mend->now, mend->user, mend->act,
                    mend_fields(village, mend, mend->wrong, WHY), rule);
}

static struct box
box_of(struct village *village, int64_t number)
{
    struct box box;
    assert_int_equal(box_store_find(village->ctx, village->db, VILLAGE, 1, number, &box), ERR_OK);
    return box;
}

static struct round
round_of(struct village *village)
{
    struct round round;
    assert_int_equal(round_store_find(village->ctx, village->db, VILLAGE, 1, &round), ERR_OK);
    return round;
}

#define BRACED(fields) "{" fields "}"

/* --- 6.5 --- */

#define CARDS(printed, delivered)                                                                  \
    "'group':'第4组','rows':[{'printed':" #printed ",'delivered':" #delivered                      \
    ",'signed':" #delivered "}],'undelivered':['P00012'],'on':'2021-02-21'"

static void
cards_of_a_group_are_mended(void **state)
{
    struct village *village = *state;
    struct card *cards;
    size_t count;
    ledger_roll(village);
    const struct mend mend = {"2021-02-21T10:00", "ec", "card.issue", CARDS(2, 1),
                              village_explain(village, "2021-02-21T09:00", "ec", "card.issue",
                                              BRACED(CARDS(3, 1)),
                                              "[{'rule':'STK-01','reason':'多印一张'}]")};

    mend_do(village, &mend);

    assert_int_equal(card_store_list(village->ctx, village->db, VILLAGE, &cards, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(cards[0].printed, 2);
}

/* --- 6.7 --- */

#define PROXY(person, away)                                                                        \
    "'principal':'P00010','proxy':'" person "','relation':'sibling','away':'" away                 \
    "','filed_on':'2021-03-02','signed_by':['P00010','" person "']"

static void
a_proxy_is_mended_until_it_is_posted(void **state)
{
    struct village *village = *state;
    struct proxy proxy;
    ledger_prepare(village);
    struct mend mend = {"2021-03-12T10:00", "ec", "proxy.register", PROXY("P00012", "务工"),
                        village_do(village, "2021-03-12T09:00", "ec", "proxy.register",
                                   BRACED(PROXY("P00011", "务工")))};

    mend.wrong = mend_do(village, &mend);

    assert_int_equal(proxy_store_find(village->ctx, village->db, VILLAGE, mend.wrong, &proxy),
                     ERR_OK);
    assert_string_equal(proxy.proxy, "P00012");
    village_do(village, "2021-03-12T11:00", "ec", "proxy.post", BRACED(HUNG("2021-03-12")));
    mend.now = "2021-03-12T12:00";
    mend_late(village, &mend, "SEQ-04");
}

/* Stations and staff. */
static void
stations_set(struct village *village)
{
    village_do(village, "2021-03-12T09:00", "ec", "station.set",
               BRACED(STATION("中心会场", "central", 1, 2)));
    village_do(village, "2021-03-12T09:01", "ec", "station.set",
               BRACED(STATION("一组投票站", "station", 2, 1)));
    village_explain(village, "2021-03-12T09:10", "ec", "staff.appoint", STAFF,
                    "[{'rule':'POL-02','reason':'另行通过'}]");
}

static void
a_station_is_mended_until_the_notice(void **state)
{
    struct village *village = *state;
    struct station *stations;
    size_t count;
    ledger_prepare(village);
    stations_set(village);
    struct mend mend = {"2021-03-12T11:00", "ec", "station.set",
                        STATION("二组投票站", "station", 3, 2),
                        village_do(village, "2021-03-12T10:00", "ec", "station.set",
                                   BRACED(STATION("三组投票站", "station", 3, 1)))};

    mend.wrong = mend_do(village, &mend);

    assert_int_equal(station_store_list(village->ctx, village->db, VILLAGE, 1, &stations, &count),
                     ERR_OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++)
        assert_string_not_equal(stations[i].name, "三组投票站");
    village_do(village, "2021-03-16T09:00", "ec", "poll.notice",
               "{'round':1,'opens':'08:00','closes':'12:00','method':'无记名投票',"
               "'count_place':'村委会'," HUNG("2021-03-16") "}");
    mend.now = "2021-03-16T10:00";
    mend_late(village, &mend, "SEQ-04");
}

static void
the_stock_of_ballots_is_mended_until_it_is_used(void **state)
{
    struct village *village = *state;
    struct form form;
    ledger_prepare(village);
    stations_set(village);
    struct mend design = {
        "2021-03-12T12:10", "ec", "ballot.design", DESIGN(2),
        village_do(village, "2021-03-12T12:00", "ec", "ballot.design", BRACED(DESIGN(3)))};
    design.wrong = mend_do(village, &design);
    struct mend print = {
        "2021-03-12T12:30", "ec", "ballot.print", PRINT(20),
        village_do(village, "2021-03-12T12:20", "ec", "ballot.print", BRACED(PRINT(200)))};
    design.now = "2021-03-12T12:25";
    mend_late(village, &design, "SEQ-04");

    print.wrong = mend_do(village, &print);

    assert_int_equal(form_store_find(village->ctx, village->db, VILLAGE, 1, 1, &form), ERR_OK);
    assert_int_equal(form.printed, 20);
    struct mend allot = {
        "2021-03-19T10:00", "ec", "ballot.allot", ALLOT(12, 7),
        village_do(village, "2021-03-19T09:00", "ec", "ballot.allot", BRACED(ALLOT(11, 7)))};
    print.now = "2021-03-19T09:30";
    mend_late(village, &print, "SEQ-04");
    mend_do(village, &allot);
    assert_int_equal(box_of(village, 1).allotted, 12);
    assert_int_equal(box_of(village, 2).allotted, 7);
}

/* --- 6.8, 6.9 --- */

/* To the open poll: 12 ballots at box 1, 7 at box 2, none in reserve. */
static struct village *
poll_opened(void **state)
{
    struct village *village = *state;
    ledger_prepare(village);
    stations_set(village);
    village_do(village, "2021-03-12T12:00", "ec", "ballot.design", BRACED(DESIGN(2)));
    village_do(village, "2021-03-12T12:20", "ec", "ballot.print", BRACED(PRINT(20)));
    village_do(village, "2021-03-16T09:00", "ec", "poll.notice",
               "{'round':1,'opens':'08:00','closes':'12:00','method':'无记名投票',"
               "'count_place':'村委会'," HUNG("2021-03-16") "}");
    village_do(village, "2021-03-19T09:00", "ec", "ballot.allot", BRACED(ALLOT(12, 7)));
    village_user(village, "issuer", "ST", VILLAGE, "P00007", NULL);
    village_user(village, "monitor", "ST", VILLAGE, "P00001", NULL);
    village_do(village, "2021-03-20T08:00", "ec", "poll.open", OPEN);
    return village;
}

static void
the_stock_at_the_boxes_is_fixed_when_the_poll_opens(void **state)
{
    struct village *village = poll_opened(state);
    struct standing allotted;
    assert_int_equal(standing_store_last(village->ctx, village->db,
                                         &(struct standing_query){
                                             .unit = VILLAGE, .act = "ballot.allot", .round = 1},
                                         &allotted),
                     ERR_OK);
    const struct mend mend = {"2021-03-20T09:00", "ec", "ballot.allot", ALLOT(11, 7), allotted.seq};
    mend_late(village, &mend, "SEQ-04");
}

/* A report may fall by a correction only, and only the last one. */
static void
a_report_of_ballots_issued_is_mended(void **state)
{
    struct village *village = poll_opened(state);
    struct mend mend = {
        "2021-03-20T10:05", "issuer", "ballot.issue", ISSUE(1, 6),
        village_do(village, "2021-03-20T10:00", "issuer", "ballot.issue", BRACED(ISSUE(1, 9)))};
    village_refused(village, "2021-03-20T10:01", "issuer", "ballot.issue", BRACED(ISSUE(1, 6)),
                    "POL-04");

    mend.wrong = mend_do(village, &mend);

    assert_int_equal(box_of(village, 1).issued, 6);
    village_do(village, "2021-03-20T11:00", "issuer", "ballot.issue", BRACED(ISSUE(1, 8)));
    mend.fields = ISSUE(1, 5);
    mend.now = "2021-03-20T11:10";
    mend_late(village, &mend, "POL-04");
    village_do(village, "2021-03-20T12:00", "monitor", "box.close", BRACED(CLOSE(1, 10, 1, 1)));
    mend.now = "2021-03-20T12:10";
    mend_late(village, &mend, "SEQ-01");
}

static void
figures_of_closed_boxes_are_mended_until_the_poll_closes(void **state)
{
    struct village *village = poll_opened(state);
    const char *short_of = "[{'rule':'STK-01','reason':'少一张，待查'}]";
    struct mend box = {"2021-03-20T12:05", "monitor", "box.close", CLOSE(1, 10, 1, 1),
                       village_explain(village, "2021-03-20T12:00", "monitor", "box.close",
                                       BRACED(CLOSE(1, 9, 1, 1)), short_of)};

    box.wrong = mend_do(village, &box);

    assert_int_equal(box_of(village, 1).issued, 10);
    assert_string_equal(box_of(village, 1).state, "closed");
    village_do(village, "2021-03-20T12:10", "monitor", "box.close", BRACED(CLOSE(2, 6, 0, 1)));
    struct mend poll = {"2021-03-20T12:25", "ec", "poll.close", CLOSE_POLL("sealed"),
                        village_do(village, "2021-03-20T12:20", "ec", "poll.close",
                                   BRACED(CLOSE_POLL("destroyed")))};
    box.now = "2021-03-20T12:22";
    mend_late(village, &box, "SEQ-04");
    poll.wrong = mend_do(village, &poll);
    assert_int_equal(round_of(village).issued, 16);
    assert_string_equal(round_of(village).state, "closed");
}

/* Both boxes at the venue; 10 and 6 ballots were issued. */
static struct village *
boxes_gathered(void **state)
{
    struct village *village = poll_opened(state);
    village_do(village, "2021-03-20T12:00", "monitor", "box.close", BRACED(CLOSE(1, 10, 1, 1)));
    village_do(village, "2021-03-20T12:10", "monitor", "box.close", BRACED(CLOSE(2, 6, 0, 1)));
    village_do(village, "2021-03-20T12:20", "ec", "poll.close", BRACED(CLOSE_POLL("sealed")));
    for (int i = 1; i <= 2; i++)
        village_do(village, "2021-03-20T12:30", "ec", "box.gather",
                   TEXT(village,
                        "{'round':1,'box':%d,'arrived_at':'12:30','seal_ok':'y',"
                        "'escorts':['P00002']}",
                        i));
    return village;
}

static void
papers_of_a_box_are_mended_until_the_count(void **state)
{
    struct village *village = boxes_gathered(state);
    struct mend box = {
        "2021-03-20T12:55", "monitor", "box.recover", RECOVER(1, 10),
        village_do(village, "2021-03-20T12:50", "monitor", "box.recover", BRACED(RECOVER(1, 1)))};

    box.wrong = mend_do(village, &box);

    assert_int_equal(box_of(village, 1).recovered, 10);
    assert_int_equal(round_of(village).recovered, 10);
    village_do(village, "2021-03-20T12:56", "monitor", "box.recover", BRACED(RECOVER(2, 6)));
    assert_int_equal(round_of(village).recovered, 16);
    struct mend count = {
        "2021-03-20T13:05", "ec", "count.open", COUNT(20),
        village_do(village, "2021-03-20T13:00", "ec", "count.open", BRACED(COUNT(5)))};
    box.now = "2021-03-20T13:01";
    mend_late(village, &box, "SEQ-04");
    mend_do(village, &count);
    struct bundle *bundles;
    size_t bundle_count;
    assert_int_equal(
        bundle_store_list(village->ctx, village->db, VILLAGE, 1, &bundles, &bundle_count), ERR_OK);
    assert_int_equal(bundle_count, 1);
}

/* The rest that was counted is used once a box is opened. */
static void
the_rest_of_the_poll_is_fixed_when_a_box_is_opened(void **state)
{
    struct village *village = boxes_gathered(state);
    struct standing closed;
    assert_int_equal(standing_store_last(
                         village->ctx, village->db,
                         &(struct standing_query){.unit = VILLAGE, .act = "poll.close", .round = 1},
                         &closed),
                     ERR_OK);
    village_do(village, "2021-03-20T12:50", "monitor", "box.recover", BRACED(RECOVER(1, 10)));
    const struct mend mend = {"2021-03-20T12:51", "ec", "poll.close", CLOSE_POLL("destroyed"),
                              closed.seq};
    mend_late(village, &mend, "SEQ-04");
    ledger_is_whole(village);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(cards_of_a_group_are_mended),
        VILLAGE_TEST(a_proxy_is_mended_until_it_is_posted),
        VILLAGE_TEST(a_station_is_mended_until_the_notice),
        VILLAGE_TEST(the_stock_of_ballots_is_mended_until_it_is_used),
        VILLAGE_TEST(the_stock_at_the_boxes_is_fixed_when_the_poll_opens),
        VILLAGE_TEST(a_report_of_ballots_issued_is_mended),
        VILLAGE_TEST(figures_of_closed_boxes_are_mended_until_the_poll_closes),
        VILLAGE_TEST(papers_of_a_box_are_mended_until_the_count),
        VILLAGE_TEST(the_rest_of_the_poll_is_fixed_when_a_box_is_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
