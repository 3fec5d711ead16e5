using WsAot.Generators.Symbols;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Writes the method with which <c>WsServer.Topic&lt;TClient&gt;</c> finds the proxy of an interface. Nothing else calls it, so it is
/// trimmed from an application that does not call <c>Topic</c>.
/// </summary>
internal sealed class TopicClientEmitter(SourceWriter writer, IReadOnlyList<JsonRpcProxy> proxies)
{
    // A class of its own, because it names the user's interfaces, which may be obsolete.
    private const string ClassName = "TopicClients";
    private const string Create = "Create";
    private const string Parameters = $"{GlobalName.Type} client, {GlobalName.WsServer} server, string topic";
    private const string Target = $"{GlobalName.JsonRpcBinding}.{JsonRpcTypes.JsonRpcBinding.Topic}(server, topic)";

    /// <summary>Writes the method of the table.</summary>
    public void Override()
    {
        if (proxies.Count == 0) return;
        writer.Line()
            .Line($"public override object? {RoutingTypes.WsRouteTable.CreateClient}({Parameters}) =>")
            .Indented(() => writer.Line($"{ClassName}.{Create}(client, server, topic);"));
    }

    /// <summary>Writes the class that the method calls.</summary>
    public void Class()
    {
        if (proxies.Count == 0) return;
        writer.Line()
            .Line(ObsoleteSuppression.Inner)
            .Block($"private static class {ClassName}", () => writer.Block($"public static object? {Create}({Parameters})", () =>
            {
                foreach (JsonRpcProxy proxy in proxies)
                {
                    writer.Line($"if (client == typeof({proxy.Client.InterfaceType}))")
                        .Indented(() => writer.Line($"return new {proxy.ClassName}({Target});"));
                }

                writer.Line("return null;");
            }));
    }
}
