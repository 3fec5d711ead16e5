using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>The subscribers of a topic: all of them, or all but one. Any thread.</summary>
internal sealed class JsonRpcTopicTarget(WsServer server, string topic, WsConnection? except = null) : JsonRpcTarget
{
    public override void Notify(ref JsonRpcOutgoing message)
    {
        message.Output.EndNotification();
        if (except is null) server.Publish(topic, message.Output.Written);
        else except.PublishToOthers(topic, message.Output.Written);
        message.Output.Return();
    }

    public override ValueTask<WsTopicPosition> PublishAt(ref JsonRpcOutgoing message)
    {
        message.Output.EndNotification();
        ValueTask<WsTopicPosition> position = except is null
            ? server.PublishAsync(topic, message.Output.WrittenMemory)
            : except.PublishToOthersAsync(topic, message.Output.Written);
        message.Output.Return();
        return position;
    }

    public override Task Request(ref JsonRpcOutgoing message, int timeoutMs, CancellationToken cancellationToken) =>
        Task.FromException(NoSingleAnswer());

    public override Task<T> Request<T>(
        ref JsonRpcOutgoing message, JsonTypeInfo<T> result, int timeoutMs, CancellationToken cancellationToken) =>
        Task.FromException<T>(NoSingleAnswer());

    public override Task<T> RequestNotNull<T>(
        ref JsonRpcOutgoing message, JsonTypeInfo<T> result, int timeoutMs, CancellationToken cancellationToken) =>
        Task.FromException<T>(NoSingleAnswer());

    private static InvalidOperationException NoSingleAnswer() => new(
        "A topic has no single answer: call void methods only. Those of a [WsTopic] interface can also return ValueTask.");
}
