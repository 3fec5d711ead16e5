namespace WsAot.Generators.Model;

/// <summary>A value that is JSON on the wire.</summary>
/// <param name="Type">
/// The fully qualified name, with <c>global::</c>, but without nullable annotations of references, tuple element names and <c>dynamic</c>:
/// a <c>JsonSerializerContext</c> does not distinguish types by these.
/// </param>
/// <param name="IsNullable">Whether null is allowed. It is if the code has no nullable annotations.</param>
/// <param name="IsReference">Whether it is a reference type, so that JSON can contain null although null is not allowed.</param>
internal sealed record JsonValueModel(string Type, bool IsNullable, bool IsReference);
