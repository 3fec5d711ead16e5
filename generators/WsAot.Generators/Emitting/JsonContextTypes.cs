using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>The generated class that caches the <c>JsonTypeInfo&lt;T&gt;</c> of each type that the handlers of one context use.</summary>
internal sealed class JsonContextTypes
{
    private const string TypeInfo = $"{GlobalName.JsonRpcBinding}.{JsonRpcTypes.JsonRpcBinding.TypeInfo}";

    private readonly string _context;
    private readonly string _className;
    private readonly SortedDictionary<string, string> _properties = new(StringComparer.Ordinal);

    public JsonContextTypes(string context, string className, IEnumerable<string> types)
    {
        _context = context;
        _className = className;
        var names = new NameScope(StringComparer.Ordinal, className);
        foreach (string type in types.Distinct(StringComparer.Ordinal).OrderBy(static type => type, StringComparer.Ordinal))
        {
            _properties.Add(type, names.Take("Of" + TypeIdentifier.Of(type)));
        }
    }

    /// <summary>An expression for the <c>JsonTypeInfo&lt;T&gt;</c> of a type.</summary>
    public string this[string type] => $"{_className}.{_properties[type]}";

    public void Emit(SourceWriter writer) =>
        writer.Line($"// The JSON metadata of {_context} for each type; read at first use, so that it costs nothing at start.")
            .Line(ObsoleteSuppression.Inner)
            .Block($"private static class {_className}", () =>
            {
                foreach (string type in _properties.Keys) writer.Line($"private static {GlobalName.JsonTypeInfo}<{type}>? {Field(type)};");
                foreach (string type in _properties.Keys)
                {
                    writer.Line()
                        .Line($"public static {GlobalName.JsonTypeInfo}<{type}> {_properties[type]} =>")
                        .Indented(() => writer.Line($"{Field(type)} ??= {TypeInfo}<{type}>({_context}.Default);"));
                }
            });

    private string Field(string type) => "s_of" + _properties[type].Substring(2);
}
