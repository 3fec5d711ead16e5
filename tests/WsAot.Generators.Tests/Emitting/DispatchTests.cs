using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Emitting;

/// <summary>The generated dispatch of JSON-RPC methods, compiled and served.</summary>
public sealed class DispatchTests : IDisposable
{
    private const string Source = TestCompilation.JsonUsings + """
        public sealed record Point(int X, string? Name = null);

        public abstract class Base<T>
        {
            [JsonRpcMethod] public string Hidden() => "base";
            [JsonRpcMethod] public virtual string Overridden(T value) => "base";
        }

        [WsRoute("/rpc/{room}", Json = typeof(Json))]
        public sealed class Handler(string room) : Base<int>
        {
            public new string Hidden() => "hiding";
            public override string Overridden(int value) => "override " + value;

            [JsonRpcMethod] public int Sum(int left, int right = 10) => left + right;
            [JsonRpcMethod("a/b \"\u20ac")] public string Renamed() => "renamed";
            [JsonRpcMethod] public void Nothing() { }
            [JsonRpcMethod] public string? Text(string text, string? nullable, params int[] more) =>
                text + "|" + (nullable ?? "null") + "|" + string.Join(" ", more);
            [JsonRpcMethod] public string Listed(int start = 0, params IReadOnlyList<int> numbers) => $"{start} {numbers.Count}";
            [JsonRpcMethod] public Point Move(Point point, int? by) => point with { X = point.X + (by ?? 1) };
            [JsonRpcMethod] public string Sources(WsConnection connection, string @class, WsRequest request, CancellationToken token,
                string room) =>
                string.Join(" ", connection is not null, @class, request.Path, token == connection!.ConnectionClosed, room);
            [JsonRpcMethod] public async Task Later() => await Task.Yield();
            [JsonRpcMethod] public async Task<int> LaterValue(int number, CancellationToken token)
            {
                await Task.Yield();
                return token.CanBeCanceled ? number : -1;
            }
            [JsonRpcMethod] public ValueTask LaterOrNow() => default;
            [JsonRpcMethod] public ValueTask<string> LaterOrNowValue() => new(room);
            [JsonRpcMethod] public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken token)
            {
                for (int i = 1; i <= to; i++) { await Task.Yield(); yield return token.CanBeCanceled ? i : -1; }
            }
            [JsonRpcMethod] public dynamic Dynamic(dynamic anything) => anything;
            [JsonRpcMethod] public int Throw() => throw new NotSupportedException("secret");
            [JsonRpcMethod] public int ThrowCode() => throw new JsonRpcException(42, "meant");
        #nullable disable
            [JsonRpcMethod] public string Oblivious(string text) => text ?? "null";
        #nullable restore
        }

        [JsonSerializable(typeof(Point))] [JsonSerializable(typeof(int[]))] [JsonSerializable(typeof(IReadOnlyList<int>))]
        [JsonSerializable(typeof(int?))] [JsonSerializable(typeof(object))] [JsonSerializable(typeof(System.Text.Json.JsonElement))]
        public sealed partial class Json : JsonSerializerContext;
        """;

    private static readonly Lazy<RunningRoutes> s_routes = new(static () => new RunningRoutes(Source));

    private readonly RunningClient _client = s_routes.Value.Open("/rpc/lobby");

    [Theory]
    [InlineData("Sum", "[1,2]", "3")]
    [InlineData("Sum", "{\"right\":2,\"left\":1}", "3")]
    [InlineData("Sum", "[1]", "11")]
    [InlineData("Sum", "{\"left\":1}", "11")]
    [InlineData("Nothing", null, "null")]
    [InlineData("Nothing", "[]", "null")]
    [InlineData("Nothing", "{}", "null")]
    [InlineData("a/b \\\"\\u20AC", null, "\"renamed\"")]
    [InlineData("Text", "[\"a\",null,[1,2]]", "\"a|null|1 2\"")]
    [InlineData("Text", "[\"a\",null]", "\"a|null|\"")]
    [InlineData("Text", "{\"text\":\"a\",\"nullable\":\"b\"}", "\"a|b|\"")]
    [InlineData("Listed", "[]", "\"0 0\"")]
    [InlineData("Listed", "{\"numbers\":[1]}", "\"0 1\"")]
    [InlineData("Move", "[{\"X\":1},null]", "{\"X\":2,\"Name\":null}")]
    [InlineData("Move", "{\"by\":5,\"point\":{\"X\":1,\"Name\":\"n\"}}", "{\"X\":6,\"Name\":\"n\"}")]
    [InlineData("Sources", "{\"class\":\"c\",\"room\":\"not a route value\"}", "\"True c /rpc/lobby True not a route value\"")]
    [InlineData("Sources", "[\"c\",\"d\"]", "\"True c /rpc/lobby True d\"")]
    [InlineData("Later", null, "null")]
    [InlineData("LaterValue", "[5]", "5")]
    [InlineData("LaterOrNow", null, "null")]
    [InlineData("LaterOrNowValue", null, "\"lobby\"")]
    [InlineData("Dynamic", "[{\"a\":[1]}]", "{\"a\":[1]}")]
    [InlineData("Hidden", null, "\"base\"")]
    [InlineData("Overridden", "[3]", "\"override 3\"")]
    [InlineData("Oblivious", "[null]", "\"null\"")]
    public void A_call_reaches_its_method_and_its_result_comes_back(string method, string? parameters, string result) =>
        Assert.Equal(result, _client.Call(method, parameters));

    [Theory]
    [InlineData("sum", "[1,2]", "-32601")]
    [InlineData("Sum ", "[1,2]", "-32601")]
    [InlineData("Renamed", null, "-32601")]
    [InlineData("", null, "-32601")]
    [InlineData("Sum", null, "-32602")]
    [InlineData("Sum", "[]", "-32602")]
    [InlineData("Sum", "{\"right\":2}", "-32602")]
    [InlineData("Sum", "[1,2,3]", "-32602")]
    [InlineData("Sum", "{\"left\":1,\"Right\":2}", "-32602")]
    [InlineData("Sum", "{\"left\":1,\"left\":2}", "-32602")]
    [InlineData("Sum", "[null,2]", "-32602")]
    [InlineData("Sum", "[\"1\",2]", "-32602")]
    [InlineData("Nothing", "[1]", "-32602")]
    [InlineData("Text", "[null,null,[]]", "-32602")]
    [InlineData("Text", "[\"a\",null,null]", "-32602")]
    [InlineData("Text", "[\"a\",null,1,2]", "-32602")]
    [InlineData("Throw", null, "-32603")]
    [InlineData("ThrowCode", null, "42")]
    public void A_call_that_cannot_be_made_is_answered_with_an_error(string method, string? parameters, string code) =>
        Assert.Equal(code, _client.Call(method, parameters));

    [Fact]
    public void A_stream_comes_item_by_item_and_ends_in_the_response()
    {
        string[] messages = _client.Say("""{"jsonrpc":"2.0","id":"s","method":"Count","params":[2]}""");
        Assert.Equal(
            [
                """{"jsonrpc":"2.0","method":"$/progress","params":{"token":"s","value":1}}""",
                """{"jsonrpc":"2.0","method":"$/progress","params":{"token":"s","value":2}}""",
                """{"jsonrpc":"2.0","id":"s","result":null}""",
            ],
            messages.Select(static message => message.Replace(
                "\"result\":null,\"id\":\"s\"", "\"id\":\"s\",\"result\":null", StringComparison.Ordinal)));
    }

    [Fact]
    public void Many_names_are_told_apart()
    {
        string[] names = [.. Enumerable.Range(0, 40)
            .Select(static i => new string((char)('a' + (i % 7)), 1 + (i % 3)) + (i % 2 == 0 ? "é" : "/x") + i)];
        string methods =
            string.Concat(names.Select(static (name, i) => $"[JsonRpcMethod(\"{name}\")] public string M{i}() => \"{name}\"; "));
        using var routes = new RunningRoutes(TestCompilation.JsonUsings + $$"""
            [WsRoute("/", Json = typeof(Json))] public sealed class Handler { {{methods}} }
            [JsonSerializable(typeof(string))] public sealed partial class Json : JsonSerializerContext;
            """);
        RunningClient client = routes.Open("/");
        Assert.All(names, name =>
        {
            Assert.Equal(name, System.Text.Json.JsonSerializer.Deserialize<string>(client.Call(name)));
            Assert.Equal("-32601", client.Call(name + "0"));
            Assert.Equal("-32601", client.Call(name[..^1] + "?"));
            Assert.Equal("-32601", client.Call("?" + name[1..]));
        });
    }

    [Theory]
    [InlineData("""
        byte a = 255, sbyte b = -128, short c = short.MinValue, ushort d = 65535, int e = int.MinValue, uint f = uint.MaxValue,
        long g = long.MinValue, ulong h = ulong.MaxValue, long? i = 7, long? j = null
        """)]
    [InlineData("double a = 0.1, double b = double.NaN, double c = double.NegativeInfinity, "
        + "double d = -0.0, double e = 1e300, double f = double.Epsilon, double? g = 3")]
    [InlineData("float a = 0.1f, float b = float.PositiveInfinity, float c = float.Epsilon, float d = -0.0f, float e = float.MaxValue")]
    [InlineData("decimal a = 1.50m, decimal b = decimal.MinValue, decimal c = 0.0000000000000000000000000001m, "
        + "decimal? d = -0.0m, decimal? e = null")]
    [InlineData(""" string a = "a\"\\\r\n\t\0é\u2028\U0001F600", string? b = null, """
        + """ char c = '\'', char d = '\\', char e = '\uFFFF', char? f = 'x', string g = "{}" """)]
    [InlineData("bool a = true, bool? b = false, Color c = Color.Green, Color? d = Color.Red, Color e = default, "
        + "DayOfWeek f = (DayOfWeek)99, Color? g = null")]
    [InlineData("Guid a = default, int[]? b = null, object? c = null, List<int>? d = default, DateTime e = default, Guid? f = null")]
    public void Parameters_that_are_left_out_have_the_values_that_the_compiler_gives_them(string parameters)
    {
        string names = string.Join(", ", parameters.Split(" = ")[..^1].Select(static part => part.Split(' ')[^1]));
        using var routes = new RunningRoutes(TestCompilation.JsonUsings + $$"""
            public enum Color : long { Red, Green = -5 }
            [WsRoute("/", Json = typeof(Json))] public sealed class Handler
            {
                [JsonRpcMethod] public string Actual({{parameters.Trim()}}) => string.Join("; ", Show({{names}}));
                [JsonRpcMethod] public string Expected() => Actual();
                // Includes the sign of a zero and the scale of a decimal.
                private static IEnumerable<string> Show(params object?[] values)
                {
                    foreach (object? value in values)
                        yield return value switch
                        {
                            null => "null",
                            double d => BitConverter.DoubleToInt64Bits(d).ToString(),
                            float f => BitConverter.SingleToInt32Bits(f).ToString(),
                            _ => value.ToString()!,
                        };
                }
            }
            [JsonSerializable(typeof(string))] public sealed partial class Json : JsonSerializerContext;
            """);
        RunningClient client = routes.Open("/");
        string expected = client.Call("Expected");
        Assert.StartsWith("\"", expected, StringComparison.Ordinal);
        Assert.Equal(expected, client.Call("Actual"));
    }

    public void Dispose() => Assert.Empty(_client.Take());
}
