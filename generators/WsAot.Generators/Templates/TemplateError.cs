namespace WsAot.Generators.Templates;

/// <summary>A mistake in a template.</summary>
/// <param name="Detail">For <see cref="TemplateErrorKind.Syntax"/>, what is wrong and what to write; else the name.</param>
internal sealed record TemplateError(TemplateErrorKind Kind, string Detail);
