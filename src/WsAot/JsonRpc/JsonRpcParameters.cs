using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.JsonRpc;

/// <summary>Reads the parameters of a call one after the other, by position or by name (JSON-RPC 2.0 section 4.2). At most 128.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct JsonRpcParameters
{
    private readonly bool _isNamed;
    private Utf8JsonReader _reader;
    private int _index = -1;
    private UInt128 _seen;
    private ReadOnlySpan<byte> _name;

    /// <param name="json">A JSON array or object, already validated; empty if there are no parameters.</param>
    internal JsonRpcParameters(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return;
        _isNamed = json[0] == '{';
        _reader = new Utf8JsonReader(json);
        _reader.Read();
    }

    /// <summary>Moves to the next value, if there is one.</summary>
    /// <exception cref="JsonRpcException">The parameter's name is not Unicode text.</exception>
    public bool MoveNext()
    {
        _index++;
        if (!_reader.Read() || _reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) return false;
        if (_isNamed && _reader.ValueIsEscaped) RefuseLoneSurrogates();
        return true;
    }

    /// <summary>Whether the current value is the parameter with this position or this name; if so, records that it was found.</summary>
    /// <exception cref="JsonRpcException">The parameter comes twice.</exception>
    public bool IsAt(int index, ReadOnlySpan<byte> name)
    {
        if (_isNamed ? !_reader.ValueTextEquals(name) : index != _index) return false;
        if ((_seen & (UInt128.One << index)) != 0) throw Invalid(name, "comes twice");
        _seen |= UInt128.One << index;
        _name = name;
        return true;
    }

    /// <summary>Reads the current value.</summary>
    /// <exception cref="JsonRpcException">The value does not have that type.</exception>
    public T Get<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(ref _reader, type)!;
        }
        // NotSupportedException: the type is abstract, and the JSON does not say which type it is.
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw Invalid(_name, $"is not of its type{JsonRpcErrors.Place(exception)}");
        }
    }

    /// <summary>Reads the current value where null is not allowed.</summary>
    /// <exception cref="JsonRpcException">The value is null, or does not have that type.</exception>
    public T GetNotNull<T>(JsonTypeInfo<T> type)
        where T : class => Get(type) ?? throw Invalid(_name, "is null");

    /// <summary>Refuses the current value: no parameter has its position or name.</summary>
    /// <exception cref="JsonRpcException">Always.</exception>
    public readonly void RefuseCurrent()
    {
        if (!_isNamed)
        {
            throw JsonRpcErrors.InvalidParams(
                _index switch { 0 => "there are none", 1 => "there is only 1", _ => $"there are only {_index}" });
        }

        throw JsonRpcErrors.InvalidParams($"there is no '{JsonRpcErrors.Shorten(_reader.GetString()!)}'");
    }

    /// <summary>Requires that a parameter without a default was found; called after the last value.</summary>
    /// <exception cref="JsonRpcException">The parameter is missing.</exception>
    public readonly void Require(int index, ReadOnlySpan<byte> name)
    {
        if ((_seen & (UInt128.One << index)) == 0) throw Invalid(name, "is missing");
    }

    private static JsonRpcException Invalid(ReadOnlySpan<byte> name, string problem) =>
        JsonRpcErrors.InvalidParams($"'{System.Text.Encoding.UTF8.GetString(name)}' {problem}");

    private readonly void RefuseLoneSurrogates()
    {
        try
        {
            _reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw JsonRpcErrors.InvalidParams("a name is not Unicode text");
        }
    }
}
