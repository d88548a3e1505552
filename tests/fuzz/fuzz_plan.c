/* SPDX-License-Identifier: Apache-2.0 */
/* Any text as a plan: refused with words, or read; then every date in it reads or does not. */
#include "exchange/plan_file.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
dates_read(const json_t *plan)
{
    const struct calendar_bases bases = {.polling_day = {18706}, .formed = {18706}};
    const char *word;
    json_t *value;
    size_t index;
    json_object_foreach(json_object_get(plan, "deadlines"), word, value)
    {
        struct date date = DATE_NONE;
        if (plan_file_date(json_string_value(value), &bases, &date))
            ASSERT(date_is_set(date));
    }
    json_array_foreach(json_object_get(plan, "tasks"), index, value)
    {
        struct date day;
        bool from_poll;
        int64_t offset;
        plan_file_task_date(json_text_of(value, "latest"), &day, &from_poll, &offset);
        ASSERT(!from_poll || !date_is_set(day));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct ctx *ctx CLEANUP(ctx_freep) = ctx_new(LANG_ZH);
    json_t *plan = NULL;

    if (plan_file_read(ctx, (const char *)bytes, length, &plan) != ERR_OK) {
        ASSERT(ctx->failure.message && ctx->failure.message[0]);
        return 0;
    }
    dates_read(plan);
    return 0;
}
