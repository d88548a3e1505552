/* SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>

#include "cli/cli.h"

int
main(int argc, char **argv)
{
    /* A file that may not grow is an error of its writer (EFBIG), not the end of the program. */
    (void)signal(SIGXFSZ, SIG_IGN);
    return cli_main(argc, argv);
}
