namespace WsAot.Generators.Model;

/// <summary>Where <c>WsRoutes</c> is declared.</summary>
/// <param name="Namespace">As it is written in code; empty for the global namespace.</param>
/// <param name="HasAlias">
/// Whether the name <c>WsRoutes</c> stands for it in every file, so that a program need not name the namespace.
/// </param>
/// <param name="HidesAnother">
/// Whether a referenced project has its table in an enclosing namespace, such as the application that a test project tests.
/// </param>
internal sealed record TablePlace(string Namespace, bool HasAlias, bool HidesAnother = false)
{
    /// <summary>The name of the generated class.</summary>
    public const string ClassName = "WsRoutes";
}
