namespace WsAot.Generators.Model;

/// <summary>A member of an object.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="IsRead">Whether the server reads it from JSON that it receives.</param>
/// <param name="IsWritten">Whether the server writes it into JSON that it sends.</param>
/// <param name="IsRequired">Whether JSON that the server receives must have it.</param>
/// <param name="IsSkipped">Whether the server omits it if it is null or has the default value of its type.</param>
/// <param name="Summary">The summary of its documentation comment.</param>
internal sealed record PropertyShape(
    string Name, Shape Shape, bool IsRead, bool IsWritten, bool IsRequired, bool IsSkipped, string? Summary);
