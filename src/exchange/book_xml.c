/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/book_xml.h"

#include <string.h>

#include "exchange/book_plain.h"

enum { PIECE = 32 * 1024 };

static const char *
name_local(const char *name)
{
    /* Names are short: quicker than strchr. */
    for (const char *at = name; *at; at++) {
        if (*at == ':')
            return at + 1;
    }
    return name;
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
    if (xml->parser)
        (void)XML_StopParser(xml->parser, XML_FALSE);
}

void
book_xml_pause(struct book_xml *xml)
{
    xml->paused = true;
    if (xml->parser)
        (void)XML_StopParser(xml->parser, XML_TRUE);
}

static void
on_start(void *data, const char *name, const char **attributes)
{
    struct book_xml *xml = data;
    if (++xml->depth > BOOK_XML_DEPTH_MOST)
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

void
book_xml_start(struct book_xml *xml, const char *name, const char **attributes)
{
    if (xml->depth < BOOK_XML_DEPTH_MOST) {
        char *open = xml->names[xml->depth];
        size_t kept = 0;
        for (; kept < BOOK_XML_NAME_MOST - 1 && name[kept]; kept++)
            open[kept] = name[kept];
        open[kept] = '\0';
    }
    on_start(xml, name, attributes);
}

bool
book_xml_end(struct book_xml *xml, const char *name)
{
    const char *open = xml->depth ? xml->names[xml->depth - 1] : "";
    size_t same = 0;
    while (same < BOOK_XML_NAME_MOST - 1 && open[same] && open[same] == name[same])
        same++;
    if (xml->depth == 0 || (same < BOOK_XML_NAME_MOST - 1 && open[same] != name[same]))
        return false;
    on_end(xml, name);
    return true;
}

static enum err
doctype_refuse(const struct book_xml *xml)
{
    return book_zip_broken(xml->ctx, xml->zip, book_part_name(xml->part),
                           text_format(xml->ctx, "不该有文档类型声明", "a document type"));
}

static void
on_doctype(void *data, const char *name, const char *system, const char *public, int subset)
{
    struct book_xml *xml = data;
    (void)name;
    (void)system;
    (void)public;
    (void)subset;
    book_xml_fail(xml, doctype_refuse(xml));
}

static int
xml_release(struct book_xml *xml)
{
    if (xml->parser)
        XML_ParserFree(xml->parser);
    return 0;
}

static void
parser_make(struct book_xml *xml)
{
    xml->parser = XML_ParserCreate(NULL);
    ASSERT(xml->parser);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    if (xml->handlers->text)
        XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
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
    talloc_set_destructor(xml, xml_release);
    *ret_xml = xml;
    return ERR_OK;
}

static enum err
parser_refuse(struct ctx *ctx, const struct book_xml *xml)
{
    return book_zip_broken(ctx, xml->zip, book_part_name(xml->part),
                           XML_ErrorString(XML_GetErrorCode(xml->parser)));
}

static enum err
endless_refuse(struct ctx *ctx, const struct book_xml *xml)
{
    return book_zip_broken(ctx, xml->zip, book_part_name(xml->part),
                           text_format(ctx, "标记过长", "an endless tag"));
}

/* One piece more for the parser. */
static enum err
piece_parse(struct ctx *ctx, struct book_xml *xml, enum XML_Status *ret_status)
{
    size_t got = xml->window_end;
    char *bytes = XML_GetBuffer(xml->parser, PIECE);
    if (!bytes)
        return parser_refuse(ctx, xml);
    /* The first bytes were read to see what it is. */
    if (got)
        memcpy(bytes, xml->window, got);
    else
        TRY(book_part_read(ctx, xml->part, bytes, PIECE, &got));
    xml->window_end = 0;
    xml->fed += got;
    xml->ended = got == 0;
    *ret_status = XML_ParseBuffer(xml->parser, (int)got, got == 0);
    return ERR_OK;
}

static enum err
expat_run(struct ctx *ctx, struct book_xml *xml)
{
    XML_ParsingStatus parsing;
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
        if (done >= 0 && xml->fed > (uint64_t)done + PLAIN_TOKEN_MOST)
            return endless_refuse(ctx, xml);
    }
    return ERR_OK;
}

/* More of the part behind what is left in the window. */
static enum err
window_fill(struct ctx *ctx, struct book_xml *xml)
{
    size_t got;
    const size_t rest = xml->window_end - xml->window_at;
    if (rest > PLAIN_TOKEN_MOST)
        return endless_refuse(ctx, xml);
    if (rest && xml->window_at)
        memmove(xml->window, xml->window + xml->window_at, rest);
    xml->window_at = 0;
    if (xml->window_size < rest + PIECE) {
        xml->window_size = 2 * (rest + PIECE);
        xml->window = mem_grow(xml, xml->window, char, xml->window_size);
    }
    TRY(book_part_read(ctx, xml->part, xml->window + rest, PIECE, &got));
    xml->window_end = rest + got;
    xml->drained = got == 0;
    return ERR_OK;
}

/* Behind the last token there may be blanks. */
static bool
is_whole(const struct book_xml *xml)
{
    for (size_t i = xml->window_at; i < xml->window_end; i++) {
        if (!strchr(" \t\r\n", xml->window[i]) || !xml->window[i])
            return false;
    }
    return xml->rooted && xml->depth == 0;
}

static enum err
plain_run(struct ctx *ctx, struct book_xml *xml)
{
    while (!xml->paused) {
        enum plain_step step = PLAIN_MORE;
        char *at = xml->window + xml->window_at;
        if (xml->window_at < xml->window_end)
            step = book_plain_step(xml, &at, xml->window + xml->window_end);
        xml->window_at = (size_t)(at - xml->window);
        TRY(xml->err);
        if (step == PLAIN_DOCTYPE)
            return doctype_refuse(xml);
        if (step == PLAIN_MORE && xml->drained) {
            xml->ended = is_whole(xml);
            if (xml->ended)
                return ERR_OK;
            step = PLAIN_BROKEN;
        }
        if (step == PLAIN_BROKEN)
            return book_zip_broken(ctx, xml->zip, book_part_name(xml->part),
                                   text_format(ctx, "XML 有误", "not well-formed"));
        if (step == PLAIN_MORE)
            TRY(window_fill(ctx, xml));
    }
    return ERR_OK;
}

enum err
book_xml_run(struct ctx *ctx, struct book_xml *xml)
{
    xml->ctx = ctx;
    xml->paused = false;
    if (!xml->window) {
        TRY(window_fill(ctx, xml));
        if (!book_plain_is(xml->window, xml->window_end))
            parser_make(xml);
        else if (strncmp(xml->window, "\xEF\xBB\xBF", 3) == 0)
            xml->window_at = 3;
    }
    return xml->parser ? expat_run(ctx, xml) : plain_run(ctx, xml);
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
