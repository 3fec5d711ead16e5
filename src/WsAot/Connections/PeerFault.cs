namespace WsAot.Connections;

/// <summary>What a handler let go on, and is no error of the server's: peers could fill its log.</summary>
internal static class PeerFault
{
    public static bool Is(Exception exception) =>
        exception is IPeerFault { IsPeerFault: true } or TaskCanceledException { Task.AsyncState: IPeerFault { IsPeerFault: true } };
}
