using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>The topics of a <see cref="WsTopicAttribute"/> interface that a route offers. For generated code.</summary>
/// <param name="template">The template, in which <c>{name}</c> stands for a value of any type.</param>
/// <param name="options">What the topics keep.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WsTopicDeclaration(string template, WsTopicOptions options)
{
    /// <summary>The template.</summary>
    public string Template { get; } = template;

    /// <summary>What the topics keep.</summary>
    public WsTopicOptions Options { get; } = options;
}
