using WsAot.Generators.Model;

namespace WsAot.Generators.Templates;

/// <summary>A parsed template. If there are <see cref="Errors"/>, <see cref="Segments"/> has only the valid segments.</summary>
internal sealed record Template(
    string Text,
    EquatableArray<TemplateSegment> Segments,
    EquatableArray<TemplateError> Errors)
{
    /// <summary>The names of its parameters, in order.</summary>
    public IEnumerable<string> ParameterNames =>
        Segments.Where(static segment => segment.Kind != SegmentKind.Literal).Select(static segment => segment.Text);

    /// <summary>A key that is equal for templates that match the same paths.</summary>
    public string Shape => string.Concat(Segments.Select(static segment => segment.Kind switch
    {
        SegmentKind.Parameter => "/{}",
        SegmentKind.CatchAll => "/{*}",
        // The length comes first, because a decoded literal can contain any character.
        _ => $"/{segment.Text.Length}:{segment.Text}",
    }));
}
