/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions nobody calls, and what to call instead. Included before every file by the build
 * (-include); the system headers that declare them come first.
 *
 *   strcpy strcat strncpy strncat   mem_text, mem_text_n, struct buf
 *   sprintf vsprintf                mem_printf
 *   strtok sscanf atoi atol strtol  num_parse_i64, date_parse, slices
 *   gmtime localtime ctime          base/date.h, base/clock.h
 *   rand srand random               base/crypto.h
 *
 * rand, strtoul, strncpy and their kin are held by tools/lint alone: headers of OpenSSL, libpq and
 * libxlsxwriter say these words.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncat sprintf vsprintf strtok sscanf
#pragma GCC poison atoi atol atoll strtol strtoll strtoull
#pragma GCC poison gmtime localtime ctime asctime srand random
#pragma GCC poison gets
