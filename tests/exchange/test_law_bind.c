/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/law_bind.h"

#include "support/support.h"

enum colour { RED = 3, BLUE = 5, NO_COLOUR = 7 };

struct inner {
    const char *name;
    int64_t votes;
};

struct outer {
    bool flag;
    int64_t count, late;
    const char *text;
    struct date day;
    enum colour colour;
    struct inner inner;
    const struct inner *maybe;
    const char **names;
    size_t name_count;
    const char **texts;
    size_t text_count;
    int64_t *years;
    size_t year_count;
    struct date *days;
    size_t day_count;
    enum colour *colours;
    size_t colour_count;
    const struct inner *list;
    size_t list_count;
    int custom;
};

static const struct bind_choice COLOURS[] = {{"red", RED}, {"blue", BLUE}, {NULL, 0}};

static const struct bind_field INNER_FIELDS[] = {
    BIND(struct inner, name, NAME, .required = true),
    BIND(struct inner, votes, COUNT, .max = 100),
};

static const struct bind_table INNER = BIND_TABLE(struct inner, INNER_FIELDS);

static enum err
read_custom(struct binder *binder, const json_t *value, void *ret_member)
{
    if (!json_is_null(value))
        return BIND_REFUSE(binder, "应为 null", "must be null");
    *(int *)ret_member = 42;
    return ERR_OK;
}

static const struct bind_field FIELDS[] = {
    BIND(struct outer, flag, BOOL, .fallback = true),
    BIND(struct outer, count, COUNT, .required = true, .min = 1),
    BIND(struct outer, late, COUNT, .fallback = -1),
    BIND(struct outer, text, TEXT),
    BIND(struct outer, day, DATE),
    BIND(struct outer, colour, CHOICE, .choices = COLOURS, .fallback = BLUE, .nullable = true,
         .null_value = NO_COLOUR),
    BIND(struct outer, inner, OBJECT, .required = true, .object = &INNER),
    BIND(struct outer, maybe, POINTER, .object = &INNER),
    BIND_LIST(struct outer, names, name_count, NAMES, .unique = true),
    BIND_LIST(struct outer, texts, text_count, TEXTS),
    BIND_LIST(struct outer, years, year_count, COUNTS),
    BIND_LIST(struct outer, days, day_count, DATES),
    BIND_LIST(struct outer, colours, colour_count, CHOICES, .choices = COLOURS, .unique = true),
    BIND_LIST(struct outer, list, list_count, OBJECTS, .object = &INNER, .unique_key = "name"),
    BIND(struct outer, custom, CUSTOM, .read = read_custom),
};

static const struct bind_table OUTER = BIND_TABLE(struct outer, FIELDS);

/* An object of the two required keys and `more`. */
static json_t *
an_object(struct ctx *ctx, const char *more)
{
    json_t *value = NULL;
    const char *text = mem_printf(ctx->mem, "{\"count\":1,\"inner\":{\"name\":\"甲\"}%s%s}",
                                  more[0] ? "," : "", more);
    assert_int_equal(json_read(ctx, text, strlen(text), "object", &value), ERR_OK);
    return value;
}

static struct outer
bound(struct ctx *ctx, const char *more)
{
    struct binder binder = {.ctx = ctx};
    struct outer outer = {0};
    assert_int_equal(bind_object(&binder, an_object(ctx, more), &OUTER, &outer), ERR_OK);
    assert_null(binder.field);
    return outer;
}

static void
assert_refused_at(struct ctx *ctx, const char *more, const char *field)
{
    struct binder binder = {.ctx = ctx};
    struct outer outer = {0};
    failure_clear(ctx);
    assert_int_equal(bind_object(&binder, an_object(ctx, more), &OUTER, &outer), ERR_INVALID);
    assert_string_equal(binder.field, field);
    assert_int_equal(ctx->failure.err, ERR_INVALID);
}

static void
keys_left_out_take_their_fallback(void **state)
{
    const struct outer outer = bound(*state, "");
    assert_true(outer.flag);
    assert_int_equal(outer.count, 1);
    assert_int_equal(outer.late, -1);
    assert_null(outer.text);
    assert_false(date_is_set(outer.day));
    assert_int_equal(outer.colour, BLUE);
    assert_string_equal(outer.inner.name, "甲");
    assert_int_equal(outer.inner.votes, 0);
    assert_null(outer.maybe);
    assert_null(outer.names);
    assert_int_equal(outer.custom, 0);
}

static void
values_go_to_their_members(void **state)
{
    const struct outer outer =
        bound(*state, "\"flag\":false,\"late\":999999999,\"text\":\"\",\"day\":\"2021-03-20\","
                      "\"colour\":\"red\",\"maybe\":{\"name\":\"乙\",\"votes\":100},"
                      "\"names\":[\"丙\",\"丁\"],\"texts\":[\"\"],\"years\":[2018,2019],"
                      "\"days\":[\"2021-03-21\"],\"colours\":[\"blue\",\"red\"],"
                      "\"list\":[{\"name\":\"戊\"},{\"name\":\"己\",\"votes\":7}],\"custom\":null");
    assert_false(outer.flag);
    assert_int_equal(outer.late, BIND_COUNT_MAX);
    assert_string_equal(outer.text, "");
    assert_int_equal(outer.colour, RED);
    assert_int_equal(outer.maybe->votes, 100);
    assert_int_equal(outer.name_count, 2);
    assert_string_equal(outer.names[1], "丁");
    assert_int_equal(outer.text_count, 1);
    assert_int_equal(outer.years[1], 2019);
    assert_int_equal(outer.days[0].day, outer.day.day + 1);
    assert_int_equal(outer.colours[0], BLUE);
    assert_int_equal(outer.list[1].votes, 7);
    assert_int_equal(outer.custom, 42);
}

static void
null_stands_for_its_value_where_allowed(void **state)
{
    assert_int_equal(bound(*state, "\"colour\":null").colour, NO_COLOUR);
    assert_refused_at(*state, "\"text\":null", "text");
    assert_refused_at(*state, "\"day\":null", "day");
    assert_refused_at(*state, "\"flag\":null", "flag");
}

static void
wrong_things_are_refused_at_their_place(void **state)
{
    static const struct {
        const char *more, *field;
    } CASES[] = {
        {"\"flag\":0", "flag"},
        {"\"late\":1.0", "late"},
        {"\"late\":-1", "late"},
        {"\"late\":true", "late"},
        {"\"late\":1000000000", "late"},
        {"\"day\":\"2021-02-29\"", "day"},
        {"\"day\":20210320", "day"},
        {"\"colour\":\"green\"", "colour"},
        {"\"colour\":3", "colour"},
        {"\"maybe\":[]", "maybe"},
        {"\"maybe\":{}", "maybe.name"},
        {"\"maybe\":{\"name\":\"\"}", "maybe.name"},
        {"\"maybe\":{\"name\":\"\\u3000\"}", "maybe.name"},
        {"\"maybe\":{\"name\":\"乙\",\"votes\":101}", "maybe.votes"},
        {"\"maybe\":{\"name\":\"乙\",\"age\":101}", "maybe.age"},
        {"\"names\":{}", "names"},
        {"\"names\":[\"甲\",\" \"]", "names[1]"},
        {"\"names\":[\"甲\",\"乙\",\"甲\"]", "names"},
        {"\"texts\":[7]", "texts[0]"},
        {"\"years\":[\"2018\"]", "years[0]"},
        {"\"days\":[\"2021-03-20\",\"\"]", "days[1]"},
        {"\"colours\":[\"red\",\"red\"]", "colours"},
        {"\"list\":[{\"name\":\"甲\"},{\"name\":\"甲\"}]", "list"},
        {"\"list\":[{\"name\":\"甲\"},{\"name\":7}]", "list[1].name"},
        {"\"list\":[7]", "list[0]"},
        {"\"custom\":1", "custom"},
        {"\"Count\":1", "Count"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_refused_at(*state, CASES[i].more, CASES[i].field);
}

static void
required_keys_must_be_there(void **state)
{
    struct ctx *ctx = *state;
    struct binder binder = {.ctx = ctx};
    struct outer outer = {0};
    json_t *object = an_object(ctx, "");
    assert_int_equal(json_object_del(object, "inner"), 0);
    assert_int_equal(bind_object(&binder, object, &OUTER, &outer), ERR_INVALID);
    assert_string_equal(binder.field, "inner");
}

static void
parts_are_read_on_their_own(void **state)
{
    struct ctx *ctx = *state;
    struct binder binder = {.ctx = ctx};
    const char **names = NULL;
    const struct date *days = NULL;
    size_t count = 0;
    json_t *value = json_own(ctx->mem, json_pack("[s,s]", "甲", "甲"));
    json_t *dates = json_own(ctx->mem, json_pack("[s]", "2021-03-20"));
    assert_int_equal(bind_names(&binder, value, false, &names, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(bind_names(&binder, value, true, &names, &count), ERR_INVALID);
    assert_int_equal(bind_dates(&binder, dates, &days, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(bind_dates(&binder, value, &days, &count), ERR_INVALID);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_left_out_take_their_fallback),
        TEST(values_go_to_their_members),
        TEST(null_stands_for_its_value_where_allowed),
        TEST(wrong_things_are_refused_at_their_place),
        TEST(required_keys_must_be_there),
        TEST(parts_are_read_on_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
