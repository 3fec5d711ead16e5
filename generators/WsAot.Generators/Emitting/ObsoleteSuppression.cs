namespace WsAot.Generators.Emitting;

/// <summary>
/// What the classes that name the user's types and members carry. Of what is obsolete or experimental the compiler says nothing in a class
/// that is so itself, or in another that is. By pragma, each id of the user's would have to be named, and an error cannot be switched off.
/// </summary>
internal static class ObsoleteSuppression
{
    // No rule of ours: nobody sees it.
    private const string Id = "WsAotGenerated";

    /// <summary>On the class that all others are in: to the compiler, a class that is obsolete is not experimental as well.</summary>
    public const string Outer = $"[global::System.Diagnostics.CodeAnalysis.Experimental(\"{Id}\")]";

    /// <summary>On each class in it.</summary>
    public const string Inner = "[global::System.Obsolete]";

    /// <summary>Switched off where these classes are named in turn.</summary>
    public const string Warnings = "CS0612, " + Id;
}
