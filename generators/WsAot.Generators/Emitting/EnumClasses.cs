using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>The generated classes that read route values of enums, one for each enum, and their names.</summary>
internal sealed class EnumClasses
{
    private readonly SortedDictionary<string, EnumEmitter> _classes = new(StringComparer.Ordinal);

    public EnumClasses(IEnumerable<HandlerModel> handlers)
    {
        var names = new NameScope(StringComparer.Ordinal);
        foreach (EnumModel model in handlers
            .SelectMany(static handler => handler.ConstructorArguments.Concat(handler.Events.SelectMany(static method => method.Arguments)))
            .Select(static argument => argument.Value?.Enum)
            .OfType<EnumModel>()
            .Distinct()
            .OrderBy(static model => model.Type, StringComparer.Ordinal))
        {
            _classes.Add(model.Type, new EnumEmitter(model, names.Take(TypeIdentifier.Of(model.Type) + "Values")));
        }
    }

    public IEnumerable<EnumEmitter> All => _classes.Values;

    /// <summary>The methods that check and that read a value that is parsed.</summary>
    public (string TryParse, string Parse) MethodsFor(ValueModel value) => value.Kind switch
    {
        ValueKind.Utf8 => Methods(RoutingTypes.WsBinding.TryParseUtf8, RoutingTypes.WsBinding.ParseUtf8, $"<{value.Type}>"),
        ValueKind.Utf16 => Methods(RoutingTypes.WsBinding.TryParse, RoutingTypes.WsBinding.Parse, $"<{value.Type}>"),
        ValueKind.DateTime => Methods(RoutingTypes.WsBinding.TryParseDateTime, RoutingTypes.WsBinding.ParseDateTime),
        ValueKind.DateTimeOffset =>
            Methods(RoutingTypes.WsBinding.TryParseDateTimeOffset, RoutingTypes.WsBinding.ParseDateTimeOffset),
        ValueKind.Enum => (
            $"{_classes[value.Type].ClassName}.{EnumEmitter.TryParse}", $"{_classes[value.Type].ClassName}.{EnumEmitter.Parse}"),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private static (string TryParse, string Parse) Methods(string tryParse, string parse, string typeArgument = "") =>
        ($"{GlobalName.WsBinding}.{tryParse}{typeArgument}", $"{GlobalName.WsBinding}.{parse}{typeArgument}");
}
