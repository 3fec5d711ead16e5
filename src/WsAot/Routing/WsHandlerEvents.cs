using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>The events that a handler has methods for, and other facts about it.</summary>
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
    /// The constructor takes the request itself, or a method other than <see cref="OnUpgradeAttribute"/>'s takes the request or a route
    /// value. The request must then outlive the handshake (<see cref="WsConnection.KeptRequest"/>). Otherwise the loop reuses its memory
    /// for the next request.
    /// </summary>
    KeepsRequest = 64,

    /// <summary>
    /// A method is asynchronous: it returns a task or a stream. The work that it does after it has returned is charged to its connection.
    /// Other handlers do not pay for that accounting.
    /// </summary>
    Asynchronous = 128,

    /// <summary>It has an <see cref="OnDrainedAttribute"/> method.</summary>
    Drained = 256,

    /// <summary>The handler implements <see cref="IAsyncDisposable"/> or <see cref="IDisposable"/>.</summary>
    Disposable = 512,
}
