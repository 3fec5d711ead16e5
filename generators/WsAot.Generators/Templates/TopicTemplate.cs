using WsAot.Generators.Model;

namespace WsAot.Generators.Templates;

/// <summary>
/// The parsed template of a topic. If there are <see cref="Errors"/>, <see cref="Segments"/> has only the valid segments.
/// </summary>
internal sealed record TopicTemplate(string Text, EquatableArray<TopicSegment> Segments, EquatableArray<TemplateError> Errors)
{
    /// <summary>A key that is equal for templates that match the same names.</summary>
    public static string ShapeOf(EquatableArray<TopicSegment> segments) =>
        string.Join("/", segments.Select(static segment => segment.Value is null ? segment.Text : "{}"));
}
