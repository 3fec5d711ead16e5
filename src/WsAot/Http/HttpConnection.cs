using System.Diagnostics;
using Microsoft.Extensions.Logging;
using WsAot.Files;
using WsAot.Handshake;
using WsAot.Protocol.Handshake;
using WsAot.Protocol.Liveness;
using WsAot.Routing;
using WsAot.Timers;
using WsAot.Transport;

namespace WsAot.Http;

/// <summary>
/// A plain HTTP connection, from the head of a request until the answer has been sent, and while it waits for the next request (RFC 9112
/// section 9.3). A <see cref="HandshakeConnection"/> reads the heads, so that all requests get the same checks as upgrades. Requests are
/// answered one at a time, in order. While one is being answered, at most one read of further input waits, and reading pauses.
/// <c>HttpConnection.Request.cs</c> reads a request, <c>HttpConnection.Response.cs</c> sends the answer.
/// </summary>
internal sealed partial class HttpConnection : TimerNode, IConnectionHandler
{
    private readonly HttpLoop _http;
    private readonly TransportConnection _transport;
    private readonly LinkedListNode<HttpConnection> _idleNode;
    private RentedBytes _input;         // of later requests, or of the body
    private RentedBytes _body;
    private RequestBodyReader _bodyReader;
    private OutputProgress _output;
    private WsHttpRequest? _request;
    private ForwardedClient? _forwarded;
    private HttpMapping? _mapping;
    private CancellationTokenSource? _cancellation;
    private ReadOnlyMemory<byte> _unsent;
    private ServedFile? _file;
    private State _state;
    private ConnectionPlace _place;
    private bool _isFeeding;            // the request being read is in the input
    private bool _isHead;
    private bool _isHttp10;
    private bool _isKept;
    private bool _isPeerShut;
    private bool _isReadingFile;

    public HttpConnection(HttpLoop http, TransportConnection transport)
    {
        (_http, _transport) = (http, transport);
        _idleNode = new LinkedListNode<HttpConnection>(this);
        (_input, _body) = (new RentedBytes(http.Loop.Pool), new RentedBytes(http.Loop.Pool));
    }

    private enum State : byte
    {
        /// <summary>A handshake reads the next head.</summary>
        Lent,

        /// <summary>Waits for the next request.</summary>
        Idle,

        /// <summary>Receives the body.</summary>
        Body,

        /// <summary>Waits for the application's answer.</summary>
        Asked,

        /// <summary>Opens a file.</summary>
        Opening,

        /// <summary>Sends the answer.</summary>
        Sending,

        /// <summary>The next request has arrived, and waits for a turn or for room for its answer.</summary>
        Waiting,
    }

    private int HandshakeMs => _place == ConnectionPlace.Refusal
        ? Math.Min(HandshakeConnection.RefusalMs, _http.Options.HandshakeTimeoutMs)
        : _http.Options.HandshakeTimeoutMs;

    private ILogger Logger => _http.Context.Server.Logger;

    private PeerAddress ClientAddress => _forwarded?.Address ?? _transport.RemoteAddress;

    private string RemoteEndPoint => ClientAddress.ToString();

    public void OnReceived(Span<byte> bytes)
    {
        _http.Loop.BeginTurn();
        if (_state == State.Idle)
        {
            ReadHead(bytes);
        }
        else if (_state == State.Body)
        {
            ReadBody(bytes, isInput: false);
        }
        else
        {
            _input.Append(bytes);
            _transport.PauseReading();
        }
    }

    public void OnTurn()
    {
        _http.Loop.BeginTurn();
        if (_state == State.Sending)
        {
            Send();
        }
        else if (_state == State.Waiting)
        {
            // If the input holds more than this request, reading pauses again.
            _transport.ResumeReading();
            ReadHead(_input.Span);
        }
    }

    public void OnPeerShutdown()
    {
        _isPeerShut = true;
        // A client may end its side after its last request: a complete request is still answered, and then the connection ends.
        if (_state is State.Idle or State.Body) _transport.Close();
    }

    public void OnPeerReset() => _transport.Close();

    public void OnTlsFailed(string reason)
    {
        // Between requests, this is not a refusal: the client may just have left.
        if (_state != State.Idle) HandshakeConnection.NoteTlsFailed(_http.Loop, _transport, reason, null);
    }

    public void OnOutputProgress()
    {
        if (_transport.IsOutputBlocked) return;
        if (_state == State.Sending) _transport.RequestTurn();
        else if (_state == State.Waiting) AwaitNext();
    }

    public void OnClosed()
    {
        if (_state == State.Idle) _http.RemoveIdle(_idleNode);
        Release();
        _http.Handshakes.ReturnPlace(_place);
        CancelAnswer();
    }

    /// <summary>Closes this idle connection, and leaves its place to the caller.</summary>
    public void GiveWay()
    {
        Debug.Assert(_state == State.Idle, "Only an idle connection gives way.");
        LeaveIdle();
        _place = ConnectionPlace.None;
        _transport.Close();
    }

    /// <summary>Called when the server stops: a complete request is still answered, and then the connection ends.</summary>
    /// <returns>Whether it was closed at once.</returns>
    public bool CloseForStop()
    {
        if (_state is not (State.Idle or State.Body) || _transport.IsClosed) return false;
        _transport.Close();
        return true;
    }

    internal override void OnDue(long nowMs)
    {
        switch (_state)
        {
            case State.Idle:
                _transport.Close();
                break;
            case State.Body:
                Refuse(408, $"the request body took longer than {HandshakeMs} ms", _request!.Head, "--handshake-timeout-ms");
                break;
            case State.Asked:
                // Refuse first: the cancelled method may end during the call.
                Refuse(503, $"the answer took longer than {HandshakeMs} ms", _request!.Head, "--handshake-timeout-ms");
                CancelAnswer();
                break;
            default:
                WaitOrAbort(nowMs);
                break;
        }
    }

    /// <summary>
    /// Aborts a connection that takes no output. Sending may take longer than the timeout if it makes progress, and a slow disk of our own
    /// is no reason to abort.
    /// </summary>
    private void WaitOrAbort(long nowMs)
    {
        OutputDelivery delivery = _transport.GetDelivery();
        if (!delivery.IsComplete && !_output.MayWait(delivery.AcknowledgedBytes)) _transport.Abort();
        else _http.Loop.Timers.Schedule(this, nowMs + _http.Options.CloseTimeoutMs);
    }

    /// <summary>Lets a handshake read the next head.</summary>
    private void ReadHead(Span<byte> bytes)
    {
        if (_state == State.Idle) LeaveIdle();
        _isFeeding = !_input.IsEmpty;
        _state = State.Lent;
        _http.Loop.Timers.Cancel(this);
        _http.Remove(this);
        _http.Handshakes.Resume(_transport, _place, this).OnReceived(bytes);
        _isFeeding = false;
        // Another handler has taken over: it has refused the request, opened a WebSocket, or copied the beginning of a head.
        if (_transport.Handler != this || _input.IsEmpty) _input.Clear();
    }

    /// <summary>Continues with the next request after one has been answered.</summary>
    private void AwaitNext()
    {
        if (_http.Loop.IsDraining || _isPeerShut)
        {
            Leave().Linger();
        }
        else if (_transport.IsOutputBlocked)
        {
            // If a client sends requests but reads no answers, only one request waits.
            _state = State.Waiting;
            ExpectProgress();
            TrimInput();
        }
        else if (!_input.IsEmpty)
        {
            _state = State.Waiting;
            _http.Loop.Timers.Cancel(this);
            _transport.RequestTurn();
        }
        else
        {
            _state = State.Idle;
            _forwarded = null;
            TrimInput();
            _http.AddIdle(_idleNode);
            _http.Loop.Timers.Schedule(this, _http.Loop.NowMs + _http.Options.KeepAliveTimeoutMs);
            _transport.ResumeReading();
        }
    }

    private void LeaveIdle()
    {
        _state = State.Lent;
        _http.RemoveIdle(_idleNode);
    }

    /// <summary>Hands the connection back to a handshake for good: to refuse the request, or to end the connection.</summary>
    private HandshakeConnection Leave()
    {
        HandshakeConnection handshake = _http.Handshakes.Resume(_transport, _place, kept: null, _forwarded, _isHead);
        Release();
        _state = State.Lent;
        // Read what the client still sends, so that closing does not reset the connection.
        _transport.ResumeReading();
        return handshake;
    }

    private void Release()
    {
        _http.Loop.Timers.Cancel(this);
        _http.Remove(this);
        // The head of a request that is being refused may be in the input.
        if (!_isFeeding) _input.Clear();
        _body.Clear();
        if (!_isReadingFile) CloseFile();
    }

    private void TrimInput()
    {
        if (_input.IsEmpty && !_isFeeding) _input.Clear();
    }

    private void CancelAnswer()
    {
        try
        {
            _cancellation?.Cancel();
        }
        catch (AggregateException exception)
        {
            Logging.Log.AnswerNotCancelled(Logger, exception, RemoteEndPoint);
        }
    }
}
