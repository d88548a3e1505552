/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/party_meeting.h"

#include "exchange/law_case.h"

struct given {
    int64_t probationary_present; /* asked for, never counted */
    int64_t issued;               /* −1: as many as present */
    int64_t recovered;            /* −1: as many as issued */
    struct party_facts facts;
};

static const struct bind_choice REASONS[] = {
    {"mental", PARTY_MENTAL},       {"abroad", PARTY_ABROAD},         {"detained", PARTY_DETAINED},
    {"bedridden", PARTY_BEDRIDDEN}, {"moved_away", PARTY_MOVED_AWAY}, {NULL, 0},
};

static const struct bind_choice BODIES[] = {
    {"committee", PARTY_COMMITTEE},
    {"officers", PARTY_OFFICERS},
    {NULL, 0},
};

static const struct bind_field EXCLUSION_FIELDS[] = {
    BIND(struct party_exclusion, reason, CHOICE, .required = true, .choices = REASONS),
    BIND(struct party_exclusion, member_heard, BOOL, .required = true),
    BIND(struct party_exclusion, township_consent, BOOL, .required = true),
    BIND(struct party_exclusion, meeting_passed, BOOL, .required = true),
};
static const struct bind_table EXCLUSION = BIND_TABLE(struct party_exclusion, EXCLUSION_FIELDS);

static const struct bind_field CANDIDATE_FIELDS[] = {
    BIND(struct party_candidate, name, NAME, .required = true),
    {.key = "for",
     .type = BIND_COUNT,
     .required = true,
     .at = offsetof(struct party_candidate, votes)},
    BIND(struct party_candidate, write_in, BOOL),
};
static const struct bind_table CANDIDATE = BIND_TABLE(struct party_candidate, CANDIDATE_FIELDS);

/* A member of the facts under its own name. */
#define FACT(name, member, kind, ...)                                                              \
    {                                                                                              \
        .key = (name), .type = BIND_##kind, .at = offsetof(struct given, facts.member),            \
        ##__VA_ARGS__                                                                              \
    }

static const struct bind_field GIVEN_FIELDS[] = {
    FACT("full_members", full_members, COUNT, .required = true, .min = 1),
    BIND(struct given, probationary_present, COUNT),
    FACT("exclusions", exclusions, OBJECTS,
         .count_at = offsetof(struct given, facts.exclusion_count), .object = &EXCLUSION),
    FACT("present", present, COUNT, .required = true),
    BIND(struct given, issued, COUNT, .fallback = -1),
    BIND(struct given, recovered, COUNT, .fallback = -1),
    FACT("void", void_count, COUNT),
    FACT("seats", seats, COUNT, .required = true, .min = 1),
    FACT("candidates", candidates, OBJECTS, .required = true,
         .count_at = offsetof(struct given, facts.candidate_count), .object = &CANDIDATE,
         .unique_key = "name"),
    FACT("body", body, CHOICE, .choices = BODIES, .fallback = PARTY_COMMITTEE),
};

static enum err
answer_party_meeting(struct law_question *question, const void *given, json_t *result)
{
    struct ctx *ctx = question->ctx;
    const struct given *it = given;
    struct party_facts facts = it->facts;
    struct party_result meeting = {0};
    facts.issued = it->issued < 0 ? facts.present : it->issued;
    facts.recovered = it->recovered < 0 ? facts.issued : it->recovered;
    const enum err err = party_meeting_decide(ctx, &facts, &meeting);
    TRY(bind_within(question->binder, err, ctx->failure.field));
    law_put_count(result, "should_attend", meeting.should_attend);
    law_put_bool(result, "quorum", meeting.quorum);
    law_put_bool(result, "surplus_ok", meeting.surplus_ok);
    law_put_count(result, "surplus_need", meeting.surplus_need);
    law_put_bool(result, "valid", meeting.valid);
    if (meeting.valid)
        law_put_count(result, "threshold", meeting.threshold);
    else
        law_put_null(result, "threshold");
    law_put_names(result, "elected", meeting.elected.list, meeting.elected.count);
    law_put_names(result, "tied", meeting.tied.list, meeting.tied.count);
    law_put_count(result, "vacant", meeting.vacant);
    law_put_text(result, "next", party_next_word(meeting.next));
    law_add_why(question, &meeting.why);
    return ERR_OK;
}

const struct law_check law_check_party_meeting = {
    .name = "party_meeting",
    .given = BIND_TABLE(struct given, GIVEN_FIELDS),
    .day_at = LAW_NO_DAY,
    .answer = answer_party_meeting,
};
