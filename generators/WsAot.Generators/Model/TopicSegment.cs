namespace WsAot.Generators.Model;

/// <summary>One segment of the template of a topic.</summary>
/// <param name="Text">The literal, or the name of the value.</param>
/// <param name="Value">Null for a literal.</param>
internal sealed record TopicSegment(string Text, TopicValueKind? Value);
