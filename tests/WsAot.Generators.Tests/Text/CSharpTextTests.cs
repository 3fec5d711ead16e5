using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WsAot.Generators.Text;

namespace WsAot.Generators.Tests.Text;

public class CSharpTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\"\\\r\n\t\0")]
    [InlineData("café 日本 \U0001F600")]
    [InlineData("\u2028\u200F\u0007")]
    public void A_string_literal_reads_as_what_it_was_made_from(string value)
    {
        string literal = CSharpText.StringLiteral(value);
        Assert.DoesNotContain('\n', literal);
        var expression = Assert.IsType<LiteralExpressionSyntax>(SyntaxFactory.ParseExpression(literal));
        Assert.False(expression.ContainsDiagnostics);
        Assert.Equal(value, expression.Token.ValueText);
    }

    [Fact]
    public void Letters_of_all_scripts_stay_readable() => Assert.Equal("\"café日\"", CSharpText.StringLiteral("café日"));

    [Fact]
    public void Every_byte_literal_is_that_byte()
    {
        for (int value = 0; value <= 255; value++)
        {
            ExpressionSyntax expression = SyntaxFactory.ParseExpression(CSharpText.ByteLiteral((byte)value));
            Assert.False(expression.ContainsDiagnostics);
            object literal = expression.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Single().Token.Value!;
            Assert.Equal(value, Convert.ToInt32(literal is char c ? (int)c : literal));
        }
    }

    [Theory]
    [InlineData("class", "@class")]
    [InlineData("await", "@await")]
    [InlineData("field", "@field")]
    [InlineData("room", "room")]
    public void Keywords_are_escaped(string name, string expected) => Assert.Equal(expected, CSharpText.Identifier(name));
}
