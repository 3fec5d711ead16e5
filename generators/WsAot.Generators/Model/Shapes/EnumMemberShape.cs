namespace WsAot.Generators.Model;

/// <summary>A member of an enum.</summary>
/// <param name="Name">As C# has it.</param>
/// <param name="Text">As JSON has it, where it has names.</param>
/// <param name="Number">As JSON has it, where it has numbers.</param>
/// <param name="Summary">What its documentation says.</param>
internal sealed record EnumMemberShape(string Name, string Text, string Number, string? Summary);
