using System.Runtime.InteropServices;

namespace WsAot.Protocol.Liveness;

/// <summary>
/// Tells a peer that takes what it was sent, however slowly, from one that does not. Output that was accepted is not thrown away while the
/// peer takes it; a peer that takes a byte now and then would hold the rest of it for ever. Not thread-safe; do not copy.
/// </summary>
/// <remarks>
/// A system makes room in steps, not with each byte that its program reads, so a slow reader shows nothing for a while and then much at
/// once. So each KiB buys a timeout, and some can be saved.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]     // Five bytes: every connection has one.
public struct OutputProgress
{
    /// <summary>The bytes that buy one timeout.</summary>
    public const int MinBytes = 1024;

    /// <summary>The most timeouts that can be saved.</summary>
    public const int MaxSaved = 12;

    // Only the difference of two values counts, and no timeout is long enough for 2 GiB.
    private uint _acknowledged;
    private byte _saved;

    /// <summary>Begins to count. What was taken since the last time is saved.</summary>
    public void Restart(long acknowledgedBytes)
    {
        _saved = 0;
        Save(acknowledgedBytes);
        _acknowledged = (uint)acknowledgedBytes;
    }

    /// <summary>Whether at least <see cref="MinBytes"/> were taken since the last call of any member; nothing saved is spent.</summary>
    public bool HasAdvanced(long acknowledgedBytes) => Save(acknowledgedBytes) > 0;

    /// <summary>
    /// Whether the peer may have another timeout: it has taken enough since the last time, or has saved one, which is spent.
    /// </summary>
    public bool MayWait(long acknowledgedBytes)
    {
        Save(acknowledgedBytes);
        if (_saved == 0) return false;
        _saved--;
        return true;
    }

    private int Save(long acknowledgedBytes)
    {
        int bought = (int)((uint)acknowledgedBytes - _acknowledged) / MinBytes;
        if (bought <= 0) return 0;
        _acknowledged += (uint)bought * MinBytes;
        _saved = (byte)Math.Min(MaxSaved, _saved + bought);
        return bought;
    }
}
