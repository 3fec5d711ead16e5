using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using WsAot.Generators.Text;

namespace WsAot.Generators.Describing;

/// <summary>Names as TypeScript can have them.</summary>
internal static class TypeScriptNames
{
    // ECMAScript 2023 section 12.7.2, with what is reserved in modules.
    private static readonly HashSet<string> s_keywords = new(
        ("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements "
            + "import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield").Split(' '),
        StringComparer.Ordinal);

    // In an object, this is no member but the object it inherits from (ECMAScript 2023 section B.3.1).
    private const string Prototype = "__proto__";

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
        [.. ReservedMethodNames, "then", "state", "onStateChange", "close", "request", "notification", "stream", "notify"];

    /// <summary>What every object has already, and what none can have as a method.</summary>
    public static IReadOnlyList<string> ReservedMethodNames =>
        ["constructor", Prototype, "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"];

    /// <summary>The method that calls one in C#: <c>Sum</c> is <c>sum</c>, <c>clock/ticks</c> is <c>clockTicks</c>.</summary>
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

    /// <summary>The parameter, which is called what it is called in C# unless it cannot be.</summary>
    public static string Parameter(string name) => s_keywords.Contains(name) || name is "options" or "signal" ? name + "_" : name;

    /// <summary>The parameters of one method, each with a name of its own: what can keep its name does.</summary>
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

    // C# ignores what only formats; ECMAScript has it not.
    private static bool IsPart(char c) =>
        c == '$' || (SyntaxFacts.IsIdentifierPartCharacter(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format);
}
