/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/ballot.h"

#include <inttypes.h>

#define AT(ctx, ...) mem_printf((ctx)->mem, __VA_ARGS__)

/* What is known of a name, whatever the section. */
struct known {
    bool candidate; /* of any post */
    bool voter;
    bool doubled;       /* borne by two voters: nobody knows which is meant */
    uint64_t paper;     /* last paper whose valid sections chose it */
    uint64_t section;   /* last section looked at that chose it */
    uint64_t against;   /* last section looked at with a mark against it */
    uint32_t chosen_in; /* valid sections of that paper that chose it */
};

/* Names chosen in one section of the paper at hand. */
struct choice {
    size_t *names; /* room for all names on the section of any paper */
    size_t count;
    bool is_void;
    bool over;
    bool is_blank;
};

struct reader {
    struct ctx *ctx;
    const struct ballot_facts *facts;
    struct ballot_result *result;
    bool over_voids_ballot;
    bool two_posts_void_ballot;
    bool signed_voids;
    struct name_table names;
    struct known *known;    /* by name */
    bool **printed;         /* by section and name */
    bool **marked;          /* by section and name: chosen by a mark on the paper at hand */
    int64_t **votes;        /* by section and name */
    struct choice *choices; /* by section */
    uint64_t section_stamp; /* numbers of sections and papers looked at; 0: none */
    uint64_t paper_stamp;
};

static const struct text READING_TITLES[] = {
    [PAPER_VALID] = {"有效", "valid"},
    [PAPER_NOT_OFFICIAL] = {"不是正式选票", "not an official ballot"},
    [PAPER_ILLEGIBLE] = {"全部无法辨认", "illegible"},
    [PAPER_SIGNED] = {"署名", "signed"},
    [PAPER_OVER_VOTE] = {"所选多于应选名额", "more chosen than seats"},
    [PAPER_TWO_POSTS] = {"同一人选任两职", "one person chosen for two posts"},
    [PAPER_ALL_SECTIONS_VOID] = {"各职部分均无效", "every section is void"},
};

struct text
paper_reading_title(enum paper_reading reading)
{
    return READING_TITLES[reading];
}

static void
names_add_all(struct reader *reader, const struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        name_add(reader->ctx, &reader->names, names->list[i]);
}

/* First pass: every name gets its number, so that all arrays have their size. */
static void
names_number(struct reader *reader)
{
    const struct ballot_facts *facts = reader->facts;
    for (size_t i = 0; i < facts->post_count; i++)
        names_add_all(reader, &facts->posts[i].candidates);
    names_add_all(reader, &facts->voters);
    names_add_all(reader, &facts->duplicate_names);
    for (size_t i = 0; i < facts->paper_count; i++) {
        for (size_t k = 0; k < facts->post_count; k++)
            names_add_all(reader, &facts->papers[i].sections[k].write_ins);
    }
}

static void
known_build(struct reader *reader)
{
    const struct ballot_facts *facts = reader->facts;
    reader->known = mem_array(reader->ctx->mem, struct known, reader->names.count + 1);
    for (size_t i = 0; i < facts->voters.count; i++) {
        struct known *known = &reader->known[name_find(&reader->names, facts->voters.list[i])];
        known->doubled = known->doubled || known->voter;
        known->voter = true;
    }
    for (size_t i = 0; i < facts->duplicate_names.count; i++)
        reader->known[name_find(&reader->names, facts->duplicate_names.list[i])].doubled = true;
}

static enum err
post_build(struct reader *reader, size_t place)
{
    struct ctx *ctx = reader->ctx;
    const struct ballot_post *post = &reader->facts->posts[place];
    size_t second = 0;
    for (size_t i = 0; i < place; i++) {
        if (reader->facts->posts[i].post == post->post)
            return FAIL_FIELD(ctx, AT(ctx, "posts[%zu].post", place), "%s 出现两次",
                              "%s stands twice", post_word(post->post));
    }
    if (post->seats < 1)
        return FAIL_FIELD(ctx, AT(ctx, "posts[%zu].seats", place), "应选名额须为正数",
                          "there must be a seat");
    if (names_double(ctx, &post->candidates, &second))
        return FAIL_FIELD(ctx, AT(ctx, "posts[%zu].candidates[%zu]", place, second), "%s 出现两次",
                          "%s stands twice", post->candidates.list[second]);
    const size_t names = reader->names.count + 1;
    reader->printed[place] = mem_array(ctx->mem, bool, names);
    reader->marked[place] = mem_array(ctx->mem, bool, names);
    reader->votes[place] = mem_array(ctx->mem, int64_t, names);
    reader->choices[place].names = mem_array(ctx->mem, size_t, names);
    for (size_t i = 0; i < post->candidates.count; i++) {
        const size_t name = name_find(&reader->names, post->candidates.list[i]);
        reader->printed[place][name] = true;
        reader->known[name].candidate = true;
    }
    return ERR_OK;
}

static enum err
reader_build(struct reader *reader)
{
    const size_t posts = reader->facts->post_count;
    void *mem = reader->ctx->mem;
    names_number(reader);
    known_build(reader);
    reader->printed = mem_array(mem, bool *, posts);
    reader->marked = mem_array(mem, bool *, posts);
    reader->votes = mem_array(mem, int64_t *, posts);
    reader->choices = mem_array(mem, struct choice, posts);
    reader->result->sections = mem_array(mem, struct ballot_tally, posts);
    reader->result->section_count = posts;
    reader->result->readings = mem_array(mem, enum paper_reading, reader->facts->paper_count);
    reader->result->referred = mem_array(mem, bool, reader->facts->paper_count);
    for (size_t i = 0; i < posts; i++)
        TRY(post_build(reader, i));
    return ERR_OK;
}

/* A mark for or against stands beside a printed name, or the facts are wrong. */
static enum err
printed_check(struct reader *reader, size_t paper, size_t section, const struct names *names,
              const char *what)
{
    for (size_t i = 0; i < names->count; i++) {
        const size_t name = name_find(&reader->names, names->list[i]);
        if (name == NAME_NONE || !reader->printed[section][name])
            return FAIL_FIELD(reader->ctx,
                              AT(reader->ctx, "ballots[%zu].%s.%s", paper, what,
                                 post_word(reader->facts->posts[section].post)),
                              "选票上没有印 %s", "%s is not printed there", names->list[i]);
    }
    return ERR_OK;
}

/* Adds names to the choice, each once, without those also marked against. */
static void
choice_add(struct reader *reader, size_t section, const struct names *names, bool marks)
{
    struct choice *choice = &reader->choices[section];
    for (size_t i = 0; i < names->count; i++) {
        const size_t name = name_find(&reader->names, names->list[i]);
        struct known *known = &reader->known[name];
        if (known->against == reader->section_stamp || known->section == reader->section_stamp)
            continue;
        known->section = reader->section_stamp;
        reader->marked[section][name] = marks;
        choice->names[choice->count++] = name;
    }
}

static void
section_read(struct reader *reader, size_t place, const struct ballot_section *section)
{
    struct choice *choice = &reader->choices[place];
    reader->section_stamp++;
    choice->count = 0;
    for (size_t i = 0; i < section->against.count; i++) {
        const size_t name = name_find(&reader->names, section->against.list[i]);
        reader->known[name].against = reader->section_stamp;
    }
    choice_add(reader, place, &section->marks, true);
    choice_add(reader, place, &section->write_ins, false);
    choice->over = (int64_t)choice->count > reader->facts->posts[place].seats;
    choice->is_void = choice->over || section->unreadable;
    choice->is_blank =
        section->marks.count + section->write_ins.count + section->against.count == 0;
}

/* Counts in how many valid sections each name is chosen; true if one is in two. */
static bool
two_posts_find(struct reader *reader)
{
    bool found = false;
    reader->paper_stamp++;
    for (size_t i = 0; i < reader->facts->post_count; i++) {
        const struct choice *choice = &reader->choices[i];
        for (size_t k = 0; !choice->is_void && k < choice->count; k++) {
            struct known *known = &reader->known[choice->names[k]];
            if (known->paper != reader->paper_stamp)
                known->chosen_in = 0;
            known->paper = reader->paper_stamp;
            known->chosen_in++;
            found = found || known->chosen_in > 1;
        }
    }
    return found;
}

/* The whole paper; its sections are read already. */
static enum paper_reading
paper_judge(struct reader *reader, const struct ballot_paper *paper)
{
    size_t void_sections = 0;
    bool over = false;
    if (paper->not_official)
        return PAPER_NOT_OFFICIAL;
    if (paper->illegible_all)
        return PAPER_ILLEGIBLE;
    if (paper->is_signed && reader->signed_voids)
        return PAPER_SIGNED;
    for (size_t i = 0; i < reader->facts->post_count; i++) {
        over = over || reader->choices[i].over;
        void_sections += reader->choices[i].is_void;
    }
    if (over && reader->over_voids_ballot)
        return PAPER_OVER_VOTE;
    if (two_posts_find(reader) && reader->two_posts_void_ballot)
        return PAPER_TWO_POSTS;
    if (void_sections > 0 && void_sections == reader->facts->post_count)
        return PAPER_ALL_SECTIONS_VOID;
    return PAPER_VALID;
}

/* 规程: 另选他人须为登记参加选举的村民, 且能辨认. A mark beside a printed name always counts. */
static bool
name_counts(const struct reader *reader, size_t section, size_t name)
{
    const struct known *known = &reader->known[name];
    if (known->chosen_in > 1)
        return false;
    if (reader->marked[section][name] || !reader->facts->voters_known)
        return true;
    return (known->voter || known->candidate) && !known->doubled;
}

static void
sections_count(struct reader *reader, bool paper_is_void)
{
    size_t blank = 0;
    for (size_t i = 0; i < reader->facts->post_count; i++) {
        const struct choice *choice = &reader->choices[i];
        struct ballot_tally *tally = &reader->result->sections[i];
        if (paper_is_void || choice->is_void) {
            tally->void_count++;
            continue;
        }
        tally->valid++;
        tally->blank += choice->is_blank;
        blank += choice->is_blank;
        for (size_t k = 0; k < choice->count; k++)
            reader->votes[i][choice->names[k]] += name_counts(reader, i, choice->names[k]);
    }
    if (!paper_is_void && blank == reader->facts->post_count)
        reader->result->blank++;
}

static enum err
paper_read(struct reader *reader, size_t place)
{
    const struct ballot_paper *paper = &reader->facts->papers[place];
    struct ballot_result *result = reader->result;
    for (size_t i = 0; i < reader->facts->post_count; i++) {
        TRY(printed_check(reader, place, i, &paper->sections[i].marks, "marks"));
        TRY(printed_check(reader, place, i, &paper->sections[i].against, "against"));
        section_read(reader, i, &paper->sections[i]);
    }
    const enum paper_reading reading = paper_judge(reader, paper);
    const bool is_void = reading != PAPER_VALID;
    sections_count(reader, is_void);
    result->readings[place] = reading;
    result->referred[place] = paper->is_signed && !is_void;
    result->void_count += is_void;
    result->valid += !is_void;
    return ERR_OK;
}

/* Printed names in their order, then the written ones that got a vote. */
static void
votes_list(struct reader *reader, size_t section)
{
    const struct names *candidates = &reader->facts->posts[section].candidates;
    struct ballot_tally *tally = &reader->result->sections[section];
    tally->post = reader->facts->posts[section].post;
    tally->votes = mem_array(reader->ctx->mem, struct ballot_votes, reader->names.count + 1);
    for (size_t i = 0; i < candidates->count; i++) {
        const size_t name = name_find(&reader->names, candidates->list[i]);
        tally->votes[tally->vote_count++] =
            (struct ballot_votes){candidates->list[i], reader->votes[section][name]};
    }
    for (size_t name = 0; name < reader->names.count; name++) {
        if (reader->printed[section][name] || reader->votes[section][name] == 0)
            continue;
        tally->votes[tally->vote_count++] =
            (struct ballot_votes){reader->names.names[name], reader->votes[section][name]};
    }
}

static void
why_papers(struct reader *reader)
{
    static const enum rule RULES[] = {
        [PAPER_VALID] = RULE_CNT_05,
        [PAPER_NOT_OFFICIAL] = RULE_BAL_01,
        [PAPER_ILLEGIBLE] = RULE_CNT_05,
        [PAPER_SIGNED] = RULE_CNT_05,
        [PAPER_OVER_VOTE] = RULE_CNT_03,
        [PAPER_TWO_POSTS] = RULE_CNT_04,
        [PAPER_ALL_SECTIONS_VOID] = RULE_CNT_03,
    };
    struct ctx *ctx = reader->ctx;
    struct ballot_result *result = reader->result;
    for (size_t i = 0; i < reader->facts->paper_count; i++) {
        const enum paper_reading reading = result->readings[i];
        if (reading != PAPER_VALID)
            derivation_add(ctx, &result->why, RULES[reading],
                           text_format(ctx, "第 %zu 张无效：%s", "paper %zu is void: %s", i + 1,
                                       text_pick(ctx, READING_TITLES[reading])));
        else if (result->referred[i])
            derivation_add(ctx, &result->why, RULE_CNT_05,
                           text_format(ctx, "第 %zu 张署名：先计有效，由选举委员会决定",
                                       "paper %zu is signed: valid until the committee decides",
                                       i + 1));
    }
}

static void
why_totals(struct reader *reader)
{
    struct ctx *ctx = reader->ctx;
    struct ballot_result *result = reader->result;
    derivation_add(ctx, &result->why, RULE_CNT_07,
                   text_format(ctx,
                               "收回 %" PRId64 " 张 = 有效 %" PRId64 " + 无效 %" PRId64
                               "；有效中全空白 %" PRId64 " 张",
                               "%" PRId64 " recovered = %" PRId64 " valid + %" PRId64
                               " void; %" PRId64 " of the valid are blank",
                               result->recovered, result->valid, result->void_count,
                               result->blank));
    for (size_t i = 0; i < result->section_count; i++) {
        const struct ballot_tally *tally = &result->sections[i];
        derivation_add(ctx, &result->why, RULE_CNT_03,
                       text_format(ctx,
                                   "%s部分：有效 %" PRId64 "，无效 %" PRId64 "（所选超过 %" PRId64
                                   " 名或者无法辨认等），空白 %" PRId64,
                                   "%s: %" PRId64 " valid, %" PRId64 " void (more than %" PRId64
                                   " chosen, unreadable …), %" PRId64 " blank",
                                   text_pick(ctx, post_title(tally->post)), tally->valid,
                                   tally->void_count, reader->facts->posts[i].seats, tally->blank));
    }
}

enum err
ballots_read(struct ctx *ctx, const struct pack *pack, const struct ballot_facts *facts,
             struct ballot_result *ret_result)
{
    struct ballot_result result = {.recovered = (int64_t)facts->paper_count};
    struct reader reader = {
        .ctx = ctx,
        .facts = facts,
        .result = &result,
        .over_voids_ballot = facts->scope == BALLOT_SCOPE_BALLOT ||
                             (facts->scope == BALLOT_SCOPE_BY_PACK &&
                              pack_word(pack, PACK_OVER_VOTE_SCOPE) == SCOPE_BALLOT),
        .two_posts_void_ballot = pack_word(pack, PACK_TWO_POSTS_SCOPE) == TWO_POSTS_BALLOT,
        .signed_voids = pack_yes(pack, PACK_SIGNED_VOID),
    };
    TRY(reader_build(&reader));
    for (size_t i = 0; i < facts->paper_count; i++)
        TRY(paper_read(&reader, i));
    for (size_t i = 0; i < facts->post_count; i++)
        votes_list(&reader, i);
    why_papers(&reader);
    why_totals(&reader);
    *ret_result = result;
    return ERR_OK;
}
