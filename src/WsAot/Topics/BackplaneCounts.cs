namespace WsAot.Topics;

/// <summary>The state and the counters of a backplane, for the metrics.</summary>
/// <param name="IsConnected">Whether other processes can be reached.</param>
/// <param name="DroppedFull">Messages published here that were dropped because too many waited.</param>
/// <param name="DroppedFailed">Messages that could not be sent.</param>
/// <param name="DroppedUnconfirmed">Messages to topics with history that were not confirmed, and whose publisher did not wait.</param>
/// <param name="DroppedReceived">Messages from other processes that were dropped because they were not read in time.</param>
internal readonly record struct BackplaneCounts(
    bool IsConnected, long DroppedFull, long DroppedFailed, long DroppedUnconfirmed, long DroppedReceived);
