/* SPDX-License-Identifier: Apache-2.0 */
/* Registers and rolls as village offices export them, tidy and ugly. */
#include "support/support.h"

#include <string.h>

#include "base/buf.h"
#include "exchange/roll_reader.h"

#define GOOD "361099198105050014"
#define HEADER "姓名,性别,身份证号,组,登记类别\n"

static enum err
read_bytes(struct ctx *ctx, const char *bytes, size_t length, enum roll_kind kind,
           struct roll_table *ret_table)
{
    const struct book_source source = {"名册.csv", NULL, bytes, length};
    const struct roll_wish wish = {.kind = kind};
    struct roll_layout layout;
    failure_clear(ctx);
    return roll_book_read(ctx, &source, &wish, &layout, ret_table);
}

static struct roll_table
roll_of(struct ctx *ctx, const char *text)
{
    struct roll_table table = {0};
    const enum err err = read_bytes(ctx, text, strlen(text), ROLL_KIND_ROLL, &table);
    if (err != ERR_OK)
        fail_msg("%s", ctx->failure.message);
    return table;
}

static void
refused_file(struct ctx *ctx, const char *bytes, size_t length, const char *words)
{
    struct roll_table table;
    assert_int_not_equal(read_bytes(ctx, bytes, length, ROLL_KIND_ROLL, &table), ERR_OK);
    if (!strstr(ctx->failure.message, words))
        fail_msg("\"%s\" is not in: %s", words, ctx->failure.message);
}

static void
assert_cell(const struct roll_table *table, size_t row, enum roll_column column, const char *text)
{
    assert_true(row < table->count);
    assert_string_equal(table->rows[row].cells[column], text);
}

static void
titles_above_the_header_are_skipped(void **state)
{
    const struct roll_table table =
        roll_of(*state, "\xEF\xBB\xBF西村村选民登记册,,,,\r\n2021年2月,,,,\r\n\r\n"
                        "* 姓 名,性别,公民身份号码（18位）,村民小组,登记类别：\r\n"
                        "张　勇,男,\t" GOOD ",下坊组,1\r\n");
    assert_int_equal(table.count, 1);
    assert_cell(&table, 0, ROLL_COL_NAME, "张勇");
    assert_cell(&table, 0, ROLL_COL_ID_NUMBER, GOOD);
    assert_cell(&table, 0, ROLL_COL_BIRTH, "1981-05-05");
    assert_int_equal(table.rows[0].line, 5);
    assert_int_equal(table.rows[0].row, 1);
}

static void
gb18030_is_read_as_well(void **state)
{
    struct roll_table table;
    /* 姓名,组,出生日期 / 王芳,一组,1982/3/27 */
    static const char BYTES[] = "\xD0\xD5\xC3\xFB,\xD7\xE9,\xB3\xF6\xC9\xFA\xC8\xD5\xC6\xDA\r\n"
                                "\xCD\xF5\xB7\xBC,\xD2\xBB\xD7\xE9,1982/3/27\r\n";
    assert_int_equal(read_bytes(*state, BYTES, sizeof BYTES - 1, ROLL_KIND_ROLL, &table), ERR_OK);
    assert_cell(&table, 0, ROLL_COL_NAME, "王芳");
    assert_cell(&table, 0, ROLL_COL_BIRTH, "1982-03-27");
    assert_cell(&table, 0, ROLL_COL_HEAD, "1");
}

static void
numbers_are_cleaned_of_what_spreadsheets_add(void **state)
{
    static const char *const WRITTEN[] = {
        "'11010519491231002x", "11010519491231002X\t", " 110105 19491231 002X",
        "１１０１０５１９４９１２３１００２\uFF38", "\"11010519491231002X\""};
    for (size_t i = 0; i < COUNT_OF(WRITTEN); i++) {
        const struct roll_table table =
            roll_of(*state, mem_printf(((struct ctx *)*state)->mem, HEADER "李,女,%s,一组,1\n",
                                       WRITTEN[i]));
        assert_int_equal(table.refusal_count, 0);
        assert_cell(&table, 0, ROLL_COL_ID_NUMBER, "11010519491231002X");
    }
}

static void
dates_are_read_as_people_write_them(void **state)
{
    static const char *const WRITTEN[] = {
        "1982-03-27",    "1982/3/27",          "1982.3.27",         "19820327",
        "1982年3月27日", "1982-3-27 00:00:00", "１９８２－３－２７"};
    static const char *const WRONG[] = {"1982年3月", "82-3-27", "30037", "1982-02-30", "未知"};
    struct ctx *ctx = *state;
    for (size_t i = 0; i < COUNT_OF(WRITTEN); i++) {
        const struct roll_table table =
            roll_of(ctx, mem_printf(ctx->mem, "姓名,组,出生日期\n李,一组,%s\n", WRITTEN[i]));
        if (table.count != 1)
            fail_msg("%s is refused", WRITTEN[i]);
        assert_cell(&table, 0, ROLL_COL_BIRTH, "1982-03-27");
    }
    for (size_t i = 0; i < COUNT_OF(WRONG); i++) {
        const struct roll_table table =
            roll_of(ctx, mem_printf(ctx->mem, "姓名,组,出生日期\n李,一组,%s\n", WRONG[i]));
        if (table.refusal_count != 1 || table.refusals[0].fault != ROLL_FAULT_NOT_A_DATE)
            fail_msg("%s is taken", WRONG[i]);
    }
}

static void
each_bad_row_is_refused_with_its_reason(void **state)
{
    const struct {
        const char *row;
        enum roll_column column;
        enum roll_fault fault;
    } cases[] = {
        {"李,女,3.61E+17,一组,1", ROLL_COL_ID_NUMBER, ROLL_FAULT_SCIENTIFIC},
        {"李,女,361099198105050010,一组,1", ROLL_COL_ID_NUMBER, ROLL_FAULT_ID_CHECK},
        {"李,女,361002199002290010,一组,1", ROLL_COL_ID_NUMBER, ROLL_FAULT_ID_DATE},
        {"李,女,361002900229001,一组,1", ROLL_COL_ID_NUMBER, ROLL_FAULT_OLD_NUMBER},
        {"李,女,12345,一组,1", ROLL_COL_ID_NUMBER, ROLL_FAULT_ID_LENGTH},
        {"李,女," GOOD ",一组,1", ROLL_COL_SEX, ROLL_FAULT_SEX_DIFFERS},
        {",男," GOOD ",一组,1", ROLL_COL_NAME, ROLL_FAULT_MISSING},
        {"李?明,男," GOOD ",一组,1", ROLL_COL_NAME, ROLL_FAULT_UNREADABLE},
        {"李,男,,一组,1", ROLL_COL_BIRTH, ROLL_FAULT_MISSING},
        {"李,男," GOOD ",一组,4", ROLL_COL_HEAD, ROLL_FAULT_NOT_A_WORD},
        {"李,男," GOOD ",一组,", ROLL_COL_HEAD, ROLL_FAULT_MISSING},
        {"李,男," GOOD, ROLL_COL_GROUP, ROLL_FAULT_MISSING},
    };
    struct ctx *ctx = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct roll_table table =
            roll_of(ctx, mem_printf(ctx->mem, HEADER "%s\n", cases[i].row));
        assert_int_equal(table.count, 0);
        assert_true(table.refusal_count > 0);
        if (table.refusals[0].column != cases[i].column ||
            table.refusals[0].fault != cases[i].fault)
            fail_msg("%s: %s", cases[i].row, roll_fault_row(table.refusals[0].fault)->word);
        assert_int_equal(table.refusals[0].line, 2);
    }
}

static void
the_second_row_of_a_number_is_refused(void **state)
{
    const struct roll_table table =
        roll_of(*state, HEADER "李,男," GOOD ",一组,1\n王,男," GOOD ",一组,1\n");
    assert_int_equal(table.count, 1);
    assert_int_equal(table.refusals[0].fault, ROLL_FAULT_TWICE);
    assert_int_equal(table.refusals[0].line, 3);
    assert_string_equal(table.refusals[0].detail, "2");
}

static void
files_that_cannot_be_read_say_why(void **state)
{
    struct ctx *ctx = *state;
    static const struct {
        const char *bytes;
        size_t length;
        const char *words;
    } CASES[] = {
#define FILE_CASE(text, words) {text, sizeof(text) - 1, words}
        FILE_CASE("", "没有内容"),
        FILE_CASE("\n \n,,\n", "没有内容"),
        FILE_CASE("PK\x03\x04....", "损坏"),
        FILE_CASE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", "不是表格"),
        FILE_CASE("%PDF-1.4", "PDF"),
        FILE_CASE("<html><table><tr><td>姓名", "网页"),
        FILE_CASE("\xFF\xFE\x59\x00", "没有表头"),
        FILE_CASE("姓名\0组", "零字节"),
        FILE_CASE("\xEF\xBB\xBF姓名,组\n\xFF\n", "UTF-8"),
        FILE_CASE("甲,乙\n1,2\n", "没有表头"),
        FILE_CASE("姓名,组,出生日期,姓 名\n李,一组,1982-3-27,李\n", "都是“姓名”"),
        FILE_CASE("姓名,出生日期\n李,1982-3-27\n", "没有“组”列"),
        FILE_CASE("姓名,组\n李,一组\n", "既没有"),
        FILE_CASE("姓名,组,出生日期\n", "没有人"),
        FILE_CASE("姓名,组,出生日期\n李,一组,1982-3-27\n王,一", "中断"),
        FILE_CASE("姓名,组,出生日期\n\"李,一组,1982-3-27\n王,一组,1982-3-27\n", "引号"),
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        refused_file(ctx, CASES[i].bytes, CASES[i].length, CASES[i].words);
}

static void
a_file_over_the_limit_is_not_looked_into(void **state)
{
    struct roll_table table;
    /* More than 2 GB: the length alone decides. */
    assert_int_equal(read_bytes(*state, "x", (size_t)3 << 30, ROLL_KIND_ROLL, &table), ERR_LIMIT);
}

static void
a_huge_line_is_an_open_quotation_mark(void **state)
{
    struct ctx *ctx = *state;
    const size_t length = 1 << 20;
    char *text = mem_array(ctx->mem, char, length + 1);
    memset(text, 'x', length);
    text[0] = '"';
    refused_file(ctx, text, length, "引号");
}

static void
quoted_cells_and_semicolons_are_read(void **state)
{
    const struct roll_table table =
        roll_of(*state, "姓名;组;出生日期\n\"李\";\"一组;上\";1982-3-27\n");
    assert_cell(&table, 0, ROLL_COL_GROUP, "一组;上");
}

static void
rare_characters_and_name_dots_are_kept(void **state)
{
    const struct roll_table table =
        roll_of(*state, "姓名,组,出生日期\n𠅤小兰,一组,1982-3-27\n买买提•吐尔逊,一组,1982-3-27\n");
    assert_cell(&table, 0, ROLL_COL_NAME, "𠅤小兰");
    assert_cell(&table, 1, ROLL_COL_NAME, "买买提·吐尔逊");
}

static void
the_normalised_table_comes_back_without_plain_numbers(void **state)
{
    struct ctx *ctx = *state;
    struct field_keys keys;
    const uint8_t secret[SECRET_LENGTH] = {1};
    struct roll_table again;
    const char *number;
    struct roll_table table = roll_of(ctx, "姓名,身份证号,组,电话\n李," GOOD ",一组,12700001111\n"
                                           "王,123,一组,\n");

    field_keys_derive(secret, &keys);
    roll_table_seal(ctx, &keys, &table);
    const char *text = roll_table_write(ctx, &table);

    assert_null(strstr(text, GOOD));
    assert_null(strstr(text, "12700001111"));
    assert_int_equal(roll_table_parse(ctx, text, strlen(text), &again), ERR_OK);
    assert_int_equal(again.count, 1);
    assert_int_equal(again.refusal_count, 1);
    assert_int_equal(again.refusals[0].fault, ROLL_FAULT_ID_LENGTH);
    assert_int_equal(
        field_decrypt(ctx, &keys, "id_number", again.rows[0].cells[ROLL_COL_ID_CIPHER], &number),
        ERR_OK);
    assert_string_equal(number, GOOD);
    assert_string_equal(roll_table_write(ctx, &again), text);
}

static void
the_sealed_original_is_the_file_again(void **state)
{
    /* As in a workbook: NUL, every byte, line ends. */
    static const char BEGINS[] = "cunxuan-sealed-1\n";
    struct ctx *ctx = *state;
    struct field_keys keys;
    struct field_bytes opened;
    const uint8_t secret[SECRET_LENGTH] = {1};
    char file[4096];
    for (size_t i = 0; i < sizeof file; i++)
        file[i] = (char)(i * 37 % 256);
    memcpy(file, "PK\x03\x04\0\0", 6);
    field_keys_derive(secret, &keys);
    const char *sealed = roll_original_seal(ctx, &keys, file, sizeof file);
    assert_memory_equal(sealed, BEGINS, strlen(BEGINS));
    const char *body = sealed + strlen(BEGINS);
    const size_t length = strcspn(body, "\n");
    assert_string_equal(body + length, "\n");
    assert_int_equal(
        field_decrypt_bytes(ctx, &keys, "original", mem_text_n(ctx->mem, body, length), &opened),
        ERR_OK);
    assert_int_equal(opened.length, sizeof file);
    assert_memory_equal(opened.text, file, sizeof file);
}

static void
a_mapping_comes_back_from_its_json(void **state)
{
    struct ctx *ctx = *state;
    struct roll_mapping mapping = {0}, again;
    json_t *bad = json_own(ctx->mem, json_pack("{s{si}}", "columns", "证号", 1));
    json_t *unknown = json_own(ctx->mem, json_pack("{s{ss}}", "columns", "证号", "颜色"));
    assert_int_equal(roll_mapping_add(ctx, &mapping, "证号=id_number"), ERR_OK);
    assert_int_equal(roll_mapping_add(ctx, &mapping, "人=员甲=姓名"), ERR_OK);
    assert_int_equal(roll_mapping_add(ctx, &mapping, "D=-"), ERR_OK);
    json_t *value = json_own(ctx->mem, roll_mapping_json(&mapping));
    assert_int_equal(roll_mapping_read(ctx, value, &again), ERR_OK);
    assert_int_equal(again.count, 3);
    for (size_t i = 0; i < again.count; i++) {
        assert_string_equal(again.rows[i].heading, mapping.rows[i].heading);
        assert_int_equal(again.rows[i].column, mapping.rows[i].column);
    }
    assert_int_equal(again.rows[1].column, ROLL_COL_NAME);
    assert_int_equal(again.rows[2].column, ROLL_COLUMN_COUNT);
    assert_true(json_equal(json_own(ctx->mem, roll_mapping_json(&again)), value));
    assert_int_equal(roll_mapping_read(ctx, bad, &again), ERR_INVALID);
    assert_int_equal(roll_mapping_read(ctx, unknown, &again), ERR_INVALID);
}

static void
a_table_larger_than_any_village_is_refused_with_the_way(void **state)
{
    struct ctx *ctx = *state;
    struct buf buf;
    struct roll_table table;
    buf_init(&buf, ctx->mem, SIZE_MAX / 2);
    buf_add_text(&buf, "姓名,身份证号,组\n");
    for (int i = 0; i <= ROLL_TABLE_MOST; i++)
        buf_add_text(&buf, "李,,一\n");
    assert_int_equal(read_bytes(ctx, buf.data, buf.length, ROLL_KIND_ROLL, &table), ERR_LIMIT);
    assert_non_null(strstr(ctx->failure.hint, "import-all"));
}

static void
what_is_no_normalised_table_is_refused(void **state)
{
    struct roll_table table;
    static const char *const BAD[] = {"",
                                      "x\n",
                                      "cunxuan-roll-1\troll\n",
                                      "cunxuan-roll-1\tnone\n#\trow\tline\tname\n",
                                      "cunxuan-roll-1\troll\n#\trow\tline\tid_number\n",
                                      "cunxuan-roll-1\troll\n#\trow\tline\tname\n+\t1\t2\n",
                                      "cunxuan-roll-1\troll\n#\trow\tline\tname\n+\t1\t2\ta"};
    for (size_t i = 0; i < COUNT_OF(BAD); i++) {
        failure_clear(*state);
        assert_int_equal(roll_table_parse(*state, BAD[i], strlen(BAD[i]), &table), ERR_INVALID);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(titles_above_the_header_are_skipped),
        TEST(gb18030_is_read_as_well),
        TEST(numbers_are_cleaned_of_what_spreadsheets_add),
        TEST(dates_are_read_as_people_write_them),
        TEST(each_bad_row_is_refused_with_its_reason),
        TEST(the_second_row_of_a_number_is_refused),
        TEST(files_that_cannot_be_read_say_why),
        TEST(a_file_over_the_limit_is_not_looked_into),
        TEST(a_huge_line_is_an_open_quotation_mark),
        TEST(quoted_cells_and_semicolons_are_read),
        TEST(rare_characters_and_name_dots_are_kept),
        TEST(the_normalised_table_comes_back_without_plain_numbers),
        TEST(the_sealed_original_is_the_file_again),
        TEST(a_mapping_comes_back_from_its_json),
        TEST(a_table_larger_than_any_village_is_refused_with_the_way),
        TEST(what_is_no_normalised_table_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
