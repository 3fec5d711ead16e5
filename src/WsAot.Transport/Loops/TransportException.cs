namespace WsAot.Transport;

/// <summary>Listening on an address has failed, or a loop cannot be created; the message says what failed, and why.</summary>
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

    /// <summary>Whether the address is already in use.</summary>
    internal bool IsAddressInUse { get; init; }

    /// <summary>Whether the machine does not have the address, or its family.</summary>
    internal bool IsAddressMissing { get; init; }
}
