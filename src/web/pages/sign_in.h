/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in, changing the password, the first administrator. */
#pragma once

#include <stdbool.h>

struct sign_in_view {
    const char *message; /* what was wrong; "" */
    const char *notice;  /* why the last session is over; "" */
    const char *name;    /* as typed */
};

struct password_view {
    const char *message;
    bool must_change;
    int length_min;
};

struct setup_view {
    const char *message;
    const char *name;
    int length_min;
};
