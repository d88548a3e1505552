/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calendar of an election (CAL-01 … CAL-14): the last day of every step, by the pack. D is the
 * polling day (选举日), F the day the new committee is complete. Days are calendar days; rest days
 * extend nothing; the day itself is still in time.
 */
#pragma once

#include "domain/pack.h"
#include "domain/ruling.h"

/* Steps with a date. ONE: a date; MANY: a list of dates. */
enum calendar_event {
#define X(symbol, word, shape, zh, en) CALENDAR_##symbol,
#include "domain/calendar_events.def"
#undef X
    CALENDAR_EVENT_COUNT
};

/* The days other days are counted from; DATE_NONE where not known. */
struct calendar_bases {
    struct date polling_day; /* D */
    struct date vec_formed;  /* election committee formed */
    struct date posted;      /* voter list, or another list, posted */
    struct date received;    /* objection received */
    struct date list;        /* candidates posted */
    struct date formed;      /* F */
    struct date meeting;     /* assembly */
};

/* The dates of one event: none, one, or as many as happened. A null list: not given. */
struct calendar_dates {
    const struct date *list;
    size_t count;
};

struct calendar_facts {
    struct date polling_day;
    struct calendar_dates events[CALENDAR_EVENT_COUNT];
};

/* deadlines: one last day each; of CALENDAR_OBJECTION_DECIDED one per objection received. A null
 * list: the law sets none, or what it counts from is not known. Findings: the rules broken. */
struct calendar_result {
    struct calendar_dates deadlines[CALENDAR_EVENT_COUNT];
    struct ruling ruling;
};

const char *calendar_event_word(enum calendar_event event);
struct text calendar_event_title(enum calendar_event event);
bool calendar_event_is_list(enum calendar_event event);
bool calendar_event_find(const char *word, enum calendar_event *ret_event);

/* The last day of one step; DATE_NONE if there is none. */
struct date calendar_deadline(const struct pack *pack, enum calendar_event event,
                              const struct calendar_bases *bases);
/* The day a DAYS value of the pack stands for (also CAL-08, CAL-13, other objections); DATE_NONE
 * if it is none or counts from a day not known. */
struct date
calendar_day(const struct pack *pack, enum pack_key key, const struct calendar_bases *bases);
/* The last day an election due on `due` may be put off to, and the first it may be brought forward
 * to (CAL-14); DATE_NONE if the pack sets no limit. */
struct date calendar_latest_shift(const struct pack *pack, struct date due);
struct date calendar_earliest_shift(const struct pack *pack, struct date due);
/* Decisions pair with objections by position and are not more than they. */
void calendar_decide(struct ctx *ctx, const struct pack *pack, const struct calendar_facts *facts,
                     struct calendar_result *ret_result);
