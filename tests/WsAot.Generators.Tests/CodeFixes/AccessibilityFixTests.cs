using static WsAot.Generators.Tests.Compilations.CodeFixRun;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.CodeFixes;

public class AccessibilityFixTests
{
    [Theory]
    [InlineData("private class", "internal class")]
    [InlineData("class", "internal class")]
    [InlineData("protected sealed class", "internal sealed class")]
    [InlineData("private protected class", "internal class")]
    public async Task A_handler_in_a_class_is_made_internal(string before, string after) => Assert.Equal(
        Source(after),
        await Fix("WSA003", Source(before)));

    [Fact]
    public async Task So_are_the_classes_around_it() => Assert.Equal(
        Usings + """
            public class Outer
            {
                // Why it is here.
                internal class Middle
                {
                    [WsRoute("/")] public class Handler { [OnOpen] public void Opened() { } }
                }
            }
            """,
        await Fix("WSA003", Usings + """
            public class Outer
            {
                // Why it is here.
                private class Middle
                {
                    [WsRoute("/")] public class Handler { [OnOpen] public void Opened() { } }
                }
            }
            """));

    [Fact]
    public async Task A_handler_of_a_file_is_made_internal() => Assert.Equal(
        Usings + """
            /// <summary>Mine.</summary>
            [WsRoute("/")]
            internal sealed class Handler { [OnOpen] public void Opened() { } }
            """,
        await Fix("WSA003", Usings + """
            /// <summary>Mine.</summary>
            [WsRoute("/")]
            file sealed class Handler { [OnOpen] public void Opened() { } }
            """));

    [Fact]
    public async Task Several_are_made_internal_at_once() => Assert.Equal(
        Usings + """
            public class Outer
            {
                [WsRoute("/a")] internal class A { [OnOpen] public void Opened() { } }
                internal class Inner { [WsRoute("/b")] internal class B { [OnOpen] public void Opened() { } } }
                [WsRoute("/c")] internal class C { [OnOpen] public void Opened() { } }
            }
            """,
        await FixAll("WSA003", Usings + """
            public class Outer
            {
                [WsRoute("/a")] private class A { [OnOpen] public void Opened() { } }
                class Inner { [WsRoute("/b")] class B { [OnOpen] public void Opened() { } } }
                [WsRoute("/c")] protected class C { [OnOpen] public void Opened() { } }
            }
            """));

    [Fact]
    public async Task An_event_method_is_made_public_or_internal()
    {
        string source = Usings + """
            [WsRoute("/")] public class Handler
            {
                [OnOpen] void Opened() { }
            }
            """;
        Assert.Equal(["Make 'Opened' public", "Make 'Opened' internal"], await Titles("WSA017", source));
        Assert.Equal(source.Replace("void", "public void", StringComparison.Ordinal), await Fix("WSA017", source));
        Assert.Equal(
            source.Replace("void", "internal void", StringComparison.Ordinal), await Fix("WSA017", source, "Make 'Opened' internal"));
    }

    [Fact]
    public async Task A_method_that_takes_what_is_internal_cannot_be_public() => Assert.Equal(
        ["Make 'Opened' internal"],
        await Titles("WSA017", Usings + """
            internal class Clock;
            [WsRoute("/")] public class Handler { [OnOpen] private void Opened(Clock clock) { } }
            """));

    [Fact]
    public async Task All_event_methods_are_made_public_at_once() => Assert.Equal(
        Usings + """
            public abstract class Base { [OnClose] public void Closed() { } }
            [WsRoute("/")] public class Handler : Base
            {
                [OnOpen]
                public void Opened() { }

                [OnText] public async Task Text(string text) => await Task.Yield();
            }
            """,
        await FixAll("WSA017", Usings + """
            public abstract class Base { [OnClose] protected void Closed() { } }
            [WsRoute("/")] public class Handler : Base
            {
                [OnOpen]
                private void Opened() { }

                [OnText] async Task Text(string text) => await Task.Yield();
            }
            """));

    [Fact]
    public async Task Nothing_is_offered_for_a_generic_method() => Assert.Empty(await Titles("WSA017", Usings + """
        [WsRoute("/")] public class Handler { [OnOpen] public void Opened<T>() { } }
        """));

    private static string Source(string declaration) => Usings + $$"""
        public class Outer
        {
            [WsRoute("/")]
            {{declaration}} Handler { [OnOpen] public void Opened() { } }
        }
        """;
}
