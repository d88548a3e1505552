/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/num.h"
#include "exchange/book_number.h"
#include "exchange/book_xlsx.h"

enum { STYLES_MOST = 70000, FORMATS_MOST = 4096 };

struct styles_reading {
    struct book_styles *styles;
    void *mem;
    int64_t *custom; /* numbers of the file's own formats that are dates */
    size_t custom_count;
    int64_t *plain; /* and of those that are not, which may reuse a known number */
    size_t plain_count;
    bool in_cells; /* inside of cellXfs */
};

static void
list_add(void *mem, int64_t **list, size_t *count, int64_t id)
{
    if (*count >= FORMATS_MOST)
        return;
    *list = mem_grow(mem, *list, int64_t, *count + 1);
    (*list)[(*count)++] = id;
}

static bool
list_has(const int64_t *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == id)
            return true;
    }
    return false;
}

static void
format_add(struct styles_reading *reading, const char **attributes)
{
    int64_t id;
    const char *number = book_xml_attribute(attributes, "numFmtId");
    const char *code = book_xml_attribute(attributes, "formatCode");
    if (!number || !code || !num_parse_i64(number, 0, INT32_MAX, &id))
        return;
    if (book_format_is_date(code))
        list_add(reading->mem, &reading->custom, &reading->custom_count, id);
    else
        list_add(reading->mem, &reading->plain, &reading->plain_count, id);
}

static void
style_add(struct styles_reading *reading, const char **attributes)
{
    struct book_styles *styles = reading->styles;
    int64_t id;
    const char *number = book_xml_attribute(attributes, "numFmtId");
    if (styles->count >= STYLES_MOST)
        return;
    if (!number || !num_parse_i64(number, 0, INT32_MAX, &id))
        id = 0;
    const bool known =
        !list_has(reading->plain, reading->plain_count, id) && book_format_id_is_date(id);
    styles->dates = mem_grow(reading->mem, styles->dates, bool, styles->count + 1);
    styles->dates[styles->count++] = known || list_has(reading->custom, reading->custom_count, id);
}

static void
on_start(void *data, const char *name, const char **attributes)
{
    struct styles_reading *reading = data;
    if (strcmp(name, "numFmt") == 0)
        format_add(reading, attributes);
    else if (strcmp(name, "cellXfs") == 0)
        reading->in_cells = true;
    else if (reading->in_cells && strcmp(name, "xf") == 0)
        style_add(reading, attributes);
}

static void
on_end(void *data, const char *name)
{
    struct styles_reading *reading = data;
    if (strcmp(name, "cellXfs") == 0)
        reading->in_cells = false;
}

static const struct book_xml_handlers HANDLERS = {on_start, on_end, NULL};

enum err
book_styles_read(struct ctx *ctx, struct book_zip *zip, const char *part, void *mem,
                 struct book_styles *ret_styles)
{
    struct book_styles styles = {0};
    struct styles_reading reading = {.styles = &styles, .mem = mem};
    const enum err err = book_xml_read(ctx, zip, part, &HANDLERS, &reading);
    if (err != ERR_NOT_FOUND)
        TRY(err);
    *ret_styles = styles;
    return ERR_OK;
}
