namespace WsAot;

/// <summary>
/// Marks the method called with each whole binary message. The payload is taken as <c>ReadOnlySpan&lt;byte&gt;</c> (no copy,
/// synchronous methods only) or <c>ReadOnlyMemory&lt;byte&gt;</c> (valid until the returned task ends).
/// A handler without one closes a connection that sends binary with 1003.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnBinaryAttribute : Attribute;
