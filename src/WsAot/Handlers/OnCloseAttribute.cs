namespace WsAot;

/// <summary>
/// Marks the method called once when the connection has ended, whatever the cause. You can no longer send. The method may take a <see
/// cref="WsClose"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnCloseAttribute : Attribute;
