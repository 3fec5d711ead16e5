namespace WsAot.Generators.Model;

/// <summary>The members of an enum.</summary>
/// <param name="IsText">Whether they are written as text instead of numbers.</param>
/// <param name="IsFlags">Whether they can be combined.</param>
internal sealed record EnumShape(EquatableArray<EnumMemberShape> Members, bool IsText, bool IsFlags);
