/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as one part of an XLSX workbook (the first byte chooses which): refused with words, or
 * read to the end, with every text well-formed. */
#include "exchange/roll_reader.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <zip.h>

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct {
    const char *name;
    const char *usual;
} PARTS[] = {
    {"xl/worksheets/sheet1.xml",
     "<worksheet><sheetData><row><c t='s'><v>0</v></c><c s='1'><v>30037</v></c></row></sheetData>"
     "</worksheet>"},
    {"xl/sharedStrings.xml", "<sst><si><t>姓名</t></si></sst>"},
    {"xl/styles.xml",
     "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"},
    {"xl/workbook.xml",
     "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='rId1'/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
     "<Relationship Id='rId2' Type='x/sharedStrings' Target='sharedStrings.xml'/><Relationship "
     "Id='rId3' Type='x/styles' Target='styles.xml'/></Relationships>"},
};

static void
part_add(zip_t *zip, size_t part, const void *bytes, size_t length)
{
    zip_source_t *source = zip_source_buffer(zip, bytes, length, 0);
    const zip_int64_t index = zip_file_add(zip, PARTS[part].name, source, 0);
    ASSERT(index >= 0);
    ASSERT(zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
}

static struct book_source
workbook_make(struct ctx *ctx, const uint8_t *bytes, size_t length)
{
    zip_stat_t stat;
    const size_t chosen = length ? bytes[0] % COUNT_OF(PARTS) : 0;
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    ASSERT(target);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, NULL);
    ASSERT(zip);
    for (size_t i = 0; i < COUNT_OF(PARTS); i++) {
        if (i == chosen && length > 1)
            part_add(zip, i, bytes + 1, length - 1);
        else
            part_add(zip, i, PARTS[i].usual, strlen(PARTS[i].usual));
    }
    ASSERT(zip_close(zip) == 0 && zip_source_stat(target, &stat) == 0);
    char *made = mem_array(ctx->mem, char, stat.size);
    ASSERT(zip_source_open(target) == 0);
    ASSERT(zip_source_read(target, made, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(target);
    zip_source_free(target);
    return (struct book_source){"fuzz", NULL, made, stat.size};
}

static void
rows_read(struct ctx *ctx, struct book *book, size_t index)
{
    struct book_row row;
    bool more = true;
    enum err err = book_begin(ctx, book, index);
    while (err == ERR_OK && more) {
        err = book_next(ctx, book, &row, &more);
        for (size_t i = 0; err == ERR_OK && more && i < row.count; i++) {
            ASSERT(strlen(row.cells[i].text) == row.cells[i].length);
            ASSERT(utf8_is_valid(row.cells[i].text, row.cells[i].length));
        }
    }
    ASSERT(err == ERR_OK || ctx->failure.message);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);
    const struct book_source source = workbook_make(ctx, bytes, length);
    const struct roll_wish wish = {.kind = ROLL_KIND_COUNT};
    struct roll_layout layout;
    struct roll_table table;
    struct book *book;
    if (book_open(ctx, &source, &book) != ERR_OK) {
        ASSERT(ctx->failure.message && ctx->failure.message[0]);
        return 0;
    }
    for (size_t i = 0; i < book_sheet_count(book) && i < 3; i++) {
        failure_clear(ctx);
        rows_read(ctx, book, i);
    }
    failure_clear(ctx);
    if (roll_book_read(ctx, &source, &wish, &layout, &table) != ERR_OK)
        ASSERT(ctx->failure.message && ctx->failure.message[0]);
    return 0;
}
