namespace WsAot;

/// <summary>
/// Marks the method called with each whole binary message. Take the payload as <c>ReadOnlySpan&lt;byte&gt;</c> (no copy, synchronous
/// methods only) or <c>ReadOnlyMemory&lt;byte&gt;</c> (valid until the returned task ends). If a handler has no such method, a binary
/// message closes the connection with 1003.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnBinaryAttribute : Attribute;
