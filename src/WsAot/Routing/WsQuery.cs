using System.ComponentModel;
using System.Text;

namespace WsAot.Routing;

/// <summary>
/// Converts values of the query into arguments, for generated code. The values are checked once, before <see cref="WsRoute.OnUpgrade"/>,
/// and parsed again when they are passed as arguments, so that nothing is kept in between.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WsQuery
{
    /// <summary>Checks that a key exists.</summary>
    /// <returns>Null if it does; otherwise a sentence for the client.</returns>
    public static string? Check(WsRequest request, string key) => request.GetQueryValue(key) is null ? Missing(key) : null;

    /// <summary>Checks a value.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The key in the query.</param>
    /// <param name="isRequired">Whether the key must exist.</param>
    /// <param name="type">The name of the type in the sentence.</param>
    /// <param name="parse">Parses a value.</param>
    /// <returns>Null if the value can be passed; otherwise a sentence for the client, which never contains the value.</returns>
    public static string? Check<T>(WsRequest request, string key, bool isRequired, string type, WsValueParser<T> parse) =>
        request.GetQueryValue(key) is not { } text ? (isRequired ? Missing(key) : null)
        : TryParse(text, parse, out _) ? null
        : Unreadable(key, type);

    /// <inheritdoc cref="Check{T}(WsRequest, string, bool, string, WsValueParser{T})"/>
    /// <summary>Checks all values of a key.</summary>
    public static string? CheckAll<T>(WsRequest request, string key, string type, WsValueParser<T> parse)
    {
        QueryValues values = request.QueryValues(key);
        while (values.MoveNext())
        {
            if (!TryParse(values.Current, parse, out _)) return Unreadable(key, type);
        }

        return null;
    }

    /// <summary>The value of a key, which has been checked; the type's default if there is none.</summary>
    public static T? Get<T>(WsRequest request, string key, WsValueParser<T> parse) =>
        request.GetQueryValue(key) is { } text && TryParse(text, parse, out T? value) ? value : default;

    /// <summary>The value of a key, which has been checked; null if there is none.</summary>
    public static T? GetOrNull<T>(WsRequest request, string key, WsValueParser<T> parse)
        where T : struct => request.GetQueryValue(key) is { } text && TryParse(text, parse, out T value) ? value : null;

    /// <summary>All values of a key, in order.</summary>
    public static string[] GetAll(WsRequest request, string key)
    {
        var all = new List<string>();
        QueryValues values = request.QueryValues(key);
        while (values.MoveNext()) all.Add(values.Current);
        return [.. all];
    }

    /// <summary>All values of a key, which have been checked, in order.</summary>
    public static T[] GetAll<T>(WsRequest request, string key, WsValueParser<T> parse)
    {
        var all = new List<T>();
        QueryValues values = request.QueryValues(key);
        while (values.MoveNext())
        {
            if (TryParse(values.Current, parse, out T? value)) all.Add(value!);
        }

        return [.. all];
    }

    private static bool TryParse<T>(string text, WsValueParser<T> parse, out T? value) => parse(Encoding.UTF8.GetBytes(text), out value);

    private static string Missing(string key) => $"the query value '{key}' is missing";

    private static string Unreadable(string key, string type) => $"the query value '{key}' is not of type {type}";
}
