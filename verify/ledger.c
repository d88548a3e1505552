/* SPDX-License-Identifier: Apache-2.0 */
/* The chain, its signatures and its blobs (docs/formats.md §3, §4, §5, §8). */
#include <string.h>

#include "verify.h"

/* {"body":…,"hash":"<64>","prev_hash":"<64>"} */
static const char HEAD[] = "{\"body\":";
static const char MIDDLE[] = ",\"hash\":\"";
static const char LAST[] = "\",\"prev_hash\":\"";
static const char END[] = "\"}";

struct line {
    struct bytes body;
    struct bytes hash;
    struct bytes prev_hash;
};

/* The next line, without its end; false at the end, or if the last line does not end. */
static bool
line_next(struct bytes *rest, struct bytes *ret_line)
{
    const char *end = rest->length ? memchr(rest->at, '\n', rest->length) : NULL;
    if (!end)
        return false;
    *ret_line = (struct bytes){rest->at, (size_t)(end - rest->at)};
    rest->length -= ret_line->length + 1;
    rest->at = end + 1;
    return true;
}

static bool
line_split(struct bytes text, struct line *ret_line)
{
    const size_t tail = strlen(MIDDLE) + HEX + strlen(LAST) + HEX + strlen(END);
    if (text.length < strlen(HEAD) + tail || memcmp(text.at, HEAD, strlen(HEAD)) != 0)
        return false;
    const char *at = text.at + text.length - tail;
    struct line line = {{text.at + strlen(HEAD), text.length - tail - strlen(HEAD)},
                        {at + strlen(MIDDLE), HEX},
                        {at + strlen(MIDDLE) + HEX + strlen(LAST), HEX}};
    if (memcmp(at, MIDDLE, strlen(MIDDLE)) != 0 ||
        memcmp(line.hash.at + HEX, LAST, strlen(LAST)) != 0 ||
        memcmp(line.prev_hash.at + HEX, END, strlen(END)) != 0)
        return false;
    *ret_line = line;
    return true;
}

/* SM3(prev_hash ‖ body), the former as bytes. */
static bool
hash_holds(const struct line *line)
{
    unsigned char prev[HASH], hash[HASH];
    char text[HEX + 1];
    if (!hex_read(line->prev_hash, prev, HASH))
        return false;
    hash_two((struct bytes){(const char *)prev, HASH}, line->body, hash);
    hex_of(hash, HASH, text);
    return bytes_say(line->hash, text);
}

static void
record_check(const struct record *record, struct bytes unit, size_t number)
{
    if (!json_has_only(&record->body, "act actor at fields seq unit waivers") ||
        json_get(&record->body, "fields")->type != JSON_OBJECT ||
        json_get(&record->body, "waivers")->type != JSON_LIST)
        fault("第 %zu 号记录缺项或多项", "entry %zu has not the seven members", number);
    if (json_int(&record->body, "seq") != (int64_t)number)
        fault("第 %zu 号记录的号码不连续", "entry %zu has another number: a gap", number);
    if (!bytes_are(json_text(&record->body, "unit"), unit))
        fault("第 %zu 号记录属于别的单位", "entry %zu is of another unit", number);
}

static void
line_take(struct ledger *ledger, struct bytes text, struct bytes unit)
{
    static const char FIRST[] = "0000000000000000000000000000000000000000000000000000000000000000";
    const size_t number = ledger->count + 1;
    struct record record = {0};
    struct line line;
    if (!line_split(text, &line) || !json_parse(line.body, &record.body)) {
        fault("ledger.jsonl 第 %zu 行不合规范", "ledger.jsonl line %zu is not canonical", number);
        line = (struct line){text, {FIRST, HEX}, {FIRST, HEX}};
    } else {
        record_check(&record, unit, number);
        if (!hash_holds(&line))
            fault("第 %zu 号记录被改动（杂凑值不符）", "entry %zu was changed (its hash)", number);
    }
    const struct bytes before =
        ledger->count ? ledger->records[ledger->count - 1].hash : bytes_of(FIRST);
    if (!bytes_are(line.prev_hash, before))
        fault("第 %zu 号记录没有接在上一条之后", "entry %zu does not follow the one before",
              number);
    record.raw = line.body;
    record.hash = line.hash;
    if ((ledger->count & (ledger->count - 1)) == 0)
        ledger->records =
            more(ledger->records, ledger->count ? 2 * ledger->count : 1, sizeof record);
    ledger->records[ledger->count++] = record;
}

/* What a later entry withdraws or replaces does not count. */
static void
dead_mark(struct ledger *ledger)
{
    static const struct {
        const char *act; /* NULL: any */
        const char *field;
    } WAYS[] = {{NULL, "corrects_seq"},
                {"record.withdraw", "entry_seq"},
                {"notice.withdraw", "posting_seq"}};
    for (size_t i = 0; i < ledger->count; i++) {
        const struct json *body = &ledger->records[i].body;
        for (size_t k = 0; k < sizeof WAYS / sizeof WAYS[0]; k++) {
            const int64_t seq = json_int(json_get(body, "fields"), WAYS[k].field);
            const bool says = !WAYS[k].act || bytes_say(json_text(body, "act"), WAYS[k].act);
            if (says && seq > 0 && seq <= (int64_t)i)
                ledger->records[seq - 1].dead = true;
        }
    }
}

void
ledger_check(const struct bundle *bundle, struct ledger *ret_ledger)
{
    struct ledger ledger = {0};
    struct bytes rest = *bundle_file(bundle, "ledger.jsonl");
    struct bytes line;
    while (line_next(&rest, &line))
        line_take(&ledger, line, json_text(&bundle->manifest, "unit"));
    if (rest.length)
        fault("ledger.jsonl 最后一行不完整", "the last line of ledger.jsonl has no end");
    if (json_int(&bundle->manifest, "entries") != (int64_t)ledger.count || ledger.count == 0 ||
        !bytes_are(json_text(&bundle->manifest, "head"), ledger.records[ledger.count - 1].hash))
        fault("记录数或末条杂凑值与 manifest.json 不符",
              "manifest.json tells another number of entries or last hash");
    dead_mark(&ledger);
    *ret_ledger = ledger;
}

/* The first entry is the received term.open; its extract says whether all this is an exercise. */
void
opening_check(const struct ledger *ledger)
{
    struct json extract;
    if (ledger->count == 0)
        return;
    const struct json *body = &ledger->records[0].body;
    const struct json *fields = json_get(body, "fields");
    if (!bytes_say(json_text(body, "act"), "unit.receive") ||
        !bytes_say(json_text(fields, "act"), "term.open") ||
        !json_parse(json_text(fields, "extract"), &extract) || extract.type != JSON_OBJECT)
        fault("第 1 号记录不是启动换届", "entry 1 does not open the term");
    else if (json_get(&extract, "exercise")->type != JSON_NONE)
        say("【演练】这是演练，不是选举", "[EXERCISE] this is an exercise, not an election");
}

/* --- checkpoints --- */

/* The signed text is the line without its member "signature" (§5). */
static struct bytes
signed_text(struct bytes line)
{
    static const char FROM[] = ",\"signature\":\"";
    char *text = take(line.length + 1, 1);
    const char *from = memmem(line.at, line.length, FROM, strlen(FROM));
    if (!from)
        return line;
    const char *to =
        memchr(from + strlen(FROM), '"', (size_t)(line.at + line.length - from) - strlen(FROM));
    const size_t before = (size_t)(from - line.at);
    const size_t after = (size_t)(line.at + line.length - to) - 1;
    memcpy(text, line.at, before);
    memcpy(text + before, to + 1, after);
    return (struct bytes){text, before + after};
}

/* Gives the entry it covers; 0 if it is no good. */
static int64_t
checkpoint_check(const struct ledger *ledger, const struct key *key, const char *fingerprint,
                 struct bytes line)
{
    enum { SIGNATURE = 80 };
    unsigned char signature[SIGNATURE];
    struct json point;
    if (!json_parse(line, &point) || !json_has_only(&point, "at hash key seq signature unit")) {
        fault("checkpoints.jsonl 有一行不合规范", "a line of checkpoints.jsonl is not canonical");
        return 0;
    }
    const int64_t seq = json_int(&point, "seq");
    const struct bytes hex = json_text(&point, "signature");
    const size_t length = hex.length / 2;
    if (length > SIGNATURE || !hex_read(hex, signature, length) ||
        !bytes_say(json_text(&point, "key"), fingerprint) ||
        !key_signed(key, signed_text(line), (struct bytes){(const char *)signature, length})) {
        fault("第 %lld 号记录的检查点签名不对", "the signature of checkpoint %lld does not hold",
              (long long)seq);
        return 0;
    }
    if (seq < 1 || seq > (int64_t)ledger->count ||
        !bytes_are(json_text(&point, "hash"), ledger->records[seq - 1].hash) ||
        !bytes_are(json_text(&point, "unit"), json_text(&ledger->records[seq - 1].body, "unit"))) {
        fault("检查点签的不是第 %lld 号记录", "checkpoint %lld signs another entry",
              (long long)seq);
        return 0;
    }
    return seq;
}

static void
signatures_check(const struct bundle *bundle, const struct ledger *ledger, const struct key *key,
                 const char *fingerprint)
{
    struct bytes rest = *bundle_file(bundle, "checkpoints.jsonl");
    struct bytes line;
    int64_t last = 0;
    size_t count = 0;
    if (!key || !bytes_say(json_text(&bundle->manifest, "key"), fingerprint)) {
        fault("key.pem 不是 manifest.json 所说的公钥",
              "key.pem is not the public key manifest.json names");
        return;
    }
    for (; line_next(&rest, &line); count++) {
        const int64_t seq = checkpoint_check(ledger, key, fingerprint, line);
        if (seq && seq <= last)
            fault("检查点次序不对", "checkpoints are out of order");
        last = seq;
    }
    if (rest.length || last != (int64_t)ledger->count)
        fault("最后一个检查点没有签到最后一条记录",
              "the last checkpoint does not sign the last entry");
    say("公钥指纹 %s（请与村务公开栏、县里公布的核对），检查点 %zu 个",
        "key %s (compare it with what is posted at the village and the county), %zu checkpoints",
        fingerprint, count);
}

void
checkpoints_check(const struct bundle *bundle, const struct ledger *ledger)
{
    char fingerprint[HEX + 1] = "";
    struct key *key = key_read(*bundle_file(bundle, "key.pem"), fingerprint);
    signatures_check(bundle, ledger, key, fingerprint);
    key_free(key);
}

/* --- blobs --- */

/* Marks file blobs/<hex> as named; says if it is not there. */
static void
blob_name(const struct bundle *bundle, bool *named, struct bytes hex, size_t number)
{
    for (size_t i = 5; i < bundle->count; i++) {
        const struct bytes name = bundle->files[i].name;
        if (name.length == 6 + HEX && memcmp(name.at + 6, hex.at, HEX) == 0) {
            named[i] = true;
            return;
        }
    }
    fault("第 %zu 号记录的附件 %.*s 不在包里", "the blob of entry %zu is not here: %.*s", number,
          HEX, hex.at);
}

void
blobs_check(const struct bundle *bundle, const struct ledger *ledger)
{
    bool *named = take(bundle->count + 1, sizeof *named);
    for (size_t i = 0; i < ledger->count; i++) {
        struct bytes rest = ledger->records[i].raw;
        const char *at;
        while ((at = memmem(rest.at, rest.length, "sm3:", 4))) {
            unsigned char hash[HASH];
            rest.length -= (size_t)(at + 4 - rest.at);
            rest.at = at + 4;
            if (rest.length >= HEX && hex_read((struct bytes){rest.at, HEX}, hash, HASH))
                blob_name(bundle, named, (struct bytes){rest.at, HEX}, i + 1);
        }
    }
    for (size_t i = 5; i < bundle->count; i++) {
        const struct bytes name = bundle->files[i].name;
        const bool shaped = name.length == 6 + HEX && memcmp(name.at, "blobs/", 6) == 0;
        if (!shaped || !named[i])
            fault("多余的文件：%.*s", "no entry names this file: %.*s", (int)name.length, name.at);
        else if (!hash_is(bundle->files[i].content, (struct bytes){name.at + 6, HEX}))
            fault("附件被改动：%.*s", "a blob was changed: %.*s", (int)name.length, name.at);
        if (i > 5 && name.length == bundle->files[i - 1].name.length &&
            memcmp(bundle->files[i - 1].name.at, name.at, name.length) >= 0)
            fault("附件次序不对：%.*s", "blobs are out of order: %.*s", (int)name.length, name.at);
    }
}
