using System.Text;
using WsAot.Generators.Emitting;

namespace WsAot.Generators.Describing;

/// <summary>A JSON value that is to be read by persons, too: what fits into a line is on one.</summary>
internal sealed class JsonNode
{
    private const int LongestLine = 100;

    private readonly string _text;
    private readonly IReadOnlyList<(string? Name, JsonNode Value)> _items;

    // How many characters it takes on one line.
    private readonly int _width;

    private JsonNode(string text, IReadOnlyList<(string? Name, JsonNode Value)> items)
    {
        _text = text;
        _items = items;
        _width = text.Length + items.Sum(static item => (item.Name?.Length + 2 ?? 0) + item.Value._width + 2);
    }

    public static JsonNode Literal(string json) => new(json, []);

    public static JsonNode String(string value) => new(JsonText.String(value), []);

    public static JsonNode True { get; } = Literal("true");

    public static JsonNode Array(IEnumerable<JsonNode> items) => new("[]", [.. items.Select(static item => ((string?)null, item))]);

    /// <summary>An object of the members that have a value.</summary>
    public static JsonNode Object(IEnumerable<(string Name, JsonNode? Value)> members) =>
        new("{}", [.. members.Where(static member => member.Value is not null).Select(static member => ((string?)JsonText.String(member.Name), member.Value!))]);

    public static JsonNode Object(params (string Name, JsonNode? Value)[] members) => Object(members.AsEnumerable());

    /// <summary>The same object with a member before all others.</summary>
    public JsonNode With(string name, JsonNode value) => new(_text, [(JsonText.String(name), value), .. _items]);

    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, 0);
        return text.Append('\n').ToString();
    }

    private void Append(StringBuilder text, int depth)
    {
        if (_items.Count == 0)
        {
            text.Append(_text);
            return;
        }

        bool isOneLine = depth > 0 && (depth * 2) + _width <= LongestLine;
        string space = isOneLine ? _text == "{}" ? " " : "" : "\n" + new string(' ', depth * 2);
        text.Append(_text[0]);
        for (int i = 0; i < _items.Count; i++)
        {
            text.Append(i == 0 ? "" : isOneLine ? ", " : ",").Append(i > 0 && isOneLine ? "" : space).Append(isOneLine ? "" : "  ");
            if (_items[i].Name is { } name)
                text.Append(name).Append(": ");
            _items[i].Value.Append(text, depth + 1);
        }

        text.Append(space).Append(_text[1]);
    }
}
