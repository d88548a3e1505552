/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a round is and who held a seat before it (docs/formats.md §8): by the entries that opened,
 * voided and confirmed, not by what outcomes.json says of itself.
 */
#include <string.h>

#include "verify.h"

/* A round as the ledger opened it; its number is its place, from 1. */
struct opening {
    struct bytes kind;
    int64_t after;
    const struct json *fields;
};

struct rounds {
    const struct ledger *ledger;
    const struct json *rows;
    struct opening *openings;
    size_t count;
};

/* Somebody seated by the result of a round. */
struct seat {
    struct bytes name;
    struct bytes person;
    struct bytes post;
    struct bytes sex;
    bool fallen;   /* the round was voided, or he was not confirmed */
    bool open;     /* whether he still holds it cannot be told */
    bool outrun;   /* he was elected to a higher post */
    bool repeated; /* said in elected_before */
};

struct seats {
    struct seat *list;
    size_t count;
};

static const struct json *
fields_of(const struct ledger *ledger, size_t at)
{
    return json_get(&ledger->records[at].body, "fields");
}

static bool
is_act(const struct ledger *ledger, size_t at, const char *act)
{
    return bytes_say(json_text(&ledger->records[at].body, "act"), act);
}

static void
opening_add(struct rounds *rounds, struct bytes kind, const struct json *fields)
{
    if ((rounds->count & (rounds->count - 1)) == 0)
        rounds->openings = more(rounds->openings, rounds->count ? 2 * rounds->count : 1,
                                sizeof rounds->openings[0]);
    rounds->openings[rounds->count++] =
        (struct opening){kind, json_int(fields, "after_round"), fields};
}

/* These three acts open the next round, whatever becomes of them. */
static void
openings_find(struct rounds *rounds)
{
    for (size_t i = 0; i < rounds->ledger->count; i++) {
        const struct json *fields = fields_of(rounds->ledger, i);
        if (is_act(rounds->ledger, i, "day.fix"))
            opening_add(rounds, bytes_of("first"), fields);
        else if (is_act(rounds->ledger, i, "nominate.announce"))
            opening_add(rounds, bytes_of("nomination"), fields);
        else if (is_act(rounds->ledger, i, "round.order"))
            opening_add(rounds, json_text(fields, "kind"), fields);
    }
}

static const struct opening *
opening_of(const struct rounds *rounds, int64_t number)
{
    return number >= 1 && number <= (int64_t)rounds->count ? &rounds->openings[number - 1] : NULL;
}

static const struct json *
row_of(const struct rounds *rounds, int64_t number)
{
    for (size_t i = 0; i < rounds->rows->count; i++) {
        if (json_int(&rounds->rows->items[i], "round") == number)
            return &rounds->rows->items[i];
    }
    return NULL;
}

int64_t
outcome_entry(const struct ledger *ledger, int64_t round)
{
    int64_t seq = 0;
    for (size_t i = 0; i < ledger->count; i++) {
        if (ledger->records[i].dead || json_int(fields_of(ledger, i), "round") != round)
            continue;
        if (is_act(ledger, i, "outcome.record"))
            seq = (int64_t)i + 1;
        else if (is_act(ledger, i, "count.reopen"))
            seq = 0;
    }
    return seq;
}

/* The entry before `seq` that voided the round; 0: none did. */
static int64_t
void_entry(const struct ledger *ledger, int64_t round, int64_t seq)
{
    for (size_t i = 0; i + 1 < (size_t)seq && i < ledger->count; i++) {
        if (!ledger->records[i].dead && is_act(ledger, i, "poll.void") &&
            json_int(fields_of(ledger, i), "round") == round)
            return (int64_t)i + 1;
    }
    return 0;
}

/* --- what it is --- */

/* 2 in what follows a first poll: 另行选举 and what repeats it. */
static int64_t
stage_of(const struct rounds *rounds, int64_t number)
{
    const struct opening *at = opening_of(rounds, number);
    while (at && at->after > 0 && at->after < number &&
           (bytes_say(at->kind, "repeat") || bytes_say(at->kind, "re_vote"))) {
        number = at->after;
        at = opening_of(rounds, number);
    }
    return at && (bytes_say(at->kind, "second_poll") || bytes_say(at->kind, "woman_seat")) ? 2 : 1;
}

static bool
texts_have(const struct json *texts, struct bytes text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (texts->items[i].type == JSON_TEXT && bytes_are(texts->items[i].text, text))
            return true;
    }
    return false;
}

/* The item of a list of objects whose member "post" says so; NULL if none. */
static const struct json *
post_in(const struct json *posts, struct bytes post)
{
    for (size_t i = 0; i < posts->count; i++) {
        if (bytes_are(json_text(&posts->items[i], "post"), post))
            return &posts->items[i];
    }
    return NULL;
}

/* Whom a name in the facts of a row's post stands for. */
static struct bytes
counted_as(const struct json *row, size_t post, struct bytes name)
{
    const struct json *facts = &json_get(json_get(row, "facts"), "posts")->items[post];
    const struct json *candidates = json_get(facts, "candidates");
    const struct json *counted = json_get(&json_get(row, "posts")->items[post], "counted");
    for (size_t i = 0; i < counted->count && i < candidates->count; i++) {
        if (bytes_are(json_text(&candidates->items[i], "name"), name))
            return counted->items[i].text;
    }
    return name;
}

/* 票数相等的再次投票只在他们之中进行. */
static bool
is_tied_in(const struct json *row, struct bytes post, struct bytes person)
{
    const struct json *results = json_get(json_get(row, "result"), "posts");
    for (size_t p = 0; p < results->count; p++) {
        const struct json *tied = json_get(&results->items[p], "tied");
        if (!bytes_are(json_text(&results->items[p], "post"), post))
            continue;
        for (size_t i = 0; i < tied->count; i++) {
            if (bytes_are(counted_as(row, p, tied->items[i].text), person))
                return true;
        }
    }
    return false;
}

/* The ballot carries the post as it was ordered: its seats, none but its candidates. */
static bool
post_is_ordered(const struct rounds *rounds, const struct opening *opening, const struct json *post)
{
    const struct bytes word = json_text(post, "post");
    const struct json *ordered = post_in(json_get(opening->fields, "posts"), word);
    const struct json *printed = json_get(post, "printed");
    const struct json *before = row_of(rounds, opening->after);
    if (!ordered || json_int(ordered, "seats") != json_int(post, "seats"))
        return false;
    for (size_t i = 0; i < printed->count; i++) {
        const struct bytes person = json_text(&printed->items[i], "person");
        if (!texts_have(json_get(ordered, "candidates"), person) ||
            (bytes_say(opening->kind, "re_vote") && !(before && is_tied_in(before, word, person))))
            return false;
    }
    return true;
}

static void
order_check(const struct rounds *rounds, const struct opening *opening, const struct json *row)
{
    const struct json *posts = json_get(row, "posts");
    const struct json *before = row_of(rounds, opening->after);
    const long long number = (long long)json_int(row, "round");
    const int64_t registered = json_int(json_get(row, "facts"), "registered");
    if (posts->count != json_get(opening->fields, "posts")->count)
        fault("第 %lld 次投票：职务与 round.order 不符",
              "round %lld: other posts than round.order says", number);
    for (size_t i = 0; i < posts->count; i++) {
        const struct bytes post = json_text(&posts->items[i], "post");
        if (!post_is_ordered(rounds, opening, &posts->items[i]))
            fault("第 %lld 次投票：%.*s 的名额、候选人与 round.order 不符",
                  "round %lld: seats or candidates of %.*s are not as round.order says", number,
                  (int)post.length, post.at);
    }
    if (!bytes_say(opening->kind, "repeat") && before &&
        json_int(json_get(before, "facts"), "registered") != registered)
        fault("第 %lld 次投票：登记人数与前次不同",
              "round %lld: another number of registered than in the round before", number);
}

static void
kind_check(const struct rounds *rounds, const struct json *row)
{
    const int64_t number = json_int(row, "round");
    const struct opening *opening = opening_of(rounds, number);
    const struct json *facts = json_get(row, "facts");
    const bool re_vote = json_get(facts, "re_vote")->number == 1;
    if (!opening || !bytes_are(opening->kind, json_text(row, "kind")) ||
        re_vote != bytes_say(opening->kind, "re_vote") ||
        json_int(facts, "round") != stage_of(rounds, number))
        fault("第 %lld 次投票：种类与记录不符（首次、再次投票、另行选举）",
              "round %lld: the ledger opened another kind of round (first, re-vote, second poll)",
              (long long)number);
    else if (bytes_are(opening->kind, bytes_of("first")))
        return;
    else
        order_check(rounds, opening, row);
}

/* --- who held a seat before it --- */

int
post_rank(struct bytes post)
{
    if (bytes_say(post, "chair"))
        return 0;
    return bytes_say(post, "vice_chair") ? 1 : 2;
}

/* elected.confirm, before entry `seq`, was not "confirmed"; or the election was voided. */
static void
seat_follow(const struct ledger *ledger, struct seat *seat, int64_t round, int64_t seq)
{
    for (size_t i = 0; i + 1 < (size_t)seq && i < ledger->count; i++) {
        const struct json *fields = fields_of(ledger, i);
        if (ledger->records[i].dead || !bytes_are(json_text(fields, "person"), seat->person))
            continue;
        if (is_act(ledger, i, "elected.confirm") && json_int(fields, "round") == round &&
            bytes_are(json_text(fields, "post"), seat->post))
            seat->fallen = !bytes_say(json_text(fields, "decision"), "confirmed");
        else if (is_act(ledger, i, "sanction.order") &&
                 bytes_say(json_text(fields, "effect"), "void_election"))
            seat->open = true;
    }
}

static struct bytes
sex_of(const struct json *row, size_t post, struct bytes name)
{
    const struct json *facts = &json_get(json_get(row, "facts"), "posts")->items[post];
    const struct json *candidates = json_get(facts, "candidates");
    for (size_t i = 0; i < candidates->count; i++) {
        if (bytes_are(json_text(&candidates->items[i], "name"), name))
            return json_text(&candidates->items[i], "sex");
    }
    return bytes_of("");
}

/* Those a list (elected, pending) of an earlier row seats, as things were at entry `seq`. */
static void
seats_add(const struct ledger *ledger, struct seats *seats, const struct json *row, size_t post,
          const char *list, int64_t seq)
{
    const struct json *result = &json_get(json_get(row, "result"), "posts")->items[post];
    const struct json *names = json_get(result, list);
    const int64_t round = json_int(row, "round");
    for (size_t i = 0; i < names->count; i++) {
        struct seat seat = {.name = names->items[i].text,
                            .person = counted_as(row, post, names->items[i].text),
                            .post = json_text(result, "post"),
                            .sex = sex_of(row, post, names->items[i].text),
                            .fallen = void_entry(ledger, round, seq) > 0,
                            .open = json_int(row, "seq") > seq};
        if (!seat.fallen)
            seat_follow(ledger, &seat, round, seq);
        if ((seats->count & (seats->count - 1)) == 0)
            seats->list =
                more(seats->list, seats->count ? 2 * seats->count : 1, sizeof seats->list[0]);
        seats->list[seats->count++] = seat;
    }
}

/* One person, one post: the higher counts (OUT-08). If that one fell, the lower one may be his
 * again. */
static void
seats_rank(struct seats *seats)
{
    for (size_t i = 0; i < seats->count; i++) {
        struct seat *low = &seats->list[i];
        for (size_t k = 0; k < seats->count; k++) {
            const struct seat *high = &seats->list[k];
            if (!bytes_are(low->person, high->person) ||
                post_rank(high->post) >= post_rank(low->post))
                continue;
            low->outrun = low->outrun || !high->fallen;
            low->open = low->open || high->fallen;
        }
    }
}

/* Namesakes bear their code behind the name: 张三（P00012）. */
static bool
name_fits(const struct seat *seat, struct bytes name)
{
    static const char OPEN[] = "（";
    const char *cut = memmem(name.at, name.length, OPEN, strlen(OPEN));
    const size_t length = cut ? (size_t)(cut - name.at) : name.length;
    if (cut && !memmem(cut, name.length - length, seat->person.at, seat->person.length))
        return false;
    const char *own = memmem(seat->name.at, seat->name.length, OPEN, strlen(OPEN));
    const size_t whole = own ? (size_t)(own - seat->name.at) : seat->name.length;
    return whole == length && memcmp(name.at, seat->name.at, length) == 0;
}

static bool
before_is_held(const struct seats *seats, const struct json *said)
{
    for (size_t i = 0; i < seats->count; i++) {
        struct seat *seat = &seats->list[i];
        if (seat->repeated || seat->fallen || seat->outrun ||
            !bytes_are(seat->post, json_text(said, "post")) ||
            !bytes_are(seat->sex, json_text(said, "sex")) ||
            !name_fits(seat, json_text(said, "name")))
            continue;
        seat->repeated = true;
        return true;
    }
    return false;
}

static void
before_check(const struct rounds *rounds, const struct json *row)
{
    const long long number = (long long)json_int(row, "round");
    const struct json *before = json_get(json_get(row, "facts"), "elected_before");
    struct seats seats = {0};
    for (size_t i = 0; i < rounds->rows->count; i++) {
        const struct json *earlier = &rounds->rows->items[i];
        if (json_int(earlier, "round") >= number)
            continue;
        for (size_t p = 0; p < json_get(earlier, "posts")->count; p++) {
            seats_add(rounds->ledger, &seats, earlier, p, "elected", json_int(row, "seq"));
            seats_add(rounds->ledger, &seats, earlier, p, "pending", json_int(row, "seq"));
        }
    }
    seats_rank(&seats);
    for (size_t i = 0; i < before->count; i++) {
        const struct bytes name = json_text(&before->items[i], "name");
        if (!before_is_held(&seats, &before->items[i]))
            fault("第 %lld 次投票：按前几次的结果，%.*s 没有在此之前当选这一职务",
                  "round %lld: by the rounds before, %.*s was not elected to that post before",
                  number, (int)name.length, name.at);
    }
    for (size_t i = 0; i < seats.count; i++) {
        const struct seat *seat = &seats.list[i];
        if (!seat->repeated && !seat->fallen && !seat->outrun && !seat->open)
            fault("第 %lld 次投票：%.*s 在此之前已经当选，没有写明",
                  "round %lld: %.*s was elected before, which is not stated", number,
                  (int)seat->name.length, seat->name.at);
    }
}

/* --- all of them --- */

/* Every standing outcome of the ledger has its row. */
static void
rows_whole_check(const struct rounds *rounds)
{
    int64_t last = 0;
    for (size_t i = 0; i < rounds->rows->count; i++) {
        const int64_t number = json_int(&rounds->rows->items[i], "round");
        if (number <= last)
            fault("outcomes.json 的次序不对", "outcomes.json is out of order");
        last = number;
    }
    for (size_t i = 0; i < rounds->ledger->count; i++) {
        const int64_t number = json_int(fields_of(rounds->ledger, i), "round");
        if (is_act(rounds->ledger, i, "outcome.record") && !rounds->ledger->records[i].dead &&
            outcome_entry(rounds->ledger, number) == (int64_t)i + 1 && !row_of(rounds, number))
            fault("第 %lld 次投票：记录里有结果，outcomes.json 没有",
                  "round %lld has an outcome in the ledger and none in outcomes.json",
                  (long long)number);
    }
}

void
rounds_check(const struct ledger *ledger, const struct json *rows)
{
    struct rounds rounds = {.ledger = ledger, .rows = rows};
    openings_find(&rounds);
    rows_whole_check(&rounds);
    for (size_t i = 0; i < rows->count; i++) {
        const int64_t number = json_int(&rows->items[i], "round");
        const int64_t voided = void_entry(ledger, number, (int64_t)ledger->count + 1);
        kind_check(&rounds, &rows->items[i]);
        before_check(&rounds, &rows->items[i]);
        if (voided)
            say("第 %lld 次投票已由第 %lld 号记录认定无效，不产生当选人",
                "round %lld was declared void by entry %lld: it elects nobody", (long long)number,
                (long long)voided);
    }
}
