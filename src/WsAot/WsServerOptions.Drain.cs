using WsAot.Protocol.Closing;

namespace WsAot;

/// <content>How a server stops.</content>
public sealed partial class WsServerOptions
{
    /// <summary>
    /// How long a server that was told to stop goes on as before, in milliseconds: 0 to 86,400,000. It only is not ready any more (<see
    /// cref="WsServer.IsReady"/>), so that load balancers have time to send new clients elsewhere. -1, the default: 5,000 if <see
    /// cref="WsServer.RunAsync"/> runs it in a container, else 0.
    /// </summary>
    public int DrainDelayMs { get; set; } = -1;

    /// <summary>
    /// How many connections a stopping server closes together: 1 to 1,000,000. It closes more, if all could not be closed within half of
    /// <see cref="DrainTimeoutMs"/> otherwise. Default: 1,000.
    /// </summary>
    public int DrainBatch { get; set; } = 1000;

    /// <summary>
    /// The pause between two such portions, in milliseconds: 0 to 86,400,000. It is made up to a half longer or shorter, at random, so that
    /// clients of several servers do not reconnect in step. Default: 200.
    /// </summary>
    public int DrainIntervalMs { get; set; } = 200;

    /// <summary>
    /// The code with which a stopping server closes its connections: 1001 (going away) or 1012 (service restart), for clients that tell
    /// them apart. Default: 1001.
    /// </summary>
    public int DrainCloseCode { get; set; } = CloseCode.GoingAway;

    /// <summary>
    /// How long a stopping server waits for its connections to close (drain), in milliseconds from the end of <see cref="DrainDelayMs"/>: 0
    /// to 86,400,000. Calls that run when the turn of their connection comes have a quarter of this time to end; the connection takes no
    /// further messages then, and is closed behind their answers. Default: 10,000.
    /// </summary>
    public int DrainTimeoutMs { get; set; } = 10_000;
}
