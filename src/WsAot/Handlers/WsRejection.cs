namespace WsAot;

/// <summary>
/// A rejection made by <see cref="WsUpgrade.Reject"/>. It converts to <see cref="WsUpgrade"/> and to <see cref="WsUpgrade{T}"/>.
/// </summary>
public sealed class WsRejection
{
    internal WsRejection(WsUpgrade answer) => Answer = answer;

    /// <summary>The HTTP status of the response.</summary>
    public int StatusCode => Answer.StatusCode;

    /// <summary>Headers added to the response.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => Answer.Headers;

    internal WsUpgrade Answer { get; }

    /// <summary>The same rejection with one more header on the response, such as <c>WWW-Authenticate</c>.</summary>
    /// <inheritdoc cref="WsUpgrade.WithHeader"/>
    public WsRejection WithHeader(string name, string value) => new(Answer.WithHeader(name, value));
}
