/* SPDX-License-Identifier: Apache-2.0 */
/* From what a hand read to votes: sections, ballots, typed totals (docs/formats.md §8). */
#include <string.h>

#include "count.h"

/* What a ballot is, by its remarks and the ruling on it. */
struct paper {
    bool is_void;
    bool *spoiled;  /* by post: its written names count for nobody */
    bool *unread;   /* by post: the section is void */
    size_t *chosen; /* by post: how many */
};

static bool
is_word(struct bytes text, const char *const *words)
{
    for (; *words; words++) {
        if (bytes_say(text, *words))
            return true;
    }
    return false;
}

static void
remark_take(const struct count *count, struct paper *paper, const struct section *section,
            struct bytes ruling, size_t post)
{
    static const char *const ENTRY[] = {"two_bear_the_name", "not_registered", "under_age",
                                        "name_unclear", NULL};
    static const char *const SECTION[] = {"over_vote", "unreadable", NULL};
    static const char *const BALLOT[] = {"illegible_all", "not_official", NULL};
    const bool signs = json_get(json_get(count->round, "reading"), "signed_void")->number == 1;
    const struct bytes defect = section->defect;
    if (ruling.length) {
        paper->is_void = paper->is_void || bytes_say(ruling, "void");
        paper->unread[post] = defect.length && bytes_say(ruling, "section_void");
        paper->spoiled[post] = defect.length && bytes_say(ruling, "entry_void");
        return;
    }
    paper->is_void =
        paper->is_void || is_word(defect, BALLOT) || (signs && bytes_say(defect, "signed"));
    paper->unread[post] = is_word(defect, SECTION) && section->marks.count == 0;
    paper->spoiled[post] = is_word(defect, ENTRY);
}

/* Is the name chosen in the section: marked or written, and not also marked against? */
static bool
chooses(const struct section *section, bool spoiled, struct bytes name)
{
    if (names_have(&section->against, name))
        return false;
    return names_have(&section->marks, name) || (!spoiled && names_have(&section->write_ins, name));
}

static size_t
chosen_count(const struct section *section, bool spoiled)
{
    size_t count = 0;
    for (size_t i = 0; i < section->marks.count; i++)
        count += !names_have(&section->against, section->marks.list[i]);
    for (size_t i = 0; i < section->write_ins.count; i++) {
        const struct bytes name = section->write_ins.list[i];
        count +=
            spoiled || (!names_have(&section->against, name) && !names_have(&section->marks, name));
    }
    return count;
}

/* In how many valid sections of the paper the name is chosen. */
static size_t
sections_choosing(const struct count *count, const struct paper *paper,
                  const struct section *sections, struct bytes name)
{
    size_t found = 0;
    for (size_t p = 0; p < count->post_count; p++)
        found += !paper->unread[p] && chooses(&sections[p], paper->spoiled[p], name);
    return found;
}

/* True if a name of the list is chosen in two valid sections. */
static bool
list_has_two_posts(const struct count *count, const struct paper *paper,
                   const struct section *sections, const struct names *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (sections_choosing(count, paper, sections, list->list[i]) > 1)
            return true;
    }
    return false;
}

static bool
names_two_posts(const struct count *count, const struct paper *paper,
                const struct section *sections)
{
    bool found = false;
    for (size_t p = 0; p < count->post_count; p++)
        found = found || list_has_two_posts(count, paper, sections, &sections[p].marks) ||
                list_has_two_posts(count, paper, sections, &sections[p].write_ins);
    return found;
}

/* CNT-03, CNT-04: more names than seats void the section or the ballot; so may one person twice. */
static void
paper_judge(const struct count *count, struct paper *paper, const struct section *sections)
{
    const struct json *reading = json_get(count->round, "reading");
    const size_t on_paper = count->tally->separate ? 1 : count->post_count;
    size_t void_sections = 0;
    bool over = false;
    for (size_t p = 0; p < count->post_count; p++) {
        const int64_t seats = json_int(&count->posts->items[p], "seats");
        if ((int64_t)chosen_count(&sections[p], paper->spoiled[p]) > seats) {
            over = true;
            paper->unread[p] = true;
        }
        void_sections += paper->unread[p];
    }
    paper->is_void = paper->is_void || void_sections == on_paper ||
                     (over && bytes_say(json_text(reading, "over_vote"), "ballot")) ||
                     (bytes_say(json_text(reading, "two_posts"), "ballot") &&
                      names_two_posts(count, paper, sections));
}

static void
paper_count(const struct count *count, const struct pile *pile, size_t ballot)
{
    const struct section *sections = &pile->hands[0].sections[ballot * count->post_count];
    struct paper paper = {.spoiled = take(count->post_count, sizeof(bool)),
                          .unread = take(count->post_count, sizeof(bool))};
    const struct bytes ruling = pile->rulings ? pile->rulings[ballot] : bytes_of("");
    for (size_t p = 0; p < count->post_count; p++)
        remark_take(count, &paper, &sections[p], ruling, p);
    paper_judge(count, &paper, sections);
    count->tally->papers[pile->kind].invalid += paper.is_void;
    for (size_t p = 0; !paper.is_void && p < count->post_count; p++) {
        const struct json *counted = json_get(&count->posts->items[p], "counted");
        for (size_t i = 0; !paper.unread[p] && i < counted->count; i++) {
            const struct bytes name = counted->items[i].text;
            count->tally->votes[p][i] += chooses(&sections[p], paper.spoiled[p], name) &&
                                         sections_choosing(count, &paper, sections, name) == 1;
        }
    }
}

/* Adds to the votes of the person; false if the outcome has no such person in that post. */
static bool
total_add(const struct count *count, const struct pile *pile, const struct total *total)
{
    if (total->post >= count->post_count || (count->tally->separate && total->post != pile->kind))
        return false;
    const struct json *counted = json_get(&count->posts->items[total->post], "counted");
    for (size_t i = 0; i < counted->count; i++) {
        if (bytes_are(counted->items[i].text, total->person)) {
            count->tally->votes[total->post][i] += total->votes;
            return true;
        }
    }
    return false;
}

static void
totals_count(const struct count *count, const struct pile *pile)
{
    const struct hand *hand = &pile->hands[0];
    count->tally->papers[pile->kind].invalid += hand->invalid;
    for (size_t i = 0; i < hand->total_count; i++) {
        const struct total *total = &hand->totals[i];
        if (!total_add(count, pile, total) && total->votes)
            fault("%.*s 得 %lld 票，结果里没有此人",
                  "%.*s got %lld votes and is not in the outcome", (int)total->person.length,
                  total->person.at, (long long)total->votes);
    }
}

void
pile_count(const struct count *count, size_t number)
{
    const struct pile *pile = &count->piles[number];
    if (!pile->closed || (!pile->hands[0].sections && !pile->hands[0].totals)) {
        fault("第 %zu 捆两手没有核对一致", "the two hands of bundle %zu do not agree", number + 1);
        return;
    }
    count->tally->papers[pile->kind].counted += pile->size;
    if (!pile->hands[0].sections)
        totals_count(count, pile);
    for (size_t i = 0; pile->hands[0].sections && i < (size_t)pile->size; i++)
        paper_count(count, pile, i);
}
