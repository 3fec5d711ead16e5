using WsAot.Generators.Model;

namespace WsAot.Generators.Describing;

/// <summary>A member of an object, as a client sees it.</summary>
/// <param name="IsOptional">Whether it may be absent.</param>
internal readonly record struct Member(PropertyShape Property, bool IsOptional);
