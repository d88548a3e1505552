/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/checkpoint.h"

#include <string.h>

#include "base/json.h"

const char *
checkpoint_text(struct ctx *ctx, const struct checkpoint *checkpoint)
{
    json_t *object = json_own(ctx->mem, json_object());
    json_object_set_new(object, "unit", json_string(checkpoint->unit));
    json_object_set_new(object, "seq", json_integer(checkpoint->seq));
    json_object_set_new(object, "hash", json_string(hex_format(ctx, checkpoint->hash, SM3_LENGTH)));
    json_object_set_new(object, "at", json_string(checkpoint->at));
    json_object_set_new(object, "key", json_string(checkpoint->key_fingerprint));
    ASSERT(json_object_size(object) == 5);
    return json_canonical(ctx, object);
}

enum err
checkpoint_sign(struct ctx *ctx, const struct keyfile *keyfile, struct checkpoint *checkpoint)
{
    checkpoint->key_fingerprint = keyfile->fingerprint;
    const char *text = checkpoint_text(ctx, checkpoint);
    return sm2_sign(ctx, keyfile->pair, text, strlen(text), &checkpoint->signature);
}

bool
checkpoint_is_signed(struct ctx *ctx, const struct sm2_key *key,
                     const struct checkpoint *checkpoint)
{
    if (strcmp(checkpoint->key_fingerprint, sm2_key_fingerprint(ctx, key)) != 0)
        return false;
    const char *text = checkpoint_text(ctx, checkpoint);
    return sm2_is_signed(key, text, strlen(text), checkpoint->signature.bytes,
                         checkpoint->signature.length);
}
