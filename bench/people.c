/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Made-up people for the measurement of the import, always the same for the same number.
 *
 * usage: bench-people N FOLDER     writes units.csv (villages of about 1,430 people), villages.json
 *                                  (the table of term.open) and register.csv, a household register
 *                                  with a column 村代码; one person in 500 has a number of another
 *                                  person, one in 1000 a wrong check digit
 *
 * County codes 5299xx are assigned to nobody.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/num.h"
#include "domain/idcard.h"

enum {
    VILLAGE_SIZE = 1430,
    HOUSEHOLD = 4,
    GROUP = 150,
    COUNTY = 529921,
    TOWN_VILLAGES = 800,
    CODE = 48
};
enum { TWICE = 500, WRONG = 1000, FIRST_DAY = -14600, DAYS = 30000 };

static uint64_t chance_state = 20261210;

/* splitmix64 */
static uint64_t
chance(void)
{
    uint64_t z = chance_state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static int64_t
below(int64_t limit)
{
    return (int64_t)(chance() % (uint64_t)limit);
}

static const char *const SURNAMES[] = {"王", "李", "张", "刘", "陈", "杨", "黄", "赵",
                                       "吴", "周", "徐", "孙", "马", "朱", "胡", "欧阳"};
static const char *const GIVEN[] = {"伟", "芳", "强", "洋", "静", "磊", "敏", "军", "艳",   "勇",
                                    "杰", "娟", "涛", "明", "超", "霞", "平", "刚", "桂英", "国庆"};

struct person {
    char number[19];
    struct civil birth;
};

static char
check_digit(const char *number)
{
    static const int WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += WEIGHTS[i] * (number[i] - '0');
    return "10X98765432"[sum % 11];
}

/* The day and the serial number together are different for each person up to 30 million. */
static struct person
person_make(int64_t serial)
{
    const struct date day = {(int32_t)(FIRST_DAY + serial % DAYS)};
    struct person person = {.birth = date_to_civil(day)};
    char text[64];
    (void)snprintf(text, sizeof text, "%06d%04d%02d%02d%03d",
                   COUNTY + (int)(serial / DAYS / 1000 % 40), person.birth.year, person.birth.month,
                   person.birth.day, (int)(serial / DAYS % 1000));
    memcpy(person.number, text, 17);
    person.number[17] = check_digit(person.number);
    return person;
}

static void
code_of(int64_t village, char code[CODE])
{
    (void)snprintf(code, CODE, "%06d%03d%03d", COUNTY, (int)(village / TOWN_VILLAGES) + 100,
                   (int)(village % TOWN_VILLAGES) + 200);
}

static void
row_write(FILE *out, const char *code, int64_t place, int64_t serial)
{
    struct person person = person_make(serial > 1 && below(TWICE) == 0 ? below(serial) : serial);
    if (below(WRONG) == 0)
        person.number[17] = person.number[17] == '0' ? '1' : '0';
    const bool male = (person.number[16] - '0') % 2 == 1;
    fprintf(out, "%s,第%d组,%05d,%s,%s%s%s,%s,%s,%04d-%02d-%02d,1%010lld\n", code,
            (int)(place / GROUP) + 1, (int)(place / HOUSEHOLD) + 1,
            place % HOUSEHOLD ? "家庭成员" : "户主", SURNAMES[below(16)], GIVEN[below(20)],
            below(2) ? GIVEN[below(20)] : "", male ? "男" : "女", person.number, person.birth.year,
            person.birth.month, person.birth.day, (long long)below(INT64_C(10000000000)));
}

static FILE *
file_make(const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "wb");
    if (!out) {
        perror(path);
        exit(1);
    }
    return out;
}

static void
villages_write(FILE *units, FILE *json, int64_t count)
{
    char code[CODE];
    fputs("code,name,kind,town_code,town,county_code,county\n", units);
    for (int64_t village = 0; village < count; village++) {
        code_of(village, code);
        fprintf(units, "%s,甲%lld村,村委会,%.9s,甲%.3s镇,%d,某县\n", code, (long long)village, code,
                code + 6, COUNTY);
        fprintf(json, "%s{\"unit\":\"%s\",\"bodies\":\"village\",\"last_term_to\":\"2021-12-31\"}",
                village ? "," : "[", code);
    }
    fputs("]\n", json);
}

int
main(int argc, char **argv)
{
    int64_t count;
    char code[CODE];
    if (argc != 3 || !num_parse_i64(argv[1], 1, 30000000, &count)) {
        fputs("usage: bench-people N FOLDER\n", stderr);
        return 2;
    }
    const int64_t villages = (count + VILLAGE_SIZE - 1) / VILLAGE_SIZE;
    FILE *units = file_make(argv[2], "units.csv");
    FILE *json = file_make(argv[2], "villages.json");
    FILE *people = file_make(argv[2], "register.csv");
    villages_write(units, json, villages);
    fputs("村代码,组,户号,与户主关系,姓名,性别,身份证号,出生日期,联系电话\n", people);
    for (int64_t serial = 0; serial < count; serial++) {
        code_of(serial / VILLAGE_SIZE, code);
        row_write(people, code, serial % VILLAGE_SIZE, serial);
    }
    const bool done = fclose(units) == 0 && fclose(json) == 0 && fclose(people) == 0;
    return done ? 0 : 1;
}
