using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>Whom a generated proxy speaks to: a client, or the subscribers of a topic. Any thread.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JsonRpcTarget
{
    private protected JsonRpcTarget()
    {
    }

    /// <summary>Begins a message. Its parameters follow, then <see cref="Notify"/> or one of the <c>Request</c> methods; once.</summary>
    /// <param name="method">The name of the method, in UTF-8.</param>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "What a message is written with is the target's affair; proxies need not know.")]
    public JsonRpcOutgoing Begin(ReadOnlySpan<byte> method)
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.BeginMessage(method);
        return new JsonRpcOutgoing(output);
    }

    /// <summary>Sends it as a notification.</summary>
    public abstract void Notify(ref JsonRpcOutgoing message);

    /// <summary>Sends it as a request.</summary>
    /// <param name="message">The request.</param>
    /// <param name="timeoutMs">How long the answer may take, in milliseconds; 0: 30,000.</param>
    /// <param name="cancellationToken">Ends the waiting, and tells the client so with <c>$/cancelRequest</c>.</param>
    /// <returns>
    /// Ends with the answer; with a <see cref="JsonRpcException"/> if that is an error; with a <see cref="System.Text.Json.JsonException"/> if
    /// it is not of its type; with a <see cref="TimeoutException"/>; with an <see cref="InvalidOperationException"/> if the client cannot be
    /// asked; or cancelled, also by the end of the connection.
    /// </returns>
    public abstract Task Request(ref JsonRpcOutgoing message, int timeoutMs, CancellationToken cancellationToken);

    /// <inheritdoc cref="Request(ref JsonRpcOutgoing, int, CancellationToken)"/>
    /// <param name="message">The request.</param>
    /// <param name="result">How the result is read.</param>
    /// <param name="timeoutMs">How long the answer may take, in milliseconds; 0: 30,000.</param>
    /// <param name="cancellationToken">Ends the waiting, and tells the client so with <c>$/cancelRequest</c>.</param>
    public abstract Task<T> Request<T>(ref JsonRpcOutgoing message, JsonTypeInfo<T> result, int timeoutMs, CancellationToken cancellationToken);

    /// <summary>Sends it as a request whose result null is not; an answer of null is one of another type.</summary>
    /// <inheritdoc cref="Request{T}(ref JsonRpcOutgoing, JsonTypeInfo{T}, int, CancellationToken)"/>
    public abstract Task<T> RequestNotNull<T>(ref JsonRpcOutgoing message, JsonTypeInfo<T> result, int timeoutMs, CancellationToken cancellationToken)
        where T : class;
}
