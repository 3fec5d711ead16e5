namespace WsAot.Testing.Running;

/// <summary>The client's end of a connection, which may have work to do after the server has acted.</summary>
internal interface IServed
{
    /// <summary>Reads what has arrived, and sends the automatic answers of a client.</summary>
    /// <returns>Whether there was anything.</returns>
    bool Serve();
}
