/* SPDX-License-Identifier: Apache-2.0 */
/* The report of a roll: worklist, numbers, 四增四减. */
#include "act/roll_village.h"

#include "act/roll_report.h"

static struct roll_report
report_of(struct village *village)
{
    struct roll_report report;
    const struct pack *pack;
    struct date today;
    assert_true(date_parse("2021-02-21", &today));
    assert_int_equal(gate_pack(village->ctx, village->gate, village->unit, today, &pack), ERR_OK);
    assert_int_equal(roll_report_load(village->ctx, village->db, pack, village->unit, &report),
                     ERR_OK);
    return report;
}

/* "missing 外出 no_reply omitted": a task's rows with the words of their reasons. */
static const char *
works_of(struct ctx *ctx, const struct roll_report *report, enum roll_task task)
{
    const char *told = "";
    for (size_t i = 0; i < report->work_count; i++) {
        const struct roll_work *work = &report->works[i];
        if (work->task != task)
            continue;
        told = mem_printf(ctx->mem, "%s%s%s", told, told[0] ? ";" : "", work->person->name);
        for (size_t k = 0; k < work->way_count; k++)
            told = mem_printf(ctx->mem, "%s %s%s", told, roll_cause_row(work->ways[k].cause)->word,
                              work->ways[k].known[0] ? "!" : "");
    }
    return told;
}

/* "turned_18 成年": everybody new or gone, "!" where an act tells why. */
static const char *
moves_of(struct ctx *ctx, const struct roll_report *report)
{
    const char *told = "";
    for (size_t i = 0; i < report->move_count; i++) {
        const struct roll_move *move = &report->moves[i];
        told = mem_printf(ctx->mem, "%s%s%s%s %s%s", told, told[0] ? ";" : "",
                          roll_cause_row(move->cause)->word, move->told ? "!" : "", move->name,
                          move->village[0] ? "@" : "");
    }
    return told;
}

static void
worklist_names_who_is_missing_and_which_reasons_would_do(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;

    roll_drafted(village);
    struct roll_report report = report_of(village);

    assert_int_equal(report.adults, 19);
    assert_string_equal(works_of(ctx, &report, ROLL_TASK_MISSING),
                        "外出 omitted died moved_out;剥权 deprived! died moved_out");
    assert_string_equal(works_of(ctx, &report, ROLL_TASK_HOUSEHOLD), "外出;剥权");
    assert_string_equal(works_of(ctx, &report, ROLL_TASK_REPLY), "外出");
    assert_string_equal(works_of(ctx, &report, ROLL_TASK_CONSENT), "新来");
    assert_string_equal(works_of(ctx, &report, ROLL_TASK_STRIKE), "");
    assert_string_equal(works_of(ctx, &report, ROLL_TASK_TWICE), "");

    village_do(village, "2021-02-08T09:00", "ec", "roll.notify", NOTIFY);
    report = report_of(village);
    assert_string_equal(works_of(ctx, &report, ROLL_TASK_MISSING),
                        "外出 no_reply! died moved_out;剥权 deprived! died moved_out");
}

static void
nothing_is_left_to_do_when_the_roll_is_posted(void **state)
{
    struct village *village = *state;

    roll_posted(village);
    const struct roll_report report = report_of(village);

    assert_int_equal(report.work_count, 0);
    assert_int_equal(report.all.total, registered(village));
    assert_string_equal(report.state, "posted");
    assert_false(report.has_last);
}

static void
who_turns_deprived_or_declines_is_to_be_struck(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;

    roll_drafted(village);
    file_do(
        village, "deprived",
        mem_printf(ctx->mem,
                   "姓名,公民身份号码,剥夺起始日期,剥夺期满日期\n村民B,%s,2021-01-01,2023-01-01\n",
                   number_of(ctx, "19700101", 103)));
    const struct roll_report report = report_of(village);

    assert_string_equal(works_of(ctx, &report, ROLL_TASK_STRIKE), "村民B deprived");
}

static void
numbers_add_up_over_groups_and_ages(void **state)
{
    struct village *village = *state;

    roll_drafted(village);
    const struct roll_report report = report_of(village);

    assert_int_equal(report.all.total, 18);
    /* Fifteen of 1970 are 51 years old, 成年 is 18 on the day, 新来 is 45. */
    assert_int_equal(report.all.bands[0], 1);
    assert_int_equal(report.all.bands[1], 1);
    assert_int_equal(report.all.bands[2], 16);
    assert_int_equal(report.all.bands[3], 0);
    assert_int_equal(report.all.age_unknown, 0);
    int64_t total = 0;
    for (size_t i = 0; i < report.group_count; i++)
        total += report.groups[i].total;
    assert_int_equal(total, 18);
    assert_int_equal(report.group_count, GROUPS);
}

/* The last term's list: A and B of the sixteen, 旧人 who is in no table, 外出 and 剥权. */
static const char *
last_csv(struct ctx *ctx)
{
    struct buf csv;
    buf_init(&csv, ctx->mem, 1 << 20);
    buf_add_text(&csv, "姓名,公民身份号码\n");
    for (int i = 0; i < 2 * GROUPS - 1; i++)
        buf_add_format(&csv, "村民%c,%s\n", 'A' + i, number_of(ctx, "19700101", 101 + 2 * i));
    buf_add_format(&csv, "旧人,%s\n外出,%s\n剥权,%s\n", number_of(ctx, "19400101", 181),
                   number_of(ctx, "19800101", 155), number_of(ctx, "19800101", 157));
    return csv.data;
}

static void
each_change_since_the_last_term_has_its_cause(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;

    /* Read before the register: people are found all the same. */
    registration_open(village);
    file_do(village, "last_roll", last_csv(ctx));
    file_do(village, "household", household_csv(ctx));
    file_do(village, "deprived", deprived_csv(ctx));
    file_do(village, "roll", roll_csv(ctx, ""));
    village_do(village, "2021-02-08T09:00", "ec", "roll.strike",
               STRIKE("P00001", "died", "2021-02-08"));
    const struct roll_report report = report_of(village);

    assert_string_equal(moves_of(ctx, &report),
                        "added_unknown 村民P;turned_18 成年;assembly_consented 新来;"
                        "died! 村民A;off_register 旧人;gone_unknown 外出;deprived 剥权");
    assert_int_equal(report.causes[ROLL_CAUSE_TURNED_18], 1);
    assert_int_equal(report.causes[ROLL_CAUSE_DIED], 1);
    assert_int_equal(report.last_count, 18);
}

static void
other_villages_are_named_but_not_their_people(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;

    roll_posted(village);
    village->unit = OTHER_VILLAGE;
    registration_open(village);
    /* 旧人 moved here, and was on the first village's last list. */
    file_do(village, "household",
            mem_printf(ctx->mem, "姓名,公民身份号码,组\n村民A,%s,一组\n",
                       number_of(ctx, "19700101", 101)));
    const struct roll_report report = report_of(village);

    assert_string_equal(works_of(ctx, &report, ROLL_TASK_MISSING),
                        "村民A registered_elsewhere! died moved_out");
    assert_int_equal(report.task_counts[ROLL_TASK_TWICE], 1);
    for (size_t i = 0; i < report.work_count; i++) {
        if (report.works[i].task == ROLL_TASK_TWICE)
            assert_non_null(strstr(report.works[i].detail, "村"));
    }
}

static void
who_goes_to_another_village_has_moved(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;

    registers_read(village);
    file_do(village, "last_roll", last_csv(ctx));
    village->unit = OTHER_VILLAGE;
    registration_open(village);
    const char *old = number_of(ctx, "19400101", 181);
    file_do(village, "household",
            mem_printf(ctx->mem, "姓名,公民身份号码,组\n旧人,%s,一组\n", old));
    file_do(village, "last_roll", "姓名,出生日期\n谁,1950-01-01\n");
    file_do(village, "roll", mem_printf(ctx->mem, "姓名,公民身份号码,组\n旧人,%s,一组\n", old));
    struct roll_report report = report_of(village);
    assert_string_equal(moves_of(ctx, &report), "moved_in 旧人@;off_register 谁");

    village->unit = VILLAGE;
    report = report_of(village);
    assert_int_equal(report.causes[ROLL_CAUSE_MOVED_OUT], 1);
}

static bool
found_words(struct village *village, const char *words)
{
    for (size_t i = 0; i < village->answer.findings.count; i++) {
        if (strstr(village->answer.findings.list[i].text, words))
            return true;
    }
    return false;
}

static void
pairs_are_told_when_the_roll_is_read(void **state)
{
    struct village *village = *state;
    struct ctx *ctx = village->ctx;

    registers_read(village);
    /* 村民A under another name, 成年 once with and once without his number. */
    const char *csv = mem_printf(
        ctx->mem,
        "姓名,身份证号,出生日期,组\n村民甲,%s,,第1组\n成年,%s,,第1组\n成年,,2003-03-20,第1组\n",
        number_of(ctx, "19700101", 101), number_of(ctx, "20030320", 153));
    assert_int_equal(file_submit(village, VILLAGE, "2021-02-07T09:00", "roll", "whole", csv),
                     ERR_OK);

    assert_true(village->answer.accepted);
    assert_true(found_words(village, "第 2 行 村民甲“姓名”与另一行号码相同，姓名不同（P00001）"));
    assert_true(found_words(village, "第 4 行 成年“姓名”与另一行姓名、出生日期都相同"));
    /* 村民B is in household 2 alone; 剥权 (20) has a reason, 外出 (19) is away. */
    assert_true(found_words(village, "第2组 2 户 村民B（P00002）这一户没有一个人在登记册上"));
    assert_false(found_words(village, " 20 户"));
    assert_false(found_words(village, " 19 户"));
    assert_false(found_words(village, "第1组 1 户"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        VILLAGE_TEST(worklist_names_who_is_missing_and_which_reasons_would_do),
        VILLAGE_TEST(nothing_is_left_to_do_when_the_roll_is_posted),
        VILLAGE_TEST(who_turns_deprived_or_declines_is_to_be_struck),
        VILLAGE_TEST(numbers_add_up_over_groups_and_ages),
        VILLAGE_TEST(each_change_since_the_last_term_has_its_cause),
        VILLAGE_TEST(other_villages_are_named_but_not_their_people),
        VILLAGE_TEST(who_goes_to_another_village_has_moved),
        VILLAGE_TEST(pairs_are_told_when_the_roll_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
