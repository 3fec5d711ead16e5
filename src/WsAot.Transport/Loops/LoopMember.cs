using System.Diagnostics;

namespace WsAot.Transport;

/// <summary>A connection as its loop sees it: it has turns, output to send at the end of a batch, and an end.</summary>
public abstract class LoopMember
{
    private protected LoopMember(TransportLoop loop) => Loop = loop;

    /// <summary>The loop that the connection belongs to until it is closed. Any thread.</summary>
    public TransportLoop Loop { get; }

    /// <summary>The next connection in the loop's list of those with queued output to send at the end of the batch.</summary>
    internal LoopMember? NextToFlush { get; set; }

    /// <summary>
    /// Ends the connection now with a reset, so that the kernel keeps nothing for it. Output that still waits is dropped. Nothing happens
    /// if the connection is closed already.
    /// </summary>
    public abstract void Abort();

    /// <summary>Runs the turn that was asked for with <see cref="TransportLoop.AddTurn"/>.</summary>
    internal abstract void RunTurn();

    /// <summary>Sends the output that was queued during the batch.</summary>
    internal abstract void FlushQueued();

    /// <summary>
    /// Frees what the connection holds, and reports its end. Called once, when no event of the batch can refer to it any more.
    /// </summary>
    internal abstract void Free();

    /// <summary>Debug builds check that the members of a connection are used on its loop only.</summary>
    [Conditional("DEBUG")]
    private protected void AssertOnLoop() =>
        Debug.Assert(Loop.IsCurrent, "A connection was used outside its loop; use TransportLoop.Post from other threads.");
}
