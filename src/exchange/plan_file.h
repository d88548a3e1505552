/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan file 实施方案 (cunxuan-plan-1, docs/formats.md): JSON with the deadlines, sizes and
 * tasks of a township's election.
 */
#pragma once

#include "base/json.h"
#include "domain/calendar.h"

/* Reads it and tests its shape: format, deadlines (an object of texts), tasks (objects with id and
 * title). ERR_INVALID naming the member that is wrong. The dates' meaning is not tested. */
enum err
plan_file_read(struct ctx *ctx, const char *text, size_t length, json_t **ret_plan) WARN_UNUSED;
/* "D-20", "posted+5", "F+10", "2021-01-01" against the same bases as the law. False: not readable.
 */
bool plan_file_date(const char *text, const struct calendar_bases *bases, struct date *ret_date);
/* A task's date: fixed (*ret_day), or so many days from the polling day (*ret_from_poll,
 * *ret_offset); neither for one that counts from a day not known yet (F+10, received+3), or none.
 */
void plan_file_task_date(const char *text, struct date *ret_day, bool *ret_from_poll,
                         int64_t *ret_offset);
