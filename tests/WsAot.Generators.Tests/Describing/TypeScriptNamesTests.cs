using WsAot.Generators.Describing;

namespace WsAot.Generators.Tests.Describing;

public class TypeScriptNamesTests
{
    [Theory]
    [InlineData("Sum", "sum")]
    [InlineData("clock/ticks", "clockTicks")]
    [InlineData("GetURL", "getURL")]
    [InlineData("URLOf", "urlOf")]
    [InlineData("a.b-c_d", "aBC_d")]
    [InlineData("Größe", "größe")]
    [InlineData("2x", "_2x")]
    [InlineData("!", "_")]
    [InlineData("delete", "delete")]
    [InlineData("$x", "$x")]
    [InlineData("soft\u00ADhyphen", "softHyphen")]
    [InlineData("😀", "_")]
    public void A_method_has_a_name_in_camel_case(string wireName, string name) => Assert.Equal(name, TypeScriptNames.Method(wireName));

    [Theory]
    [InlineData("numbers", "numbers")]
    [InlineData("class", "class_")]
    [InlineData("options", "options_")]
    [InlineData("signal", "signal_")]
    public void A_parameter_keeps_its_name_where_it_can(string name, string parameter) =>
        Assert.Equal(parameter, TypeScriptNames.Parameter(name));

    [Theory]
    [InlineData("name", "name")]
    [InlineData("class", "class")]
    [InlineData("with-dash", "\"with-dash\"")]
    [InlineData("1st", "\"1st\"")]
    [InlineData("", "\"\"")]
    [InlineData("__proto__", "[\"__proto__\"]")]
    [InlineData("constructor", "constructor")]
    [InlineData("a\"\\\n", "\"a\\\"\\\\\\u000a\"")]
    public void A_member_is_quoted_where_it_must_be(string name, string member) => Assert.Equal(member, TypeScriptNames.Property(name));
}
