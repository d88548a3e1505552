/* SPDX-License-Identifier: Apache-2.0 */
#include "act/roll_seal.h"

#include <string.h>

#include "base/date.h"
#include "domain/idcard.h"
#include "exchange/roll_clean.h"

static const char ID_MARK[] = "id:";
static const char PHONE_MARK[] = "tel:";

enum err
roll_seal_id(struct ctx *ctx, const struct field_keys *keys, const char *number,
             const char **ret_sealed)
{
    const char *clean = "";
    enum roll_fault fault = ROLL_FAULT_MISSING;
    if (!roll_cell_clean(ctx, ROLL_COL_ID_NUMBER, number, &clean, &fault) || clean[0] == '\0')
        return FAIL_HINT(ctx, ERR_INVALID, roll_fault_row(fault)->cure.zh,
                         roll_fault_row(fault)->cure.en, "公民身份号码%s（IDN-01）",
                         "the identity number %s (IDN-01)",
                         text_pick(ctx, roll_fault_row(fault)->wrong));
    const struct idcard card = idcard_read(clean);
    *ret_sealed =
        mem_printf(ctx->mem, "%s%s:%s:%s:%s", ID_MARK, field_encrypt(ctx, keys, "id_number", clean),
                   identity_mac(ctx, keys, clean), date_format(ctx, card.birth),
                   card.sex == SEX_MALE ? "m" : "f");
    return ERR_OK;
}

const char *
roll_seal_phone(struct ctx *ctx, const struct field_keys *keys, const char *phone)
{
    return mem_printf(ctx->mem, "%s%s", PHONE_MARK, field_encrypt(ctx, keys, "phone", phone));
}

bool
roll_sealed_id_read(struct ctx *ctx, const char *text, struct sealed_id *ret_sealed)
{
    const char *parts[4];
    size_t count = 0;
    if (strncmp(text, ID_MARK, strlen(ID_MARK)) != 0)
        return false;
    for (char *at = mem_text(ctx->mem, text + strlen(ID_MARK)); at;) {
        char *colon = strchr(at, ':');
        if (count == COUNT_OF(parts))
            return false;
        parts[count++] = at;
        if (colon)
            *colon = '\0';
        at = colon ? colon + 1 : NULL;
    }
    if (count != COUNT_OF(parts))
        return false;
    *ret_sealed = (struct sealed_id){parts[0], parts[1], parts[2], parts[3]};
    return true;
}

bool
roll_sealed_phone_read(struct ctx *ctx, const char *text, const char **ret_cipher)
{
    if (strncmp(text, PHONE_MARK, strlen(PHONE_MARK)) != 0)
        return false;
    *ret_cipher = mem_text(ctx->mem, text + strlen(PHONE_MARK));
    return true;
}
