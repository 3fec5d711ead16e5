// What both limits have in common: their command line, the socket they listen on, and the row of answers that they send from.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { RECEIVE_BYTES = 512 * 1024, MAX_CONNECTIONS = 1 << 20, MAX_EVENTS = 256 };

static const char handshake[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

static char buffer[RECEIVE_BYTES], *answers;
static long request_bytes, answer_bytes, answers_bytes;
static int epoll;

static inline void watch(int operation, int fd, unsigned events) {
    struct epoll_event event = { .events = events, .data.fd = fd };
    if (epoll_ctl(epoll, operation, fd, &event) < 0) { perror("epoll_ctl"); exit(1); }
}

// PORT REQUEST-BYTES ANSWER-FILE DEPTH
static inline int begin(char **words) {
    struct rlimit descriptors;
    getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);

    request_bytes = atol(words[2]);
    FILE *file = fopen(words[3], "rb");
    if (!file) { perror(words[3]); exit(1); }
    answer_bytes = fread(buffer, 1, sizeof buffer, file);
    answers_bytes = answer_bytes * (atol(words[4]) + 1);
    answers = malloc(answers_bytes);
    for (long at = 0; at < answers_bytes; at += answer_bytes) memcpy(answers + at, buffer, answer_bytes);

    int yes = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(words[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (void *)&address, sizeof address) < 0 || listen(listener, 4096) < 0) { perror("listen"); exit(1); }
    epoll = epoll_create1(0);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    return listener;
}

// A new connection, or -1.
static inline int take_from(int listener) {
    int yes = 1, fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (fd < 0) return fd;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    return fd;
}
