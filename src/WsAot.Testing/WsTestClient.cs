using WsAot.Testing.Running;
using WsAot.Testing.Wire;
using WsAot.Transport.InMemory;

namespace WsAot.Testing;

/// <summary>
/// A client whose connection is open. Sending returns when the server has done all that follows from it, as far as no handler waits for
/// something. Reading takes what has come; if nothing has and no handler is busy, it fails at once. Its members may be called from any
/// thread, one call at a time runs.
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

    /// <summary>Whether permessage-deflate was negotiated: messages are then compressed both ways.</summary>
    public bool IsCompressed => _connection.IsCompressed;

    /// <summary>Whether the client answers pings.</summary>
    public bool AnswersPings
    {
        get => _connection.AnswersPings;
        set => _connection.AnswersPings = value;
    }

    /// <summary>Whether the client answers a close frame, and ends TCP when the server has.</summary>
    public bool AnswersClose
    {
        get => _connection.AnswersClose;
        set => _connection.AnswersClose = value;
    }

    /// <summary>
    /// The bytes that the server can send before the client takes some, in bytes: what the buffers of a network hold. It matters while
    /// reading is stopped.
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
    /// The server receives at most so many bytes at once of what is sent from now on. 1: byte by byte. Default: no limit.
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

    /// <summary>The messages that have come and were not read.</summary>
    public int UnreadCount => Pump.Do(() => _connection.Messages.Count);

    /// <summary>How the connection has ended, as this client sees it; null while it is open.</summary>
    public WsClose? CloseStatus => Pump.Do(() => _connection.Close);

    internal string Target => _target;

    internal ClientConnection Connection => _connection;

    private Pump Pump => _server.Pump;

    /// <summary>
    /// The client takes nothing more from the network. When what <see cref="WindowBytes"/> allows is on its way, the server's output waits:
    /// the client is a slow reader.
    /// </summary>
    public void StopReading() => Pump.Do(_connection.StopReading);

    /// <summary>The client reads again, after <see cref="StopReading"/>.</summary>
    public void ResumeReading() => Pump.Do(_connection.ResumeReading);

    /// <summary>Ends the connection abruptly, as a network that fails: the server gets an error instead of an end.</summary>
    public void Reset() => Pump.Do(() =>
    {
        _isReset = true;
        _peer.Reset();
    });

    /// <summary>Ends the client's output and no more (half close): the server sees an end without a close frame.</summary>
    public void ShutdownOutput() => Pump.Do(_connection.Shutdown);

    /// <summary>
    /// Leaves, if the connection is open: sends a close frame with 1000, and takes no notice of what has come. It does not wait for a
    /// handler.
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
