/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the input of bench_xlsx: 100,000 made-up people, every cell a text. A row of names goes to
 * the second file. usage: make_xlsx OUT.xlsx NAMES */
#include <stdint.h>
#include <stdio.h>

#include <xlsxwriter.h>

enum { PEOPLE = 100000, WIDTH = 64 };

/* County code 361099 is nobody's. */
static void
number_make(int person, char text[WIDTH])
{
    static const int WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    const int serial = person / (60 * 12 * 28);
    int sum = 0;
    (void)snprintf(text, WIDTH, "361099%04d%02d%02d%03d", 1940 + person % 60, 1 + person / 60 % 12,
                   1 + person / 720 % 28, serial);
    for (int i = 0; i < 17; i++)
        sum += (text[i] - '0') * WEIGHTS[i];
    text[17] = "10X98765432"[sum % 11];
    text[18] = '\0';
}

int
main(int count, char **words)
{
    static const char *const HEADINGS[] = {"村代码", "户号",     "姓名",     "性别",    "身份证号",
                                           "民族",   "户籍地址", "居住情况", "联系电话"};
    static const char *const SURNAMES[] = {"王", "李", "张", "刘", "贠", "䶮", "欧阳"};
    static const char *const GIVEN[] = {"勇", "芳", "桂英", "㛃", "𠅤小兰", "建国", "秀梅", "志"};
    if (count != 3)
        return 2;
    FILE *names = fopen(words[2], "w");
    lxw_workbook *book = workbook_new(words[1]);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "选民登记");
    if (!names || !book || !sheet)
        return 1;
    for (lxw_col_t i = 0; i < 9; i++)
        worksheet_write_string(sheet, 0, i, HEADINGS[i], NULL);
    for (int i = 0; i < PEOPLE; i++) {
        const lxw_row_t row = (lxw_row_t)i + 1;
        char cells[9][WIDTH];
        number_make(i, cells[4]);
        (void)snprintf(cells[0], WIDTH, "361099%06d", 100200 + i / 3000);
        (void)snprintf(cells[1], WIDTH, "%05d", i / 4 % 100000);
        (void)snprintf(cells[2], WIDTH, "%s%s", SURNAMES[i % 7], GIVEN[i / 7 % 8]);
        (void)snprintf(cells[3], WIDTH, "%s", (cells[4][16] - '0') % 2 ? "男" : "女");
        (void)snprintf(cells[5], WIDTH, "%s", i % 11 ? "汉" : "畲");
        (void)snprintf(cells[6], WIDTH, "云岭省清河市青山县第%d镇王%d村%d组%d号", i / 30000,
                       i / 3000, i / 300, i / 4);
        (void)snprintf(cells[7], WIDTH, "%s", i % 5 ? "在村" : "户在人不在");
        (void)snprintf(cells[8], WIDTH, "127%08d", (int)((uint32_t)i * 2654435761u % 100000000u));
        for (lxw_col_t k = 0; k < 9; k++)
            worksheet_write_string(sheet, row, k, cells[k], NULL);
        (void)fprintf(names, "%s\n", cells[2]);
    }
    return workbook_close(book) != LXW_NO_ERROR || fclose(names) != 0;
}
