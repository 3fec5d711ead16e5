namespace WsAot;

/// <summary>
/// Marks the method called once, when the connection has ended, however it ended; nothing can be sent any more.
/// It may take a <see cref="WsClose"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnCloseAttribute : Attribute;
