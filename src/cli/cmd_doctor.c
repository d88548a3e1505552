/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan doctor: is this installation fit for an election? One line a point, each with its cure.
 */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "act/pack_run.h"
#include "base/clock.h"
#include "base/file.h"
#include "cli/cli.h"
#include "ledger/entry.h"
#include "store/ledger_store.h"
#include "store/setting_store.h"

extern const struct command command_doctor;

enum health { HEALTH_OK, HEALTH_WARN, HEALTH_BAD };
enum { YEAR_FIRST = 2020, YEAR_LAST = 2060, FREE_BAD_MB = 100, FREE_WARN_MB = 1024, DEPTH_MAX = 4 };

struct examination {
    struct cli *cli;
    json_t *points;
    bool any_bad;
};

static const char *
health_word(enum health health)
{
    static const char *const WORDS[] = {"ok", "warn", "bad"};
    return WORDS[health];
}

/* One line; `cure` is shown unless all is well. */
static void
point_add(struct examination *exam, const char *name, enum health health, const char *words,
          const char *cure)
{
    struct cli *cli = exam->cli;
    exam->any_bad = exam->any_bad || health == HEALTH_BAD;
    if (!cli->json) {
        fprintf(cli->out, "%-4s %s", health_word(health),
                text_format(cli->ctx, "%s：%s", "%s: %s", name, words));
        if (health != HEALTH_OK)
            fprintf(cli->out, " → %s", cure);
        fputc('\n', cli->out);
        return;
    }
    json_t *point = json_object();
    json_object_set_new(point, "point", json_string(name));
    json_object_set_new(point, "health", json_string(health_word(health)));
    json_object_set_new(point, "text", json_string(words));
    if (health != HEALTH_OK)
        json_object_set_new(point, "cure", json_string(cure));
    json_array_append_new(exam->points, point);
}

#define PICK(exam, zh, en) text_pick((exam)->cli->ctx, (struct text){(zh), (en)})

static void
folder_examine(struct examination *exam)
{
    struct ctx *ctx = exam->cli->ctx;
    const char *name = PICK(exam, "数据文件夹", "data folder");
    struct stat status;
    if (stat(exam->cli->data, &status) != 0 || !S_ISDIR(status.st_mode)) {
        point_add(exam, name, HEALTH_BAD,
                  text_format(ctx, "%s 不在", "%s is not there", exam->cli->data),
                  PICK(exam, "用 --data 指定，或先 cunxuan init", "name it with --data, or init"));
        return;
    }
    const bool wide = status.st_mode & 007;
    point_add(exam, name, wide ? HEALTH_WARN : HEALTH_OK,
              text_format(ctx, "%s，权限 %04o", "%s, mode %04o", exam->cli->data,
                          (unsigned)status.st_mode & 07777),
              text_format(ctx, "别人也能进：chmod 700 %s", "others can enter: chmod 700 %s",
                          exam->cli->data));
}

static void
key_examine(struct examination *exam)
{
    struct cli *cli = exam->cli;
    struct ctx *ctx = cli->ctx;
    const char *name = PICK(exam, "密钥文件", "key file");
    struct keyfile *key;
    const enum err err = keyfile_open(ctx, mem_printf(ctx->mem, "%s/cunxuan.key", cli->data), &key);
    if (err == ERR_OK)
        point_add(exam, name, HEALTH_OK,
                  text_format(ctx, "权限 0600，指纹 %.16s…", "mode 0600, fingerprint %.16s…",
                              key->fingerprint),
                  "");
    else
        point_add(exam, name, HEALTH_BAD, ctx->failure.message,
                  ctx->failure.hint ? ctx->failure.hint : "");
    failure_clear(ctx);
}

static void
database_examine(struct examination *exam)
{
    struct cli *cli = exam->cli;
    struct ctx *ctx = cli->ctx;
    const char *name = PICK(exam, "数据库", "database");
    struct durability durability;
    const char *location =
        cli->db_url ? cli->db_url : mem_printf(ctx->mem, "%s/cunxuan.db", cli->data);
    enum err err = db_open(ctx, location, DB_WRITE, &cli->db);
    if (err == ERR_OK)
        err = setting_store_durability(ctx, cli->db, &durability);
    if (err != ERR_OK) {
        point_add(exam, name, HEALTH_BAD,
                  ctx->failure.message ? ctx->failure.message
                                       : text_format(ctx, "%s 不在", "%s is not there", location),
                  ctx->failure.hint ? ctx->failure.hint
                                    : PICK(exam, "从备份恢复", "restore it from a backup"));
        failure_clear(ctx);
        return;
    }
    const bool good = db_is_postgres(cli->db)
                          ? strcmp(durability.log, "on") == 0 && strcmp(durability.sync, "off") != 0
                          : strcmp(durability.log, "wal") == 0 && strcmp(durability.sync, "2") == 0;
    point_add(exam, name, good ? HEALTH_OK : HEALTH_BAD,
              text_format(ctx, "%s，日志 %s，同步 %s", "%s, log %s, sync %s",
                          db_is_postgres(cli->db) ? "PostgreSQL" : "SQLite", durability.log,
                          durability.sync),
              PICK(exam,
                   "已受理的事停电后可能丢失：SQLite 应为 wal、2，PostgreSQL 应为 fsync on、"
                   "synchronous_commit 不为 off",
                   "accepted acts may be lost: SQLite needs wal and 2, PostgreSQL fsync on and "
                   "synchronous_commit not off"));
}

static enum err
last_entry(struct cli *cli, const char **ret_at)
{
    struct ledger_stream *streams;
    size_t count;
    *ret_at = "";
    TRY(ledger_store_streams(cli->ctx, cli->db, &streams, &count));
    for (size_t i = 0; i < count; i++) {
        struct entry head;
        TRY(ledger_store_head(cli->ctx, cli->db, streams[i].unit, &head));
        if (strcmp(head.at, *ret_at) > 0)
            *ret_at = head.at;
    }
    return ERR_OK;
}

static void
clock_examine(struct examination *exam)
{
    struct cli *cli = exam->cli;
    struct ctx *ctx = cli->ctx;
    const char *name = PICK(exam, "时钟", "clock");
    const char *now = instant_format(ctx, ctx->now);
    const int year = date_to_civil(instant_date(ctx->now)).year;
    const char *last = "";
    if (cli->db && last_entry(cli, &last) != ERR_OK)
        failure_clear(ctx); /* the database's own line says so */
    const bool wrong = year < YEAR_FIRST || year > YEAR_LAST || strcmp(now, last) < 0;
    point_add(exam, name, wrong ? HEALTH_BAD : HEALTH_OK,
              last[0] ? text_format(ctx, "%s，最后一条记录 %s", "%s, last entry %s", now, last)
                      : now,
              PICK(exam, "请校正电脑的日期和时间", "set the clock of this machine"));
}

static void
disk_examine(struct examination *exam)
{
    struct ctx *ctx = exam->cli->ctx;
    struct statvfs disk;
    const char *name = PICK(exam, "磁盘", "disk");
    if (statvfs(exam->cli->data, &disk) != 0)
        return; /* the folder's own line says so */
    const uint64_t free_mb = (uint64_t)disk.f_bavail * disk.f_frsize >> 20;
    const bool fixed = disk.f_flag & ST_RDONLY;
    enum health health = HEALTH_OK;
    if (free_mb < FREE_WARN_MB)
        health = HEALTH_WARN;
    if (free_mb < FREE_BAD_MB || fixed)
        health = HEALTH_BAD;
    point_add(exam, name, health,
              text_format(ctx, "可用 %lld MB%s", "%lld MB free%s", (long long)free_mb,
                          fixed ? PICK(exam, "，只读", ", read-only") : ""),
              PICK(exam, "腾出至少 1 GB，磁盘要可写", "free at least 1 GB on a writable disk"));
}

/* Names of font files that have Chinese characters, as Debian's packages call them. */
static bool
name_is_cjk(const char *name)
{
    static const char *const STEMS[] = {"CJK",    "wqy",    "Fandol", "uming",     "ukai",
                                        "simsun", "simhei", "Droid",  "SourceHan", "msyh"};
    for (size_t i = 0; i < COUNT_OF(STEMS); i++) {
        if (strcasestr(name, STEMS[i]))
            return true;
    }
    return false;
}

static bool
folder_has_cjk(struct ctx *ctx, const char *path, int depth)
{
    DIR *folder = depth < DEPTH_MAX ? opendir(path) : NULL;
    bool found = false;
    struct dirent *item;
    while (folder && !found && (item = readdir(folder))) {
        if (item->d_name[0] == '.')
            continue;
        found =
            item->d_type == DT_DIR
                ? folder_has_cjk(ctx, mem_printf(ctx->mem, "%s/%s", path, item->d_name), depth + 1)
                : name_is_cjk(item->d_name);
    }
    if (folder)
        (void)closedir(folder);
    return found;
}

static void
fonts_examine(struct examination *exam)
{
    static const char *const FOLDERS[] = {"/usr/share/fonts", "/usr/local/share/fonts",
                                          "/usr/share/texlive/texmf-dist/fonts/opentype/public"};
    bool found = false;
    for (size_t i = 0; i < COUNT_OF(FOLDERS) && !found; i++)
        found = folder_has_cjk(exam->cli->ctx, FOLDERS[i], 0);
    point_add(exam, PICK(exam, "中文字体", "Chinese font"), found ? HEALTH_OK : HEALTH_WARN,
              found ? PICK(exam, "有", "present") : PICK(exam, "没有找到", "none found"),
              PICK(exam, "印文书前安装 fonts-noto-cjk", "install fonts-noto-cjk before printing"));
}

static void
packs_examine(struct examination *exam)
{
    struct ctx *ctx = exam->cli->ctx;
    const char *name = PICK(exam, "法律数据包", "law packs");
    const char *folder;
    size_t count;
    if (pack_folder_check(ctx, &folder, &count) == ERR_OK)
        point_add(exam, name, HEALTH_OK,
                  text_format(ctx, "%s，%zu 个", "%s, %zu packs", folder, count), "");
    else
        point_add(exam, name, HEALTH_BAD, ctx->failure.message,
                  PICK(exam, "重新安装，或用 CUNXUAN_PACKS 指定文件夹",
                       "install again, or name the folder in CUNXUAN_PACKS"));
    failure_clear(ctx);
}

static enum err
doctor_run(struct cli *cli, int argc, char **argv)
{
    TRY(cli_options(cli, &command_doctor, NULL, &argc, &argv));
    TRY(cli_count(cli, &command_doctor, argc, 0, 0));
    struct examination exam = {.cli = cli, .points = json_array()};
    folder_examine(&exam);
    key_examine(&exam);
    packs_examine(&exam);
    database_examine(&exam);
    clock_examine(&exam);
    disk_examine(&exam);
    fonts_examine(&exam);
    if (cli->json) {
        json_t *object = json_object();
        json_object_set_new(object, "ok", json_boolean(!exam.any_bad));
        json_object_set(object, "points", exam.points);
        cli_print_json(cli, object);
    }
    json_decref(exam.points);
    return exam.any_bad ? ERR_NO : ERR_OK;
}

COMMAND(doctor, "", "检查安装是否可用", "is the installation fit for use", doctor_run);
