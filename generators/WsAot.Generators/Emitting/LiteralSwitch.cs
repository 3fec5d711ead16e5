using System.Text;
using WsAot.Generators.Text;

namespace WsAot.Generators.Emitting;

/// <summary>Finds the one of several texts that a span of UTF-8 is: by its length, by the bytes that tell them apart, by comparison.</summary>
/// <param name="span">The span, as an expression.</param>
/// <param name="branch">Writes what is done for a text; it compares by itself, and may fall through.</param>
internal sealed class LiteralSwitch(SourceWriter writer, string span, Action<string> branch)
{
    // Up to so many are compared one after the other; more are told apart by length or by a byte first.
    private const int ComparedInTurn = 3;

    public void Emit(IEnumerable<string> literals) =>
        Emit([.. literals.Select(static literal => new Literal(literal, Encoding.UTF8.GetBytes(literal)))], sameLength: false);

    /// <summary>The condition that the span is the text.</summary>
    public static string IsEqual(string span, string literal) =>
        literal.Length == 0 ? $"{span}.Length == 0" : $"Is({span}, {CSharpText.StringLiteral(literal)}u8)";

    private void Emit(IReadOnlyList<Literal> literals, bool sameLength)
    {
        if (literals.Count <= ComparedInTurn)
        {
            foreach (Literal literal in literals) branch(literal.Text);
            return;
        }

        // The length comes first also where it tells nothing apart: after it, every byte of a literal can be looked at.
        if (!sameLength)
        {
            Switch($"{span}.Length", literals.GroupBy(static literal => literal.Utf8.Length), CSharpText.Number);
            return;
        }

        int position = MostTellingByte(literals);
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

    private static int MostTellingByte(IReadOnlyList<Literal> literals) =>
        Enumerable.Range(0, literals[0].Utf8.Length)
            .OrderByDescending(position => literals.Select(literal => literal.Utf8[position]).Distinct().Count())
            .First();

    private sealed record Literal(string Text, byte[] Utf8);
}
