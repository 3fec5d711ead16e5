using System.Runtime.InteropServices;

namespace WsAot.Protocol.Liveness;

/// <summary>
/// Distinguishes a slow peer from one that does not read. Pending output is kept as long as the peer keeps taking it, but a peer that takes
/// only a byte now and then must not hold it for ever. Not thread-safe; do not copy.
/// </summary>
/// <remarks>
/// The peer's kernel makes room in steps, not with each byte that its program reads. A slow reader shows no progress for a while, and then
/// much at once. So each KiB buys one timeout, and the peer can save up some of them.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]     // Five bytes: every connection has one.
public struct OutputProgress
{
    /// <summary>The bytes that buy one timeout.</summary>
    public const int MinBytes = 1024;

    /// <summary>The most timeouts that can be saved.</summary>
    public const int MaxSaved = 12;

    // 32 bits are enough: only differences count, and no peer takes 2 GiB within a timeout.
    private uint _acknowledged;
    private byte _saved;

    /// <summary>Starts to count. What the peer took since the last call is saved.</summary>
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
