/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan roll read: a part of `cunxuan roll` with options of its own. */
#pragma once

#include "cli/cli.h"

enum err roll_read_command(struct cli *cli, const struct command *command, int argc,
                           char **argv) WARN_UNUSED;
