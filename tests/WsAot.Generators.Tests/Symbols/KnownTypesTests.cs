using System.Net;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WsAot.Generators.Symbols;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Symbols;

/// <summary>The generator knows the runtime library by names alone; these tests compare the names with the real types.</summary>
public class KnownTypesTests
{
    // Generated code can override protected members.
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<string, Type> s_knownTypes =
        new[]
            {
                typeof(WsAotTypes), typeof(RoutingTypes), typeof(FilterTypes), typeof(JsonRpcTypes), typeof(JsonTypes), typeof(SystemTypes),
            }
            .SelectMany(static group => group.GetNestedTypes(BindingFlags.NonPublic))
            .ToDictionary(static type => type.Name);

    public static TheoryData<string> Types => [.. s_knownTypes.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_known_type_exists_with_its_members(string known)
    {
        Dictionary<string, string> names = s_knownTypes[known]
            .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .ToDictionary(static field => field.Name, static field => (string)field.GetRawConstantValue()!);
        Type type = Find(names["Name"]);
        Assert.All(
            names.Where(static name => name.Key != "Name"),
            name => Assert.Contains(type.GetMembers(Members), member => member.Name == name.Value));
    }

    [Fact]
    public void There_are_known_types() => Assert.True(Types.Count > 20);

    [Fact]
    public void A_name_that_is_wrong_is_found_out() => Assert.Throws<TypeLoadException>(static () => Find("WsAot.WsConnexion"));

    [Fact]
    public void The_largest_message_is_what_the_receiver_takes() =>
        Assert.Equal(
            WsAot.Protocol.Messages.ReceiveLimits.LargestMaxMessageBytes, WsAot.Generators.Parsing.OptionsParser.LargestMessageBytes);

    [Fact]
    public void What_generated_routes_override_is_all_there_is_to_override()
    {
        IEnumerable<string> overridable = typeof(Routing.WsRoute)
            .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(static method => method.IsVirtual)
            .Select(static method => method.Name.Replace("get_", "", StringComparison.Ordinal));
        IEnumerable<string> known =
            typeof(RoutingTypes.WsRoute).GetFields().Select(static field => field.Name).Where(static name => name != "Name");
        Assert.Equal(overridable.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_type_is_known_by_its_whole_name()
    {
        var compilation = TestCompilation.Create(
            "namespace Other.WsAot { class WsConnection { } class Outer { public class WsConnection { } } } class WsConnection;");
        Assert.True(compilation.GetTypeByMetadataName("WsAot.WsConnection").Is(WsAotTypes.WsConnection.Name));
        Assert.True(compilation.GetTypeByMetadataName("System.ReadOnlySpan`1").Is(SystemTypes.ReadOnlySpan.Name));
        Assert.All(
            new[] { "Other.WsAot.WsConnection", "Other.WsAot.Outer+WsConnection", "WsConnection", "WsAot.WsConnectionOptions" },
            name => Assert.False(compilation.GetTypeByMetadataName(name).Is(WsAotTypes.WsConnection.Name)));
    }

    private static Type Find(string metadataName) =>
        typeof(WsRouteAttribute).Assembly.GetType(metadataName)
        ?? typeof(object).Assembly.GetType(metadataName)
        ?? typeof(Uri).Assembly.GetType(metadataName)
        ?? typeof(IPEndPoint).Assembly.GetType(metadataName)
        ?? typeof(IServiceProvider).Assembly.GetType(metadataName)
        ?? typeof(FromKeyedServicesAttribute).Assembly.GetType(metadataName)
        ?? typeof(JsonSerializerContext).Assembly.GetType(metadataName)
        ?? typeof(ILogger).Assembly.GetType(metadataName)
        ?? throw new TypeLoadException(metadataName);
}
