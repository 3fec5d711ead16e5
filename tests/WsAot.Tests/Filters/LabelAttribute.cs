namespace WsAot.Tests.Filters;

/// <summary>Says something about a method that filters can read.</summary>
public sealed class LabelAttribute(string text) : WsMetadataAttribute
{
    public string Text { get; } = text;
}
