using System.Text;

namespace WsAot.Routing;

/// <summary>What the template of a route matches, for the comparison with routes of other tables.</summary>
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
            // A brace that is meant as text is percent-encoded.
            char kind = !segments[i].StartsWith('{') ? Literal
                : segments[i].StartsWith("{*", StringComparison.Ordinal) ? CatchAll
                : Parameter;
            rank.Append(kind);
            key.Append('/').Append(kind);
            if (kind == Literal) key.Append(Encoding.UTF8.GetString(decoded[i]));
        }

        // At the end of a path, the template that ends there comes before one that takes whatever follows.
        if (rank[^1] != CatchAll) rank.Append(End);
        Rank = rank.ToString();
        Key = key.ToString();
    }

    /// <summary>Of several templates that match a path, the one whose rank is the least in ordinal order wins.</summary>
    public string Rank { get; }

    /// <summary>Equal for templates that match the same paths.</summary>
    public string Key { get; }
}
