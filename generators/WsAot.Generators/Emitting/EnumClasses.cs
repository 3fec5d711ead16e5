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
            .Select(static argument => argument.Enum)
            .OfType<EnumModel>()
            .Distinct()
            .OrderBy(static model => model.Type, StringComparer.Ordinal))
        {
            _classes.Add(model.Type, new EnumEmitter(model, names.Take(TypeIdentifier.Of(model.Type) + "Values")));
        }
    }

    public IEnumerable<EnumEmitter> All => _classes.Values;

    /// <summary>The methods that check and that read a route value which is parsed.</summary>
    public (string TryParse, string Parse) MethodsFor(Argument argument) => argument.Source switch
    {
        ArgumentSource.RouteUtf8Value => (
            $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.TryParseUtf8}<{argument.Type}>",
            $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.ParseUtf8}<{argument.Type}>"),
        ArgumentSource.RouteUtf16Value => (
            $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.TryParse}<{argument.Type}>",
            $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.Parse}<{argument.Type}>"),
        ArgumentSource.RouteDateTime => (
            $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.TryParseDateTime}",
            $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.ParseDateTime}"),
        ArgumentSource.RouteDateTimeOffset => (
            $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.TryParseDateTimeOffset}",
            $"{GlobalName.WsBinding}.{RoutingTypes.WsBinding.ParseDateTimeOffset}"),
        ArgumentSource.RouteEnum => (
            $"{_classes[argument.Type!].ClassName}.{EnumEmitter.TryParse}", $"{_classes[argument.Type!].ClassName}.{EnumEmitter.Parse}"),
        _ => throw new ArgumentOutOfRangeException(nameof(argument)),
    };
}
