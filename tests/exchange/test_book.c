/* SPDX-License-Identifier: Apache-2.0 */
/* Spreadsheet files of every kind, with the traps that break hand-made readers. */
#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include <zip.h>

#include "base/buf.h"
#include "base/file.h"
#include "exchange/book.h"

#define WORKBOOK                                                                                   \
    "<workbook xmlns:r='r'><sheets><sheet name='登记册' sheetId='1' r:id='rId1'/></sheets>"     \
    "</workbook>"
#define RELATIONS                                                                                  \
    "<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"   \
    "<Relationship Id='rId2' Type='x/sharedStrings' Target='/xl/sharedStrings.xml'/>"              \
    "<Relationship Id='rId3' Type='x/styles' Target='styles.xml'/>"                                \
    "<Relationship Id='rId4' Type='x/worksheet' Target='worksheets/sheet2.xml'/></Relationships>"

/* The parts of a workbook; NULL: the usual one, or none. */
struct parts {
    const char *workbook;
    const char *rows; /* of sheet1 */
    const char *sheet;
    const char *strings;
    const char *styles;
    const char *second; /* sheet2, whole */
};

static void
part_add(zip_t *zip, const char *name, const char *text, size_t length)
{
    zip_source_t *source = zip_source_buffer(zip, text, length, 0);
    assert_non_null(source);
    assert_true(zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0);
}

static struct book_source
zip_finish(struct ctx *ctx, zip_t *zip, zip_source_t *target)
{
    zip_stat_t stat;
    assert_int_equal(zip_close(zip), 0);
    assert_int_equal(zip_source_stat(target, &stat), 0);
    char *bytes = mem_array(ctx->mem, char, stat.size + 1);
    assert_int_equal(zip_source_open(target), 0);
    assert_int_equal(zip_source_read(target, bytes, stat.size), (zip_int64_t)stat.size);
    assert_int_equal(zip_source_close(target), 0);
    zip_source_free(target);
    return (struct book_source){"表.xlsx", NULL, bytes, stat.size};
}

static zip_t *
zip_begin(zip_source_t **ret_target)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(target);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    *ret_target = target;
    return zip;
}

static struct book_source
xlsx_make(struct ctx *ctx, struct parts parts)
{
    zip_source_t *target;
    zip_t *zip = zip_begin(&target);
    const char *workbook = parts.workbook ? parts.workbook : WORKBOOK;
    const char *sheet =
        parts.sheet
            ? parts.sheet
            : mem_printf(ctx->mem, "<worksheet><sheetData>%s</sheetData></worksheet>", parts.rows);
    part_add(zip, "xl/workbook.xml", workbook, strlen(workbook));
    part_add(zip, "xl/_rels/workbook.xml.rels", RELATIONS, strlen(RELATIONS));
    part_add(zip, "xl/worksheets/sheet1.xml", sheet, strlen(sheet));
    if (parts.strings)
        part_add(zip, "xl/sharedStrings.xml", parts.strings, strlen(parts.strings));
    if (parts.styles)
        part_add(zip, "xl/styles.xml", parts.styles, strlen(parts.styles));
    if (parts.second)
        part_add(zip, "xl/worksheets/sheet2.xml", parts.second, strlen(parts.second));
    return zip_finish(ctx, zip, target);
}

/* All rows of a sheet as "line:cell|cell|\n"; "!" before an error, "d" a date, "=" a formula, "h"
 * before a hidden row, "^" a value of the merged cell above; or the failure's words. */
static const char *
sheet_dump(struct ctx *ctx, const struct book_source *source, size_t index)
{
    static const char *const MARKS[] = {"", "", "", "d", "b", "!"};
    struct book *book;
    struct buf buf;
    failure_clear(ctx);
    buf_init(&buf, ctx->mem, SIZE_MAX / 2);
    if (book_open(ctx, source, &book) != ERR_OK || book_begin(ctx, book, index) != ERR_OK)
        return ctx->failure.message;
    for (;;) {
        struct book_row row;
        bool more;
        if (book_next(ctx, book, &row, &more) != ERR_OK)
            return ctx->failure.message;
        if (!more)
            return buf.data;
        buf_add_format(&buf, "%s%lld:", row.hidden ? "h" : "", (long long)row.line);
        for (size_t i = 0; i < row.count; i++)
            buf_add_format(&buf, "%s%s%s%s|", row.cells[i].covered ? "^" : "",
                           row.cells[i].formula ? "=" : "", MARKS[row.cells[i].kind],
                           row.cells[i].text);
        buf_add_char(&buf, '\n');
    }
}

static void
assert_rows(struct ctx *ctx, struct parts parts, const char *expected)
{
    const struct book_source source = xlsx_make(ctx, parts);
    assert_string_equal(sheet_dump(ctx, &source, 0), expected);
}

static void
assert_refused(struct ctx *ctx, const struct book_source *source, enum err err, const char *words)
{
    const char *said = sheet_dump(ctx, source, 0);
    if (ctx->failure.err != err || !strstr(said, words))
        fail_msg("\"%s\" is not in: %s", words, said);
}

static void
shared_inline_and_rich_texts_are_read_without_phonetic_guides(void **state)
{
    assert_rows(
        *state,
        (struct parts){.strings = "<sst><si><t>姓名</t></si><si><r><t>张</t></r><r><rPr/><t "
                                  "xml:space='preserve'> 勇</t></r><rPh sb='0'><t>zhang</t>"
                                  "</rPh><phoneticPr/></si></sst>",
                       .rows = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' "
                               "t='inlineStr'><is><r><t>性</t></r><r><t>别</t></r><rPh><t>"
                               "x</t></rPh></is></c></row><row r='2'><c r='A2' t='s'><v>1</v>"
                               "</c><c r='B2' t='str'><f>A1</f><v>男</v></c></row>"},
        "1:姓名|性别|\n2:张 勇|=男|\n");
}

static void
prefixes_missing_numbers_and_missing_places_are_no_trouble(void **state)
{
    assert_rows(*state,
                (struct parts){.sheet = "<x:worksheet xmlns:x='u'><x:sheetData><x:row><x:c><x:v>1"
                                        "</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row/><x:row>"
                                        "<x:c r='C3'><x:v>3</x:v></x:c></x:row></x:sheetData>"
                                        "</x:worksheet>"},
                "1:1|2|\n3:||3|\n");
}

static void
a_value_merged_over_rows_stands_in_each(void **state)
{
    struct ctx *ctx = *state;
    struct book *book;
    const struct book_source source = xlsx_make(
        ctx, (struct parts){
                 .sheet = "<worksheet><cols><col min='2' max='3' hidden='1'/></cols><sheetData>"
                          "<row r='1'><c r='A1'><v>9</v></c></row>"
                          "<row r='3'><c r='A3'><v>1</v></c><c r='C3'><v>2</v></c></row>"
                          "<row r='4'><c r='B4'><v>3</v></c><c r='C4'><v>4</v></c></row>"
                          "<row r='5'><c r='A5' s='1'/></row>"
                          "<row r='7'><c r='B7'><v>5</v></c></row>"
                          "<row r='8'><c r='B8'><v>6</v></c></row>"
                          "<row r='9'><c r='A9'><v>7</v></c><c r='B9'><v>8</v></c></row>"
                          "<row r='10'><c r='B10'><v>0</v></c></row></sheetData>"
                          "<mergeCells><mergeCell ref='A9:B10'/><mergeCell ref='A3:A7'/>"
                          "<mergeCell ref='A1:C1'/><mergeCell ref='x'/></mergeCells></worksheet>"});
    static const char ROWS[] = "1:9|\n3:1||2|\n4:^1|3|4|\n7:^1|5|\n8:|6|\n9:7|8|\n10:^7|0|\n";
    assert_string_equal(sheet_dump(ctx, &source, 0), ROWS);
    assert_int_equal(book_open(ctx, &source, &book), ERR_OK);
    for (int i = 0; i < 2; i++) {
        struct book_row row;
        bool more;
        assert_int_equal(book_begin(ctx, book, 0), ERR_OK);
        for (int k = 0; k < 3; k++)
            assert_int_equal(book_next(ctx, book, &row, &more), ERR_OK);
        assert_string_equal(row.cells[0].text, "1");
        assert_true(row.cells[0].covered && !row.cells[1].covered);
    }
    assert_true(!book_column_is_hidden(book, 0) && book_column_is_hidden(book, 2));
    assert_false(book_column_is_hidden(book, 3));
}

/* Both readers of XML, the scanner and expat, say the same. */
static void
assert_xml(struct ctx *ctx, const char *row, const char *expected)
{
    /* The long gap hides the encoding from the scanner, so that expat reads it. */
    const char *const heads[] = {
        "<?xml version='1.0' encoding='UTF-8'?>", "\xEF\xBB\xBF",
        mem_printf(ctx->mem, "<?xml version='1.0'%300s encoding='UTF-8'?>", "")};
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        const char *sheet = mem_printf(ctx->mem, "%s<worksheet><sheetData>%s", heads[i], row);
        const struct book_source source = xlsx_make(ctx, (struct parts){.sheet = sheet});
        const char *rows = sheet_dump(ctx, &source, 0);
        if (expected && strcmp(rows, expected) != 0)
            fail_msg("%s\n%s", sheet, rows);
        if (!expected && (ctx->failure.err != ERR_INVALID || !strstr(rows, "损坏")))
            fail_msg("%s is taken: %s", sheet, rows);
    }
}

static void
xml_is_read_as_it_is_meant(void **state)
{
    static const char END[] = "</sheetData></worksheet> \n<!-- the end -->";
    static const struct {
        const char *row;
        const char *rows;
    } GOOD[] = {
        {"<row><c t='str' ><v>a&amp;&lt;&gt;&quot;&apos;&#20013;&#x1F600;</v ></c></row >",
         "1:a&<>\"'\xE4\xB8\xAD\xF0\x9F\x98\x80|\n"},
        {"<row><c t = \"str\"><v>a<![CDATA[<v>&amp;]]>b<!-- > - -->c<?x y?></v></c></row>",
         "1:a<v>&amp;bc|\n"},
        {"<row><c t='s&#116;r'><v>1\r\n2\r3</v></c></row>", "1:1\n2\n3|\n"},
        {"<row r='5'/><row><c x='>' t='str'><v>1</v></c><c/><c><v/></c><c><v>2</v></c></row>",
         "6:1|||2|\n"},
    };
    static const char *const BAD[] = {
        "<row><c><v>1</c></v></row>",
        "<row><c><v>1</v></c></row></row>",
        "<row><c t='str'><v>&nbsp;</v></c></row>",
        "<row><c t='str'><v>&#0;</v></c></row>",
        "<row><c t='str'><v>&#xD800;</v></c></row>",
        "<row><c t='str'><v>a & b</v></c></row>",
        "<row><c t='str'><v>\x01</v></c></row>",
        "<row><c t='str'><v>\xE4\xB8</v></c></row>",
        "<row><c t=str><v>1</v></c></row>",
        "<row><c t='<'><v>1</v></c></row>",
        "<row><c t='n's='1'><v>1</v></c></row>",
        "<row>< c></c></row>",
        "<row><!ELEMENT x></row>",
    };
    for (size_t i = 0; i < COUNT_OF(GOOD); i++)
        assert_xml(*state, mem_printf(((struct ctx *)*state)->mem, "%s%s", GOOD[i].row, END),
                   GOOD[i].rows);
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        assert_xml(*state, mem_printf(((struct ctx *)*state)->mem, "%s%s", BAD[i], END), NULL);
    assert_xml(*state, "<row><c><v>1</v></c></row></sheetData>", NULL);
    assert_xml(*state, "</sheetData></worksheet><worksheet></worksheet>", NULL);
    assert_xml(*state, "</sheetData></worksheet>text", NULL);
    assert_xml(*state, "</sheetData></worksheet", NULL);
}

/* Two bytes for every character: expat's. */
static void
utf16_parts_are_read_as_well(void **state)
{
    static const char SHEET[] = "<worksheet><sheetData><row><c><v>12</v></c></row></sheetData>"
                                "</worksheet>";
    char wide[2 * sizeof SHEET] = "\xFF\xFE";
    zip_source_t *target;
    zip_t *zip = zip_begin(&target);
    for (size_t i = 0; i + 1 < sizeof SHEET; i++)
        wide[2 + 2 * i] = SHEET[i];
    part_add(zip, "xl/workbook.xml", WORKBOOK, strlen(WORKBOOK));
    part_add(zip, "xl/_rels/workbook.xml.rels", RELATIONS, strlen(RELATIONS));
    part_add(zip, "xl/worksheets/sheet1.xml", wide, sizeof wide);
    const struct book_source source = zip_finish(*state, zip, target);
    assert_string_equal(sheet_dump(*state, &source, 0), "1:12|\n");
}

static void
dates_are_known_by_their_format(void **state)
{
    static const char STYLES[] =
        "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='yyyy\"年\"m\"月\"d\"日\"'/>"
        "<numFmt numFmtId='177' formatCode='0.00\"day\";[Red]0'/><numFmt numFmtId='178' "
        "formatCode='[$-804]h:mm'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
        "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='176'/><xf numFmtId='177'/>"
        "<xf numFmtId='178'/><xf numFmtId='31'/></cellXfs></styleSheet>";
    static const char ROWS[] =
        "<row><c s='0'><v>30037</v></c><c s='1'><v>30037</v></c><c s='2'><v>30037.5</v></c>"
        "<c s='3'><v>30037</v></c><c s='4'><v>0.25</v></c><c s='5'><v>3.0037E4</v></c><c s='1'>"
        "<v>59</v></c><c s='1'><v>60</v></c><c s='1'><v>-1</v></c><c t='d'><v>1982-03-27T00:00:00Z"
        "</v></c></row>";
    assert_rows(*state, (struct parts){.styles = STYLES, .rows = ROWS},
                "1:30037|d1982-03-27|d1982-03-27 12:00:00|30037|d06:00:00|d1982-03-27|d1900-02-28|"
                "60|-1|d1982-03-27|\n");
    assert_rows(*state,
                (struct parts){.workbook = "<workbook><workbookPr date1904='1'/><sheets><sheet "
                                           "name='a' r:id='rId1' xmlns:r='r'/></sheets></workbook>",
                               .styles = STYLES,
                               .rows = "<row><c s='1'><v>28575</v></c><c s='1'><v>0</v></c></row>"},
                "1:d1982-03-27|d1904-01-01|\n");
}

static void
numbers_that_lost_digits_look_lost(void **state)
{
    assert_rows(
        *state,
        (struct parts){.rows = "<row><c><v>361099198105050000</v></c><c><v>"
                               "3.6109919810505E+17</v></c><c><v>1.3912345678E10</v></c><c>"
                               "<v>32.0</v></c><c><v>41.5</v></c><c><v>123456789012345</v>"
                               "</c><c><v>0</v></c></row>"},
        "1:3.6109919810505E+17|3.6109919810505E+17|13912345678|32|41.5|123456789012345|0|\n");
}

static void
errors_truths_formulas_and_hidden_rows_are_marked(void **state)
{
    assert_rows(*state,
                (struct parts){.rows = "<row r='3' hidden='1'><c t='e'><f>1/0</f><v>#DIV/0!</v></c>"
                                       "<c t='b'><v>1</v></c><c><f>1+1</f><v>2</v></c><c><f>X()</f>"
                                       "</c></row>"},
                "h3:=!#DIV/0!|bTRUE|=2|\n");
}

static void
escapes_are_the_characters_they_stand_for(void **state)
{
    assert_rows(*state,
                (struct parts){.strings =
                                   "<sst><si><t>张_x000D__x005F_x0041__x4E00_&amp;_x_</t></si>"
                                   "</sst>",
                               .rows = "<row><c t='s'><v>0</v></c></row>"},
                "1:张\r_x0041_一&_x_|\n");
}

static void
trailing_blank_rows_and_cells_are_left_out(void **state)
{
    assert_rows(*state,
                (struct parts){.rows = "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1' s='3'/></row>"
                                       "<row r='2'><c r='A2' t='inlineStr'><is><t> \xE3\x80\x80"
                                       "</t></is></c></row><row r='1048576'/>"},
                "1:1|\n");
}

/* Popular readers cut the text where a piece of the file ends: 213 of 100,000 rows are damaged. */
static void
characters_are_whole_at_the_ends_of_pieces(void **state)
{
    struct ctx *ctx = *state;
    struct buf strings, rows;
    buf_init(&strings, ctx->mem, 1 << 24);
    buf_init(&rows, ctx->mem, 1 << 24);
    buf_add_text(&strings, "<sst>");
    for (int i = 0; i < 20000; i++) {
        buf_add_format(&strings, "<si><t>㛃𠅤%d桂英</t></si>", i);
        buf_add_format(&rows,
                       "<row><c t='s'><v>%d</v></c><c t='inlineStr'><is><t>㛃𠅤%d桂英</t></is></c>"
                       "</row>",
                       i, i);
    }
    buf_add_text(&strings, "</sst>");
    const struct book_source source =
        xlsx_make(ctx, (struct parts){.strings = strings.data, .rows = rows.data});
    struct book *book;
    struct book_row row;
    bool more = true;
    assert_int_equal(book_open(ctx, &source, &book), ERR_OK);
    assert_int_equal(book_begin(ctx, book, 0), ERR_OK);
    for (int i = 0; i < 20000; i++) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "㛃𠅤%d桂英", i);
        assert_int_equal(book_next(ctx, book, &row, &more), ERR_OK);
        assert_true(more);
        assert_string_equal(row.cells[0].text, expected);
        assert_string_equal(row.cells[1].text, expected);
    }
    assert_int_equal(book_next(ctx, book, &row, &more), ERR_OK);
    assert_false(more);
}

static void
sheets_are_listed_with_the_hidden_ones(void **state)
{
    struct ctx *ctx = *state;
    struct book *book;
    const struct book_source source = xlsx_make(
        ctx, (struct parts){.workbook = "<workbook xmlns:r='r'><sheets><sheet name='甲' "
                                        "state='hidden' r:id='rId1'/><sheet name='乙' r:id='rId4'/>"
                                        "</sheets></workbook>",
                            .rows = "",
                            .second = "<worksheet><sheetData><row><c><v>7</v></c></row></sheetData>"
                                      "</worksheet>"});
    assert_int_equal(book_open(ctx, &source, &book), ERR_OK);
    assert_int_equal(book_sheet_count(book), 2);
    assert_string_equal(book_sheet(book, 0)->name, "甲");
    assert_true(book_sheet(book, 0)->hidden);
    assert_false(book_sheet(book, 1)->hidden);
    assert_string_equal(sheet_dump(ctx, &source, 1), "1:7|\n");
}

static void
broken_workbooks_are_refused(void **state)
{
    struct ctx *ctx = *state;
    const struct book_source whole =
        xlsx_make(ctx, (struct parts){.rows = "<row><c><v>1</v></c></row>"});
    const struct book_source half = {"表.xlsx", NULL, whole.bytes, whole.length / 2};
    const struct book_source doctype = xlsx_make(
        ctx, (struct parts){.sheet = "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>"});
    const struct book_source unclosed =
        xlsx_make(ctx, (struct parts){.sheet = "<worksheet><sheetData><row><c>"});
    const struct book_source nowhere =
        xlsx_make(ctx, (struct parts){.rows = "<row><c t='s'><v>5</v></c></row>"});
    const struct book_source wide =
        xlsx_make(ctx, (struct parts){.rows = "<row><c r='XFD1'><v>5</v></c></row>"});
    const struct book_source tall =
        xlsx_make(ctx, (struct parts){.rows = "<row r='10000000'><c><v>5</v></c></row>"});
    assert_refused(ctx, &half, ERR_INVALID, "已损坏");
    assert_refused(ctx, &doctype, ERR_INVALID, "文档类型");
    assert_refused(ctx, &unclosed, ERR_INVALID, "已损坏");
    assert_refused(ctx, &nowhere, ERR_INVALID, "不存在");
    assert_refused(ctx, &wide, ERR_LIMIT, "列");
    assert_refused(ctx, &tall, ERR_LIMIT, "行");
}

static void
a_file_made_to_swell_is_refused(void **state)
{
    struct ctx *ctx = *state;
    zip_source_t *target;
    zip_t *zip = zip_begin(&target);
    const size_t length = 64 << 20;
    char *blanks = mem_array(ctx->mem, char, length + 1);
    memset(blanks, ' ', length);
    part_add(zip, "xl/workbook.xml", WORKBOOK, strlen(WORKBOOK));
    part_add(zip, "xl/_rels/workbook.xml.rels", RELATIONS, strlen(RELATIONS));
    part_add(zip, "xl/worksheets/sheet1.xml", blanks, length);
    const struct book_source source = zip_finish(ctx, zip, target);
    assert_true(source.length < 200 * 1024);
    assert_refused(ctx, &source, ERR_LIMIT, "过大");
}

static void
other_files_are_named(void **state)
{
    struct ctx *ctx = *state;
    zip_source_t *target;
    zip_t *zip = zip_begin(&target);
    part_add(zip, "word/document.xml", "<a/>", 4);
    const struct book_source word = zip_finish(ctx, zip, target);
    char cfb[1024] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    static const char NAME[] = "EncryptedPackage";
    for (size_t i = 0; i < sizeof NAME; i++)
        cfb[512 + 2 * i] = NAME[i];
    const struct book_source locked = {"密.xlsx", NULL, cfb, sizeof cfb};
    assert_refused(ctx, &word, ERR_INVALID, "Word");
    assert_refused(ctx, &locked, ERR_INVALID, "密码");
}

static void
utf16_is_read_as_wps_writes_it(void **state)
{
    /* 姓名 TAB 㛃𠅤 CR LF 李 — little and big end first */
    static const char LITTLE[] = "\xFF\xFE\xD3\x59\x0D\x54\x09\x00\xC3\x36\x40\xD8\x64\xDD\x0D\x00"
                                 "\x0A\x00\x4E\x67";
    static const char BIG[] = "\xFE\xFF\x59\xD3\x54\x0D\x00\x09\x36\xC3\xD8\x40\xDD\x64\x00\x0D\x00"
                              "\x0A\x67\x4E";
    const struct book_source little = {"a.txt", NULL, LITTLE, sizeof LITTLE - 1};
    const struct book_source big = {"a.txt", NULL, BIG, sizeof BIG - 1};
    assert_string_equal(sheet_dump(*state, &little, 0), "1:姓名|㛃𠅤|\n2:李|\n");
    assert_string_equal(sheet_dump(*state, &big, 0), "1:姓名|㛃𠅤|\n2:李|\n");
}

static void
both_editions_of_gb18030_are_one(void **state)
{
    /* U+9FB4, whose code moved in 2022. */
    static const char OLD[] = "\xD0\xD5\n\xFE\x59\n";
    static const char NEW[] = "\xD0\xD5\n\x82\x35\x90\x37\n";
    const struct book_source old = {"a.csv", NULL, OLD, sizeof OLD - 1};
    const struct book_source new = {"a.csv", NULL, NEW, sizeof NEW - 1};
    const char *first = mem_text(((struct ctx *)*state)->mem, sheet_dump(*state, &old, 0));
    assert_string_equal(first, "1:姓|\n2:\xE9\xBE\xB4|\n");
    assert_string_equal(sheet_dump(*state, &new, 0), first);
}

static void
a_long_text_is_whole_at_the_ends_of_pieces(void **state)
{
    struct ctx *ctx = *state;
    struct buf buf;
    struct book *book;
    struct book_row row;
    bool more = true;
    buf_init(&buf, ctx->mem, 1 << 24);
    for (int i = 0; i < 60000; i++)
        buf_add_format(&buf, "\"㛃\"\"%d\",𠅤桂英,一组\r\n", i);
    const struct book_source source = {"a.csv", NULL, buf.data, buf.length};
    assert_int_equal(book_open(ctx, &source, &book), ERR_OK);
    assert_int_equal(book_begin(ctx, book, 0), ERR_OK);
    for (int i = 0; i < 60000; i++) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "㛃\"%d", i);
        assert_int_equal(book_next(ctx, book, &row, &more), ERR_OK);
        assert_string_equal(row.cells[0].text, expected);
        assert_string_equal(row.cells[1].text, "𠅤桂英");
        assert_int_equal(row.line, i + 1);
    }
    assert_int_equal(book_next(ctx, book, &row, &more), ERR_OK);
    assert_false(more);
    assert_false(book_ends_abruptly(book));
}

static void
files_of_real_programs_are_read(void **state)
{
    static const struct {
        const char *file;
        size_t sheet;
        const char *begins;
    } FILES[] = {
        {"easyexcel_t02.xlsx", 0, "1:测试配方1027|\n2:序号|原料编号|"},
        {"excel_simple07.xlsx", 1, "1:姓名|\n2:张三|\n"},
        {"hutool_merge_test.xlsx", 0,
         "1:姓名|性别|年龄|鞋码|\n2:张三|男|11|41.5|\n3:李四|女|^11|42|\n"},
        {"poi_inlinestr_t05.xlsx", 0, "1:日期时间标题|\n2:d2023-01-01|\n"},
        {"tencent_doc_t04.xlsx", 0, "1:序号|ID号|工位号|"},
        {"wps_TestIssue256.xlsx", 0, "1:日期|下次日|\n2:d2003-04-16|d2004-04-16|\n"},
        {"wps_date1.xlsx", 0, "1:a|b|\n2:1.00|1|\n"},
        {"wps_office_extra.xlsx", 0, "1:第一列|第二列|\n2:普通超链接|\n"},
    };
    struct ctx *ctx = *state;
    for (size_t i = 0; i < COUNT_OF(FILES); i++) {
        const char *path = mem_printf(ctx->mem, SOURCE_ROOT "/tests/data/xlsx/%s", FILES[i].file);
        const struct book_source source = {.name = path, .path = path};
        const char *rows = sheet_dump(ctx, &source, FILES[i].sheet);
        if (strncmp(rows, FILES[i].begins, strlen(FILES[i].begins)) != 0)
            fail_msg("%s: %s", path, rows);
    }
}

static void
xls_is_read_from_a_path_and_from_bytes(void **state)
{
    struct ctx *ctx = *state;
    struct file_bytes file;
    const char *path = SOURCE_ROOT "/tests/data/register.xls";
    const struct book_source by_path = {.name = path, .path = path};
    static const char ROWS[] = "1:市山村户籍册|\n3:姓名|性别|出生日期|公民身份号码|组|户号|\n"
                               "4:张勇|男|d1981-05-05|361099198105050014|下坊组|200001|\n"
                               "5:㛃桂英|女|d1949-12-31|11010519491231002X|下坊组|200001|\n"
                               "6:李四|男|1982.3.27|3.6109919810505E+17|上坊组|200002|\n";
    assert_int_equal(file_read(ctx, path, (struct text){"", ""}, 1 << 20, &file), ERR_OK);
    const struct book_source bytes = {"a.xls", NULL, file.data, file.length};
    const struct book_source half = {"a.xls", NULL, file.data, file.length / 2};
    assert_string_equal(sheet_dump(ctx, &by_path, 0), ROWS);
    assert_string_equal(sheet_dump(ctx, &bytes, 0), ROWS);
    assert_refused(ctx, &half, ERR_INVALID, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(shared_inline_and_rich_texts_are_read_without_phonetic_guides),
        TEST(prefixes_missing_numbers_and_missing_places_are_no_trouble),
        TEST(a_value_merged_over_rows_stands_in_each),
        TEST(xml_is_read_as_it_is_meant),
        TEST(utf16_parts_are_read_as_well),
        TEST(dates_are_known_by_their_format),
        TEST(numbers_that_lost_digits_look_lost),
        TEST(errors_truths_formulas_and_hidden_rows_are_marked),
        TEST(escapes_are_the_characters_they_stand_for),
        TEST(trailing_blank_rows_and_cells_are_left_out),
        TEST(characters_are_whole_at_the_ends_of_pieces),
        TEST(sheets_are_listed_with_the_hidden_ones),
        TEST(broken_workbooks_are_refused),
        TEST(a_file_made_to_swell_is_refused),
        TEST(other_files_are_named),
        TEST(utf16_is_read_as_wps_writes_it),
        TEST(both_editions_of_gb18030_are_one),
        TEST(a_long_text_is_whole_at_the_ends_of_pieces),
        TEST(files_of_real_programs_are_read),
        TEST(xls_is_read_from_a_path_and_from_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
