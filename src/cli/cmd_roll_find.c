/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan roll find: one person by number or name. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "act/person_find.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/roll_all_cli.h"

/* Looking people up is no act of an election, so it is no entry; but who did it is kept. If it
 * cannot be kept, nothing is shown. */
static enum err
lookup_note(struct cli *cli, const struct roll_find_wish *wish, size_t found)
{
    struct ctx *ctx = cli->ctx;
    const char *path = mem_printf(ctx->mem, "%s/lookups.log", cli->data);
    const char *line =
        mem_printf(ctx->mem, "%s\t%s\t%s\t%s\t%zu\n", instant_format(ctx, clock_now()), cli->user,
                   wish->number ? "number" : "name", wish->number ? "" : wish->name, found);
    const int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    const bool kept = fd >= 0 && write(fd, line, strlen(line)) == (ssize_t)strlen(line);
    const int number = errno;
    if (fd >= 0)
        (void)close(fd);
    if (!kept)
        return FAIL_HINT(ctx, ERR_IO, "请检查数据文件夹是否可写、磁盘是否已满",
                         "check that the data folder can be written to and the disk is not full",
                         "查找记录 %s 写不进去：%s，因此不显示结果",
                         "cannot keep a note in %s (%s), so nothing is shown", path,
                         errno_words(ctx, number));
    return ERR_OK;
}

static json_t *
found_json(const struct person_found *found)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:b, s:b}", "unit", found->unit,
                     "village", found->village, "person", found->person, "name", found->name, "sex",
                     found->sex, "birth_year", (int)found->birth_year, "group", found->grp,
                     "household", found->household, "on_register", (int)found->on_register,
                     "on_roll", (int)found->on_roll);
}

static void
found_print(struct cli *cli, const struct person_found *found)
{
    struct ctx *ctx = cli->ctx;
    const char *sex = found->sex[0] == 'f'   ? text_format(ctx, "女", "f")
                      : found->sex[0] == 'm' ? text_format(ctx, "男", "m")
                                             : "";
    fprintf(cli->out, "%s\n",
            text_format(
                ctx, "%s（%s）%s %s %s %d 年生，%s %s 户；户籍册：%s，选民名单：%s",
                "%s (%s) %s %s %s born in %d, %s household %s; register: %s, roll: %s",
                found->village, found->unit, found->person, found->name, sex,
                (int)found->birth_year, found->grp, found->household,
                found->on_register ? text_format(ctx, "有", "yes") : text_format(ctx, "无", "no"),
                found->on_roll ? text_format(ctx, "在", "yes") : text_format(ctx, "不在", "no")));
}

enum err
roll_find(struct cli *cli, const struct roll_find_wish *wish)
{
    struct person_asked asked = {.number = wish->number, .name = wish->name};
    struct person_found *list;
    size_t count;
    if (!wish->number == !wish->name || (wish->name && !wish->unit))
        return FAIL(cli->ctx, ERR_USAGE,
                    "用法：roll find --id 身份号码，或 roll find 村 --name 姓名",
                    "usage: roll find --id NUMBER, or roll find UNIT --name NAME");
    TRY(cli_open(cli, DB_WRITE));
    if (wish->unit)
        TRY(cli_unit(cli, wish->unit, &asked.unit));
    const int64_t begin = clock_monotonic_us();
    TRY(person_look_up(cli->ctx, cli->gate, cli->user, &asked, &list, &count));
    const int64_t spent = clock_monotonic_us() - begin;
    TRY(lookup_note(cli, wish, count));
    json_t *array = cli->json ? json_array() : NULL;
    for (size_t i = 0; i < count; i++) {
        if (array)
            json_array_append_new(array, found_json(&list[i]));
        else
            found_print(cli, &list[i]);
    }
    if (array)
        cli_print_json(cli, array);
    else if (!cli->quiet)
        fprintf(cli->out, "%s\n",
                text_format(cli->ctx, "找到 %zu 人，用时 %lld 微秒", "%zu found in %lld µs", count,
                            (long long)spent));
    return count ? ERR_OK : ERR_NO;
}
