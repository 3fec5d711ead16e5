using System.Text.Json;
using WsAot.Generators.Text;

namespace WsAot.Generators.Tests.Text;

/// <summary>The policies beside the real ones.</summary>
public class NamingPoliciesTests
{
    // Lower, upper, digits, letters of other scripts, and what else a name can have.
    private const string Letters = "abzABZ0189_éÉßΩω中ǅª٣Ⅷ";

    [Theory]
    [InlineData("URLValue", "urlValue", "url_value")]
    [InlineData("IsCIA", "isCIA", "is_cia")]
    [InlineData("Price2", "price2", "price2")]
    [InlineData("X", "x", "x")]
    [InlineData("ABc", "aBc", "a_bc")]
    [InlineData("_Hidden", "_Hidden", "_hidden")]
    [InlineData("Version2Name", "version2Name", "version2_name")]
    public void Names_one_has_in_mind(string name, string camel, string snake)
    {
        Assert.Equal(camel, NamingPolicy.CamelCase.Apply(name));
        Assert.Equal(snake, NamingPolicy.SnakeCaseLower.Apply(name));
        Assert.Equal(name, NamingPolicy.AsWritten.Apply(name));
    }

    [Fact]
    public void They_are_those_of_System_Text_Json()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            string name = new(random.GetItems<char>(Letters, random.Next(1, 12)));
            Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName(name), NamingPolicy.CamelCase.Apply(name));
            Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), NamingPolicy.SnakeCaseLower.Apply(name));
            Assert.Equal(JsonNamingPolicy.SnakeCaseUpper.ConvertName(name), NamingPolicy.SnakeCaseUpper.Apply(name));
            Assert.Equal(JsonNamingPolicy.KebabCaseLower.ConvertName(name), NamingPolicy.KebabCaseLower.Apply(name));
            Assert.Equal(JsonNamingPolicy.KebabCaseUpper.ConvertName(name), NamingPolicy.KebabCaseUpper.Apply(name));
        }
    }
}
