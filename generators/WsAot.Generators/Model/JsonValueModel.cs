namespace WsAot.Generators.Model;

/// <summary>A value that is JSON on the wire.</summary>
/// <param name="Type">
/// As code names it, from <c>global::</c> on, in the one form that all spellings of the type share: without the nullability of references,
/// names of tuple elements and <c>dynamic</c>. A <c>JsonSerializerContext</c> tells types apart by no more than that.
/// </param>
/// <param name="IsNullable">Whether null is a value of it. Where code says nothing about the nullability of references, it is.</param>
/// <param name="IsReference">Whether JSON can make it null although null is no value of it.</param>
internal sealed record JsonValueModel(string Type, bool IsNullable, bool IsReference);
