using System.Text.Json;
using WsAot.Testing.JsonRpc;

namespace WsAot.Testing;

/// <summary>A JSON-RPC request from the server. The test can answer it or leave it unanswered.</summary>
public sealed class WsTestCall : WsTestNotification
{
    private readonly RpcPeer _peer;

    internal WsTestCall(RpcPeer peer, string method, JsonElement parameters, JsonElement id)
        : base(method, parameters, peer.Options) => (_peer, Id) = (peer, id);

    internal JsonElement Id { get; }

    /// <summary>Answers with a result.</summary>
    /// <param name="result">The result; null for a method that returns nothing.</param>
    public Task AnswerAsync(object? result = null)
    {
        _peer.SendText(RpcText.Result(Id, result, _peer.Options));
        return Task.CompletedTask;
    }

    /// <summary>Answers with an error.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="message">A short sentence.</param>
    public Task FailAsync(int code, string message)
    {
        _peer.SendText(RpcText.Error(Id, new JsonRpcException(code, message)));
        return Task.CompletedTask;
    }
}
