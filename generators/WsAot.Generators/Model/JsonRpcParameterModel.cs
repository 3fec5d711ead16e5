namespace WsAot.Generators.Model;

/// <summary>A parameter of a method that is called by JSON-RPC, or that calls by it.</summary>
/// <param name="Name">Its name, in C# and in JSON, without <c>@</c>.</param>
/// <param name="Source">What it is given where that does not come from the message; else null.</param>
/// <param name="Value">What it takes from the message or puts there; null where <paramref name="Source"/> is not.</param>
/// <param name="DefaultValue">The value as a C# expression where the message need not have the parameter; else null.</param>
internal sealed record JsonRpcParameterModel(string Name, Argument? Source, JsonValueModel? Value, string? DefaultValue);
