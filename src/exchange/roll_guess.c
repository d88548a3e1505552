/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/roll_guess.h"

#include <string.h>

#include "base/utf8.h"
#include "exchange/roll_clean.h"

enum { CELLS_LEAST = 2, OLD_LENGTH = 15, NEW_LENGTH = 18, MOBILE_LENGTH = 11, PERCENT = 100 };

/* The commonest surnames; nine of ten people bear one of them. */
static const char SURNAMES[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚"
    "符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳"
    "时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇"
    "栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚"
    "皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容"
    "敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾"
    "戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由贠䶮";

static bool
is_digits(const char *text, size_t count)
{
    return strspn(text, "0123456789") >= count;
}

/* 18 or 15 digits, or what a spreadsheet made of them. */
static bool
looks_id(const char *text)
{
    const size_t length = strlen(text);
    if (length == NEW_LENGTH && is_digits(text, NEW_LENGTH - 1))
        return text[NEW_LENGTH - 1] == 'x' || text[NEW_LENGTH - 1] == 'X' ||
               is_digits(text, NEW_LENGTH);
    if (length == OLD_LENGTH && is_digits(text, OLD_LENGTH))
        return true;
    return length > 4 && (strstr(text, "E+17") || strstr(text, "E+14"));
}

static bool
looks_sex(const char *text)
{
    return strcmp(text, "男") == 0 || strcmp(text, "女") == 0;
}

static bool
looks_phone(const char *text)
{
    return text[0] == '1' && strlen(text) == MOBILE_LENGTH && is_digits(text, MOBILE_LENGTH);
}

static bool
ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static bool
looks_nation(const char *text)
{
    return ends_with(text, "族") && strlen(text) <= strlen("乌孜别克族");
}

static bool
looks_party(const char *text)
{
    static const char *const WORDS[] = {"群众", "中共党员", "共青团员", "中共预备党员",
                                        "党员", "团员",     "预备党员"};
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (strcmp(text, WORDS[i]) == 0)
            return true;
    }
    return false;
}

static bool
looks_group(const char *text)
{
    return ends_with(text, "组") || ends_with(text, "小组") || ends_with(text, "队");
}

/* Two to four Chinese characters, the first of them a surname. */
static bool
looks_name(const char *text)
{
    size_t count = 0;
    const char *at = text;
    for (uint32_t character; (character = utf8_next(&at)) != 0; count++) {
        if (character < 0x3400 || (character > 0x9FFF && character < 0x20000))
            return false;
    }
    at = text;
    (void)utf8_next(&at);
    return count >= 2 && count <= 4 &&
           memmem(SURNAMES, sizeof SURNAMES - 1, text, (size_t)(at - text));
}

/* In this order: what is surest comes first. */
static const struct look_row {
    enum roll_column column;
    bool (*looks)(const char *text);
    size_t percent; /* of the cells that are not blank */
} LOOKS[] = {
    {ROLL_COL_ID_NUMBER, looks_id, 60}, {ROLL_COL_SEX, looks_sex, 90},
    {ROLL_COL_PHONE, looks_phone, 80},  {ROLL_COL_NATION, looks_nation, 90},
    {ROLL_COL_PARTY, looks_party, 90},  {ROLL_COL_GROUP, looks_group, 80},
    {ROLL_COL_NAME, looks_name, 70},
};

const char *
roll_sample_cell(const struct roll_sample *sample, size_t row, size_t column)
{
    return column < sample->rows[row].count ? sample->rows[row].cells[column].text : "";
}

enum roll_column
roll_guess_column(struct ctx *ctx, const struct roll_sample *sample, size_t from, size_t column)
{
    size_t filled = 0, hits[COUNT_OF(LOOKS)] = {0};
    for (size_t i = from; i < sample->count; i++) {
        const char *raw = roll_text_squeeze(ctx, roll_sample_cell(sample, i, column));
        const char *text = raw + strspn(raw, "'`");
        filled += text[0] != '\0';
        for (size_t k = 0; text[0] && k < COUNT_OF(LOOKS); k++)
            hits[k] += LOOKS[k].looks(text);
    }
    for (size_t k = 0; filled >= CELLS_LEAST && k < COUNT_OF(LOOKS); k++) {
        if (hits[k] * PERCENT >= filled * LOOKS[k].percent)
            return LOOKS[k].column;
    }
    return ROLL_COLUMN_COUNT;
}

/* Words of titles and file names, the more telling first; then columns that one kind alone has. */
static const struct kind_words {
    enum roll_kind kind;
    const char *words[6];
    enum roll_column columns[3]; /* ROLL_COLUMN_COUNT ends */
} KIND_WORDS[] = {
    {ROLL_KIND_DEPRIVED,
     {"剥夺", "剥权"},
     {ROLL_COL_DEPRIVED_TO, ROLL_COL_DEPRIVED_FROM, ROLL_COLUMN_COUNT}},
    {ROLL_KIND_LAST_ROLL, {"上届", "上一届", "往届", "last_roll"}, {ROLL_COLUMN_COUNT}},
    {ROLL_KIND_AWAY,
     {"外出", "流出", "在外", "务工"},
     {ROLL_COL_REPLIED, ROLL_COL_WISH, ROLL_COLUMN_COUNT}},
    {ROLL_KIND_PARTY_MEMBERS, {"党员", "党支部"}, {ROLL_COLUMN_COUNT}},
    {ROLL_KIND_ROLL,
     {"登记册", "选民", "参加选举", "登记名单", "选举名单"},
     {ROLL_COL_HEAD, ROLL_COL_RESIDENT_SINCE, ROLL_COLUMN_COUNT}},
    {ROLL_KIND_HOUSEHOLD,
     {"户籍", "户口", "常住人口", "人口", "花名册", "household"},
     {ROLL_COL_RELATION, ROLL_COL_HOUSEHOLD, ROLL_COLUMN_COUNT}},
};

static bool
has_word(const char *const *words, const char *text)
{
    for (size_t i = 0; i < 6 && words[i]; i++) {
        if (strstr(text, words[i]))
            return true;
    }
    return false;
}

enum roll_kind
roll_guess_kind(const char *title, const char *sheet, const char *file,
                const struct roll_head *head)
{
    const char *const texts[] = {title, sheet, file};
    for (size_t k = 0; k < COUNT_OF(texts); k++) {
        for (size_t i = 0; i < COUNT_OF(KIND_WORDS); i++) {
            if (has_word(KIND_WORDS[i].words, texts[k]))
                return KIND_WORDS[i].kind;
        }
    }
    for (size_t i = 0; i < COUNT_OF(KIND_WORDS); i++) {
        for (size_t k = 0; KIND_WORDS[i].columns[k] != ROLL_COLUMN_COUNT; k++) {
            if (head->places[KIND_WORDS[i].columns[k]] >= 0)
                return KIND_WORDS[i].kind;
        }
    }
    return ROLL_KIND_ROLL;
}
