/* SPDX-License-Identifier: Apache-2.0 */
/* A village with its registers, its roll drafted, confirmed, posted, for the tests of 6.5. */
#pragma once

#include "act/village.h"

#include "act/prepare.h"
#include "act/roll.h"
#include "act/roll_people.h"
#include "base/buf.h"
#include "domain/idcard.h"
#include "store/blob_store.h"
#include "store/committee_store.h"
#include "store/identity_store.h"
#include "store/standing_store.h"

/* The committee's acts belong to another stage: their traces are laid here by hand. */
#define MEETING 900
#define GROUPS 8
#define D "2021-03-20"
#define MEET "'vec_meet_seq':900"

/* A number with the right check character: it is found by trying. */
HELPER const char *
number_of(struct ctx *ctx, const char *birth, int serial)
{
    for (const char *check = "0123456789X"; *check; check++) {
        const char *number = mem_printf(ctx->mem, "361099%s%03d%c", birth, serial, *check);
        if (idcard_read(number).fault == IDCARD_OK)
            return number;
    }
    fail_msg("no number for %s", birth);
    return "";
}

/* P00001 … P00016: two adults in each of eight groups; P00017 is a child, P00018 turns 18 on D,
 * P00019 lives away, P00020 is deprived. */
HELPER const char *
household_csv(struct ctx *ctx)
{
    struct buf csv;
    buf_init(&csv, ctx->mem, 1 << 20);
    buf_add_text(&csv, "户号,组,姓名,性别,民族,出生日期,公民身份号码,与户主关系\n");
    for (int i = 0; i < 2 * GROUPS; i++)
        buf_add_format(&csv, "%d,第%d组,村民%c,男,汉族,1970-01-01,%s,户主\n", i + 1, i % GROUPS + 1,
                       'A' + i, number_of(ctx, "19700101", 101 + 2 * i));
    buf_add_format(&csv, "17,第1组,小孩,男,汉族,,%s,子\n", number_of(ctx, "20100101", 151));
    buf_add_format(&csv, "18,第1组,成年,男,汉族,,%s,子\n", number_of(ctx, "20030320", 153));
    buf_add_format(&csv, "19,第2组,外出,男,汉族,,%s,子\n", number_of(ctx, "19800101", 155));
    buf_add_format(&csv, "20,第2组,剥权,男,汉族,,%s,子\n", number_of(ctx, "19800101", 157));
    return csv.data;
}

/* The sixteen, who turns 18 on D, and a newcomer (head 3). */
HELPER const char *
roll_csv(struct ctx *ctx, const char *more)
{
    struct buf csv;
    buf_init(&csv, ctx->mem, 1 << 20);
    buf_add_text(&csv, "姓名,身份证号,组,登记类别,户籍所在地,居住起始日期,申请日期\n");
    for (int i = 0; i < 2 * GROUPS; i++)
        buf_add_format(&csv, "村民%c,%s,第%d组,1,,,\n", 'A' + i,
                       number_of(ctx, "19700101", 101 + 2 * i), i % GROUPS + 1);
    buf_add_format(&csv, "成年,%s,第1组,1,,,\n", number_of(ctx, "20030320", 153));
    buf_add_format(&csv, "新来,%s,第3组,3,外村,2020-03-20,2021-02-06\n%s",
                   number_of(ctx, "19750505", 161), more);
    return csv.data;
}

HELPER enum err
file_submit(struct village *village, const char *unit, const char *now, const char *kind,
            const char *accept, const char *csv)
{
    struct ctx *ctx = village->ctx;
    uint8_t hash[SM3_LENGTH];
    const struct blob_to_add blob = {csv, strlen(csv), NULL};
    assert_true(instant_parse(mem_printf(ctx->mem, "%s:00+08:00", now), &ctx->now));
    sm3(csv, strlen(csv), hash);
    const bool roll = strcmp(kind, "roll") == 0;
    const char *more = roll ? "" : mem_printf(ctx->mem, ",'kind':'%s','source':'派出所'", kind);
    struct submission submission = {
        .unit = unit,
        .act = roll ? "roll.import" : "register.import",
        .user = strcmp(unit, VILLAGE) == 0 ? "ec" : "ec2",
        .fields = json_of(village, mem_printf(ctx->mem,
                                              "{'original':'sm3:%s','as_of':'2021-02-06',"
                                              "'accept':'%s'%s}",
                                              hex_format(ctx, hash, SM3_LENGTH), accept, more)),
        .blobs = &blob,
        .blob_count = 1,
    };
    failure_clear(ctx);
    village->answer = (struct answer){0};
    const enum err err = submission_prepare(ctx, village->gate, &submission);
    return err == ERR_OK ? act_submit(ctx, village->gate, &submission, &village->answer) : err;
}

HELPER void
file_do(struct village *village, const char *kind, const char *csv)
{
    const enum err err =
        file_submit(village, village->unit, "2021-02-07T09:00", kind, "whole", csv);
    if (err != ERR_OK || !village->answer.accepted)
        village_print(village, err);
    assert_int_equal(err, ERR_OK);
    assert_true(village->answer.accepted);
}

HELPER const char *
deprived_csv(struct ctx *ctx)
{
    return mem_printf(ctx->mem,
                      "姓名,公民身份号码,剥夺起始日期,剥夺期满日期\n剥权,%s,2019-01-01,"
                      "2021-03-20\n",
                      number_of(ctx, "19800101", 157));
}

HELPER const char *
away_csv(struct ctx *ctx)
{
    return mem_printf(ctx->mem, "姓名,身份证号,外出地点,是否参加选举\n外出,%s,广东,\n",
                      number_of(ctx, "19800101", 155));
}

HELPER void
registration_open(struct village *village)
{
    struct date day;
    assert_true(date_parse(D, &day));
    assert_int_equal(day_store_set(village->ctx, village->db, village->unit, "village", day),
                     ERR_OK);
    struct standing meeting = {.unit = village->unit,
                               .seq = MEETING,
                               .act = "vec.meet",
                               .body = "",
                               .kind = "",
                               .list = "",
                               .subject = "",
                               .at = "2021-02-18T09:00:00+08:00",
                               .state = "stands"};
    assert_true(date_parse("2021-02-18", &meeting.on_day));
    assert_int_equal(standing_store_add(village->ctx, village->db, &meeting), ERR_OK);
    const struct committee_decision decision = {.unit = village->unit,
                                                .seq = MEETING,
                                                .item = 1,
                                                .matter = "roll",
                                                .favour = 4,
                                                .members = 7,
                                                .passed = true};
    assert_int_equal(decision_store_add(village->ctx, village->db, &decision), ERR_OK);
    if (strcmp(village->unit, VILLAGE) != 0)
        village_user(village, "ec2", "EC", OTHER_VILLAGE, "外:选委会", NULL);
    /* Acts of 6.4 that open the registration. */
    static const char *const BEFORE[] = {"vec.post", "day.fix"};
    for (size_t i = 0; i < COUNT_OF(BEFORE); i++) {
        struct standing before = meeting;
        before.seq = MEETING + 1 + (int64_t)i;
        before.act = BEFORE[i];
        before.body = i ? "village" : "";
        assert_int_equal(standing_store_add(village->ctx, village->db, &before), ERR_OK);
    }
    village_do(village, "2021-02-04T09:00", strcmp(village->unit, VILLAGE) ? "ec2" : "ec",
               "registration.announce",
               "{'from_on':'2021-02-04','to_on':'2021-02-10','posted_on':'2021-02-04',"
               "'places':[{'place':'村委会'}],'stations':[{'group':'第1组','place':'村委会'}]}");
}

HELPER void
registers_read(struct village *village)
{
    registration_open(village);
    file_do(village, "household", household_csv(village->ctx));
    file_do(village, "deprived", deprived_csv(village->ctx));
    file_do(village, "away", away_csv(village->ctx));
}

HELPER void
roll_drafted(struct village *village)
{
    registers_read(village);
    file_do(village, "roll", roll_csv(village->ctx, ""));
}

#define ASSEMBLY                                                                                   \
    "{'kind':'representatives','called_on':'2021-02-01','held_on':'2021-02-09','total':30,"        \
    "'present':25,'items':[{'matter':'head3_consent','text':'新来','favour':20}]}"
#define CONSENT(seq, applied)                                                                      \
    mem_printf(village->ctx->mem,                                                                  \
               "{'assembly_seq':%lld,'rows':[{'person':'新来','applied_on':'" applied              \
               "','resident_since':'2020-03-20','home_unit':'外村'}]}",                            \
               (long long)(seq))
#define NOTIFY                                                                                     \
    "{'rows':[{'person':'外出','channel':'phone','sent_on':'2021-02-05'}],"                      \
    "'reply_by':'2021-02-12'}"
#define NOT_LISTED                                                                                 \
    "'not_listed':[{'person':'外出','reason':'no_reply'},{'person':'剥权','reason':'deprived'}]"
#define CONFIRM "{" MEET ",'on':'2021-02-19'," NOT_LISTED "}"

HELPER void
roll_consented(struct village *village)
{
    roll_drafted(village);
    village_do(village, "2021-02-08T09:00", "ec", "roll.notify", NOTIFY);
    const int64_t seq = village_do(village, "2021-02-09T18:00", "vc", "assembly.hold", ASSEMBLY);
    village_do(village, "2021-02-09T19:00", "ec", "roll.consent", CONSENT(seq, "2021-02-06"));
}

HELPER void
roll_confirmed(struct village *village)
{
    roll_consented(village);
    village_do(village, "2021-02-19T09:00", "ec", "roll.confirm", CONFIRM);
}

/* The office and the first `groups` groups. */
HELPER const char *
posting(struct village *village, const char *day, int groups)
{
    struct buf text;
    buf_init(&text, village->ctx->mem, 1 << 16);
    buf_add_format(&text, "{'posted_on':'%s','places':[{'place':'村委会'}", day);
    for (int i = 1; i <= groups; i++)
        buf_add_format(&text, ",{'place':'祠堂','group':'第%d组'}", i);
    buf_add_text(&text, "]}");
    return text.data;
}

HELPER void
roll_posted(struct village *village)
{
    roll_confirmed(village);
    village_do(village, "2021-02-20T09:00", "ec", "roll.post",
               posting(village, "2021-02-20", GROUPS));
}

HELPER int64_t
registered(struct village *village)
{
    int64_t count;
    assert_int_equal(voter_store_count(village->ctx, village->db, village->unit, &count), ERR_OK);
    return count;
}

HELPER const char *
list_hash(struct village *village)
{
    struct roll roll;
    assert_int_equal(roll_store_find(village->ctx, village->db, village->unit, &roll), ERR_OK);
    return roll.list_hash;
}

#define STRIKE(person, reason, on)                                                                 \
    "{'person':'" person "','reason':'" reason "','on':'" on "','evidence':'" FILE_SM3 "'}"
#define ADD(person, reason, on)                                                                    \
    "{'person':'" person "','head':'1','reason':'" reason "','on':'" on "'}"
