using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class HandlerClassAnalyzerTests
{
    private const string Body = "{ [OnOpen] public void Opened() { } }";

    [Fact]
    public Task Usable_classes_of_every_kind_are_accepted() => Check(Usings + $$"""
        [WsRoute("/1")] public class Open {{Body}}
        [WsRoute("/2")] internal sealed class Internal {{Body}}
        [WsRoute("/3")] public record class Record(WsConnection Connection) {{Body}}
        [WsRoute("/4")] public record Copied { public Copied() { } public Copied(Copied other) { } [OnOpen] public void Opened() { } }
        public static class Outer { [WsRoute("/5")] internal class Nested {{Body}} }
        public abstract class Generic<T> {{Body}}
        [WsRoute("/6")] public class Derived : Generic<int>;
        public partial class Partial {{Body}}
        [WsRoute("/7")] public partial class Partial(WsConnection connection);
        """);

    [Fact]
    public Task WSA001_abstract() => Check(Usings + $$"""
        [WsRoute("/")] public abstract class {|WSA001:Handler|} {{Body}}
        """);

    [Fact]
    public Task WSA002_generic_or_in_a_generic_class() => Check(Usings + $$"""
        [WsRoute("/a")] public class {|WSA002:Handler|}<T> {{Body}}
        public class Outer<T> { [WsRoute("/b")] public class {|WSA002:Nested|} {{Body}} }
        """);

    [Fact]
    public Task WSA003_not_accessible() => Check(Usings + $$"""
        [WsRoute("/1")] file class {|WSA003:FileLocal|} {{Body}}
        public class Outer
        {
            [WsRoute("/2")] private class {|WSA003:Private|} {{Body}}
            [WsRoute("/3")] protected class {|WSA003:Protected|} {{Body}}
            [WsRoute("/4")] private protected class {|WSA003:PrivateProtected|} {{Body}}
            [WsRoute("/5")] protected internal class ProtectedInternal {{Body}}
            private class Hidden { [WsRoute("/6")] public class {|WSA003:Nested|} {{Body}} }
        }
        file class Local { [WsRoute("/7")] public class {|WSA003:Nested|} {{Body}} }
        """);

    [Fact]
    public Task WSA004_static() => Check(Usings + """
        [WsRoute("/")] public static class {|WSA004:Handler|} { [OnOpen] public static void Opened() { } }
        """);

    [Fact]
    public Task WSA005_no_or_several_constructors() => Check(Usings + """
        [WsRoute("/1/{id}")] public class {|WSA005:None|} { private None(int id) { } [OnOpen] public void Opened() { } }
        [WsRoute("/2")] public class {|WSA005:Two|} { public Two() { } public Two(WsConnection c) { } [OnOpen] public void Opened() { } }
        [WsRoute("/3")]
        public class {|WSA005:TwoInternal|}
        {
            internal TwoInternal() { }
            internal TwoInternal(WsConnection c) { }
            [OnOpen] public void Opened() { }
        }
        """);

    [Fact]
    public Task WSA005_not_where_one_is_public_and_the_others_are_not() => Check(Usings + """
        [WsRoute("/1")]
        public class OnePublic
        {
            public OnePublic() { }
            internal OnePublic(int x) { }
            private OnePublic(string s) { }
            [OnOpen] public void Opened() { }
        }
        [WsRoute("/2")]
        public class OneInternal { internal OneInternal() { } private OneInternal(string s) { } [OnOpen] public void Opened() { } }
        """);

    [Fact]
    public Task WSA021_required_members() => Check(Usings + """
        [WsRoute("/1")] public class Own { public required string {|WSA021:Name|} { get; init; } [OnOpen] public void Opened() { } }
        public abstract class Base { public required int Field; }
        [WsRoute("/2")] public class {|WSA021:Derived|} : Base { [OnOpen] public void Opened() { } }
        """);

    [Fact]
    public Task WSA021_not_where_the_constructor_sets_them() => Check(Usings + """
        [WsRoute("/")] public class Handler
        {
            [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Handler() { Name = ""; }
            public required string Name { get; init; }
            [OnOpen] public void Opened() { }
        }
        """);

    [Fact]
    public async Task A_pragma_suppresses_a_rule()
    {
        var reported = await Run(Usings + """
            #pragma warning disable WSA001
            [WsRoute("/")] public abstract class Handler { [OnOpen] public void Opened() { } }
            """);
        Assert.All(reported, static diagnostic => Assert.True(diagnostic.IsSuppressed));
    }
}
