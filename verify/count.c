/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts a round again from the ledger's own entries (docs/formats.md §8): box.recover, box.close,
 * count.open, bundle.enter, bundle.settle, ballot.rule, count.reopen, in their order.
 */
#include <stdlib.h>
#include <string.h>

#include "count.h"

/* --- names --- */

static int
bytes_order(const void *left, const void *right)
{
    const struct bytes *a = left;
    const struct bytes *b = right;
    const int order = memcmp(a->at, b->at, a->length < b->length ? a->length : b->length);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static size_t
separator(const char *at, size_t left)
{
    static const char *const MARKS[] = {" ", "\t", "\n", ",", ";", "、", "，", "；", "\u3000"};
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++) {
        const size_t length = strlen(MARKS[i]);
        if (left >= length && memcmp(at, MARKS[i], length) == 0)
            return length;
    }
    return 0;
}

/* The person a printed or counted name stands for; the name itself if nobody. */
static struct bytes
person_of(const struct count *count, struct bytes name)
{
    for (size_t p = 0; p < count->post_count; p++) {
        const struct json *facts = &json_get(json_get(count->round, "facts"), "posts")->items[p];
        const struct json *counted = json_get(&count->posts->items[p], "counted");
        const struct json *candidates = json_get(facts, "candidates");
        for (size_t i = 0; i < counted->count && i < candidates->count; i++) {
            if (bytes_are(json_text(&candidates->items[i], "name"), name))
                return counted->items[i].text;
        }
    }
    return name;
}

/* A mark is the number, the name or the code of a printed candidate. */
static struct bytes
printed_of(const struct json *post, struct bytes token)
{
    const struct json *printed = json_get(post, "printed");
    size_t number = 0;
    for (size_t i = 0; i < token.length && token.at[i] >= '0' && token.at[i] <= '9'; i++)
        number = i < 4 ? number * 10 + (size_t)(token.at[i] - '0') : SIZE_MAX;
    if (number >= 1 && number <= printed->count)
        return json_text(&printed->items[number - 1], "person");
    for (size_t i = 0; i < printed->count; i++) {
        if (bytes_are(json_text(&printed->items[i], "name"), token))
            return json_text(&printed->items[i], "person");
    }
    return token;
}

/* `post` NULL: written names. */
static struct names
names_read(const struct count *count, const struct json *post, struct bytes text)
{
    struct names names = {take(text.length + 1, sizeof(struct bytes)), 0};
    size_t kept = 0;
    for (size_t at = 0; at < text.length;) {
        const size_t skip = separator(text.at + at, text.length - at);
        size_t end = at + (skip ? skip : 1);
        while (!skip && end < text.length && !separator(text.at + end, text.length - end))
            end++;
        const struct bytes token = {text.at + at, end - at};
        if (!skip && !bytes_say(token, "-"))
            names.list[names.count++] = post ? printed_of(post, token) : person_of(count, token);
        at = end;
    }
    qsort(names.list, names.count, sizeof names.list[0], bytes_order);
    for (size_t i = 0; i < names.count; i++) {
        if (kept == 0 || !bytes_are(names.list[i], names.list[kept - 1]))
            names.list[kept++] = names.list[i];
    }
    names.count = kept;
    return names;
}

static bool
names_are(const struct names *a, const struct names *b)
{
    for (size_t i = 0; a->count == b->count && i < a->count; i++) {
        if (!bytes_are(a->list[i], b->list[i]))
            return false;
    }
    return a->count == b->count;
}

bool
names_have(const struct names *names, struct bytes name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (bytes_are(names->list[i], name))
            return true;
    }
    return false;
}

/* --- what was entered --- */

static size_t
post_place(const struct count *count, struct bytes post)
{
    for (size_t i = 0; i < count->post_count; i++) {
        if (bytes_are(json_text(&count->posts->items[i], "post"), post))
            return i;
    }
    return SIZE_MAX;
}

bool
papers_are_valid(const struct papers *papers, int64_t registered)
{
    return papers->recovered <= papers->issued && 2 * papers->recovered > registered;
}

/* The kinds of ballots are as many as posts, or one. */
static size_t
kinds_of(const struct count *count)
{
    return count->tally->separate ? count->post_count : 1;
}

/* Bundles of one kind of ballots, after those there are. */
static void
piles_add(struct count *count, size_t kind, int64_t size)
{
    int64_t left = count->tally->papers[kind].recovered;
    if (size < 1 || size > BUNDLE_MOST || left < 0 || left > BALLOTS_MOST) {
        fault("每捆张数 %lld 不对", "a bundle of %lld is impossible", (long long)size);
        return;
    }
    const size_t first = count->pile_count;
    count->pile_count += (size_t)((left + size - 1) / size);
    struct pile *piles = take(count->pile_count + 1, sizeof(struct pile));
    if (first)
        memcpy(piles, count->piles, first * sizeof(struct pile));
    count->piles = piles;
    for (size_t i = first; i < count->pile_count; i++, left -= size)
        count->piles[i] = (struct pile){.size = left < size ? left : size, .kind = kind};
}

/* In the order of the forms; those whose ballots are no valid vote are not counted. */
static void
piles_open(struct count *count, const struct json *fields)
{
    const int64_t size = json_int(fields, "bundle_size");
    const int64_t registered = json_int(json_get(count->round, "facts"), "registered");
    const struct papers *papers = count->tally->papers;
    count->pile_count = 0;
    if (!count->tally->separate) {
        piles_add(count, 0, size);
        return;
    }
    for (int64_t last = 0, next = 0; next != INT64_MAX; last = next) {
        next = INT64_MAX;
        for (size_t k = 0; k < kinds_of(count); k++)
            next = papers[k].form > last && papers[k].form < next ? papers[k].form : next;
        for (size_t k = 0; k < kinds_of(count); k++) {
            if (papers[k].form == next && papers_are_valid(&papers[k], registered))
                piles_add(count, k, size);
        }
    }
}

static void
rows_take(struct count *count, struct pile *pile, struct hand *hand, const struct json *rows)
{
    const size_t posts = count->post_count;
    if (!hand->sections)
        hand->sections = take((size_t)pile->size * posts + 1, sizeof(struct section));
    for (int64_t i = 0; i < pile->size; i++) {
        if (!pile->again || pile->again[i])
            memset(&hand->sections[(size_t)i * posts], 0, posts * sizeof(struct section));
    }
    for (size_t i = 0; i < rows->count; i++) {
        const struct json *row = &rows->items[i];
        const int64_t ballot = json_int(row, "ballot");
        const size_t place = post_place(count, json_text(row, "post"));
        if (ballot < 1 || ballot > pile->size || place == SIZE_MAX ||
            (count->tally->separate && place != pile->kind)) {
            fault("录入了不存在的第 %lld 张", "ballot %lld of a bundle does not exist",
                  (long long)ballot);
            continue;
        }
        const struct json *post = &count->posts->items[place];
        hand->sections[(size_t)(ballot - 1) * posts + place] = (struct section){
            names_read(count, post, json_text(row, "marks")),
            names_read(count, NULL, json_text(row, "write_ins")),
            names_read(count, post, json_text(row, "against")), json_text(row, "defect")};
    }
}

static void
totals_take(struct count *count, struct hand *hand, const struct json *fields)
{
    const struct json *rows = json_get(fields, "totals");
    hand->sections = NULL;
    hand->totals = take(rows->count + 1, sizeof(struct total));
    hand->total_count = rows->count;
    hand->invalid = json_int(fields, "void");
    for (size_t i = 0; i < rows->count; i++)
        hand->totals[i] = (struct total){post_place(count, json_text(&rows->items[i], "post")),
                                         json_text(&rows->items[i], "person"),
                                         json_int(&rows->items[i], "votes")};
}

static int64_t
total_of(const struct hand *hand, size_t post, struct bytes person)
{
    for (size_t i = 0; i < hand->total_count; i++) {
        if (hand->totals[i].post == post && bytes_are(hand->totals[i].person, person))
            return hand->totals[i].votes;
    }
    return 0;
}

static bool
totals_are(const struct hand *a, const struct hand *b)
{
    for (size_t i = 0; i < a->total_count; i++) {
        if (total_of(b, a->totals[i].post, a->totals[i].person) != a->totals[i].votes)
            return false;
    }
    for (size_t i = 0; i < b->total_count; i++) {
        if (total_of(a, b->totals[i].post, b->totals[i].person) != b->totals[i].votes)
            return false;
    }
    return a->invalid == b->invalid;
}

static bool
section_is(const struct section *a, const struct section *b)
{
    return names_are(&a->marks, &b->marks) && names_are(&a->write_ins, &b->write_ins) &&
           names_are(&a->against, &b->against) && bytes_are(a->defect, b->defect);
}

/* Both hands have entered the attempt: equal, or which ballots differ. */
static void
hands_compare(const struct count *count, struct pile *pile)
{
    const struct hand *a = &pile->hands[0];
    const struct hand *b = &pile->hands[1];
    bool equal = !a->sections == !b->sections;
    if (!a->sections || !b->sections) {
        pile->closed = equal && totals_are(a, b);
        return;
    }
    pile->again = take((size_t)pile->size + 1, sizeof(bool));
    for (size_t i = 0; i < (size_t)pile->size * count->post_count; i++) {
        if (section_is(&a->sections[i], &b->sections[i]))
            continue;
        pile->again[i / count->post_count] = true;
        equal = false;
    }
    pile->closed = equal;
}

static void
bundle_enter(struct count *count, struct pile *pile, const struct json *fields)
{
    const bool second = bytes_say(json_text(fields, "hand"), "b");
    struct hand *hand = &pile->hands[second];
    hand->attempt = json_int(fields, "attempt");
    if (json_int(fields, "ballots") != pile->size)
        fault("一捆的张数不符：%lld", "a bundle has another number of ballots: %lld",
              (long long)json_int(fields, "ballots"));
    if (json_get(fields, "totals")->type == JSON_LIST)
        totals_take(count, hand, fields);
    else
        rows_take(count, pile, hand, json_get(fields, "rows"));
    if (hand->attempt == pile->hands[!second].attempt)
        hands_compare(count, pile);
}

static int64_t
number_of(struct bytes text)
{
    int64_t number = 0;
    for (size_t i = 0; i < text.length && i < 12 && text.at[i] >= '0' && text.at[i] <= '9'; i++)
        number = number * 10 + (text.at[i] - '0');
    return number;
}

/* "member P00012 votes", or "void". */
static void
total_settle(struct count *count, struct hand *hand, struct bytes field, struct bytes value)
{
    const char *first = memchr(field.at, ' ', field.length);
    const char *last = first ? memrchr(field.at, ' ', field.length) : NULL;
    if (!first || first == last) {
        if (bytes_say(field, "void"))
            hand->invalid = number_of(value);
        return;
    }
    const struct bytes word = {last + 1, (size_t)(field.at + field.length - last - 1)};
    const size_t post = post_place(count, (struct bytes){field.at, (size_t)(first - field.at)});
    const struct bytes person = {first + 1, (size_t)(last - first - 1)};
    if (!bytes_say(word, "votes"))
        return;
    for (size_t i = 0; i < hand->total_count; i++) {
        if (hand->totals[i].post == post && bytes_are(hand->totals[i].person, person)) {
            hand->totals[i].votes = number_of(value);
            return;
        }
    }
    struct total *totals = take(hand->total_count + 1, sizeof(struct total));
    memcpy(totals, hand->totals, hand->total_count * sizeof(struct total));
    totals[hand->total_count++] = (struct total){post, person, number_of(value)};
    hand->totals = totals;
}

/* "chair marks" of a ballot. */
static void
section_settle(struct count *count, struct pile *pile, const struct json *row)
{
    const struct bytes field = json_text(row, "field");
    const struct bytes value = json_text(row, "value");
    const char *blank = memchr(field.at, ' ', field.length);
    const int64_t ballot = json_int(row, "ballot");
    const size_t length = blank ? (size_t)(blank - field.at) : 0;
    const size_t place = post_place(count, (struct bytes){field.at, length});
    if (!blank || place == SIZE_MAX || ballot < 1 || ballot > pile->size)
        return;
    const struct json *post = &count->posts->items[place];
    struct section *section =
        &pile->hands[0].sections[(size_t)(ballot - 1) * count->post_count + place];
    const struct bytes what = {blank + 1, field.length - length - 1};
    if (bytes_say(what, "marks"))
        section->marks = names_read(count, post, value);
    else if (bytes_say(what, "against"))
        section->against = names_read(count, post, value);
    else if (bytes_say(what, "write_ins"))
        section->write_ins = names_read(count, NULL, value);
    else
        section->defect = bytes_say(value, "-") ? bytes_of("") : value;
}

static void
bundle_settle(struct count *count, struct pile *pile, const struct json *fields)
{
    const struct json *rows = json_get(fields, "rows");
    for (size_t i = 0; i < rows->count; i++) {
        if (pile->hands[0].sections)
            section_settle(count, pile, &rows->items[i]);
        else
            total_settle(count, &pile->hands[0], json_text(&rows->items[i], "field"),
                         json_text(&rows->items[i], "value"));
    }
    pile->closed = true;
}

static void
ballot_rule(struct pile *pile, const struct json *fields)
{
    const int64_t ballot = json_int(fields, "ballot");
    if (ballot < 1 || ballot > pile->size)
        return;
    if (!pile->rulings)
        pile->rulings = take((size_t)pile->size, sizeof(struct bytes));
    pile->rulings[ballot - 1] = json_text(fields, "ruling");
}

static struct pile *
pile_of(struct count *count, const struct json *fields)
{
    const int64_t number = json_int(fields, "bundle");
    if (number < 1 || number > (int64_t)count->pile_count) {
        fault("没有第 %lld 捆", "there is no bundle %lld", (long long)number);
        return NULL;
    }
    return &count->piles[number - 1];
}

static void
count_reopen(struct count *count, const struct json *fields)
{
    const struct json *rows = json_get(fields, "bundles");
    for (size_t i = 0; i < rows->count; i++) {
        struct pile *pile = pile_of(count, &rows->items[i]);
        if (pile)
            *pile = (struct pile){.size = pile->size, .kind = pile->kind};
    }
}

/* A bundle to be entered or settled: once it is closed only count.reopen opens it again. */
static struct pile *
open_pile_of(struct count *count, const struct json *fields)
{
    struct pile *pile = pile_of(count, fields);
    if (pile && pile->closed)
        fault("第 %lld 捆已经核对一致，没有复核又录入", "bundle %lld was closed and entered again",
              (long long)json_int(fields, "bundle"));
    return pile;
}

/* `figure` of box.recover or box.close: of the one kind of ballots, or of the row of that form. */
static int64_t
figure_of(const struct papers *papers, const struct json *fields, const char *figure)
{
    const struct json *rows = json_get(fields, "forms");
    if (!papers->form)
        return json_int(fields, figure);
    for (size_t i = 0; i < rows->count; i++) {
        if (json_int(&rows->items[i], "form") == papers->form)
            return json_int(&rows->items[i], figure);
    }
    return 0;
}

static void
box_take(struct count *count, const struct json *fields, bool recovered)
{
    for (size_t k = 0; k < kinds_of(count); k++) {
        struct papers *papers = &count->tally->papers[k];
        if (recovered)
            papers->recovered += figure_of(papers, fields, "recovered");
        else
            papers->issued =
                (papers->issued < 0 ? 0 : papers->issued) + figure_of(papers, fields, "issued");
    }
}

/* Which form carries a post: the last one designed. */
static void
design_take(struct count *count, const struct json *fields)
{
    const struct json *posts = json_get(fields, "posts");
    for (size_t i = 0; count->tally->separate && i < posts->count; i++) {
        const size_t place = post_place(count, json_text(&posts->items[i], "post"));
        if (place != SIZE_MAX)
            count->tally->papers[place].designed = json_int(fields, "form");
    }
}

static void
record_take(struct count *count, const struct json *body)
{
    const struct bytes act = json_text(body, "act");
    const struct json *fields = json_get(body, "fields");
    struct pile *pile;
    if (bytes_say(act, "box.recover") || bytes_say(act, "box.close"))
        box_take(count, fields, bytes_say(act, "box.recover"));
    else if (bytes_say(act, "ballot.design"))
        design_take(count, fields);
    else if (bytes_say(act, "count.open"))
        piles_open(count, fields);
    else if (bytes_say(act, "count.reopen"))
        count_reopen(count, fields);
    else if (bytes_say(act, "bundle.enter") && (pile = open_pile_of(count, fields)))
        bundle_enter(count, pile, fields);
    else if (bytes_say(act, "bundle.settle") && (pile = open_pile_of(count, fields)))
        bundle_settle(count, pile, fields);
    else if (bytes_say(act, "ballot.rule") && (pile = pile_of(count, fields)))
        ballot_rule(pile, fields);
}

void
count_round(const struct ledger *ledger, const struct json *round, struct tally *ret_tally)
{
    struct tally tally = {0};
    struct count count = {.round = round, .tally = &tally};
    count.posts = json_get(round, "posts");
    count.post_count = count.posts->count;
    tally.papers = take(count.post_count + 1, sizeof tally.papers[0]);
    tally.papers[0].issued = -1;
    for (size_t i = 0; i < count.post_count; i++) {
        const int64_t form = json_int(&count.posts->items[i], "form");
        tally.papers[i].issued = -1;
        tally.papers[i].form = form;
        tally.separate = tally.separate || form;
    }
    tally.votes = take(count.post_count + 1, sizeof tally.votes[0]);
    for (size_t i = 0; i < count.post_count; i++)
        tally.votes[i] =
            take(json_get(&count.posts->items[i], "counted")->count + 1, sizeof(int64_t));
    for (size_t i = 0; i < ledger->count; i++) {
        const struct json *body = &ledger->records[i].body;
        if (!ledger->records[i].dead &&
            json_int(json_get(body, "fields"), "round") == json_int(round, "round"))
            record_take(&count, body);
    }
    for (size_t i = 0; i < count.pile_count; i++)
        pile_count(&count, i);
    *ret_tally = tally;
}
