using WsAot.Generators.Model;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Turns templates into decisions. At each segment, a literal is tried before a parameter and that before a catch-all; a choice that
/// leads nowhere is taken back, so that of all templates that match, the one whose first differing segment is more literal wins.
/// Of templates of the same shape (a mistake, WSA010) the first one wins.
/// </summary>
internal static class RouteTree
{
    /// <returns>The cases in the order of their counts, the one without a count last; a count that no template matches has an empty case, or none.</returns>
    public static IReadOnlyList<RouteCase> Build(IReadOnlyList<EquatableArray<TemplateSegment>> templates)
    {
        int[] catchAlls = Candidates(templates, int.MaxValue);
        int longest = templates.Count == 0 ? 0 : templates.Max(static template => template.Count);
        var cases = new List<RouteCase>();
        for (int count = 1; count <= longest; count++)
        {
            int[] candidates = Candidates(templates, count);
            // Where only the catch-alls of every path are left, the last case decides; where nothing is, an empty case says so.
            if (!candidates.SequenceEqual(catchAlls)) cases.Add(new RouteCase(count, Tree(templates, candidates)));
        }

        if (catchAlls.Length > 0) cases.Add(new RouteCase(null, Tree(templates, catchAlls)));
        return cases;
    }

    private static int[] Candidates(IReadOnlyList<EquatableArray<TemplateSegment>> templates, int count) =>
        [.. Enumerable.Range(0, templates.Count).Where(route => CanMatch(templates[route], count))];

    // A catch-all stands for no segment as well: it matches from one segment less than the template has.
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
