using WsAot.Generators.Emitting;
using WsAot.Generators.Model;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Writes the method of a client that finds a topic by the values in its name.</summary>
internal sealed class TypeScriptTopicEmitter(SourceWriter writer, Description description)
{
    /// <param name="names">The members of the client.</param>
    public void Emit(TopicDescription topic, NameScope names)
    {
        string name = names.Take(TypeScriptNames.Method(JsonClasses.WithoutPrefix(topic.Model.Name)));
        TopicSegment[] values = [.. topic.Model.Values];
        IReadOnlyList<string> parameters = TypeScriptNames.Parameters([.. values.Select(static value => value.Text)]);
        string signature = string.Join(", ", values.Select((value, i) => $"{parameters[i]}: {TypeOf(value)}"));
        writer.Line().Comment([$"A topic `{topic.Model.Template}`.", topic.Messages.Summary])
            .Braces($"{name}({signature}): RpcTopic<{description.NameOf(topic.Messages)}>", () => writer
                .Braces($"return this.#topics.topic({Name(topic.Model, parameters)},", () => Messages(topic), "});"));
    }

    private void Messages(TopicDescription topic)
    {
        foreach (TypeScriptMethod method in TypeScriptMethod.Of(topic.Messages, description)) writer.Line(method.TopicEntry);
    }

    private static string TypeOf(TopicSegment value) => value.Value is TopicValueKind.Int32 or TopicValueKind.Int64 ? "number" : "string";

    private static string Name(TopicModel topic, IReadOnlyList<string> parameters)
    {
        if (!topic.Values.Any()) return JsonText.String(topic.Template);
        int value = 0;
        // In a template literal, these characters have a meaning.
        return "`" + string.Join("/", topic.Segments.Select(segment => segment.Value is { } kind
            ? $"${{this.#topics.value({parameters[value++]}{(kind == TopicValueKind.Guid ? ".toLowerCase()" : "")})}}"
            : segment.Text.Replace("\\", "\\\\").Replace("`", "\\`").Replace("$", "\\$"))) + "`";
    }
}
