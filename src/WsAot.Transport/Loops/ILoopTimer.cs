namespace WsAot.Transport.Loops;

/// <summary>Something of the transport's own that a loop must not sleep through.</summary>
internal interface ILoopTimer
{
    /// <summary>Called at the end of each batch: does what is due.</summary>
    /// <returns>The milliseconds after which it is to be called again, even if nothing happens; -1: it need not be.</returns>
    int Advance();
}
