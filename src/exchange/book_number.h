/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of spreadsheets, which also stand for days, as text; without floating point. */
#pragma once

#include "exchange/book.h"

/* Room for any number or moment. */
struct book_number {
    char text[48];
    enum book_cell_kind kind; /* NUMBER, DATE; TEXT if the value is no number */
};

/* A number as it stands in the file. Whole numbers of up to 15 digits come out as their digits
 * ("1.3912345678E10" → "13912345678"); longer ones as programs show them, "3.6109919810505E+17",
 * for digits are lost or may be. */
struct book_number book_number_read(const char *raw);
/* Day and time of day from a number; stays a NUMBER if it is none of 1900 … 2199. Base 1904 is the
 * old Macintosh's. */
struct book_number book_number_moment(const char *raw, bool base_1904);
/* "1982-03-27T00:00:00Z" → the same form. */
struct book_number book_number_iso(const char *raw);
/* True if numbers in this format ("yyyy\"年\"m\"月\"", "[$-804]h:mm") are days or times. */
bool book_format_is_date(const char *code);
/* The same for a format by its number among those that every program knows. */
bool book_format_id_is_date(int64_t id);
