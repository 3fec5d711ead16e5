namespace WsAot.Generators.Model;

/// <summary>One segment of a template.</summary>
/// <param name="Text">The decoded text of a literal (empty after a trailing slash), or the name of a parameter.</param>
internal sealed record TemplateSegment(SegmentKind Kind, string Text);
