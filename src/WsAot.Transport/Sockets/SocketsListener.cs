using System.Net;
using System.Net.Sockets;

namespace WsAot.Transport.Sockets;

/// <summary>A listening socket.</summary>
internal sealed class SocketsListener : IDisposable
{
    private readonly SocketsTransport _transport;
    private readonly ListenOptions _options;
    private readonly Socket _socket;

    public SocketsListener(SocketsTransport transport, ListenOptions options, int backlog)
    {
        (_transport, _options) = (transport, options);
        IPEndPoint endPoint = options.EndPoint;
        Socket? socket = null;
        try
        {
            _socket = socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // No ReuseAddress: where it is needed, .NET sets SO_REUSEADDR itself. With that option it would set SO_REUSEPORT too, and two
            // servers could share the port by mistake.
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6) _socket.DualMode = endPoint.Address.Equals(IPAddress.IPv6Any);
            _socket.Bind(endPoint);
            _socket.Listen(backlog);
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            throw new TransportException($"Cannot listen on {endPoint}: {Describe(exception.SocketErrorCode)}.", exception);
        }

        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    public bool IsDisposed { get; private set; }

    public void Start() => _ = AcceptAsync();

    public void Dispose()
    {
        IsDisposed = true;
        _socket.Dispose();
    }

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
