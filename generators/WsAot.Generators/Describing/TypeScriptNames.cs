using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Turns C# and JSON names into TypeScript names.</summary>
internal static class TypeScriptNames
{
    // ECMAScript 2023 section 12.7.2, and the words that are reserved in modules.
    private static readonly HashSet<string> s_keywords = new(
        ("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally "
            + "for function if implements import in instanceof interface let new null package private protected public return static "
            + "super switch this throw true try typeof var void while with yield").Split(' '),
        StringComparer.Ordinal);

    // In an object literal this sets the prototype instead of a member (ECMAScript 2023 section B.3.1).
    private const string Prototype = "__proto__";

    /// <summary>Names that the file itself declares or uses. A user type with one of these names gets its full name instead.</summary>
    public static IReadOnlyList<string> Reserved { get; } =
    [
        .. "RpcClientOptions RpcReconnectOptions RpcHeartbeatOptions RpcAddress RpcCallOptions".Split(' '),
        .. "RpcClientState RpcStateReason RpcError RpcConnectionError RpcWebSocket RpcWebSocketConstructor".Split(' '),
        .. "RpcClient RpcStream RpcStreamIterator RpcServedMethod RpcRoute".Split(' '),
        .. "RpcCaller RpcPendingCall RpcMessage RpcItems RpcLink RpcTopicKeeper rpcFinalCloseCodes".Split(' '),
        .. "RpcPosition RpcMember RpcSubscribed RpcTopicHandlers RpcSubscribeOptions RpcSubscription RpcTopic RpcTopicMessages".Split(' '),
        .. "RpcTopicMessage RpcTopicNews RpcTopicAnswer RpcTopicSubscription RpcTopics rpcMostSubscribing rpcPassingErrors".Split(' '),
        .. "AbortController AbortSignal Array AsyncIterable AsyncIterator Date Error Infinity IteratorResult JSON Map".Split(' '),
        .. "Math Number Object Partial Promise PromiseLike Readonly".Split(' '),
        .. "ReadonlyMap Record ReturnType Set String Symbol TypeError URL".Split(' '),
        .. "WebSocket clearTimeout console globalThis setTimeout undefined".Split(' '),
        .. "any bigint boolean never number object string symbol unknown".Split(' '),
        .. TypeScriptTypes.Aliases.Select(static alias => alias.Name),
        .. s_keywords,
    ];

    /// <summary>The members that every client class has beside the user's methods.</summary>
    public static IReadOnlyList<string> ReservedMembers { get; } =
        // An object with a method "then" would be treated as a promise.
        [.. ReservedMethodNames, "then", "state", "onStateChange", "close", "request", "notification", "stream", "notify"];

    /// <summary>Names that no method can have, because every object has a member of that name.</summary>
    public static IReadOnlyList<string> ReservedMethodNames =>
        ["constructor", Prototype, "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"];

    /// <summary>The handlers of a subscription beside those of the topic's messages.</summary>
    public static IReadOnlyList<string> TopicHandlers { get; } = ["onSubscribed", "onGap", "onJoined", "onLeft", "onError"];

    /// <summary>
    /// The name of the method that calls the server: <c>Sum</c> becomes <c>sum</c>, <c>clock/ticks</c> becomes <c>clockTicks</c>.
    /// </summary>
    public static string Method(string wireName)
    {
        string name = "";
        for (int start = 0, end = 0; start < wireName.Length; start = end + 1)
        {
            end = start + CountParts(wireName, start);
            string word = wireName.Substring(start, end - start);
            name += name.Length == 0 ? NamingPolicies.CamelCase(word) : CSharpText.Capitalized(word);
        }

        return name.Length > 0 && IsStart(name[0]) ? name : "_" + name;
    }

    /// <summary>The name of a parameter: that of C#, unless TypeScript does not allow it.</summary>
    public static string Parameter(string name) => s_keywords.Contains(name) || name is "options" or "signal" ? name + "_" : name;

    /// <summary>Unique names for the parameters of one method; a parameter keeps its C# name if TypeScript allows it.</summary>
    public static IReadOnlyList<string> Parameters(IReadOnlyList<string> names)
    {
        var scope = new NameScope(StringComparer.Ordinal, [.. names.Where(static name => Parameter(name) == name)]);
        return [.. names.Select(name => Parameter(name) is var parameter && parameter == name ? name : scope.Take(parameter))];
    }

    /// <summary>The name of a member of an object.</summary>
    public static string Property(string name) =>
        name == Prototype ? $"[{JsonText.String(name)}]"
        : name.Length > 0 && IsStart(name[0]) && CountParts(name, 0) == name.Length ? name
        : JsonText.String(name);

    private static bool IsStart(char c) => SyntaxFacts.IsIdentifierStartCharacter(c) || c == '$';

    /// <summary>How many characters from <paramref name="start"/> on can stand in an identifier.</summary>
    private static int CountParts(string text, int start)
    {
        int end = start;
        while (end < text.Length && IsPart(text[end])) end++;
        return end - start;
    }

    // Formatting characters are allowed in C# identifiers, and not in ECMAScript.
    private static bool IsPart(char c) =>
        c == '$' || (SyntaxFacts.IsIdentifierPartCharacter(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format);
}
