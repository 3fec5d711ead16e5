namespace WsAot;

/// <summary>
/// Marks the method called with each whole text message, valid UTF-8. The payload is taken as <c>ReadOnlySpan&lt;byte&gt;</c>
/// (no copy, synchronous methods only), <c>ReadOnlyMemory&lt;byte&gt;</c> (valid until the returned task ends) or <c>string</c>.
/// A handler without one closes a connection that sends text with 1003.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnTextAttribute : Attribute;
