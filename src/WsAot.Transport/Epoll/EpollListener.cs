using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace WsAot.Transport.Epoll;

/// <summary>A listening socket. One loop watches it, and gives each connection to the loop with the fewest.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollListener : IEpollSource, IDisposable
{
    /// <summary>The connections accepted for one event, so that a flood of them does not hold up the others.</summary>
    private const int MaxAcceptsPerEvent = 64;

    private readonly EpollTransport _transport;
    private readonly EpollLoop _loop;
    private readonly ListenOptions _options;
    private readonly int _socket;
    private ulong _key;
    private long _retryAtMs = -1;

    public EpollListener(EpollTransport transport, EpollLoop loop, ListenOptions options, int backlog)
    {
        (_transport, _loop, _options) = (transport, loop, options);
        _socket = options.InheritedSocket is { } inherited ? Adopt(inherited) : Open(options.EndPoint, backlog);
        EndPoint = ReadLocalAddress(_socket);
    }

    /// <summary>What the listener was asked for.</summary>
    public ListenOptions Options => _options;

    public int Socket => _socket;

    /// <inheritdoc cref="InheritedSocket.ReadAddress"/>
    public static string ReadInherited(int descriptor)
    {
        int listens = 0;
        uint length = sizeof(int);
        if (LibC.GetSockOpt(descriptor, LibC.SOL_SOCKET, LibC.SO_ACCEPTCONN, &listens, &length) < 0 || listens == 0)
        {
            throw new TransportException($"Descriptor {descriptor} was handed over, and is no socket that listens.");
        }

        byte* address = stackalloc byte[NativeAddress.MaxLength];
        length = NativeAddress.MaxLength;
        if (LibC.GetSockName(descriptor, address, &length) < 0 || *(ushort*)address is not (LibC.AF_INET or LibC.AF_INET6))
        {
            throw new TransportException($"Descriptor {descriptor} was handed over, and does not listen for TCP.");
        }

        _ = LibC.FCntl(descriptor, LibC.F_SETFD, LibC.FD_CLOEXEC);
        return ReadLocalAddress(descriptor).ToString();
    }

    public IPEndPoint EndPoint { get; }

    private static long NowMs => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    /// <summary>Begins to accept. On the loop.</summary>
    public void Start()
    {
        _key = _loop.Add(_socket, this, LibC.EPOLLIN);
        _loop.AddListener(this);
    }

    public void Dispose() => _loop.CloseListener(_socket, _key);

    public void OnEvents(uint events)
    {
        byte* address = stackalloc byte[NativeAddress.MaxLength];
        for (int i = 0; i < MaxAcceptsPerEvent; i++)
        {
            uint length = NativeAddress.MaxLength;
            int socket = LibC.Accept4(_socket, address, &length, LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC);
            if (socket >= 0)
            {
                PeerAddress peer = NativeAddress.Read(new ReadOnlySpan<byte>(address, NativeAddress.MaxLength));
                _transport.HandOver(_loop, socket, peer, _options);
                continue;
            }

            int errno = Errno.Last;
            if (errno == Errno.EAGAIN) return;
            if (Errno.IsForOneConnection(errno)) continue;
            PauseAccepting(errno);
            return;
        }
    }

    /// <summary>Accepts again if the pause after a failure is over.</summary>
    /// <returns>Milliseconds until it is; -1: there is no pause any more.</returns>
    public int RetryAfterFailure()
    {
        if (_retryAtMs < 0) return -1;
        long leftMs = _retryAtMs - NowMs;
        if (leftMs > 0) return (int)leftMs;
        _retryAtMs = -1;
        _loop.Modify(_socket, _key, LibC.EPOLLIN);
        return -1;
    }

    /// <summary>Stops watching the socket for a while: epoll would report it in every batch for as long as a connection waits.</summary>
    private void PauseAccepting(int errno)
    {
        _retryAtMs = NowMs + TransportLoop.AcceptRetryMs;
        _loop.Modify(_socket, _key, 0);
        _loop.ReportAcceptFailed(Errno.Describe(errno));
    }

    private static int Open(IPEndPoint endPoint, int backlog)
    {
        bool isV6 = endPoint.AddressFamily == AddressFamily.InterNetworkV6;
        int domain = isV6 ? LibC.AF_INET6 : LibC.AF_INET;
        int socket = LibC.Socket(domain, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0);
        if (socket < 0) throw Failure(endPoint, Errno.Last);

        // SO_REUSEADDR: a restarted server can listen although connections of its predecessor are in TIME_WAIT. TCP_NODELAY: accepted
        // sockets inherit it; output is gathered by corking, so Nagle's algorithm would only delay it.
        SetOption(socket, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1);
        SetOption(socket, LibC.IPPROTO_TCP, LibC.TCP_NODELAY, 1);
        if (isV6) SetOption(socket, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, endPoint.Address.Equals(IPAddress.IPv6Any) ? 0 : 1);

        byte* address = stackalloc byte[NativeAddress.MaxLength];
        int length = NativeAddress.Write(new Span<byte>(address, NativeAddress.MaxLength), endPoint);
        if (LibC.Bind(socket, address, (uint)length) < 0 || LibC.Listen(socket, backlog) < 0)
        {
            int errno = Errno.Last;
            _ = LibC.Close(socket);
            throw Failure(endPoint, errno);
        }

        return socket;
    }

    private static int Adopt(int socket)
    {
        ReadInherited(socket);
        // What it was opened with is for whoever opened it.
        _ = LibC.FCntl(socket, LibC.F_SETFL, LibC.FCntl(socket, LibC.F_GETFL, 0) | LibC.SOCK_NONBLOCK);
        SetOption(socket, LibC.IPPROTO_TCP, LibC.TCP_NODELAY, 1);
        return socket;
    }

    private static TransportException Failure(IPEndPoint endPoint, int errno) =>
        new($"Cannot listen on {endPoint}: {Errno.Describe(errno)}.");

    private static void SetOption(int socket, int level, int option, int value) =>
        _ = LibC.SetSockOpt(socket, level, option, &value, sizeof(int));

    private static IPEndPoint ReadLocalAddress(int socket)
    {
        byte* address = stackalloc byte[NativeAddress.MaxLength];
        uint length = NativeAddress.MaxLength;
        _ = LibC.GetSockName(socket, address, &length);
        return NativeAddress.Read(new ReadOnlySpan<byte>(address, NativeAddress.MaxLength)).ToIPEndPoint();
    }
}
