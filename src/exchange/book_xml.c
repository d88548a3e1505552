/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/book_xml.h"

#include <string.h>

enum { PIECE = 32 * 1024, DEPTH_MOST = 64, TOKEN_MOST = 1024 * 1024 };

static const char *
name_local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *
book_xml_attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        if (strcmp(name_local(attributes[i]), name) == 0)
            return attributes[i + 1];
    }
    return NULL;
}

bool
book_xml_is_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

void
book_xml_fail(struct book_xml *xml, enum err err)
{
    xml->err = err;
    (void)XML_StopParser(xml->parser, XML_FALSE);
}

void
book_xml_pause(struct book_xml *xml)
{
    xml->paused = true;
    (void)XML_StopParser(xml->parser, XML_TRUE);
}

static void
on_start(void *data, const char *name, const char **attributes)
{
    struct book_xml *xml = data;
    if (++xml->depth > DEPTH_MOST)
        book_xml_fail(xml, book_zip_broken(xml->ctx, xml->zip, book_part_name(xml->part),
                                           text_format(xml->ctx, "嵌套过深", "nested too deep")));
    else
        xml->handlers->start(xml->data, name_local(name), attributes);
}

static void
on_end(void *data, const char *name)
{
    struct book_xml *xml = data;
    xml->depth--;
    if (xml->err == ERR_OK)
        xml->handlers->end(xml->data, name_local(name));
}

static void
on_text(void *data, const char *text, int length)
{
    struct book_xml *xml = data;
    if (xml->err == ERR_OK)
        xml->handlers->text(xml->data, text, (size_t)length);
}

static void
on_doctype(void *data, const char *name, const char *system, const char *public, int subset)
{
    struct book_xml *xml = data;
    (void)name;
    (void)system;
    (void)public;
    (void)subset;
    book_xml_fail(xml,
                  book_zip_broken(xml->ctx, xml->zip, book_part_name(xml->part),
                                  text_format(xml->ctx, "不该有文档类型声明", "a document type")));
}

static int
xml_release(struct book_xml *xml)
{
    XML_ParserFree(xml->parser);
    return 0;
}

enum err
book_xml_open(struct ctx *ctx, struct book_zip *zip, const char *name,
              const struct book_xml_handlers *handlers, void *data, struct book_xml **ret_xml)
{
    struct book_part *part;
    TRY(book_part_open(ctx, zip, name, &part));
    struct book_xml *xml = mem_new(zip, struct book_xml);
    *xml = (struct book_xml){
        .zip = zip, .part = talloc_steal(xml, part), .handlers = handlers, .data = data};
    xml->parser = XML_ParserCreate(NULL);
    ASSERT(xml->parser);
    talloc_set_destructor(xml, xml_release);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    if (handlers->text)
        XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    *ret_xml = xml;
    return ERR_OK;
}

static enum err
parser_refuse(struct ctx *ctx, const struct book_xml *xml)
{
    return book_zip_broken(ctx, xml->zip, book_part_name(xml->part),
                           XML_ErrorString(XML_GetErrorCode(xml->parser)));
}

/* One piece more for the parser. */
static enum err
piece_parse(struct ctx *ctx, struct book_xml *xml, enum XML_Status *ret_status)
{
    size_t got;
    char *bytes = XML_GetBuffer(xml->parser, PIECE);
    if (!bytes)
        return parser_refuse(ctx, xml);
    TRY(book_part_read(ctx, xml->part, bytes, PIECE, &got));
    xml->fed += got;
    xml->ended = got == 0;
    *ret_status = XML_ParseBuffer(xml->parser, (int)got, got == 0);
    return ERR_OK;
}

enum err
book_xml_run(struct ctx *ctx, struct book_xml *xml)
{
    XML_ParsingStatus parsing;
    xml->ctx = ctx;
    xml->paused = false;
    while (!xml->paused) {
        enum XML_Status status = XML_STATUS_OK;
        XML_GetParsingStatus(xml->parser, &parsing);
        if (parsing.parsing == XML_SUSPENDED)
            status = XML_ResumeParser(xml->parser);
        else if (xml->ended)
            return ERR_OK;
        else
            TRY(piece_parse(ctx, xml, &status));
        TRY(xml->err);
        if (status == XML_STATUS_ERROR)
            return parser_refuse(ctx, xml);
        const XML_Index done = XML_GetCurrentByteIndex(xml->parser);
        if (done >= 0 && xml->fed > (uint64_t)done + TOKEN_MOST)
            return book_zip_broken(ctx, xml->zip, book_part_name(xml->part),
                                   text_format(ctx, "标记过长", "an endless tag"));
    }
    return ERR_OK;
}

void
book_xml_close(struct book_xml *xml)
{
    talloc_free(xml);
}

enum err
book_xml_read(struct ctx *ctx, struct book_zip *zip, const char *name,
              const struct book_xml_handlers *handlers, void *data)
{
    struct book_xml *xml;
    TRY(book_xml_open(ctx, zip, name, handlers, data, &xml));
    while (!xml->ended)
        TRY(book_xml_run(ctx, xml));
    book_xml_close(xml);
    return ERR_OK;
}
