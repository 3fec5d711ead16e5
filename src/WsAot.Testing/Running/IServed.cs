namespace WsAot.Testing.Running;

/// <summary>A client's end, which has something to do when the server has acted on it.</summary>
internal interface IServed
{
    /// <summary>Reads what came, and answers what a client answers by itself.</summary>
    /// <returns>Whether there was anything.</returns>
    bool Serve();
}
