using System.Diagnostics;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Writes a <see cref="RouteTree"/> as switches and comparisons. Falling out of a branch is how the generated code backtracks from a dead
/// end. Each method returns whether its code always returns, because the compiler warns about unreachable code after it.
/// </summary>
internal sealed class MatchEmitter(SourceWriter writer, Func<int, string> routeExpression)
{
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
            for (int i = 0; i < cases.Count; i++)
            {
                RouteCase routeCase = cases[i];
                _count = routeCase.Count;
                writer.Line(_count is { } count ? $"case {CSharpText.Number(count)}:" : "default:");
                // Neighbouring cases that match no route share one section.
                if (!(routeCase.Root.IsEmpty && i + 1 < cases.Count && cases[i + 1].Root.IsEmpty))
                {
                    everyCaseReturns &= Section(() => Node(routeCase.Root));
                }
            }
        });
        if (!everyCaseReturns) writer.Line().Line("return null;");
    }

    private bool Section(Func<bool> content)
    {
        bool returns = false;
        writer.Indented(() =>
        {
            returns = content();
            if (!returns) writer.Line("break;");
        });
        return returns;
    }

    private bool Node(RouteNode node)
    {
        Debug.Assert(_count is null || node.Depth <= _count, "No node is deeper than the paths of its case.");
        if (node.Depth == _count) return Return(node.End ?? node.CatchAll);
        var literals = new LiteralSwitch(writer, Segment(node.Depth), text => Branch(Equal(text, node.Depth), node.Literals[text]));
        literals.Emit(node.Literals.Keys);
        if (node.Parameter is { } parameter) Branch(NotEmpty(node.Depth), parameter);
        return Return(node.CatchAll);
    }

    private bool Return(int? route)
    {
        if (route is { } index) writer.Line($"return {routeExpression(index)};");
        return route is not null;
    }

    private void Branch(string condition, RouteNode node)
    {
        // A chain of nodes with one child each becomes one condition.
        while (OnlyChild(node) is ({ } nextCondition, { } next))
        {
            condition += " && " + nextCondition;
            node = next;
        }

        if (node.Depth == _count || (node.Literals.Count == 0 && node.Parameter is null))
        {
            writer.Line($"if ({condition})").Indented(() => Node(node));
        }
        else
        {
            writer.Block($"if ({condition})", () => Node(node));
        }
    }

    private (string Condition, RouteNode Next)? OnlyChild(RouteNode node)
    {
        if (node.Depth == _count || node.CatchAll is not null) return null;
        if (node.Parameter is { } parameter) return node.Literals.Count == 0 ? (NotEmpty(node.Depth), parameter) : null;
        return node.Literals.Count == 1 && node.Literals.First() is var only
            ? (Equal(only.Key, node.Depth), only.Value)
            : null;
    }

    private static string Equal(string literal, int depth) => LiteralSwitch.IsEqual(Segment(depth), literal);

    private static string NotEmpty(int depth) => $"{Segment(depth)}.Length != 0";

    private static string Segment(int depth) => $"path[{CSharpText.Number(depth)}]";
}
