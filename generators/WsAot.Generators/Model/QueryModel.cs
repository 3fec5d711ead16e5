namespace WsAot.Generators.Model;

/// <summary>Which values of the query a parameter takes.</summary>
/// <param name="Key">The key in the query.</param>
/// <param name="IsRequired">Whether the key must be there.</param>
/// <param name="IsArray">Whether the parameter takes all values of the key.</param>
/// <param name="Default">The expression for a key that is missing; null for null.</param>
internal sealed record QueryModel(string Key, bool IsRequired, bool IsArray, string? Default);
