using System.Text.Json;

namespace WsAot.Testing;

/// <summary>A JSON-RPC notification from the server.</summary>
public class WsTestNotification
{
    private readonly JsonSerializerOptions _options;

    internal WsTestNotification(string method, JsonElement parameters, JsonSerializerOptions options) =>
        (Method, Parameters, _options) = (method, parameters, options);

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The parameters as they were sent: an array, an object, or undefined if there are none.</summary>
    public JsonElement Parameters { get; }

    /// <summary>Converts a parameter by its position.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="index">Its position, from 0.</param>
    /// <exception cref="WsTestException">There is no such parameter.</exception>
    /// <exception cref="JsonException">It is of another type.</exception>
    public T GetArgument<T>(int index)
    {
        if (Parameters.ValueKind == JsonValueKind.Array && index >= 0 && index < Parameters.GetArrayLength())
        {
            return Parameters[index].Deserialize<T>(_options)!;
        }

        throw new WsTestException($"There is no parameter {index} in {this}.");
    }

    /// <summary>Converts a parameter by its name.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="name">Its name.</param>
    /// <exception cref="WsTestException">There is no such parameter.</exception>
    /// <exception cref="JsonException">It is of another type.</exception>
    public T GetArgument<T>(string name)
    {
        if (Parameters.ValueKind == JsonValueKind.Object && Parameters.TryGetProperty(name, out JsonElement value))
        {
            return value.Deserialize<T>(_options)!;
        }

        throw new WsTestException($"There is no parameter {name} in {this}.");
    }

    /// <summary>The method and its parameters.</summary>
    public override string ToString() => Method + (Parameters.ValueKind == JsonValueKind.Undefined ? "[]" : Parameters.GetRawText());
}
