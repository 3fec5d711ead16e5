using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class ParameterAnalyzerTests
{
    [Fact]
    public Task WSA006_parameters_that_nothing_can_be_given_for() => Check(Usings + """
        [WsRoute("/{id}/{*rest}")] public unsafe class Handler(
            string {|WSA006:Id|}, int {|WSA006:count|}, DateTime {|WSA006:time|}, int {|WSA006:rest|}, ReadOnlySpan<byte> {|WSA006:span|},
            byte[] {|WSA006:array|},
            object {|WSA006:anything|}, int* {|WSA006:pointer|}, (int, string) {|WSA006:tuple|}, DayOfWeek {|WSA006:day|},
            in WsConnection {|WSA006:byReference|},
            WsClose {|WSA006:close|}, int? {|WSA006:id|})
        {
            [OnUpgrade] public static WsUpgrade Check(WsConnection {|WSA006:connection|}, ReadOnlyMemory<byte> {|WSA006:bytes|}) =>
                WsUpgrade.Accept();
            [OnText] public void Text(ref string {|WSA006:text|}, out int {|WSA006:number|}, DayOfWeek {|WSA006:weekday|},
                long {|WSA006:length|}) => number = 0;
        }
        """);

    [Fact]
    public Task WSA006_not_for_what_can_be_given() => Check(Usings + """
        public interface IClock;
        public sealed class Parsed : ISpanParsable<Parsed>
        {
            public static Parsed Parse(ReadOnlySpan<char> s, IFormatProvider? p) => new();
            public static Parsed Parse(string s, IFormatProvider? p) => new();
            public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? p, out Parsed result) { result = new(); return true; }
            public static bool TryParse(string? s, IFormatProvider? p, out Parsed result) { result = new(); return true; }
        }
        [WsRoute("/{id}/{word}/{parsed}/{flag}/{*rest}")]
        public class Handler(WsConnection c, WsRequest r, CancellationToken t, IServiceProvider s, IClock clock, Func<int> factory,
            Guid id, string word,
            Parsed parsed, bool flag, int number = 3, string name = "x", DayOfWeek day = 0, params byte[] more)
        {
            [OnUpgrade] public static WsUpgrade Check(WsRequest r, Guid id, IClock? clock, IServiceProvider s, CancellationToken t) =>
                WsUpgrade.Accept();
            [OnText] public void Text(WsConnection c, WsRequest r, CancellationToken t, IClock clock, string text, string rest,
                int number = 3) { }
        }
        """);

    [Fact]
    public Task WSA006_for_what_OnUpgrade_hands_over_where_it_is_not_taken_as_it_is() => Check(Usings + """
        public class User;
        [WsRoute("/a")]
        public class A(User {|WSA006:user|})
        {
            [OnUpgrade] public static WsUpgrade<User?> Check() => WsUpgrade.Reject(401);
            [OnOpen] public void Opened() { }
        }
        [WsRoute("/b")]
        public class B(User user)
        {
            [OnUpgrade] public static WsUpgrade<User> Check() => WsUpgrade.Reject(401);
            [OnOpen] public void Opened(User {|WSA006:user|}) { }
        }
        """);

    [Fact]
    public async Task WSA006_says_what_could_be_given()
    {
        var reported = await Check(Usings + """
            [WsRoute("/{room}")]
            public class Handler(string {|WSA006:Room|}, string room, DayOfWeek {|WSA006:day|}, int? {|WSA006:page|})
            {
                [OnOpen] public void Opened() { }
            }
            """);
        string messages = string.Join('\n', reported.Select(static diagnostic => diagnostic.GetMessage(null)));
        Assert.Contains(
            "'Room' of 'Handler' cannot be bound: string is a route value, and the template '/{room}' names 'room', case-sensitively; "
                + "a value of the query is read with WsRequest.GetQueryValue(\"Room\")",
            messages,
            StringComparison.Ordinal);
        Assert.Contains("'day' of 'Handler' cannot be bound: DayOfWeek is a route value", messages, StringComparison.Ordinal);
        Assert.Contains(
            "'page' of 'Handler' cannot be bound: it can be the WsConnection, the WsRequest", messages, StringComparison.Ordinal);
        Assert.All(reported, static diagnostic => Assert.Contains("GetQueryValue", diagnostic.GetMessage(null), StringComparison.Ordinal));
    }

    [Fact]
    public async Task WSA033_a_service_that_is_asked_for_by_a_key()
    {
        var reported = await Check(Usings + """
            using Microsoft.Extensions.DependencyInjection;
            public interface IClock;
            public sealed class FastAttribute() : FromKeyedServicesAttribute("fast");
            [WsRoute("/")] public class Handler(
                [FromKeyedServices("fast")] IClock {|WSA033:clock|}, [Fast] IClock {|WSA033:other|},
                [FromKeyedServices("name")] string {|WSA033:name|},
                [FromKeyedServices(null)] IClock? {|WSA033:optional|} = null)
            {
                [OnUpgrade] public static WsUpgrade Check([Fast] IClock {|WSA033:clock|}) => WsUpgrade.Accept();
                [OnText] public void Text([FromKeyedServices("fast")] IClock {|WSA033:clock|}, string text) { }
            }
            """);
        Assert.Contains(
            "Take 'clock' of 'Handler' without [FromKeyedServices], as a type that only one service has: "
                + "services are found by their type alone",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA033_not_without_a_key_nor_for_what_is_no_service() => Check(Usings + """
        using Microsoft.Extensions.DependencyInjection;
        namespace Mine { public sealed class FromKeyedServicesAttribute(object? key) : Attribute { public object? Key { get; } = key; } }
        namespace MyApp
        {
            public interface IClock;
            [WsRoute("/{id}")]
            public class Handler(IClock clock, [Mine.FromKeyedServices("fast")] IClock other, [FromKeyedServices("id")] int id)
            {
                [OnOpen] public void Opened() { }
            }
        }
        """);

    [Fact]
    public Task What_a_base_class_declares_is_reported_at_the_handler() => Check(Usings + """
        public abstract class Base { [OnOpen] public void Opened(int number) { } }
        [WsRoute("/{number}")] public class Good : Base;
        [WsRoute("/other")] public class {|WSA006:Bad|} : Base;
        """);

    [Fact]
    public Task WSA007_a_route_parameter_that_nothing_takes() => Check(Usings + """
        [WsRoute({|WSA007:"/{id}/{room}"|})] public class A(int id) { [OnOpen] public void Opened() { } }
        [WsRoute({|WSA007:"/a/{*rest}"|})] public class B { [OnOpen] public void Opened() { } }
        [WsRoute({|WSA007:"/b/{text}"|})] public class C { [OnText] public void Opened(ReadOnlySpan<byte> text) { } }
        """);

    [Fact]
    public Task WSA007_not_where_any_method_takes_it() => Check(Usings + """
        [WsRoute("/{a}/{b}/{c}")] public class A(int a)
        {
            [OnUpgrade] public static WsUpgrade Check(string b) => WsUpgrade.Accept();
            [OnText] public void Text(string c) { }
        }
        """);
}
