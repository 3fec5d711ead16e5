// The limit: what the kernel alone costs. It receives and sends the right number of bytes and knows nothing of WebSocket.
//
//   limit PORT REQUEST-BYTES ANSWER-FILE DEPTH [all]
//
// A message is REQUEST-BYTES bytes, whatever they are; its answer is the content of ANSWER-FILE, to the one who sent it or, with `all`,
// to everybody. The load always sends the same message and offers the same handshake key, so constants are right answers.
// LIMIT_SPIN_NS in the environment: so many nanoseconds are spun away for each message, to see what a server that is slower than the load
// pays for the kernel's part.
// One recv for an event, one send for all messages that are whole by then. A message that is cut is answered when it is whole, since a
// handler cannot have it sooner. The buffer is as large as the server's: smaller ones need more calls and measured no cheaper.
#include "limit.h"

// By descriptor. What is due is a position in an endless row of answers, so nothing is ever queued.
static struct { long have, due; char open, blocked; } connections[MAX_CONNECTIONS];
static long spin_ns;
static int highest;

static void answer(int fd) {
    while (connections[fd].due > 0) {
        long from = (answer_bytes - connections[fd].due % answer_bytes) % answer_bytes;
        long most = answers_bytes - from;
        long sent = send(fd, answers + from, connections[fd].due < most ? connections[fd].due : most, MSG_NOSIGNAL);
        if (sent < 0) break;
        connections[fd].due -= sent;
    }
    char blocked = connections[fd].due > 0;
    if (blocked != connections[fd].blocked) watch(EPOLL_CTL_MOD, fd, blocked ? EPOLLIN | EPOLLOUT : EPOLLIN);
    connections[fd].blocked = blocked;
}

static long now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000L + now.tv_nsec;
}

static void spin(long ns) {
    long until = now_ns() + ns;
    while (now_ns() < until) { }
}

static void end(int fd) {
    memset(&connections[fd], 0, sizeof connections[fd]);
    close(fd);
}

static void receive(int fd, int to_all) {
    long length = recv(fd, buffer, sizeof buffer, 0);
    if (length <= 0) {
        if (length == 0 || errno != EAGAIN) end(fd);
        return;
    }
    if (!connections[fd].open) {
        connections[fd].open = length >= 4 && memcmp(buffer + length - 4, "\r\n\r\n", 4) == 0;
        if (connections[fd].open && send(fd, handshake, sizeof handshake - 1, MSG_NOSIGNAL) < 0) end(fd);
        return;
    }
    long messages = (connections[fd].have += length) / request_bytes;
    connections[fd].have %= request_bytes;
    if (messages == 0) return;
    if (spin_ns > 0) spin(messages * spin_ns);
    for (int peer = to_all ? 0 : fd; peer <= (to_all ? highest : fd); peer++) {
        if (!connections[peer].open) continue;
        connections[peer].due += messages * answer_bytes;
        answer(peer);
    }
}

int main(int count, char **words) {
    if (count < 5) { fprintf(stderr, "limit PORT REQUEST-BYTES ANSWER-FILE DEPTH [all]\n"); return 2; }
    if (getenv("LIMIT_SPIN_NS")) spin_ns = atol(getenv("LIMIT_SPIN_NS"));
    int listener = begin(words);
    printf("listening on ws://127.0.0.1:%s\n", words[1]);
    fflush(stdout);

    for (;;) {
        struct epoll_event events[MAX_EVENTS];
        int ready = epoll_wait(epoll, events, MAX_EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                if ((fd = take_from(listener)) > highest) highest = fd;
                continue;
            }
            if (events[i].events & EPOLLOUT) answer(fd);
            if (events[i].events & ~EPOLLOUT) receive(fd, count > 5);
        }
    }
}
