using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>The receiver of a generated proxy's calls: a client, or the subscribers of a topic. Any thread.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JsonRpcTarget
{
    private protected JsonRpcTarget()
    {
    }

    /// <summary>
    /// Begins a message. Add its parameters, then call <see cref="Notify"/>, or one of the <c>Publish</c> or <c>Request</c> methods, once.
    /// </summary>
    /// <param name="method">The name of the method, in UTF-8.</param>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "Proxies call it on their target.")]
    public JsonRpcOutgoing Begin(ReadOnlySpan<byte> method)
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.BeginMessage(method);
        return new JsonRpcOutgoing(output);
    }

    /// <summary>Sends the message as a notification.</summary>
    public abstract void Notify(ref JsonRpcOutgoing message);

    /// <summary>Sends the message as a notification, and returns its position.</summary>
    /// <returns>
    /// The message's position in the topic, once it is stored; the default value if the topic has no history. The task fails with a <see
    /// cref="WsTopicUnavailableException"/> if the store of the topic does not confirm the message in time.
    /// </returns>
    public abstract ValueTask<WsTopicPosition> PublishAt(ref JsonRpcOutgoing message);

    /// <summary>As <see cref="PublishAt"/>, without the position.</summary>
    public ValueTask Publish(ref JsonRpcOutgoing message)
    {
        ValueTask<WsTopicPosition> position = PublishAt(ref message);
        if (!position.IsCompletedSuccessfully) return new ValueTask(position.AsTask());
        _ = position.Result;
        return default;
    }

    /// <summary>Sends the message as a request.</summary>
    /// <param name="message">The request.</param>
    /// <param name="timeoutMs">How long the answer may take, in milliseconds; 0: 30,000.</param>
    /// <param name="cancellationToken">Ends the waiting, and tells the client so with <c>$/cancelRequest</c>.</param>
    /// <returns>
    /// A task that completes with the answer. It fails with a <see cref="JsonRpcException"/> if the answer is an error, with a <see
    /// cref="System.Text.Json.JsonException"/> if the answer does not have the type, with a <see cref="TimeoutException"/> if it times out,
    /// or with an <see cref="InvalidOperationException"/> if the request cannot be sent. It is cancelled by the token and by the end of the
    /// connection.
    /// </returns>
    public abstract Task Request(ref JsonRpcOutgoing message, int timeoutMs, CancellationToken cancellationToken);

    /// <inheritdoc cref="Request(ref JsonRpcOutgoing, int, CancellationToken)"/>
    /// <param name="message">The request.</param>
    /// <param name="result">The metadata of the result's type.</param>
    /// <param name="timeoutMs">How long the answer may take, in milliseconds; 0: 30,000.</param>
    /// <param name="cancellationToken">Ends the waiting, and tells the client so with <c>$/cancelRequest</c>.</param>
    public abstract Task<T> Request<T>(
        ref JsonRpcOutgoing message, JsonTypeInfo<T> result, int timeoutMs, CancellationToken cancellationToken);

    /// <summary>Sends the message as a request whose result must not be null: a null answer counts as the wrong type.</summary>
    /// <inheritdoc cref="Request{T}(ref JsonRpcOutgoing, JsonTypeInfo{T}, int, CancellationToken)"/>
    public abstract Task<T> RequestNotNull<T>(
        ref JsonRpcOutgoing message, JsonTypeInfo<T> result, int timeoutMs, CancellationToken cancellationToken)
        where T : class;
}
