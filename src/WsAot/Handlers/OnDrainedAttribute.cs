namespace WsAot;

/// <summary>
/// Marks the method called when you can send again: half of the output limit is free again, after the limit has refused a <c>Send</c>,
/// dropped a published message for this connection, made a <c>SendAsync</c> wait, or stopped WsAot from reading from the client. The method
/// is called once each time, on the connection's loop, even while an asynchronous method of the handler is running, which may wait for it.
/// It is not called once the connection is closing.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnDrainedAttribute : Attribute;
