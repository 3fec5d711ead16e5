using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Emitting;
using WsAot.Generators.Parsing;

namespace WsAot.Generators.Describing;

/// <summary>Names as TypeScript can have them.</summary>
internal static class TypeScriptNames
{
    // ECMAScript 2023 section 12.7.2, with what is reserved in modules.
    private static readonly HashSet<string> s_keywords = new(
        ("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements "
            + "import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield").Split(' '),
        StringComparer.Ordinal);

    /// <summary>What the file has or uses by these names; a type of the user's that has one of them gets its full name.</summary>
    public static IReadOnlyList<string> Reserved { get; } =
    [
        .. "RpcClientOptions RpcReconnectOptions RpcCallOptions RpcClientState RpcError RpcConnectionError RpcWebSocket RpcWebSocketConstructor RpcClient".Split(' '),
        .. "RpcStream RpcStreamIterator RpcServedMethod RpcRoute RpcCaller RpcPendingCall RpcMessage RpcItems rpcFinalCloseCodes".Split(' '),
        .. "AbortController AbortSignal Array AsyncIterable AsyncIterator Date Error Infinity IteratorResult JSON Map Math Object Promise PromiseLike".Split(' '),
        .. "Readonly ReadonlyMap Record ReturnType Set String Symbol TypeError URL WebSocket clearTimeout console globalThis setTimeout undefined".Split(' '),
        .. "any bigint boolean never number object string symbol unknown".Split(' '),
        .. TypeScriptTypes.Aliases.Select(static alias => alias.Name),
        .. s_keywords,
    ];

    /// <summary>The members of a client that are not the user's methods.</summary>
    public static IReadOnlyList<string> ReservedMembers { get; } =
        // then: what has it is taken for a promise.
        ["constructor", "then", "state", "onStateChange", "close", "request", "notification", "stream", "notify"];

    /// <summary>The method that calls one in C#: <c>Sum</c> is <c>sum</c>, <c>clock/ticks</c> is <c>clockTicks</c>.</summary>
    public static string Method(string wireName)
    {
        string[] words = new string([.. wireName.Select(static c => IsPart(c) ? c : ' ')]).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        string name = string.Concat(words.Select(static (word, i) =>
            i == 0 ? NamingPolicies.CamelCase(word) : char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return name.Length > 0 && IsStart(name[0]) ? name : "_" + name;
    }

    /// <summary>The parameter, which is called what it is called in C# unless it cannot be.</summary>
    public static string Parameter(string name) => s_keywords.Contains(name) || name is "options" or "signal" ? name + "_" : name;

    /// <summary>The name of a member of an object.</summary>
    public static string Property(string name) => name.Length > 0 && IsStart(name[0]) && name.All(IsPart) ? name : JsonText.String(name);

    private static bool IsStart(char c) => SyntaxFacts.IsIdentifierStartCharacter(c) || c == '$';

    private static bool IsPart(char c) => SyntaxFacts.IsIdentifierPartCharacter(c) || c == '$';
}
