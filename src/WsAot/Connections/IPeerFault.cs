namespace WsAot.Connections;

/// <summary>
/// Marks an exception that reports a client's fault to a handler, or the state of a task (<see cref="Task.AsyncState"/>) that waits for a
/// client and is cancelled when no answer comes. See <see cref="PeerFault"/>.
/// </summary>
internal interface IPeerFault
{
    /// <summary>Whether the client is at fault; some types can also report other faults.</summary>
    bool IsPeerFault { get; }
}
