using WsAot.Generators.Describing;
using WsAot.Generators.Tests.Compilations;

namespace WsAot.Generators.Tests.Describing;

/// <summary>What applications say of themselves.</summary>
public class DescriptionTests
{
    private const string Application = """
        using System;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        using System.Text.Json.Serialization;
        using System.Threading;
        using System.Threading.Tasks;
        using WsAot;

        namespace MyApp;

        /// <summary>Counts, and says what it is told.</summary>
        [WsRoute("/rpc", Json = typeof(AppJson), Subprotocols = ["calc.v1"])]
        public sealed class Calculator(IChatClient client, WsTopic<IChatClient> everyone)
        {
            /// <summary>The sum of <paramref name="numbers"/>.</summary>
            /// <param name="numbers">What is added.</param>
            /// <returns>Zero for none.</returns>
            [JsonRpcMethod] public int Sum(int[] numbers) => numbers.Length;

            /// <summary>
            /// A tick
            /// each second.
            /// </summary>
            [JsonRpcMethod("clock/ticks")]
            public async IAsyncEnumerable<Tick> Ticks(int count, [EnumeratorCancellation] CancellationToken cancel, TimeSpan? every = null)
            {
                await Task.Yield();
                yield break;
            }

            [JsonRpcMethod] public void Say(Message message) => client.Said(message.Who, message.Text);

            [JsonRpcMethod("close")] public Task<Message?> Close(bool @class) => Task.FromResult<Message?>(null);
        }

        /// <param name="Number">From 1.</param>
        public sealed record Tick(int Number, DateTimeOffset At);

        public sealed record Message(string Who, string Text, Mood Mood = Mood.Fine);

        public enum Mood { Fine, Grim = 5 }

        /// <summary>What a client shows.</summary>
        [JsonRpcClient]
        public interface IChatClient
        {
            void Said(string who, string text);
            /// <summary>Asks the person.</summary>
            Task<string> AskName(CancellationToken cancel);
        }

        [WsRoute("/echo/{room}")]
        public sealed class Echo(string room)
        {
            [OnText] public void Text(string text) { }
            [OnClose] public void Closed() { }
        }

        [JsonSerializable(typeof(int[]))]
        [JsonSerializable(typeof(int))]
        [JsonSerializable(typeof(bool))]
        [JsonSerializable(typeof(string))]
        [JsonSerializable(typeof(TimeSpan?))]
        [JsonSerializable(typeof(Tick))]
        [JsonSerializable(typeof(Message))]
        internal sealed partial class AppJson : JsonSerializerContext;
        """;

    [Fact]
    public void Routes() => Snapshot.Match(GeneratorRun.Describe("routes", Application), "txt");

    [Fact]
    public void OpenRpc() => Snapshot.Match(GeneratorRun.Describe("openrpc", Application), "json");

    [Fact]
    public void TypeScript() => Snapshot.Match(WithoutRuntime(GeneratorRun.Describe("typescript", Application)), "ts");

    private static string WithoutRuntime(string file) =>
        file[..file.IndexOf(TypeScriptEmitter.RuntimeHead, StringComparison.Ordinal)] + file[file.IndexOf(TypeScriptEmitter.ClientsHead, StringComparison.Ordinal)..];
}
