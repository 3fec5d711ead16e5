namespace WsAot;

/// <summary>
/// Declares topics that JSON-RPC clients can subscribe to with <c>$/subscribe</c>. Put it on a <see cref="JsonRpcClientAttribute"/>
/// interface, whose methods are the messages. A route offers the topics if it names the interface in <see cref="WsRouteAttribute.Topics"/>.
/// <para>
/// A method returns <c>void</c>, a <see cref="ValueTask"/> that ends when the message is stored, or a <see cref="ValueTask{TResult}"/> of
/// the message's <see cref="WsTopicPosition"/>. With a store outside this process, the task fails with a <see
/// cref="WsTopicUnavailableException"/> if the store does not confirm the message in time. For clients there is no difference.
/// </para>
/// </summary>
/// <param name="template">
/// The topics' names: segments separated by <c>/</c>, such as <c>chat/{room}</c>. As in routes, <c>{name}</c> or <c>{name:int}</c> stands
/// for a value.
/// </param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class WsTopicAttribute(string template) : Attribute
{
    /// <summary>The topics' names.</summary>
    public string Template { get; } = template;

    /// <inheritdoc cref="WsTopicOptions.History"/>
    public int History { get; set; }

    /// <inheritdoc cref="WsTopicOptions.HistorySeconds"/>
    public int HistorySeconds { get; set; } = 600;

    /// <inheritdoc cref="WsTopicOptions.HistoryBytes"/>
    public int HistoryBytes { get; set; } = 1024 * 1024;

    /// <inheritdoc cref="WsTopicOptions.Presence"/>
    public bool Presence { get; set; }

    /// <inheritdoc cref="WsTopicOptions.MaxPresent"/>
    public int MaxPresent { get; set; } = 1000;
}
