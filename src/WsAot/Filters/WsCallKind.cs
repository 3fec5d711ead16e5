namespace WsAot;

/// <summary>The kind of a <see cref="WsCall"/>: a JSON-RPC call or an event.</summary>
public enum WsCallKind
{
    /// <summary>A JSON-RPC call that is answered.</summary>
    JsonRpcRequest,

    /// <summary>A JSON-RPC call that is not answered.</summary>
    JsonRpcNotification,

    /// <summary><see cref="OnOpenAttribute"/>.</summary>
    Open,

    /// <summary><see cref="OnTextAttribute"/>.</summary>
    Text,

    /// <summary><see cref="OnBinaryAttribute"/>.</summary>
    Binary,

    /// <summary><see cref="OnPongAttribute"/>.</summary>
    Pong,

    /// <summary><see cref="OnDrainedAttribute"/>.</summary>
    Drained,

    /// <summary><see cref="OnCloseAttribute"/>. It cannot be refused.</summary>
    Close,
}
