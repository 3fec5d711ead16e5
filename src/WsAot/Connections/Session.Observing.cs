namespace WsAot.Connections;

/// <summary>What a test server shows of a session. Nothing else uses it.</summary>
internal sealed partial class Session
{
    /// <summary>Whether a call of the handler has begun and not ended. On the loop.</summary>
    public bool IsHandlerBusy => _calls.IsBusy || HasPendingCalls;

    /// <summary>The handler's class.</summary>
    public string HandlerName => Route.Options.HandlerName;
}
