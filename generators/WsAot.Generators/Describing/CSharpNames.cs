using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Turns C# and JSON names into names of the C# client.</summary>
internal static class CSharpNames
{
    /// <summary>Names that the file itself declares or uses. A user type with one of these names gets its full name instead.</summary>
    public static IReadOnlyList<string> Reserved { get; } =
    [
        .. "RpcClientOptions RpcClientState RpcException RpcConnectionException RpcPendingCall RpcCall RpcStream RpcClient".Split(' '),
        .. "IRpcTopicKeeper RpcPosition RpcMember RpcSubscribed RpcTopicHandlers RpcSubscribeOptions RpcTopic RpcSubscription".Split(' '),
        .. "RpcTopics Action Array ArrayBufferWriter ArrayPool ArgumentException Channel ChannelReader CancellationToken".Split(' '),
        .. "CancellationTokenRegistration CancellationTokenSource ClientWebSocket ClientWebSocketOptions Console CultureInfo".Split(' '),
        .. "DateOnly DateTimeOffset Dictionary EnumeratorCancellation Environment Exception Func GC Guid".Split(' '),
        .. "HashSet IAsyncDisposable".Split(' '),
        .. "IAsyncEnumerable IDisposable IEnumerable IFormattable IReadOnlyDictionary IReadOnlyList ImmutableDictionary Int128".Split(' '),
        .. "Interlocked InvalidOperationException JavaScriptEncoder JsonConverter JsonDerivedType JsonDocument JsonElement".Split(' '),
        .. "JsonException JsonExtensionData JsonIgnore JsonIgnoreCondition JsonNumberHandling JsonPolymorphic JsonPropertyName".Split(' '),
        .. "JsonSerializable JsonSerializer JsonSerializerContext JsonSourceGenerationOptions JsonStringEnumConverter".Split(' '),
        .. "JsonStringEnumMemberName JsonTypeInfo JsonValueKind JsonWriterOptions List Math Object ObjectDisposedException".Split(' '),
        .. "OperationCanceledException Random ReadOnlyMemory SortedDictionary".Split(' '),
        .. "String StringComparison Task TaskContinuationOptions".Split(' '),
        .. "TaskCreationOptions TaskCompletionSource TaskScheduler TimeOnly TimeSpan Timeout UnboundedChannelOptions Uri".Split(' '),
        .. "UriBuilder Utf8JsonWriter ValueTask ValueWebSocketReceiveResult WebSocket WebSocketCloseStatus WebSocketException".Split(' '),
        .. "WebSocketMessageType WebSocketState AggregateException Flags System".Split(' '),
        .. "Boolean SByte Byte Int16 UInt16 Int32 UInt32 Int64 UInt64 Double Decimal Char ByteArray".Split(' '),
    ];

    /// <summary>The members that every object has, and those of records.</summary>
    public static IReadOnlyList<string> ReservedMembers { get; } =
    [
        .. "Equals GetHashCode GetType ToString MemberwiseClone ReferenceEquals Finalize Clone EqualityContract PrintMembers".Split(' '),
        .. "Deconstruct".Split(' '),
    ];

    /// <summary>The members that every client has.</summary>
    public static IReadOnlyList<string> ClientMembers { get; } =
    [
        .. ReservedMembers,
        .. "StateChanged State Topics DisposeAsync Report Call Forget Start RequestAsync StreamAsync Notify ServeAsync Argument".Split(' '),
        .. "NoParameters".Split(' '),
    ];

    /// <summary>The members that every class of a topic's handlers has.</summary>
    public static IReadOnlyList<string> TopicMembers { get; } =
        [.. ReservedMembers, .. "OnSubscribed OnGap OnJoined OnLeft OnError Call".Split(' ')];

    /// <summary>A name that begins with a capital letter: <c>clock/ticks</c> becomes <c>ClockTicks</c>.</summary>
    public static string Member(string name)
    {
        string result = "";
        bool isStart = true;
        foreach (char c in name)
        {
            bool isPart = SyntaxFacts.IsIdentifierPartCharacter(c) && c != '_';
            if (isPart) result += isStart ? char.ToUpperInvariant(c) : c;
            isStart = !isPart;
        }

        return result.Length > 0 && SyntaxFacts.IsIdentifierStartCharacter(result[0]) ? result : "_" + result;
    }

    /// <summary>Unique names for parameters, as they are written.</summary>
    public static IReadOnlyList<string> Parameters(IEnumerable<string> names, params string[] taken)
    {
        var scope = new NameScope(StringComparer.Ordinal, taken);
        return [.. names.Select(name => CSharpText.Identifier(scope.Take(name)))];
    }

    /// <summary>A namespace from the name of an assembly.</summary>
    public static string Namespace(string assembly) =>
        string.Join(".", assembly.Split('.').Select(Member).Select(CSharpText.Identifier)) + ".Client";
}
