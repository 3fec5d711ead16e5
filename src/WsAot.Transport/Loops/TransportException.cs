namespace WsAot.Transport;

/// <summary>An address cannot be listened on, or a loop cannot be created; the message says which, and why.</summary>
public sealed class TransportException : Exception
{
    /// <inheritdoc/>
    public TransportException()
    {
    }

    /// <inheritdoc/>
    public TransportException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public TransportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
