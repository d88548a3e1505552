/* SPDX-License-Identifier: Apache-2.0 */
/* roll import-all KIND FILE|FOLDER, and roll find. */
#pragma once

#include "cli/cli.h"

struct roll_all_wish {
    const char *kind;
    const char *path;
    const char *accept; /* whole, good_rows; NULL: whole */
    const char *as_of;  /* NULL: today */
    const char *source; /* NULL: the path */
};
enum err roll_import_all(struct cli *cli, const struct roll_all_wish *wish) WARN_UNUSED;

/* One person by number, or by name in a village. Who looked, when and with what success is kept in
 * lookups.log in the data folder, without the number. */
struct roll_find_wish {
    const char *number; /* or NULL */
    const char *name;   /* or NULL */
    const char *unit;   /* with name */
};
enum err roll_find(struct cli *cli, const struct roll_find_wish *wish) WARN_UNUSED;
