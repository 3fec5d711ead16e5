namespace WsAot;

/// <summary>
/// Marks an interface as what the client at the other end can do. A handler's constructor that takes it gets a generated proxy for its
/// connection, one that takes a <see cref="WsTopic{TClient}"/> of it a proxy for all subscribers of a topic. A method that returns
/// <c>void</c> is a notification; one that returns a task is a request, which the client answers. Parameters go by position.
/// </summary>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class JsonRpcClientAttribute : Attribute
{
    /// <summary>How long a request waits for its answer, in milliseconds, before its task ends with a <see cref="TimeoutException"/>. 0: 30,000.</summary>
    public int TimeoutMs { get; set; }
}
