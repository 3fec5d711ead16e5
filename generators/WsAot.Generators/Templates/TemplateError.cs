namespace WsAot.Generators.Templates;

/// <summary>An error in a template.</summary>
/// <param name="Detail">
/// For <see cref="TemplateErrorKind.Syntax"/>, what is wrong and how to correct it; otherwise the duplicate name.
/// </param>
internal sealed record TemplateError(TemplateErrorKind Kind, string Detail);
