// The limit with TLS: what the kernel and OpenSSL alone cost. Like limit.c it knows nothing of WebSocket.
//
//   tls PORT REQUEST-BYTES ANSWER-FILE DEPTH CERTIFICATE-FILE KEY-FILE
//
// All connections share one BIO, over the loop's buffers: one recv of ciphertext for an event, one SSL_read for each record of it, one
// SSL_write for all answers, one send. A connection at rest holds no buffer.
#include "limit.h"
#include <openssl/err.h>
#include <openssl/ssl.h>

// What is left of a record is less than this; what a record needs beyond its content is, too.
enum { RECORD_BYTES = 17 * 1024, PLAIN_BYTES = RECEIVE_BYTES + RECORD_BYTES, ENCRYPTED_BYTES = RECEIVE_BYTES + 2 * RECORD_BYTES };

// By descriptor. `rest` is ciphertext that the kernel did not take.
static struct { SSL *ssl; char *rest; long rest_bytes, have, due; char open, blocked; } connections[MAX_CONNECTIONS];
static char plain[PLAIN_BYTES], encrypted[ENCRYPTED_BYTES];
static long received, taken, encrypted_bytes;

static int read_received(BIO *bio, char *data, size_t size, size_t *length) {
    *length = size < (size_t)(received - taken) ? size : (size_t)(received - taken);
    if (*length == 0) {
        BIO_set_retry_read(bio);
        return 0;
    }
    memcpy(data, buffer + taken, *length);
    taken += *length;
    return 1;
}

static int write_encrypted(BIO *bio, const char *data, size_t size, size_t *length) {
    (void)bio;
    if (size > sizeof encrypted - encrypted_bytes) abort();
    memcpy(encrypted + encrypted_bytes, data, size);
    encrypted_bytes += *length = size;
    return 1;
}

static long control(BIO *bio, int command, long number, void *pointer) {
    (void)bio, (void)number, (void)pointer;
    return command == BIO_CTRL_FLUSH;
}

static void end(int fd) {
    SSL_free(connections[fd].ssl);
    free(connections[fd].rest);
    ERR_clear_error();
    memset(&connections[fd], 0, sizeof connections[fd]);
    close(fd);
}

// Whether the kernel took all of it.
static int send_encrypted(int fd) {
    long sent = send(fd, encrypted, encrypted_bytes, MSG_NOSIGNAL);
    if (sent < 0) sent = 0;
    long rest = encrypted_bytes - sent;
    encrypted_bytes = 0;
    if (rest == 0) return 1;
    memcpy(connections[fd].rest = malloc(rest), encrypted + sent, rest);
    connections[fd].rest_bytes = rest;
    return 0;
}

static int send_rest(int fd) {
    long sent = send(fd, connections[fd].rest, connections[fd].rest_bytes, MSG_NOSIGNAL);
    if (sent < 0) return 0;
    connections[fd].rest_bytes -= sent;
    if (connections[fd].rest_bytes > 0) {
        memmove(connections[fd].rest, connections[fd].rest + sent, connections[fd].rest_bytes);
        return 0;
    }
    free(connections[fd].rest);
    connections[fd].rest = NULL;
    return 1;
}

static void answer(int fd) {
    char blocked = connections[fd].rest && !send_rest(fd);
    while (!blocked && connections[fd].due > 0) {
        long from = (answer_bytes - connections[fd].due % answer_bytes) % answer_bytes;
        long most = answers_bytes - from;
        if (most > connections[fd].due) most = connections[fd].due;
        if (most > RECEIVE_BYTES) most = RECEIVE_BYTES;
        if (SSL_write(connections[fd].ssl, answers + from, most) != most) abort();
        connections[fd].due -= most;
        blocked = !send_encrypted(fd);
    }
    if (blocked != connections[fd].blocked) watch(EPOLL_CTL_MOD, fd, blocked ? EPOLLIN | EPOLLOUT : EPOLLIN);
    connections[fd].blocked = blocked;
}

static void receive(int fd) {
    received = recv(fd, buffer, sizeof buffer, 0);
    if (received <= 0) {
        if (received == 0 || errno != EAGAIN) end(fd);
        return;
    }
    taken = 0;
    SSL *ssl = connections[fd].ssl;
    long length = 0;
    int last;
    do {
        // It shakes hands, too.
        last = SSL_read(ssl, plain + length, sizeof plain - length);
        if (last > 0) length += last;
        // Another read would only say that there is no more.
    } while (last > 0 && (taken < received || SSL_has_pending(ssl)));
    // Asked before it writes, which forgets it.
    int over = last <= 0 && SSL_want(ssl) != SSL_READING;
    if (!connections[fd].open && length >= 4 && memcmp(plain + length - 4, "\r\n\r\n", 4) == 0) {
        connections[fd].open = 1;
        SSL_write(ssl, handshake, sizeof handshake - 1);
    } else {
        long messages = (connections[fd].have += length) / request_bytes;
        connections[fd].have %= request_bytes;
        connections[fd].due += messages * answer_bytes;
        if (messages > 0) answer(fd);
    }
    // What is left by then belongs to the handshake, for which the kernel has room.
    if (encrypted_bytes > 0 && !send_encrypted(fd)) over = 1;
    if (over) end(fd);
}

int main(int count, char **words) {
    if (count < 7) { fprintf(stderr, "tls PORT REQUEST-BYTES ANSWER-FILE DEPTH CERTIFICATE-FILE KEY-FILE\n"); return 2; }
    OPENSSL_init_ssl(OPENSSL_INIT_NO_ATEXIT, NULL);
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(context, words[5]) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, words[6], SSL_FILETYPE_PEM) != 1) {
        ERR_print_errors_fp(stderr);
        return 1;
    }
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set1_groups_list(context, "X25519:P-256");
    // Costs a message 0.1 us (64 B) or 0.2 (16 KiB), and spares a connection at rest 35 KiB.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    // 16 records of 64 B take 0.07 us less each; for one record at a time there is no difference.
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "loop");
    BIO_meth_set_read_ex(method, read_received);
    BIO_meth_set_write_ex(method, write_encrypted);
    BIO_meth_set_ctrl(method, control);
    BIO *bio = BIO_new(method);
    BIO_set_init(bio, 1);

    int listener = begin(words);
    printf("listening on wss://127.0.0.1:%s\n", words[1]);
    fflush(stdout);
    for (;;) {
        struct epoll_event events[MAX_EVENTS];
        int ready = epoll_wait(epoll, events, MAX_EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                if ((fd = take_from(listener)) < 0) continue;
                connections[fd].ssl = SSL_new(context);
                BIO_up_ref(bio);
                SSL_set_bio(connections[fd].ssl, bio, bio);
                SSL_set_accept_state(connections[fd].ssl);
                continue;
            }
            if (events[i].events & EPOLLOUT) answer(fd);
            if (events[i].events & ~EPOLLOUT) receive(fd);
        }
    }
}
