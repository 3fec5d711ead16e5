namespace WsAot.Connections;

/// <summary>
/// The messages of a connection that wait for room in its output. An interface, so that an application that never waits for room does not
/// contain the code.
/// </summary>
internal interface ISendWaiters
{
    /// <summary>Whether no message is waiting or on its way to the loop. Any thread.</summary>
    bool IsEmpty { get; }

    /// <summary>Requests a turn if messages are waiting and there is room. On the loop.</summary>
    void Wake();

    /// <summary>Sends the messages that fit, in order. Called in a turn of the connection, on the loop.</summary>
    void OnTurn();

    /// <summary>Refuses all waiting messages, because the connection begins to end. On the loop.</summary>
    void RefuseAll();
}
