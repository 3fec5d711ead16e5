namespace WsAot.Connections;

/// <summary>Tells exceptions that a client caused from errors of the server, so that a client cannot fill the log with them.</summary>
internal static class PeerFault
{
    public static bool Is(Exception exception) =>
        exception is IPeerFault { IsPeerFault: true } or TaskCanceledException { Task.AsyncState: IPeerFault { IsPeerFault: true } };
}
