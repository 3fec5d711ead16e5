using System.Diagnostics;
using WsAot.Generators.Model;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Builds routing tries from templates. At each segment, literals are tried before a parameter, and a parameter before a catch-all, with
/// backtracking. So if several templates match, the one with the more literal segment wins at the first segment where they differ.
/// If two templates have the same shape (an error, WSA010), the first one wins.
/// </summary>
internal static class RouteTree
{
    /// <returns>
    /// The cases sorted by count, the default case last. A count that no template matches has an empty case, or no case.
    /// </returns>
    public static IReadOnlyList<RouteCase> Build(IReadOnlyList<EquatableArray<TemplateSegment>> templates)
    {
        Debug.Assert(templates.All(static template => template.Count > 0), "A valid template has at least one segment.");
        int[] catchAlls = Candidates(templates, int.MaxValue);
        int longest = templates.Count == 0 ? 0 : templates.Max(static template => template.Count);
        var cases = new List<RouteCase>();
        for (int count = 1; count <= longest; count++)
        {
            int[] candidates = Candidates(templates, count);
            // If only catch-alls that match every count are left, the default case covers this count. If no route is left but there are
            // such catch-alls, an empty case is needed.
            if (!candidates.SequenceEqual(catchAlls)) cases.Add(new RouteCase(count, Tree(templates, candidates)));
        }

        if (catchAlls.Length > 0) cases.Add(new RouteCase(null, Tree(templates, catchAlls)));
        return cases;
    }

    private static int[] Candidates(IReadOnlyList<EquatableArray<TemplateSegment>> templates, int count) =>
        [.. Enumerable.Range(0, templates.Count).Where(route => CanMatch(templates[route], count))];

    // A catch-all also matches zero segments, so the path may have one segment less than the template.
    private static bool CanMatch(EquatableArray<TemplateSegment> template, int count) =>
        HasCatchAll(template) ? template.Count - 1 <= count : template.Count == count;

    private static bool HasCatchAll(EquatableArray<TemplateSegment> template) => template[template.Count - 1].Kind == SegmentKind.CatchAll;

    private static RouteNode Tree(IReadOnlyList<EquatableArray<TemplateSegment>> templates, int[] routes)
    {
        var root = new RouteNode(0);
        foreach (int route in routes) Insert(root, templates[route], route);
        return root;
    }

    private static void Insert(RouteNode node, EquatableArray<TemplateSegment> template, int route)
    {
        foreach (TemplateSegment segment in template)
        {
            if (segment.Kind == SegmentKind.CatchAll)
            {
                node.CatchAll ??= route;
                return;
            }

            node = segment.Kind == SegmentKind.Parameter
                ? node.Parameter ??= new RouteNode(node.Depth + 1)
                : LiteralChild(node, segment.Text);
        }

        node.End ??= route;
    }

    private static RouteNode LiteralChild(RouteNode node, string text)
    {
        if (!node.Literals.TryGetValue(text, out RouteNode? child)) node.Literals.Add(text, child = new RouteNode(node.Depth + 1));
        return child;
    }
}
