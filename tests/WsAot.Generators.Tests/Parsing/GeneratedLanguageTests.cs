using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Parsing;

/// <summary>What the generator writes, compiled by every version of C#.</summary>
public class GeneratedLanguageTests
{
    // Everything that makes a difference in generated code, as old as it can be written.
    private const string Handlers = """
        using System;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using WsAot;

        public enum Color { Red, Green, Blue, Black, White }
        [Flags] public enum Permissions { Read = 1, Write = 2 }
        public class User { }

        [WsRoute("/all/{id}/{color}/{permissions}/{time}/{offset}/{*rest}", Subprotocols = new[] { "a", "b" }, MaxMessageBytes = 5)]
        public class All
        {
            public All(WsConnection connection, int id, Color color, Permissions permissions, DateTime time, DateTimeOffset offset,
                User user, IFormatProvider provider, string rest, int optional = 1, params string[] more) { }
            [OnUpgrade] public static Task<WsUpgrade<User>> Check(WsRequest request, CancellationToken token) => null!;
            [OnOpen] public void Opened(string rest) { }
            [OnText] public Task Said(ReadOnlyMemory<byte> text) => Task.CompletedTask;
            [OnBinary] public ValueTask Sent(ReadOnlyMemory<byte> bytes) => default;
            [OnClose] public void Closed(WsClose close) { }
        }
        [WsRoute("/alle")] public class Alle { [OnOpen] public void Opened() { } }
        [WsRoute("/ally")] public class Ally { [OnOpen] public void Opened() { } }
        [WsRoute("/b\"\u00e9")] public class Quoted { [OnOpen] public void Opened() { } }

        [WsRoute("/rpc", Json = typeof(Json))]
        public class Rpc
        {
            public Rpc(IClient client, WsTopic<IClient> topic) { }
            [JsonRpcMethod] public int Sum(params int[] numbers) => 0;
            [JsonRpcMethod] public int Lines(params int[][] numbers) => 0;
            [JsonRpcMethod] public async Task<int> Get(string text = "a\u2028", double number = double.NaN, Color color = Color.Red,
                DateTime time = default, CancellationToken token = default) { await Task.Yield(); return 0; }
            [JsonRpcMethod] public async IAsyncEnumerable<int> Count([EnumeratorCancellation] CancellationToken token)
            {
                await Task.Yield();
                yield return 1;
            }
            [JsonRpcMethod] public void Say(WsConnection connection, string? text) { }
        }
        [JsonRpcClient] public interface IClient
        {
            void Said(string text, int? number);
            Task<string> Ask(CancellationToken token);
            ValueTask Go();
        }
        [JsonSerializable(typeof(int?))] [JsonSerializable(typeof(string))] [JsonSerializable(typeof(double))]
        [JsonSerializable(typeof(Color))] [JsonSerializable(typeof(DateTime))] [JsonSerializable(typeof(int[][]))]
        internal partial class Json : JsonSerializerContext { }
        """;

    public static TheoryData<LanguageVersion> EnoughVersions =>
    [
        .. Enum.GetValues<LanguageVersion>()
            .Where(static version => version is >= LanguageVersion.CSharp11 and <= LanguageVersion.Preview),
    ];

    public static TheoryData<LanguageVersion> OlderVersions =>
        [LanguageVersion.CSharp8, LanguageVersion.CSharp9, LanguageVersion.CSharp10];

    [Theory]
    [MemberData(nameof(EnoughVersions))]
    public async Task Generated_code_compiles_from_the_stated_version_on(LanguageVersion version)
    {
        CSharpCompilation compilation = Create(version, Handlers);
        string file = GeneratorRun.Generate(compilation, out _);
        Assert.Contains("RpcRoute", file, StringComparison.Ordinal);
        Assert.Empty(await Analysis.Run(compilation));
    }

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public async Task An_older_version_is_one_error_at_each_handler_and_none_in_generated_code(LanguageVersion version)
    {
        CSharpCompilation compilation = Create(version, """
            using System;
            using WsAot;
            [WsRoute("/a")] public class A { [OnText] public void Said(ReadOnlySpan<byte> text) { } }
            [WsRoute("/b")] public class B { [OnText] public void Said(ReadOnlySpan<byte> text) { } }
            public static class Program { public static object Table() => WsRoutes.Table; }
            """);
        Assert.Empty(Analysis.CompilerErrors(compilation));
        Diagnostic[] reported = await Analysis.Run(compilation);
        Assert.Equal(["WSA034", "WSA034"], reported.Select(static diagnostic => diagnostic.Id));
        Assert.Contains(
            "Set <LangVersion> to 11 or later, or remove it from the project: the code generated for 'A' is C# 11, "
                + $"and the project is compiled as C# {version.ToDisplayString()}",
            reported.Select(static diagnostic => diagnostic.GetMessage(null)));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp2)]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp10)]
    public async Task Without_a_handler_no_version_is_too_old(LanguageVersion version)
    {
        CSharpCompilation compilation = TestCompilation.Create(
            TestCompilation.ParseOptions.WithLanguageVersion(version), NullableContextOptions.Disable, "class Program { }");
        Assert.Empty(Analysis.CompilerErrors(compilation));
        Assert.Empty(await Analysis.Run(compilation));
    }

    private static CSharpCompilation Create(LanguageVersion version, string source) => TestCompilation.Create(
        TestCompilation.ParseOptions.WithLanguageVersion(version), NullableContextOptions.Enable, source);
}
