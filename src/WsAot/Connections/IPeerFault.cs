namespace WsAot.Connections;

/// <summary>
/// An exception that tells a handler of what a peer did, or left undone; or the state of a task (<see cref="Task.AsyncState"/>) that waits for a
/// peer, and is cancelled when that has not come. See <see cref="PeerFault"/>.
/// </summary>
internal interface IPeerFault
{
    /// <summary>Whether it does; there are types that can also tell of something else.</summary>
    bool IsPeerFault { get; }
}
