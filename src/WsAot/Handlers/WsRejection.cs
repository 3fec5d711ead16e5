namespace WsAot;

/// <summary>A refusal, made by <see cref="WsUpgrade.Reject"/>. It is a <see cref="WsUpgrade"/> and a <see cref="WsUpgrade{T}"/> wherever one is wanted.</summary>
public sealed class WsRejection
{
    internal WsRejection(WsUpgrade answer) => Answer = answer;

    /// <summary>The response's status.</summary>
    public int StatusCode => Answer.StatusCode;

    /// <summary>Headers added to the response.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => Answer.Headers;

    internal WsUpgrade Answer { get; }
}
