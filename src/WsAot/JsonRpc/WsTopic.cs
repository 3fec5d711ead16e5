using WsAot.JsonRpc;

namespace WsAot;

/// <summary>
/// Sends typed notifications to all subscribers of a topic (<see cref="WsConnection.Subscribe"/>). Take it as a parameter of your handler's
/// constructor. Each notification is converted to JSON once. Any thread.
/// </summary>
/// <typeparam name="TClient">A <see cref="JsonRpcClientAttribute"/> interface.</typeparam>
/// <param name="server">The server that publishes.</param>
/// <param name="create">Creates the proxy; generated code passes it.</param>
public sealed class WsTopic<TClient>(WsServer server, Func<JsonRpcTarget, TClient> create)
    where TClient : class
{
    /// <summary>
    /// The proxy for the subscribers of a topic. Calls of <c>void</c> methods are published, as are those of all methods of a <see
    /// cref="WsTopicAttribute"/> interface; the task of any other method fails with an <see cref="InvalidOperationException"/>, since a
    /// topic has no single answer.
    /// </summary>
    /// <param name="topic">The topic's name; compared ordinally.</param>
    public TClient this[string topic] => create(new JsonRpcTopicTarget(server, topic));

    /// <summary>The proxy for all subscribers of a topic except one: usually the client whose call is being handled.</summary>
    /// <param name="topic">The topic's name; compared ordinally.</param>
    /// <param name="except">The connection that gets no message. It does not need to be a subscriber.</param>
    public TClient Others(string topic, WsConnection except) => create(new JsonRpcTopicTarget(server, topic, except));
}
