using WsAot.Generators.Model;

namespace WsAot.Generators.Templates;

/// <summary>A template, parsed; where <see cref="Errors"/> are, <see cref="Segments"/> are what could be read in spite of them.</summary>
internal sealed record Template(
    string Text,
    EquatableArray<TemplateSegment> Segments,
    EquatableArray<TemplateError> Errors)
{
    /// <summary>The names of its parameters, in order.</summary>
    public IEnumerable<string> ParameterNames =>
        Segments.Where(static segment => segment.Kind != SegmentKind.Literal).Select(static segment => segment.Text);

    /// <summary>The same for all templates that match the same paths.</summary>
    public string Shape => string.Concat(Segments.Select(static segment => segment.Kind switch
    {
        SegmentKind.Parameter => "/{}",
        SegmentKind.CatchAll => "/{*}",
        // A decoded literal can hold any character, so its length stands before it.
        _ => $"/{segment.Text.Length}:{segment.Text}",
    }));
}
