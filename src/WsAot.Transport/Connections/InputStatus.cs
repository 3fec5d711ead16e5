namespace WsAot.Transport.Connections;

/// <summary>What a connection got when it tried to receive.</summary>
internal enum InputStatus
{
    Received,

    /// <summary>As Received, and the peer has ended its side after these bytes (close_notify).</summary>
    ReceivedLast,

    /// <summary>Bytes arrived that are not for the owner.</summary>
    Consumed,

    /// <summary>Nothing has arrived.</summary>
    Nothing,

    /// <summary>The peer has sent its FIN, and everything before it was received.</summary>
    Ended,

    /// <summary>The connection is lost, and everything the peer sent before was received.</summary>
    Failed,
}
