/* SPDX-License-Identifier: Apache-2.0 */
/* What the acts about seats, people, review and candidates (acts.md 6.2, 6.6) share. */
#pragma once

#include "act/act.h"
#include "domain/words.h"
#include "store/review_store.h"

#define PEOPLE_BODIES "party party_officers discipline village supervision"
#define PEOPLE_POSTS                                                                               \
    "chair vice_chair member women_member party_secretary party_deputy discipline party_committee"
#define PEOPLE_SOURCES                                                                             \
    "incumbent capable_farmer returning_migrant coop_head veteran local_graduate party_builder "   \
    "student_official teacher_or_doctor legal_helper social_worker retired_official "              \
    "first_secretary seconded other"

/* Whether an act stands with that body, list or kind, subject (NULL: any). */
struct people_act {
    const char *act;
    const char *body;
    const char *list;
    const char *kind;
    const char *subject;
};
enum err people_has(struct call *call, const struct people_act *wanted, bool *ret_has) WARN_UNUSED;
/* True if `word` is the body of this act. */
bool people_body_is(const struct call *call, const char *word);
/* The step of the person in this act's body; result "" if not done. */
enum err people_step(struct call *call, const char *person, const char *step,
                     struct review_step *ret_step) WARN_UNUSED;
enum err people_step_put(struct call *call, const char *person, const char *step,
                         const char *result) WARN_UNUSED;
/* Name for messages. */
enum err people_name(struct call *call, const char *person, const char **ret_name) WARN_UNUSED;
/* Blocks unless the person is on the posted roll (NOM-01; 组织法 §15). */
enum err people_on_roll(struct call *call, const char *person) WARN_UNUSED;
/* Blocks if a sanction stands against the person (CND-02). */
enum err people_sanctioned(struct call *call, const char *person) WARN_UNUSED;
/* ELG-01 … ELG-03 for a post, from the register and bar.record. `floor_only`: ELG-01 alone. Bars no
 * record decides are asked for as signed findings. */
enum err people_eligible(struct call *call, const char *person, const char *post,
                         bool floor_only) WARN_UNUSED;
/* ELG-05: kin among these people, by the pack. */
enum err people_kin(struct call *call, const char *const *persons, size_t count) WARN_UNUSED;
/* CND-01: blocks unless the person signed a candidate's pledge. */
enum err people_pledged(struct call *call, const char *person) WARN_UNUSED;
/* True if one of the persons of a field may decide a bar: who signs for the township, a
 * department's account, or the leader who signed a desk's opinion in this village. */
enum err people_signer_decides(struct call *call, const char *field, bool *ret_does) WARN_UNUSED;
/* Blocks if a poll of the villagers' committee has been opened (SEQ-04). */
enum err people_poll_open(struct call *call) WARN_UNUSED;
