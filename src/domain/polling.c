/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/polling.h"

static void
kin_check(struct ctx *ctx, const struct polling_person *person, enum rule rule, bool kin,
          struct findings *findings)
{
    if (person->is_candidate) {
        finding_add(ctx, findings, rule, SEVERITY_BLOCK,
                    text_format(ctx, "%s 是候选人", "%s is a candidate", person->name));
    } else if (kin) {
        finding_add(ctx, findings, rule, SEVERITY_BLOCK,
                    text_format(ctx, "%s 与候选人 %s 有近亲属关系（%s），应当回避",
                                "%s is a relative of the candidate %s (%s)", person->name,
                                person->candidate,
                                text_pick(ctx, relation_title(person->relation))));
    }
}

void
polling_staff_check(struct ctx *ctx, const struct pack *pack, const struct polling_person *person,
                    struct findings *findings)
{
    const enum kin_scope scope = (enum kin_scope)pack_word(pack, PACK_STAFF_KIN);
    kin_check(ctx, person, RULE_POL_02, kin_in_scope(scope, person->relation), findings);
}

/* 组织法 §15 lets a voter ask for help in writing; the 规程 keeps candidates and their near kin
 * from giving it under every pack. */
void
polling_scribe_check(struct ctx *ctx, const struct polling_person *person,
                     struct findings *findings)
{
    kin_check(ctx, person, RULE_PRX_08, kin_in_scope(KIN_NEAR, person->relation), findings);
}

void
polling_monitors_check(struct ctx *ctx, const struct pack *pack, int64_t box, int64_t monitors,
                       struct findings *findings)
{
    const int least = pack_int(pack, PACK_STAFF_MONITORS);
    if (monitors >= least)
        return;
    finding_add(ctx, findings, RULE_POL_02,
                pack_yes(pack, PACK_STAFF_MONITORS_MUST) ? SEVERITY_BLOCK : SEVERITY_WARN,
                text_format(ctx, "%lld 号票箱监票人 %lld 人 < %d 人（%s）",
                            "box %lld has %lld monitors < %d (%s)", (long long)box,
                            (long long)monitors, least,
                            pack_source(ctx, pack, PACK_STAFF_MONITORS)));
}

void
polling_lines_check(struct ctx *ctx, const struct polling_lines *lines, struct findings *findings)
{
    if (lines->lines >= lines->seats)
        return;
    finding_add(ctx, findings, lines->with_candidates ? RULE_BAL_02 : RULE_BAL_04, SEVERITY_BLOCK,
                text_format(ctx, "%s应选 %lld 名，空格 %lld 行 < %lld 行",
                            "%s: %lld seats, %lld empty lines < %lld",
                            text_pick(ctx, post_title(lines->post)), (long long)lines->seats,
                            (long long)lines->lines, (long long)lines->seats));
}

void
polling_layout_check(struct ctx *ctx, const struct pack *pack, bool combined, int64_t posts,
                     struct findings *findings)
{
    const enum ballot_form form = (enum ballot_form)pack_word(pack, PACK_BALLOT_COMBINED);
    const bool fits = form == BALLOT_EITHER || posts == 1 || combined == (form == BALLOT_COMBINED);
    if (fits)
        return;
    finding_add(ctx, findings, RULE_BAL_03, SEVERITY_BLOCK,
                form == BALLOT_COMBINED
                    ? text_format(ctx, "本地用一张选票选各职（%s）",
                                  "one ballot carries all posts here (%s)",
                                  pack_source(ctx, pack, PACK_BALLOT_COMBINED))
                    : text_format(ctx, "本地每职一张选票（%s）",
                                  "each post has its ballot here (%s)",
                                  pack_source(ctx, pack, PACK_BALLOT_COMBINED)));
}

void
polling_print_check(struct ctx *ctx, const struct polling_print *print, struct findings *findings)
{
    const int64_t good = print->printed - print->spoiled;
    if (good < 0)
        finding_add(ctx, findings, RULE_STK_01, SEVERITY_BLOCK,
                    text_format(ctx, "印废 %lld 张 > 印制 %lld 张",
                                "%lld spoiled in print > %lld printed", (long long)print->spoiled,
                                (long long)print->printed));
    else if (good < print->registered)
        finding_add(ctx, findings, RULE_BAL_01, SEVERITY_WARN,
                    text_format(ctx, "合格选票 %lld 张 < 登记参加选举的村民 %lld 人",
                                "%lld good ballots < %lld registered voters", (long long)good,
                                (long long)print->registered));
    else if (good * 100 > print->registered * 105)
        finding_add(ctx, findings, RULE_BAL_01, SEVERITY_WARN,
                    text_format(ctx, "合格选票 %lld 张，比登记参加选举的村民 %lld 人多出 5%% 以上",
                                "%lld good ballots, over 5%% more than %lld registered voters",
                                (long long)good, (long long)print->registered));
}

/* "3 号票箱", "3 号票箱 2 号选票". */
static const char *
box_words(struct ctx *ctx, const struct polling_box *box)
{
    if (!box->form)
        return text_format(ctx, "%lld 号票箱", "box %lld", (long long)box->box);
    return text_format(ctx, "%lld 号票箱 %lld 号选票", "box %lld, form %lld", (long long)box->box,
                       (long long)box->form);
}

/* "", "2 号选票". */
static const char *
form_words(struct ctx *ctx, int64_t form)
{
    return form ? text_format(ctx, "%lld 号选票", "form %lld: ", (long long)form) : "";
}

static void
part_check(struct ctx *ctx, const struct polling_box *box, int64_t part, struct text what,
           struct findings *findings)
{
    if (part > box->issued)
        finding_add(ctx, findings, RULE_POL_04, SEVERITY_BLOCK,
                    text_format(ctx, "%s%s %lld 张 > 发出 %lld 张", "%s: %s %lld > issued %lld",
                                box_words(ctx, box), text_pick(ctx, what), (long long)part,
                                (long long)box->issued));
}

void
polling_box_check(struct ctx *ctx, const struct polling_box *box, struct findings *findings)
{
    const bool counted = box->unused >= 0;
    const int64_t used = box->issued + box->spoiled + (counted ? box->unused : 0);
    part_check(ctx, box, box->issued_proxy, (struct text){"其中委托票", "for principals"},
               findings);
    part_check(ctx, box, box->scribed, (struct text){"其中代写", "written by a scribe"}, findings);
    if (used > box->allotted)
        finding_add(ctx, findings, counted ? RULE_STK_01 : RULE_POL_04, SEVERITY_BLOCK,
                    text_format(ctx, "%s发出、写废、剩余共 %lld 张 > 领用 %lld 张",
                                "%s: issued, spoiled and left %lld > allotted %lld",
                                box_words(ctx, box), (long long)used, (long long)box->allotted));
    else if (counted && used < box->allotted)
        finding_add(ctx, findings, RULE_STK_01, SEVERITY_EXPLAIN,
                    text_format(ctx, "%s发出、写废、剩余共 %lld 张，与领用 %lld 张不符",
                                "%s: issued, spoiled and left %lld, but %lld were allotted",
                                box_words(ctx, box), (long long)used, (long long)box->allotted));
}

static void
fall_check(struct ctx *ctx, const struct polling_box *box, struct text what, int64_t earlier,
           int64_t later, struct findings *findings)
{
    if (later < earlier)
        finding_add(ctx, findings, RULE_POL_04, SEVERITY_BLOCK,
                    text_format(ctx, "%s%s累计 %lld 张 < 先前报告的 %lld 张",
                                "%s: %s %lld in all < %lld reported before", box_words(ctx, box),
                                text_pick(ctx, what), (long long)later, (long long)earlier));
}

void
polling_order_check(struct ctx *ctx, const struct polling_box *earlier,
                    const struct polling_box *later, struct findings *findings)
{
    fall_check(ctx, later, (struct text){"发出", "issued"}, earlier->issued, later->issued,
               findings);
    fall_check(ctx, later, (struct text){"委托票", "for principals"}, earlier->issued_proxy,
               later->issued_proxy, findings);
    fall_check(ctx, later, (struct text){"代写", "by a scribe"}, earlier->scribed, later->scribed,
               findings);
    fall_check(ctx, later, (struct text){"写废", "spoiled"}, earlier->spoiled, later->spoiled,
               findings);
}

void
polling_sums_check(struct ctx *ctx, const struct polling_sums *sums, struct findings *findings)
{
    if (sums->issued > sums->registered)
        finding_add(ctx, findings, RULE_POL_04, SEVERITY_BLOCK,
                    text_format(ctx, "%s各票箱共发出 %lld 张 > 登记参加选举的村民 %lld 人",
                                "%s%lld issued in all > %lld registered voters",
                                form_words(ctx, sums->form), (long long)sums->issued,
                                (long long)sums->registered));
    if (sums->issued_proxy > sums->proxies)
        finding_add(ctx, findings, RULE_POL_04, SEVERITY_BLOCK,
                    text_format(ctx, "%s各票箱共发出委托票 %lld 张 > 已公布的委托 %lld 件",
                                "%s%lld issued for principals > %lld posted proxies",
                                form_words(ctx, sums->form), (long long)sums->issued_proxy,
                                (long long)sums->proxies));
}

static void
rest_item(struct ctx *ctx, const char *what, int64_t counted, int64_t expected,
          struct findings *findings)
{
    if (counted == expected)
        return;
    finding_add(ctx, findings, RULE_STK_01, counted > expected ? SEVERITY_BLOCK : SEVERITY_EXPLAIN,
                text_format(ctx, "%s清点 %lld 张，应有 %lld 张", "%s: %lld counted, %lld expected",
                            what, (long long)counted, (long long)expected));
}

void
polling_rest_check(struct ctx *ctx, const struct polling_rest *rest, struct findings *findings)
{
    const char *form = form_words(ctx, rest->form);
    rest_item(ctx, text_format(ctx, "%s各票箱剩余选票", "%sleft at the boxes", form), rest->unused,
              rest->boxes_unused, findings);
    rest_item(ctx, text_format(ctx, "%s写废选票", "%sspoiled by voters", form), rest->spoiled,
              rest->boxes_spoiled, findings);
    rest_item(ctx, text_format(ctx, "%s备用选票", "%sreserve", form), rest->reserve,
              rest->stock_reserve, findings);
}
