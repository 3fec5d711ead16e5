namespace WsAot.Generators.Emitting;

/// <summary>
/// Attributes for generated classes that use the user's types. The compiler does not warn about an obsolete or experimental member inside a
/// class that is obsolete or experimental itself. A pragma would not do: it has to list every id that the user chose, and it cannot
/// suppress an error.
/// </summary>
internal static class ObsoleteSuppression
{
    // An id that only the pragma below uses; it is never reported.
    private const string Id = "WsAotGenerated";

    /// <summary>For the outer class. It is a class of its own because the compiler ignores [Experimental] on an obsolete class.</summary>
    public const string Outer = $"[global::System.Diagnostics.CodeAnalysis.Experimental(\"{Id}\")]";

    /// <summary>For each class nested in it.</summary>
    public const string Inner = "[global::System.Obsolete]";

    /// <summary>The warnings about these attributes themselves, which the generated file disables.</summary>
    public const string Warnings = "CS0612, " + Id;
}
