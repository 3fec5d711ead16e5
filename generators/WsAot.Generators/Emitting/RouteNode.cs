namespace WsAot.Generators.Emitting;

/// <summary>
/// A node of the routing trie: the segments before it have matched, and its children decide on the next one.
/// </summary>
internal sealed class RouteNode(int depth)
{
    /// <summary>The number of segments that have matched.</summary>
    public int Depth { get; } = depth;

    /// <summary>The children for literal segments, in ordinal order.</summary>
    public SortedDictionary<string, RouteNode> Literals { get; } = new(StringComparer.Ordinal);

    /// <summary>The child for a parameter, which matches any segment that is not empty.</summary>
    public RouteNode? Parameter { get; set; }

    /// <summary>The index of the route whose template ends here.</summary>
    public int? End { get; set; }

    /// <summary>The index of the route whose catch-all takes the rest of the path, which may be empty.</summary>
    public int? CatchAll { get; set; }

    public bool IsEmpty => Literals.Count == 0 && Parameter is null && End is null && CatchAll is null;
}
