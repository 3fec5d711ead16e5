namespace WsAot.Generators.Model;

/// <summary>An interface marked <c>[WsTopic]</c>: the messages of its topics, and what the topics keep.</summary>
/// <param name="InterfaceType">The fully qualified name, with <c>global::</c>.</param>
/// <param name="Namespace">As it is written in code; empty for the global namespace.</param>
/// <param name="Name">The name of the interface, without the namespace.</param>
/// <param name="IsPublic">Whether other assemblies see the interface.</param>
/// <param name="Segments">The template, parsed.</param>
internal sealed record TopicModel(
    string InterfaceType,
    string Namespace,
    string Name,
    bool IsPublic,
    EquatableArray<TopicSegment> Segments,
    int History,
    int HistorySeconds,
    int HistoryBytes,
    bool Presence,
    int MaxPresent)
{
    /// <summary>The template without the types of its values.</summary>
    public string Template =>
        string.Join("/", Segments.Select(static segment => segment.Value is null ? segment.Text : $"{{{segment.Text}}}"));

    /// <summary>The values in the name, in order.</summary>
    public IEnumerable<TopicSegment> Values => Segments.Where(static segment => segment.Value is not null);
}
