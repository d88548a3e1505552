/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The web server: one thread per worker, each with its own socket (SO_REUSEPORT), event loop,
 * database connection and gate; a request is answered by the thread that took it. Only
 * server_mhd.c knows the HTTP library.
 */
#pragma once

#include "base/ctx.h"
#include "web/app.h"

struct server_options {
    const char *listen;   /* "127.0.0.1:8070", "[::1]:8070" */
    int workers;          /* at least 1 */
    const char *location; /* of the database, as for db_open */
    const char *key;      /* path of the key file */
    struct app app;
};

struct server;

/* Opens sockets, databases and gates and starts the workers. ERR_IO (address in use, not ours),
 * ERR_USAGE (address not understood), and what db_open and gate_new say. */
enum err server_start(struct ctx *ctx, const struct server_options *options,
                      struct server **ret_server) WARN_UNUSED;
/* Waits for SIGTERM or SIGINT, then stops: no new connections, answers under way are sent. */
void server_wait(struct server *server);
/* The port that is listened on (asked for with port 0). */
int server_port(const struct server *server);
