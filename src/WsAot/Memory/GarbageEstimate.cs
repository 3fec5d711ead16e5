namespace WsAot.Memory;

/// <summary>
/// Estimates how much of the resident memory is garbage that the runtime will not collect soon. Only a collection would tell for sure. So
/// the memory that came with the connections is divided equally among them, and the share of those that have closed counts as garbage. If
/// no connection was added and little is allocated, all growth since the last collection counts as garbage too.
/// </summary>
/// <param name="first">A reading from before the first connection.</param>
internal sealed class GarbageEstimate(MemoryReading first)
{
    /// <summary>It is not worth stopping all loops for less than this.</summary>
    public const long DueBytes = 16 * 1024 * 1024;

    /// <summary>
    /// A server that allocates more than this between two readings collects by itself, and needs the memory again at once.
    /// </summary>
    public const long QuietBytes = 256 * 1024;

    /// <summary>
    /// A crowd is still leaving if, of all connections that have left, at least one in this many left since the last reading. A collection
    /// now would take long and leave much for the next one.
    /// </summary>
    private const int LeavingShare = 4;

    /// <summary>How many readings later the buffers of the last ones to leave have gone from the pools of all loops.</summary>
    private const int SettlingLooks = 3;

    private MemoryReading _last = first;
    private MemoryReading _afterCollection = first;
    private long _leastResidentBytes = first.ResidentBytes;
    private long _expectedBytes;
    private int _mostConnections;
    private int _disappointments;
    private bool _isTriedAgain;
    private int _looksSinceLeaving = SettlingLooks;

    /// <summary>Whether so much more memory is resident than without connections that further readings are worthwhile.</summary>
    public bool IsMuchResident => ExcessBytes >= DueBytes;

    /// <summary>Whether a crowd is leaving, or has just left. A collection now would find only a part of what it held.</summary>
    public bool IsCrowdLeaving => _looksSinceLeaving < SettlingLooks;

    /// <summary>Whether a collection will probably free enough.</summary>
    public bool IsDue { get; private set; }

    private long ExcessBytes => _last.ResidentBytes - _leastResidentBytes;

    /// <summary>Takes a reading of the process.</summary>
    public void Look(MemoryReading now)
    {
        bool isQuiet = now.AllocatedBytes - _last.AllocatedBytes < QuietBytes;
        _mostConnections = Math.Max(_mostConnections, now.MostConnections);
        bool isLeaving = (long)(_last.Connections - now.Connections) * LeavingShare > _mostConnections - now.Connections;
        _looksSinceLeaving = isLeaving ? 0 : _looksSinceLeaving + 1;
        _last = now;

        long leftBytes = _mostConnections == 0 ? 0 : ExcessBytes * (_mostConnections - now.Connections) / _mostConnections;
        long grownBytes = isQuiet && now.Connections <= _afterCollection.Connections
            ? now.ResidentBytes - _afterCollection.ResidentBytes
            : 0;
        _expectedBytes = _isTriedAgain ? ExcessBytes : Math.Max(leftBytes, grownBytes);
        IsDue = !IsCrowdLeaving && IsMuchResident && _expectedBytes >= NeededBytes();
    }

    /// <summary>All garbage was collected.</summary>
    public void OnCollected(MemoryReading after)
    {
        long givenBackBytes = _last.ResidentBytes - after.ResidentBytes;
        _disappointments = givenBackBytes >= _expectedBytes / 2 ? 0 : _disappointments + 1;
        _leastResidentBytes = Math.Min(_leastResidentBytes, after.ResidentBytes);
        (_last, _afterCollection, _mostConnections) = (after, after, after.Connections);
        // Some memory may have been in use slightly longer than its connections: buffers kept for reuse, or a handler that was still
        // running.
        _isTriedAgain = !_isTriedAgain && givenBackBytes >= DueBytes && IsMuchResident;
        IsDue = false;
    }

    /// <summary>
    /// The garbage needed for a collection. It doubles after each estimate that was too high, because the application may hold memory that
    /// does not go with its connections. But when a crowd leaves that held a quarter of everything, that is always enough.
    /// </summary>
    private long NeededBytes() =>
        Math.Min(DueBytes << Math.Min(_disappointments, 20), Math.Max(DueBytes, ExcessBytes / 4));
}
