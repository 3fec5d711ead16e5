using WsAot.Generators.Emitting;
using WsAot.Generators.Model;
using WsAot.Generators.Text;
using static WsAot.Generators.Text.CSharpText;

namespace WsAot.Generators.Describing;

/// <summary>
/// Writes the client class of one route in C#. It has a method for each JSON-RPC method of the handler, and for each topic.
/// </summary>
internal sealed class CSharpClientEmitter(SourceWriter writer, Description description, CSharpTypes types, DescribedRoute route)
{
    private readonly HandlerModel _handler = route.Handler;
    private readonly HandlerDescription _rpc = route.Description;
    private readonly string _name = Identifier(description.NameOf(route));

    public void Emit()
    {
        (string Interface, string Property)[] served = Served();
        string options = Options(served);
        var names = new NameScope(StringComparer.Ordinal, [.. CSharpNames.ClientMembers, _name.TrimStart('@')]);
        IReadOnlyList<CSharpMethod> methods = CSharpMethod.Of(_rpc.Methods, names, types);
        writer.Line()
            .Summary($"A connection to {_handler.Template}.", _rpc.Summary)
            .Block($"public sealed class {_name} : RpcClient", () =>
            {
                if (served.Length > 0) writer.Line($"private readonly {options} _options;");
                if (_rpc.Topics.Count > 0) writer.Line("private readonly RpcTopics _topics;");
                if (served.Length > 0 || _rpc.Topics.Count > 0) writer.Line();
                Constructors(options, isRequired: served.Length > 0);
                foreach (CSharpMethod method in methods)
                {
                    writer.Line();
                    method.EmitCall(writer);
                    if (method.HasResult) continue;
                    writer.Line();
                    method.EmitNotification(writer);
                }

                foreach (TopicDescription topic in _rpc.Topics) Topic(topic, names);
                if (served.Length > 0) Serve(served);
            });
    }

    private (string Interface, string Property)[] Served()
    {
        var names = new NameScope(
            StringComparer.Ordinal,
            [
                .. CSharpNames.ReservedMembers,
                .. "Configure Connect HeartbeatInterval HeartbeatTimeout InitialReconnectDelay MaxReconnectDelay".Split(' '),
                .. "ShouldReconnect MaxMessageBytes OnError".Split(' '),
            ]);
        return [.. _rpc.Clients.Select(client =>
            (Identifier(description.NameOf(client)), Identifier(names.Take(JsonClasses.WithoutPrefix(client.Name)))))];
    }

    /// <summary>Writes the class of the options that only this client has, if there are any.</summary>
    /// <returns>The name of the options class.</returns>
    private string Options((string Interface, string Property)[] served)
    {
        if (served.Length == 0) return "RpcClientOptions";
        string name = Identifier(description.NameOfOptions(route));
        writer.Line().Summary($"The options of a {_name}.").Block($"public sealed class {name} : RpcClientOptions", () =>
        {
            foreach ((string type, string property) in served)
            {
                writer.Summary("Methods that the server calls.").Line($"public required {type} {property} {{ get; init; }}");
            }
        });
        return name;
    }

    private void Constructors(string options, bool isRequired)
    {
        IEnumerable<string> values =
            _handler.Segments.Where(static segment => segment.Kind != SegmentKind.Literal).Select(static segment => segment.Text);
        IReadOnlyList<string> parameters = CSharpNames.Parameters(values, "server", "options");
        string declared = string.Concat(parameters.Select(static parameter => $", string {parameter}"));
        string passed = string.Concat(parameters.Select(static parameter => $", {parameter}"));
        string more = isRequired ? $", {options} options" : $", {options}? options = null";
        writer.Line("/// <param name=\"server\">The server's address: <c>wss://example.org</c>, with an optional path and query.</param>")
            .Line($"public {_name}(Uri server{declared}{more})")
            .Indented(() => writer.Line($": this(_ => new ValueTask<Uri>(server){passed}, options)"))
            .Line("{")
            .Line("}")
            .Line()
            .Line("/// <param name=\"server\">Returns the address of the server. Called before each attempt to connect.</param>")
            .Line($"public {_name}(Func<CancellationToken, ValueTask<Uri>> server{declared}{more})")
            .Indented(() => writer.Line($": base(server, {Path(parameters)}, [{Protocols}], options)"))
            .Line("{")
            .Indented(() =>
            {
                if (isRequired) writer.Line("_options = options;");
                if (_rpc.Topics.Count > 0) writer.Line("_topics = new RpcTopics(this);").Line("Topics = _topics;");
                writer.Line("Start();");
            })
            .Line("}");
    }

    private string Protocols => string.Join(", ", _handler.Options.Subprotocols.Select(StringLiteral));

    private string Path(IReadOnlyList<string> parameters)
    {
        int value = 0;
        string[] parts = [.. _handler.Segments.Select(segment => segment.Kind switch
        {
            SegmentKind.Literal => StringLiteral("/" + Uri.EscapeDataString(segment.Text)),
            SegmentKind.CatchAll =>
                $"\"/\" + string.Join('/', Array.ConvertAll({parameters[value++]}.Split('/'), Uri.EscapeDataString))",
            _ => $"\"/\" + Uri.EscapeDataString({parameters[value++]})",
        })];
        return string.Join(" + ", parts);
    }

    private void Topic(TopicDescription topic, NameScope names)
    {
        TopicSegment[] values = [.. topic.Model.Values];
        IReadOnlyList<string> parameters = CSharpNames.Parameters(values.Select(static value => value.Text));
        string declared = string.Join(", ", values.Select((value, i) => $"{TypeOf(value)} {parameters[i]}"));
        string name = Identifier(names.Take(CSharpNames.Member(JsonClasses.WithoutPrefix(topic.Model.Name))));
        string handlers = Identifier(description.NameOfHandlers(topic.Messages));
        int next = 0;
        string[] parts = [.. topic.Model.Segments.Select(segment =>
            segment.Value is null ? StringLiteral(segment.Text) : $"RpcTopics.Value({parameters[next++]})")];
        writer.Line()
            .Summary($"A topic {topic.Model.Template}.", topic.Messages.Summary)
            .Line($"public RpcTopic<{handlers}> {name}({declared}) => new(_topics, {string.Join(" + \"/\" + ", parts)});");
    }

    private static string TypeOf(TopicSegment value) => value.Value switch
    {
        TopicValueKind.Int32 => "int",
        TopicValueKind.Int64 => "long",
        TopicValueKind.Guid => "Guid",
        _ => "string",
    };

    private void Serve((string Interface, string Property)[] served)
    {
        writer.Line()
            .Line("private protected override async ValueTask<bool> ServeAsync(")
            .Indented(() => writer.Line(
                "string method, JsonElement parameters, Utf8JsonWriter result, CancellationToken cancellationToken)"))
            .Line("{")
            .Indented(() => writer.Block("switch (method)", () =>
            {
                // A method that two interfaces inherit appears once.
                var seen = new HashSet<string>(StringComparer.Ordinal);
                for (int i = 0; i < served.Length; i++)
                {
                    foreach (CSharpMethod method in CSharpInterface.Methods(_rpc.Clients[i], types).Where(one => seen.Add(one.Model.Name)))
                    {
                        method.EmitCase(writer, "_options." + served[i].Property);
                    }
                }

                writer.Line("default:").Indented(() => writer.Line("return false;"));
            }))
            .Line("}");
    }
}
