/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan roll report: where the roll of a village stands. */
#pragma once

#include "cli/cli.h"

enum err roll_report_command(struct cli *cli, const struct command *command, int argc,
                             char **argv) WARN_UNUSED;
