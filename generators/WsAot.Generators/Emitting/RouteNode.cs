namespace WsAot.Generators.Emitting;

/// <summary>A point of the decision which route a path takes: the segments before it are decided, the next one is to be looked at.</summary>
internal sealed class RouteNode(int depth)
{
    /// <summary>How many segments are decided.</summary>
    public int Depth { get; } = depth;

    /// <summary>What follows a literal, in ordinal order.</summary>
    public SortedDictionary<string, RouteNode> Literals { get; } = new(StringComparer.Ordinal);

    /// <summary>What follows any segment that is not empty.</summary>
    public RouteNode? Parameter { get; set; }

    /// <summary>The route whose template ends here.</summary>
    public int? End { get; set; }

    /// <summary>The route that takes whatever follows, nothing included.</summary>
    public int? CatchAll { get; set; }

    public bool IsEmpty => Literals.Count == 0 && Parameter is null && End is null && CatchAll is null;
}
