namespace WsAot.Generators.Model;

/// <summary>A member of an enum.</summary>
/// <param name="Name">Without <c>@</c>.</param>
/// <param name="Number">Its value, in decimal digits.</param>
internal sealed record EnumMember(string Name, string Number);
