/* SPDX-License-Identifier: Apache-2.0 */
/* What an objection 异议 opens: a decision that upholds it carries exactly the correcting act. */
#pragma once

#include "act/act.h"

/* Blocks (SEQ-01) unless the field objection_seq, where given, names an objection that stands, is
 * about one of `subjects` (words of objection.file, parted by blanks), was upheld at least in part
 * and, where it names people, names `person` (a code or a name; NULL: whoever). */
enum err upheld_check(struct call *call, const char *subjects, const char *person) WARN_UNUSED;
