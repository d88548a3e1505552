/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan roll mapping, and a mapping shown when an import uses it. */
#pragma once

#include "cli/cli.h"

struct roll_mapping;

enum err roll_mapping_command(struct cli *cli, const struct command *command, int argc,
                              char **argv) WARN_UNUSED;
/* One line a column: "    证号=id_number". */
void roll_mapping_print(struct cli *cli, FILE *out, const struct roll_mapping *mapping);
