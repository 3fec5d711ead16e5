using WsAot.Protocol.Closing;

namespace WsAot.Connections;

/// <summary>The code and reason in the close frame that a stopping server sends.</summary>
internal sealed class StopClose(ushort code, string reason)
{
    /// <summary>For the clients of a process whose successor has taken over.</summary>
    public static StopClose Restart { get; } = new(CloseCode.ServiceRestart, "service restart");

    public ushort Code => code;

    public string Reason => reason;
}
