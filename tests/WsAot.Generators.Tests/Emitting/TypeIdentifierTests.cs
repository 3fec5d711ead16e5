using WsAot.Generators.Emitting;
using WsAot.Generators.Text;

namespace WsAot.Generators.Tests.Emitting;

public class TypeIdentifierTests
{
    [Theory]
    [InlineData("int", "Int")]
    [InlineData("int?", "IntOrNull")]
    [InlineData("int[][]", "IntArrayArray")]
    [InlineData("global::MyApp.Outer.Tick", "Tick")]
    [InlineData("global::@class", "Class")]
    [InlineData("global::System.Collections.Generic.Dictionary<string, global::MyApp.Item?[]>", "DictionaryStringItemOrNullArray")]
    [InlineData("global::System.ValueTuple<int, long>", "ValueTupleIntLong")]
    [InlineData("global::MyApp.Outer<int>.Inner", "OuterIntInner")]
    [InlineData("global::Ünïcode._1", "_1")]
    public void A_type_becomes_a_name(string type, string name) => Assert.Equal(name, TypeIdentifier.Of(type));

    [Fact]
    public void Names_are_given_once()
    {
        var names = new NameScope(StringComparer.OrdinalIgnoreCase, "taken");
        Assert.Equal(["free", "Taken_2", "FREE_2", "free_3"], new[] { "free", "Taken", "FREE", "free" }.Select(names.Take));
    }
}
