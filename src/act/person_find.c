/* SPDX-License-Identifier: Apache-2.0 */
#include "act/person_find.h"

#include <string.h>

#include "base/keyfile.h"
#include "base/utf8.h"
#include "domain/idcard.h"
#include "store/identity_store.h"
#include "store/person_store.h"
#include "store/stream_store.h"
#include "store/user_store.h"
#include "store/voter_store.h"

struct looking {
    struct ctx *ctx;
    struct db *db;
    struct user user;
    struct person_found *list;
    size_t count;
};

static enum err
user_check(struct ctx *ctx, struct db *db, const char *name, struct user *ret_user)
{
    const enum err err = user_store_find(ctx, db, name ? name : "", ret_user);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    if (err == ERR_NOT_FOUND || !ret_user->active ||
        !(role_find(ret_user->role) & (ROLE_TO | ROLE_CO | ROLE_EC | ROLE_PB)))
        return FAIL_HINT(ctx, ERR_FORBIDDEN, "用 --as 指定镇、县或选举委员会的账号",
                         "name an account of the township, county or election committee with --as",
                         "没有查找村民的权限", "no right to look people up");
    return ERR_OK;
}

/* 王* : enough to know that it is who was meant. */
static const char *
name_mask(struct ctx *ctx, const char *name)
{
    const char *next = name;
    if (!*name || utf8_next(&next) == 0)
        return "";
    return mem_printf(ctx->mem, "%.*s*", (int)(next - name), name);
}

static enum err
found_add(struct looking *looking, const struct person *person)
{
    struct ctx *ctx = looking->ctx;
    struct unit unit;
    struct voter voter;
    bool within;
    for (size_t i = 0; i < looking->count; i++) {
        if (strcmp(looking->list[i].unit, person->unit) == 0 &&
            strcmp(looking->list[i].person, person->person) == 0)
            return ERR_OK;
    }
    TRY(unit_store_is_within(ctx, looking->db, person->unit, looking->user.unit, &within));
    if (!within)
        return ERR_OK;
    TRY(unit_store_find(ctx, looking->db, person->unit, &unit));
    const enum err err = voter_store_find(ctx, looking->db, person->unit, person->person, &voter);
    if (err != ERR_OK && err != ERR_NOT_FOUND)
        return err;
    const bool listed =
        err == ERR_OK && (strcmp(voter.state, "draft") == 0 || strcmp(voter.state, "listed") == 0);
    looking->list = mem_grow(ctx->mem, looking->list, struct person_found, looking->count + 1);
    looking->list[looking->count++] = (struct person_found){
        .unit = person->unit,
        .village = unit.name,
        .person = person->person,
        .name = name_mask(ctx, person->name),
        .sex = person->sex,
        .birth_year = date_is_set(person->birth) ? date_to_civil(person->birth).year : 0,
        .grp = person->grp,
        .household = person->household,
        .on_register = person->in_register,
        .on_roll = listed,
    };
    return ERR_OK;
}

static enum err
by_number(struct looking *looking, const struct keyfile *key, const char *number)
{
    static const char *const KINDS[] = {IDENTITY_REGISTER, IDENTITY_ROLL};
    struct ctx *ctx = looking->ctx;
    if (!key)
        return FAIL_HINT(ctx, ERR_FORBIDDEN, "在有密钥文件的电脑上办理（cunxuan doctor 查看）",
                         "do it where the key file is (see cunxuan doctor)",
                         "没有密钥文件，不能按身份号码查找",
                         "nobody can be found by number without the key file");
    if (idcard_read(number).fault != IDCARD_OK)
        return FAIL_HINT(ctx, ERR_INVALID, "18 位，末位可以是 X；请对照证件",
                         "18 characters, the last may be X; compare with the card", "身份号码不对",
                         "this is no identity number");
    const char *mac = identity_mac(ctx, &key->fields, number);
    for (size_t kind = 0; kind < COUNT_OF(KINDS); kind++) {
        struct identity_place *places;
        size_t count;
        TRY(identity_store_who(ctx, looking->db, KINDS[kind], mac, &places, &count));
        for (size_t i = 0; i < count; i++) {
            struct person person;
            const enum err err =
                person_store_find(ctx, looking->db, places[i].unit, places[i].person, &person);
            if (err == ERR_OK)
                TRY(found_add(looking, &person));
            else if (err != ERR_NOT_FOUND)
                return err;
        }
    }
    return ERR_OK;
}

static enum err
by_name(struct looking *looking, const char *unit, const char *name)
{
    struct person *people;
    size_t count;
    TRY(person_store_named(looking->ctx, looking->db, unit, name, &people, &count));
    for (size_t i = 0; i < count; i++)
        TRY(found_add(looking, &people[i]));
    return ERR_OK;
}

enum err
person_look_up(struct ctx *ctx, struct gate *gate, const char *user,
               const struct person_asked *asked, struct person_found **ret_list, size_t *ret_count)
{
    struct looking looking = {.ctx = ctx, .db = gate->db};
    TRY(user_check(ctx, gate->db, user, &looking.user));
    TRY(asked->number ? by_number(&looking, gate->key, asked->number)
                      : by_name(&looking, asked->unit, asked->name));
    *ret_list = looking.list;
    *ret_count = looking.count;
    return ERR_OK;
}
