namespace WsAot.Connections;

/// <summary>
/// The messages of a connection that wait for room in its output. Behind an interface, so that an application that never waits for room
/// does not carry the code.
/// </summary>
internal interface ISendWaiters
{
    /// <summary>Whether none waits, nor is on its way to the loop. Any thread.</summary>
    bool IsEmpty { get; }

    /// <summary>Requests a turn if some wait and there is room. On the loop.</summary>
    void Wake();

    /// <summary>The connection has a turn: sends what fits, in order. On the loop.</summary>
    void OnTurn();

    /// <summary>The connection begins to end: no message is sent any more. On the loop.</summary>
    void RefuseAll();
}
