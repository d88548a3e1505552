/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a village: its way. Called by unit_page. */
#pragma once

#include "web/request.h"

enum err village_show(struct request *request, struct response *response) WARN_UNUSED;
/* "镇换届办、村民选举委员会": who may do an act. */
const char *roles_words(struct ctx *ctx, unsigned roles);
