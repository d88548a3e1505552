/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A village for the tests of acts: one installation in memory (exercise), two villages of the town,
 * an account for every role, the term opened under cn-2018+jiangxi. Acts are given as JSON with '
 * for " and at a time "2021-03-20T09:00".
 */
#pragma once

#include "support/support.h"

#include <string.h>

#include "act/gate.h"
#include "base/clock.h"
#include "base/keyfile.h"
#include "store/blob_store.h"
#include "store/setting_store.h"
#include "store/stream_store.h"
#include "store/user_store.h"

#define HELPER __attribute__((unused)) static

struct village {
    struct ctx *ctx;
    struct db *db;
    struct keyfile key;
    struct gate *gate;
    const char *unit; /* where village_do acts; VILLAGE at first */
    struct answer answer;
};

#define TOWN "361023103"
#define COUNTY "361023"
#define VILLAGE "361023103200"
#define OTHER_VILLAGE "361023103201"
/* The local packs of the term; a test of another province says so before it includes this. */
#ifndef VILLAGE_PACKS
#define VILLAGE_PACKS "jiangxi"
#endif
/* The same for one setup of a test file. */
HELPER const char *village_packs = VILLAGE_PACKS;
HELPER const char *village_last_term = "2021-03-31";
/* A file field's value: the empty file, which is kept. */
#define FILE_SM3 "sm3:1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"
#define DOC "'doc_no':'市换届〔2021〕1号','doc_on':'2020-12-10','file':'" FILE_SM3 "'"

HELPER void
village_user(struct village *village, const char *name, const char *role, const char *unit,
             const char *person, const char *desk)
{
    const struct user user = {
        .name = name,
        .role = role_name(role_find(role)),
        .unit = unit,
        .person = person,
        .desk = desk,
        .created_at = "2020-12-01T09:00:00+08:00",
        .active = true,
    };
    assert_int_equal(user_store_add(village->ctx, village->db, &user), ERR_OK);
}

HELPER json_t *
json_of(struct village *village, const char *text)
{
    char *copy = mem_text(village->ctx->mem, text);
    json_t *value;
    for (char *at = copy; *at; at++) {
        if (*at == '\'')
            *at = '"';
    }
    assert_int_equal(json_read(village->ctx, copy, strlen(copy), "test", &value), ERR_OK);
    return value;
}

/* What is tried: all texts. reasons: "[{'rule':'CAL-10','reason':'…'}]" or NULL. */
struct attempt {
    const char *unit;
    const char *now;
    const char *user;
    const char *act;
    const char *fields;
    const char *reasons;
};

/* Submits; the answer is in village->answer: village_submit(village, unit, now, user, act, fields,
 * reasons). */
#define village_submit(village, ...) village_attempt((village), (struct attempt){__VA_ARGS__})

HELPER enum err
village_attempt(struct village *village, struct attempt attempt)
{
    const char *full = mem_printf(village->ctx->mem, "%s:00+08:00", attempt.now);
    assert_true(instant_parse(full, &village->ctx->now));
    const struct submission submission = {
        .unit = attempt.unit,
        .act = attempt.act,
        .user = attempt.user,
        .fields = json_of(village, attempt.fields),
        .waivers = attempt.reasons ? json_of(village, attempt.reasons) : NULL,
    };
    failure_clear(village->ctx);
    village->answer = (struct answer){0};
    const enum err err = act_submit(village->ctx, village->gate, &submission, &village->answer);
    if (err == ERR_INVALID || err == ERR_FORBIDDEN)
        assert_non_null(village->ctx->failure.hint);
    return err;
}

HELPER void
village_print(struct village *village, enum err err)
{
    if (village->ctx->failure.err != ERR_OK)
        print_message("%s: %s\n", err_name(err), village->ctx->failure.message);
    for (size_t i = 0; i < village->answer.findings.count; i++) {
        const struct finding *finding = &village->answer.findings.list[i];
        print_message("%s %s %s\n", severity_word(finding->severity),
                      rule_id(village->ctx, finding->rule, finding->sub), finding->text);
    }
}

/* The act must be accepted (with these reasons); gives its entry number. */
HELPER int64_t
village_explain(struct village *village, const char *now, const char *user, const char *act,
                const char *fields, const char *reasons)
{
    const enum err err = village_submit(village, village->unit, now, user, act, fields, reasons);
    if (err != ERR_OK || !village->answer.accepted)
        village_print(village, err);
    assert_int_equal(err, ERR_OK);
    assert_true(village->answer.accepted);
    return village->answer.seq;
}

HELPER int64_t
village_do(struct village *village, const char *now, const char *user, const char *act,
           const char *fields)
{
    return village_explain(village, now, user, act, fields, NULL);
}

HELPER bool
village_found(struct village *village, const char *rule)
{
    for (size_t i = 0; i < village->answer.findings.count; i++) {
        const struct finding *finding = &village->answer.findings.list[i];
        if (strcmp(rule_id(village->ctx, finding->rule, finding->sub), rule) == 0)
            return true;
    }
    return false;
}

/* The act must be refused, by this rule among others. */
HELPER void
village_refused(struct village *village, const char *now, const char *user, const char *act,
                const char *fields, const char *rule)
{
    const enum err err = village_submit(village, village->unit, now, user, act, fields, NULL);
    if (err != ERR_OK || village->answer.accepted || !village_found(village, rule))
        village_print(village, err);
    assert_int_equal(err, ERR_OK);
    assert_false(village->answer.accepted);
    assert_true(village_found(village, rule));
    for (size_t i = 0; i < village->answer.findings.count; i++) {
        const struct finding *finding = &village->answer.findings.list[i];
        assert_true(finding->severity == SEVERITY_WARN || (finding->todo && finding->todo[0]));
    }
}

HELPER void
village_accounts(struct village *village)
{
    static const struct unit UNITS[] = {
        {COUNTY, "南丰县", LEVEL_COUNTY, ""},
        {TOWN, "市山镇", LEVEL_TOWN, COUNTY},
        {VILLAGE, "市山村", LEVEL_VILLAGE, TOWN},
        {OTHER_VILLAGE, "西村村", LEVEL_VILLAGE, TOWN},
    };
    for (size_t i = 0; i < COUNT_OF(UNITS); i++)
        assert_int_equal(unit_store_add(village->ctx, village->db, &UNITS[i]), ERR_OK);
    village_user(village, "co", "CO", COUNTY, "外:县换届办", NULL);
    village_user(village, "cs", "CS", COUNTY, "外:县委组织部", NULL);
    village_user(village, "to", "TO", TOWN, "外:镇换届办", NULL);
    village_user(village, "ts", "TS", TOWN, "外:镇党委书记", NULL);
    village_user(village, "pb", "PB", VILLAGE, "外:村支书", NULL);
    village_user(village, "vc", "VC", VILLAGE, "外:村主任", NULL);
    village_user(village, "ec", "EC", VILLAGE, "外:选委会主任", NULL);
    village_user(village, "sv", "SV", VILLAGE, "外:监督员", NULL);
}

HELPER int
village_setup_as(void **state, bool exercise)
{
    struct ctx *ctx = ctx_new(LANG_ZH);
    struct village *village = mem_new(ctx, struct village);
    const uint8_t secret[SECRET_LENGTH] = {7};
    struct sm2_key *pair = sm2_key_generate(ctx);
    village->ctx = ctx;
    village->unit = VILLAGE;
    assert_int_equal(db_open(ctx, ":memory:", DB_CREATE, &village->db), ERR_OK);
    field_keys_derive(secret, &village->key.fields);
    memcpy(village->key.secret, secret, sizeof secret);
    village->key.pair = pair;
    village->key.fingerprint = sm2_key_fingerprint(ctx, pair);
    village->key.public_pem = sm2_key_public_pem(ctx, pair);
    if (exercise)
        assert_int_equal(setting_store_set(ctx, village->db, "exercise", "1"), ERR_OK);
    assert_int_equal(gate_new(ctx, village->db, &village->key, &village->gate), ERR_OK);
    village_accounts(village);
    const char *name;
    assert_int_equal(blob_store_put(ctx, village->db, "", 0, &name), ERR_OK);
    const char *fields =
        mem_printf(ctx->mem,
                   "{'term_no':11,'packs':'%s','villages':["
                   "{'unit':'" VILLAGE "','bodies':'village','last_term_to':'%s'},"
                   "{'unit':'" OTHER_VILLAGE "','bodies':'village','last_term_to':'%s'}]," DOC "}",
                   village_packs, village_last_term, village_last_term);
    assert_int_equal(
        village_submit(village, TOWN, "2020-12-10T09:00", "to", "term.open", fields, NULL), ERR_OK);
    assert_true(village->answer.accepted);
    *state = village;
    return 0;
}

HELPER int
village_setup(void **state)
{
    return village_setup_as(state, true);
}

/* An installation for elections. */
HELPER int
village_setup_real(void **state)
{
    return village_setup_as(state, false);
}

HELPER int
village_teardown(void **state)
{
    struct village *village = *state;
    gate_free(village->gate);
    db_close(village->db);
    ctx_free(village->ctx);
    return 0;
}

#define VILLAGE_TEST(function)                                                                     \
    cmocka_unit_test_setup_teardown(function, village_setup, village_teardown)
#define VILLAGE_REAL_TEST(function)                                                                \
    cmocka_unit_test_setup_teardown(function, village_setup_real, village_teardown)
