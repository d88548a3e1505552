/* SPDX-License-Identifier: Apache-2.0 */
/* Many villages in one go, and one person found again. */
#include "act/import_all.h"

#include <unistd.h>

#include "act/roll_village.h"

#include "act/person_find.h"
#include "act/verify.h"
#include "base/file.h"

enum { TOLD_MOST = 8 };

/* What is told holds only while it is told. */
struct told_list {
    struct {
        char unit[16];
        enum err err;
        size_t findings;
        char first[200];
    } told[TOLD_MOST];
    size_t count;
    struct import_progress last;
};

static void
told_add(void *arg, const struct import_told *told)
{
    struct told_list *list = arg;
    assert_true(list->count < TOLD_MOST);
    const struct findings *findings = &told->answer.findings;
    (void)snprintf(list->told[list->count].unit, 16, "%s", told->unit);
    (void)snprintf(list->told[list->count].first, 200, "%s",
                   findings->count ? findings->list[0].text : "");
    list->told[list->count].err = told->err;
    list->told[list->count++].findings = findings->count;
}

static void
progress_keep(void *arg, const struct import_progress *progress)
{
    ((struct told_list *)arg)->last = *progress;
}

/* Writes the text to a file of its own and imports it. */
static enum err
import(struct village *village, const char *kind, const char *accept, const char *text,
       struct told_list *list, struct import_sum *ret_sum)
{
    struct ctx *ctx = village->ctx;
    const char *path = mem_printf(ctx->mem, "%s/cunxuan-import-%d.csv", P_tmpdir, (int)getpid());
    const struct file_content content = {text, strlen(text), 0600};
    *list = (struct told_list){0};
    assert_int_equal(file_write(ctx, path, content), ERR_OK);
    assert_true(instant_parse("2021-02-07T09:00:00+08:00", &ctx->now));
    const struct import_all all = {
        .kind = kind,
        .path = path,
        .accept = accept,
        .as_of = "2021-02-06",
        .source = "派出所",
        .user = "to",
        .tell = told_add,
        .progress = progress_keep,
        .arg = list,
    };
    const enum err err = import_all_run(ctx, village->gate, &all, ret_sum);
    unlink(path);
    return err;
}

#define HEAD "村代码,组,姓名,性别,公民身份号码\n"

static const char *
row(struct ctx *ctx, const char *unit, const char *name, int serial)
{
    return mem_printf(ctx->mem, "%s,第1组,%s,男,%s\n", unit, name,
                      number_of(ctx, "19700101", serial));
}

static const char *
two_villages(struct ctx *ctx)
{
    return mem_printf(ctx->mem, HEAD "%s%s%s%s", row(ctx, VILLAGE, "甲", 101),
                      row(ctx, OTHER_VILLAGE, "乙", 103), row(ctx, VILLAGE, "丙", 105),
                      row(ctx, OTHER_VILLAGE, "丁", 101));
}

static int64_t
people_of(struct village *village, const char *unit)
{
    int64_t count = -1;
    assert_int_equal(person_store_count(village->ctx, village->db, unit, &count), ERR_OK);
    return count;
}

static void
each_village_of_one_file_is_an_act_of_its_own(void **state)
{
    struct village *village = *state;
    struct told_list list;
    struct import_sum sum;

    assert_int_equal(import(village, "household", "whole", two_villages(village->ctx), &list, &sum),
                     ERR_OK);

    assert_int_equal(sum.imported, 2);
    assert_int_equal(sum.rows, 4);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.told[0].unit, VILLAGE);
    assert_int_equal(list.last.villages_done, 2);
    assert_int_equal(list.last.bytes_done, list.last.bytes);
    assert_int_equal(people_of(village, VILLAGE), 2);
    assert_int_equal(people_of(village, OTHER_VILLAGE), 2);
    /* 丁 has the number of 甲: told where the second village came in (REG-04). */
    assert_int_equal(list.told[0].findings, 0);
    assert_int_equal(list.told[1].findings, 1);
}

static void
refused_village_leaves_nothing_and_the_others_go_on(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    struct told_list list;
    struct import_sum sum;
    const char *text =
        mem_printf(ctx->mem, HEAD "%s%s,第1组,戊,男,123\n%s", row(ctx, VILLAGE, "甲", 101), VILLAGE,
                   row(ctx, OTHER_VILLAGE, "乙", 103));

    assert_int_equal(import(village, "household", "whole", text, &list, &sum), ERR_OK);

    assert_int_equal(sum.imported, 1);
    assert_int_equal(sum.refused, 1);
    assert_int_equal(list.told[0].err, ERR_REFUSED);
    assert_non_null(strstr(list.told[0].first, "第 3 行"));
    assert_int_equal(people_of(village, VILLAGE), 0);
    assert_int_equal(people_of(village, OTHER_VILLAGE), 1);
}

static void
unknown_village_stops_it_before_it_begins(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    struct told_list list;
    struct import_sum sum;
    const char *text = mem_printf(ctx->mem, HEAD "%s%s", row(ctx, VILLAGE, "甲", 101),
                                  row(ctx, "999999999999", "乙", 103));

    assert_int_equal(import(village, "household", "whole", text, &list, &sum), ERR_NOT_FOUND);

    assert_int_equal(list.count, 0);
    assert_int_equal(people_of(village, VILLAGE), 0);
}

static void
folder_holds_one_file_a_village(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    struct told_list list = {0};
    struct import_sum sum;
    struct unit unit;
    const char *folder = mem_printf(ctx->mem, "%s/cunxuan-import-%d", P_tmpdir, (int)getpid());
    assert_int_equal(unit_store_find(ctx, village->db, OTHER_VILLAGE, &unit), ERR_OK);
    const char *paths[] = {mem_printf(ctx->mem, "%s/" VILLAGE ".csv", folder),
                           mem_printf(ctx->mem, "%s/%s.csv", folder, unit.name)};
    assert_int_equal(folder_make(ctx, folder), ERR_OK);
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        const char *text = mem_printf(ctx->mem, "组,姓名,公民身份号码\n第1组,甲,%s\n",
                                      number_of(ctx, "19700101", 101 + 2 * (int)i));
        const struct file_content content = {text, strlen(text), 0600};
        assert_int_equal(file_write(ctx, paths[i], content), ERR_OK);
    }
    assert_true(instant_parse("2021-02-07T09:00:00+08:00", &ctx->now));
    const struct import_all all = {"household", folder, "whole",  "2021-02-06",  "派出所",
                                   "to",        NULL,   told_add, progress_keep, &list};

    assert_int_equal(import_all_run(ctx, village->gate, &all, &sum), ERR_OK);

    assert_int_equal(sum.imported, 2);
    assert_int_equal(people_of(village, OTHER_VILLAGE), 1);
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        unlink(paths[i]);
    assert_int_equal(import_all_run(ctx, village->gate, &all, &sum), ERR_INVALID);
    rmdir(folder);
}

static void
failing_database_leaves_whole_villages_only(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    const char *text = two_villages(ctx);
    struct told_list list;
    struct import_sum sum;
    bool failed = true;

    for (int n = 1; failed; n++) {
        failure_clear(ctx);
        db_fail_after(village->db, n);
        failed = import(village, "household", "whole", text, &list, &sum) != ERR_OK;
        db_fail_after(village->db, 0);
        assert_int_equal(people_of(village, VILLAGE) % 2, 0);
        assert_int_equal(people_of(village, OTHER_VILLAGE) % 2, 0);
        assert_false(db_in_transaction(village->db));
    }
    assert_int_equal(people_of(village, VILLAGE), 2);
}

static void
register_read_twice_changes_people_and_adds_the_new(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    struct told_list list;
    struct import_sum sum;
    struct person person;
    assert_int_equal(import(village, "household", "whole", two_villages(ctx), &list, &sum), ERR_OK);

    const char *again = mem_printf(ctx->mem, HEAD "%s%s", row(ctx, VILLAGE, "甲新", 101),
                                   row(ctx, VILLAGE, "己", 107));
    assert_int_equal(import(village, "household", "whole", again, &list, &sum), ERR_OK);

    assert_int_equal(people_of(village, VILLAGE), 3);
    assert_int_equal(person_store_find(ctx, village->db, VILLAGE, "P00001", &person), ERR_OK);
    assert_string_equal(person.name, "甲新");
}

static void
person_is_found_by_number_and_masked(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    struct told_list list;
    struct import_sum sum;
    struct person_found *found;
    size_t count;
    assert_int_equal(import(village, "household", "whole", two_villages(ctx), &list, &sum), ERR_OK);
    struct person_asked asked = {.number = number_of(ctx, "19700101", 105)};

    assert_int_equal(person_look_up(ctx, village->gate, "to", &asked, &found, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].unit, VILLAGE);
    assert_string_equal(found[0].name, "丙*");
    assert_int_equal(found[0].birth_year, 1970);
    assert_true(found[0].on_register);
    assert_false(found[0].on_roll);

    /* The committee of the village sees its own only; the number of 甲 stands in both. */
    asked.number = number_of(ctx, "19700101", 101);
    assert_int_equal(person_look_up(ctx, village->gate, "to", &asked, &found, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(person_look_up(ctx, village->gate, "ec", &asked, &found, &count), ERR_OK);
    assert_int_equal(count, 1);

    asked = (struct person_asked){.name = "乙", .unit = OTHER_VILLAGE};
    assert_int_equal(person_look_up(ctx, village->gate, "to", &asked, &found, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(person_look_up(ctx, village->gate, "ec", &asked, &found, &count), ERR_OK);
    assert_int_equal(count, 0);
}

static void
nobody_is_found_without_the_right_or_a_number(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;
    struct person_found *found;
    size_t count;
    struct person_asked asked = {.number = number_of(ctx, "19700101", 101)};
    static const char *const NOBODY[] = {"public", "admin", "who", NULL};
    for (size_t i = 0; i < COUNT_OF(NOBODY); i++) {
        assert_int_equal(person_look_up(ctx, village->gate, NOBODY[i], &asked, &found, &count),
                         ERR_FORBIDDEN);
        failure_clear(ctx);
    }
    asked.number = "361099197001011010";
    if (idcard_read(asked.number).fault == IDCARD_OK)
        asked.number = "361099197001011011";
    assert_int_equal(person_look_up(ctx, village->gate, "to", &asked, &found, &count), ERR_INVALID);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(each_village_of_one_file_is_an_act_of_its_own),
        VILLAGE_TEST(refused_village_leaves_nothing_and_the_others_go_on),
        VILLAGE_TEST(unknown_village_stops_it_before_it_begins),
        VILLAGE_TEST(folder_holds_one_file_a_village),
        VILLAGE_TEST(failing_database_leaves_whole_villages_only),
        VILLAGE_TEST(register_read_twice_changes_people_and_adds_the_new),
        VILLAGE_TEST(person_is_found_by_number_and_masked),
        VILLAGE_TEST(nobody_is_found_without_the_right_or_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
