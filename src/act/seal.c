/* SPDX-License-Identifier: Apache-2.0 */
#include "act/seal.h"

#include <string.h>

#include "act/cure.h"
#include "base/keyfile.h"
#include "store/ledger_store.h"
#include "store/person_store.h"
#include "store/standing_store.h"
#include "store/stream_store.h"
#include "store/user_store.h"

/* A salt before the text, or equal reporters would have equal ciphers. */
enum { SALT_BYTES = 8, SALT_HEX = 2 * SALT_BYTES };

typedef enum err value_fn(struct ctx *ctx, const struct gate *gate, const struct field *field,
                          const char *text, const char **ret_text);

/* Each sealed value, in tables too, becomes what `change` makes of it. */
static enum err
sealed_each(struct ctx *ctx, const struct gate *gate, const struct field *fields, json_t *object,
            value_fn *change)
{
    for (const struct field *field = fields; field->name; field++) {
        json_t *value = json_object_get(object, field->name);
        const char *changed;
        size_t index;
        json_t *row;
        if (field->type == FIELD_TABLE)
            json_array_foreach(value, index, row)
                TRY(sealed_each(ctx, gate, field->columns, row, change));
        if (field->type != FIELD_SEALED || !json_is_string(value))
            continue;
        TRY(change(ctx, gate, field, json_string_value(value), &changed));
        json_object_set_new(object, field->name, json_string(changed));
    }
    return ERR_OK;
}

static enum err
key_need(struct ctx *ctx, const struct gate *gate)
{
    if (gate->key)
        return ERR_OK;
    return FAIL_HINT(ctx, ERR_FORBIDDEN, "在有密钥文件的电脑上办理（cunxuan doctor 查看）",
                     "do it where the key file is (see cunxuan doctor)",
                     "没有密钥文件，不能加密、查看保密内容", "sealed fields need the key file");
}

static enum err
value_seal(struct ctx *ctx, const struct gate *gate, const struct field *field, const char *text,
           const char **ret_text)
{
    uint8_t salt[SALT_BYTES];
    *ret_text = text;
    if (field_is_sealed(text))
        return ERR_OK;
    if (!text[strspn(text, " \t\r\n")])
        return FAIL_FIELD(ctx, field->name, "%s：不能为空", "%s: is blank", field->name);
    TRY(key_need(ctx, gate));
    random_bytes(salt, sizeof salt);
    const char *salted = mem_printf(ctx->mem, "%s%s", hex_format(ctx, salt, sizeof salt), text);
    *ret_text = mem_printf(ctx->mem, "%s%s", FIELD_SEAL_MARK,
                           field_encrypt(ctx, &gate->key->fields, field->name, salted));
    return ERR_OK;
}

static enum err
value_mask(struct ctx *ctx, const struct gate *gate, const struct field *field, const char *text,
           const char **ret_text)
{
    (void)gate;
    (void)field;
    (void)text;
    *ret_text = text_format(ctx, "（保密）", "(sealed)");
    return ERR_OK;
}

static enum err
value_open(struct ctx *ctx, const struct gate *gate, const struct field *field, const char *text,
           const char **ret_text)
{
    const char *salted;
    TRY(field_decrypt(ctx, &gate->key->fields, field->name, text + strlen(FIELD_SEAL_MARK),
                      &salted));
    *ret_text = strlen(salted) > SALT_HEX ? salted + SALT_HEX : "";
    return ERR_OK;
}

enum err
fields_seal(struct ctx *ctx, const struct gate *gate, const struct field *fields, json_t *object)
{
    return sealed_each(ctx, gate, fields, object, value_seal);
}

json_t *
fields_masked(struct ctx *ctx, const struct field *fields, const json_t *object)
{
    json_t *copy = json_own(ctx->mem, json_deep_copy(object));
    const enum err err = sealed_each(ctx, NULL, fields, copy, value_mask);
    ASSERT(err == ERR_OK);
    return copy;
}

/* True if a standing complaint.handle assigns the case to the account's person. */
static enum err
is_assigned(struct ctx *ctx, const struct gate *gate, const struct entry *entry,
            const struct user *user, bool *ret_is)
{
    const struct standing_query query = {
        .unit = entry->unit, .act = "complaint.handle", .round = -1};
    struct standing *handled;
    size_t count;
    bool is = false;
    TRY(standing_store_list(ctx, gate->db, &query, &handled, &count));
    for (size_t i = 0; i < count && !is && user->person && user->person[0]; i++) {
        struct entry later;
        TRY(ledger_store_find(ctx, gate->db, entry->unit, handled[i].seq, &later));
        const char *person = json_text_of(later.fields, "person");
        const char *action = json_text_of(later.fields, "action");
        if (person && action && strcmp(action, "assign") == 0 &&
            json_integer_value(json_object_get(later.fields, "case_seq")) == entry->seq)
            TRY(person_is_same(ctx, gate->db, entry->unit, person, user->person, &is));
    }
    *ret_is = is;
    return ERR_OK;
}

static enum err
is_handler(struct ctx *ctx, const struct gate *gate, const struct entry *entry, const char *name,
           bool *ret_is)
{
    struct user user;
    bool within;
    const struct act *act = act_find(entry->act);
    *ret_is = false;
    const enum err err = user_store_find(ctx, gate->db, name, &user);
    if (err == ERR_NOT_FOUND)
        return ERR_OK;
    TRY(err);
    TRY(unit_store_is_within(ctx, gate->db, entry->unit, user.unit, &within));
    if (!user.active || !within || !act || !(act->roles & role_find(user.role)))
        return ERR_OK;
    if (strcmp(entry->actor, name) == 0) {
        *ret_is = true;
        return ERR_OK;
    }
    return is_assigned(ctx, gate, entry, &user, ret_is);
}

enum err
fields_revealed(struct ctx *ctx, const struct gate *gate, const struct entry *entry,
                const char *user, json_t **ret_fields)
{
    const struct act *act = act_find(entry->act);
    bool handles;
    TRY(is_handler(ctx, gate, entry, user ? user : "", &handles));
    if (!handles)
        return FAIL_HINT(ctx, ERR_FORBIDDEN, "由受理人，或者交办（complaint.handle）的承办人查看",
                         "who took it, or to whom it was assigned (complaint.handle), may read it",
                         "%s 不能查看第 %lld 号记录的保密内容",
                         "%s may not read what is sealed in entry %lld", user ? user : "-",
                         (long long)entry->seq);
    TRY(key_need(ctx, gate));
    json_t *copy = json_own(ctx->mem, json_deep_copy(entry->fields));
    TRY(sealed_each(ctx, gate, act->code->fields, copy, value_open));
    *ret_fields = copy;
    return ERR_OK;
}
