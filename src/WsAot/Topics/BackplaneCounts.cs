namespace WsAot.Topics;

/// <summary>What a backplane has to say about itself.</summary>
/// <param name="IsConnected">Whether other processes can be reached.</param>
/// <param name="DroppedFull">The messages that were published here and dropped since too much waited.</param>
/// <param name="DroppedFailed">Those that could not be sent.</param>
/// <param name="DroppedUnconfirmed">Those to topics with history that were not confirmed, and whose publisher did not wait.</param>
/// <param name="DroppedReceived">Those that came from elsewhere and were dropped since they were not read in time.</param>
internal readonly record struct BackplaneCounts(
    bool IsConnected, long DroppedFull, long DroppedFailed, long DroppedUnconfirmed, long DroppedReceived);
