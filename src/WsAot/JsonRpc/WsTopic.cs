using WsAot.JsonRpc;

namespace WsAot;

/// <summary>
/// Typed notifications to all subscribers of a topic (<see cref="WsConnection.Subscribe"/>); taken by a handler's constructor. What is
/// sent is turned into JSON once. Any thread.
/// </summary>
/// <typeparam name="TClient">A <see cref="JsonRpcClientAttribute"/> interface.</typeparam>
/// <param name="server">The server whose topics are meant.</param>
/// <param name="create">Makes the proxy; generated code passes it.</param>
public sealed class WsTopic<TClient>(WsServer server, Func<JsonRpcTarget, TClient> create)
    where TClient : class
{
    /// <summary>
    /// The subscribers of a topic. Its <c>void</c> methods are published; the task of any other ends with an
    /// <see cref="InvalidOperationException"/>, since a topic has no single answer.
    /// </summary>
    /// <param name="topic">The topic's name; compared ordinally.</param>
    public TClient this[string topic] => create(new JsonRpcTopicTarget(server, topic));
}
