using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>The events that a handler takes, and what it needs kept for them.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum WsHandlerEvents
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>It has an <see cref="OnUpgradeAttribute"/> method.</summary>
    Upgrade = 1,

    /// <summary>It has an <see cref="OnOpenAttribute"/> method.</summary>
    Open = 2,

    /// <summary>It has an <see cref="OnTextAttribute"/> method.</summary>
    Text = 4,

    /// <summary>It has an <see cref="OnBinaryAttribute"/> method.</summary>
    Binary = 8,

    /// <summary>It has an <see cref="OnPongAttribute"/> method.</summary>
    Pong = 16,

    /// <summary>It has an <see cref="OnCloseAttribute"/> method.</summary>
    Close = 32,

    /// <summary>
    /// The constructor takes the request itself, or a method other than it and <see cref="OnUpgradeAttribute"/>'s takes the request or a
    /// route value: so the request must outlive the handshake (<see cref="WsConnection.KeptRequest"/>). Without it, the next request of
    /// the loop takes over its memory.
    /// </summary>
    KeepsRequest = 64,

    /// <summary>
    /// A method may go on after it has returned (it returns a task, or a stream). What it does then belongs to its connection, which costs the
    /// others nothing.
    /// </summary>
    Asynchronous = 128,
}
