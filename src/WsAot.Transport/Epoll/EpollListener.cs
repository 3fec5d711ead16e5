using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using WsAot.Transport.Listening;

namespace WsAot.Transport.Epoll;

/// <summary>A listening socket. One loop watches it, and gives each connection to the loop with the fewest.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollListener : IEpollSource, IListeningSocket, IDisposable
{
    /// <summary>The most connections to accept for one event, so that a flood of them does not hold up open connections.</summary>
    private const int MaxAcceptsPerEvent = 64;

    private readonly EpollTransport _transport;
    private readonly EpollLoop _loop;
    private readonly ListenOptions _options;
    private readonly int _socket;
    private readonly UnixSocketFile? _file;
    private int _slot;
    private long _retryAtMs = -1;

    // One, unless more came in the batch before: a call of accept that finds nothing costs nearly as much as one that finds a connection,
    // because the kernel creates the file first.
    private int _acceptsPerEvent = 1;
    private bool _hadEvent;

    public EpollListener(EpollTransport transport, EpollLoop loop, ListenOptions options, EndPoint endPoint, int? inherited, int backlog)
    {
        (_transport, _loop, _options) = (transport, loop, options);
        if (endPoint is UnixEndPoint unix) _file = new UnixSocketFile(unix);
        _socket = inherited is { } socket ? Adopt(socket) : Open(endPoint, backlog);
        EndPoint = _file is null ? ReadLocalAddress(_socket) : endPoint;
    }

    public EndPoint EndPoint { get; }

    /// <summary>The options that the listener was opened with.</summary>
    public ListenOptions Options => _options;

    public int Socket => _socket;

    /// <inheritdoc cref="InheritedSocket.ReadAddress"/>
    public static string ReadInherited(int descriptor)
    {
        int listens = 0;
        uint length = sizeof(int);
        if (LibC.GetSockOpt(descriptor, LibC.SOL_SOCKET, LibC.SO_ACCEPTCONN, &listens, &length) < 0 || listens == 0)
        {
            throw new TransportException($"The inherited descriptor {descriptor} is not a listening socket.");
        }

        byte* address = stackalloc byte[NativeAddress.MaxLength];
        new Span<byte>(address, NativeAddress.MaxLength).Clear();
        length = NativeAddress.MaxLength;
        bool isKnown = LibC.GetSockName(descriptor, address, &length) == 0;
        var bytes = new ReadOnlySpan<byte>(address, (int)Math.Min(length, NativeAddress.MaxLength));
        if (!isKnown || NativeAddress.ReadEndPoint(bytes) is not { } endPoint)
        {
            throw new TransportException($"The inherited descriptor {descriptor} listens neither for TCP nor on a Unix socket.");
        }

        _ = LibC.FCntl(descriptor, LibC.F_SETFD, LibC.FD_CLOEXEC);
        return endPoint.ToString()!;
    }

    private static long NowMs => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    public void Begin() => _loop.Post(static listener => ((EpollListener)listener!).Start(), this);

    public void Cancel()
    {
        _ = LibC.Close(_socket);
        _file?.RemoveOwn();
    }

    public void Dispose()
    {
        _loop.CloseListener(_socket, _slot);
        _file?.RemoveOwn();
    }

    public void OnEvents(uint events)
    {
        _hadEvent = true;
        byte* address = stackalloc byte[NativeAddress.IPLength];
        for (int i = 0; i < _acceptsPerEvent; i++)
        {
            uint length = NativeAddress.IPLength;
            int socket = LibC.Accept4(_socket, address, &length, LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC);
            if (socket >= 0)
            {
                PeerAddress peer = NativeAddress.Read(new ReadOnlySpan<byte>(address, NativeAddress.IPLength));
                _transport.HandOver(_loop, socket, peer, _options);
                continue;
            }

            int errno = Errno.Last;
            if (Errno.IsForOneConnection(errno)) continue;
            if (errno != Errno.EAGAIN) PauseAccepting(errno);
            _acceptsPerEvent = 1;
            return;
        }

        _acceptsPerEvent = Math.Min(_acceptsPerEvent * 2, MaxAcceptsPerEvent);
    }

    /// <summary>Ends a batch of events: if a pause after a failure is over, the listener accepts again.</summary>
    /// <param name="isFull">
    /// Whether there may be more events than the batch has: the listener's may be among them, so that nothing is known of its backlog.
    /// </param>
    /// <returns>Milliseconds until the pause is over; -1: there is none.</returns>
    public int OnBatchEnd(bool isFull)
    {
        if (!_hadEvent && !isFull) _acceptsPerEvent = 1;
        _hadEvent = false;
        if (_retryAtMs < 0) return -1;
        long leftMs = _retryAtMs - NowMs;
        if (leftMs > 0) return (int)leftMs;
        _retryAtMs = -1;
        _loop.Modify(_socket, _slot, LibC.EPOLLIN);
        return -1;
    }

    private static TransportException Failure(EndPoint endPoint, int errno) => new($"Cannot listen on {endPoint}: {Errno.Describe(errno)}.")
    {
        IsAddressInUse = errno == Errno.EADDRINUSE,
        IsAddressMissing = errno is Errno.EAFNOSUPPORT or Errno.EADDRNOTAVAIL,
    };

    private static void SetOption(int socket, int level, int option, int value) =>
        _ = LibC.SetSockOpt(socket, level, option, &value, sizeof(int));

    private static IPEndPoint ReadLocalAddress(int socket)
    {
        byte* address = stackalloc byte[NativeAddress.IPLength];
        uint length = NativeAddress.IPLength;
        _ = LibC.GetSockName(socket, address, &length);
        return NativeAddress.Read(new ReadOnlySpan<byte>(address, NativeAddress.IPLength)).ToIPEndPoint();
    }

    /// <summary>Begins to accept. On the loop.</summary>
    private void Start()
    {
        _slot = _loop.Add(_socket, this, LibC.EPOLLIN);
        _loop.AddListener(this);
    }

    /// <summary>Stops watching the socket for a while: epoll would report it in every batch for as long as a connection waits.</summary>
    private void PauseAccepting(int errno)
    {
        _retryAtMs = NowMs + TransportLoop.AcceptRetryMs;
        _loop.Modify(_socket, _slot, 0);
        _loop.ReportAcceptFailed(Errno.Describe(errno));
    }

    private int Open(EndPoint endPoint, int backlog)
    {
        int socket = LibC.Socket(NativeAddress.DomainOf(endPoint), LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0);
        if (socket < 0) throw Failure(endPoint, Errno.Last);
        try
        {
            if (endPoint is IPEndPoint { Address: var address }) SetIPOptions(socket, address);
            Bind(socket, endPoint);
            _file?.SetPermissions(_options);
            if (LibC.Listen(socket, backlog) < 0) throw Failure(endPoint, Errno.Last);
            return socket;
        }
        catch (TransportException)
        {
            _ = LibC.Close(socket);
            throw;
        }
    }

    private static void SetIPOptions(int socket, IPAddress address)
    {
        // SO_REUSEADDR: a restarted server can listen although connections of its predecessor are in TIME_WAIT. TCP_NODELAY: accepted
        // sockets inherit it; output is gathered by corking, so Nagle's algorithm would only delay it.
        SetOption(socket, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1);
        SetOption(socket, LibC.IPPROTO_TCP, LibC.TCP_NODELAY, 1);
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return;
        SetOption(socket, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, address.Equals(IPAddress.IPv6Any) ? 0 : 1);
    }

    private int Adopt(int socket)
    {
        ReadInherited(socket);
        // Other options of an inherited socket stay as the process that opened it has set them.
        _ = LibC.FCntl(socket, LibC.F_SETFL, LibC.FCntl(socket, LibC.F_GETFL, 0) | LibC.SOCK_NONBLOCK);
        if (_file is null) SetOption(socket, LibC.IPPROTO_TCP, LibC.TCP_NODELAY, 1);
        else _file.Adopt();
        return socket;
    }

    private void Bind(int socket, EndPoint endPoint)
    {
        byte* address = stackalloc byte[NativeAddress.MaxLength];
        int length = NativeAddress.Write(new Span<byte>(address, NativeAddress.MaxLength), endPoint);
        if (LibC.Bind(socket, address, (uint)length) == 0) return;
        int errno = Errno.Last;
        if (errno != Errno.EADDRINUSE || _file is null) throw Failure(endPoint, errno);
        if (_file.RemoveStale() is { } obstacle) throw new TransportException($"Cannot listen on {endPoint}: {obstacle}.");
        if (LibC.Bind(socket, address, (uint)length) < 0) throw Failure(endPoint, Errno.Last);
    }
}
