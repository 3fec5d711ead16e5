using System.Text;

namespace WsAot.Routing;

/// <summary>The paths that a route's template matches, for comparison with routes of other tables.</summary>
internal sealed class RouteShape
{
    private const char Literal = '0';
    private const char Parameter = '1';
    private const char End = '2';
    private const char CatchAll = '3';

    /// <param name="template">A valid template: the generator has checked it.</param>
    public RouteShape(string template)
    {
        var path = new RequestPath();
        path.TryParse(Encoding.UTF8.GetBytes(template));
        WsPath decoded = path.AsWsPath();
        string[] segments = template[1..].Split('/');
        var rank = new StringBuilder();
        var key = new StringBuilder();
        for (int i = 0; i < segments.Length; i++)
        {
            // A literal brace is percent-encoded.
            char kind = !segments[i].StartsWith('{') ? Literal
                : segments[i].StartsWith("{*", StringComparison.Ordinal) ? CatchAll
                : Parameter;
            rank.Append(kind);
            key.Append('/').Append(kind);
            if (kind == Literal) key.Append(Encoding.UTF8.GetString(decoded[i]));
        }

        // At the end of a path, a template that ends there wins over one with a catch-all.
        if (rank[^1] != CatchAll) rank.Append(End);
        Rank = rank.ToString();
        Key = key.ToString();
    }

    /// <summary>If several templates match a path, the one with the lowest rank in ordinal order wins.</summary>
    public string Rank { get; }

    /// <summary>Equal for templates that match the same paths.</summary>
    public string Key { get; }
}
