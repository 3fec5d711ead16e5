namespace WsAot.Generators.Templates;

internal enum TemplateProblemKind
{
    /// <summary>The text is not a template.</summary>
    Syntax,

    /// <summary>Two parameters have one name.</summary>
    NameTwice,
}

/// <summary>A mistake in a template.</summary>
/// <param name="Detail">For <see cref="TemplateProblemKind.Syntax"/>, what is wrong and what to write; else the name.</param>
internal sealed record TemplateProblem(TemplateProblemKind Kind, string Detail);
