/* SPDX-License-Identifier: Apache-2.0 */
/* What every test file needs: cmocka's includes in their order, and a fresh context per test. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Set-up and tear-down of one test: *state is a struct ctx, Chinese, now = 0. */
int support_ctx_setup(void **state);
int support_ctx_teardown(void **state);

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_ctx_setup, support_ctx_teardown)
