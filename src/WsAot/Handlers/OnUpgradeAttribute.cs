namespace WsAot;

/// <summary>
/// Marks the static method that sees the upgrade request before the handler exists, and accepts or rejects it: authentication
/// lives here. It returns <see cref="WsUpgrade"/>, or <see cref="WsUpgrade{T}"/> where it hands something over to the handler's
/// constructor, or a <c>Task</c> or <c>ValueTask</c> of one of them.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnUpgradeAttribute : Attribute;
