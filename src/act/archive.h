/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bundle of a sealed village: everything somebody needs who trusts nobody, in one file. It
 * reaches to the last archive.seal, whatever was entered after it, and is the same bytes each time.
 * docs/formats.md §8 is the public description.
 */
#pragma once

#include "act/gate.h"

struct archive_bundle {
    const char *name; /* 361023103200-term11.cunxuan.tar */
    const void *bytes;
    size_t length;
    int64_t last_seq; /* of the seal */
    bool exercise;    /* 演练: no election; the name says so too */
};

/* ERR_NO with words if the unit is not sealed; ERR_STORE if a blob it names is missing or the seal
 * was not signed by this key. */
enum err archive_bundle_make(struct ctx *ctx, struct gate *gate, const char *unit,
                             struct archive_bundle *ret_bundle) WARN_UNUSED;
