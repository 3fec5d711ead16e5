namespace WsAot;

/// <summary>
/// Marks the static method that accepts or rejects the upgrade request before the handler is created. Authenticate here. It returns <see
/// cref="WsUpgrade"/>, <see cref="WsUpgrade{T}"/> to pass a value to the handler's constructor, or a <c>Task</c> or <c>ValueTask</c> of one
/// of them.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnUpgradeAttribute : Attribute;
