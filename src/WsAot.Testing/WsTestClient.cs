using WsAot.Testing.Running;
using WsAot.Testing.Wire;
using WsAot.Transport.InMemory;

namespace WsAot.Testing;

/// <summary>
/// A client with an open connection. Sending returns when the server has handled everything that follows, except what a waiting handler
/// still has to do. Reading takes what has arrived; if nothing has arrived and no handler is busy, it fails at once. You can call its
/// members from any thread; one call runs at a time.
/// </summary>
public sealed partial class WsTestClient : IAsyncDisposable
{
    private readonly WsTestServer _server;
    private readonly InMemoryPeer _peer;
    private readonly ClientConnection _connection;
    private readonly string _target;
    private bool _isReset;

    internal WsTestClient(WsTestServer server, InMemoryPeer peer, WsTestRequest request, WsTestResponse response, byte[] first)
    {
        (_server, _peer, _target, Response) = (server, peer, request.Target, response);
        _connection = new ClientConnection(peer, Pump, first, ClientCompression.Create(response.GetHeader("Sec-WebSocket-Extensions")))
        {
            AnswersPings = request.AnswersPings,
            AnswersClose = request.AnswersClose,
        };
        _connection.ResumeReading();
    }

    /// <summary>The response that opened the connection, with its headers.</summary>
    public WsTestResponse Response { get; }

    /// <summary>The subprotocol that the server chose; null if it chose none.</summary>
    public string? Subprotocol => Response.GetHeader("Sec-WebSocket-Protocol");

    /// <summary>Whether permessage-deflate was negotiated: messages are then compressed in both directions.</summary>
    public bool IsCompressed => _connection.IsCompressed;

    /// <summary>Whether the client answers pings.</summary>
    public bool AnswersPings
    {
        get => _connection.AnswersPings;
        set => _connection.AnswersPings = value;
    }

    /// <summary>Whether the client answers a close frame, and ends TCP after the server has.</summary>
    public bool AnswersClose
    {
        get => _connection.AnswersClose;
        set => _connection.AnswersClose = value;
    }

    /// <summary>
    /// How many bytes the server can send before the client must read, as if network buffers held them. It matters while reading is
    /// stopped.
    /// </summary>
    public int WindowBytes
    {
        get => _peer.WindowBytes;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Pump.Do(() => _peer.WindowBytes = value);
        }
    }

    /// <summary>
    /// The largest number of bytes that the server receives at once, for data sent from now on. 1 means byte by byte. Default: no limit.
    /// </summary>
    public int MaxPieceBytes
    {
        get => _connection.Output.MaxPieceBytes;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _connection.Output.MaxPieceBytes = value;
        }
    }

    /// <summary>The number of unread messages.</summary>
    public int UnreadCount => Pump.Do(() => _connection.Messages.Count);

    /// <summary>How the connection ended, as this client sees it; null while it is open.</summary>
    public WsClose? CloseStatus => Pump.Do(() => _connection.Close);

    internal string Target => _target;

    internal ClientConnection Connection => _connection;

    private Pump Pump => _server.Pump;

    /// <summary>
    /// Stops reading from the network, so that the client is a slow reader. When <see cref="WindowBytes"/> are on their way, the server's
    /// further output waits.
    /// </summary>
    public void StopReading() => Pump.Do(_connection.StopReading);

    /// <summary>Reads again after <see cref="StopReading"/>.</summary>
    public void ResumeReading() => Pump.Do(_connection.ResumeReading);

    /// <summary>Resets the connection, as a failing network does: the server gets an error instead of an end.</summary>
    public void Reset() => Pump.Do(() =>
    {
        _isReset = true;
        _peer.Reset();
    });

    /// <summary>Ends only the client's output (half close): the server sees the end of the stream without a close frame.</summary>
    public void ShutdownOutput() => Pump.Do(_connection.Shutdown);

    /// <summary>
    /// Leaves if the connection is open: sends a close frame with 1000, and ignores unread messages. It does not wait for handlers.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        Pump.Do(() =>
        {
            AnswersClose = true;
            if (!_server.IsDisposed && !_isReset && !_connection.IsEnded)
            {
                if (!_connection.HasSentClose && !_peer.IsClosed) _connection.SendClose(1000, "");
                _connection.ResumeReading();
            }
        });
        _connection.DisposeCompression();
        return default;
    }
}
