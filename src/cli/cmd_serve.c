/* SPDX-License-Identifier: Apache-2.0 */
/* cunxuan serve: the web pages. */
#include <unistd.h>

#include "act/gate.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/num.h"
#include "cli/cli.h"
#include "web/server.h"

extern const struct command command_serve;

enum { WORKERS_MAX = 64, WORKERS_BY_DEFAULT_MAX = 4, SETUP_CODE_BYTES = 4 };

static gchar *serve_listen;
static gchar *serve_workers;
static gboolean serve_https;

static const GOptionEntry SERVE_OPTIONS[] = {
    {"listen", 0, 0, G_OPTION_ARG_FILENAME, &serve_listen, NULL, "127.0.0.1:8070"},
    {"workers", 0, 0, G_OPTION_ARG_FILENAME, &serve_workers, NULL, "N"},
    {"https", 0, 0, G_OPTION_ARG_NONE, &serve_https, NULL, NULL},
    {0},
};

static enum err
workers_read(struct cli *cli, int *ret_workers)
{
    int64_t count;
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *ret_workers =
        cores < 1 ? 1 : (int)(cores < WORKERS_BY_DEFAULT_MAX ? cores : WORKERS_BY_DEFAULT_MAX);
    if (!serve_workers)
        return ERR_OK;
    if (!num_parse_i64(serve_workers, 1, WORKERS_MAX, &count))
        return FAIL(cli->ctx, ERR_USAGE, "--workers 应为 1 到 %d", "--workers is 1 to %d",
                    WORKERS_MAX);
    *ret_workers = (int)count;
    return ERR_OK;
}

/* While nobody has a password: a code that only who started the program sees. */
static enum err
setup_code_make(struct cli *cli, const char **ret_code)
{
    uint8_t bytes[SETUP_CODE_BYTES];
    bool any;
    *ret_code = NULL;
    TRY(account_any(cli->ctx, cli->db, &any));
    if (any)
        return ERR_OK;
    random_bytes(bytes, sizeof bytes);
    *ret_code = hex_format(cli->ctx, bytes, sizeof bytes);
    return ERR_OK;
}

static void
address_print(struct cli *cli, const struct server *server, const struct server_options *options)
{
    const char *colon = strrchr(options->listen, ':');
    const char *base = mem_printf(cli->ctx->mem, "http://%.*s:%d/", (int)(colon - options->listen),
                                  options->listen, server_port(server));
    fprintf(cli->out, "%s\n", text_format(cli->ctx, "网页在 %s", "serving %s", base));
    if (options->app.setup_code)
        fprintf(cli->out, "%s\n",
                text_format(cli->ctx, "第一次使用：打开 %ssetup，验证码 %s",
                            "first use: open %ssetup, the code is %s", base,
                            options->app.setup_code));
    fflush(cli->out);
}

static enum err
serve_run(struct cli *cli, int argc, char **argv)
{
    struct ctx *ctx = cli->ctx;
    struct server *server;
    struct server_options options = {.listen = "127.0.0.1:8070"};
    TRY(cli_options(cli, &command_serve, SERVE_OPTIONS, &argc, &argv));
    TRY(cli_count(cli, &command_serve, argc, 0, 0));
    TRY(workers_read(cli, &options.workers));
    const int64_t started = ctx->now;
    TRY(cli_open(cli, DB_WRITE));
    if (serve_listen)
        options.listen = mem_text(ctx->mem, serve_listen);
    options.location = cli->db_url ? cli->db_url : mem_printf(ctx->mem, "%s/cunxuan.db", cli->data);
    options.key = mem_printf(ctx->mem, "%s/cunxuan.key", cli->data);
    options.app.is_secure = serve_https;
    options.app.clock_offset = ctx->now - started; /* --now of an exercise: the clock goes on */
    TRY(setup_code_make(cli, &options.app.setup_code));
    TRY(server_start(ctx, &options, &server));
    address_print(cli, server, &options);
    server_wait(server);
    return ERR_OK;
}

COMMAND(serve, "[--listen 127.0.0.1:8070] [--workers N] [--https]", "启动网页服务",
        "serve the web pages", serve_run);
