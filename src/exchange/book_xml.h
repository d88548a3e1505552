/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One XML part of a workbook, read piece by piece: plain UTF-8 by book_plain.h, anything else by
 * expat. Names come without their prefix, for every writer has its own. A document type, deep
 * nesting and endless tags are refused.
 */
#pragma once

#include <expat.h>

#include "exchange/book_zip.h"

/* Attributes as expat gives them: name, value, name, value, NULL. */
struct book_xml_handlers {
    void (*start)(void *data, const char *name, const char **attributes);
    void (*end)(void *data, const char *name);
    void (*text)(void *data, const char *text, size_t length); /* or NULL */
};

enum { BOOK_XML_DEPTH_MOST = 64, BOOK_XML_NAME_MOST = 32 };

struct book_xml {
    struct ctx *ctx;
    struct book_zip *zip;
    struct book_part *part;
    XML_Parser parser; /* NULL: scanned */
    const struct book_xml_handlers *handlers;
    void *data;
    int depth;
    enum err err; /* of a handler */
    bool paused;
    bool ended;
    uint64_t fed; /* bytes */
    /* Of the scanner. */
    char *window;
    size_t window_size;
    size_t window_at;
    size_t window_end;
    bool drained; /* no more bytes */
    bool rooted;
    char names[BOOK_XML_DEPTH_MOST][BOOK_XML_NAME_MOST]; /* of the open elements, cut */
};

/* Belongs to the zip. ERR_NOT_FOUND without words if there is no such part. */
enum err book_xml_open(struct ctx *ctx, struct book_zip *zip, const char *name,
                       const struct book_xml_handlers *handlers, void *data,
                       struct book_xml **ret_xml) WARN_UNUSED;
/* Reads on, to the next pause or to the end (xml->ended). */
enum err book_xml_run(struct ctx *ctx, struct book_xml *xml) WARN_UNUSED;
/* From inside a handler: stop until the next run; stop for good. */
void book_xml_pause(struct book_xml *xml);
void book_xml_fail(struct book_xml *xml, enum err err);
void book_xml_close(struct book_xml *xml);
/* For the scanner: a tag begins; a tag ends, false if another one was open. */
void book_xml_start(struct book_xml *xml, const char *name, const char **attributes);
bool book_xml_end(struct book_xml *xml, const char *name) WARN_UNUSED;
/* Opens, reads to the end, closes. */
enum err book_xml_read(struct ctx *ctx, struct book_zip *zip, const char *name,
                       const struct book_xml_handlers *handlers, void *data) WARN_UNUSED;
/* Value of the attribute, by its name without prefix; NULL: none. */
const char *book_xml_attribute(const char **attributes, const char *name);
bool book_xml_is_true(const char *value);
