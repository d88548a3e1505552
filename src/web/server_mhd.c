/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only file that knows libmicrohttpd. Each worker runs the library's epoll descriptor in a loop
 * of its own with MHD_run: the thread the library would start itself hangs when exactly 128 events
 * are ready (0.9.75 … 1.0.1), and a thread per connection costs memory.
 *
 * Slow senders: the library's time limit counts from the last byte, so a byte every ten seconds
 * would live for ever. The loop therefore also counts from the first byte of each request.
 */
#include "web/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

#include "act/gate.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/keyfile.h"
#include "base/num.h"

enum {
    CONNECTIONS_MAX = 1024,    /* per worker */
    IDLE_SECONDS = 20,         /* without a byte */
    HEAD_SECONDS = 20,         /* from the first byte to the end of the head */
    BODY_SECONDS = 300,        /* a register over a village's line */
    HEAD_BYTES_MAX = 32 << 10, /* of a connection: head of the request and answer's head */
    WAKE_MS = 1000,
    BACKLOG = 256,
    STOP_MS = 3000, /* for answers under way */
    US_PER_MS = 1000,
    US_PER_SECOND = 1000000,
    ADDRESS_MAX = 64,
};

/* A connection of a worker, for the sweep; in its list. */
struct visit {
    struct visit *next;
    struct visit *previous;
    int fd;
    int64_t since_us; /* of the request under way */
    bool is_reading_body;
    bool is_waiting; /* between two requests: the library's own limit does */
};

struct worker {
    struct server *server;
    struct ctx *ctx; /* lives as long as the worker */
    struct db *db;
    struct keyfile *key;
    struct gate *gate;
    struct MHD_Daemon *daemon;
    struct visit *visits;
    pthread_t thread;
    int listen_fd;
    bool is_running;
};

struct server {
    struct app app;
    struct worker *workers;
    int worker_count;
    int port;
    int stop_fd; /* readable when it is time to stop */
};

/* One request on its way. */
struct exchange {
    struct request request;
    struct response response;
    struct visit *visit;
    bool is_begun;    /* the head was looked at */
    bool is_answered; /* the response is ready */
};

/* --- the life of a request --- */

static struct visit *
visit_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void *
exchange_begin(void *arg, const char *target, struct MHD_Connection *connection)
{
    struct worker *worker = arg;
    struct ctx *ctx = ctx_new(LANG_ZH);
    struct exchange *exchange = mem_new(ctx->mem, struct exchange);
    ctx->now = clock_now() + worker->server->app.clock_offset;
    exchange->request = (struct request){
        .ctx = ctx,
        .gate = worker->gate,
        .target = mem_text(ctx->mem, target),
        .cookies = "",
        .content_type = "",
        .csrf = "",
        .ended = "",
    };
    exchange->visit = visit_of(connection);
    if (exchange->visit) {
        exchange->visit->since_us = clock_monotonic_us();
        exchange->visit->is_waiting = false;
    }
    return exchange;
}

static void
exchange_end(void *arg, struct MHD_Connection *connection, void **state,
             enum MHD_RequestTerminationCode code)
{
    struct exchange *exchange = *state;
    (void)arg;
    (void)connection;
    (void)code;
    if (!exchange)
        return;
    if (exchange->visit) {
        exchange->visit->is_waiting = true;
        exchange->visit->is_reading_body = false;
    }
    *state = NULL;
    ctx_free(exchange->request.ctx);
}

static const char *
header_of(struct MHD_Connection *connection, const char *name)
{
    const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    return value ? value : "";
}

static const char *
address_of(struct ctx *ctx, struct MHD_Connection *connection)
{
    char *text = mem_array(ctx->mem, char, ADDRESS_MAX);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr)
        return "";
    const socklen_t size = info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                                    : sizeof(struct sockaddr_in);
    if (getnameinfo(info->client_addr, size, text, ADDRESS_MAX, NULL, 0, NI_NUMERICHOST) != 0)
        return "";
    return text;
}

static enum MHD_Result
response_send(struct MHD_Connection *connection, struct exchange *exchange)
{
    struct response *answer = &exchange->response;
    /* The bytes live until exchange_end. The library takes a pointer to bytes it will not change.
     */
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer->length, (void *)(uintptr_t)answer->bytes, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    for (size_t i = 0; i < answer->header_count; i++)
        (void)MHD_add_response_header(response, answer->headers[i].name, answer->headers[i].value);
    const enum MHD_Result sent = MHD_queue_response(connection, (unsigned)answer->status, response);
    MHD_destroy_response(response);
    exchange->is_answered = true;
    return sent;
}

/* The head is read: either the answer stands already, or the body is wanted. */
static enum MHD_Result
head_take(struct worker *worker, struct MHD_Connection *connection, struct exchange *exchange,
          const char *method)
{
    struct request *request = &exchange->request;
    struct ctx *ctx = request->ctx;
    int64_t length = 0;
    exchange->is_begun = true;
    request->method = mem_text(ctx->mem, method);
    request->cookies = mem_text(ctx->mem, header_of(connection, MHD_HTTP_HEADER_COOKIE));
    request->content_type = mem_text(ctx->mem, header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE));
    request->takes_gzip = strstr(header_of(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING), "gzip");
    request->address = address_of(ctx, connection);
    const char *announced = header_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    if (announced[0] && !num_parse_i64(announced, 0, INT64_MAX, &length))
        length = INT64_MAX;
    if (app_admit(&worker->server->app, request, length, &exchange->response))
        return response_send(connection, exchange);
    buf_init(&request->body, ctx->mem, request->route->body_max);
    if (exchange->visit)
        exchange->visit->is_reading_body = true;
    return MHD_YES;
}

/* The shape of a handler is the library's, not ours. */
#define REQUEST_HANDLER(function)                                                                  \
    static enum MHD_Result function(void *arg, struct MHD_Connection *connection, const char *url, \
                                    const char *method, const char *version, const char *data,     \
                                    size_t *size, void **state)

REQUEST_HANDLER(request_take)
{
    struct worker *worker = arg;
    struct exchange *exchange = *state;
    (void)url;
    (void)version;
    if (!exchange->is_begun)
        return head_take(worker, connection, exchange, method);
    if (*size) {
        /* What goes on coming after the answer stood is read and dropped. */
        if (!exchange->is_answered)
            buf_add(&exchange->request.body, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (exchange->is_answered)
        return MHD_YES;
    if (buf_is_over(&exchange->request.body))
        app_too_large(&exchange->request, &exchange->response);
    else
        app_answer(&worker->server->app, &exchange->request, &exchange->response);
    return response_send(connection, exchange);
}

/* Escapes are taken apart by request_target, which knows what a part of a path may hold. */
static size_t
escapes_keep(void *arg, struct MHD_Connection *connection, char *text)
{
    (void)arg;
    (void)connection;
    return strlen(text);
}

/* --- connections --- */

static void
visit_begin(struct worker *worker, struct MHD_Connection *connection, void **socket_context)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct visit *visit = mem_new(worker->ctx->mem, struct visit);
    visit->fd = info ? info->connect_fd : -1;
    visit->since_us = clock_monotonic_us();
    visit->next = worker->visits;
    if (visit->next)
        visit->next->previous = visit;
    worker->visits = visit;
    *socket_context = visit;
}

static void
visit_end(struct worker *worker, struct visit *visit)
{
    if (visit->next)
        visit->next->previous = visit->previous;
    if (visit->previous)
        visit->previous->next = visit->next;
    else
        worker->visits = visit->next;
    talloc_free(visit);
}

static void
connection_note(void *arg, struct MHD_Connection *connection, void **socket_context,
                enum MHD_ConnectionNotificationCode code)
{
    struct worker *worker = arg;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        visit_begin(worker, connection, socket_context);
    else if (*socket_context)
        visit_end(worker, *socket_context);
}

/* Ends connections whose request takes too long to arrive. */
static void
visits_sweep(const struct worker *worker)
{
    const int64_t now_us = clock_monotonic_us();
    for (const struct visit *visit = worker->visits; visit; visit = visit->next) {
        const int64_t most = visit->is_reading_body ? BODY_SECONDS : HEAD_SECONDS;
        if (!visit->is_waiting && visit->fd >= 0 &&
            now_us - visit->since_us > most * (int64_t)US_PER_SECOND)
            (void)shutdown(visit->fd, SHUT_RDWR);
    }
}

/* --- workers --- */

/* Waits until something is to do, at most WAKE_MS; true if it is time to stop. */
static bool
worker_wait(const struct worker *worker)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(worker->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    MHD_UNSIGNED_LONG_LONG wanted_ms = WAKE_MS;
    int timeout_ms = WAKE_MS;
    struct pollfd fds[] = {{.fd = info->epoll_fd, .events = POLLIN},
                           {.fd = worker->server->stop_fd, .events = POLLIN}};
    if (MHD_get_timeout(worker->daemon, &wanted_ms) == MHD_YES && wanted_ms < WAKE_MS)
        timeout_ms = (int)wanted_ms;
    (void)poll(fds, COUNT_OF(fds), timeout_ms);
    return fds[1].revents & POLLIN;
}

static bool
is_busy(const struct worker *worker)
{
    for (const struct visit *visit = worker->visits; visit; visit = visit->next) {
        if (!visit->is_waiting)
            return true;
    }
    return false;
}

static void *
worker_run(void *arg)
{
    struct worker *worker = arg;
    while (!worker_wait(worker)) {
        (void)MHD_run(worker->daemon);
        visits_sweep(worker);
    }
    const MHD_socket listening = MHD_quiesce_daemon(worker->daemon);
    if (listening != MHD_INVALID_SOCKET)
        (void)close(listening);
    const int64_t end_us = clock_monotonic_us() + (int64_t)STOP_MS * US_PER_MS;
    while (is_busy(worker) && clock_monotonic_us() < end_us) {
        (void)MHD_run(worker->daemon);
        (void)usleep(10 * US_PER_MS);
    }
    MHD_stop_daemon(worker->daemon);
    return NULL;
}

static enum err
worker_open(struct ctx *ctx, const struct server_options *options, struct worker *worker)
{
    worker->ctx = ctx_new(ctx->lang);
    worker->ctx->now = ctx->now;
    /* Failures belong to the caller, memory to the worker. */
    enum err err = db_open(worker->ctx, options->location, DB_WRITE, &worker->db);
    if (err == ERR_OK)
        err = keyfile_open(worker->ctx, options->key, &worker->key);
    if (err == ERR_OK)
        err = gate_new(worker->ctx, worker->db, worker->key, &worker->gate);
    if (err != ERR_OK && worker->ctx->failure.err != ERR_OK) {
        const struct failure *failure = &worker->ctx->failure;
        return FAIL_HINT(ctx, err, failure->hint, failure->hint, "%s", "%s", failure->message);
    }
    return err;
}

static enum err
worker_begin(struct ctx *ctx, struct worker *worker)
{
    worker->daemon = MHD_start_daemon(
        MHD_USE_EPOLL, 0, NULL, NULL, request_take, worker, MHD_OPTION_LISTEN_SOCKET,
        worker->listen_fd, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)HEAD_BYTES_MAX, MHD_OPTION_UNESCAPE_CALLBACK, escapes_keep, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, worker, MHD_OPTION_NOTIFY_COMPLETED,
        exchange_end, worker, MHD_OPTION_NOTIFY_CONNECTION, connection_note, worker,
        MHD_OPTION_END);
    if (!worker->daemon)
        return FAIL(ctx, ERR_IO, "不能启动网页服务", "the web server does not start");
    if (pthread_create(&worker->thread, NULL, worker_run, worker) != 0)
        return FAIL(ctx, ERR_IO, "不能启动线程", "cannot start a thread");
    worker->is_running = true;
    return ERR_OK;
}

/* --- sockets --- */

static enum err
address_parse(struct ctx *ctx, const char *listen, struct addrinfo **ret_address)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    const char *colon = strrchr(listen, ':');
    if (colon && colon != listen) {
        const bool bracketed = listen[0] == '[' && colon[-1] == ']';
        const char *host = mem_text_n(ctx->mem, listen + bracketed,
                                      (size_t)(colon - listen) - 2 * (size_t)bracketed);
        if (getaddrinfo(host, colon + 1, &hints, ret_address) == 0)
            return ERR_OK;
    }
    return FAIL(ctx, ERR_USAGE, "--listen 应如 127.0.0.1:8070，不能是“%s”",
                "--listen is like 127.0.0.1:8070, not \"%s\"", listen);
}

/* A socket that shares its port with the other workers'; the system spreads connections. */
static enum err
socket_listen(struct ctx *ctx, const struct addrinfo *address, const char *words, int *ret_fd)
{
    const int on = 1;
    const int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0 &&
        bind(fd, address->ai_addr, address->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
        *ret_fd = fd;
        return ERR_OK;
    }
    const int error = errno;
    if (fd >= 0)
        (void)close(fd);
    return FAIL_HINT(ctx, ERR_IO, "另选一个端口：--listen 127.0.0.1:8071",
                     "choose another port: --listen 127.0.0.1:8071", "不能监听 %s：%s",
                     "cannot listen on %s: %s", words, errno_words(ctx, error));
}

/* Another program, or another server of ours, on the same port is to be seen, not shared with. */
static enum err
port_check(struct ctx *ctx, const struct addrinfo *address, const char *words)
{
    const int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    if (fd < 0)
        return FAIL(ctx, ERR_IO, "不能打开网络", "cannot open a socket");
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const int bound = bind(fd, address->ai_addr, address->ai_addrlen);
    const int error = errno;
    (void)close(fd);
    if (bound == 0)
        return ERR_OK;
    return FAIL_HINT(ctx, ERR_IO, "另选一个端口：--listen 127.0.0.1:8071",
                     "choose another port: --listen 127.0.0.1:8071", "不能监听 %s：%s",
                     "cannot listen on %s: %s", words, errno_words(ctx, error));
}

/* The port the system chose for port 0 is that of all workers. */
static int
port_read(int fd, struct addrinfo *address)
{
    struct sockaddr_storage bound = {0};
    socklen_t length = sizeof bound;
    if (getsockname(fd, (struct sockaddr *)&bound, &length) != 0 || length > address->ai_addrlen)
        return 0;
    memcpy(address->ai_addr, &bound, length);
    if (bound.ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *)(const void *)&bound)->sin6_port);
    return ntohs(((const struct sockaddr_in *)(const void *)&bound)->sin_port);
}

static enum err
sockets_open(struct ctx *ctx, const struct server_options *options, struct server *server)
{
    struct addrinfo *address;
    TRY(address_parse(ctx, options->listen, &address));
    enum err err = port_check(ctx, address, options->listen);
    for (int i = 0; i < server->worker_count && err == ERR_OK; i++) {
        err = socket_listen(ctx, address, options->listen, &server->workers[i].listen_fd);
        if (err == ERR_OK && i == 0)
            server->port = port_read(server->workers[0].listen_fd, address);
    }
    freeaddrinfo(address);
    return err;
}

/* --- the server --- */

/* Signals go to whoever waits for them, not to the workers. */
static void
signals_block(sigset_t *ret_set)
{
    sigemptyset(ret_set);
    sigaddset(ret_set, SIGTERM);
    sigaddset(ret_set, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, ret_set, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static void
server_release(struct server *server)
{
    const uint64_t one = 1;
    (void)!write(server->stop_fd, &one, sizeof one);
    for (int i = 0; i < server->worker_count; i++) {
        struct worker *worker = &server->workers[i];
        if (worker->is_running)
            (void)pthread_join(worker->thread, NULL);
        gate_freep(&worker->gate);
        db_closep(&worker->db);
        ctx_freep(&worker->ctx);
    }
    (void)close(server->stop_fd);
}

enum err
server_start(struct ctx *ctx, const struct server_options *options, struct server **ret_server)
{
    struct server *server = mem_new(ctx->mem, struct server);
    sigset_t set;
    server->app = options->app;
    server->worker_count = options->workers;
    server->workers = mem_array(ctx->mem, struct worker, options->workers);
    server->stop_fd = eventfd(0, EFD_CLOEXEC);
    signals_block(&set);
    enum err err = sockets_open(ctx, options, server);
    for (int i = 0; i < server->worker_count && err == ERR_OK; i++) {
        server->workers[i].server = server;
        err = worker_open(ctx, options, &server->workers[i]);
    }
    for (int i = 0; i < server->worker_count && err == ERR_OK; i++)
        err = worker_begin(ctx, &server->workers[i]);
    if (err != ERR_OK) {
        server_release(server);
        return err;
    }
    *ret_server = server;
    return ERR_OK;
}

void
server_wait(struct server *server)
{
    sigset_t set;
    int number;
    signals_block(&set);
    (void)sigwait(&set, &number);
    server_release(server);
}

int
server_port(const struct server *server)
{
    return server->port;
}
