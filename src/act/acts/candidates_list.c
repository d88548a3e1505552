/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of candidates posted and changed 张榜、递补 (acts.md 6.2). */
#include <stdlib.h>
#include <string.h>

#include "act/people.h"
#include "act/state_words.h"
#include "base/crypto.h"
#include "domain/calendar.h"
#include "domain/stroke.h"
#include "domain/surplus.h"
#include "store/candidate_store.h"
#include "store/form_store.h"
#include "store/nomination_store.h"
#include "store/prep_store.h"
#include "store/proxy_store.h"
#include "store/round_store.h"
#include "store/seat_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"

/* --- candidates.post --- */

static const struct field POST_TIES[] = {
    FIELD(FIELD_PERSON, "a", 0, "甲", "a"),
    FIELD(FIELD_PERSON, "b", 0, "乙", "b"),
    FIELD(FIELD_TEXT, "why", 0, "理由", "why"),
    FIELDS_END,
};
static const struct field CANDIDATES_POST_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD_CHOICES("list", FIELD_REQUIRED, "名单", "list", "initial preparatory formal"),
    FIELD_ROWS("ties", 0, "笔画相同者的先后", "ties", POST_TIES),
    FIELDS_POSTING,
    FIELDS_END,
};

/* One line of the list, with what orders it. */
struct line {
    struct candidate candidate;
    const char *name;
    int64_t post_place;
    bool by_strokes;
    int style; /* of stroke.h */
};

static int
line_compare(const void *a, const void *b)
{
    const struct line *first = a;
    const struct line *second = b;
    if (first->post_place != second->post_place)
        return first->post_place < second->post_place ? -1 : 1;
    if (!first->by_strokes && first->candidate.votes != second->candidate.votes)
        return first->candidate.votes > second->candidate.votes ? -1 : 1;
    const int order = stroke_compare(first->name, second->name, first->style);
    return order ? order : strcmp(first->candidate.person, second->candidate.person);
}

/* Who is on the list: everybody standing for the initial one, else the confirmed. */
static bool
is_on_list(const char *list, const char *state)
{
    static const char *const STANDING[] = {"nominee",   "accepted",    "in_review",
                                           "qualified", "preparatory", "formal"};
    if (strcmp(list, "initial") != 0)
        return strcmp(state, list) == 0;
    for (size_t i = 0; i < COUNT_OF(STANDING); i++) {
        if (strcmp(state, STANDING[i]) == 0)
            return true;
    }
    return false;
}

static int64_t
place_of_post(const struct seat *seats, size_t count, const char *post)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(seats[i].post, post) == 0)
            return (int64_t)i;
    }
    return (int64_t)count;
}

/* ORD-01, ORD-02, NOM-09, ORD-05: post by post, by strokes or votes as the pack says; the Party's
 * committee by strokes (选举条例 §24), its officers in the order approved (by place). */
static enum err
list_order(struct call *call, struct line **ret_lines, size_t *ret_count)
{
    struct candidate *list;
    struct seat *seats;
    size_t count;
    size_t seat_count;
    size_t used = 0;
    const char *body = call_text(call, "body");
    TRY(candidate_store_list(call->ctx, call->db, call->unit, body, NULL, &list, &count));
    TRY(seat_store_list(call->ctx, call->db, call->unit, body, &seats, &seat_count));
    struct line *lines = mem_array(call->ctx->mem, struct line, count + 1);
    const bool party = strncmp(body, "party", strlen("party")) == 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_on_list(call_text(call, "list"), list[i].state))
            continue;
        struct line *line = &lines[used++];
        line->candidate = list[i];
        TRY(people_name(call, list[i].person, &line->name));
        line->post_place = place_of_post(seats, seat_count, list[i].post);
        line->by_strokes =
            party || pack_word(call->pack, PACK_ORDER_CANDIDATES) == ORDER_BY_STROKES;
        line->style = stroke_style_of(call->pack);
    }
    if (strcmp(body, "party_officers") != 0)
        qsort(lines, used, sizeof(struct line), line_compare);
    *ret_lines = lines;
    *ret_count = used;
    return ERR_OK;
}

static size_t
line_find(const struct line *lines, size_t count, const char *person)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(lines[i].candidate.person, person) == 0)
            return i;
    }
    return count;
}

/* True if nothing in the order tells these two apart: equal votes, or surnames of equal strokes. */
static bool
is_tie(const struct line *a, const struct line *b)
{
    if (a->post_place != b->post_place)
        return false;
    if (!a->by_strokes)
        return a->candidate.votes == b->candidate.votes;
    return stroke_surnames_tie(a->name, b->name) || stroke_compare(a->name, b->name, a->style) == 0;
}

static void
ties_check(struct call *call, const struct line *lines, size_t count)
{
    for (size_t i = 0; i < call_count(call, "ties"); i++) {
        const json_t *row = call_row(call, "ties", i);
        const size_t a = line_find(lines, count, row_text(row, "a"));
        const size_t b = line_find(lines, count, row_text(row, "b"));
        if (a == count || b == count) {
            call_block(call, RULE_NOM_09, "ties[%zu]：不在名单上", "ties[%zu]: not on the list",
                       i + 1);
            continue;
        }
        if (!is_tie(&lines[a], &lines[b]))
            call_block(call, lines[a].by_strokes ? RULE_ORD_01 : RULE_NOM_09,
                       "%s 与 %s 的先后由排序规则确定，不能调换",
                       "the order of %s and %s follows from the rule: no swap", lines[a].name,
                       lines[b].name);
        if (!row_text(row, "why")[0])
            call_block(call, RULE_ORD_02, "ties[%zu]：调换须写明理由", "ties[%zu]: why is the swap",
                       i + 1);
    }
}

static enum err
post_deadline_check(struct call *call)
{
    struct calendar_bases bases = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                                   DATE_NONE, DATE_NONE, DATE_NONE};
    if (!people_body_is(call, "village") || !call_is(call, "list", "formal"))
        return ERR_OK;
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &bases.polling_day));
    if (!date_is_set(bases.polling_day)) {
        call_block(call, RULE_SEQ_01, "选举日还没有确定（day.fix）",
                   "the polling day is not fixed (day.fix)");
        return ERR_OK;
    }
    const struct date last = calendar_deadline(call->pack, CALENDAR_CANDIDATES_POSTED, &bases);
    const struct date posted = call_date(call, "posted_on");
    if (!date_is_set(last) || date_compare(posted, last) <= 0)
        return ERR_OK;
    /* A list changed after death, sanction or refusal cannot keep the days: a reason is asked. */
    const struct people_act replaced = {.act = "candidate.replace", .body = "village"};
    bool changed;
    TRY(people_has(call, &replaced, &changed));
    if (changed) {
        call_explain(call, RULE_CAL_04, "变更后的名单 %s 张榜，晚于 %s",
                     "the changed list is posted on %s, after %s", date_format(call->ctx, posted),
                     date_format(call->ctx, last));
        return ERR_OK;
    }
    finding_todo(call,
                 call_block(call, RULE_CAL_04, "%s 张榜，最迟应为 %s（选举日 %s，%s）",
                            "posted %s, the last day was %s (polling day %s, %s)",
                            date_format(call->ctx, posted), date_format(call->ctx, last),
                            date_format(call->ctx, bases.polling_day),
                            pack_source(call->ctx, call->pack, PACK_CANDIDATES_POSTED_BY)),
                 "推迟选举日（day.change）", "move the polling day (day.change)");
    return ERR_OK;
}

static enum err
candidates_post_check(struct call *call)
{
    struct line *lines;
    size_t count;
    bool has;
    const bool initial = call_is(call, "list", "initial");
    const struct people_act before = {.act = initial ? "nominees.list" : "candidates.confirm",
                                      .body = call_text(call, "body"),
                                      .list = initial ? NULL : call_text(call, "list")};
    call_not_future(call, "posted_on");
    TRY(people_has(call, &before, &has));
    if (!has)
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "名单还没有确定", "there is no such list yet"),
                     "先办理 %s", "do %s first", before.act);
    TRY(list_order(call, &lines, &count));
    if (count == 0)
        call_block(call, RULE_SEQ_01, "名单上没有人", "nobody is on the list");
    ties_check(call, lines, count);
    return post_deadline_check(call);
}

static void
ties_swap(const struct call *call, struct line *lines, size_t count)
{
    for (size_t i = 0; i < call_count(call, "ties"); i++) {
        const json_t *row = call_row(call, "ties", i);
        const size_t a = line_find(lines, count, row_text(row, "a"));
        const size_t b = line_find(lines, count, row_text(row, "b"));
        if (a == count || b == count)
            continue;
        const struct line keep = lines[a];
        lines[a] = lines[b];
        lines[b] = keep;
    }
}

static const char *
list_hash(struct call *call, const struct line *lines, size_t count)
{
    struct sm3_state *state = sm3_new(call->ctx->mem);
    uint8_t hash[SM3_LENGTH];
    sm3_begin(state);
    for (size_t i = 0; i < count; i++) {
        const char *parts[] = {lines[i].candidate.post,   "\t", lines[i].name, "\t",
                               lines[i].candidate.person, "\n"};
        for (size_t k = 0; k < COUNT_OF(parts); k++)
            sm3_add(state, parts[k], strlen(parts[k]));
    }
    sm3_end(state, hash);
    return hex_format(call->ctx, hash, SM3_LENGTH);
}

static enum err
candidates_post_apply(struct call *call)
{
    struct line *lines;
    size_t count;
    int64_t place = 0;
    TRY(list_order(call, &lines, &count));
    ties_swap(call, lines, count);
    for (size_t i = 0; i < count; i++) {
        const bool same = i > 0 && lines[i].post_place == lines[i - 1].post_place;
        place = same ? place + 1 : 1;
        lines[i].candidate.place = place;
        TRY(candidate_store_put(call->ctx, call->db, &lines[i].candidate));
    }
    const struct candidate_list list = {
        .unit = call->unit,
        .body = call_text(call, "body"),
        .list = call_text(call, "list"),
        .seq = call->seq,
        .posted_on = call_date(call, "posted_on"),
        .hash = list_hash(call, lines, count),
    };
    return list_store_put(call->ctx, call->db, &list);
}

ACT_CODE(candidates_post, CANDIDATES_POST_FIELDS, candidates_post_check, candidates_post_apply,
         NULL);

/* --- candidate.replace 依次递补 --- */

static const struct field CANDIDATE_REPLACE_FIELDS[] = {
    FIELD_CHOICES("body", FIELD_REQUIRED, "组织", "body", PEOPLE_BODIES),
    FIELD(FIELD_PERSON, "out", FIELD_REQUIRED, "退出人", "out"),
    FIELD(FIELD_PERSON, "in", FIELD_REQUIRED, "递补人", "in"),
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post", PEOPLE_POSTS),
    FIELD_CHOICES("reason", FIELD_REQUIRED, "原因", "reason",
                  "declined withdrawn disqualified struck died"),
    FIELDS_END,
};

static enum err
out_check(struct call *call)
{
    struct candidate out;
    const char *reason = call_text(call, "reason");
    bool barred = false;
    const enum err err =
        candidate_store_find(call->ctx, call->db, call->unit, call_text(call, "body"),
                             call_text(call, "out"), call_text(call, "post"), &out);
    if (err == ERR_NOT_FOUND) {
        call_block(call, RULE_SEQ_01, "%s 不是这一职务的人选", "%s does not stand for this post",
                   call_text(call, "out"));
        return ERR_OK;
    }
    TRY(err);
    if (strcmp(reason, "struck") == 0)
        TRY(sanction_store_bars(call->ctx, call->db, call->unit, call_text(call, "out"), &barred));
    if (strcmp(reason, "died") != 0 && strcmp(out.state, reason) != 0 && !barred)
        call_block(call, RULE_SEQ_01, "%s 的状态是 %s，不是 %s", "%s is %s, not %s",
                   call_text(call, "out"), state_words(call->ctx, STATE_PERSON, out.state),
                   state_words(call->ctx, STATE_PERSON, reason));
    return ERR_OK;
}

/* True once the confirmed list exists: who comes in must be qualified then. */
static enum err
is_confirmed(struct call *call, bool *ret_is)
{
    const struct people_act confirmed = {.act = "candidates.confirm",
                                         .body = call_text(call, "body")};
    return people_has(call, &confirmed, ret_is);
}

/* NOM-08: the next by votes who has not gone out and is on no list yet; "" if there is none. */
static enum err
next_by_votes(struct call *call, const char **ret_person)
{
    struct nomination_vote *votes;
    size_t count;
    const char *body = call_text(call, "body");
    TRY(vote_store_list(call->ctx, call->db, call->unit, "nomination", &votes, &count));
    for (size_t i = 0; i < count; i++) {
        struct candidate *rows;
        struct candidate_answer answer = {.answer = ""};
        size_t row_count;
        bool free = strcmp(votes[i].post, call_text(call, "post")) == 0;
        TRY(candidate_store_list(call->ctx, call->db, call->unit, body, NULL, &rows, &row_count));
        for (size_t j = 0; j < row_count && free; j++) {
            const bool waits =
                strcmp(rows[j].state, "qualified") == 0 || strcmp(rows[j].state, "in_review") == 0;
            free = strcmp(rows[j].person, votes[i].person) != 0 || waits;
        }
        const enum err err =
            answer_store_find(call->ctx, call->db, call->unit, body, votes[i].person, &answer);
        if (err != ERR_OK && err != ERR_NOT_FOUND)
            return err;
        const bool gone = answer.answer[0] && strcmp(answer.answer, "accept") != 0;
        if (!free || gone)
            continue;
        *ret_person = votes[i].person;
        return ERR_OK;
    }
    *ret_person = "";
    return ERR_OK;
}

static enum err
order_of_votes_check(struct call *call)
{
    const char *next;
    const char *name;
    if (!people_body_is(call, "village"))
        return ERR_OK;
    TRY(next_by_votes(call, &next));
    if (call_is(call, "in", next))
        return ERR_OK;
    TRY(people_name(call, next, &name));
    call_block(call, RULE_NOM_08, "应按提名得票依次递补：下一位是 %s",
               "the next by nomination votes comes in: %s", next[0] ? name : "—");
    return ERR_OK;
}

static enum err
in_qualified_check(struct call *call)
{
    struct candidate in = {.state = ""};
    struct review_step decided;
    const char *person = call_text(call, "in");
    const enum err err =
        candidate_store_find(call->ctx, call->db, call->unit, call_text(call, "body"), person,
                             call_text(call, "post"), &in);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    TRY(people_step(call, person, "township", &decided));
    if (strcmp(in.state, "qualified") != 0 ||
        (people_body_is(call, "village") && strcmp(decided.result, "y") != 0))
        finding_todo(call,
                     call_block(call, RULE_SEQ_01, "%s 还没有联审合格、审定同意",
                                "%s is not reviewed and approved yet", person),
                     "先办理 review.open 至 inspect.decide",
                     "do review.open to inspect.decide first");
    TRY(people_pledged(call, person));
    return people_eligible(call, person, call_text(call, "post"), false);
}

/* ELG-05 with those who stay. */
static enum err
in_kin_check(struct call *call)
{
    struct candidate *list;
    size_t count;
    TRY(candidate_store_list(call->ctx, call->db, call->unit, call_text(call, "body"), NULL, &list,
                             &count));
    for (size_t i = 0; i < count; i++) {
        const bool listed =
            strcmp(list[i].state, "formal") == 0 || strcmp(list[i].state, "preparatory") == 0;
        const char *pair[] = {call_text(call, "in"), list[i].person};
        if (listed && !call_is(call, "out", list[i].person) && !call_is(call, "in", list[i].person))
            TRY(people_kin(call, pair, COUNT_OF(pair)));
    }
    return ERR_OK;
}

/* CAL-04: the changed list cannot keep the days after death or sanction; who merely declined or
 * withdrew late must move D, or it would be a way around the days. */
static enum err
replace_day_check(struct call *call)
{
    struct calendar_bases bases = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                                   DATE_NONE, DATE_NONE, DATE_NONE};
    if (!people_body_is(call, "village"))
        return ERR_OK;
    TRY(day_store_get(call->ctx, call->db, call->unit, "village", &bases.polling_day));
    const struct date last = calendar_deadline(call->pack, CALENDAR_CANDIDATES_POSTED, &bases);
    if (!date_is_set(last) || date_compare(call->today, last) <= 0)
        return ERR_OK;
    if (call_is(call, "reason", "declined") || call_is(call, "reason", "withdrawn"))
        finding_todo(call,
                     call_block(call, RULE_CAL_04, "变更后的名单最迟 %s 张榜",
                                "the changed list was due by %s", date_format(call->ctx, last)),
                     "推迟选举日（day.change）", "move the polling day (day.change)");
    else
        call_explain(call, RULE_CAL_04, "变更后的名单晚于 %s 张榜",
                     "the changed list comes after %s", date_format(call->ctx, last));
    return ERR_OK;
}

static enum err
candidate_replace_check(struct call *call)
{
    bool confirmed;
    TRY(people_poll_open(call));
    TRY(out_check(call));
    TRY(order_of_votes_check(call));
    TRY(people_sanctioned(call, call_text(call, "in")));
    TRY(is_confirmed(call, &confirmed));
    if (!confirmed)
        return people_eligible(call, call_text(call, "in"), call_text(call, "post"), true);
    TRY(in_qualified_check(call));
    TRY(in_kin_check(call));
    return replace_day_check(call);
}

/* Printed ballots that carry the name are of no use any more. */
static enum err
ballots_retire(struct call *call)
{
    struct round round;
    const enum err err =
        round_store_last(call->ctx, call->db, call->unit, call_text(call, "body"), "first", &round);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    TRY(round_store_strike(call->ctx, call->db, call->unit, call_text(call, "body"),
                           call_text(call, "out")));
    return form_store_retire(call->ctx, call->db, call->unit, round.round, call_text(call, "post"));
}

/* The posted lists no longer say who stands: they are posted anew. */
static enum err
lists_replace(struct call *call, const char *list)
{
    const struct standing_query posting = {.unit = call->unit,
                                           .act = "candidates.post",
                                           .body = call_text(call, "body"),
                                           .list = list,
                                           .round = -1};
    return standing_store_set_matching(call->ctx, call->db, &posting, "replaced");
}

static enum err
votes_for(struct call *call, int64_t *ret_votes)
{
    struct nomination_vote *votes;
    size_t count;
    *ret_votes = 0;
    TRY(vote_store_list(call->ctx, call->db, call->unit, "nomination", &votes, &count));
    for (size_t i = 0; i < count; i++) {
        if (call_is(call, "in", votes[i].person) && call_is(call, "post", votes[i].post))
            *ret_votes = votes[i].votes;
    }
    return ERR_OK;
}

static enum err
candidate_replace_apply(struct call *call)
{
    const char *body = call_text(call, "body");
    const char *reason = call_text(call, "reason");
    const bool party = strncmp(body, "party", strlen("party")) == 0;
    struct candidate in = {.unit = call->unit,
                           .body = body,
                           .person = call_text(call, "in"),
                           .post = call_text(call, "post"),
                           .source = "nominated"};
    bool confirmed;
    TRY(is_confirmed(call, &confirmed));
    TRY(candidate_store_set_state(call->ctx, call->db, call->unit, body, call_text(call, "out"),
                                  strcmp(reason, "died") == 0 ? "void" : reason));
    TRY(votes_for(call, &in.votes));
    in.state = "nominee";
    if (confirmed)
        in.state = party ? "preparatory" : "formal";
    TRY(candidate_store_put(call->ctx, call->db, &in));
    if (people_body_is(call, "village"))
        TRY(proxy_store_end_of_candidate(call->ctx, call->db, call->unit, in.person, call->seq));
    TRY(lists_replace(call, confirmed ? (party ? "preparatory" : "formal") : "initial"));
    return ballots_retire(call);
}

ACT_CODE(candidate_replace, CANDIDATE_REPLACE_FIELDS, candidate_replace_check,
         candidate_replace_apply, NULL);
