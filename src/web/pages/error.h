/* SPDX-License-Identifier: Apache-2.0 */
/* What went wrong and what to do. */
#pragma once

struct error_view {
    int status;
    const char *title;
    const char *message;
    const char *hint; /* "" if none */
};
