namespace WsAot;

/// <summary>The answer of an <see cref="OnUpgradeAttribute"/> method.</summary>
public sealed class WsUpgrade
{
    private static readonly WsUpgrade s_accepted = new(101, null, []);

    internal WsUpgrade(int statusCode, string? subprotocol, KeyValuePair<string, string>[] headers, object? withValue = null)
    {
        StatusCode = statusCode;
        Subprotocol = subprotocol;
        Headers = headers;
        WithValue = withValue;
    }

    /// <summary>The response's status: 101, or that of the rejection.</summary>
    public int StatusCode { get; }

    /// <summary>The subprotocol to answer with, in place of the one the route's list would give; it must have been offered.</summary>
    public string? Subprotocol { get; }

    /// <summary>Headers added to the response.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    internal bool IsAccepted => StatusCode == 101;

    /// <summary>The <see cref="WsUpgrade{T}"/> that this is the answer of; null where nothing is handed over.</summary>
    internal object? WithValue { get; }

    /// <summary>Lets the connection open.</summary>
    public static WsUpgrade Accept() => s_accepted;

    /// <summary>Lets the connection open.</summary>
    /// <param name="subprotocol">One of the subprotocols that the client offers, or null for the route's choice.</param>
    /// <param name="headers">Headers added to the 101 response, such as <c>Set-Cookie</c>.</param>
    /// <exception cref="ArgumentException">A header is not one that may be sent (RFC 9110 section 5), or belongs to the handshake.</exception>
    public static WsUpgrade Accept(string? subprotocol, params KeyValuePair<string, string>[] headers) =>
        new(101, subprotocol, ResponseHeaders.Checked(headers));

    /// <summary>Lets the connection open, and hands something over to the handler's constructor.</summary>
    /// <typeparam name="T">The type of the constructor's parameter, which is to be named where the value is of a more special type.</typeparam>
    /// <param name="value">What is handed over: the user, for example.</param>
    /// <param name="subprotocol">One of the subprotocols that the client offers, or null for the route's choice.</param>
    /// <param name="headers">Headers added to the 101 response, such as <c>Set-Cookie</c>.</param>
    /// <exception cref="ArgumentException">A header is not one that may be sent (RFC 9110 section 5), or belongs to the handshake.</exception>
    public static WsUpgrade<T> AcceptWith<T>(T value, string? subprotocol = null, params KeyValuePair<string, string>[] headers) =>
        new(value, subprotocol, ResponseHeaders.Checked(headers));

    /// <summary>Refuses the connection.</summary>
    /// <param name="statusCode">400 to 599, or 300 to 308 for a redirection.</param>
    /// <param name="headers">Headers added to the response, such as <c>WWW-Authenticate</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is out of range.</exception>
    /// <exception cref="ArgumentException">A header is not one that may be sent (RFC 9110 section 5), or belongs to the handshake.</exception>
    public static WsRejection Reject(int statusCode, params KeyValuePair<string, string>[] headers)
    {
        if (statusCode is not ((>= 300 and <= 308) or (>= 400 and <= 599)))
        {
            throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "A rejection has a status of 300 to 308 or 400 to 599.");
        }

        return new(new WsUpgrade(statusCode, null, ResponseHeaders.Checked(headers)));
    }

    /// <summary>A refusal is an answer.</summary>
    public static implicit operator WsUpgrade(WsRejection rejection) => rejection.Answer;
}
