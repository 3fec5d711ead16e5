namespace WsAot.Memory;

/// <summary>
/// Estimates how much of the resident memory is garbage that will not be collected soon. Only a collection would tell for sure. So each
/// connection counts for an equal part of the memory that came with all of them: those that have closed have left theirs as garbage. If no
/// connection was added and little is allocated, all that has come since the last collection counts as garbage too.
/// </summary>
/// <param name="first">A look before the first connection.</param>
internal sealed class GarbageEstimate(MemoryReading first)
{
    /// <summary>Less than this is not worth stopping all loops for.</summary>
    public const long DueBytes = 16 * 1024 * 1024;

    /// <summary>A server that allocates more between two looks collects by itself, and needs the memory again at once.</summary>
    public const long QuietBytes = 256 * 1024;

    /// <summary>
    /// A crowd is still leaving while one in so many of those that have left did so since the last look. A collection then would take long,
    /// and much would be left for the next one.
    /// </summary>
    private const int LeavingShare = 4;

    /// <summary>The looks after that until what the last of them used has gone from the pools of all loops.</summary>
    private const int SettlingLooks = 3;

    private MemoryReading _last = first;
    private MemoryReading _afterCollection = first;
    private long _leastResidentBytes = first.ResidentBytes;
    private long _expectedBytes;
    private int _mostConnections;
    private int _disappointments;
    private bool _isTriedAgain;
    private int _looksSinceLeaving = SettlingLooks;

    /// <summary>Whether so much more is resident than without connections that it is worth looking on.</summary>
    public bool IsMuchResident => ExcessBytes >= DueBytes;

    /// <summary>Whether a crowd is leaving, or has just left: a collection now would find but a part of what it held.</summary>
    public bool IsCrowdLeaving => _looksSinceLeaving < SettlingLooks;

    /// <summary>Whether a collection will probably give back enough.</summary>
    public bool IsDue { get; private set; }

    private long ExcessBytes => _last.ResidentBytes - _leastResidentBytes;

    /// <summary>Looks at the process.</summary>
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
        // Something may have been in use a moment longer than its connections: buffers that are kept for reuse, a handler that went on.
        _isTriedAgain = !_isTriedAgain && givenBackBytes >= DueBytes && IsMuchResident;
        IsDue = false;
    }

    /// <summary>
    /// Who expected too much expects twice as much the next time: an application may hold memory that does not go with its connections.
    /// But the end of a crowd that holds a quarter of everything is always noticed.
    /// </summary>
    private long NeededBytes() =>
        Math.Min(DueBytes << Math.Min(_disappointments, 20), Math.Max(DueBytes, ExcessBytes / 4));
}
