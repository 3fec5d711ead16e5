using System.ComponentModel;
using WsAot.Connections;
using WsAot.Metrics;
using WsAot.Routing;

namespace WsAot.JsonRpc;

/// <summary>
/// The JSON-RPC 2.0 state of a connection. It takes the place of the handler, and contains the user's handler. Used on the connection's
/// loop. The parts in <c>JsonRpcPeer.*.cs</c> parse messages and keep track of running calls.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class JsonRpcPeer
{
    private readonly WsRouteOptions _options;
    private JsonRpcConnectionTarget? _client;

    /// <param name="connection">The connection.</param>
    /// <param name="options">The options of its route.</param>
    public JsonRpcPeer(WsConnection connection, WsRouteOptions options) => (Connection, _options) = (connection, options);

    /// <summary>The user's handler.</summary>
    public object Handler { get; set; } = null!;

    /// <summary>The connection.</summary>
    public WsConnection Connection { get; }

    /// <summary>The client that proxies call.</summary>
    public JsonRpcTarget Client => _client ??= new JsonRpcConnectionTarget(this);

    internal Session Session => Connection.Session;

    /// <summary>Sends an answer, or adds it to its batch. Returns the output for reuse.</summary>
    internal SendResult Send(JsonRpcOutput output, JsonRpcBatch? batch)
    {
        SendResult result = SendResult.Queued;
        if (batch is null) result = Session.SendAnswer(output.Written);
        else batch.Add(output.Written);
        output.Return();
        return result;
    }

    /// <summary>Answers with an error of the specification. An empty id means that the request's id is unknown.</summary>
    internal void SendError(ReadOnlySpan<byte> id, JsonRpcBatch? batch, int code, ReadOnlySpan<byte> data = default)
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteError(id, code, data);
        Send(output, batch);
    }

    /// <summary>
    /// Refuses a call before its method runs: logs it, and answers with an error. An empty id means that the request's id is unknown.
    /// </summary>
    internal void Refuse(
        ReadOnlySpan<byte> method, ReadOnlySpan<byte> id, JsonRpcBatch? batch, int code, ReadOnlySpan<byte> reason = default)
    {
        LogRefused(method, code, reason);
        SendError(id, batch, code, reason);
    }

    /// <summary>Counts and logs a refused call. It sends no answer.</summary>
    internal void LogRefused(ReadOnlySpan<byte> method, int code, ReadOnlySpan<byte> reason = default)
    {
        Session.Loop.Counters.CallsNoted++;
        (Session.Counters.RefusedCalls ??= new AnswerCounts()).Add(code, "");
        JsonRpcLog.CallRefused(Session.Loop.Server.Logger, Connection.Id, method, code, reason);
    }

    /// <summary>Answers a call whose method threw. A notification is not answered.</summary>
    internal void Fail(ReadOnlySpan<byte> id, JsonRpcBatch? batch, Exception exception, bool isCancelled)
    {
        Session.ChargeCall(hasThrown: true);
        int code = JsonRpcErrorCode.InternalError;
        if (exception is JsonRpcException { IsRemote: false } error)
        {
            if (id.IsEmpty) return;
            JsonRpcOutput output = JsonRpcOutput.Rent();
            output.WriteError(id, error.Code, error.Message, error.DataUtf8.Span);
            Send(output, batch);
            return;
        }

        // While the connection closes, everything that waits for the client is cancelled too, and no client is left to answer.
        if (exception is OperationCanceledException && (isCancelled || Session.State != WsState.Open)) code = JsonRpcErrorCode.Cancelled;
        else Report(exception);
        if (!id.IsEmpty) SendError(id, batch, code);
    }

    /// <summary>Logs an exception from a method or from a callback of its cancelled token.</summary>
    internal void Report(Exception exception)
    {
        if (PeerFault.Is(exception))
        {
            JsonRpcLog.CallFailedByPeer(Session.Loop.Server.Logger, exception, _options.HandlerName, Connection.Id);
        }
        else
        {
            JsonRpcLog.CallFailed(Session.Loop.Server.Logger, exception, _options.HandlerName, Connection.Id);
        }
    }
}
