namespace WsAot.Transport.Loops;

/// <summary>A timer of the transport itself: the loop must not wait longer than it allows.</summary>
internal interface ILoopTimer
{
    /// <summary>Called at the end of each batch: does what is due.</summary>
    /// <returns>The milliseconds until the next call, even if nothing else happens; -1: no call is needed.</returns>
    int Advance();
}
