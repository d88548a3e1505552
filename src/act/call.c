/* SPDX-License-Identifier: Apache-2.0 */
#include "act/act.h"

#include <stdarg.h>
#include <string.h>

#include "store/person_store.h"

/* Asking for a field the act does not have is a bug of ours, found by the first test that runs it.
 * An extract in unit.receive is read by the code of the act it came from, so `act` fits there too.
 */
static const json_t *
field_value(const struct call *call, const char *name)
{
    const struct field *field = field_find(call->act->code->fields, name);
    if (!field)
        bug_at(call->act->id, 0, name);
    return json_object_get(call->fields, name);
}

bool
call_has(const struct call *call, const char *name)
{
    return field_value(call, name) != NULL;
}

const char *
call_text(const struct call *call, const char *name)
{
    const char *text = json_string_value(field_value(call, name));
    return text ? text : "";
}

int64_t
call_int(const struct call *call, const char *name)
{
    return json_integer_value(field_value(call, name));
}

struct date
call_date(const struct call *call, const char *name)
{
    struct date date = DATE_NONE;
    (void)date_parse(json_string_value(field_value(call, name)), &date);
    return date;
}

bool
call_is(const struct call *call, const char *name, const char *word)
{
    return strcmp(call_text(call, name), word) == 0;
}

size_t
call_count(const struct call *call, const char *name)
{
    return json_array_size(field_value(call, name));
}

const json_t *
call_row(const struct call *call, const char *name, size_t index)
{
    return json_array_get(field_value(call, name), index);
}

const char *
call_person(const struct call *call, const char *name, size_t index)
{
    const char *text = json_string_value(json_array_get(field_value(call, name), index));
    return text ? text : "";
}

const char *
row_text(const json_t *row, const char *column)
{
    const char *text = json_string_value(json_object_get(row, column));
    return text ? text : "";
}

int64_t
row_int(const json_t *row, const char *column)
{
    return json_integer_value(json_object_get(row, column));
}

struct date
row_date(const json_t *row, const char *column)
{
    struct date date = DATE_NONE;
    (void)date_parse(json_string_value(json_object_get(row, column)), &date);
    return date;
}

bool
row_is(const json_t *row, const char *column, const char *word)
{
    return strcmp(row_text(row, column), word) == 0;
}

static struct finding *
finding_make(struct call *call, enum rule rule, enum severity severity, const char *format,
             va_list args) __attribute__((format(printf, 4, 0)));

static struct finding *
finding_make(struct call *call, enum rule rule, enum severity severity, const char *format,
             va_list args)
{
    return finding_add(call->ctx, call->findings, rule, severity,
                       mem_vprintf(call->ctx->mem, format, args));
}

#define PICK(call, zh, en) ((call)->ctx->lang == LANG_ZH ? (zh) : (en))

struct finding *
call_block(struct call *call, enum rule rule, const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    struct finding *finding = finding_make(call, rule, SEVERITY_BLOCK, PICK(call, zh, en), args);
    va_end(args);
    return finding;
}

struct finding *
call_explain(struct call *call, enum rule rule, const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    struct finding *finding = finding_make(call, rule, SEVERITY_EXPLAIN, PICK(call, zh, en), args);
    va_end(args);
    return finding;
}

struct finding *
call_warn(struct call *call, enum rule rule, const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    struct finding *finding = finding_make(call, rule, SEVERITY_WARN, PICK(call, zh, en), args);
    va_end(args);
    return finding;
}

struct finding *
call_approve(struct call *call, enum rule rule, const char *kind, const char *zh, const char *en,
             ...)
{
    va_list args;
    va_start(args, en);
    struct finding *finding = finding_make(call, rule, SEVERITY_APPROVE, PICK(call, zh, en), args);
    va_end(args);
    finding->approval = kind;
    return finding;
}

void
finding_todo(struct call *call, struct finding *finding, const char *zh, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    finding->todo = mem_vprintf(call->ctx->mem, PICK(call, zh, en), args);
    va_end(args);
}

void
call_take(struct call *call, const struct findings *findings, enum severity severity)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *from = &findings->list[i];
        struct finding *to =
            finding_add(call->ctx, call->findings, from->rule, severity, from->text);
        to->sub = from->sub;
        to->person = from->person;
        to->post = from->post;
        to->field = from->field;
        to->todo = from->todo;
        to->approval = from->approval;
    }
}

bool
call_has_block(const struct call *call)
{
    for (size_t i = 0; i < call->findings->count; i++) {
        if (call->findings->list[i].severity == SEVERITY_BLOCK)
            return true;
    }
    return false;
}

void
call_not_future(struct call *call, const char *name)
{
    const struct date date = call_date(call, name);
    if (date_compare(date, call->today) > 0)
        call_block(call, RULE_SEQ_06, "%s 填的日期 %s 还没有到（今天 %s）",
                   "%s is %s, which has not come yet (today is %s)", name,
                   date_format(call->ctx, date), date_format(call->ctx, call->today));
}

enum err
call_is_actor(struct call *call, const char *person, bool *ret_is)
{
    *ret_is = false;
    if (!call->actor->person[0] || !person[0])
        return ERR_OK;
    return person_is_same(call->ctx, call->db, call->unit, call->actor->person, person, ret_is);
}

enum err
call_second_check(struct call *call)
{
    bool same;
    TRY(call_is_actor(call, call_text(call, "second"), &same));
    if (same)
        call_block(call, RULE_SEQ_08, "复核人须是另一个人", "the second must be another person");
    return ERR_OK;
}
