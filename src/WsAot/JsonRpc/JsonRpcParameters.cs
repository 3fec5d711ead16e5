using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace WsAot.JsonRpc;

/// <summary>
/// Reads the parameters of a call one after the other, by position or by name (JSON-RPC 2.0 section 4.2). At most 128. The first problem
/// ends the reading and is kept: <see cref="JsonRpcRequest.Accept"/> checks for it once, before the method is called. So an invalid call
/// throws no exception, and costs no more than a valid one.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct JsonRpcParameters
{
    /// <summary>Room for every sentence: a C# name has up to 511 characters, and so up to 1,533 bytes.</summary>
    internal const int MaxProblemBytes = 2048;

    private readonly bool _isNamed;
    private Problem _problem;
    private Utf8JsonReader _reader;
    private int _index = -1;
    private Seen _seen;
    private ReadOnlySpan<byte> _name;
    private Exception? _exception;

    /// <param name="json">A JSON array or object, already validated; empty if there are no parameters.</param>
    // Inlined, because otherwise the struct, whose reader is large, would be copied.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal JsonRpcParameters(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return;
        _isNamed = json[0] == '{';
        _reader = new Utf8JsonReader(json);
        _reader.Read();
    }

    private enum Problem : byte
    {
        None,
        NameIsNotText,
        Unknown,
        Twice,
        Missing,
        WrongType,
        Null,
    }

    /// <summary>Whether a parameter is invalid.</summary>
    internal readonly bool HasProblem => _problem != Problem.None;

    /// <summary>
    /// Whether System.Text.Json threw an exception for the problem. That happens only for values that <see cref="JsonRpcValueCheck"/> does
    /// not check: values inside others, and those that an application's converter reads.
    /// </summary>
    internal readonly bool HasThrown => _exception is not null;

    /// <summary>Moves to the next value, if there is one and no problem has been found.</summary>
    public bool MoveNext()
    {
        if (_problem != Problem.None) return false;
        _index++;
        if (!_reader.Read() || _reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) return false;
        if (!_isNamed || !_reader.ValueIsEscaped || JsonRpcText.IsUnicode(_reader.ValueSpan)) return true;
        _problem = Problem.NameIsNotText;
        return false;
    }

    /// <summary>
    /// Whether the current value is the parameter with this position or name, for the first time. If so, records that it was found.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(int index, ReadOnlySpan<byte> name)
    {
        if (_isNamed ? !_reader.ValueTextEquals(name) : index != _index) return false;
        _name = name;
        ref ulong seen = ref _seen[index >> 6];
        if ((seen & (1UL << index)) != 0)
        {
            _problem = Problem.Twice;
            return false;
        }

        seen |= 1UL << index;
        return true;
    }

    /// <summary>Reads the current value.</summary>
    /// <returns>The value; the default if it does not have that type.</returns>
    public T Get<T>(JsonTypeInfo<T> type)
    {
        if (_isNamed) _reader.Read();
        try
        {
            if (JsonRpcValueCheck.IsUsual(_reader.TokenType, type.Kind) || JsonRpcValueCheck.Fits(ref _reader, type))
            {
                return JsonSerializer.Deserialize(ref _reader, type)!;
            }
        }
        // NotSupportedException: the type is abstract, and the JSON does not say which type it is.
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            _exception = exception;
        }

        _problem = Problem.WrongType;
        return default!;
    }

    /// <summary>Reads the current value where null is not allowed.</summary>
    /// <returns>The value; null if it is null, or does not have that type.</returns>
    public T GetNotNull<T>(JsonTypeInfo<T> type)
        where T : class
    {
        T value = Get(type);
        if (value is null && _problem == Problem.None) _problem = Problem.Null;
        return value!;
    }

    /// <summary>Refuses the current value: no parameter has its position or name.</summary>
    public void RefuseCurrent()
    {
        if (_problem == Problem.None) _problem = Problem.Unknown;
    }

    /// <summary>Requires that a parameter without a default was found; called after the last value.</summary>
    public void Require(int index, ReadOnlySpan<byte> name)
    {
        if ((_seen[index >> 6] & (1UL << index)) != 0 || _problem != Problem.None) return;
        _problem = Problem.Missing;
        _name = name;
    }

    /// <summary>Writes the sentence that names the problem.</summary>
    /// <param name="sentence">A buffer of <see cref="MaxProblemBytes"/>.</param>
    /// <returns>Its length.</returns>
    internal readonly int Describe(Span<byte> sentence)
    {
        int length;
        bool isWhole = _problem switch
        {
            Problem.NameIsNotText => Utf8.TryWrite(sentence, $"a name is not Unicode text", out length),
            Problem.Unknown when _isNamed => TryNameUnknown(sentence, out length),
            Problem.Unknown => _index switch
            {
                0 => Utf8.TryWrite(sentence, $"the method has no parameters", out length),
                1 => Utf8.TryWrite(sentence, $"the method has only 1 parameter", out length),
                _ => Utf8.TryWrite(sentence, $"the method has only {_index} parameters", out length),
            },
            Problem.Twice => Utf8.TryWrite(sentence, $"'{_name}' appears twice", out length),
            Problem.Missing => Utf8.TryWrite(sentence, $"'{_name}' is missing", out length),
            Problem.Null => Utf8.TryWrite(sentence, $"'{_name}' is null", out length),
            _ => Utf8.TryWrite(sentence, $"'{_name}' has the wrong type{JsonRpcErrors.Place(_exception)}", out length),
        };
        Debug.Assert(isWhole, "There is room for every sentence.");
        return length;
    }

    private readonly bool TryNameUnknown(Span<byte> sentence, out int length)
    {
        // One character more than is echoed, even if a surrogate pair does not fit, so that a longer name can be recognized.
        Span<char> start = stackalloc char[JsonRpcErrors.MaxEchoedChars + 2];
        ReadOnlySpan<char> name = _reader.ValueIsEscaped ? _reader.GetString() : start[..JsonRpcText.ToUtf16(_reader.ValueSpan, start)];
        return Utf8.TryWrite(sentence, $"there is no parameter '{JsonRpcErrors.Start(name)}{JsonRpcErrors.Ellipsis(name)}'", out length);
    }

    // A bit for each parameter. Shifting a 128-bit number would take longer than comparing the name.
    [InlineArray(2)]
    private struct Seen
    {
        private ulong _first;
    }
}
