namespace WsAot;

/// <summary>
/// Declares topics that JSON-RPC clients can subscribe to with <c>$/subscribe</c>. It stands on a <see cref="JsonRpcClientAttribute"/>
/// interface, whose methods are the messages. The routes that offer the topics name the interface in <see
/// cref="WsRouteAttribute.Topics"/>.
/// <para>
/// A method returns <c>void</c>; or <see cref="ValueTask"/>, which ends when the message is kept, or a <see cref="ValueTask{TResult}"/> of
/// <see cref="WsTopicPosition"/>, its place. With a store outside of this process, the task fails with a <see
/// cref="WsTopicUnavailableException"/> if the store does not confirm the message in time. For clients there is no difference.
/// </para>
/// </summary>
/// <param name="template">
/// The topics' names: segments that are separated by <c>/</c>, of which <c>{name}</c> or <c>{name:int}</c> stands for a value, as in
/// routes: <c>chat/{room}</c>.
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
