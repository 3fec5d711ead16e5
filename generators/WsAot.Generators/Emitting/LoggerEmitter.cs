using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>Writes the method that creates the loggers that the source names, for service factories that ask for them by type.</summary>
internal static class LoggerEmitter
{
    private const string Class = "LoggersByType";
    private const string Create = "Create";
    private const string Parameters = $"{GlobalName.Type} serviceType, {GlobalName.LoggerFactory} factory";

    public static void EmitOverride(SourceWriter writer, EquatableArray<string> classes)
    {
        if (classes.Count == 0) return;
        writer.Member(
            $"public override object? {RoutingTypes.WsRouteTable.CreateLogger}({Parameters})", $"{Class}.{Create}(serviceType, factory)");
    }

    public static void EmitClass(SourceWriter writer, EquatableArray<string> classes)
    {
        if (classes.Count == 0) return;
        writer.Line()
            .Line(ObsoleteSuppression.Inner)
            .Block($"private static class {Class}", () => writer.Block($"public static object? {Create}({Parameters})", () =>
            {
                foreach (string name in classes)
                {
                    writer.Line($"if (serviceType == typeof({GlobalName.ILogger}<{name}>))")
                        .Indented(() => writer.Line($"return new {GlobalName.Logger}<{name}>(factory);"))
                        .Line();
                }

                writer.Line("return null;");
            }));
    }
}
