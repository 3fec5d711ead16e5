using WsAot.Generators.Model;
using WsAot.Generators.Text;
using static WsAot.Generators.Text.CSharpText;

namespace WsAot.Generators.Describing;

/// <summary>Writes the methods that the server calls: an interface or, for a topic, a class of handlers.</summary>
internal sealed class CSharpInterface(SourceWriter writer, Description description, CSharpTypes types)
{
    public static IReadOnlyList<CSharpMethod> Methods(ClientDescription client, CSharpTypes types) =>
        CSharpMethod.Of(client.Methods, new NameScope(StringComparer.Ordinal, [.. CSharpNames.ReservedMembers]), types);

    public void Interface(ClientDescription client) =>
        writer.Line().Summary(client.Summary ?? "Methods that the server calls.")
            .Block($"public interface {Identifier(description.NameOf(client))}", () =>
            {
                foreach (CSharpMethod method in Methods(client, types)) method.EmitServed(writer);
            });

    public void Handlers(TopicDescription topic)
    {
        string name = description.NameOfHandlers(topic.Messages);
        var names = new NameScope(StringComparer.Ordinal, [.. CSharpNames.TopicMembers, name]);
        IReadOnlyList<CSharpMethod> methods = CSharpMethod.Of(topic.Messages.Methods, names, types);
        string[] delegates = [.. methods.Select(method => names.Take(method.Name + "Handler"))];
        writer.Line()
            .Summary($"Handlers of the messages of {topic.Model.Template}.", topic.Messages.Summary)
            .Block($"public sealed class {Identifier(name)} : RpcTopicHandlers", () =>
            {
                for (int i = 0; i < methods.Count; i++)
                {
                    methods[i].Comment(writer)
                        .Line($"public delegate void {delegates[i]}({string.Join(", ", methods[i].ServedParameters())});");
                }

                for (int i = 0; i < methods.Count; i++)
                {
                    writer.Summary(methods[i].Model.Summary)
                        .Line($"public {delegates[i]}? {Identifier(methods[i].Name)} {{ get; init; }}");
                }

                writer.Block("internal override void Call(string method, JsonElement parameters)", () => Cases(methods));
            });
    }

    private void Cases(IReadOnlyList<CSharpMethod> methods) => writer.Block("switch (method)", () =>
    {
        foreach (CSharpMethod method in methods)
        {
            writer.Line($"case {StringLiteral(method.Model.Name)}:").Indented(() => writer
                .Line($"{Identifier(method.Name)}?.Invoke({string.Join(", ", method.ServedArguments("RpcClient."))});")
                .Line("break;"));
        }
    });
}
