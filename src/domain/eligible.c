/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/eligible.h"

#include "domain/register.h"

/* Numbers of the ten bars of ELG-02. */
enum {
    BAR_POLITICS = 1,
    BAR_CRIME = 2,
    BAR_ASSESSMENT = 4,
    BAR_SANCTION = 5,
    BAR_INTERESTS = 6,
    BAR_VIOLATIONS = 7,
    BAR_PETITIONS = 8,
    BAR_CONDUCT = 9,
    BAR_BRIBERY = 10,
};

/* grave: removal or above (撤职以上). Others bar a higher post for some months (党纪处分条例 §10,
 * 公职人员政务处分法 §8). */
struct sanction_row {
    bool grave;
    int months;
    struct text title;
};

static const struct sanction_row SANCTIONS[SANCTION_KIND_COUNT] = {
    [SANCTION_PARTY_WARNING] = {false, 12, {"党内警告", "Party warning"}},
    [SANCTION_PARTY_SERIOUS_WARNING] = {false, 18, {"党内严重警告", "serious Party warning"}},
    [SANCTION_PARTY_REMOVAL] = {true, 0, {"撤销党内职务", "removal from Party posts"}},
    [SANCTION_PARTY_PROBATION] = {true, 0, {"留党察看", "probation within the Party"}},
    [SANCTION_PARTY_EXPULSION] = {true, 0, {"开除党籍", "expulsion from the Party"}},
    [SANCTION_ADMIN_WARNING] = {false, 6, {"政务警告", "warning"}},
    [SANCTION_ADMIN_DEMERIT] = {false, 12, {"政务记过", "demerit"}},
    [SANCTION_ADMIN_MAJOR_DEMERIT] = {false, 18, {"政务记大过", "major demerit"}},
    [SANCTION_ADMIN_DEMOTION] = {false, 24, {"政务降级", "demotion"}},
    [SANCTION_ADMIN_REMOVAL] = {true, 0, {"政务撤职", "removal from office"}},
    [SANCTION_ADMIN_DISMISSAL] = {true, 0, {"政务开除", "dismissal"}},
};

bool
eligible_is_head(enum post post)
{
    return post == POST_PARTY_SECRETARY || post == POST_CHAIR;
}

bool
eligible_is_deputy(enum post post)
{
    return post == POST_PARTY_DEPUTY || post == POST_VICE_CHAIR;
}

/* Heads above deputies above others above no post. */
static int
post_height(enum post post)
{
    if (eligible_is_head(post))
        return 3;
    return eligible_is_deputy(post) ? 2 : 1;
}

static bool
is_promotion(const struct eligible_facts *facts)
{
    const int now = facts->has_incumbent_post ? post_height(facts->incumbent_post) : 0;
    return post_height(facts->post) > now;
}

/* True if the pack sets that cut-off day and the birth is before it. */
static bool
is_born_before(const struct pack *pack, enum pack_key key, struct date birth)
{
    const struct date cut_off = pack_date(pack, key);
    return date_is_set(cut_off) && date_compare(birth, cut_off) < 0;
}

bool
eligible_needs_approval(const struct pack *pack, enum post post, enum sex sex, struct date birth,
                        bool is_new)
{
    const bool man = sex == SEX_MALE;
    if (eligible_is_head(post))
        return is_born_before(pack, man ? PACK_AGE_HEAD_MAN : PACK_AGE_HEAD_WOMAN, birth) ||
               (is_new && is_born_before(pack, PACK_AGE_NEW_HEAD, birth));
    return eligible_is_deputy(post) &&
           is_born_before(pack, man ? PACK_AGE_DEPUTY_MAN : PACK_AGE_DEPUTY_WOMAN, birth);
}

/* ELG-01: the legal floor. */
static void
judge_floor(struct ctx *ctx, const struct pack *pack, const struct eligible_facts *facts,
            struct ruling *ruling)
{
    const bool adult = register_is_adult(facts->birth, facts->ref_day);
    ruling_test(ctx, ruling, RULE_ELG_01, !adult,
                text_format(ctx, "%s出生，至 %s %s 18 周岁", "born %s, on %s %s 18",
                            date_words(ctx, facts->birth), date_words(ctx, facts->ref_day),
                            adult ? text_format(ctx, "已满", "at least")
                                  : text_format(ctx, "未满", "not yet")));
    if (pack_yes(pack, PACK_ELIGIBLE_LEGAL_BARS) &&
        (facts->party_expelled || facts->criminal_punishment || facts->gang || facts->cult))
        ruling_test(ctx, ruling, RULE_ELG_01, true,
                    text_format(ctx, "有法定不得作为候选人的情形（%s）",
                                "one of the four legal bars applies (%s)",
                                pack_source(ctx, pack, PACK_ELIGIBLE_LEGAL_BARS)));
    else if (facts->criminal_punishment)
        ruling_test_as(ctx, ruling, RULE_ELG_01, SEVERITY_EXPLAIN, true,
                       text_format(ctx, "受过刑事处罚：须查明是否仍在服刑",
                                   "punished for a crime: is the sentence still running?"));
}

static bool
is_within_years(struct date from, int years, struct date day)
{
    return date_compare(date_add_years(from, years), day) > 0;
}

/* Bar 5 and, for a lesser sanction, no post above the incumbent's while it lasts. */
static void
judge_sanction(struct ctx *ctx, const struct pack *pack, const struct eligible_facts *facts,
               const struct sanction *sanction, struct ruling *ruling)
{
    const struct sanction_row *row = &SANCTIONS[sanction->kind];
    const char *title = text_pick(ctx, row->title);
    const char *decided = date_words(ctx, sanction->decided);
    if (row->grave) {
        const int years = pack_int_or(pack, PACK_BARS_SANCTION_YEARS, 0);
        const int order = date_compare(date_add_years(sanction->decided, years), facts->ref_day);
        if (order >= 0)
            ruling_break_part(ctx, ruling, RULE_ELG_02, BAR_SANCTION,
                              order > 0 ? SEVERITY_BLOCK : SEVERITY_EXPLAIN,
                              text_format(ctx, "%s %s，至 %s %s %d 年",
                                          "%s on %s, by %s %s %d years", decided, title,
                                          date_words(ctx, facts->ref_day),
                                          order > 0 ? text_format(ctx, "未满", "not yet")
                                                    : text_format(ctx, "恰满", "exactly"),
                                          years));
        return;
    }
    const struct date end = date_add_months(sanction->decided, row->months);
    if (date_compare(end, facts->ref_day) > 0 && is_promotion(facts))
        ruling_break_part(ctx, ruling, RULE_ELG_02, 0, SEVERITY_BLOCK,
                          text_format(ctx, "%s %s，影响期 %d 个月未满，不得提任更高职务",
                                      "%s on %s, %d months are not over: no higher post", decided,
                                      title, row->months));
}

/* Bars 2, 4, 7 and 10. */
static void
judge_records(struct ctx *ctx, const struct pack *pack, const struct eligible_facts *facts,
              struct ruling *ruling)
{
    const int year = date_to_civil(facts->ref_day).year;
    const int years = pack_int_or(pack, PACK_BARS_ASSESSMENT_YEARS, -1);
    if (facts->criminal_punishment || facts->gang || facts->cult)
        ruling_break_part(ctx, ruling, RULE_ELG_02, BAR_CRIME, SEVERITY_BLOCK,
                          text_format(ctx, "受过刑事处罚或者涉黑涉恶、邪教",
                                      "punished for a crime, gang or cult"));
    for (size_t i = 0; i < facts->assessed_count; i++) {
        const int64_t assessed = facts->assessed_incompetent[i];
        if (assessed >= year - years && assessed <= year)
            ruling_break_part(ctx, ruling, RULE_ELG_02, BAR_ASSESSMENT, SEVERITY_BLOCK,
                              text_format(ctx, "%lld 年考核不称职，在 %d 至 %d 年之内",
                                          "assessed incompetent in %lld, within %d to %d",
                                          (long long)assessed, year - years, year));
    }
    if (facts->violations_open > 0)
        ruling_break_part(ctx, ruling, RULE_ELG_02, BAR_VIOLATIONS, SEVERITY_BLOCK,
                          text_format(ctx, "%zu 项违法行为尚未整改",
                                      "%zu violations stand uncorrected", facts->violations_open));
    if (date_is_set(facts->bribery_found) &&
        is_within_years(facts->bribery_found, pack_int_or(pack, PACK_BARS_BRIBERY_YEARS, 0),
                        facts->ref_day))
        ruling_break_part(ctx, ruling, RULE_ELG_02, BAR_BRIBERY, SEVERITY_BLOCK,
                          text_format(ctx, "%s 因拉票贿选被查处，未满 %d 年",
                                      "found to have bought votes on %s, not yet %d years",
                                      date_words(ctx, facts->bribery_found),
                                      pack_int_or(pack, PACK_BARS_BRIBERY_YEARS, 0)));
}

/* What no record decides: a person signs a finding. */
static void
ask_findings(struct ctx *ctx, const struct eligible_facts *facts, struct ruling *ruling)
{
    static const int ASKED[] = {BAR_POLITICS, BAR_INTERESTS, BAR_PETITIONS, BAR_CONDUCT};
    for (size_t i = 0; i < COUNT_OF(ASKED); i++)
        ruling_break_part(
            ctx, ruling, RULE_ELG_02, ASKED[i], SEVERITY_EXPLAIN,
            text_format(ctx, "第 %d 项须有签名的认定", "bar %d needs a signed finding", ASKED[i]));
    if (facts->under_investigation)
        ruling_break_part(ctx, ruling, RULE_ELG_02, BAR_SANCTION, SEVERITY_BLOCK,
                          text_format(ctx, "正在接受立案审查调查", "under investigation"));
    if (facts->party_expelled)
        ruling_break_part(ctx, ruling, RULE_ELG_02, BAR_SANCTION, SEVERITY_EXPLAIN,
                          text_format(ctx, "被开除党籍：须查明处分日期",
                                      "expelled from the Party: on which day?"));
}

/* ELG-03. "1961-01-01 前出生" leaves out who was born on that very day: a person decides. */
static void
judge_age(struct ctx *ctx, const struct pack *pack, const struct eligible_facts *facts,
          struct ruling *ruling)
{
    const bool is_new = !facts->has_incumbent_post || !eligible_is_head(facts->incumbent_post);
    const enum pack_key key = facts->sex == SEX_MALE ? PACK_AGE_HEAD_MAN : PACK_AGE_HEAD_WOMAN;
    const struct date cut_off = pack_date(pack, key);
    const char *birth = date_words(ctx, facts->birth);
    if (eligible_is_head(facts->post) && date_is_set(cut_off) &&
        date_compare(facts->birth, cut_off) == 0)
        ruling_test_as(
            ctx, ruling, RULE_ELG_03, SEVERITY_EXPLAIN, true,
            text_format(ctx, "%s出生，恰为截止日", "born %s, the cut-off day itself", birth));
    if (eligible_needs_approval(pack, facts->post, facts->sex, facts->birth, is_new))
        ruling_test_as(ctx, ruling, RULE_ELG_03, SEVERITY_APPROVE, true,
                       text_format(ctx, "%s出生，任%s须经批准", "born %s, needs an approval as %s",
                                   birth, text_pick(ctx, post_title(facts->post))));
}

void
eligible_decide(struct ctx *ctx, const struct pack *pack, const struct eligible_facts *facts,
                struct eligible_result *ret_result)
{
    struct eligible_result result = {0};
    judge_floor(ctx, pack, facts, &result.ruling);
    if (!pack_is_none(pack, PACK_ELIGIBLE_BARS)) {
        judge_records(ctx, pack, facts, &result.ruling);
        if (facts->party_sanction)
            judge_sanction(ctx, pack, facts, facts->party_sanction, &result.ruling);
        if (facts->admin_sanction)
            judge_sanction(ctx, pack, facts, facts->admin_sanction, &result.ruling);
        ask_findings(ctx, facts, &result.ruling);
    }
    judge_age(ctx, pack, facts, &result.ruling);
    *ret_result = result;
}
