using static WsAot.Generators.Tests.Compilations.Analysis;
using static WsAot.Generators.Tests.Compilations.TestCompilation;

namespace WsAot.Generators.Tests.Analyzers;

public class RouteOptionsAnalyzerTests
{
    [Fact]
    public async Task WSA015_values_out_of_range()
    {
        var reported = await Check(Usings + """
            [WsRoute("/a", MaxMessageBytes = {|WSA015:-1|}, MaxFragments = {|WSA015:int.MinValue|}, MaxPendingOutputBytes = {|WSA015:-5|},
                SlowConsumer = {|WSA015:(SlowConsumerPolicy)9|})]
            public class A { [OnOpen] public void Opened() { } }
            [WsRoute("/b", MaxMessageBytes = {|WSA015:1073741825|}, Subprotocols = ["good", {|WSA015:"not good"|}, {|WSA015:""|},
                {|WSA015:"good"|}, {|WSA015:null!|}])]
            public class B { [OnOpen] public void Opened() { } }
            [WsRoute("/c", Subprotocols = new[] { {|WSA015:"a,b"|}, "A", "a" })]
            public class C { [OnOpen] public void Opened() { } }
            [WsRoute("/d", Subprotocols = new string[] { {|WSA015:"é"|} })]
            public class D { [OnOpen] public void Opened() { } }
            [WsRoute("/e", MaxRequestsInFlight = {|WSA015:-1|}, MaxBatchLength = {|WSA015:-2|})]
            public class E { [OnOpen] public void Opened() { } }
            [WsRoute("/f", MaxMessagesPerSecond = {|WSA015:-1|}, MaxMessageBurst = {|WSA015:-1|}, MaxBytesPerSecond = {|WSA015:-1|},
                MaxByteBurst = {|WSA015:-1|}, RateLimitPolicy = {|WSA015:(RateLimitPolicy)3|}, MaxConnectionLifetimeMs = {|WSA015:-1|})]
            public class F { [OnOpen] public void Opened() { } }
            [JsonRpcClient(TimeoutMs = {|WSA015:-1|})] public interface IClient { void Said(); }
            """);
        string messages = string.Join('\n', reported.Select(static diagnostic => diagnostic.GetMessage(null)));
        Assert.Contains("Correct MaxMessageBytes: it can be 0 (the server's value) or 1 to 1073741824", messages, StringComparison.Ordinal);
        Assert.Contains("Correct MaxRequestsInFlight: it can be 0 (32) or 1 to 2147483647", messages, StringComparison.Ordinal);
        Assert.Contains("Correct TimeoutMs: it can be 0 (30 seconds) or 1 to 2147483647", messages, StringComparison.Ordinal);
        Assert.Contains("Correct SlowConsumer: it can be Default, Drop, Close", messages, StringComparison.Ordinal);
        const string Burst = "it can be 0 (one second's worth of the route's rate, or the server's value) or 1 to 2147483647";
        Assert.Contains("Correct MaxByteBurst: " + Burst, messages, StringComparison.Ordinal);
        Assert.Contains("Correct RateLimitPolicy: it can be Default, Pause, Close", messages, StringComparison.Ordinal);
        Assert.Contains("Correct Subprotocols: 'good' is listed twice", messages, StringComparison.Ordinal);
    }

    [Fact]
    public Task WSA015_not_for_values_within_it() => Check(Usings + """
        [WsRoute("/a", MaxMessageBytes = 1073741824, MaxFragments = int.MaxValue, MaxPendingOutputBytes = 0,
            SlowConsumer = SlowConsumerPolicy.Default, Subprotocols = ["chat.v1", "CHAT.V1", "!#$%&'*+-.^_`|~"])]
        public class A { [OnOpen] public void Opened() { } }
        [WsRoute("/b", Subprotocols = null!)] public class B { [OnOpen] public void Opened() { } }
        [WsRoute("/c", MaxRequestsInFlight = 1, MaxBatchLength = int.MaxValue)] public class C { [OnOpen] public void Opened() { } }
        [WsRoute("/d", MaxMessagesPerSecond = int.MaxValue, MaxMessageBurst = 1, MaxBytesPerSecond = int.MaxValue, MaxByteBurst = 1,
            RateLimitPolicy = RateLimitPolicy.Pause, MaxConnectionLifetimeMs = int.MaxValue)]
        public class D { [OnOpen] public void Opened() { } }
        [JsonRpcClient(TimeoutMs = 1)] public interface IClient { void Said(); }
        """);
}
