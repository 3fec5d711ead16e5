namespace WsAot.Generators.Model;

/// <summary>A parameter of a method that is called through JSON-RPC.</summary>
/// <param name="Name">Its name, in C# and in JSON, without <c>@</c>.</param>
/// <param name="Source">The argument if it does not come from the message; otherwise null.</param>
/// <param name="Value">The value that is read from or written to the message; null if <paramref name="Source"/> is set.</param>
/// <param name="DefaultValue">A C# expression for the default if the message may omit the parameter; otherwise null.</param>
internal sealed record JsonRpcParameterModel(string Name, Argument? Source, JsonValueModel? Value, string? DefaultValue);
