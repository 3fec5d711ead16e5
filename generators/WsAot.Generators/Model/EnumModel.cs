namespace WsAot.Generators.Model;

/// <summary>An enum that a route value is read as.</summary>
/// <param name="Type">The fully qualified name, with <c>global::</c>.</param>
/// <param name="IsFlags">Whether a value can combine several members.</param>
/// <param name="AllBits">The bits of all members, as C# writes a <see langword="ulong"/>.</param>
/// <param name="Members">In the order of their declaration.</param>
internal sealed record EnumModel(string Type, bool IsFlags, string AllBits, EquatableArray<EnumMember> Members);
