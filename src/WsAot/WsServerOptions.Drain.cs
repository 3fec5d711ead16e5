using WsAot.Protocol.Closing;

namespace WsAot;

/// <content>How the server stops.</content>
public sealed partial class WsServerOptions
{
    /// <summary>
    /// How long a server that was told to stop continues to serve, in milliseconds: 0 to 86,400,000. During this time it is not ready (<see
    /// cref="WsServer.IsReady"/>), so that load balancers can send new clients elsewhere. -1, the default: 5,000 if <see
    /// cref="WsServer.RunAsync"/> runs it in a container, else 0.
    /// </summary>
    public int DrainDelayMs { get; set; } = -1;

    /// <summary>
    /// How many connections a stopping server closes in one batch: 1 to 1,000,000. It closes more per batch if closing all would otherwise
    /// take longer than half of <see cref="DrainTimeoutMs"/>. Default: 1,000.
    /// </summary>
    public int DrainBatch { get; set; } = 1000;

    /// <summary>
    /// The pause between two batches, in milliseconds: 0 to 86,400,000. It varies at random by up to a half, so that clients of several
    /// servers do not reconnect in step. Default: 200.
    /// </summary>
    public int DrainIntervalMs { get; set; } = 200;

    /// <summary>
    /// The code with which a stopping server closes its connections: 1001 (going away), or 1012 (service restart) for clients that treat it
    /// differently. Default: 1001.
    /// </summary>
    public int DrainCloseCode { get; set; } = CloseCode.GoingAway;

    /// <summary>
    /// How long a stopping server waits for its connections to close (drain), in milliseconds from the end of <see cref="DrainDelayMs"/>: 0
    /// to 86,400,000. When a connection is to be closed, its running calls have a quarter of this time to end. Meanwhile it takes no
    /// further messages, and it is closed after their answers. Default: 10,000.
    /// </summary>
    public int DrainTimeoutMs { get; set; } = 10_000;
}
