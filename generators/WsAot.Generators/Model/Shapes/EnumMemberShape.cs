namespace WsAot.Generators.Model;

/// <summary>A member of an enum.</summary>
/// <param name="Name">The name in C#.</param>
/// <param name="Text">The JSON string, if the enum is written as text.</param>
/// <param name="Number">The JSON number, if the enum is written as a number.</param>
/// <param name="Summary">The summary of its documentation comment.</param>
internal sealed record EnumMemberShape(string Name, string Text, string Number, string? Summary);
