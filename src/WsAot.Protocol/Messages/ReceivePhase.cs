namespace WsAot.Protocol.Messages;

/// <summary>Where a <see cref="MessageReceiver"/> stands in the stream of frames.</summary>
internal enum ReceivePhase : byte
{
    /// <summary>Between messages, nothing kept, no buffer owned: the only phase in which the fast path is taken.</summary>
    Idle,

    /// <summary>At or inside a frame header, with something kept: header bytes, a message in progress, or a buffer to give back.</summary>
    Header,

    /// <summary>Inside the payload of a data frame.</summary>
    Data,

    /// <summary>Inside the payload of a control frame.</summary>
    Control,

    /// <summary>The peer broke a rule; nothing more is read.</summary>
    Failed,

    /// <summary>The owner wants no more: what comes is dropped.</summary>
    Stopped,
}
