/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped packs for tests of the domain, which itself reads no files. */
#pragma once

#include "domain/pack.h"

/* All files of packs/. Fails the test if one is wrong. */
struct pack_shelf *support_shelf(struct ctx *ctx);
/* "cn-2018+jiangxi". Fails the test if there is none. */
const struct pack *support_pack(struct ctx *ctx, const char *law);
/* The text of one shipped pack. */
const char *support_pack_text(struct ctx *ctx, const char *name);
