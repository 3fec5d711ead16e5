using WsAot.Generators.Model;
using WsAot.Generators.Symbols;
using WsAot.Generators.Text;
using static WsAot.Generators.Text.CSharpText;

namespace WsAot.Generators.Emitting;

/// <summary>Writes the topics that a route offers, and the method that asks the handler who may subscribe to them.</summary>
internal sealed class SubscribeEmitter(SourceWriter writer, JsonRpcModel model, JsonClasses classes)
{
    private const string Bool = GlobalName.ValueTask + "<bool>";
    private const string Yes = $"mayHear = new {Bool}(true);";

    /// <summary>Writes the list of the topics; nothing if there are none.</summary>
    public void Declarations()
    {
        if (model.Topics.Count == 0) return;
        writer.Line().Block(
            $"public override {GlobalName.ReadOnlyList}<{GlobalName.WsTopicDeclaration}> {RoutingTypes.WsRoute.Topics} {{ get; }} = "
                + $"new {GlobalName.WsTopicDeclaration}[]",
            () =>
            {
                foreach (TopicModel topic in model.Topics) Declaration(topic);
            },
            "};");
    }

    /// <summary>Writes the method; nothing if there is nothing to parse and no method to ask.</summary>
    public void Method()
    {
        if (model.Topics.All(topic => !IsParsed(topic) && MethodFor(topic) is null)) return;
        writer.Line().Block(
            $"protected override bool {JsonRpcTypes.JsonRpcRoute.TrySubscribe}"
                + $"({GlobalName.JsonRpcPeer} peer, in {GlobalName.JsonRpcSubscription} subscription, out {Bool} mayHear)",
            () =>
            {
                writer.Block($"switch (subscription.{JsonRpcTypes.JsonRpcSubscription.Declaration})", () =>
                {
                    for (int i = 0; i < model.Topics.Count; i++) Case(model.Topics[i], i);
                    writer.Line("default:").Indented(() => writer.Line(Yes).Line("return true;"));
                });
            });
    }

    /// <summary>The type of a value as it is written in code.</summary>
    public static string TypeOf(TopicSegment value) => value.Value switch
    {
        TopicValueKind.Int32 => "int",
        TopicValueKind.Int64 => "long",
        TopicValueKind.Guid => "global::System.Guid",
        _ => "string",
    };

    private void Declaration(TopicModel topic)
    {
        var options = new List<string>();
        if (topic.History != 0)
        {
            options.Add($"{WsAotTypes.WsTopicOptions.History} = {Number(topic.History)}");
            options.Add($"{WsAotTypes.WsTopicOptions.HistorySeconds} = {Number(topic.HistorySeconds)}");
            options.Add($"{WsAotTypes.WsTopicOptions.HistoryBytes} = {Number(topic.HistoryBytes)}");
        }

        if (topic.Presence)
        {
            options.Add($"{WsAotTypes.WsTopicOptions.Presence} = true");
            options.Add($"{WsAotTypes.WsTopicOptions.MaxPresent} = {Number(topic.MaxPresent)}");
        }

        string set = options.Count == 0 ? "()" : $" {{ {string.Join(", ", options)} }}";
        writer.Line($"// {topic.InterfaceType}")
            .Line($"new {GlobalName.WsTopicDeclaration}({StringLiteral(topic.Template)}, new {GlobalName.WsTopicOptions}{set}),");
    }

    private void Case(TopicModel topic, int index)
    {
        SubscribeModel? method = MethodFor(topic);
        if (!IsParsed(topic) && method is null) return;
        TopicSegment[] values = [.. topic.Values];
        writer.Block($"case {Number(index)}:", () =>
        {
            for (int i = 0; i < values.Length; i++) Parse(values[i], i);
            writer.Line(method is null ? Yes : $"mayHear = {Call(topic, method, values)};").Line("return true;");
        });
    }

    private void Parse(TopicSegment value, int index)
    {
        if (value.Value == TopicValueKind.Text) return;
        string parse = $"{GlobalName.WsTopicValue}.{RoutingTypes.WsTopicValue.TryParse}"
            + $"(subscription[{Number(index)}], out {TypeOf(value)} value{Number(index)})";
        writer.Block($"if (!{parse})", () => writer.Line("mayHear = default;").Line("return false;")).Line();
    }

    private string Call(TopicModel topic, SubscribeModel method, TopicSegment[] values)
    {
        string target = $"{GlobalName.Unsafe}.{SystemTypes.Unsafe.As}<{method.DeclaringType}>(peer.{JsonRpcTypes.JsonRpcPeer.Handler})";
        string proxy = $"new {classes.Proxy(model.Context, topic.InterfaceType)}"
            + $"(subscription.{JsonRpcTypes.JsonRpcSubscription.Target})";
        IEnumerable<string> arguments = method.Arguments.Select(at => at == SubscribeModel.ConnectionClosed
            ? $"peer.{JsonRpcTypes.JsonRpcPeer.Connection}.{WsAotTypes.WsConnection.ConnectionClosed}"
            : values[at].Value == TopicValueKind.Text ? $"subscription[{Number(at)}].ToString()"
            : "value" + Number(at));
        string call = $"{target}.{Identifier(method.MethodName)}({string.Join(", ", arguments.Prepend(proxy))})";
        return method.Returns == ReturnKind.ValueTask ? call : $"new {Bool}({call})";
    }

    private SubscribeModel? MethodFor(TopicModel topic) =>
        model.Subscribes.FirstOrDefault(method => method.InterfaceType == topic.InterfaceType);

    private static bool IsParsed(TopicModel topic) => topic.Values.Any(static value => value.Value != TopicValueKind.Text);
}
