using System.ComponentModel;
using WsAot.Connections;
using WsAot.Routing;

namespace WsAot.JsonRpc;

/// <summary>
/// What a connection has of JSON-RPC 2.0: it stands where the handler stands, and the user's handler is inside. Used on the
/// connection's loop. The parts in <c>JsonRpcPeer.*.cs</c> are how messages are taken apart, and what becomes of calls that go on.
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

    /// <summary>What proxies speak to.</summary>
    public JsonRpcTarget Client => _client ??= new JsonRpcConnectionTarget(this);

    internal Session Session => Connection.Session;

    /// <summary>Sends an answer, or adds it to those of its batch. Brings the output back.</summary>
    internal SendResult Send(JsonRpcOutput output, JsonRpcBatch? batch)
    {
        SendResult result = SendResult.Queued;
        if (batch is null) result = Session.SendAnswer(output.Written);
        else batch.Add(output.Written);
        output.Return();
        return result;
    }

    /// <summary>Answers a request, or (with null as id) what is none, with an error of the specification.</summary>
    internal void SendError(ReadOnlySpan<byte> id, JsonRpcBatch? batch, int code) =>
        SendError(id, batch, code, JsonRpcErrorCode.MessageOf(code), default);

    /// <summary>Answers a call whose method threw; a notification is not answered.</summary>
    internal void Fail(ReadOnlySpan<byte> id, JsonRpcBatch? batch, Exception exception, bool isCancelled)
    {
        int code = JsonRpcErrorCode.InternalError;
        if (exception is JsonRpcException { IsRemote: false } error)
        {
            if (!id.IsEmpty) SendError(id, batch, error.Code, error.Message, error.DataUtf8.Span);
            return;
        }

        // While the connection ends, what waits for the client is cancelled too; nobody is there to be told.
        if (exception is OperationCanceledException && (isCancelled || Session.State != WsState.Open)) code = JsonRpcErrorCode.Cancelled;
        else Report(exception);
        if (!id.IsEmpty) SendError(id, batch, code);
    }

    /// <summary>Logs what a method, or what it had called when its token was cancelled, threw.</summary>
    internal void Report(Exception exception)
    {
        if (PeerFault.Is(exception)) JsonRpcLog.CallFailedByPeer(Session.Loop.Server.Logger, exception, _options.HandlerName, Connection.Id);
        else JsonRpcLog.CallFailed(Session.Loop.Server.Logger, exception, _options.HandlerName, Connection.Id);
    }

    private void SendError(ReadOnlySpan<byte> id, JsonRpcBatch? batch, int code, string message, ReadOnlySpan<byte> data)
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteError(id, code, message, data);
        Send(output, batch);
    }
}
