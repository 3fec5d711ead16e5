namespace WsAot;

/// <summary>The answer of an <see cref="OnUpgradeAttribute"/> method.</summary>
public sealed class WsUpgrade
{
    private static readonly WsUpgrade s_accepted = new(101, null, []);

    internal WsUpgrade(
        int statusCode, string? subprotocol, KeyValuePair<string, string>[] headers, object? withValue = null, string? user = null)
    {
        StatusCode = statusCode;
        Subprotocol = subprotocol;
        Headers = headers;
        WithValue = withValue;
        User = user;
    }

    /// <summary>The HTTP status of the response: 101, or that of the rejection.</summary>
    public int StatusCode { get; }

    /// <summary>
    /// The subprotocol to select instead of one from the route's list; null to leave the choice to the route. The client must have offered
    /// it.
    /// </summary>
    public string? Subprotocol { get; }

    /// <summary>Headers added to the response.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The user of the connection, set by <see cref="WithUser"/>; null if none was set.</summary>
    public string? User { get; }

    internal bool IsAccepted => StatusCode == 101;

    /// <summary>The <see cref="WsUpgrade{T}"/> that this answer belongs to; null if no value is passed to the handler.</summary>
    internal object? WithValue { get; }

    /// <summary>Accepts the connection.</summary>
    /// <param name="subprotocol">One of the subprotocols that the client offers, or null to leave the choice to the route.</param>
    public static WsUpgrade Accept(string? subprotocol = null) => subprotocol is null ? s_accepted : new(101, subprotocol, []);

    /// <summary>Accepts the connection and passes a value to the handler's constructor.</summary>
    /// <typeparam name="T">The type of the constructor's parameter. Name it if the value has a derived type.</typeparam>
    /// <param name="value">The value for the constructor: the user, for example.</param>
    /// <param name="subprotocol">One of the subprotocols that the client offers, or null to leave the choice to the route.</param>
    public static WsUpgrade<T> AcceptWith<T>(T value, string? subprotocol = null) => new(value, subprotocol, []);

    /// <summary>Rejects the connection.</summary>
    /// <param name="statusCode">400 to 599, or 300 to 308 for a redirection.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    public static WsRejection Reject(int statusCode)
    {
        if (statusCode is not ((>= 300 and <= 308) or (>= 400 and <= 599)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(statusCode), statusCode, "The status of a rejection must be 300 to 308 or 400 to 599.");
        }

        return new(new WsUpgrade(statusCode, null, []));
    }

    /// <summary>
    /// The same answer with one more header on the response, such as <c>Set-Cookie</c>. You can add the same name several times.
    /// </summary>
    /// <param name="name">The name: a token (RFC 9110 section 5.1).</param>
    /// <param name="value">The value: visible ASCII and spaces.</param>
    /// <exception cref="ArgumentException">The header is malformed (RFC 9110 section 5), or the server writes it itself.</exception>
    public WsUpgrade WithHeader(string name, string value) => new(StatusCode, Subprotocol, HeadersWith(name, value), WithValue, User);

    /// <summary>
    /// The same answer with the user of the connection, which becomes <see cref="WsConnection.User"/>. <see
    /// cref="WsServerOptions.MaxConnectionsPerUser"/> limits the connections of a user. A rejection has no user.
    /// </summary>
    /// <param name="user">
    /// A unique name of the user, such as the subject of a token. Compared ordinally. Keep it short, because the connection keeps it.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="user"/> is empty.</exception>
    public WsUpgrade WithUser(string user)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        return new(StatusCode, Subprotocol, [.. Headers], WithValue, user);
    }

    internal KeyValuePair<string, string>[] HeadersWith(string name, string value) =>
        [.. Headers, .. ResponseHeaders.Checked([new(name, value)])];

    /// <summary>Converts a rejection to an answer.</summary>
    public static implicit operator WsUpgrade(WsRejection rejection) => rejection.Answer;
}
