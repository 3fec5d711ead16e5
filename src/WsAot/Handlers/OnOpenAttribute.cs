namespace WsAot;

/// <summary>
/// Marks the method called once, when the opening handshake is done and before any message. Returns <c>void</c>, <c>Task</c> or
/// <c>ValueTask</c>; messages wait until it has ended.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnOpenAttribute : Attribute;
