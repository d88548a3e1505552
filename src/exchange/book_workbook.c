/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/book_workbook.h"

#include <string.h>

enum { SHEETS_MOST = 1000, RELATIONS_MOST = 5000 };

/* Other zipped documents, by a part they have. */
static const struct document_row {
    const char *part;
    struct text what;
} DOCUMENTS[] = {
    {"xl/workbook.bin", {"二进制工作簿（XLSB）", "a binary workbook (XLSB)"}},
    {"content.xml", {"OpenDocument 文件（ODS）", "an OpenDocument file (ODS)"}},
    {"word/document.xml", {"Word 文档", "a Word document"}},
    {"ppt/presentation.xml", {"演示文稿", "a presentation"}},
};

struct relation {
    const char *id;
    const char *type; /* the last word of its address */
    const char *target;
};

struct workbook_reading {
    struct ctx *ctx;
    void *mem;
    struct relation *relations;
    size_t relation_count;
    struct {
        const char *name;
        const char *id;
        bool hidden;
    } sheets[SHEETS_MOST];
    size_t sheet_count;
    bool base_1904;
};

static void
on_relation(void *data, const char *name, const char **attributes)
{
    struct workbook_reading *reading = data;
    const char *id = book_xml_attribute(attributes, "Id");
    const char *type = book_xml_attribute(attributes, "Type");
    const char *target = book_xml_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        reading->relation_count >= RELATIONS_MOST)
        return;
    const char *word = strrchr(type, '/');
    reading->relations =
        mem_grow(reading->mem, reading->relations, struct relation, reading->relation_count + 1);
    reading->relations[reading->relation_count++] = (struct relation){
        mem_text(reading->mem, id), mem_text(reading->mem, word ? word + 1 : type),
        mem_text(reading->mem, target)};
}

static void
on_workbook(void *data, const char *name, const char **attributes)
{
    struct workbook_reading *reading = data;
    if (strcmp(name, "workbookPr") == 0)
        reading->base_1904 = book_xml_is_true(book_xml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0 || reading->sheet_count >= SHEETS_MOST)
        return;
    const char *title = book_xml_attribute(attributes, "name");
    const char *id = book_xml_attribute(attributes, "id");
    const char *state = book_xml_attribute(attributes, "state");
    if (!title || !id)
        return;
    const size_t index = reading->sheet_count++;
    reading->sheets[index].name = mem_text(reading->mem, title);
    reading->sheets[index].id = mem_text(reading->mem, id);
    reading->sheets[index].hidden = state && strcmp(state, "visible") != 0;
}

static void
on_end(void *data, const char *name)
{
    (void)data;
    (void)name;
}

static const struct book_xml_handlers RELATIONS = {on_relation, on_end, NULL};
static const struct book_xml_handlers WORKBOOK = {on_workbook, on_end, NULL};

/* Path of a part from where another one lies: "worksheets/sheet1.xml", "/xl/…", "../xl/…". */
static const char *
part_path(const struct workbook_reading *reading, const char *folder, const char *target)
{
    if (target[0] == '/')
        return mem_text(reading->mem, target + 1);
    while (strncmp(target, "./", 2) == 0)
        target += 2;
    size_t length = strlen(folder);
    while (strncmp(target, "../", 3) == 0) {
        target += 3;
        const char *slash = length > 1 ? memrchr(folder, '/', length - 1) : NULL;
        length = slash ? (size_t)(slash - folder) + 1 : 0;
    }
    return mem_printf(reading->mem, "%.*s%s", (int)length, folder, target);
}

/* "xl/workbook.xml" → "xl/", "xl/_rels/workbook.xml.rels". */
static const char *
folder_of(const struct workbook_reading *reading, const char *part)
{
    const char *slash = strrchr(part, '/');
    return mem_text_n(reading->mem, part, slash ? (size_t)(slash - part) + 1 : 0);
}

static enum err
relations_read(struct ctx *ctx, struct book_zip *zip, struct workbook_reading *reading,
               const char *part)
{
    const char *folder = folder_of(reading, part);
    const char *name = mem_printf(reading->mem, "%s_rels/%s.rels", folder, part + strlen(folder));
    reading->relations = NULL;
    reading->relation_count = 0;
    const enum err err = book_xml_read(ctx, zip, name, &RELATIONS, reading);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

/* The relation of an id or, without one, of a type; NULL: none. */
static const struct relation *
relation_find(const struct workbook_reading *reading, const char *id, const char *type)
{
    for (size_t i = 0; i < reading->relation_count; i++) {
        const struct relation *relation = &reading->relations[i];
        if ((id && strcmp(relation->id, id) == 0) || (type && strcmp(relation->type, type) == 0))
            return relation;
    }
    return NULL;
}

static enum err
foreign_refuse(struct ctx *ctx, const struct book *book, const struct book_zip *zip)
{
    struct text what = {"压缩包或者别的文件", "an archive or some other file"};
    for (size_t i = 0; i < COUNT_OF(DOCUMENTS); i++) {
        if (book_zip_has(zip, DOCUMENTS[i].part)) {
            what = DOCUMENTS[i].what;
            break;
        }
    }
    return FAIL_HINT(ctx, ERR_INVALID,
                     "压缩包先解压；其他文件在 WPS 或者 Excel 中“另存为”“Excel 工作簿（*.xlsx）”",
                     "unpack an archive first; save other files as \"Excel workbook (*.xlsx)\"",
                     "%s 是%s，不是 XLSX 工作簿", "%s is %s, not an XLSX workbook",
                     book->source.name, text_pick(ctx, what));
}

static const char *
part_of_type(const struct workbook_reading *reading, const char *folder, const char *type)
{
    const struct relation *relation = relation_find(reading, NULL, type);
    return relation ? part_path(reading, folder, relation->target) : "";
}

/* The sheets that have rows, in the book's order. */
static void
sheets_take(struct ctx *ctx, struct book *book, const struct workbook_reading *reading,
            const char *folder, struct book_workbook *workbook)
{
    workbook->parts = mem_array(reading->mem, const char *, reading->sheet_count + 1);
    for (size_t i = 0; i < reading->sheet_count; i++) {
        const struct relation *relation = relation_find(reading, reading->sheets[i].id, NULL);
        if (!relation || strcmp(relation->type, "worksheet") != 0)
            continue;
        workbook->parts[book->sheet_count] = part_path(reading, folder, relation->target);
        book_add_sheet(ctx, book, reading->sheets[i].name, reading->sheets[i].hidden);
    }
}

enum err
book_workbook_read(struct ctx *ctx, struct book *book, struct book_zip *zip,
                   struct book_workbook *ret_workbook)
{
    struct workbook_reading *reading = mem_new(book, struct workbook_reading);
    struct book_workbook workbook = {0};
    reading->ctx = ctx;
    reading->mem = reading;
    TRY(relations_read(ctx, zip, reading, ""));
    const struct relation *document = relation_find(reading, NULL, "officeDocument");
    const char *part = document ? part_path(reading, "", document->target) : "xl/workbook.xml";
    enum err err = book_xml_read(ctx, zip, part, &WORKBOOK, reading);
    if (err == ERR_NOT_FOUND)
        return foreign_refuse(ctx, book, zip);
    TRY(err);
    TRY(relations_read(ctx, zip, reading, part));
    const char *folder = folder_of(reading, part);
    workbook.base_1904 = reading->base_1904;
    workbook.strings = part_of_type(reading, folder, "sharedStrings");
    workbook.styles = part_of_type(reading, folder, "styles");
    sheets_take(ctx, book, reading, folder, &workbook);
    if (book->sheet_count == 0)
        return foreign_refuse(ctx, book, zip);
    *ret_workbook = workbook;
    return ERR_OK;
}
