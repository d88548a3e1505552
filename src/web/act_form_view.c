/* SPDX-License-Identifier: Apache-2.0 */
/* Showing: from the field list of an act to the inputs of its form. */
#include <string.h>

#include "store/voter_store.h"
#include "web/act_form.h"
#include "web/choice.h"

enum { ROWS_AT_FIRST = 3, ROWS_MORE = 3 };

/* Groups 村民小组 of a village, villages of a town: to choose from, loaded once. */
struct showing {
    struct act_form *form;
    struct option_view *groups;
    size_t group_count;
};

static enum err
villages_load(struct showing *showing)
{
    struct request *request = showing->form->request;
    struct unit *units;
    size_t count;
    TRY(unit_store_below(request->ctx, request->gate->db, request->unit.unit, &units, &count));
    showing->groups = mem_array(request->ctx->mem, struct option_view, count);
    for (size_t i = 0; i < count; i++)
        showing->groups[i] =
            (struct option_view){units[i].unit, {units[i].name, units[i].name}, false};
    showing->group_count = count;
    return ERR_OK;
}

static enum err
groups_load(struct showing *showing)
{
    struct request *request = showing->form->request;
    const char **groups;
    size_t count;
    if (request->unit.level != LEVEL_VILLAGE)
        return villages_load(showing);
    TRY(voter_store_groups(request->ctx, request->gate->db, request->unit.unit, &groups, &count));
    showing->groups = mem_array(request->ctx->mem, struct option_view, count);
    for (size_t i = 0; i < count; i++)
        showing->groups[i].word = groups[i];
    showing->group_count = count;
    return ERR_OK;
}

static const char *
error_of(const struct act_form *form, const char *place)
{
    for (size_t i = 0; i < form->error_count; i++) {
        if (strcmp(form->errors[i].field, place) == 0)
            return form->errors[i].text;
    }
    return "";
}

static bool
is_long(const struct field *field)
{
    static const char *const LONG[] = {"content", "text",     "reason",  "why",     "matter",
                                       "detail",  "words",    "note",    "facts",   "answer",
                                       "opinion", "measures", "summary", "finding", "decision"};
    for (size_t i = 0; field->type == FIELD_TEXT && i < COUNT_OF(LONG); i++) {
        if (strcmp(field->name, LONG[i]) == 0)
            return true;
    }
    return false;
}

static const char *
hint_of(struct ctx *ctx, enum field_type type)
{
    static const struct text HINTS[] = {
        [FIELD_MONEY] = {"单位：元", "in yuan"},
        [FIELD_PERSON] = {"姓名或编号，如 P00012；村外人员写“外:姓名”",
                          "name or code such as P00012; 外:NAME for somebody from outside"},
        [FIELD_VILLAGER] = {"姓名；有重名的写编号，如 P00012", "name; the code if two share it"},
        [FIELD_PERSONS] = {"多人用顿号分开", "several names, apart by commas"},
        [FIELD_SEQ] = {"记录的号", "number of an entry"},
        [FIELD_TABLE] = {NULL, NULL},
    };
    return (size_t)type < COUNT_OF(HINTS) && HINTS[type].zh ? text_pick(ctx, HINTS[type]) : "";
}

static const char *
input_kind(enum field_type type)
{
    if (type == FIELD_DATE)
        return "date";
    return type == FIELD_TIME ? "time" : "text";
}

static void
choices_fill(struct ctx *ctx, const char *choices, struct input_view *view)
{
    size_t count = 1;
    for (const char *at = choices; *at; at++)
        count += *at == ' ';
    view->options = mem_array(ctx->mem, struct option_view, count);
    for (const char *at = choices; *at;) {
        const size_t length = strcspn(at, " ");
        const char *word = mem_text_n(ctx->mem, at, length);
        if (length)
            view->options[view->options_count++] =
                (struct option_view){word, choice_title(ctx, word), strcmp(word, view->value) == 0};
        at += length + (at[length] == ' ');
    }
}

static struct input_view
input_of(const struct showing *showing, const struct field *field, const char *name,
         const char *place)
{
    struct ctx *ctx = showing->form->request->ctx;
    const char *value = pairs_find(&showing->form->values, name);
    struct input_view view = {
        .name = name,
        .label = text_pick(ctx, field->label),
        .value = value ? value : "",
        .hint = hint_of(ctx, field->type),
        .error = error_of(showing->form, place),
        .kind = input_kind(field->type),
        .is_choice = field->type == FIELD_CHOICE,
        .is_file = field->type == FIELD_FILE,
        .is_long = is_long(field),
        .is_required = field->flags & FIELD_REQUIRED,
    };
    view.is_plain = !view.is_choice && !view.is_file && !view.is_long;
    if (view.is_choice)
        choices_fill(ctx, field->choices, &view);
    if (field->type == FIELD_UNIT) {
        view.options = showing->groups;
        view.options_count = showing->group_count;
    }
    return view;
}

/* Errors name rows as the gate counts them: without the blank ones. */
static void
rows_fill(const struct showing *showing, const struct field *table, const char *more,
          struct field_view *view)
{
    const struct act_form *form = showing->form;
    struct ctx *ctx = form->request->ctx;
    size_t rows = act_form_rows(form, table), counted = 0, columns = 0;
    if (rows < ROWS_AT_FIRST)
        rows = ROWS_AT_FIRST;
    if (more && strcmp(more, table->name) == 0)
        rows += ROWS_MORE;
    if (rows > FORM_ROWS_MAX)
        rows = FORM_ROWS_MAX;
    while (table->columns[columns].name)
        columns++;
    view->rows = mem_array(ctx->mem, struct input_row, rows);
    for (size_t row = 0; row < rows; row++) {
        struct input_row *shown = &view->rows[view->rows_count++];
        const bool blank = act_form_row_is_blank(form, table, row);
        shown->number = (int64_t)row + 1;
        shown->cells = mem_array(ctx->mem, struct input_view, columns);
        for (; shown->cells_count < columns; shown->cells_count++) {
            const struct field *column = &table->columns[shown->cells_count];
            const char *name = mem_printf(ctx->mem, "%s.%zu.%s", table->name, row, column->name);
            const char *place =
                blank ? "" : mem_printf(ctx->mem, "%s[%zu].%s", table->name, counted, column->name);
            shown->cells[shown->cells_count] = input_of(showing, column, name, place);
        }
        counted += !blank;
    }
}

/* What the program makes itself from the file handed in (act/prepare.h). */
static bool
is_made(const struct field *field)
{
    return field->type == FIELD_FILE && strcmp(field->name, "rows") == 0;
}

enum err
act_form_view(struct act_form *form, const char *more, struct field_view **ret_fields,
              size_t *ret_count)
{
    struct ctx *ctx = form->request->ctx;
    struct showing showing = {.form = form};
    size_t count = 0, used = 0;
    TRY(groups_load(&showing));
    while (form->act->code->fields[count].name)
        count++;
    struct field_view *fields = mem_array(ctx->mem, struct field_view, count);
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &form->act->code->fields[i];
        if (is_made(field))
            continue;
        struct field_view *view = &fields[used++];
        view->is_table = field->type == FIELD_TABLE;
        view->name = field->name;
        view->label = text_pick(ctx, field->label);
        view->error = error_of(form, field->name);
        view->is_required = field->flags & FIELD_REQUIRED;
        if (view->is_table)
            rows_fill(&showing, field, more, view);
        else
            view->input = input_of(&showing, field, field->name, field->name);
    }
    *ret_fields = fields;
    *ret_count = used;
    return ERR_OK;
}

bool
act_takes_files(const struct field *fields)
{
    for (const struct field *field = fields; field->name; field++) {
        if (field->type == FIELD_FILE || (field->columns && act_takes_files(field->columns)))
            return true;
    }
    return false;
}
