namespace WsAot.Protocol.Messages;

/// <summary>The position of a <see cref="MessageReceiver"/> in the stream of frames.</summary>
internal enum ReceivePhase : byte
{
    /// <summary>Between messages, with nothing kept and no buffer held: the only phase in which the fast path is taken.</summary>
    Idle,

    /// <summary>At or inside a frame header, with something kept: header bytes, a message in progress, or a buffer to return.</summary>
    Header,

    /// <summary>Inside the payload of a data frame.</summary>
    Data,

    /// <summary>Inside the payload of a control frame.</summary>
    Control,

    /// <summary>A compressed message is complete, and being inflated part by part.</summary>
    Inflating,

    /// <summary>The peer broke a rule; nothing more is read.</summary>
    Failed,

    /// <summary>The receiver was stopped; all input is dropped.</summary>
    Stopped,
}
