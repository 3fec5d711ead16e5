namespace WsAot.Architecture.Tests.Folders;

/// <summary>Which folder uses which.</summary>
internal sealed class FolderGraph(IEnumerable<(string From, string To)> arrows)
{
    private readonly ILookup<string, string> _arrows = arrows.Distinct().ToLookup(static arrow => arrow.From, static arrow => arrow.To);

    public IEnumerable<string> UsedBy(string folder) => _arrows[folder].Order(StringComparer.Ordinal);

    /// <summary>The strongly connected components of more than one folder: each folder in one reaches all others in it.</summary>
    public List<string[]> Circles()
    {
        var circles = new List<string[]>();
        foreach (string folder in _arrows.Select(static arrow => arrow.Key).Order(StringComparer.Ordinal))
        {
            if (circles.Any(circle => circle.Contains(folder))) continue;
            HashSet<string> reached = ReachedFrom(folder);
            string[] circle = [.. reached.Where(other => ReachedFrom(other).Contains(folder)).Order(StringComparer.Ordinal)];
            if (circle.Length > 1) circles.Add(circle);
        }

        return circles;
    }

    private HashSet<string> ReachedFrom(string folder)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([folder]);
        while (open.TryPop(out string? next))
        {
            foreach (string used in _arrows[next])
            {
                if (reached.Add(used)) open.Push(used);
            }
        }

        return reached;
    }
}
