/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/ballot.h"

#include "exchange/law_case.h"

/* A paper before the posts are known: its keys as they stand. */
struct paper {
    const json_t *marks;
    const json_t *write_ins;
    const json_t *against;
    const char **defects;
    size_t defect_count;
};

struct given {
    struct ballot_facts facts;
    struct paper *papers;
    size_t paper_count;
};

static const struct bind_choice SCOPES[] = {
    {"section", BALLOT_SCOPE_SECTION},
    {"ballot", BALLOT_SCOPE_BALLOT},
    {NULL, 0},
};

static enum err
sections_keep(struct binder *binder, const json_t *value, void *ret_member)
{
    const json_t **member = ret_member;
    if (!json_is_object(value))
        return BIND_REFUSE(binder, "应为对象", "must be an object");
    *member = value;
    return ERR_OK;
}

/* Being there at all is what makes written names be tested. */
static enum err
voters_read(struct binder *binder, const json_t *value, void *ret_member)
{
    struct ballot_facts *facts = ret_member;
    facts->voters_known = true;
    return bind_names(binder, value, false, &facts->voters.list, &facts->voters.count);
}

static const struct bind_field POST_FIELDS[] = {
    BIND(struct ballot_post, post, CHOICE, .required = true, .choices = LAW_VILLAGE_POSTS),
    BIND(struct ballot_post, seats, COUNT, .required = true, .min = 1),
    {.key = "candidates",
     .type = BIND_NAMES,
     .required = true,
     .unique = true,
     .at = offsetof(struct ballot_post, candidates.list),
     .count_at = offsetof(struct ballot_post, candidates.count)},
};
static const struct bind_table POST_TABLE = BIND_TABLE(struct ballot_post, POST_FIELDS);

static const struct bind_field PAPER_FIELDS[] = {
    BIND(struct paper, marks, CUSTOM, .required = true, .read = sections_keep),
    BIND(struct paper, write_ins, CUSTOM, .read = sections_keep),
    BIND(struct paper, against, CUSTOM, .read = sections_keep),
    BIND_LIST(struct paper, defects, defect_count, TEXTS),
};
static const struct bind_table PAPER = BIND_TABLE(struct paper, PAPER_FIELDS);

static const struct bind_field GIVEN_FIELDS[] = {
    {.key = "posts",
     .type = BIND_OBJECTS,
     .required = true,
     .unique_key = "post",
     .object = &POST_TABLE,
     .at = offsetof(struct given, facts.posts),
     .count_at = offsetof(struct given, facts.post_count)},
    {.key = "voters",
     .type = BIND_CUSTOM,
     .read = voters_read,
     .at = offsetof(struct given, facts)},
    {.key = "duplicate_names",
     .type = BIND_NAMES,
     .at = offsetof(struct given, facts.duplicate_names.list),
     .count_at = offsetof(struct given, facts.duplicate_names.count)},
    {.key = "scope",
     .type = BIND_CHOICE,
     .choices = SCOPES,
     .fallback = BALLOT_SCOPE_BY_PACK,
     .at = offsetof(struct given, facts.scope)},
    {.key = "ballots",
     .type = BIND_OBJECTS,
     .required = true,
     .object = &PAPER,
     .at = offsetof(struct given, papers),
     .count_at = offsetof(struct given, paper_count)},
};

static struct ballot_section *
section_find(const struct ballot_facts *facts, const struct ballot_paper *paper, const char *word)
{
    for (size_t i = 0; i < facts->post_count; i++) {
        if (strcmp(post_word(facts->posts[i].post), word) == 0)
            return &paper->sections[i];
    }
    return NULL;
}

/* Reads {post: [names]} into the list of names at `at` of each section. */
static enum err
sections_read(struct binder *binder, const struct ballot_facts *facts, const json_t *object,
              const struct ballot_paper *paper, size_t at)
{
    const char *word = NULL;
    json_t *names = NULL;
    json_object_foreach((json_t *)(uintptr_t)object, word, names)
    {
        struct ballot_section *section = section_find(facts, paper, word);
        if (!section)
            return BIND_REFUSE_FIELD(binder, word, "选票上没有这个职务",
                                     "no such post on the ballot");
        struct names *list = (struct names *)(void *)((char *)section + at);
        TRY(bind_within(binder, bind_names(binder, names, false, &list->list, &list->count), word));
    }
    return ERR_OK;
}

static enum err
defect_read(struct binder *binder, const struct ballot_facts *facts, const char *defect,
            struct ballot_paper *paper)
{
    static const char UNREADABLE[] = "unreadable:";
    struct ballot_section *section = NULL;
    if (strncmp(defect, UNREADABLE, strlen(UNREADABLE)) == 0)
        section = section_find(facts, paper, defect + strlen(UNREADABLE));
    if (section)
        section->unreadable = true;
    else if (strcmp(defect, "signed") == 0)
        paper->is_signed = true;
    else if (strcmp(defect, "not_official") == 0)
        paper->not_official = true;
    else if (strcmp(defect, "illegible_all") == 0)
        paper->illegible_all = true;
    else
        return BIND_REFUSE_FIELD(binder, "defects", "没有“%s”这种毛病", "no such defect: \"%s\"",
                                 defect);
    return ERR_OK;
}

static enum err
paper_read(struct binder *binder, const struct ballot_facts *facts, const struct paper *given,
           struct ballot_paper *paper)
{
    paper->sections = mem_array(binder->ctx->mem, struct ballot_section, facts->post_count);
    TRY(bind_within(
        binder,
        sections_read(binder, facts, given->marks, paper, offsetof(struct ballot_section, marks)),
        "marks"));
    TRY(bind_within(binder,
                    sections_read(binder, facts, given->write_ins, paper,
                                  offsetof(struct ballot_section, write_ins)),
                    "write_ins"));
    TRY(bind_within(binder,
                    sections_read(binder, facts, given->against, paper,
                                  offsetof(struct ballot_section, against)),
                    "against"));
    for (size_t i = 0; i < given->defect_count; i++)
        TRY(defect_read(binder, facts, given->defects[i], paper));
    return ERR_OK;
}

static enum err
papers_read(struct binder *binder, const struct given *given, struct ballot_facts *facts)
{
    facts->papers = mem_array(binder->ctx->mem, struct ballot_paper, given->paper_count);
    facts->paper_count = given->paper_count;
    for (size_t i = 0; i < given->paper_count; i++)
        TRY(bind_within_index(binder,
                              paper_read(binder, facts, &given->papers[i], &facts->papers[i]), i));
    return ERR_OK;
}

static void
sections_put(json_t *result, const struct ballot_result *ballots)
{
    json_t *sections = json_object();
    json_t *votes = json_object();
    for (size_t i = 0; i < ballots->section_count; i++) {
        const struct ballot_tally *tally = &ballots->sections[i];
        json_t *section = json_object();
        json_t *names = json_object();
        law_put_count(section, "valid", tally->valid);
        law_put_count(section, "void", tally->void_count);
        law_put_count(section, "blank", tally->blank);
        for (size_t k = 0; k < tally->vote_count; k++)
            law_put_count(names, tally->votes[k].name, tally->votes[k].votes);
        json_object_set_new(sections, post_word(tally->post), section);
        json_object_set_new(votes, post_word(tally->post), names);
    }
    json_object_set_new(result, "sections", sections);
    json_object_set_new(result, "votes", votes);
}

static void
papers_put(json_t *result, const struct ballot_result *ballots)
{
    json_t *void_ballots = json_array();
    json_t *refer = json_array();
    for (size_t i = 0; i < (size_t)ballots->recovered; i++) {
        if (ballots->readings[i] != PAPER_VALID)
            json_array_append_new(void_ballots, json_integer((json_int_t)i + 1));
        if (ballots->referred[i])
            json_array_append_new(refer, json_integer((json_int_t)i + 1));
    }
    json_object_set_new(result, "void_ballots", void_ballots);
    json_object_set_new(result, "refer", refer);
}

static enum err
answer_ballots(struct law_question *question, const void *given, json_t *result)
{
    struct ctx *ctx = question->ctx;
    const struct given *it = given;
    struct ballot_facts facts = it->facts;
    struct ballot_result ballots = {0};
    TRY(bind_within(question->binder, papers_read(question->binder, it, &facts), "ballots"));
    const enum err err = ballots_read(ctx, question->pack, &facts, &ballots);
    TRY(bind_within(question->binder, err, ctx->failure.field));
    law_put_count(result, "recovered", ballots.recovered);
    law_put_count(result, "valid", ballots.valid);
    law_put_count(result, "void", ballots.void_count);
    law_put_count(result, "blank", ballots.blank);
    sections_put(result, &ballots);
    papers_put(result, &ballots);
    law_add_why(question, &ballots.why);
    return ERR_OK;
}

const struct law_check law_check_ballots = {
    .name = "ballots",
    .given = BIND_TABLE(struct given, GIVEN_FIELDS),
    .day_at = LAW_NO_DAY,
    .answer = answer_ballots,
};
