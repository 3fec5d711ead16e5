using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using WsAot.Generators.Tests.Compilations;
using WsAot.Routing;

namespace WsAot.Generators.Tests.Describing;

/// <summary>
/// The C# client against a server over loopback. What is tried stands in <c>CSharpClientRun.txt</c>, which is compiled with it.
/// </summary>
public sealed class CSharpClientRunTests : IAsyncDisposable
{
    private const string Application = TestCompilation.JsonUsings + """
        namespace MyApp;

        [JsonRpcClient, WsTopic("chat/{room}/{id:int}", History = 5, Presence = true)]
        public interface IChatRoom { void Said(string who, Message message); }

        [JsonRpcClient, WsTopic("ticks")] public interface ITicks { void Tick(int number); }

        [JsonRpcClient] public interface IScreen
        {
            void Show(string text);
            Task<string> AskName(string greeting, CancellationToken cancel);
            Task<int> Fail();
        }

        public record Message(string Text, DateTimeOffset? At = null);

        [WsRoute("/rpc/{name}", Json = typeof(AppJson), Topics = [typeof(IChatRoom), typeof(ITicks)])]
        public sealed class Api(WsTopic<IChatRoom> rooms, WsTopic<ITicks> ticks, IScreen screen, WsConnection connection, string name)
        {
            [OnSubscribe] public async ValueTask<bool> MayHear(IChatRoom topic, string room, int id)
            {
                await Task.Yield();
                return room != "secret";
            }

            [JsonRpcMethod] public int Sum(IReadOnlyList<int> numbers) { int sum = 0; foreach (int one in numbers) sum += one; return sum; }
            [JsonRpcMethod] public string? Echo(string? text = "default", int times = 1) => text is null ? null : text + times;
            [JsonRpcMethod] public void Refuse() => throw new JsonRpcException(7, "no");
            [JsonRpcMethod] public void Say(string room, int id, string text) => rooms.Of(room, id).Said(name, new Message(text));
            [JsonRpcMethod] public void Tick(int number) => ticks.Of().Tick(number);
            [JsonRpcMethod] public void Drop() => connection.Abort();
            [JsonRpcMethod] public void Leave() => connection.Close();
            [JsonRpcMethod] public async Task<string> Ask(CancellationToken cancel)
            {
                screen.Show("asking");
                string answer = await screen.AskName("hello", cancel);
                try { await screen.Fail(); } catch (JsonRpcException error) { answer += " " + error.Code; }
                return answer;
            }

            [JsonRpcMethod] public async Task Wait(CancellationToken cancel) => await Task.Delay(Timeout.Infinite, cancel);
            [JsonRpcMethod] public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken cancel)
            {
                for (int i = 1; i <= to; i++) { yield return i; await Task.Delay(1, cancel); }
            }
        }

        [JsonSerializable(typeof(IReadOnlyList<int>))] [JsonSerializable(typeof(string))] [JsonSerializable(typeof(Message))]
        internal sealed partial class AppJson : JsonSerializerContext;
        """;

    private static readonly Lazy<WsRouteTable> s_table = new(
        static () => LoadedRoutes.Load(TestCompilation.Create(Application).WithAssemblyName("MyApp")));

    private static readonly Lazy<Type> s_run = new(static () => CompileRun());

    private readonly WsServer _server;

    public CSharpClientRunTests()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(s_table.Value);
        builder.Options.Urls = "ws://127.0.0.1:0";
        _server = builder.Build();
        _server.Start();
    }

    public static TheoryData<string> Runs =>
        [.. s_run.Value.GetMethods(BindingFlags.Static | BindingFlags.Public).Select(static run => run.Name)];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task It_does(string run) =>
        await ((Task)s_run.Value.GetMethod(run)!.Invoke(null, [new Uri(_server.Urls[0])])!).WaitAsync(TimeSpan.FromSeconds(60));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static Type CompileRun()
    {
        string client = System.Text.Encoding.UTF8.GetString(s_table.Value.Describe("csharp"));
        string run = File.ReadAllText(Path.Combine(Repository.TestProject, "Describing", "CSharpClientRun.txt"))
            .Replace("{docs}", Path.Combine(Repository.Root, "docs").Replace('\\', '/'), StringComparison.Ordinal);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Client",
            new[] { client, run }.Select(static text => CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions)),
            [.. TestCompilation.References, MetadataReference.CreateFromFile(typeof(Assert).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([.. SystemTextJson.GeneratorsFor(compilation)], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation withJson, out _);
        using var stream = new MemoryStream();
        EmitResult result = withJson.Emit(stream);
        Assert.Empty(result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        stream.Position = 0;
        Assembly assembly = new AssemblyLoadContext("Client", isCollectible: true).LoadFromStream(stream);
        return assembly.GetType("CSharpClientRun", throwOnError: true)!;
    }
}
