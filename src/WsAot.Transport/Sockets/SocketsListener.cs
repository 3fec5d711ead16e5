using System.Net;
using System.Net.Sockets;
using WsAot.Transport.Epoll;
using WsAot.Transport.Listening;

namespace WsAot.Transport.Sockets;

/// <summary>A listening socket.</summary>
internal sealed class SocketsListener : IListeningSocket, IDisposable
{
    private readonly SocketsTransport _transport;
    private readonly ListenOptions _options;
    private readonly Socket _socket;
    private readonly UnixSocketFile? _file;

    public SocketsListener(SocketsTransport transport, ListenOptions options, EndPoint endPoint, int backlog)
    {
        (_transport, _options) = (transport, options);
        if (endPoint is UnixEndPoint unix)
        {
            _file = OperatingSystem.IsLinux() ? new UnixSocketFile(unix) : throw new TransportException("Unix sockets need Linux.");
        }

        Socket? socket = null;
        try
        {
            _socket = socket = new Socket(
                endPoint.AddressFamily, SocketType.Stream, _file is null ? ProtocolType.Tcp : ProtocolType.Unspecified);
            Bind(socket, endPoint);
            if (OperatingSystem.IsLinux()) _file?.SetPermissions(options);
            socket.Listen(backlog);
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            throw Failure(endPoint, exception);
        }
        catch (TransportException)
        {
            socket?.Dispose();
            throw;
        }

        EndPoint = _file is null ? _socket.LocalEndPoint! : endPoint;
    }

    public EndPoint EndPoint { get; }

    public bool IsDisposed { get; private set; }

    public void Begin()
    {
        _transport.Add(this);
        _ = AcceptAsync();
    }

    public void Cancel() => Dispose();

    public void Dispose()
    {
        IsDisposed = true;
        _socket.Dispose();
        if (OperatingSystem.IsLinux()) _file?.RemoveOwn();
    }

    private static TransportException Failure(EndPoint endPoint, SocketException exception) =>
        new($"Cannot listen on {endPoint}: {Describe(endPoint, exception)}.", exception)
        {
            IsAddressInUse = exception.SocketErrorCode == SocketError.AddressAlreadyInUse,
            IsAddressMissing = exception.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable,
        };

    private void Bind(Socket socket, EndPoint endPoint)
    {
        if (endPoint is not UnixEndPoint unix)
        {
            // No ReuseAddress: where it is needed, .NET sets SO_REUSEADDR itself. With that option it would set SO_REUSEPORT too, and two
            // servers could share the port by mistake.
            if (socket.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = ((IPEndPoint)endPoint).Address.Equals(IPAddress.IPv6Any);
            }

            socket.Bind(endPoint);
            return;
        }

        var native = new BoundUnixEndPoint(unix);
        try
        {
            socket.Bind(native);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            string? obstacle = OperatingSystem.IsLinux() ? _file!.RemoveStale() : null;
            if (obstacle is not null) throw new TransportException($"Cannot listen on {endPoint}: {obstacle}.", exception);
            socket.Bind(native);
        }

        native.OnBound();
    }

    private static string Describe(EndPoint endPoint, SocketException exception) =>
        // .NET reports ENOENT as this error.
        endPoint is UnixEndPoint && exception.SocketErrorCode == SocketError.AddressNotAvailable
            ? Errno.Describe(Errno.ENOENT)
            : Describe(exception.SocketErrorCode);

    private static string Describe(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "address already in use",
        SocketError.AccessDenied => "permission denied",
        SocketError.AddressNotAvailable => "this machine does not have that address",
        SocketError.AddressFamilyNotSupported => "this machine does not have that address family",
        SocketError.TooManyOpenSockets => "the process has no descriptor left",
        SocketError.NoBufferSpaceAvailable => "the kernel has no memory left",
        _ => $"socket error {(int)error}",
    };

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _transport.HandOver(this, await _socket.AcceptAsync().ConfigureAwait(false), _options);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (IsDisposed)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionAborted
                or SocketError.ConnectionReset or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut)
            {
                // The connection died before it was accepted; go on with the next one.
            }
            catch (SocketException exception)
            {
                // Any other error would come again at once.
                _transport.ReportAcceptFailed(Describe(exception.SocketErrorCode));
                await Task.Delay(TransportLoop.AcceptRetryMs).ConfigureAwait(false);
            }
        }
    }
}
