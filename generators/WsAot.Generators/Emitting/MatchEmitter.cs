using System.Text;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Writes the decision of <see cref="RouteTree"/> as switches and comparisons. Falling out of a branch is how a choice that
/// led nowhere is taken back. Each method says whether its text always returns, because the compiler warns about code after that.
/// </summary>
internal sealed class MatchEmitter(SourceWriter writer, Func<int, string> routeExpression)
{
    // Up to so many literals are compared one after the other; more are told apart by length or by a byte first.
    private const int LiteralsComparedInTurn = 3;

    private int? _count;

    public void Emit(IReadOnlyList<RouteCase> cases)
    {
        if (cases.Count == 0)
        {
            writer.Line("return null;");
            return;
        }

        bool everyCaseReturns = cases[cases.Count - 1].Count is null;
        writer.Block("switch (path.Count)", () =>
        {
            foreach (RouteCase routeCase in cases)
            {
                _count = routeCase.Count;
                writer.Line(_count is { } count ? $"case {CSharpText.Number(count)}:" : "default:");
                everyCaseReturns &= Section(() => Node(routeCase.Root));
            }
        });
        if (!everyCaseReturns)
            writer.Line().Line("return null;");
    }

    private bool Section(Func<bool> content)
    {
        bool returns = false;
        writer.Indented(() =>
        {
            returns = content();
            if (!returns)
                writer.Line("break;");
        });
        return returns;
    }

    private bool Node(RouteNode node)
    {
        if (node.Depth == _count)
            return Return(node.End ?? node.CatchAll);
        Literals([.. node.Literals.Select(static pair => new Literal(pair.Key, pair.Value))], node.Depth);
        if (node.Parameter is { } parameter)
            Branch(NotEmpty(node.Depth), parameter);
        return Return(node.CatchAll);
    }

    private bool Return(int? route)
    {
        if (route is { } index)
            writer.Line($"return {routeExpression(index)};");
        return route is not null;
    }

    private void Literals(IReadOnlyList<Literal> literals, int depth)
    {
        if (literals.Count <= LiteralsComparedInTurn)
        {
            foreach (Literal literal in literals)
                Branch(Equal(literal, depth), literal.Next);
            return;
        }

        if (literals.Select(static literal => literal.Utf8.Length).Distinct().Skip(1).Any())
        {
            Switch($"path[{depth}].Length", literals.GroupBy(static literal => literal.Utf8.Length), CSharpText.Number, depth);
            return;
        }

        int position = MostTellingByte(literals);
        Switch($"path[{depth}][{position}]", literals.GroupBy(literal => literal.Utf8[position]), CSharpText.ByteLiteral, depth);
    }

    private void Switch<TKey>(string value, IEnumerable<IGrouping<TKey, Literal>> groups, Func<TKey, string> label, int depth) =>
        writer.Block($"switch ({value})", () =>
        {
            foreach (IGrouping<TKey, Literal> group in groups.OrderBy(static group => group.Key))
            {
                writer.Line($"case {label(group.Key)}:");
                Section(() =>
                {
                    Literals([.. group], depth);
                    return false;
                });
            }
        });

    private void Branch(string condition, RouteNode node)
    {
        // What has only one way on is one condition.
        while (OnlyNext(node) is ({ } nextCondition, { } next))
        {
            condition += " && " + nextCondition;
            node = next;
        }

        if (node.Depth == _count || (node.Literals.Count == 0 && node.Parameter is null))
            writer.Line($"if ({condition})").Indented(() => Node(node));
        else
            writer.Block($"if ({condition})", () => Node(node));
    }

    private (string Condition, RouteNode Next)? OnlyNext(RouteNode node)
    {
        if (node.Depth == _count || node.CatchAll is not null)
            return null;
        if (node.Parameter is { } parameter)
            return node.Literals.Count == 0 ? (NotEmpty(node.Depth), parameter) : null;
        return node.Literals.Count == 1 && node.Literals.First() is var only
            ? (Equal(new Literal(only.Key, only.Value), node.Depth), only.Value)
            : null;
    }

    private static int MostTellingByte(IReadOnlyList<Literal> literals) =>
        Enumerable.Range(0, literals[0].Utf8.Length)
            .OrderByDescending(position => literals.Select(literal => literal.Utf8[position]).Distinct().Count())
            .First();

    private static string Equal(Literal literal, int depth) =>
        literal.Text.Length == 0
            ? $"path[{depth}].Length == 0"
            : $"Is(path[{depth}], {CSharpText.StringLiteral(literal.Text)}u8)";

    private static string NotEmpty(int depth) => $"path[{depth}].Length != 0";

    private sealed class Literal(string text, RouteNode next)
    {
        public string Text { get; } = text;

        public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);

        public RouteNode Next { get; } = next;
    }
}
