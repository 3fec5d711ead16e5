using WsAot.Protocol.Closing;

namespace WsAot.Connections;

/// <summary>What a stopping server tells its clients in the close frame.</summary>
internal sealed class StopClose(ushort code, string reason)
{
    /// <summary>For the clients of a process whose successor has taken over.</summary>
    public static StopClose Restart { get; } = new(CloseCode.ServiceRestart, "service restart");

    public ushort Code => code;

    public string Reason => reason;
}
