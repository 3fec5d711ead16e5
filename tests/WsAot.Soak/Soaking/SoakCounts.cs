namespace WsAot.Soak.Soaking;

/// <summary>The counts of all clients together. Any thread.</summary>
internal sealed class SoakCounts
{
    public long Connections;
    public long Echoes;
    public long EchoBytes;
    public long ChatMessages;
    public long ChatRounds;
    public long Pings;
    public long KillsByReset;
    public long KillsByFin;
    public long Stalls;
    public long ToldGoingAway;
    public long NotConnectedWhileStopping;
    public int Restarts;
}
