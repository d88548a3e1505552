/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only clock. China has one zone, +08:00, and no summer time; instants are written in it:
 * "2021-03-20T09:00:00+08:00".
 */
#pragma once

#include "base/ctx.h"
#include "base/date.h"

/* Seconds since 1970-01-01 00:00 UTC. */
int64_t clock_now(void);
/* For measuring only. */
int64_t clock_monotonic_us(void);
/* Processor time of all threads of this process. */
int64_t clock_processor_us(void);
/* The instant as text, in ctx->mem. */
const char *instant_format(struct ctx *ctx, int64_t instant);
/* Reads exactly that form, +08:00 only, years 1900 … 2199. */
bool instant_parse(const char *text, int64_t *ret_instant);
/* The day in China at the instant. */
struct date instant_date(int64_t instant);
/* 00:00 in China on the day. */
int64_t instant_of_date(struct date date);
