/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/proxy.h"

#include "exchange/law_case.h"

struct proxy_principal {
    bool registered, away;
};

struct proxy_holder {
    bool registered, candidate;
    enum relation relation;
    int64_t holds;
};

struct proxy_given {
    struct date polling_day, filed;
    bool on_site, redelegated;
    struct proxy_principal principal;
    struct proxy_holder proxy;
};

static const struct bind_field PRINCIPAL_FIELDS[] = {
    BIND(struct proxy_principal, registered, BOOL, .required = true),
    BIND(struct proxy_principal, away, BOOL, .required = true),
};

static const struct bind_table PRINCIPAL = BIND_TABLE(struct proxy_principal, PRINCIPAL_FIELDS);

static const struct bind_field HOLDER_FIELDS[] = {
    BIND(struct proxy_holder, registered, BOOL, .required = true),
    BIND(struct proxy_holder, relation, CHOICE, .required = true, .choices = LAW_RELATIONS),
    BIND(struct proxy_holder, candidate, BOOL),
    BIND(struct proxy_holder, holds, COUNT, .required = true),
};

static const struct bind_table HOLDER = BIND_TABLE(struct proxy_holder, HOLDER_FIELDS);

static const struct bind_field FIELDS[] = {
    BIND(struct proxy_given, polling_day, DATE, .required = true),
    BIND(struct proxy_given, filed, DATE, .required = true),
    BIND(struct proxy_given, on_site, BOOL),
    BIND(struct proxy_given, principal, OBJECT, .required = true, .object = &PRINCIPAL),
    BIND(struct proxy_given, proxy, OBJECT, .required = true, .object = &HOLDER),
    BIND(struct proxy_given, redelegated, BOOL),
};

static enum err
answer(struct law_question *question, const void *given, json_t *result)
{
    const struct proxy_given *proxy = given;
    const struct proxy_facts facts = {
        .polling_day = proxy->polling_day,
        .filed = proxy->filed,
        .on_site = proxy->on_site,
        .principal_registered = proxy->principal.registered,
        .principal_away = proxy->principal.away,
        .proxy_registered = proxy->proxy.registered,
        .relation = proxy->proxy.relation,
        .candidate = proxy->proxy.candidate,
        .redelegated = proxy->redelegated,
        .holds = proxy->proxy.holds,
    };
    struct proxy_result decided;
    proxy_decide(question->ctx, question->pack, &facts, &decided);
    law_put_bool(result, "ok", decided.ok);
    law_put_all_rules(question->ctx, result, "rules_set", &decided.ruling.findings);
    law_add_why(question, &decided.ruling.why);
    return ERR_OK;
}

const struct law_check law_check_proxy = {
    .name = "proxy",
    .given = BIND_TABLE(struct proxy_given, FIELDS),
    .day_at = offsetof(struct proxy_given, polling_day),
    .answer = answer,
};
