namespace WsAot.Generators.Templates;

internal enum TemplateErrorKind
{
    /// <summary>The text is not a valid template.</summary>
    Syntax,

    /// <summary>Two parameters have the same name.</summary>
    DuplicateName,
}
