/* SPDX-License-Identifier: Apache-2.0 */
/* Ballots before the poll (acts.md 6.7): ballot.design, ballot.print, ballot.allot. */
#include <string.h>

#include "act/polling.h"
#include "domain/polling.h"
#include "store/form_store.h"
#include "store/person_store.h"
#include "store/standing_store.h"
#include "store/voter_store.h"

/* --- ballot.design 确定选票样式 --- */

static const struct field DESIGN_POSTS[] = {
    FIELD_CHOICES("post", FIELD_REQUIRED, "职务", "post",
                  "chair vice_chair women_member member party_secretary party_deputy discipline "
                  "party_committee"),
    FIELD(FIELD_INT, "write_in_lines", FIELD_REQUIRED, "另选他人空格行数", "write-in lines"),
    FIELDS_END,
};

static const struct field BALLOT_DESIGN_FIELDS[] = {
    FIELD(FIELD_INT, "round", FIELD_REQUIRED, "轮次", "round"),
    FIELD(FIELD_INT, "form", FIELD_REQUIRED, "样式号", "form"),
    FIELD_CHOICES("layout", FIELD_REQUIRED, "合一或者分职", "layout", "combined per_post"),
    FIELD_ROWS("posts", FIELD_REQUIRED, "职务", "posts", DESIGN_POSTS),
    FIELD_CHOICES("size", FIELD_REQUIRED, "纸张", "size", "A5 A4"),
    FIELD(FIELD_TEXT, "colour", FIELD_WORDING, "颜色", "colour"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* A post of the form as it will be kept. */
struct design_post {
    const char *word;
    int64_t seats;
    int64_t lines;
    struct polling_people people;
};

static enum err
design_post_read(const struct call *call, const struct round *round, const json_t *row,
                 struct design_post *ret_post)
{
    struct design_post post = {.word = row_text(row, "post"),
                               .lines = row_int(row, "write_in_lines")};
    TRY(polling_seats(call, round, post.word, &post.seats));
    if (strcmp(round->kind, "nomination") != 0)
        TRY(polling_candidates(call, round, post.word, &post.people));
    *ret_post = post;
    return ERR_OK;
}

static enum err
design_post_check(struct call *call, const struct round *round, const json_t *row)
{
    struct design_post post;
    enum post word = POST_COUNT;
    TRY(design_post_read(call, round, row, &post));
    if (!post_find(post.word, &word))
        BUG("a post the field list does not allow");
    if (!post.seats)
        call_block(call, RULE_BAL_02, "本轮不选%s", "there is no %s to elect in this round",
                   text_pick(call->ctx, post_title(word)));
    const struct polling_lines lines = {word, post.seats, post.lines, post.people.count > 0};
    polling_lines_check(call->ctx, &lines, call->findings);
    return ERR_OK;
}

/* All posts of the round that the form does not carry: none may be missing on a combined one. */
static enum err
design_whole_check(struct call *call, const struct round *round)
{
    static const enum post POSTS[] = {POST_CHAIR, POST_VICE_CHAIR, POST_WOMEN_MEMBER, POST_MEMBER};
    const bool combined = call_is(call, "layout", "combined");
    const size_t count = call_count(call, "posts");
    int64_t of_round = 0;
    for (size_t i = 0; i < COUNT_OF(POSTS); i++) {
        int64_t seats;
        bool carried = false;
        TRY(polling_seats(call, round, post_word(POSTS[i]), &seats));
        of_round += seats > 0;
        for (size_t j = 0; j < count; j++)
            carried |= row_is(call_row(call, "posts", j), "post", post_word(POSTS[i]));
        if (combined && seats && !carried)
            call_block(call, RULE_BAL_03, "合一选票缺%s", "the combined ballot lacks %s",
                       text_pick(call->ctx, post_title(POSTS[i])));
    }
    if (!combined && count != 1)
        call_block(call, RULE_BAL_03, "分职选票每张只有一职", "a ballot per post carries one post");
    polling_layout_check(call->ctx, call->pack, combined, of_round, call->findings);
    return ERR_OK;
}

static bool
people_equal(const struct polling_people *people, const struct form_candidate *names, size_t count)
{
    bool equal = people->count == count;
    for (size_t i = 0; i < count && equal; i++)
        equal = strcmp(people->list[i], names[i].person) == 0;
    return equal;
}

/* The printed form, other than the one designed now, that carries the post; 0: none. */
static enum err
printed_form(const struct call *call, const struct round *round, const char *post,
             int64_t *ret_form)
{
    struct form_post *carried;
    size_t count;
    *ret_form = 0;
    TRY(form_store_posts(call->ctx, call->db, call->unit, round->round, 0, &carried, &count));
    for (size_t i = 0; i < count; i++) {
        struct form form;
        TRY(form_store_find(call->ctx, call->db, call->unit, round->round, carried[i].form, &form));
        if (strcmp(carried[i].post, post) == 0 && strcmp(form.state, "printed") == 0 &&
            form.form != call_int(call, "form"))
            *ret_form = form.form;
    }
    return ERR_OK;
}

/* A printed form is frozen; another takes its place only when a candidate changed (SEQ-04). */
static enum err
design_frozen_check(struct call *call, const struct round *round)
{
    struct form form;
    int64_t frozen = 0;
    bool changed = false;
    const enum err err = form_store_find(call->ctx, call->db, call->unit, round->round,
                                         call_int(call, "form"), &form);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_OK && strcmp(form.state, "designed") != 0)
        call_block(call, RULE_SEQ_04, "%lld 号样式已经印制，不能改；须用新的样式号",
                   "form %lld is printed: a new one needs another number", (long long)form.form);
    for (size_t i = 0; i < call_count(call, "posts"); i++) {
        struct design_post post;
        struct form_candidate *names;
        size_t count;
        int64_t printed;
        TRY(design_post_read(call, round, call_row(call, "posts", i), &post));
        TRY(form_store_candidates(call->ctx, call->db, call->unit, round->round, post.word, &names,
                                  &count));
        TRY(printed_form(call, round, post.word, &printed));
        frozen = printed ? printed : frozen;
        changed |= printed && !people_equal(&post.people, names, count);
    }
    if (frozen && !changed)
        call_block(call, RULE_SEQ_04, "%lld 号样式已经印制，候选人没有变动",
                   "form %lld is printed and no candidate has changed", (long long)frozen);
    return ERR_OK;
}

/* The names on paper are those of the posted list, in its order (NOM-09, ORD-01). */
static enum err
design_posted_check(struct call *call, const struct round *round)
{
    bool without;
    const struct standing_query query = {.unit = call->unit,
                                         .act = "candidates.post",
                                         .body = round->body,
                                         .round = -1,
                                         .list = "formal"};
    struct standing standing;
    if (round->after_round || strcmp(round->kind, "nomination") == 0)
        return ERR_OK;
    TRY(polling_without_candidates(call, &without));
    const enum err err = standing_store_last(call->ctx, call->db, &query, &standing);
    if (err == ERR_NOT_FOUND && !without)
        call_block(call, RULE_SEQ_01, "正式候选人名单还没有公布（candidates.post list=formal）",
                   "the formal list is not posted yet (candidates.post list=formal)");
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err
ballot_design_check(struct call *call)
{
    struct round round;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found || polling_block_opened(call, &round))
        return ERR_OK;
    if (call_int(call, "form") < 1)
        return FAIL_FIELD(call->ctx, "form", "form：样式号从 1 起", "form: numbers begin with 1");
    for (size_t i = 0; i < call_count(call, "posts"); i++) {
        for (size_t j = 0; j < i; j++) {
            if (row_is(call_row(call, "posts", j), "post",
                       row_text(call_row(call, "posts", i), "post")))
                return FAIL_FIELD(call->ctx, "posts", "posts：同一职务填了两次",
                                  "posts: one post is named twice");
        }
    }
    TRY(design_posted_check(call, &round));
    for (size_t i = 0; i < call_count(call, "posts"); i++)
        TRY(design_post_check(call, &round, call_row(call, "posts", i)));
    TRY(design_whole_check(call, &round));
    return design_frozen_check(call, &round);
}

static enum err
design_post_keep(const struct call *call, const struct round *round, int64_t place,
                 const struct design_post *post)
{
    const struct form_post kept = {
        .unit = call->unit,
        .round = round->round,
        .form = call_int(call, "form"),
        .post = post->word,
        .place = place,
        .seats = post->seats,
        .write_in_lines = post->lines,
    };
    TRY(form_store_add_post(call->ctx, call->db, &kept));
    for (size_t i = 0; i < post->people.count; i++) {
        const struct form_candidate name = {
            .unit = call->unit,
            .round = round->round,
            .form = kept.form,
            .post = post->word,
            .place = (int64_t)i + 1,
            .person = post->people.list[i],
        };
        TRY(form_store_add_candidate(call->ctx, call->db, &name));
    }
    return ERR_OK;
}

/* The round learns what the ballot says: count reads posts, seats and names from there. */
static enum err
design_round_keep(const struct call *call, const struct round *round,
                  const struct design_post *post)
{
    const struct round_post named = {
        .unit = call->unit, .round = round->round, .post = post->word, .seats = post->seats};
    TRY(round_store_add_post(call->ctx, call->db, call->unit, round->round, post->word,
                             post->seats));
    return round_store_set_candidates(call->ctx, call->db, &named, post->people.list,
                                      post->people.count);
}

static enum err
ballot_design_apply(struct call *call)
{
    struct round round;
    TRY(polling_round_find(call, &round));
    const struct form form = {
        .unit = call->unit,
        .round = round.round,
        .form = call_int(call, "form"),
        .layout = call_text(call, "layout"),
        .size = call_text(call, "size"),
        .colour = call_text(call, "colour"),
        .state = "designed",
        .seal_no = "",
        .seq = call->seq,
    };
    const size_t count = call_count(call, "posts");
    struct design_post *posts = mem_array(call->ctx->mem, struct design_post, count);
    for (size_t i = 0; i < count; i++) {
        TRY(design_post_read(call, &round, call_row(call, "posts", i), &posts[i]));
        TRY(form_store_retire(call->ctx, call->db, call->unit, round.round, posts[i].word));
    }
    TRY(form_store_put(call->ctx, call->db, &form));
    for (size_t i = 0; i < count; i++) {
        TRY(design_post_keep(call, &round, (int64_t)i + 1, &posts[i]));
        TRY(design_round_keep(call, &round, &posts[i]));
    }
    return ERR_OK;
}

ACT_CODE(ballot_design, BALLOT_DESIGN_FIELDS, ballot_design_check, ballot_design_apply, NULL);

/* --- ballot.print 印制并签封选票 --- */

static const struct field BALLOT_PRINT_FIELDS[] = {
    FIELD(FIELD_INT, "round", FIELD_REQUIRED, "轮次", "round"),
    FIELD(FIELD_INT, "form", FIELD_REQUIRED, "样式号", "form"),
    FIELD(FIELD_INT, "printed", FIELD_REQUIRED, "印制张数", "printed"),
    FIELD(FIELD_INT, "spoiled", FIELD_REQUIRED, "印废张数", "spoiled in print"),
    FIELD(FIELD_TEXT, "printer", FIELD_REQUIRED | FIELD_WORDING, "印制单位", "printer"),
    FIELD(FIELD_PERSONS, "witnesses", FIELD_REQUIRED, "监印人", "witnesses"),
    FIELD(FIELD_TEXT, "seal_no", FIELD_REQUIRED, "封条号", "seal number"),
    FIELD(FIELD_DATE, "on", FIELD_REQUIRED, "日期", "on"),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* The form exists and is in use; SEQ-01 and *ret_found false if not. */
static enum err
form_named(struct call *call, const struct round *round, int64_t number, struct form *ret_form,
           bool *ret_found)
{
    struct form form = {.state = "retired"};
    const enum err err =
        form_store_find(call->ctx, call->db, call->unit, round->round, number, &form);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    *ret_found = err == ERR_OK && strcmp(form.state, "retired") != 0;
    if (!*ret_found)
        call_block(call, RULE_SEQ_01, "本轮没有在用的 %lld 号选票样式（ballot.design）",
                   "there is no form %lld in use in this round (ballot.design)", (long long)number);
    else
        *ret_form = form;
    return ERR_OK;
}

static enum err
ballot_print_check(struct call *call)
{
    struct round round;
    struct form form;
    struct polling_print print = {0};
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found)
        return ERR_OK;
    call_not_future(call, "on");
    if (polling_reached(&round, ROUND_CLOSED))
        call_block(call, RULE_SEQ_04, "本轮投票已经结束", "the poll of this round is over");
    else if (polling_reached(&round, ROUND_OPEN))
        call_explain(call, RULE_BAL_01, "投票开始后加印选票",
                     "ballots printed after the poll opened");
    if (call_count(call, "witnesses") == 0)
        call_block(call, RULE_BAL_01, "印制选票须有监印人", "printing needs witnesses");
    TRY(form_named(call, &round, call_int(call, "form"), &form, &found));
    if (!found)
        return ERR_OK;
    TRY(voter_store_count(call->ctx, call->db, call->unit, &print.registered));
    print.printed = form.printed + call_int(call, "printed");
    print.spoiled = form.spoiled + call_int(call, "spoiled");
    polling_print_check(call->ctx, &print, call->findings);
    return ERR_OK;
}

static enum err
ballot_print_apply(struct call *call)
{
    struct round round;
    TRY(polling_round_find(call, &round));
    const struct form run = {
        .unit = call->unit,
        .round = round.round,
        .form = call_int(call, "form"),
        .printed = call_int(call, "printed"),
        .spoiled = call_int(call, "spoiled"),
        .seal_no = call_text(call, "seal_no"),
    };
    TRY(form_store_print(call->ctx, call->db, &run));
    if (polling_reached(&round, ROUND_PRINTED))
        return ERR_OK;
    return round_store_set_state(call->ctx, call->db, call->unit, round.round, ROUND_PRINTED);
}

ACT_CODE(ballot_print, BALLOT_PRINT_FIELDS, ballot_print_check, ballot_print_apply, NULL);

/* --- ballot.allot 领用选票 --- */

static const struct field ALLOT_ROWS[] = {
    FIELD(FIELD_INT, "box", FIELD_REQUIRED, "票箱号", "box"),
    FIELD(FIELD_INT, "form", FIELD_REQUIRED, "样式号", "form"),
    FIELD(FIELD_INT, "count", FIELD_REQUIRED, "张数", "count"),
    FIELD(FIELD_PERSON, "received_by", FIELD_REQUIRED, "领票人", "received by"),
    FIELD(FIELD_TEXT, "seal_no", FIELD_REQUIRED, "封条号", "seal number"),
    FIELDS_END,
};

static const struct field BALLOT_ALLOT_FIELDS[] = {
    FIELD(FIELD_INT, "round", FIELD_REQUIRED, "轮次", "round"),
    FIELD_ROWS("rows", FIELD_REQUIRED, "领用", "rows", ALLOT_ROWS),
    FIELDS_CORRECTS,
    FIELDS_END,
};

/* STK-01: of one form, what is handed out in all stays within the good stock. */
static enum err
allot_form_check(struct call *call, const struct round *round, int64_t number)
{
    struct form form;
    int64_t allotted;
    bool found;
    TRY(form_named(call, round, number, &form, &found));
    if (!found)
        return ERR_OK;
    TRY(form_store_allotted(call->ctx, call->db, call->unit, round->round, number, &allotted));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        if (row_int(row, "form") == number)
            allotted += row_int(row, "count");
    }
    if (allotted > form.printed - form.spoiled)
        call_block(call, RULE_STK_01, "%lld 号样式领用共 %lld 张 > 合格选票 %lld 张",
                   "form %lld: %lld allotted > %lld good ballots", (long long)number,
                   (long long)allotted, (long long)(form.printed - form.spoiled));
    return ERR_OK;
}

static enum err
ballot_allot_check(struct call *call)
{
    struct round round;
    bool found;
    TRY(polling_round(call, &round, &found));
    if (!found)
        return ERR_OK;
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        struct box box;
        bool seen = false;
        TRY(polling_box(call, &round, row_int(row, "box"), &box, &found));
        if (found && box_state_find(box.state) >= BOX_CLOSED)
            call_block(call, RULE_SEQ_04, "%lld 号票箱已经封箱", "box %lld is closed",
                       (long long)box.box);
        for (size_t j = 0; j < i; j++)
            seen |= row_int(call_row(call, "rows", j), "form") == row_int(row, "form");
        if (!seen)
            TRY(allot_form_check(call, &round, row_int(row, "form")));
    }
    return ERR_OK;
}

static enum err
ballot_allot_apply(struct call *call)
{
    struct round round;
    TRY(polling_round_find(call, &round));
    for (size_t i = 0; i < call_count(call, "rows"); i++) {
        const json_t *row = call_row(call, "rows", i);
        struct box box;
        TRY(form_store_allot(call->ctx, call->db, call->unit, round.round, row_int(row, "box"),
                             row_int(row, "form"), row_int(row, "count")));
        TRY(box_store_find(call->ctx, call->db, call->unit, round.round, row_int(row, "box"),
                           &box));
        if (box_state_find(box.state) == BOX_SET)
            TRY(box_store_set_state(call->ctx, call->db, call->unit, round.round, box.box,
                                    BOX_SEALED, row_text(row, "seal_no")));
    }
    return ERR_OK;
}

ACT_CODE(ballot_allot, BALLOT_ALLOT_FIELDS, ballot_allot_check, ballot_allot_apply, NULL);
