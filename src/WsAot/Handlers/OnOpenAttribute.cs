namespace WsAot;

/// <summary>
/// Marks the method called once after the opening handshake, before any message. It returns <c>void</c>, <c>Task</c> or <c>ValueTask</c>;
/// messages are queued until it has ended.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnOpenAttribute : Attribute;
