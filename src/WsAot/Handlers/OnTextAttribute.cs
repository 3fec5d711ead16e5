namespace WsAot;

/// <summary>
/// Marks the method called with each whole text message, which is valid UTF-8. Take the payload as <c>ReadOnlySpan&lt;byte&gt;</c> (no
/// copy, synchronous methods only), <c>ReadOnlyMemory&lt;byte&gt;</c> (valid until the returned task ends) or <c>string</c>. If a handler
/// has no such method, a text message closes the connection with 1003.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnTextAttribute : Attribute;
