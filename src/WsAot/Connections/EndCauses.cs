namespace WsAot.Connections;

/// <summary>The names of the end causes in metric labels.</summary>
internal static class EndCauses
{
    public static string NameOf(EndCause cause) => cause switch
    {
        EndCause.PeerClosed => "closed",
        EndCause.PeerShutdown => "shutdown",
        EndCause.PeerReset => "reset",
        EndCause.Closed => "closed",
        EndCause.Stopping => "stopping",
        EndCause.UnsupportedData => "unsupported-data",
        EndCause.Aborted => "aborted",
        EndCause.ProtocolError => "protocol-error",
        EndCause.HandlerFailed => "handler-failed",
        EndCause.IdleTimeout => "idle",
        EndCause.NoAnswer => "no-answer",
        EndCause.SlowConsumer => "slow-consumer",
        EndCause.RateLimited => "rate",
        EndCause.LifetimeOver => "lifetime",
        EndCause.Replaced => "replaced",
        EndCause.MemoryPressure => "memory",
        _ => "none",
    };

    /// <summary>The side that ended the connection.</summary>
    public static string BeginnerOf(EndCause cause) => cause switch
    {
        EndCause.PeerClosed or EndCause.PeerShutdown or EndCause.PeerReset => "peer",
        EndCause.Closed or EndCause.Aborted => "application",
        _ => "server",
    };
}
