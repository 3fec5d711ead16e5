namespace WsAot;

/// <summary>
/// Marks the method called when there is room again for what you send: half of the output limit is free after the limit has kept something
/// back. That is: a <c>Send</c> was refused, a published message was dropped for this connection, a <c>SendAsync</c> had to wait, or WsAot
/// had stopped reading from the client. Called once for each such time, on the connection's loop, also while an asynchronous method of the
/// handler is running, which may wait for it. Not called once the connection is closing.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnDrainedAttribute : Attribute;
