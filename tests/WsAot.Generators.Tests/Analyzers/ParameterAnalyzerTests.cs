using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class ParameterAnalyzerTests
{
    private const string Collections = "using System.Collections.Generic;\nusing System.Collections.Immutable;\n";

    [Fact]
    public Task WSA006_parameters_that_nothing_can_be_given_for() => Check(Usings + """
        [WsRoute("/{id}/{*rest}")] public unsafe class Handler(
            int {|WSA006:rest|}, ReadOnlySpan<byte> {|WSA006:span|}, int[][] {|WSA006:array|}, int?[] {|WSA006:nullable|},
            int[,] {|WSA006:table|}, object {|WSA006:anything|}, int* {|WSA006:pointer|}, (int, string) {|WSA006:tuple|},
            in WsConnection {|WSA006:byReference|}, WsUpgrade {|WSA006:upgrade|}, WsUpgrade<string> {|WSA006:value|},
            WsClose {|WSA006:close|}, WsClose? {|WSA006:perhaps|}, int? id)
        {
            [OnUpgrade] public static WsUpgrade Check(WsConnection {|WSA006:connection|}, ReadOnlyMemory<byte> {|WSA006:bytes|}) =>
                WsUpgrade.Accept();
            [OnText] public void Text(ref string {|WSA006:text|}, out int {|WSA006:number|}, DayOfWeek {|WSA006:weekday|},
                string message, long? {|WSA006:length|}, System.Net.IPAddress {|WSA006:address|}) => number = 0;
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
            Parsed parsed, bool flag, WsServer server, Microsoft.Extensions.Logging.ILogger<Handler> log, char letter, string? text,
            TimeSpan? time, Parsed[] all, int number = 3, string name = "x", DayOfWeek day = 0, params byte[] more)
        {
            [OnUpgrade] public static WsUpgrade Check(WsRequest r, Guid id, IClock? clock, IServiceProvider s, CancellationToken t,
                WsServer server, Microsoft.Extensions.Logging.ILogger<Handler> log, string token, int[] number, DateOnly day = default) =>
                WsUpgrade.Accept();
            [OnText] public void Text(WsConnection c, WsRequest r, CancellationToken t, IClock clock, string text, string rest,
                WsServer server, Microsoft.Extensions.Logging.ILogger<Handler>? log = null) { }
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
            public class Handler(string room, object {|WSA006:thing|})
            {
                [OnOpen] public void Opened(DayOfWeek {|WSA006:Room|}) { }
            }
            [WsRoute("/")] public class Other { [OnOpen] public void Opened(int {|WSA006:page|}) { } }
            """);
        string messages = string.Join('\n', reported.Select(static diagnostic => diagnostic.GetMessage(null)));
        Assert.Contains(
            "'Room' of 'Opened' cannot be bound: DayOfWeek is a route value, and the template '/{room}' names 'room', case-sensitively; "
                + "a query value is given to the constructor: take 'Room' there and keep it in a field",
            messages,
            StringComparison.Ordinal);
        Assert.Contains(
            "'page' of 'Opened' cannot be bound: int is a route value, and the template '/' has none; add '{page}' to it; a query value is",
            messages,
            StringComparison.Ordinal);
        Assert.Contains(
            "'thing' of 'Handler' cannot be bound: it can be the WsConnection, the WsServer, the WsRequest",
            messages,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task WSA037_optional_parameters_that_nothing_can_ever_give()
    {
        var reported = await Check(Usings + """
            public abstract class Base<T> { [OnClose] public void Closed(T? state = default) { } }
            [WsRoute("/{id}/{*rest}")] public class {|WSA037:Handler|}(
                string id, in int {|WSA037:number|} = 1, object? {|WSA037:anything|} = null, int {|WSA037:rest|} = 5,
                WsClose {|WSA037:close|} = default, params ReadOnlySpan<int> {|WSA037:more|}) : Base<int>
            {
                [OnUpgrade] public static WsUpgrade Check(WsConnection? {|WSA037:connection|} = null) => WsUpgrade.Accept();
                [OnText] public void Text(string text, int {|WSA037:times|} = 1, DayOfWeek? {|WSA037:day|} = null) { }
                [OnOpen] public void Opened(WsUpgrade? {|WSA037:upgrade|} = null) { }
            }
            """);
        Assert.Contains(
            "The optional parameter 'times' of 'Text' can never be given a value: int is a route value, and the template '/{id}/{*rest}' "
                + "names 'id', 'rest', case-sensitively; a query value is given to the constructor: "
                + "take 'times' there and keep it in a field",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public async Task WSA045_what_looks_like_a_value_and_can_only_be_a_service()
    {
        var reported = await Check(Usings + Collections + """
            [WsRoute("/")] public class Handler(
                List<int>? {|WSA045:ids|} = null, IEnumerable<string>? {|WSA045:tags|} = null, Uri? {|WSA045:next|} = null,
                IReadOnlyDictionary<string, int>? {|WSA045:counts|}, ImmutableList<Guid>? {|WSA045:guids|},
                System.Net.IPEndPoint? {|WSA045:peer|} = null)
            {
                [OnUpgrade] public static WsUpgrade Check(IList<DayOfWeek>? {|WSA045:days|} = null) => WsUpgrade.Accept();
                [OnText] public void Said(string text, HashSet<string>? {|WSA045:words|} = null) { }
            }
            """);
        Assert.Contains(
            "The parameter 'ids' of 'Handler' stays null unless List<int> is registered as a service: for a query value, take an array "
                + "or a string in the constructor or in [OnUpgrade]",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA045_not_for_what_somebody_may_register() => Check(Usings + Collections + """
        public interface IClock;
        public class Names : List<string>;
        public class Box<T>;
        [WsRoute("/")] public class Handler(
            List<Handler>? all = null, IEnumerable<IClock>? clocks = null, IEqualityComparer<string>? comparer = null, Names? names = null,
            Box<int>? box = null, Func<int>? next = null, TimeProvider? time = null, IFormatProvider? format = null,
            IAsyncEnumerable<int>? stream = null, Dictionary<string, IClock>? byName = null)
        {
            [OnUpgrade] public static WsUpgrade Check(int[]? ids = null, string? next = null) => WsUpgrade.Accept();
            [OnOpen] public void Opened() { }
        }
        """);

    [Fact]
    public Task The_value_of_OnUpgrade_is_given_to_one_parameter() => Check(Usings + """
        [WsRoute("/")] public class Handler(string user, string {|WSA006:page|}, string? {|WSA037:size|} = "1")
        {
            [OnUpgrade] public static WsUpgrade<string> Check() => WsUpgrade.AcceptWith("ann");
            [OnOpen] public void Opened() { }
        }
        """);

    [Fact]
    public Task WSA037_not_where_the_parameter_can_be_given() => Check(Usings + """
        public interface IClock;
        [WsRoute("/{id}")] public class Handler(IClock? clock = null, int page = 1, int? id = null, params string[] tags)
        {
            [OnUpgrade] public static WsUpgrade Check(string token = "") => WsUpgrade.Accept();
            [OnText] public void Text(string text = "", IClock? clock = null, int id = 0, WsConnection connection = null!,
                CancellationToken token = default) { }
        }
        """);

    [Fact]
    public async Task WSA038_query_values_where_there_are_none()
    {
        var reported = await Check(JsonUsings + """
            public interface IClock;
            [WsRoute("/", Json = typeof(Json))] public class Handler(
                [FromQuery] IClock {|WSA038:clock|}, [FromQuery("")] string {|WSA038:empty|}, [FromQuery] List<int> {|WSA038:list|},
                [FromQuery] WsConnection {|WSA038:connection|}, [FromQuery] int[][] {|WSA038:table|}, [FromQuery] string good)
            {
                [OnUpgrade] public static WsUpgrade Check([FromQuery("t")] string token, [FromQuery] object {|WSA038:anything|}) =>
                    WsUpgrade.Accept();
                [OnBinary] public void Binary([FromQuery] string {|WSA038:name|}, ReadOnlySpan<byte> bytes) { }
                [JsonRpcMethod] public int Get([FromQuery] int {|WSA038:page|}) => page;
            }
            [JsonSerializable(typeof(int))] internal partial class Json : JsonSerializerContext;
            """);
        string[] messages = [.. reported.Select(static diagnostic => diagnostic.GetMessage(null))];
        Assert.Contains(
            "The parameter 'name' of 'Binary' cannot be a query value: the request is over when it is called; "
                + "take the value in the constructor and keep it in a field",
            messages);
        Assert.Contains(
            "The parameter 'empty' of 'Handler' cannot be a query value: its name is empty; leave it out to take the parameter's own",
            messages);
    }

    [Fact]
    public async Task WSA039_two_parameters_that_take_one_query_value()
    {
        var reported = await Check(Usings + """
            [WsRoute("/")] public class Handler([FromQuery("page")] string text, int {|WSA039:page|})
            {
                [OnUpgrade] public static WsUpgrade Check([FromQuery("t")] string a, [FromQuery("t")] string {|WSA039:b|}) =>
                    WsUpgrade.Accept();
                [OnOpen] public void Opened() { }
            }
            """);
        Assert.Contains(
            "Give 'page' of 'Handler' another name with [FromQuery(\"...\")], or remove it: 'text' takes the query value 'page' already",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Fact]
    public Task WSA039_not_for_the_constructor_and_OnUpgrade_together_nor_for_a_route_value_of_the_name() => Check(Usings + """
        [WsRoute("/{page}")] public class Handler(int page, [FromQuery("page")] int other, [FromQuery] string token)
        {
            [OnUpgrade] public static WsUpgrade Check(string token) => WsUpgrade.Accept();
            [OnOpen] public void Opened() { }
        }
        """);

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
            "Remove [FromKeyedServices] from 'clock' of 'Handler', and give the service a type of its own: "
                + "WsAot finds services only by their type",
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
            [OnText] public void Text(string c, string text) { }
        }
        """);
}
