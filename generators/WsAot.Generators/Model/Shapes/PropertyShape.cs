namespace WsAot.Generators.Model;

/// <summary>A member of an object.</summary>
/// <param name="Name">As JSON has it.</param>
/// <param name="IsRead">Whether the server takes its value from JSON that it receives.</param>
/// <param name="IsWritten">Whether it is in JSON that the server sends.</param>
/// <param name="IsRequired">Whether the server misses it in JSON that it receives.</param>
/// <param name="IsSkipped">Whether the server leaves it out of what it sends where it is null, or has the default of its type.</param>
/// <param name="Summary">What its documentation says.</param>
internal sealed record PropertyShape(string Name, Shape Shape, bool IsRead, bool IsWritten, bool IsRequired, bool IsSkipped, string? Summary);
