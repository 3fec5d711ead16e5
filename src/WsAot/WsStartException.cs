namespace WsAot;

/// <summary>
/// The server cannot start as it was built: a handler requires a service that nobody has registered. The message is one line that names
/// every handler, parameter and type, and says what to write.
/// </summary>
public sealed class WsStartException : InvalidOperationException
{
    /// <summary>Creates an exception without a message of its own.</summary>
    public WsStartException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">One line: what is missing, and what to do.</param>
    public WsStartException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="WsStartException(string)"/>
    /// <param name="message">One line: what is missing, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public WsStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
