using WsAot.Generators.Model;

namespace WsAot.Generators.Describing;

/// <summary>A member of an object as those see it who exchange it with the server.</summary>
/// <param name="IsOptional">Whether it may be absent.</param>
internal readonly record struct Member(PropertyShape Property, bool IsOptional);
