namespace WsAot.Transport.Loops;

/// <summary>A timer of the transport itself: the loop must not wait longer than it allows.</summary>
internal interface ILoopTimer
{
    /// <summary>Called at the end of each batch: does what is due.</summary>
    /// <returns>The milliseconds after which it is to be called again, even if nothing happens; -1: it need not be.</returns>
    int Advance();
}
