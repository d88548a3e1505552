/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/plan_file.h"

#include <string.h>

#include "base/num.h"

static const char PLAN_FORMAT[] = "cunxuan-plan-1";

static enum err
deadlines_read(struct ctx *ctx, json_t *deadlines)
{
    const char *word;
    json_t *value;
    if (!json_is_object(deadlines))
        return FAIL(ctx, ERR_INVALID, "file：方案缺少 deadlines", "file: the plan lacks deadlines");
    json_object_foreach(deadlines, word, value)
    {
        if (!json_is_string(value))
            return FAIL(ctx, ERR_INVALID, "file：deadlines.%s 应为文字，如 D-20",
                        "file: deadlines.%s must be a text such as D-20", word);
    }
    return ERR_OK;
}

static enum err
tasks_read(struct ctx *ctx, const json_t *tasks)
{
    size_t index;
    json_t *task;
    if (!json_is_array(tasks))
        return FAIL(ctx, ERR_INVALID, "file：方案缺少 tasks", "file: the plan lacks tasks");
    json_array_foreach(tasks, index, task)
    {
        const char *id = json_text_of(task, "id");
        const char *title = json_text_of(task, "title");
        if (!id || !id[0] || !title || !title[0])
            return FAIL(ctx, ERR_INVALID, "file：tasks 第 %zu 项要有 id 和 title",
                        "file: item %zu of tasks needs id and title", index + 1);
    }
    return ERR_OK;
}

enum err
plan_file_read(struct ctx *ctx, const char *text, size_t length, json_t **ret_plan)
{
    json_t *plan;
    TRY(json_read(ctx, text, length, "file", &plan));
    const char *format = json_text_of(plan, "format");
    if (!format || strcmp(format, PLAN_FORMAT) != 0)
        return FAIL(ctx, ERR_INVALID, "file：不是方案文件（format 应为 %s）",
                    "file: no plan (format must be %s)", PLAN_FORMAT);
    TRY(deadlines_read(ctx, json_object_get(plan, "deadlines")));
    TRY(tasks_read(ctx, json_object_get(plan, "tasks")));
    *ret_plan = plan;
    return ERR_OK;
}

bool
plan_file_date(const char *text, const struct calendar_bases *bases, struct date *ret_date)
{
    const struct {
        const char *name;
        struct date date;
    } known[] = {
        {"D", bases->polling_day},     {"F", bases->formed},        {"posted", bases->posted},
        {"received", bases->received}, {"meeting", bases->meeting},
    };
    int64_t offset = 0;
    if (date_parse(text, ret_date))
        return true;
    const size_t length = strcspn(text, "+-");
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (strlen(known[i].name) != length || strncmp(known[i].name, text, length) != 0)
            continue;
        const char *number = text[length] == '+' ? text + length + 1 : text + length;
        if (text[length] && !num_parse_i64(number, -400, 400, &offset))
            return false;
        *ret_date = date_add_days(known[i].date, (int)offset);
        return true;
    }
    return false;
}

void
plan_file_task_date(const char *text, struct date *ret_day, bool *ret_from_poll,
                    int64_t *ret_offset)
{
    int64_t offset = 0;
    *ret_day = DATE_NONE;
    *ret_from_poll = false;
    *ret_offset = 0;
    if (!text || date_parse(text, ret_day) || text[0] != 'D')
        return;
    if (text[1] && !num_parse_i64(text[1] == '+' ? text + 2 : text + 1, -400, 400, &offset))
        return;
    *ret_from_poll = true;
    *ret_offset = offset;
}
