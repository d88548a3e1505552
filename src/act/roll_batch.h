/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an import writes, gathered row by row and written many at a time: a village of 1,400 people
 * is then a handful of statements. The tables are the same as if each row had been written alone,
 * in order.
 */
#pragma once

#include "act/roll_people.h"

struct roll_batch;

/* kind: of the identities, IDENTITY_REGISTER or IDENTITY_ROLL. is_new: the village has no identity
 * of that kind and no voter yet, so that all rows are new ones. */
struct roll_batch *roll_batch_new(struct call *call, const char *kind, bool is_new);
void roll_batch_person(struct roll_batch *batch, const struct person *person);
void roll_batch_identity(struct roll_batch *batch, const char *id_mac, const char *person);
void roll_batch_voter(struct roll_batch *batch, const struct voter *voter);
enum err roll_batch_write(struct call *call, struct roll_batch *batch) WARN_UNUSED;
