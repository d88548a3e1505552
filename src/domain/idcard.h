/* SPDX-License-Identifier: Apache-2.0 */
/* Resident identity numbers (公民身份号码, GB 11643-1999; IDN-01). */
#pragma once

#include "base/date.h"
#include "domain/words.h"

/* What is wrong with a number, in the order it is looked for. */
enum idcard_fault {
    IDCARD_OK,
    IDCARD_LENGTH, /* not 18 characters */
    IDCARD_DIGIT,  /* not 17 digits and a digit, X or x */
    IDCARD_REGION, /* the first two digits are no province */
    IDCARD_DATE,   /* digits 7–14 are no day of 1900 to 2199 */
    IDCARD_CHECK,  /* the check character is wrong */
    IDCARD_FAULT_COUNT
};

/* birth and sex hold only if fault is IDCARD_OK. */
struct idcard {
    enum idcard_fault fault;
    struct date birth;
    enum sex sex;
};

struct idcard idcard_read(const char *number);
/* The same for exactly 18 bytes, which need no end. *ret_digits: the first 17 as a number, which
 * says all of a right one; set unless the fault is IDCARD_DIGIT. */
struct idcard idcard_read_18(const char *bytes, uint64_t *ret_digits);
/* True for a number of 15 digits as cards had it before 1999; *ret_digits: the first 17 digits of
 * the number that the same person has now. */
bool idcard_old_digits(const char *number, uint64_t *ret_digits);
/* "length" …, NULL for IDCARD_OK. */
const char *idcard_fault_word(enum idcard_fault fault);
/* What is wrong, for people. */
struct text idcard_fault_text(enum idcard_fault fault);
