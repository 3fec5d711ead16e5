using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>The topics of a <see cref="WsTopicAttribute"/> interface that a route offers. For generated code.</summary>
/// <param name="template">The template, in which <c>{name}</c> stands for a value of any type.</param>
/// <param name="options">The history and the presence of the topics.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WsTopicDeclaration(string template, WsTopicOptions options)
{
    /// <summary>The template.</summary>
    public string Template { get; } = template;

    /// <summary>The history and the presence of the topics.</summary>
    public WsTopicOptions Options { get; } = options;
}
