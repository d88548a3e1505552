/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of `cunxuan roll` that have a file of their own. */
#pragma once

#include "cli/cli.h"

/* roll check [--register FILE]… FILE… ; argv as a command gets it. */
enum err roll_check_command(struct cli *cli, const struct command *command, int argc,
                            char **argv) WARN_UNUSED;
