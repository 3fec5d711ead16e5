namespace WsAot.Sessions;

/// <summary>
/// An exception that tells a handler of what a peer did, or left undone. One that the handler lets go on is no error of the server's: peers
/// could fill its log.
/// </summary>
internal interface IPeerFault
{
    /// <summary>Whether it does; there are types that can also tell of something else.</summary>
    bool IsPeerFault { get; }
}
