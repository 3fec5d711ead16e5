using System.Globalization;
using WsAot.Generators.Tests.Compilations;
using WsAot.Routing;

namespace WsAot.Generators.Tests.Emitting;

/// <summary>Route values that generated code reads as types. Runs alone, because it changes the time zone of the process.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RouteValueTests : IDisposable
{
    private const string Name = "time zone";

    private readonly string? _formerZone = Environment.GetEnvironmentVariable("TZ");

    public RouteValueTests() => SetZone("America/New_York");

    public void Dispose() => SetZone(_formerZone);

    [Fact]
    public void These_tests_run_in_another_time_zone_than_UTC() =>
        Assert.Equal(-5, TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc)).Hours);

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("2026-01-02T03:04:05", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.0000000Z")]
    [InlineData("2026-01-02T03:04:05.5-05:00", "2026-01-02T08:04:05.5000000Z")]
    [InlineData("2026-01-02", "2026-01-02T00:00:00.0000000Z")]
    // An hour that New York does not have.
    [InlineData("2026-03-08T02:30:00", "2026-03-08T02:30:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59", "9999-12-31T23:59:59.0000000Z")]
    [InlineData("soon", null)]
    [InlineData("2026-02-30", null)]
    [InlineData("9999-12-31T23:59:59-01:00", null)]
    public void A_DateTime_is_in_UTC(string path, string? value) => AssertValue("DateTime", path, value);

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("2026-01-02T03:04:05", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("2026-01-02T03:04:05+02:00", "2026-01-02T03:04:05.0000000+02:00")]
    [InlineData("2026-01-02", "2026-01-02T00:00:00.0000000+00:00")]
    [InlineData("soon", null)]
    public void A_DateTimeOffset_has_the_offset_of_the_value_or_none(string path, string? value) =>
        AssertValue("DateTimeOffset", path, value);

    [Theory]
    [InlineData("DateTime", "23:30")]
    [InlineData("DateTimeOffset", "23:30")]
    public void A_time_without_a_date_is_today_in_UTC(string type, string path)
    {
        DateTime before = DateTime.UtcNow.Date;
        object read = Read(type, "", path)!;
        DateTime date = read is DateTimeOffset time ? time.UtcDateTime.Date : ((DateTime)read).Date;
        Assert.InRange(date, before, DateTime.UtcNow.Date);
    }

    [Theory]
    [InlineData("DateOnly", "2026-01-02", "2026-01-02")]
    [InlineData("TimeOnly", "03:04:05", "03:04:05.0000000")]
    [InlineData("DateOnly", "2026-01-02T03:04:05Z", null)]
    public void A_date_or_a_time_alone_has_no_time_zone(string type, string path, string? value) => AssertValue(type, path, value);

    [Theory]
    [InlineData("Red", "Red")]
    [InlineData("red", "Red")]
    [InlineData("RED", "Red")]
    [InlineData("Größe", "Größe")]
    [InlineData("größe", "Größe")]
    [InlineData("event", "event")]
    [InlineData("Same", "Same")]
    [InlineData("sAME", "Same")]
    [InlineData("same", "same")]
    [InlineData("old", "Old")]
    [InlineData("1", "Red")]
    [InlineData("-1", "Old")]
    [InlineData("01", null)]
    [InlineData("+1", null)]
    [InlineData("7", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("Red,event", null)]
    [InlineData(" Red", null)]
    [InlineData("Rot", null)]
    [InlineData("Color.Red", null)]
    [InlineData("A-name-that-is-longer-than-all-that-there-are", null)]
    public void A_value_of_an_enum_is_the_name_of_a_member_in_any_case_or_its_number(string path, string? value) => AssertValue(
        "Color",
        path,
        value,
        "public enum Color : long { Red = 1, Größe = 2, @event = 3, Same = 4, same = 5, [Obsolete(\"\", true)] Old = -1, Crimson = 1 }");

    [Theory]
    [InlineData("read", "Read")]
    [InlineData("Read,Write", "Read, Write")]
    [InlineData("read, WRITE", "Read, Write")]
    [InlineData("all", "All")]
    [InlineData("1", "Read")]
    [InlineData("3", "Read, Write")]
    [InlineData("130", "Write, Admin")]
    [InlineData("-128,2", "Write, Admin")]
    [InlineData("read,read", "Read")]
    [InlineData("0", null)]
    [InlineData("4", null)]
    [InlineData("5", null)]
    [InlineData("-1", null)]
    [InlineData("read,", null)]
    [InlineData(",read", null)]
    [InlineData("read,,write", null)]
    [InlineData("read write", null)]
    [InlineData("read,nothing", null)]
    public void A_value_of_flags_is_several_members_or_the_sum_of_some(string path, string? value) => AssertValue(
        "Permissions", path, value, "[Flags] public enum Permissions : sbyte { Read = 1, Write = 2, All = 3 | Admin, Admin = -128 }");

    [Fact]
    public void An_enum_of_flags_can_have_a_member_for_none() =>
        AssertValue("Permissions", "0", "None", "[Flags] public enum Permissions { None, Read }");

    [Fact]
    public void An_enum_without_members_has_no_value() => AssertValue("Empty", "0", null, "public enum Empty;");

    [Fact]
    public void A_large_enum_is_a_switch()
    {
        string members = string.Join(", ", Enumerable.Range(0, 300).Select(static i => "Member" + i));
        foreach (int i in new[] { 0, 9, 10, 123, 299 })
        {
            AssertValue("Large", "mEMBER" + i, "Member" + i, $"public enum Large {{ {members} }}");
        }
    }

    [Fact]
    public void Enums_of_one_name_are_told_apart_and_events_and_the_upgrade_take_them_too()
    {
        WsRouteTable table = LoadedRoutes.Load(TestCompilation.JsonUsings + """
            namespace A { public enum Color { Red } public class Outer { public enum Color { Green } } }
            namespace B { public enum Color { Blue } }
            public enum ColorValues { Black }
            [WsRoute("/a/{a}/{b}/{c}/{d}")] public class Handler(A.Color a, A.Outer.Color b)
            {
                [OnUpgrade] public static WsUpgrade Check(B.Color c) => WsUpgrade.Accept();
                [OnOpen] public void Opened(ColorValues d, A.Color a) => Console.WriteLine($"{a}{b}{d}");
            }
            [WsRoute("/rpc/{color}", Json = typeof(Json))] public class Rpc(A.Color color)
            {
                [JsonRpcMethod] public int Get() => (int)color;
            }
            [JsonSerializable(typeof(int))] internal partial class Json : JsonSerializerContext;
            """);
        Assert.True(table.Routes[0].Accepts(RuntimeObjects.Request("/a/red/green/blue/black")));
        Assert.False(table.Routes[0].Accepts(RuntimeObjects.Request("/a/red/green/blue/red")));
        Assert.False(table.Routes[0].Accepts(RuntimeObjects.Request("/a/green/green/blue/black")));
        Assert.True(table.Routes[1].Accepts(RuntimeObjects.Request("/rpc/red")));
        Assert.False(table.Routes[1].Accepts(RuntimeObjects.Request("/rpc/green")));
    }

    private static void SetZone(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }

    private static void AssertValue(string type, string path, string? value, string declaration = "")
    {
        object? read = Read(type, declaration, path);
        Assert.Equal(value, read is Enum ? read.ToString() : (read as IFormattable)?.ToString("O", CultureInfo.InvariantCulture));
    }

    /// <returns>Null if the route does not accept the value.</returns>
    private static object? Read(string type, string declaration, string path)
    {
        WsRoute route = Assert.Single(LoadedRoutes.Load(TestCompilation.Usings + $$"""
            {{declaration}}
            [WsRoute("/{value}")] public class Handler({{type}} value)
            {
                public object Value { get; } = value;
                [OnOpen] public void Opened() { }
            }
            """).Routes);
        WsRequest request = RuntimeObjects.Request("/" + Uri.EscapeDataString(path));
        if (!route.Accepts(request)) return null;
        object handler = route.Create(RuntimeObjects.Connection(new NoServices()), request);
        return handler.GetType().GetProperty("Value")!.GetValue(handler);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
