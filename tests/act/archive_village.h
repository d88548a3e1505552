/* SPDX-License-Identifier: Apache-2.0 */
/* Handover, list and seal of a village whose committee is complete; its bundle. */
#pragma once

#include "act/count_village.h"

#include <stdlib.h>

#include "act/archive.h"
#include "base/file.h"

#define SIDES                                                                                      \
    "'given_by':'外:旧主任','received_by':'P00001','witness':'外:选委会主任',"           \
    "'supervised_by':'外:镇干部'"
#define ITEM(kind, on, rest)                                                                       \
    "{'body':'village','kind':'" kind "','what':'无','on':'" on "'," SIDES rest "}"
#define CLOSE_ON(on) "{'body':'village','on':'" on "'}"
#define ROW(n) "{'class':" #n ",'title':'材料','pages':3}"
#define NINE ROW(1) "," ROW(2) "," ROW(3) "," ROW(4) "," ROW(5) "," ROW(6) "," ROW(7) "," ROW(8)
#define LIST "{'rows':[" NINE "," ROW(9) "," ROW(10) "]}"
#define PACKETS(n, keep)                                                                           \
    "{'round':1,'packets':[{'kind':'valid','count':" #n ",'seal_no':'封1'}],"                     \
    "'custodian':'外:保管人','place':'镇政府','keep_until':'" keep "','on':'2021-03-20'}"
#define SEAL(on, keep) "{'on':'" on "','custodian':'外:保管人','keep_until':'" keep "','copies':2}"
#define MOVE(action, on)                                                                           \
    "{'action':'" action "','on':'" on "','to':'外:县档案馆','reason':'移交'," DOC "}"

HELPER void
items_all(struct village *village)
{
    static const char *const KINDS[] = {"seal",      "office",       "tools",     "accounts",
                                        "funds",     "fixed_assets", "resources", "claims_debts",
                                        "contracts", "archives",     "other"};
    for (size_t i = 0; i < COUNT_OF(KINDS); i++)
        village_do(village, "2021-03-25T09:00", "vc", "handover.item",
                   TEXT(village,
                        "{'body':'village','kind':'%s','what':'无','on':'2021-03-25'," SIDES "}",
                        KINDS[i]));
}

/* Handover, list and seal; what each round left is sealed already. */
HELPER void
archive_close(struct village *village, const char *keep_until)
{
    village_do(village, "2021-03-26T10:00", "ec", "archive.list", LIST);
    village_do(village, "2021-04-10T09:00", "to", "archive.seal",
               TEXT(village,
                    "{'on':'2021-04-10','custodian':'外:保管人','keep_until':'%s','copies':2}",
                    keep_until));
}

HELPER void
archive_seal(struct village *village, const char *packets)
{
    items_all(village);
    village_do(village, "2021-03-25T10:00", "ec", "handover.close", CLOSE_ON("2021-03-25"));
    village_do(village, "2021-03-26T09:00", "ec", "ballot.seal", packets);
    archive_close(village, "2024-03-20");
}

/* Leaves the bundle at the path in the environment variable, for the verifier's test. */
HELPER void
bundle_leave(struct village *village, const char *variable, const struct archive_bundle *bundle)
{
    const char *path = getenv(variable);
    const struct file_content content = {bundle->bytes, bundle->length, 0644};
    if (path)
        assert_int_equal(file_write(village->ctx, path, content), ERR_OK);
}
