namespace WsAot.Memory;

/// <summary>A reading of the process. All of these numbers are cheap to get, unlike the live size of the heap.</summary>
/// <param name="ResidentBytes">The resident memory of the process; 0 if the system does not show it.</param>
/// <param name="AllocatedBytes">All bytes ever allocated on the heap.</param>
/// <param name="Connections">The connections that are open now.</param>
/// <param name="MostConnections">The most connections that were open at a time since the last reading.</param>
internal readonly record struct MemoryReading(
    long ResidentBytes, long AllocatedBytes = 0, int Connections = 0, int MostConnections = 0);
