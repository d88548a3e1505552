/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_clean.h"

#include <string.h>

#include "base/buf.h"
#include "base/intake.h"
#include "base/num.h"
#include "base/utf8.h"
#include "domain/idcard.h"

enum { LONGEST_CELL = 500, LONGEST_NAME = 100, OLD_DIGITS = 15, PHONE_MOST = 24 };

static const enum roll_cell CELLS[] = {
#define X(symbol, key, cell, title, headings) [ROLL_COL_##symbol] = ROLL_CELL_##cell,
#include "exchange/roll_columns.def"
#undef X
};

enum roll_cell
roll_column_cell(enum roll_column column)
{
    return CELLS[column];
}

/* Words that people write for the program's. */
static const struct word_row {
    enum roll_column column;
    const char *written;
    const char *word;
} WORDS[] = {
    {ROLL_COL_HEAD, "1", "1"},
    {ROLL_COL_HEAD, "一", "1"},
    {ROLL_COL_HEAD, "第一类", "1"},
    {ROLL_COL_HEAD, "2", "2"},
    {ROLL_COL_HEAD, "二", "2"},
    {ROLL_COL_HEAD, "第二类", "2"},
    {ROLL_COL_HEAD, "3", "3"},
    {ROLL_COL_HEAD, "三", "3"},
    {ROLL_COL_HEAD, "第三类", "3"},
    {ROLL_COL_PARTY, "中共党员", "full"},
    {ROLL_COL_PARTY, "党员", "full"},
    {ROLL_COL_PARTY, "正式党员", "full"},
    {ROLL_COL_PARTY, "中国共产党党员", "full"},
    {ROLL_COL_PARTY, "是", "full"},
    {ROLL_COL_PARTY, "中共预备党员", "probationary"},
    {ROLL_COL_PARTY, "预备党员", "probationary"},
    {ROLL_COL_PARTY, "中国共产党预备党员", "probationary"},
    {ROLL_COL_PARTY, "群众", "none"},
    {ROLL_COL_PARTY, "共青团员", "none"},
    {ROLL_COL_PARTY, "团员", "none"},
    {ROLL_COL_PARTY, "无党派人士", "none"},
    {ROLL_COL_PARTY, "民主党派", "none"},
    {ROLL_COL_PARTY, "否", "none"},
    {ROLL_COL_EDUCATION, "小学", "primary"},
    {ROLL_COL_EDUCATION, "初中", "junior"},
    {ROLL_COL_EDUCATION, "高中", "senior"},
    {ROLL_COL_EDUCATION, "中专", "senior"},
    {ROLL_COL_EDUCATION, "中技", "senior"},
    {ROLL_COL_EDUCATION, "职高", "senior"},
    {ROLL_COL_EDUCATION, "技校", "senior"},
    {ROLL_COL_EDUCATION, "大专", "college"},
    {ROLL_COL_EDUCATION, "大学专科", "college"},
    {ROLL_COL_EDUCATION, "专科", "college"},
    {ROLL_COL_EDUCATION, "高职", "college"},
    {ROLL_COL_EDUCATION, "大学本科", "bachelor"},
    {ROLL_COL_EDUCATION, "本科", "bachelor"},
    {ROLL_COL_EDUCATION, "大学", "bachelor"},
    {ROLL_COL_EDUCATION, "硕士", "bachelor"},
    {ROLL_COL_EDUCATION, "硕士研究生", "bachelor"},
    {ROLL_COL_EDUCATION, "研究生", "bachelor"},
    {ROLL_COL_EDUCATION, "博士", "bachelor"},
    {ROLL_COL_EDUCATION, "博士研究生", "bachelor"},
    {ROLL_COL_EDUCATION, "文盲", ""},
    {ROLL_COL_EDUCATION, "文盲或半文盲", ""},
    {ROLL_COL_EDUCATION, "学龄前", ""},
    {ROLL_COL_EDUCATION, "无", ""},
    {ROLL_COL_STATIONED, "是", "y"},
    {ROLL_COL_STATIONED, "否", ""},
    {ROLL_COL_REPLIED, "是", "y"},
    {ROLL_COL_REPLIED, "已回复", "y"},
    {ROLL_COL_REPLIED, "否", "n"},
    {ROLL_COL_REPLIED, "未回复", "n"},
    {ROLL_COL_WISH, "参加", "y"},
    {ROLL_COL_WISH, "是", "y"},
    {ROLL_COL_WISH, "不参加", "n"},
    {ROLL_COL_WISH, "否", "n"},
    {ROLL_COL_WISH, "未答复", ""},
};

static bool
is_hidden(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character < 0xA0) ||
           (character >= 0x200B && character <= 0x200F) ||
           (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
}

/* Full-width form → the plain character. */
static uint32_t
narrow(uint32_t character)
{
    return character >= 0xFF01 && character <= 0xFF5E ? character - 0xFEE0 : character;
}

static void
character_add(struct buf *buf, const char *from, const char *to, uint32_t character)
{
    if (character < 0x80)
        buf_add_char(buf, (char)character);
    else
        buf_add(buf, from, (size_t)(to - from));
}

const char *
roll_text_squeeze(struct ctx *ctx, const char *raw)
{
    struct buf buf;
    buf_init(&buf, ctx->mem, SIZE_MAX / 2);
    for (const char *from = raw, *at = raw; *from; from = at) {
        const uint32_t character = narrow(utf8_next(&at));
        if (!is_hidden(character) && !utf8_is_space(character))
            character_add(&buf, from, at, character);
    }
    return buf.data;
}

/* The dots between the parts of a name: all become ·, U+00B7 (GB 11643 cards print that). */
static bool
is_name_dot(uint32_t character)
{
    static const uint32_t DOTS[] = {0xB7, 0x2022, 0x2027, 0x2E31, 0x30FB, 0xFF0E, 0xFF65, 0x16EB};
    for (size_t i = 0; i < COUNT_OF(DOTS); i++) {
        if (DOTS[i] == character)
            return true;
    }
    return false;
}

/* Names of Chinese characters have no spaces: 张　勇 is 张勇. Those in letters keep one between
 * words. */
static const char *
name_clean(struct ctx *ctx, const char *raw)
{
    struct buf buf;
    bool after_letter = false, space = false;
    buf_init(&buf, ctx->mem, SIZE_MAX / 2);
    for (const char *from = raw, *at = raw; *from; from = at) {
        const uint32_t character = utf8_next(&at);
        if (utf8_is_space(character) || is_hidden(character)) {
            space = true;
            continue;
        }
        const bool letter = character < 0x80;
        if (space && letter && after_letter)
            buf_add_char(&buf, ' ');
        if (is_name_dot(character))
            buf_add_text(&buf, "·");
        else
            character_add(&buf, from, at, character);
        after_letter = letter;
        space = false;
    }
    return buf.data;
}

/* Free text: spaces of every kind become one plain space. */
static const char *
plain_clean(struct ctx *ctx, const char *raw)
{
    struct buf buf;
    bool space = false;
    buf_init(&buf, ctx->mem, SIZE_MAX / 2);
    for (const char *from = raw, *at = raw; *from; from = at) {
        const uint32_t character = utf8_next(&at);
        if (utf8_is_space(character) || (is_hidden(character) && character < 0x20)) {
            space = buf.length > 0;
            continue;
        }
        if (is_hidden(character))
            continue;
        if (space)
            buf_add_char(&buf, ' ');
        character_add(&buf, from, at, character);
        space = false;
    }
    return buf.data;
}

/* Signs that stand where a program could not show a character. */
static bool
has_lost_character(const char *text)
{
    static const uint32_t LOST[] = {'?', 0xFF1F, 0xFFFD, 0x25A1, 0x25A0, '*'};
    for (uint32_t character; (character = utf8_next(&text)) != 0;) {
        for (size_t i = 0; i < COUNT_OF(LOST); i++) {
            if (LOST[i] == character)
                return true;
        }
    }
    return false;
}

static bool
name_read(struct ctx *ctx, const char *raw, const char **ret_text, enum roll_fault *ret_fault)
{
    const char *name = name_clean(ctx, raw);
    if (has_lost_character(name) || strlen(name) > LONGEST_NAME) {
        *ret_fault = has_lost_character(name) ? ROLL_FAULT_UNREADABLE : ROLL_FAULT_TOO_LONG;
        return false;
    }
    *ret_text = name;
    return true;
}

static bool
word_read(enum roll_column column, const char *text, const char **ret_text,
          enum roll_fault *ret_fault)
{
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (WORDS[i].column == column && strcmp(WORDS[i].written, text) == 0) {
            *ret_text = WORDS[i].word;
            return true;
        }
    }
    *ret_fault = ROLL_FAULT_NOT_A_WORD;
    return false;
}

static bool
sex_read(const char *text, const char **ret_text, enum roll_fault *ret_fault)
{
    static const char *const MALE[] = {"男", "男性", "m", "M"};
    static const char *const FEMALE[] = {"女", "女性", "f", "F"};
    for (size_t i = 0; i < COUNT_OF(MALE); i++) {
        if (strcmp(text, MALE[i]) == 0 || strcmp(text, FEMALE[i]) == 0) {
            *ret_text = strcmp(text, MALE[i]) == 0 ? "m" : "f";
            return true;
        }
    }
    *ret_fault = ROLL_FAULT_NOT_A_WORD;
    return false;
}

/* Up to three numbers with anything but digits between them; the lengths of their digits too. */
struct numbers {
    int values[3];
    int digits[3];
    int count;
};

static bool
numbers_read(const char *text, struct numbers *ret_numbers)
{
    struct numbers numbers = {0};
    while (*text) {
        const size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 8 || numbers.count == 3)
            return false;
        int value = 0;
        for (size_t i = 0; i < digits; i++)
            value = value * 10 + (text[i] - '0');
        numbers.values[numbers.count] = value;
        numbers.digits[numbers.count++] = (int)digits;
        text += digits;
        text += strcspn(text, "0123456789");
    }
    *ret_numbers = numbers;
    return true;
}

/* Between the numbers stand only the signs of a date. */
static bool
has_date_signs_only(const char *text)
{
    for (uint32_t character; (character = utf8_next(&text)) != 0;) {
        const bool digit = character >= '0' && character <= '9';
        const bool sign = character == '-' || character == '/' || character == '.' ||
                          character == 0x5E74 || character == 0x6708 || character == 0x65E5;
        if (!digit && !sign)
            return false;
    }
    return true;
}

/* 1982-03-27, 1982/3/27, 1982.3.27, 1982年3月27日, 19820327; a time of day behind is dropped. */
static bool
date_read(struct ctx *ctx, const char *raw, const char **ret_text, enum roll_fault *ret_fault)
{
    const char *plain = plain_clean(ctx, raw);
    const char *colon = strchr(plain, ':');
    const char *space = strchr(plain, ' ');
    if (colon && space && space < colon)
        plain = mem_text_n(ctx->mem, plain, (size_t)(space - plain));
    const char *text = roll_text_squeeze(ctx, plain);
    struct numbers numbers;
    struct date date;
    *ret_fault = ROLL_FAULT_NOT_A_DATE;
    if (!has_date_signs_only(text) || !numbers_read(text, &numbers))
        return false;
    struct civil civil = {numbers.values[0], numbers.values[1], numbers.values[2]};
    if (numbers.count == 1 && numbers.digits[0] == 8) {
        const div_t day = div(numbers.values[0], 100);
        const div_t month = div(day.quot, 100);
        civil = (struct civil){month.quot, month.rem, day.rem};
    } else if (numbers.count != 3 || numbers.digits[0] != 4) {
        return false;
    }
    if (!date_from_civil(civil, &date))
        return false;
    *ret_text = date_format(ctx, date);
    return true;
}

static bool
is_scientific(const char *text)
{
    const size_t digits = strspn(text, "0123456789.");
    return digits > 0 && (text[digits] == 'E' || text[digits] == 'e');
}

static const enum roll_fault ID_FAULTS[] = {
    [IDCARD_LENGTH] = ROLL_FAULT_ID_LENGTH, [IDCARD_DIGIT] = ROLL_FAULT_ID_DIGIT,
    [IDCARD_REGION] = ROLL_FAULT_ID_REGION, [IDCARD_DATE] = ROLL_FAULT_ID_DATE,
    [IDCARD_CHECK] = ROLL_FAULT_ID_CHECK,
};

/* GB 11643; spaces, tabs and the apostrophe of spreadsheets are dropped, x becomes X. */
static bool
id_read(struct ctx *ctx, const char *raw, const char **ret_text, enum roll_fault *ret_fault)
{
    const char *squeezed = roll_text_squeeze(ctx, raw);
    char *number = mem_text(ctx->mem, squeezed + strspn(squeezed, "'`"));
    if (number[0] == '\0') {
        *ret_text = number;
        return true;
    }
    for (char *at = number; *at; at++)
        *at = *at == 'x' ? 'X' : *at;
    const struct idcard card = idcard_read(number);
    if (card.fault == IDCARD_OK) {
        *ret_text = number;
        return true;
    }
    *ret_fault = ID_FAULTS[card.fault];
    if (is_scientific(number))
        *ret_fault = ROLL_FAULT_SCIENTIFIC;
    else if (strlen(number) == OLD_DIGITS && strspn(number, "0123456789") == OLD_DIGITS)
        *ret_fault = ROLL_FAULT_OLD_NUMBER;
    return false;
}

static bool
phone_read(struct ctx *ctx, const char *raw, const char **ret_text, enum roll_fault *ret_fault)
{
    const char *squeezed = roll_text_squeeze(ctx, raw);
    const char *phone = squeezed + strspn(squeezed, "'`");
    if (strspn(phone, "0123456789-+()/,;") != strlen(phone) || strlen(phone) > PHONE_MOST) {
        *ret_fault = ROLL_FAULT_NOT_A_PHONE;
        return false;
    }
    *ret_text = phone;
    return true;
}

static bool
plain_read(struct ctx *ctx, const char *raw, const char **ret_text, enum roll_fault *ret_fault)
{
    const char *text = plain_clean(ctx, raw);
    if (strlen(text) > LONGEST_CELL) {
        *ret_fault = ROLL_FAULT_TOO_LONG;
        return false;
    }
    *ret_text = text;
    return true;
}

/* By kind of cell, for one that is not blank. */
static bool
cell_read(struct ctx *ctx, enum roll_column column, const char *raw, const char **ret_text,
          enum roll_fault *ret_fault)
{
    switch (CELLS[column]) {
    case ROLL_CELL_NAME:
        return name_read(ctx, raw, ret_text, ret_fault);
    case ROLL_CELL_SEX:
        return sex_read(roll_text_squeeze(ctx, raw), ret_text, ret_fault);
    case ROLL_CELL_DATE:
        return date_read(ctx, raw, ret_text, ret_fault);
    case ROLL_CELL_ID:
        return id_read(ctx, raw, ret_text, ret_fault);
    case ROLL_CELL_WORD:
        return word_read(column, roll_text_squeeze(ctx, raw), ret_text, ret_fault);
    case ROLL_CELL_PHONE:
        return phone_read(ctx, raw, ret_text, ret_fault);
    case ROLL_CELL_PLAIN:
    case ROLL_CELL_SEALED:
        break;
    }
    return plain_read(ctx, raw, ret_text, ret_fault);
}

/* Digits, letters and common Chinese characters alone: there is nothing to clean, and one form of
 * it only. Large files are made of such cells. */
static bool
is_clean(const char *raw)
{
    const unsigned char *at = (const unsigned char *)raw;
    while (*at) {
        const bool letter =
            (*at >= '0' && *at <= '9') || ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z');
        const bool common = (at[0] == 0xE4 && at[1] >= 0xB8) || (at[0] >= 0xE5 && at[0] <= 0xE9);
        if (!letter && (!common || !at[1] || !at[2]))
            return false;
        at += letter ? 1 : 3;
    }
    return true;
}

static bool
clean_read(struct ctx *ctx, enum roll_column column, const char *raw, const char **ret_text,
           enum roll_fault *ret_fault)
{
    const size_t length = strlen(raw);
    switch (CELLS[column]) {
    case ROLL_CELL_NAME:
    case ROLL_CELL_PLAIN:
    case ROLL_CELL_SEALED:
        if (length > (size_t)(CELLS[column] == ROLL_CELL_NAME ? LONGEST_NAME : LONGEST_CELL)) {
            *ret_fault = ROLL_FAULT_TOO_LONG;
            return false;
        }
        *ret_text = raw;
        return true;
    case ROLL_CELL_WORD:
        return word_read(column, raw, ret_text, ret_fault);
    case ROLL_CELL_SEX:
        return sex_read(raw, ret_text, ret_fault);
    case ROLL_CELL_ID:
        if (idcard_read(raw).fault == IDCARD_OK && !strchr(raw, 'x')) {
            *ret_text = raw;
            return true;
        }
        break;
    case ROLL_CELL_PHONE:
    case ROLL_CELL_DATE:
        break;
    }
    return cell_read(ctx, column, raw, ret_text, ret_fault);
}

bool
roll_cell_clean(struct ctx *ctx, enum roll_column column, const char *raw, const char **ret_text,
                enum roll_fault *ret_fault)
{
    const char *normal;
    if (raw[0] && is_clean(raw))
        return clean_read(ctx, column, raw, ret_text, ret_fault);
    if (utf8_is_blank(raw) || roll_text_squeeze(ctx, raw)[0] == '\0') {
        *ret_text = "";
        return true;
    }
    if (!cell_read(ctx, column, raw, ret_text, ret_fault))
        return false;
    /* One form for one text (NFC), so that names compare. */
    if (intake_line(ctx, *ret_text, strlen(*ret_text), roll_column_title(column), &normal) !=
        ERR_OK) {
        failure_clear(ctx);
        *ret_fault = ROLL_FAULT_UNREADABLE;
        return false;
    }
    *ret_text = normal;
    return true;
}

const char *
roll_cell_words(enum roll_column column, const char *clean)
{
    if (column == ROLL_COL_SEX && clean[0])
        return clean[0] == 'm' ? "男" : "女";
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        /* The number of a head is shorter than its words. */
        if (WORDS[i].column == column && column != ROLL_COL_HEAD && clean[0] &&
            strcmp(WORDS[i].word, clean) == 0)
            return WORDS[i].written;
    }
    return clean;
}
