namespace WsAot.Memory;

/// <summary>What a look at the process sees. All of it is cheap to ask for, unlike what the heap holds.</summary>
/// <param name="ResidentBytes">The memory that the system has given to the process; 0 if it does not say.</param>
/// <param name="AllocatedBytes">All that was ever allocated on the heap.</param>
/// <param name="Connections">The connections that are open now.</param>
/// <param name="MostConnections">The most that were open at a time since the last look.</param>
internal readonly record struct MemoryReading(
    long ResidentBytes, long AllocatedBytes = 0, int Connections = 0, int MostConnections = 0);
