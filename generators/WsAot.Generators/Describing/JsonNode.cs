using System.Text;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>A JSON value that is written for people to read: whatever fits on one line is put on one line.</summary>
internal sealed class JsonNode
{
    private const int LongestLine = 100;

    private readonly string _text;
    private readonly (string? Name, JsonNode Value)[] _items;

    // The length in characters if written on one line.
    private readonly int _width;

    private JsonNode(string text, (string? Name, JsonNode Value)[] items)
    {
        _text = text;
        _items = items;
        _width = text.Length;
        foreach ((string? name, JsonNode value) in items) _width += (name?.Length + 2 ?? 0) + value._width + 2;
    }

    public static JsonNode Literal(string json) => new(json, []);

    public static JsonNode String(string value) => new(JsonText.String(value), []);

    public static JsonNode True { get; } = Literal("true");

    public static JsonNode Array(IEnumerable<JsonNode> items) => new("[]", [.. items.Select(static item => ((string?)null, item))]);

    /// <summary>An object; members whose value is null are left out.</summary>
    public static JsonNode Object(params (string Name, JsonNode? Value)[] members)
    {
        int count = 0;
        foreach ((_, JsonNode? value) in members) count += value is null ? 0 : 1;
        var items = new (string? Name, JsonNode Value)[count];
        count = 0;
        foreach ((string name, JsonNode? value) in members)
        {
            if (value is not null) items[count++] = (JsonText.String(name), value);
        }

        return new("{}", items);
    }

    public static JsonNode Object(IEnumerable<(string Name, JsonNode? Value)> members) => Object([.. members]);

    /// <summary>A copy of the object with one more member in front.</summary>
    public JsonNode With(string name, JsonNode value) => new(_text, [(JsonText.String(name), value), .. _items]);

    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, 0);
        return text.Append('\n').ToString();
    }

    private void Append(StringBuilder text, int depth)
    {
        if (_items.Length == 0) text.Append(_text);
        else if (depth > 0 && (depth * 2) + _width <= LongestLine) AppendInLine(text);
        else AppendInLines(text, depth);
    }

    private void AppendInLine(StringBuilder text)
    {
        if (_items.Length == 0)
        {
            text.Append(_text);
            return;
        }

        bool isObject = _text == "{}";
        text.Append(isObject ? "{ " : "[");
        for (int i = 0; i < _items.Length; i++)
        {
            AppendName(text.Append(i > 0 ? ", " : ""), _items[i].Name);
            _items[i].Value.AppendInLine(text);
        }

        text.Append(isObject ? " }" : "]");
    }

    private void AppendInLines(StringBuilder text, int depth)
    {
        text.Append(_text[0]);
        for (int i = 0; i < _items.Length; i++)
        {
            text.Append(i > 0 ? ",\n" : "\n").Append(' ', (depth * 2) + 2);
            AppendName(text, _items[i].Name);
            _items[i].Value.Append(text, depth + 1);
        }

        text.Append('\n').Append(' ', depth * 2).Append(_text[1]);
    }

    private static void AppendName(StringBuilder text, string? name)
    {
        if (name is not null) text.Append(name).Append(": ");
    }
}
