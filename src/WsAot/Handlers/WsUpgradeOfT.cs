namespace WsAot;

/// <summary>
/// The answer of an <see cref="OnUpgradeAttribute"/> method that hands something over to the handler it lets be made: the user who was
/// authenticated, for example. The handler's constructor takes it as a parameter of just this type.
/// </summary>
/// <typeparam name="T">What is handed over.</typeparam>
public sealed class WsUpgrade<T>
{
    private WsUpgrade(WsUpgrade rejection) => Answer = rejection;

    internal WsUpgrade(T value, string? subprotocol, KeyValuePair<string, string>[] headers)
    {
        Value = value;
        Answer = new WsUpgrade(101, subprotocol, headers, this);
    }

    /// <summary>What is handed over; the default of its type in a rejection.</summary>
    public T? Value { get; }

    /// <inheritdoc cref="WsUpgrade.StatusCode"/>
    public int StatusCode => Answer.StatusCode;

    /// <inheritdoc cref="WsUpgrade.Subprotocol"/>
    public string? Subprotocol => Answer.Subprotocol;

    /// <inheritdoc cref="WsUpgrade.Headers"/>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => Answer.Headers;

    internal WsUpgrade Answer { get; }

    /// <summary>A refusal hands nothing over.</summary>
    public static implicit operator WsUpgrade<T>(WsRejection rejection) => new(rejection.Answer);
}
