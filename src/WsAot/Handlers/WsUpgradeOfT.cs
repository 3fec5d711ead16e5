namespace WsAot;

/// <summary>
/// The answer of an <see cref="OnUpgradeAttribute"/> method that passes a value to the handler, such as the authenticated user. The
/// handler's constructor takes it as a parameter of exactly this type.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class WsUpgrade<T>
{
    private WsUpgrade(WsUpgrade rejection) => Answer = rejection;

    internal WsUpgrade(T value, string? subprotocol, KeyValuePair<string, string>[] headers, string? user = null)
    {
        Value = value;
        Answer = new WsUpgrade(101, subprotocol, headers, this, user);
    }

    /// <summary>The value for the handler; the default of its type in a rejection.</summary>
    public T? Value { get; }

    /// <inheritdoc cref="WsUpgrade.StatusCode"/>
    public int StatusCode => Answer.StatusCode;

    /// <inheritdoc cref="WsUpgrade.Subprotocol"/>
    public string? Subprotocol => Answer.Subprotocol;

    /// <inheritdoc cref="WsUpgrade.Headers"/>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => Answer.Headers;

    /// <inheritdoc cref="WsUpgrade.User"/>
    public string? User => Answer.User;

    internal WsUpgrade Answer { get; }

    /// <inheritdoc cref="WsUpgrade.WithHeader"/>
    public WsUpgrade<T> WithHeader(string name, string value)
    {
        KeyValuePair<string, string>[] headers = Answer.HeadersWith(name, value);
        return Answer.IsAccepted ? new(Value!, Subprotocol, headers, User) : new(new WsUpgrade(StatusCode, null, headers));
    }

    /// <inheritdoc cref="WsUpgrade.WithUser"/>
    public WsUpgrade<T> WithUser(string user)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        return Answer.IsAccepted ? new(Value!, Subprotocol, [.. Headers], user) : this;
    }

    /// <summary>Converts a rejection, which passes no value.</summary>
    public static implicit operator WsUpgrade<T>(WsRejection rejection) => new(rejection.Answer);
}
