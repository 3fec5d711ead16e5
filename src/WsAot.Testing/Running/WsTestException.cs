namespace WsAot.Testing;

/// <summary>
/// Something that a test expected did not happen. The message says what happened instead, how the connection ended, which handlers are
/// busy, and what the server logged at warning and above.
/// </summary>
public sealed class WsTestException : Exception
{
    /// <summary>Creates an exception without a message.</summary>
    public WsTestException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">What was expected, and what happened instead.</param>
    public WsTestException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with its cause.</summary>
    /// <param name="message">What was expected, and what happened instead.</param>
    /// <param name="innerException">The exception of a handler; null if there is none.</param>
    public WsTestException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
