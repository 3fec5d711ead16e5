namespace WsAot;

/// <summary>
/// Marks an interface as the methods that you can call on the client. If a handler's constructor takes the interface, it gets a generated
/// proxy for its connection; if it takes a <see cref="WsTopic{TClient}"/> of the interface, it gets proxies for the subscribers of topics.
/// A method that returns <c>void</c> sends a notification; one that returns a task sends a request, which the client answers. Parameters
/// are sent by position.
/// </summary>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class JsonRpcClientAttribute : Attribute
{
    /// <summary>
    /// How long a request waits for its answer, in milliseconds, before its task fails with a <see cref="TimeoutException"/>. 0: 30,000.
    /// </summary>
    public int TimeoutMs { get; set; }

    /// <summary>
    /// Your <c>JsonSerializerContext</c> for <see cref="WsServer.Topic"/>. You need it if no handler takes the interface, or if handlers
    /// with different contexts take it. A handler that takes the interface uses the context of its <see cref="WsRouteAttribute"/>.
    /// </summary>
    public Type? Json { get; set; }
}
