/* SPDX-License-Identifier: Apache-2.0 */
#include "act/ballot_forms.h"

#include <string.h>

#include "domain/words.h"

enum err
ballot_forms_load(const struct call *call, const struct round *round,
                  struct ballot_forms *ret_forms)
{
    struct ballot_forms forms = {0};
    size_t count;
    TRY(form_store_list(call->ctx, call->db, call->unit, round->round, &forms.list, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(forms.list[i].state, "printed") == 0)
            forms.list[forms.count++] = forms.list[i];
    }
    *ret_forms = forms;
    return ERR_OK;
}

bool
ballot_forms_are_separate(const struct ballot_forms *forms)
{
    return forms->count > 1;
}

const json_t *
ballot_forms_row(const struct call *call, int64_t form)
{
    for (size_t i = 0; i < call_count(call, "forms"); i++) {
        if (row_int(call_row(call, "forms", i), "form") == form)
            return call_row(call, "forms", i);
    }
    return NULL;
}

static enum err
rows_check(struct call *call, const struct ballot_forms *forms)
{
    for (size_t i = 0; i < forms->count; i++) {
        if (!ballot_forms_row(call, forms->list[i].form))
            return FAIL_FIELD(call->ctx, "forms",
                              "本轮有 %zu 种选票，须按样式填报：缺 %lld 号（forms）",
                              "the round has %zu kinds of ballots: form %lld is missing in forms",
                              forms->count, (long long)forms->list[i].form);
    }
    if (call_count(call, "forms") != forms->count)
        return FAIL_FIELD(call->ctx, "forms", "forms：%zu 种选票，每种一行",
                          "forms: one row for each of the %zu forms", forms->count);
    return ERR_OK;
}

static bool
sum_check(struct call *call, const char *column)
{
    int64_t sum = 0;
    for (size_t i = 0; i < call_count(call, "forms"); i++)
        sum += row_int(call_row(call, "forms", i), column);
    if (sum == call_int(call, column))
        return true;
    call_block(call, RULE_STK_01, "%s：各样式合计 %lld 张 ≠ 所填 %lld 张",
               "%s: the forms add up to %lld, %lld is given", column, (long long)sum,
               (long long)call_int(call, column));
    return false;
}

enum err
ballot_forms_check(struct call *call, const struct ballot_forms *forms, const char *columns,
                   bool *ret_whole)
{
    bool whole = true;
    if (!ballot_forms_are_separate(forms)) {
        if (call_count(call, "forms"))
            return FAIL_FIELD(call->ctx, "forms", "本轮只有一种选票，不按样式填报",
                              "the round has one kind of ballot: leave out forms");
        *ret_whole = true;
        return ERR_OK;
    }
    TRY(rows_check(call, forms));
    for (const char *at = columns; *at;) {
        const size_t length = strcspn(at, " ");
        whole = sum_check(call, mem_text_n(call->ctx->mem, at, length)) && whole;
        at += length + (at[length] == ' ');
    }
    *ret_whole = whole;
    return ERR_OK;
}

enum err
ballot_form_words(const struct call *call, const struct round *round, int64_t form,
                  const char **ret_words)
{
    struct form_post *posts;
    size_t count;
    const char *words = "";
    TRY(form_store_posts(call->ctx, call->db, call->unit, round->round, form, &posts, &count));
    for (size_t i = 0; i < count; i++) {
        enum post post;
        const bool known = post_find(posts[i].post, &post);
        words = mem_printf(call->ctx->mem, "%s%s%s", words,
                           i ? text_pick(call->ctx, (struct text){"、", ", "}) : "",
                           known ? text_pick(call->ctx, post_title(post)) : posts[i].post);
    }
    *ret_words = words;
    return ERR_OK;
}
