using System.Diagnostics;
using System.Text;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>
/// Writes the code that finds which of several literals a UTF-8 span equals: by length, then by a byte that differs, then by comparison.
/// </summary>
/// <param name="span">An expression for the span.</param>
/// <param name="branch">Writes the code for one literal. That code makes the final comparison, and may fall through.</param>
internal sealed class LiteralSwitch(SourceWriter writer, string span, Action<string> branch)
{
    // Up to this many literals are compared one after the other; more are separated by length or by a byte first.
    private const int ComparedInTurn = 3;

    public void Emit(IEnumerable<string> literals) =>
        Emit([.. literals.Select(static literal => new Literal(literal, Encoding.UTF8.GetBytes(literal)))], sameLength: false);

    /// <summary>The condition that the span equals the literal.</summary>
    public static string IsEqual(string span, string literal) =>
        literal.Length == 0 ? $"{span}.Length == 0" : $"Is({span}, {CSharpText.StringLiteral(literal)}u8)";

    private void Emit(IReadOnlyList<Literal> literals, bool sameLength)
    {
        if (literals.Count <= ComparedInTurn)
        {
            foreach (Literal literal in literals) branch(literal.Text);
            return;
        }

        // The length is always checked first, because after it every byte of the literal can be read.
        if (!sameLength)
        {
            Switch($"{span}.Length", literals.GroupBy(static literal => literal.Utf8.Length), CSharpText.Number);
            return;
        }

        Debug.Assert(
            literals.All(
                literal => literal.Utf8.Length == literals[0].Utf8.Length), "Bytes are compared only among literals of one length.");
        int position = MostSelectiveByte(literals);
        Switch($"{span}[{CSharpText.Number(position)}]", literals.GroupBy(literal => literal.Utf8[position]), CSharpText.ByteLiteral);
    }

    private void Switch<TKey>(string value, IEnumerable<IGrouping<TKey, Literal>> groups, Func<TKey, string> label) =>
        writer.Block($"switch ({value})", () =>
        {
            foreach (IGrouping<TKey, Literal> group in groups.OrderBy(static group => group.Key))
            {
                writer.Line($"case {label(group.Key)}:").Indented(() =>
                {
                    Emit([.. group], sameLength: true);
                    writer.Line("break;");
                });
            }
        });

    private static int MostSelectiveByte(IReadOnlyList<Literal> literals) =>
        Enumerable.Range(0, literals[0].Utf8.Length)
            .OrderByDescending(position => literals.Select(literal => literal.Utf8[position]).Distinct().Count())
            .First();

    private sealed record Literal(string Text, byte[] Utf8);
}
