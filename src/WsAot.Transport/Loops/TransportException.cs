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

    /// <summary>Whether somebody listens on the address already.</summary>
    internal bool IsAddressInUse { get; init; }

    /// <summary>Whether the machine does not have the address, or its family.</summary>
    internal bool IsAddressMissing { get; init; }
}
