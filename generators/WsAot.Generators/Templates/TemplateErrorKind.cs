namespace WsAot.Generators.Templates;

internal enum TemplateErrorKind
{
    /// <summary>The text is not a template.</summary>
    Syntax,

    /// <summary>Two parameters have one name.</summary>
    DuplicateName,
}
